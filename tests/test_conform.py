"""`specloom conform` as its users run it: bindings that agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conforming import NEEDS, codes, conform, folder, toolchain, verdicts
from golden_cases import CASES, Case as Golden
from shell import run, word
from small_specs import openapi
from specloom.conform.toolchains import TOOLCHAINS
from specloom.targets import TARGETS

__all__ = ["folder", "toolchain"]

ROUNDS = {"typescript"}
"""Targets that leave numbers to `JSON.parse`, which rounds them to doubles."""

targets = pytest.mark.parametrize("target", sorted(TOOLCHAINS))


def holds(spec: Path, target: str, options: str, per_schema: int) -> None:
    """Fail unless a binding agrees with the oracle on a whole corpus."""
    made = run(
        f"cases {word(spec)} --per-schema {per_schema} --out cases.jsonl {options}"
    )
    assert made.status == 0, made.err
    done = run(f"conform {word(spec)} -t {target} --cases cases.jsonl {options}")
    assert "agreement   100.00 %" in done.out, done.out + done.err
    if target in ROUNDS:
        kinds = [x for x in done.out.splitlines() if "difference" in x]
        assert all("rounded to what a double holds" in x for x in kinds), done.out
    else:
        assert "round trip  100.00 %" in done.out, done.out
        assert done.status == 0


def test_every_binding_can_be_judged() -> None:
    bindings = {name for name in TARGETS if name != "markdown"}
    assert set(TOOLCHAINS) == bindings == set(NEEDS)


@targets
@pytest.mark.parametrize("options", ["", "--lenient"], ids=["strict", "lenient"])
@pytest.mark.usefixtures("folder")
def test_the_canonical_spec(options: str, toolchain: str, checkout: Path) -> None:
    holds(checkout / "spec" / "openapi.yaml", toolchain, options, 40)


@pytest.mark.slow
@targets
@pytest.mark.parametrize("options", ["", "--lenient"], ids=["strict", "lenient"])
@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.usefixtures("folder")
def test_golden_cases(case: Golden, options: str, toolchain: str) -> None:
    holds(case.spec, toolchain, f"{options} {case.flags}", 100)


@pytest.mark.slow
@targets
@pytest.mark.parametrize("options", ["", "--lenient"], ids=["strict", "lenient"])
@pytest.mark.usefixtures("folder")
def test_a_whole_api(options: str, toolchain: str, shared_spec: Path) -> None:
    holds(shared_spec, toolchain, options, 15)


SMALL = """
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
    Any: {}
    Partial:
      $dynamicRef: '#a'
      $defs: {x: {$dynamicAnchor: a}, y: {$dynamicAnchor: a}}
    Uses: {type: array, items: {$ref: '#/components/schemas/Partial'}}
    'odd "name"': {type: integer}
"""
ROWS = [
    (
        "Pet",
        '{"name": "a", "x": {"y": [1, null]}}',
        '{"name": "a", "x": {"y": [1, null]}}',
    ),
    ("Pet", '{"name": 1}', "type"),
    ("Pet", "{}", "required"),
    ("Pet", '{"name":}', "json"),
    ("Nope", "1", "unmapped"),
    ("Partial", '"ab"', "unsupported"),
    ("Uses", '["a"]', "unsupported"),
    ('odd "name"', "7", "7"),
    ("Any", "{}", "{}"),
    ("Any", "null", "null"),
    ("Any", "[" * 300 + "]" * 300, "depth"),
    ("Any", "[" * 100_000 + "]" * 100_000, "depth"),
    ("Any", '"\\ud800"', '"\\ud800"'),
]


@targets
@pytest.mark.usefixtures("folder")
def test_each_case_gets_its_verdict_in_order(toolchain: str) -> None:
    spec = Path("spec.yaml")
    spec.write_text(openapi(SMALL), encoding="utf-8")
    cases = [f'{{"schema": {json.dumps(n)}, "instance": {i}}}\n' for n, i, _ in ROWS]
    done = conform(spec, toolchain, "".join(cases))
    assert codes() == [want for *_, want in ROWS]
    wants_ok = [item["error"] is None for item in verdicts()]
    assert [item["ok"] for item in verdicts()] == wants_ok
    assert verdicts()[1]["error"]["path"] == "name"
    assert "not asked   2 cases of schemas that use what is not supported" in done.out
    assert "not judged  3 cases" in done.out
    assert "1 difference: valid, but nested deeper than the binding reads" in done.out
    assert done.status == 1
