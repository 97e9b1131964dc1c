"""Checks at first sight and numbers without loss: what generated TypeScript promises.

A check may leave a value to the table, but may accept nothing that the table refuses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.graphs import components
from specloom.render import templates_folder
from specloom.targets.typescript.bounds import FREE_LEVELS, MAX_LEVELS
from typescript_package import compile_package, run, write_package, write_spec
from typescript_specs import COUNT, KEYWORDS, RECURSIVE, TEXT, record, ref

Tool = Callable[[str], Path]

BIG = 2**53 + 1
SCHEMAS: dict[str, Any] = {
    "Fixed": {"const": BIG},
    "Listed": {"enum": [BIG, "a"]},
    "Range": {"type": "integer", "minimum": BIG, "maximum": BIG + 2},
    "Third": {"type": "integer", "multipleOf": 3},
    "Different": {"type": "array", "uniqueItems": True},
    "Number": {"type": "number"},
    "Broken": {**TEXT, "pattern": "(?P<x>a)"},
    "Plain": record("id", id=COUNT, note=TEXT),
    "Chain": record(next=ref("Chain"), any={}),
    "Inherited": record("constructor", constructor=TEXT, toString=TEXT, value=TEXT),
    "OddPart": record(ok=TEXT, odd={"not": {"type": "string"}}),
}


@pytest.fixture(scope="module")
def package(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compiled package."""
    folder = tmp_path_factory.mktemp("exact")
    made = write_package(write_spec(SCHEMAS | RECURSIVE | KEYWORDS, folder), folder)
    compile_package(made, tool("tsc"))
    return made


def script(package: Path, text: str) -> Any:
    """What a module prints as JSON."""
    head = """
    import { schemas } from "./dist/schemas.js";
    import { DecodeError, fromJson, readBigInts, toJson } from "./dist/runtime.js";
    const parse = (name) => (value) => {
      const found = schemas.get(name)(value);
      if (found.length > 0) throw new DecodeError(name, found);
      return value;
    };
    const tell = (make) => { try { return make(); } catch (e) { return e.message; } };
    const print = (value) => console.log(JSON.stringify(value));
    """
    told = run("node", "--input-type=module", "-e", head + text, cwd=package)
    return json.loads(told)


# --- numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("9007199254740993", "9007199254740993"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("9007199254740992", "9007199254740992"),
        ("9007199254740993.0", "9007199254740993"),
        ("90071992547409930e-1", "9007199254740993"),
        ("1e400", "1" + 400 * "0"),
        ("1e22", "1e+22"),
        ("1e23", "1e+23"),
        ("1" + 23 * "0", "1" + 23 * "0"),
        ("1.5e300", "1.5e+300"),
        ("-0", "-0"),
        ("1.0", "1"),
        ("0.1000000000000000055511151231257827", "0.1"),
        ("1e-400", "0"),
        ('{"__proto__":9007199254740993}', '{"__proto__":9007199254740993}'),
        ('{"a":1,"a":9007199254740993}', '{"a":9007199254740993}'),
        (' [ 1e5 , "1e5\\"]\\\\" , { } , [ ] ] ', '[100000,"1e5\\"]\\\\",{},[]]'),
        ('{"a":{"b":[true,false,null,1e3]}}', '{"a":{"b":[true,false,null,1000]}}'),
        ('"\\ud800 1e5"', '"\\ud800 1e5"'),
    ],
)
def test_numbers_are_kept(package: Path, text: str, wanted: str) -> None:
    """A double is kept, with the fewest digits; what it would change is a bigint."""
    given = json.dumps(text)
    assert script(package, f"print(toJson(readBigInts({given})));") == wanted


@pytest.mark.parametrize("text", ["", "[1e5", "01e5", "{1e5: 2}", "1e5 2", "NaN1e5"])
def test_what_is_no_json_is_refused(package: Path, text: str) -> None:
    told = script(
        package,
        f"""
        const text = {json.dumps(text)};
        print([readBigInts, JSON.parse].map((read) => tell(() => read(text))));
        """,
    )
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("schema", "text", "wanted"),
    [
        ("Fixed", str(BIG), ""),
        ("Fixed", str(BIG - 1), f"expected {BIG}, got {BIG - 1} [const]"),
        ("Listed", str(BIG), ""),
        ("Listed", str(BIG + 2), f'{BIG + 2} is not one of {BIG}, "a" [enum]'),
        ("Range", str(BIG - 1), f"{BIG - 1} is below the minimum {BIG} [minimum]"),
        ("Range", str(BIG + 1), ""),
        (
            "Range",
            str(BIG + 3),
            f"{BIG + 3} is above the maximum {BIG + 2} [maximum]",
        ),
        ("Third", str(3 * BIG), ""),
        ("Third", str(3 * BIG + 2), f"{3 * BIG + 2} is not a multiple of 3"),
        ("Different", f"[{BIG}, {BIG}.0]", "items 0 and 1 are equal [uniqueItems]"),
        ("Different", f"[{BIG}, {BIG - 1}]", ""),
        ("Number", "1e400", ""),
        ("Number", "1e99999999999", "expected number, got Infinity [type]"),
        ("Number", "1" * 5000, "expected number, got Infinity [type]"),
        ("Broken", '"b"', ""),
    ],
)
def test_checks_hold_for_big_numbers(
    package: Path, schema: str, text: str, wanted: str
) -> None:
    told = script(
        package,
        f"""
        const read = () => fromJson({json.dumps(text)}, parse("{schema}"),
          readBigInts) && "";
        print(tell(read));
        """,
    )
    assert wanted in told if wanted else told == ""


def test_what_json_cannot_say_is_not_written(package: Path) -> None:
    told = script(
        package,
        """
        const loop = [];
        loop.push(loop);
        const date = new Date(0);
        const bad = [NaN, undefined, loop, { a: [0, { "b c": Infinity }] }];
        print(bad.map((value) => tell(() => toJson(value))).concat(
          toJson({ a: undefined, b: [undefined, , 1n], date })));
        """,
    )
    assert told == [
        "value: NaN is no JSON",
        "value: undefined is no JSON",
        "is nested deeper than 1000 levels",
        'a[1]["b c"]: Infinity is no JSON',
        '{"b":[null,null,1],"date":"1970-01-01T00:00:00.000Z"}',
    ]


# --- checks at first sight ------------------------------------------------------------


def test_levels_are_those_of_the_runtime() -> None:
    folder = templates_folder() / "typescript"
    quick = (folder / "runtime" / "quick.ts").read_text(encoding="utf-8")
    runtime = (folder / "runtime.ts").read_text(encoding="utf-8")
    assert re.findall(r"FREE_LEVELS = (\d+)", quick) == [str(FREE_LEVELS)]
    assert re.findall(r"MAX_DEPTH = (\d+)", runtime) == [str(MAX_LEVELS)]


def test_components_come_behind_what_they_lead_to() -> None:
    edges = {"a": ["b"], "b": ["c", "d"], "c": ["b"], "d": [], "e": ["e"]}
    found = [set(members) for members in components(edges)]
    assert found == [{"d"}, {"b", "c"}, {"a"}, {"e"}]


def test_depth_is_bounded_wherever_it_is(package: Path) -> None:
    """Below properties, in free values, in recursions, and where both meet."""
    told = script(
        package,
        """
        const nest = (levels, wrap, inner) => {
          let value = inner;
          for (let level = 0; level < levels; level += 1) value = wrap(value);
          return value;
        };
        const list = (value) => [value];
        const next = (value) => ({ next: value });
        const codes = (name, value) => schemas.get(name)(value).map((v) => v.code);
        const found = [];
        for (const total of [20, 31, 32, 33, 34, 64, 255, 256, 257, 300]) {
          const wanted = total > 256 ? "depth" : "";
          for (const split of [0, 1, 20, 31, 32, 33, 250]) {
            if (split < total) {
              const free = { any: nest(total - split - 1, list, 1) };
              const told = codes("Chain", nest(split, next, free)).join();
              if (told !== wanted) found.push([total, split, told]);
            }
          }
          const open = { id: 1, other: nest(total - 1, list, 1) };
          if (codes("Plain", open).join() !== wanted) found.push([total, "other"]);
        }
        print(found);
        """,
    )
    assert told == []


def test_odd_objects_are_judged_by_their_own_properties(package: Path) -> None:
    told = script(
        package,
        """
        const codes = (name, value) => schemas.get(name)(value).map((v) => v.code);
        class Thing { get id() { return 1; } }
        const bare = Object.assign(Object.create(null), { id: 1 });
        const inherits = Object.assign(Object.create({ id: 1 }), { other: 1 });
        print([
          codes("Plain", new Thing()),
          codes("Plain", inherits),
          codes("Plain", bare),
          codes("Plain", { id: 1, note: undefined }),
          codes("Inherited", {}),
          codes("Inherited", JSON.parse('{"constructor": "a", "value": "b"}')),
          codes("Inherited", { constructor: "a", toString: 1 }),
          codes("OddPart", { ok: "a", odd: 1 }),
          codes("OddPart", { ok: "a", odd: "a" }),
        ]);
        """,
    )
    assert told == [
        *(["required"], ["required"], [], []),
        *(["required"], [], ["type"], [], ["not"]),
    ]


@pytest.mark.slow
def test_whatever_its_size_text_is_read_or_refused(package: Path) -> None:
    """Work that grew with the square of the size would not end."""
    told = script(
        package,
        """
        const deep = "[".repeat(100000) + "1e3" + "]".repeat(100000);
        const names = Array.from({ length: 1e6 }, (_, i) => `"k${i}":1e3`).join();
        const texts = [
          [deep, "Anything"], [`{"a":"${"\\\\\\\\".repeat(5e6)}","b":1e3}`, "Both"],
          [`{"a":"x","b":1,${names}}`, "Both"], ["1".repeat(1e7), "Number"],
          [`[${"1e3,".repeat(1e6)}1]`, "Different"],
        ];
        print(texts.map(([text, name]) => [undefined, readBigInts].map((read) => {
          try { fromJson(text, parse(name), read); return ""; }
          catch (error) { return error.violations[0].code; }
        })));
        """,
    )
    assert told == [
        ["depth", "depth"],
        ["", ""],
        ["", ""],
        2 * ["type"],
        2 * ["uniqueItems"],
    ]
