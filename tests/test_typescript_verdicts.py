"""Generated checks at work: their verdicts, and what must not hurt them.

An independent validator judges the same instances.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from spec_files import ENTRY, SPEC, bundle, read_spec
from typescript_package import (
    compile_package,
    run,
    violations,
    write_package,
    write_spec,
)
from typescript_specs import ATTACK, KEYWORDS, RECURSIVE, ref

Tool = Callable[[str], Path]

POOL: list[Any] = [
    *(None, True, False, 0, 1, 2, 3, 5, -1, -3, 7, 1.5, 0.3, 0.1, 0.35, -1e-7, -2e-7),
    *(1e21, 1e22, 3e300, 3e-8, 1.05e-8, "", "a", "ab", "abc", "alpha", "x", "z", "\\"),
    *("é\N{GRINNING FACE}", "\N{GRINNING FACE}" * 3, "constructor", "__proto__"),
    *([], [None], [1], ["a"], ["a", 1], ["a", None, "b"], ["a", 1, "c"], [1, "a"]),
    *([1, "a", None], [1, 1.0], [True, 1], [{"a": 1, "b": 2}, {"b": 2, "a": 1}], [[]]),
    *([[[]]], [["a"]], ["a", ["b", ["c"]]], [1, 2, 3, 4, 5, 6], ["a", "a", "a"]),
    *({}, {"a": "x"}, {"a": 1}, {"a": None}, {"a": [1]}, {"a": "x", "b": 1}, {"b": 1}),
    *(
        {"a": "xy", "c": 1},
        {"a": "x", "c": "y"},
        {"a": 1, "__proto__": 2},
        {"x-a": "b"},
    ),
    *({"1": 1}, {"1": "1"}, {"__proto__": 1}, {"constructor": 1}, {"toString": "a"}),
    *({"abcd": 1}, {"A": 1}, {"ab": 1, "c": 2}, {"ab": 1, "c": 2, "d": 3}, {"ab": "1"}),
    *(
        {"k": "a"},
        {"k": "b"},
        {"k": "y"},
        {"k": 1},
        {"k": True},
        {"k": None},
        {"k": []},
    ),
    *({"k": "a", "v": value} for value in ("x", 1, 4)),
    *({"k": 1, "v": 1}, {"k": True, "v": None}, {"k": None, "v": []}),
    *({"k": "b", "v": value} for value in (1, 4, "x")),
    *(
        {"k": "z", "z": "z"},
        {"k": "z", "z": 1},
        {"right": 1},
        {"right": {"right": "a"}},
    ),
    *({"inner": {"inner": {"x": 1}}}, {"inner": {"x": "a"}, "x": 1}, {"x": 1}),
    *({"inner": {"inner": {"x": None}}}, {"children": [{"children": [1]}]}),
    *({"children": [{"value": {"a": [None, {"b": 1.5}]}}]}, {"value": "any"}),
    *(
        {"tenths": 0.3},
        {"tenths": 0.35},
        {"cents": 0.07},
        {"cents": -1e-7},
        {"even": 3},
    ),
    *({"even": "x"}, {"tiny": 3e-8}, {"tiny": 1.05e-8}, {"between": 0}, {"between": 1}),
    *(
        {"between": 0.5},
        {"huge": 3e300},
        {"huge": 1},
        {"letters": "éa"},
        {"letters": "1"},
    ),
    *(
        {"size": "\N{GRINNING FACE}"},
        {"size": "\N{GRINNING FACE}" * 3},
        {"size": "abcd"},
    ),
    *({"named": None}, {"fixed": None}, {"fixed": "c"}, {"items": [None, {"i": 1}]}),
    *(
        {"inline": None},
        {"inline": {"q": 1}},
        {"q": "x"},
        {"named": {"a": "b", "b": 1}},
    ),
    *({"a_map": {"x": ["first_one"]}}, {"a_map": {"x": ["?"]}}, {"a_tuple": ["?"]}),
]


@pytest.fixture(scope="module")
def flagship(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled package of the canonical spec."""
    package = write_package(SPEC / ENTRY, tmp_path_factory.mktemp("flagship"))
    compile_package(package, tool("tsc"))
    return package


@pytest.fixture(scope="module")
def keywords(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled package of all keywords and kinds of recursion."""
    folder = tmp_path_factory.mktemp("keywords")
    package = write_package(write_spec(KEYWORDS | RECURSIVE, folder), folder)
    compile_package(package, tool("tsc"))
    return package


def judged(
    package: Path, cases: list[tuple[str, Any]], judge: Callable[[str, Any], bool]
) -> list[str]:
    """The cases in which a package and the judge differ."""
    assert len(cases) > 500
    told = violations(package, cases)
    wanted = [judge(*case) for case in cases]
    assert 0 < sum(wanted) < len(wanted)
    return [
        f"{name} {json.dumps(value)}: {found or 'valid'}"
        for (name, value), found, valid in zip(cases, told, wanted)
        if valid is bool(found)
    ]


# --- verdicts -------------------------------------------------------------------------


def test_it_agrees_with_the_judge_on_every_keyword(keywords: Path) -> None:
    schemas = KEYWORDS | RECURSIVE
    judges = {
        name: jsonschema_rs.Draft202012Validator(
            {**ref(name), "components": {"schemas": schemas}}
        )
        for name in schemas
    }
    cases = [(name, value) for name in schemas for value in POOL]
    assert judged(keywords, cases, lambda name, v: judges[name].is_valid(v)) == []


def test_what_several_rules_ask_of_a_value_is_asked_once(keywords: Path) -> None:
    """Two at each level would be 2 to the power of the levels."""
    right: dict[str, Any] = {"Twice": [], "Again": "a", "Alike": {}, "Unlike": "a"}
    wrong: dict[str, Any] = dict.fromkeys(right, 1)
    for _ in range(100):
        for values in (right, wrong):
            values.update({k: [v] for k, v in values.items() if k != "Alike"})
            values["Alike"] = {"a": values["Alike"]}
    assert not any(violations(keywords, right.items()))
    inmost = {**dict.fromkeys(wrong, "[0]" * 100), "Alike": "a" + ".a" * 99}
    for name, told in zip(wrong, violations(keywords, wrong.items())):
        assert len(told) <= 101
        assert inmost[name] in {found["path"] for found in told}


def test_it_agrees_with_the_judge_on_examples_and_faults_in_them(
    flagship: Path,
) -> None:
    schemas = read_spec()
    judges = {
        name: jsonschema_rs.Draft202012Validator(bundle(schemas, name))
        for name in schemas
    }
    cases = [
        (name, value)
        for name, schema in schemas.items()
        for example in schema["examples"]
        for value in (example, *faults(example))
    ]
    assert judged(flagship, cases, lambda name, v: judges[name].is_valid(v)) == []


def test_every_example_of_the_spec_passes(flagship: Path) -> None:
    cases = [
        (name, example)
        for name, schema in read_spec().items()
        for example in schema["examples"]
    ]
    assert cases
    assert not any(violations(flagship, cases))


def faults(value: Any) -> Iterator[Any]:
    """The value with one thing changed: another value, one more, one less."""
    yield from (None, True, 0, -1, 1.1, 4097, "", "auto", "x", [], {}, [value])
    match value:
        case dict():
            for key, item in value.items():
                yield {name: v for name, v in value.items() if name != key}
                yield from ({**value, key: other} for other in faults(item))
            yield from (
                {**value, key: 1} for key in ("__proto__", "constructor", "new")
            )
        case list():
            for index, item in enumerate(value):
                for other in faults(item):
                    yield [*value[:index], other, *value[index + 1 :]]
            yield [*value, *value]
        case _:
            pass


# --- what must not hurt ---------------------------------------------------------------


def script(package: Path, text: str) -> Any:
    """What a module prints as JSON; ``check`` runs the check of a schema."""
    head = """
    import { schemas } from "./dist/schemas.js";
    const check = (name, value) => schemas.get(name)(value);
    const nested = (levels) => {
      let value = [];
      for (let level = 1; level < levels; level += 1) value = [value];
      return value;
    };
    """
    return json.loads(
        run("node", "--input-type=module", "-e", head + text, cwd=package)
    )


def test_depth_is_bounded(keywords: Path) -> None:
    found = script(
        keywords,
        """
        const loop = [];
        loop.push(loop);
        console.log(JSON.stringify([
          check("Lists", nested(256)),
          check("Lists", nested(257)).map(({ code, path }) => [code, path.length]),
          check("Anything", nested(100000)).map(({ code }) => code),
          check("Lists", loop).map(({ code }) => code),
        ]));
        """,
    )
    assert found == [[], [["depth", 3 * 256]], ["depth"], ["depth"]]


def test_doubtful_unions_in_each_other_do_not_explode(keywords: Path) -> None:
    found = script(
        keywords,
        """
        let value = { x: null };
        for (let level = 0; level < 200; level += 1) value = { inner: value };
        console.log(JSON.stringify(check("Doubtful", value).map(({ code }) => code)));
        """,
    )
    assert found == ["type"]


def test_a_million_unknown_properties_are_no_trouble(keywords: Path) -> None:
    """Work that grew with their square would not end."""
    found = script(
        keywords,
        """
        const value = {};
        for (let index = 0; index < 1e6; index += 1) value[`k${index}`] = index;
        const counts = [check("Both", value).length, check("Closed", value).length];
        console.log(JSON.stringify(counts));
        """,
    )
    assert found == [2, 1_000_000]


def test_what_json_does_not_have_is_refused_or_absent(keywords: Path) -> None:
    found = script(
        keywords,
        """
        const say = ([first]) => first && `${first.path}: ${first.message}`;
        console.log(JSON.stringify([
          check("ClosedOne", { a: undefined, b: undefined }),
          say(check("Both", { a: undefined, b: 1 })),
          say(check("Null", undefined)),
          say(check("Numbers", { tenths: NaN })),
          say(check("ClosedOne", { a: 1n })),
          say(check("Both", new Map())),
          say(check("ClosedOne", Object.create({ a: 1, b: 2 }))) ?? "own only",
        ]));
        """,
    )
    assert found == [
        [],
        "a: is missing",
        ": expected null, got undefined",
        "tenths: expected number, got NaN",
        "a: expected string, got integer",
        "a: is missing",
        "own only",
    ]


def test_no_code_is_made_of_text_at_run_time(keywords: Path) -> None:
    script(
        keywords,
        f"""
        globalThis.eval = globalThis.Function = () => process.exit(1);
        console.log(JSON.stringify(check("Both", {json.dumps(ATTACK)})));
        """,
    )
    for file in keywords.glob("dist/**/*.js"):
        text = file.read_text(encoding="utf-8")
        assert "eval(" not in text
        assert "Function(" not in text
