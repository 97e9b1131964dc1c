"""Values: what JSON Schema asks about a JSON value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from typing import Any, TypeGuard

KINDS = ("null", "boolean", "integer", "number", "string", "array", "object")
INFINITY = float("inf")
MAX_DEPTH = 256
"""How many levels deep lists and objects may be nested."""

_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    str: "string",
    list: "array",
    dict: "object",
}


def kind_of(value: Any) -> str:
    """The kind of a value: a whole number is an `integer`, any other a `number`.

    What JSON does not have is called what it is in Python.
    """
    kind = _KINDS.get(value.__class__)
    if kind is not None:
        return kind
    if isinstance(value, float):
        if not abs(value) < INFINITY:
            return json.dumps(value)
        return "integer" if value.is_integer() else "number"
    known = (kind for type_, kind in _KINDS.items() if isinstance(value, type_))
    return next(known, f"Python {value.__class__.__name__}")


def is_of_kind(kind: str, wanted: str | list[str]) -> bool:
    """Whether a kind is one of those that `type` names."""
    if kind == "integer" and (wanted == "number" or "number" in wanted):
        return True
    return kind == wanted if isinstance(wanted, str) else kind in wanted


def is_container(value: Any) -> bool:
    """Whether a value is a JSON array or object."""
    return isinstance(value, (list, dict))


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array."""
    return isinstance(value, list)


def is_sequence(value: Any) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Whether a value is written as a JSON array."""
    return isinstance(value, (list, tuple))


def is_number(value: Any) -> bool:
    """Whether a value is a number; Python counts `True` as one."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def comparable(value: Any) -> Any:
    """A key that equal values share and no others: 1 is 1.0, but true is not 1.

    What has no hash, such as a set, which JSON does not have, equals only itself.
    """
    if isinstance(value, bool):
        return (value,)
    if is_array(value):
        return ("array", *map(comparable, value))
    if is_object(value):
        return frozenset((name, comparable(item)) for name, item in value.items())
    try:
        hash(value)
    except TypeError:
        return ("object", id(value))
    return value


def equal_items(items: list[Any]) -> tuple[int, int] | None:
    """The positions of the first two items that are equal."""
    seen: dict[Any, int] = {}
    for index, item in enumerate(items):
        first = seen.setdefault(comparable(item), index)
        if first != index:
            return first, index
    return None


@cache
def matcher(pattern: str) -> Callable[[str], object]:
    """A function that searches a text for a pattern.

    The engine is Python's `re`, which backtracks: some patterns, such as `(a+)+$`, take
    exponential time on some texts. Bound the length of texts that you do not trust.
    """
    found = re.sub(r"\\([pP])\{([A-Z][a-z]?)\}", _members, pattern)
    return re.compile(found).search


def _members(found: re.Match[str]) -> str:
    """The members of a class that `\\p{Lu}` stands for, or what `\\P{Lu}` leaves."""
    others, name = found[1] == "P", found[2]
    return "".join(
        members
        for category, members in _categories().items()
        if category.startswith(name) is not others
    )


@cache
def _categories() -> dict[str, str]:
    """The characters of each category of Unicode, as ranges in a class."""
    from unicodedata import category  # here, for most patterns need none

    found: dict[str, list[str]] = {}
    characters = map(chr, range(0x110000))
    for name, run in groupby(characters, category):
        first = last = next(run)
        for last in run:
            pass
        ends = f"\\U{ord(first):08x}-\\U{ord(last):08x}"
        found.setdefault(name, []).append(ends)
    return {name: "".join(ranges) for name, ranges in found.items()}


def is_multiple(value: float, divisor: float) -> bool:
    """Whether a number is a multiple of another, exactly as both are written."""
    if isinstance(value, int) and isinstance(divisor, int):
        return value % divisor == 0
    if not abs(value) < INFINITY:
        return False
    from fractions import Fraction  # takes a while to import, and few need it

    return (Fraction(str(value)) / Fraction(str(divisor))).denominator == 1


def containers(value: Any) -> Iterator[tuple[str | int, Any]]:
    """The lists and objects directly inside a value, each with its key."""
    members: Iterator[tuple[str | int, Any]] = iter(())
    if is_object(value):
        members = iter(value.items())
    elif is_array(value):
        members = iter(enumerate(value))
    return ((key, item) for key, item in members if is_array(item) or is_object(item))


def is_too_deep(value: Any) -> bool:
    """Whether lists and objects are nested more than `MAX_DEPTH` levels deep."""
    level: dict[int, Any] = {0: [value]}
    for _ in range(MAX_DEPTH + 1):
        level = {
            id(item): item
            for outer in level.values()
            for item in (outer.values() if is_object(outer) else outer)
            if is_container(item)
        }
        if not level:
            return False
    return True
