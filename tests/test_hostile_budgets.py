"""Specs that cost more than they say: each ends, soon, with an error that tells where.

The bombs are small texts that stand for something large: aliases of aliases, ``$ref``
and combiners that double, rows without end. None is timed here; one that was not
stopped would take longer than anybody waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from bombs import END, Schemas, both, document, mixed, ref, row
from shell import folder as folder, run
from specloom.budgets import Budgets


def laughs(merge: bool) -> str:
    """Ten aliases of ten aliases of ten aliases, and so on."""
    lines = ["a0: &a0 {k: [x, x, x, x, x, x, x, x, x, x]}"]
    for i in range(1, 30):
        ten = ", ".join([f"*a{i - 1}"] * 10)
        inner = f"<<: [{ten}], k{i}: *a{i - 1}" if merge else f"k: [{ten}]"
        lines.append(f"a{i}: &a{i} {{{inner}}}")
    return "\n".join(lines)


def scoped(id_: str, anchor: str, **schema: Any) -> Schemas:
    """A schema resource that declares a dynamic anchor."""
    return {"$id": id_, "$defs": {"D": {"$dynamicAnchor": anchor}}, **schema}


def crossings(levels: int) -> str:
    """Two ways at each level, which a reference at the end remembers."""
    made: Schemas = {}
    for i in range(levels):
        for way in "ab":
            both = [{"$ref": f"{next_}{i + 1}"} for next_ in "ab"]
            made[f"{way}{i}"] = scoped(f"{way}{i}", f"d{i}", items={"anyOf": both})
    ends = {f"p{i}": {"$dynamicRef": f"a{i}#d{i}"} for i in range(levels)}
    made |= {
        f"{way}{levels}": {"$id": f"{way}{levels}", "properties": ends} for way in "ab"
    }
    return document(made)


DEEP = 100_000
BOMBS: dict[str, tuple[str, Callable[[], str], str, str]] = {
    # name: file, text, code unless it is the budget's, budget
    "aliases": ("yaml", lambda: laughs(False), "budget-nodes", "nodes"),
    "merge keys": ("yaml", lambda: laughs(True), "budget-nodes", "nodes"),
    "allOf twice": ("json", lambda: row(60, both("allOf"), END), "", "expansion"),
    "anyOf twice": ("json", lambda: row(60, both("anyOf"), END), "", "expansion"),
    "oneOf of allOf": ("json", lambda: row(30, mixed, END), "", "expansion"),
    "ref to ref": (
        "json",
        lambda: row(5_000, lambda i: ref(f"L{i + 1}"), END),
        "",
        "ref_chain",
    ),
    "inheritance": (
        "json",
        lambda: row(2_000, lambda i: {"allOf": [ref(f"L{i + 1}")]}, END),
        "",
        "ref_chain",
    ),
    "brackets": ("json", lambda: "[" * DEEP + "]" * DEEP, "", "depth"),
    "braces": ("yaml", lambda: "{a: " * DEEP + "}" * DEEP, "", "depth"),
    "a wide union": (
        "json",
        lambda: document({"U": {"oneOf": [{"const": i} for i in range(10_000)]}}),
        "",
        "alternatives",
    ),
    "values": (
        "json",
        lambda: document({"E": {"enum": [f"v{i}" for i in range(100_000)]}}),
        "",
        "members",
    ),
    "properties": (
        "json",
        lambda: document({"P": {"properties": {f"p{i}": {} for i in range(50_000)}}}),
        "",
        "members",
    ),
    "a long schema name": (
        "json",
        lambda: document({"N" * DEEP: {"type": "string"}}),
        "budget-name",
        "name_length",
    ),
    "a long property name": (
        "json",
        lambda: document({"N": {"properties": {"p" * DEEP: {}}}}),
        "budget-name",
        "name_length",
    ),
    "dynamic scopes": ("json", lambda: crossings(40), "", "variants"),
    "bytes": ("json", lambda: " " * (2**26) + "{}", "budget-bytes", "input_bytes"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_its_place(name: str, folder: Path) -> None:
    kind, make, code, budget = BOMBS[name]
    Path(f"bomb.{kind}").write_text(make(), encoding="utf-8")
    ran = run(f"generate bomb.{kind} --format json")
    assert ran.status == 1
    finding = ran.findings[0]
    assert finding["code"] == (code or f"budget-{budget.replace('_', '-')}")
    assert finding["file"] == f"bomb.{kind}"
    assert f"--budget {budget}=N" in finding["hint"]
    assert not Path("generated").exists()


WIDE: Schemas = {"enum": ["a", "b", "c"]}
EVERYWHERE: dict[str, Any] = {
    "properties": {"x": WIDE},
    "patternProperties": {"x": WIDE},
    "dependentSchemas": {"x": WIDE},
    **dict.fromkeys(("additionalProperties", "propertyNames", "items", "not"), WIDE),
    **dict.fromkeys(("contains", "unevaluatedItems", "unevaluatedProperties"), WIDE),
    **{keyword: [WIDE, {}] for keyword in ("prefixItems", "allOf", "anyOf", "oneOf")},
}


@pytest.mark.parametrize("keyword", EVERYWHERE)
def test_what_stands_under_any_keyword_counts(keyword: str, folder: Path) -> None:
    schema = {"A": {"title": "A", keyword: EVERYWHERE[keyword]}}
    (folder / "bomb.json").write_text(document(schema))
    assert "error[budget-members]" in run("generate bomb.json --budget members=2").err
    assert run("generate bomb.json --budget members=3").status == 0


@pytest.mark.slow
def test_a_million_values_are_refused(folder: Path) -> None:
    values = [f"v{i}" for i in range(1_000_000)]
    Path("bomb.json").write_text(document({"E": {"enum": values}}), encoding="utf-8")
    assert "error[budget-members]" in run("generate bomb.json").err


@pytest.mark.parametrize("budget", [item.name for item in fields(Budgets)])
def test_each_budget_can_run_out_and_be_raised(budget: str, folder: Path) -> None:
    """With nothing to spend the run ends with the name of the budget."""
    schemas = {
        "A": {"allOf": [ref("B")], "properties": {"p": {"enum": [1, 2]}}},
        "B": {"type": "object"},
        "Outer": scoped("outer", "d", items={"$ref": "inner"}),
        "Inner": scoped("inner", "d", items={"$dynamicRef": "#d"}),
    }
    Path("small.json").write_text(document(schemas), encoding="utf-8")
    ran = run(f"generate small.json -t python --budget {budget}=0")
    assert ran.status == 1
    assert f"--budget {budget}=N" in ran.err
    Path("specloom.toml").write_text(f"[budgets]\n{budget} = 0\n", encoding="utf-8")
    assert run("generate small.json -t python").status == 1
    assert run(f"generate small.json -t python --budget {budget}=5000").status in (0, 1)
    raised = getattr(Budgets(), budget)
    assert run(f"generate small.json -t python --budget {budget}={raised}").status == 0


@pytest.mark.parametrize(
    ("given", "want"),
    [
        ("nope=1", "budget-unknown"),
        ("node=1", "did you mean `nodes`?"),
        ("nodes", "budget-value"),
        ("nodes=many", "budget-value"),
        ("nodes=-1", "budget-value"),
        ("depth=5001", "must not be above 5,000"),
    ],
)
def test_a_budget_that_cannot_be_meant(given: str, want: str, folder: Path) -> None:
    ran = run(f"generate pets.yaml --budget {given}")
    assert ran.status == 2
    assert want in ran.err


def test_no_budget_lets_nesting_end_in_an_internal_error(folder: Path) -> None:
    levels, level = 4_900, '{"type": ["array", "null"], "items": '
    deep = document({"Deep": "HERE"}).replace(
        '"HERE"', level * levels + "{}" + "}" * levels
    )
    Path("a.json").write_text(deep)
    for target in ("python", "typescript", "markdown"):
        ran = run(f"generate a.json -t {target} --budget depth=5000")
        assert ran.status == 1, ran.err
        assert ran.err.startswith("error[budget-depth]"), ran.err


def test_the_output_is_held_to_its_budgets(folder: Path) -> None:
    Path("a.json").write_text(document({"A": {"description": "ä€😀", **END}}))
    command = "generate a.json -t typescript -o"
    assert run(f"{command} all").status == 0
    files = [path for path in Path("all/typescript").rglob("*") if path.is_file()]
    spent = {
        "output_files": len(files),
        "output_bytes": sum(path.stat().st_size for path in files),
    }
    for budget, most in spent.items():
        assert run(f"{command} {budget} --budget {budget}={most}").status == 0
        ran = run(f"{command} less --budget {budget}={most - 1}")
        assert (ran.status, f"--budget {budget}=" in ran.err) == (1, True), ran.err
        assert not Path("less").exists()


def test_the_table_of_the_docs_is_true(checkout: Path) -> None:
    page = (checkout / "docs" / "specs.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| `")]
    told = {row[1].strip(" `"): row[2].strip() for row in rows if len(row) == 5}
    for item in fields(Budgets):
        assert told[item.name] == f"{getattr(Budgets(), item.name):,}"
