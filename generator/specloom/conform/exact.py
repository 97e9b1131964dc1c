"""Exact: JSON as Python holds it without loss, and when two texts say the same.

Enters: JSON text. Leaves: values whose numbers are as written; whether two are equal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NoReturn, TypeAlias

STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
"""A JSON string, its escapes not looked at."""

Value: TypeAlias = "bool | int | Decimal | str | list[Value] | dict[str, Value] | None"
"""JSON as Python holds it without loss."""


def exact(text: str) -> Value:
    """A JSON text as Python values, no number rounded.

    Raises :class:`ValueError` for what is not JSON (``NaN`` is not), and
    :class:`RecursionError` for nesting beyond what Python's parser takes.
    """
    value: Value = json.loads(
        text, parse_float=Decimal, parse_int=_whole, parse_constant=_refuse
    )
    return value


def _whole(text: str) -> int | Decimal:
    # Python refuses to make an `int` of more than 4,300 digits.
    return int(text) if len(text) < 4000 else Decimal(text)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def same_text(one: str, other: str) -> bool:
    """Whether two JSON texts say the same: numbers by value, objects without order."""
    if one == other:
        return True
    try:
        return same(exact(one), exact(other))
    except RecursionError:
        # Too deep to be taken apart: what is the same but for white space.
        return "".join(_pieces(one)) == "".join(_pieces(other))


def _pieces(text: str) -> Iterator[str]:
    return (piece[0] for piece in re.finditer(rf"{STRING.pattern}|[^\s\"]+", text))


def same(one: Value, other: Value) -> bool:
    """Equality of JSON (JSON Schema 2020-12 core, section 4.2.2)."""
    match one, other:
        case (bool(), _) | (_, bool()):
            return one is other
        case (list(), list()):
            return len(one) == len(other) and all(map(same, one, other))
        case (dict(), dict()):
            return one.keys() == other.keys() and all(
                same(value, other[key]) for key, value in one.items()
            )
        case _:
            return one == other
