"""Evaluated: which properties and items of a value its rules have looked at.

What is left over is what `unevaluatedProperties` and `unevaluatedItems` are about. What
stands behind one of these in its table asserts nothing that is not asserted beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .alternatives import plan_of
from .parts import parts
from .registry import Table
from .values import is_array, is_object, items_of

if TYPE_CHECKING:
    from .verdict import Judge

UNEVALUATED = ("unevaluatedProperties", "unevaluatedItems")


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
        if keyword == "anyOf" or keyword == "oneOf":
            for member in plan_of(operand).meant(value):
                if judge.matches(member, value):
                    yield from _seen(member, value, judge)
        elif keyword == "if":
            if judge.matches(operand, value):
                yield from _seen(operand, value, judge)
            yield from _seen(judge.meant(table, value), value, judge)
        elif keyword == "contains":
            for index, item in enumerate(items_of(value)):
                if judge.matches(operand, item):
                    yield index
        elif keyword in UNEVALUATED:
            yield from _keys(keyword, value)  # what nothing else has looked at, too
        elif keyword != "propertyNames":
            for inner, _, key in parts(keyword, operand, value, table):
                if key is None:
                    yield from _seen(inner, value, judge)
                else:
                    yield key
