"""The corpus of a spec: what is in it, for certain, and that a seed decides it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from golden_cases import CASES, Case as Golden
from small_specs import openapi
from specloom.build.relax import relax
from specloom.conform.cases import make_cases
from specloom.conform.oracle import Oracle, named_roots
from specloom.conform.patterns import example
from specloom.conform.protocol import Case
from specloom.conform.readings import Reader
from specloom.diagnostics import Diagnostics
from specloom.load.document import Document
from specloom.options import DEFAULTS, Options
from specloom.read import read

SPEC = """
    Thing:
      type: object
      required: [id, kind, child]
      additionalProperties: false
      properties:
        id: {type: string, minLength: 2, maxLength: 4, pattern: '^[a-z]+$'}
        kind: {enum: [red, green, blue, 7, null]}
        child: {$ref: '#/components/schemas/Child'}
        size: {type: integer, minimum: -3, maximum: 12}
        share: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 1}
        count: {type: integer}
        note: {type: [string, 'null']}
        tags: {type: array, items: {type: string}, minItems: 1, maxItems: 3}
        set: {type: array, items: {enum: [1, 2, 3]}, uniqueItems: true}
        flag: {type: boolean}
    Child: {type: object, properties: {deep: {$ref: '#/components/schemas/Grandchild'}}}
    Grandchild: {type: object, properties: {any: {}}}
    Shape:
      oneOf:
        - {$ref: '#/components/schemas/Circle'}
        - {$ref: '#/components/schemas/Square'}
    Circle:
      type: object
      required: [type]
      properties: {type: {const: circle}, radius: {type: number}}
    Square:
      type: object
      required: [type]
      properties: {type: {const: square}, side: {type: number}}
    Loose:
      oneOf:
        - {type: object, required: [a], properties: {a: {type: string}}}
        - {type: object, required: [b], properties: {b: {type: string}}}
    Tree:
      type: object
      required: [name]
      properties:
        name: {type: string}
        children: {type: array, items: {$ref: '#/components/schemas/Tree'}}
    Labels:
      type: object
      additionalProperties: {type: integer}
      propertyNames: {pattern: '^[a-z]{2,3}$'}
      maxProperties: 3
    Text: {type: string}
    Not: {type: [string, integer], not: {enum: [wrong, 8]}}
"""


@cache
def corpus(per_schema: int = 700, seed: int = 0, lenient: bool = False) -> list[Case]:
    with TemporaryDirectory() as folder:
        entry = Path(folder, "spec.yaml")
        entry.write_text(openapi(SPEC), encoding="utf-8")
        return made(entry, per_schema, seed, lenient)


def made(
    entry: Path,
    per_schema: int,
    seed: int,
    lenient: bool = False,
    options: Options = DEFAULTS,
) -> list[Case]:
    document = Document.load(entry, map_ref=options.map_ref)
    source = read(document, Diagnostics())
    oracle = Oracle(document, source, lenient=lenient)
    source = relax(source) if lenient else source
    roots = source.roots
    named = named_roots(source)
    return [*make_cases(roots, named, oracle, per_schema=per_schema, seed=seed)]


def find(name: str, valid: bool, test: Callable[[Any], bool]) -> bool:
    """Whether there is such a case for a schema; a test that fails to apply says no."""

    def holds(value: Any) -> bool:
        try:
            return bool(test(value))
        except (KeyError, TypeError, IndexError, AttributeError):
            return False

    return any(
        holds(json.loads(case.instance))
        for case in corpus()
        if case.schema == name and case.valid is valid
    )


NEEDED = {"id", "kind", "child"}
VALID: list[tuple[str, str, Callable[[Any], bool]]] = [
    ("minimal", "Thing", lambda v: set(v) == NEEDED),
    ("maximal", "Thing", lambda v: len(v) == 10),
    *(
        (f"the fixed value {value}", "Thing", lambda v, want=value: v["kind"] == want)
        for value in ("red", "green", "blue", 7, None)
    ),
    ("null where it is allowed", "Thing", lambda v: v["note"] is None),
    ("the least number", "Thing", lambda v: v["size"] == -3),
    ("the greatest number", "Thing", lambda v: v["size"] == 12),
    ("a whole number with a point", "Thing", lambda v: type(v["size"]) is float),
    ("an integer of 34 bits", "Thing", lambda v: v["count"] == 2**33),
    *(
        (f"the integer {n}", "Thing", lambda v, n=n: v["count"] == n)
        for n in (2**53 - 1, 2**53, 2**53 + 1, 2**63, 2**64, -(2**63))
    ),
    ("an integer of 100 bits", "Thing", lambda v: v["count"] == 10**30),
    ("the shortest text", "Thing", lambda v: len(v["id"]) == 2),
    ("the longest text", "Thing", lambda v: len(v["id"]) == 4),
    ("the shortest list", "Thing", lambda v: len(v["tags"]) == 1),
    ("the longest list", "Thing", lambda v: len(v["tags"]) == 3),
    ("distinct items", "Thing", lambda v: len(v["set"]) > 1),
    ("both booleans: true", "Thing", lambda v: v["flag"] is True),
    ("both booleans: false", "Thing", lambda v: v["flag"] is False),
    ("an unknown field", "Child", lambda v: not set(v) <= {"deep"}),
    ("an unknown field further down", "Child", lambda v: not set(v["deep"]) <= {"any"}),
    ("one far down", "Thing", lambda v: not set(v["child"]["deep"]) <= {"any"}),
    ("a name that JavaScript minds", "Child", lambda v: "__proto__" in v),
    ("an empty name", "Child", lambda v: "" in v),
    ("anything, anywhere", "Grandchild", lambda v: v["any"] == {"b": [-0.0, ""]}),
    ("every branch: circle", "Shape", lambda v: v["type"] == "circle"),
    ("every branch: square", "Shape", lambda v: v["type"] == "square"),
    (
        "recursion",
        "Tree",
        lambda v: v["children"][0]["children"][0]["children"] is not None,
    ),
    ("an empty map", "Labels", lambda v: v == {}),
    ("a full map", "Labels", lambda v: len(v) == 3),
    ("an empty text", "Text", lambda v: v == ""),
    ("an astral character", "Text", lambda v: "\U0001f600" in v),
    ("a combining character", "Text", lambda v: "\u0301" in v),
    ("a character that needs an escape", "Text", lambda v: "\0" in v),
    ("a line separator", "Text", lambda v: "\u2028" in v),
]
FAULTS: list[tuple[str, str, Callable[[Any], bool]]] = [
    *(
        (f"a {kind.__name__} for an object", "Thing", lambda v, k=kind: type(v) is k)
        for kind in (type(None), bool, int, float, str, list)
    ),
    *(
        (f"without {name}", "Thing", lambda v, n=name: n not in v and len(v) > 1)
        for name in sorted(NEEDED)
    ),
    ("one field too many", "Thing", lambda v: len(set(v) - {"size"}) >= 4),
    ("below the minimum", "Thing", lambda v: v["size"] < -3),
    ("above the maximum", "Thing", lambda v: v["size"] > 12),
    ("on an exclusive bound", "Thing", lambda v: v["share"] in (0, 1)),
    ("a fraction for an integer", "Thing", lambda v: v["size"] == 1.5),
    ("a bool for a number", "Thing", lambda v: v["size"] in (True, False)),
    ("a number as a text", "Thing", lambda v: v["size"] == "7"),
    ("a text too short", "Thing", lambda v: len(v["id"]) == 1),
    ("a text too long", "Thing", lambda v: len(v["id"]) == 5),
    ("a text off the pattern", "Thing", lambda v: not re.match("[a-z]", v["id"])),
    ("no fixed value", "Thing", lambda v: v["kind"] == "red_other"),
    ("too few items", "Thing", lambda v: v["tags"] == []),
    ("too many items", "Thing", lambda v: len(v["tags"]) == 4),
    ("items that are equal", "Thing", lambda v: len(v["set"]) != len(set(v["set"]))),
    ("null where it is not allowed", "Thing", lambda v: v["size"] is None),
    ("the wrong tag", "Shape", lambda v: v["type"] not in ("circle", "square")),
    ("no tag", "Shape", lambda v: "type" not in v),
    ("what `not` excludes", "Not", lambda v: v in ("wrong", 8)),
    ("two branches at once", "Loose", lambda v: {"a", "b"} <= set(v)),
    ("a fault far down", "Tree", lambda v: v["children"][0]["children"][0] is None),
    ("a bad name", "Labels", lambda v: any(not 2 <= len(n) <= 3 for n in v)),
    ("too many names", "Labels", lambda v: len(v) == 4),
]


@pytest.mark.parametrize(
    ("name", "test"), [row[1:] for row in VALID], ids=[row[0] for row in VALID]
)
def test_valid_instances(name: str, test: Callable[[Any], bool]) -> None:
    assert find(name, True, test)


@pytest.mark.parametrize(
    ("name", "test"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_faults(name: str, test: Callable[[Any], bool]) -> None:
    assert find(name, False, test)


def test_a_corpus_is_even_and_without_repeats() -> None:
    cases = corpus(60)
    assert len(cases) == len({(case.schema, case.instance) for case in cases})
    for name in {case.schema for case in cases}:
        labels = [case.valid for case in cases if case.schema == name]
        assert len(labels) <= 60
        assert labels.count(True) >= min(30, len(labels) // 3), name
        assert False in labels, name


def test_some_texts_are_escaped() -> None:
    texts = [case.instance for case in corpus()]
    assert any("\\ud83d\\ude00" in text for text in texts)
    assert any("\U0001f600" in text for text in texts)


def test_the_simplest_come_first() -> None:
    first, *_ = [case for case in corpus(3) if case.schema == "Tree"]
    assert first == Case("Tree", '{"name":"text"}', True)


def test_a_seed_decides(checkout: Path) -> None:
    assert corpus(40, 1) != corpus(40, 2)
    command = [
        *(sys.executable, "-m", "specloom", "cases", "spec/openapi.yaml"),
        *("--per-schema", "20", "--seed", "5"),
    ]
    outputs = {
        subprocess.run(
            command,
            cwd=checkout,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "generator"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_the_lenient_reading_has_its_own_cases() -> None:
    lenient = corpus(400, 0, True)
    assert any(
        case.valid and json.loads(case.instance)["type"] not in ("circle", "square")
        for case in lenient
        if case.schema == "Shape" and '"type"' in case.instance
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_schema_has_valid_cases(case: Golden) -> None:
    cases = made(case.spec, 20, 0, options=case.config)
    names = {item.schema for item in cases}
    valid = {item.schema for item in cases if item.valid}
    assert {
        name for name in names - valid if not name.startswith("Impossible")
    } == set()


def test_what_several_parts_say_of_a_property_is_read_once(tmp_path: Path) -> None:
    """Or properties that lead to one another multiply at each step."""
    entry = tmp_path / "spec.yaml"
    parts = "[{properties: {a: {minimum: 1}}}, {properties: {a: {maximum: 2}}}]"
    entry.write_text(openapi(f"Both: {{allOf: {parts}}}"), encoding="utf-8")
    (root,) = read(Document.load(entry), Diagnostics()).roots.values()
    reader = Reader({root.id: root})
    (both,) = reader.readings(root.schema)
    assert len(both.member("a").all_of) == 2
    assert reader.readings(both.member("a")) is reader.readings(both.member("a"))


def test_bounds_may_be_extreme(tmp_path: Path) -> None:
    entry = tmp_path / "spec.yaml"
    schemas = f"""
        Large: {{type: number, maximum: {10**400}, minimum: {-(10**400)}}}
        Coarse: {{type: number, multipleOf: 1.0e+308}}
        Fine: {{type: integer, multipleOf: 1.0e-300, exclusiveMinimum: 1.7e+308}}
        Long: {{type: string, minLength: 1000000, pattern: '^a{{500000}}'}}
        Many: {{type: array, minItems: 1000000, items: {{type: string}}}}
        Wide: {{type: object, minProperties: 1000000}}
    """
    entry.write_text(openapi(schemas), encoding="utf-8")
    assert {case.schema for case in made(entry, 20, 0)} >= {"Large", "Coarse", "Many"}


@pytest.mark.parametrize(
    ("pattern", "wants"),
    [
        ("^[a-zA-Z0-9_-]+$", {"a", "aaa"}),
        ("^tunnel_[a-z0-9]{4}$", {"tunnel_aaaa"}),
        ("^sess_", {"sess_"}),
        ("^(?:a|bc)*x?$", {"", "ax", "aaax"}),
        (r"^\d{2,}-[^0-9a-z]$", {"00-!", "000-!"}),
        (r"\u00e9\.\/$", {"é./"}),
        ("(?<name>a){2}", {"aa"}),
        (r"^a\b.", {"aa"}),
        ("(?=a)b", {None}),
        (r"(a)\1", {None}),
        (r"\p{L}", {None}),
        ("(a", {None}),
        ("a)", {None}),
        ("[b-a]", {None}),
        ("a{999999}", {None}),
    ],
)
def test_a_text_for_a_pattern(pattern: str, wants: set[str | None]) -> None:
    found = {example(pattern, repeats) for repeats in (0, 1, 3)}
    assert found == wants
