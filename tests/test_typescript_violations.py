"""What generated checks say: paths, codes and messages, all of them, in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from typescript_package import (
    compile_package,
    run,
    violations,
    write_package,
    write_spec,
)
from typescript_specs import KEYWORDS, RECURSIVE, TEXT, record, ref, several

SCHEMAS: dict[str, Any] = {
    "Deep": record(list={"type": "array", "items": ref("Item")}, odd=TEXT),
    "Item": {
        **record("n", n=TEXT, **{"odd name": TEXT}),
        "additionalProperties": False,
    },
    "Many": {"enum": list(range(11))},
    "Nested": several(record("inner", inner=ref("Tagged")), {"type": "null"}),
    "Never": several(False, False),
    "Older": {**TEXT, "pattern": "^[\\w-.]+$"},
    "Unmatched": several({"type": ["string", "integer"]}, record("a", a=TEXT)),
    "Some": {
        "type": "array",
        "contains": {"const": "a"},
        "minContains": 2,
        "maxContains": 3,
    },
    "One": {"type": "array", "contains": {"const": "a"}},
    "Left": {
        "anyOf": [record(a=TEXT), record("b", b=TEXT)],
        "unevaluatedProperties": False,
    },
    "Rest": {
        "type": "array",
        "contains": {"const": "a"},
        "unevaluatedItems": {"type": "integer"},
    },
    "Shared": record(a=ref("Doubtful"), b={"type": "array", "items": ref("Doubtful")}),
}


@pytest.fixture(scope="module")
def package(
    tool: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The compiled package."""
    folder = tmp_path_factory.mktemp("said")
    spec = write_spec(KEYWORDS | RECURSIVE | SCHEMAS, folder)
    made = write_package(spec, folder)
    compile_package(made, tool("tsc"))
    return made


@pytest.mark.parametrize(
    ("schema", "value", "wanted"),
    [
        ("One", ["b"], ["has no matching item [contains]"]),
        ("Some", ["a"], ["has 1 matching item, fewer than 2 [minContains]"]),
        ("Some", ["a"] * 4, ["has 4 matching items, more than 3 [maxContains]"]),
        ("Left", {"b": "", "c": 1}, ["c: is not allowed here [additionalProperties]"]),
        ("Left", {"a": 1, "c": 1}, ["a: expected string, got integer [type]"]),
        ("Rest", [1, "a", "b"], ["[2]: expected integer, got string [type]"]),
        ("Rest", ["b"], ["has no matching item [contains]"]),
        ("Null", 1, ["expected null, got integer [type]"]),
        ("Null", 1.5, ["expected null, got number [type]"]),
        ("Nothing", 1, ["no value is allowed here [false]"]),
        (
            "ConstList",
            "x" * 50,
            [f'expected [1,"a",null], got "{"x" * 39}… [const]'],
        ),
        ("Open", 1, ["expected string, got integer [type]"]),
        ("Many", "a", ['"a" is not one of 0, 1, 2, 3, 4, 5, 6, 7 and 3 more [enum]']),
        (
            "Deep",
            {"list": [{"n": 1, "odd name": 2, "é": 3}, {}]},
            [
                "list[0].n: expected string, got integer [type]",
                'list[0]["odd name"]: expected string, got integer [type]',
                'list[0]["é"]: is not allowed here [additionalProperties]',
                "list[1].n: is missing [required]",
            ],
        ),
        ("Forbidden", {"a": 1}, ["a: is not allowed here [additionalProperties]"]),
        (
            "Keys",
            {"ab": 1, "ABCD": 2, "c": "x"},
            [
                "c: expected number, got string [type]",
                'ABCD: the name "ABCD" is not allowed: has 4 characters, more than 3'
                " [propertyNames]",
                "has 3 properties, more than 2 [maxProperties]",
            ],
        ),
        ("Keys", {}, ["has 0 properties, fewer than 1 [minProperties]"]),
        ("ClosedTuple", ["a"], ["has 1 item, fewer than 2 [minItems]"]),
        (
            "ClosedTuple",
            [1, 2, 3],
            [
                "[0]: expected string, got integer [type]",
                "[2]: no value is allowed here [false]",
            ],
        ),
        (
            "Unique",
            [1, {"a": 1}, {"a": 1.0}],
            ["items 1 and 2 are equal [uniqueItems]"],
        ),
        (
            "Strings",
            {"letters": "1"},
            ['letters: "1" does not match ^\\p{L}{2}$ [pattern]'],
        ),
        ("Strings", {"size": "a"}, ["size: has 1 character, fewer than 2 [minLength]"]),
        (
            "Numbers",
            {"tenths": 0.35},
            ["tenths: 0.35 is not a multiple of 0.1 [multipleOf]"],
        ),
        ("Numbers", {"between": 0}, ["between: 0 is not above 0 [exclusiveMinimum]"]),
        ("Numbers", {"between": 1}, ["between: 1 is not below 1 [exclusiveMaximum]"]),
        ("NotFixed", "x", ["is excluded by the spec [not]"]),
        ("OneOf", "ab", ["matches more than one alternative [oneOf]"]),
        ("Never", 1, ["matches no alternative [anyOf]"]),
        ("Unmatched", [], ["expected integer or string or object, got array [type]"]),
        ("Tagged", {"k": "?"}, ['k: "?" is not one of "a", 1, true, null [enum]']),
        ("Tagged", {"k": 1, "v": "x"}, ["v: expected integer, got string [type]"]),
        ("Tagged", {}, ["k: is missing [required]"]),
        ("Older", "a.b-c", []),
        ("Older", "a b", ['"a b" does not match ^[\\w-.]+$ [pattern]']),
        ("TaggedDeep", {"k": "y"}, ["z: is missing [required]"]),
        (
            "Nested",
            {"inner": {"k": 0}},
            ['inner.k: 0 is not one of "a", 1, true, null [enum]'],
        ),
        (
            "Shared",
            {"a": {"x": None}, "b": [{"x": "a"}, {"x": None}]},
            [
                "a.x: expected string, got null [type]",
                "b[1].x: expected string, got null [type]",
            ],
        ),
    ],
)
def test_what_is_said(
    schema: str, value: Any, wanted: list[str], package: Path
) -> None:
    [found] = violations(package, [(schema, value)])
    assert [said(item) for item in found] == wanted


def said(found: dict[str, str]) -> str:
    """A violation on one line, as errors show it."""
    return f"{found['path']}: {found['message']} [{found['code']}]".removeprefix(": ")


def test_a_value_that_stands_in_two_places_is_reported_in_both(package: Path) -> None:
    program = """
    import { schemas } from "./dist/schemas.js";
    const shared = { x: null };
    const found = schemas.get("Shared")({ a: shared, b: [shared] });
    console.log(found.map(({ path }) => path).join());
    """
    told = run("node", "--input-type=module", "-e", program, cwd=package)
    assert told == "a.x,b[0].x\n"
