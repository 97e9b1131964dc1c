"""Evaluated: which properties and items of a value its rules have looked at.

What is left over is what `unevaluatedProperties` and `unevaluatedItems` are about. What
stands behind one of these in its table asserts nothing that is not asserted beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .parts import parts
from .registry import Table
from .values import is_array, is_object

if TYPE_CHECKING:
    from .verdict import Judge

UNEVALUATED = ("unevaluatedProperties", "unevaluatedItems")
_BLIND = ("not", "propertyNames")
"""The keywords that look at no property and at no item."""
_DOUBTFUL = ("anyOf", "oneOf", "if", "contains")
"""The keywords whose parts a valid value need not match."""


def left_over(
    keyword: str, table: dict[str, Any], value: Any, judge: Judge
) -> list[str | int]:
    """The properties or items that the rest of a table does not look at."""
    keys = _keys(keyword, value)
    if not keys:
        return []
    seen = {*_seen(others(keyword, table), value, judge)}
    return [key for key in keys if key not in seen]


def _keys(keyword: str, value: Any) -> list[str | int]:
    """The properties or items that there are."""
    if keyword == "unevaluatedProperties" and is_object(value):
        return [*value]
    if keyword == "unevaluatedItems" and is_array(value):
        return [*range(len(value))]
    return []


def others(keyword: str, table: dict[str, Any]) -> dict[str, Any]:
    """A table without a keyword."""
    return {name: operand for name, operand in table.items() if name != keyword}


def _seen(table: Table, value: Any, judge: Judge) -> Iterator[str | int]:
    """What assertions look at in a value that they accept."""
    if isinstance(table, bool):
        return
    for keyword, operand in table.items():
        if keyword in UNEVALUATED:
            yield from _keys(keyword, value)  # what nothing else has looked at, too
        elif keyword not in _BLIND:
            for inner, item, key in parts(keyword, operand, value, table):
                if keyword in _DOUBTFUL and not judge.matches(inner, item):
                    continue
                if key is None:
                    yield from _seen(inner, value, judge)
                else:
                    yield key
        if keyword == "if":
            yield from _seen(judge.meant(table, value), value, judge)
