"""Specs that cost more than they say: each ends, soon, with an error that tells where.

The bombs are small texts that stand for something large: aliases of aliases, ``$ref``
and combiners that double, rows without end. None is timed here; one that was not
stopped would take longer than anybody waits.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from shell import folder as folder, run
from specloom.budgets import Budgets

Schemas = dict[str, Any]


def ref(name: object) -> Schemas:
    return {"$ref": f"#/components/schemas/{name}"}


def document(schemas: Schemas, **more: Any) -> str:
    info = {"title": "Bomb", "version": "1"}
    whole = {"openapi": "3.1.0", "info": info, "components": {"schemas": schemas}}
    return json.dumps({**whole, **more})


def row(length: int, step: Callable[[int], Any], last: Any) -> str:
    """Schemas L0, L1, ... of which each refers to the next one."""
    schemas = {f"L{i}": step(i) for i in range(length)}
    return document({**schemas, f"L{length}": last})


def nested(levels: int, wrap: Callable[[Any], Any]) -> str:
    schema: Any = {"type": "string"}
    for _ in range(levels):
        schema = wrap(schema)
    return document({"Deep": schema})


def laughs(merge: bool) -> str:
    """Ten aliases of ten aliases of ten aliases, and so on."""
    lines = ["a0: &a0 {k: [x, x, x, x, x, x, x, x, x, x]}"]
    for i in range(1, 30):
        ten = ", ".join([f"*a{i - 1}"] * 10)
        inner = f"<<: [{ten}], k{i}: *a{i - 1}" if merge else f"k: [{ten}]"
        lines.append(f"a{i}: &a{i} {{{inner}}}")
    return "\n".join(lines)


def both(keyword: str) -> Callable[[int], Schemas]:
    return lambda i: {keyword: [ref(f"L{i + 1}"), ref(f"L{i + 1}")]}


def mixed(i: int) -> Schemas:
    """An alternation of products, each with a property of its own."""
    parts = [{"properties": {f"{k}{i}": {"type": "string"}}} for k in "ab"]
    return {"oneOf": [{"allOf": [ref(f"L{i + 1}"), part]} for part in parts]}


END: Schemas = {"type": "object", "properties": {"a": {"type": "string"}}}


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


@pytest.mark.parametrize(
    "make",
    [
        lambda: nested(200, lambda s: {"type": "object", "properties": {"a": s}}),
        lambda: nested(100, lambda s: {"anyOf": [s, {"type": "integer"}]}),
        lambda: nested(200, lambda s: {"allOf": [s]}),
        lambda: nested(200, lambda s: {"type": "array", "items": s}),
        lambda: nested(400, lambda s: {"not": s}),
        lambda: row(
            40,
            lambda i: {
                "type": "object",
                "properties": {k: ref(f"L{i + 1}") for k in "ab"},
            },
            END,
        ),
        lambda: row(3_000, lambda i: {"properties": {"a": ref(f"L{i + 1}")}}, END),
        lambda: row(60, lambda i: ref(f"L{i + 1}"), END),
        lambda: row(10, both("allOf"), END),
        lambda: row(6, mixed, END),
        lambda: document({"N" * 300: {"properties": {"p" * 1_000: {"enum": ["e"]}}}}),
        lambda: document({"U": {"oneOf": [{"const": f"v{i}"} for i in range(500)]}}),
        lambda: document({"E": {"enum": [f"v{i}" for i in range(2_000)]}}),
    ],
)
def test_what_is_large_but_within_its_budgets_is_made(
    make: Callable[[], str], folder: Path
) -> None:
    Path("large.json").write_text(make(), encoding="utf-8")
    ran = run("generate large.json -t python")
    assert (ran.status, "error" in ran.err) == (0, False), ran.err


def test_alternatives_in_alternatives_do_not_repeat_their_surroundings(
    folder: Path,
) -> None:
    """Twice the levels may be four times the text, half of it indentation."""
    rows = [{"type": "integer", "minimum": i} for i in range(60)]
    sizes: list[int] = []
    for levels in (20, 40):
        spec = nested(levels, lambda s: {"anyOf": [s, rows.pop()]})
        Path("deep.json").write_text(spec, encoding="utf-8")
        assert run("generate deep.json -t python").status == 0
        sizes.append(sum(x.stat().st_size for x in Path().rglob("deep.py")))
    assert 0 < sizes[1] <= 4 * sizes[0]


@pytest.mark.parametrize("kind", ["items", "additionalProperties"])
def test_twice_the_levels_of_lists_or_maps_are_twice_the_text(
    kind: str, folder: Path
) -> None:
    outer = {"items": "array", "additionalProperties": "object"}[kind]
    sizes: list[int] = []
    for levels in (64, 128):
        spec = nested(levels, lambda s: {"type": [outer, "null"], kind: s})
        Path("deep.json").write_text(spec, encoding="utf-8")
        assert run("generate deep.json").status == 0
        found = (x for x in Path().rglob("*") if "level" in x.stem.lower())
        sizes.append(sum(x.stat().st_size for x in found))
    assert 0 < sizes[1] <= 2.5 * sizes[0]  # the names get a digit longer


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


def github_like(schemas: int = 1_500, operations: int = 1_100) -> str:
    """A description of the size and the make of GitHub's: 13 MB of JSON.

    Most of it is operations with examples; the schemas are flat objects with many
    links, some nullable, some in unions, in OpenAPI 3.0.
    """
    link = {"type": "string", "format": "uri", "example": "https://api.example.com/x"}
    made: Schemas = {}
    for i in range(schemas):
        properties: Schemas = {
            f"{word}_url": {**link, "description": f"Where the {word} of it are."}
            for word in "events keys labels teams hooks issues pulls tags".split()
        }
        properties["id"] = {"type": "integer", "format": "int64"}
        properties["state"] = {"type": "string", "enum": ["open", "closed", f"s{i}"]}
        properties["owner"] = {
            "nullable": True,
            "allOf": [ref(f"resource-{(i * 7 + 1) % schemas}")],
        }
        properties["parts"] = {
            "type": "array",
            "items": {"anyOf": [ref(f"resource-{(i * k) % schemas}") for k in (3, 5)]},
        }
        made[f"resource-{i}"] = {
            "title": f"Resource {i}",
            "description": "A resource of the service. " * 4,
            "type": "object",
            "properties": properties,
            "required": ["id", "state"],
        }
    example = {f"field_{i}": f"https://api.example.com/{i}" for i in range(150)}
    answer = {"application/json": {"examples": {"default": {"value": example}}}}
    paths = {
        f"/things/{i}/{{id}}": {"get": {"responses": {"200": {"content": answer}}}}
        for i in range(operations)
    }
    return json.dumps(
        {
            "openapi": "3.0.3",
            "info": {"title": "Large", "version": "1"},
            "paths": paths,
            "components": {"schemas": made},
        },
        indent=2,
    )


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


@pytest.mark.slow
def test_the_largest_public_description_is_within_the_budgets(folder: Path) -> None:
    text = github_like()
    assert 12_500_000 < len(text) < 20_000_000
    Path("large.json").write_text(text, encoding="utf-8")
    ran = run("generate large.json")
    assert (ran.status, "error" in ran.err) == (0, False), ran.err


def test_the_table_of_the_readme_is_true(checkout: Path) -> None:
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in readme.splitlines() if line.startswith("| `")]
    told = {row[1].strip(" `"): row[2].strip() for row in rows if len(row) == 5}
    for item in fields(Budgets):
        assert told[item.name] == f"{getattr(Budgets(), item.name):,}"
