"""Specs that are large but within their budgets: each is made, not at any length."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bombs import END, Schemas, both, document, mixed, nested, ref, row
from shell import folder as folder, run


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


@pytest.mark.slow
def test_the_largest_public_description_is_within_the_budgets(folder: Path) -> None:
    text = github_like()
    assert 12_500_000 < len(text) < 20_000_000
    Path("large.json").write_text(text, encoding="utf-8")
    ran = run("generate large.json")
    assert (ran.status, "error" in ran.err) == (0, False), ran.err
