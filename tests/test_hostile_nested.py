"""Alternatives nested deep: what is written of them grows with what they say.

Sizes are compared at two depths. Twice the levels may be four times the text, half of
it indentation; more would mean that each level is spelled again for all around it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bombs import Schemas, nested
from shell import folder as folder, run


def obj(name: str) -> Schemas:
    return {"type": "object", "required": [name], "properties": {name: {}}}


NESTED: dict[str, Callable[[Any, int], Schemas]] = {
    "anyOf": lambda s, i: {"anyOf": [s, {"type": "integer", "minimum": i}]},
    "oneOf": lambda s, i: {"oneOf": [{"type": "integer", "minimum": i}, s]},
    "the nested one first": lambda s, i: {
        "oneOf": [s, {"type": "string", "maxLength": i}, {"type": "array"}]
    },
    "fixed values": lambda s, i: {"oneOf": [{"const": f"x{i}"}, s]},
    "objects": lambda s, i: {"oneOf": [obj(f"p{i}"), s]},
    "rules around": lambda s, i: {"minProperties": i, "oneOf": [obj(f"p{i}"), s]},
    "merged": lambda s, i: {"oneOf": [obj(f"p{i}"), {"allOf": [obj(f"q{i}"), s]}]},
    "a condition": lambda s, i: {
        "if": {"required": [f"c{i}"]},
        "then": {"required": [f"d{i}"]},
        "oneOf": [obj(f"p{i}"), s],
    },
    "lists of types": lambda s, i: {
        "type": ["string", "integer", "object"],
        "oneOf": [obj(f"p{i}"), {"type": "string", "minLength": i}, s],
    },
    "excluded": lambda s, i: {"oneOf": [{"const": f"x{i}"}, {"not": s}]},
    "in turn": lambda s, i: {
        ("oneOf", "anyOf", "allOf")[i % 3]: [{"minLength": i}, s],
    },
}


def written(levels: int, wrap: Callable[[Any, int], Schemas]) -> int:
    """How many bytes all targets write of so many levels, runtimes aside."""
    rows = iter(range(levels))
    spec = nested(levels, lambda schema: wrap(schema, next(rows)))
    Path("deep.json").write_text(spec, encoding="utf-8")
    assert run("generate deep.json -t python -t typescript -t markdown").status == 0
    return sum(file.stat().st_size for file in Path().rglob("[Dd]eep*.*"))


@pytest.mark.parametrize("wrap", NESTED.values(), ids=NESTED)
def test_alternatives_in_alternatives_do_not_repeat_their_surroundings(
    wrap: Callable[[Any, int], Schemas], folder: Path
) -> None:
    assert 0 < written(32, wrap) <= 5 * written(16, wrap)


def test_nested_rules_for_what_is_left_over_do_not_double(folder: Path) -> None:
    """Each stands in the copies of all around it, and in no copy twice."""

    def wrap(schema: Any, i: int) -> Schemas:
        return {"oneOf": [obj(f"p{i}"), schema], "unevaluatedProperties": False}

    assert 0 < written(12, wrap) <= 10 * written(6, wrap)
