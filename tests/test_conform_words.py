"""Bindings say the same: codes, paths and messages, of everything that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from golden_cases import CASES, Case as Golden
from small_specs import openapi
from specloom import pipeline
from specloom.build.relax import relax
from specloom.conform.cases import make_cases
from specloom.conform.oracle import Oracle, named_roots
from specloom.conform.protocol import Case, Verdict, Violation
from specloom.conform.runner import judge_cases
from specloom.conform.toolchains import TOOLCHAINS
from specloom.diagnostics import Diagnostics
from specloom.options import DEFAULTS, Options
from specloom.read import read

LARGE = re.compile(r"\d{16,}")
"""A whole number that `JSON.parse` may round, so that it is shown otherwise."""


@pytest.fixture(autouse=True)
def toolchains(tool: Callable[[str], Path]) -> None:
    """Skips unless this machine has the tools of all targets."""
    for toolchain in TOOLCHAINS.values():
        for name in {*toolchain.tools} - {"python"}:
            tool(name)


def judged(
    spec: Path,
    per_schema: int,
    *,
    seed: int = 0,
    lenient: bool = False,
    config: Options = DEFAULTS,
) -> tuple[list[Case], list[list[Verdict]]]:
    """A corpus of a spec, and what each binding makes of it."""
    options, found = Options(lenient=lenient, map_ref=config.map_ref), Diagnostics()
    document = pipeline.load(spec, options, found)
    source = read(document, found)
    oracle = Oracle(document, source, lenient=lenient)
    source = relax(source) if lenient else source
    roots, named = source.roots, named_roots(source)
    cases = [*make_cases(roots, named, oracle, per_schema=per_schema, seed=seed)]
    return cases, [*said(spec, cases, options)]


def said(
    spec: Path, cases: list[Case], options: Options = DEFAULTS
) -> Iterator[list[Verdict]]:
    """What the binding of each target makes of cases."""
    files = pipeline.generate(spec, [*TOOLCHAINS], options).files
    for target in TOOLCHAINS:
        own = {p: text for p, text in files.items() if p.startswith(f"{target}/")}
        yield judge_cases(target, own, cases, {})


def words(verdict: Verdict) -> list[Violation]:
    """All that a binding says, but for what a parser of JSON says of its text.

    The digits of a number are not compared where there are more than a double has.
    """
    found = [verdict.error, *verdict.more] if verdict.error else []
    told = ["" if x.code == "json" else LARGE.sub("large", x.message) for x in found]
    return [Violation(x.path, x.code, text) for x, text in zip(found, told)]


def say_the_same(
    spec: Path, per_schema: int, *, lenient: bool = False, config: Options = DEFAULTS
) -> None:
    """Fail unless all bindings report the same on a corpus."""
    cases, verdicts = judged(spec, per_schema, lenient=lenient, config=config)
    compared = 0
    for case, *made in zip(cases, *verdicts):
        if not LARGE.search(case.instance):
            first, *others = map(words, made)
            assert others == [first] * len(others), case
            compared += bool(first)
    assert compared >= 10


@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "lenient"])
def test_the_canonical_spec(lenient: bool, checkout: Path) -> None:
    say_the_same(checkout / "spec" / "openapi.yaml", 40, lenient=lenient)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_golden_cases(case: Golden) -> None:
    say_the_same(case.spec, 20, config=case.config)


@pytest.mark.slow
@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "lenient"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_golden_cases_at_length(lenient: bool, case: Golden) -> None:
    say_the_same(case.spec, 200, lenient=lenient, config=case.config)


@pytest.mark.slow
def test_a_whole_api(shared_spec: Path) -> None:
    say_the_same(shared_spec, 15)


# --- one by one -----------------------------------------------------------------------

ODD = """
    Number: {type: number, maximum: 5, multipleOf: 0.5}
    Whole: {type: integer}
    Text: {type: string, maxLength: 1, pattern: '^a'}
    Map:
      type: object
      additionalProperties: {type: integer}
      propertyNames: {maxLength: 2}
    Const: {const: {a: [1.0, 2.5, é, null], b: {c: 1.0e+22}}}
    Enum: {enum: [1, 2.0, 3.5, a, b, null, true, c, x, y]}
    Empty: {enum: []}
    Unique: {type: array, uniqueItems: true}
    Pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
    Closed:
      type: object
      additionalProperties: false
      properties: {a: false, b: {not: {type: string}}}
    Lengths: {type: array, minItems: 2, maxItems: 1}
    Contains: {contains: {type: string}, minContains: 3, maxContains: 1}
    Tagged:
      oneOf:
        - {type: object, required: [t, x], properties: {t: {const: a}, x: {}}}
        - {type: object, required: [t, y], properties: {t: {const: b}, y: {}}}
        - {type: string, minLength: 3}
    Untagged:
      anyOf:
        - {type: object, required: [a, b], properties: {c: {type: string}}}
        - {type: object, required: [c], properties: {c: {type: integer}}}
    Both:
      oneOf:
        - {type: object, properties: {a: {type: integer}}}
        - {type: object, properties: {b: {type: integer}}}
    Never: {anyOf: [false, false]}
    Any: {}
"""
SAID = r"""
Number 1e5000 | expected number, got Infinity [type]
Number 1e21 | 1e+21 is above the maximum 5 [maximum]
Number 5.5 | 5.5 is above the maximum 5 [maximum]
Number 6.0 | 6 is above the maximum 5 [maximum]
Number 1e-7 | 1e-7 is not a multiple of 0.5 [multipleOf]
Number 0.00001 | 0.00001 is not a multiple of 0.5 [multipleOf]
Number true | expected number, got boolean [type]
Whole 1.5 | expected integer, got number [type]
Text "\ud800\udc00b" | has 2 characters, more than 1 [maxLength]
- "𐀀b" does not match ^a [pattern]
Text "\ud800" | "\ud800" does not match ^a [pattern]
Text "\u0000" | "\u0000" does not match ^a [pattern]
Map {"日":"x"} | ["日"]: expected integer, got string [type]
Map {"\ud800":1.5} | ["\ud800"]: expected integer, got number [type]
Map {"a-":null} | ["a-"]: expected integer, got null [type]
Map {"":[]} | [""]: expected integer, got array [type]
Map {"abc":1} | abc: the name "abc" is not allowed: \
has 3 characters, more than 2 [propertyNames]
Const {} | expected {"a":[1,2.5,"é",null],"b":{"c":1e+22}}, got {} [const]
Enum [1.0,"é"] | [1,"é"] is not one of \
1, 2, 3.5, "a", "b", null, true, "c" and 2 more [enum]
Empty "a" | no value is allowed here [enum]
Unique [{"a":1,"b":2},0,{"b":2.0,"a":1.0}] | items 0 and 2 are equal [uniqueItems]
Unique [0,true,-0.0] | items 0 and 2 are equal [uniqueItems]
Pair [1,"a",null] | [0]: expected string, got integer [type]
- [1]: expected integer, got string [type]
- [2]: no value is allowed here [false]
Closed {"a":1,"b":"x","c":1} | a: is not allowed here [additionalProperties]
- b: is excluded by the spec [not]
- c: is not allowed here [additionalProperties]
Lengths [] | has 0 items, fewer than 2 [minItems]
Contains ["a","b",1] | has 2 matching items, fewer than 3 [minContains]
- has 2 matching items, more than 1 [maxContains]
Lengths [1] | has 1 item, fewer than 2 [minItems]
Tagged {"t":"a","y":1} | x: is missing [required]
Tagged {"t":"b","x":1} | y: is missing [required]
Tagged {"t":"c"} | t: "c" is not one of "a", "b" [enum]
Tagged {} | t: is missing [required]
- x: is missing [required]
Tagged "ab" | has 2 characters, fewer than 3 [minLength]
Tagged null | expected string or object, got null [type]
Untagged {"c":"x"} | c: expected integer, got string [type]
Both {} | matches more than one alternative [oneOf]
Never 1 | matches no alternative [anyOf]
Any [1 | [json]
Any NaN | [json]
"""


def test_each_says_what_is_wrong(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(openapi(ODD), encoding="utf-8")
    text = SAID.strip().replace("\\\n", "").replace("\n- ", " | ")
    rows = [line.split(" | ") for line in text.split("\n")]
    halves = (row[0].partition(" ") for row in rows)
    cases = [Case(name, instance) for name, _, instance in halves]
    for verdicts in said(spec, cases):
        for row, verdict in zip(rows, verdicts):
            assert row[1:] == [str(found).strip() for found in words(verdict)]
