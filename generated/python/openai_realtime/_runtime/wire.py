"""Wire: JSON text to plain values and back, exactly."""

from __future__ import annotations

import json
from typing import Any

from .errors import EncodeError, Violation
from .unset import UNSET
from .values import is_object, is_sequence

_SCALARS = frozenset([str, int, float, bool, type(None)])
LARGEST_EXACT = 2**53
"""Below it a float holds every whole number exactly (IEEE 754, binary64)."""


class Unreadable(Exception):
    """Text that is not JSON, or that nests too deeply to be read."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation)
        self.violation = violation


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_READER = json.JSONDecoder(parse_constant=_refuse)


def parse(text: str | bytes | bytearray) -> Any:
    """Read JSON text (RFC 8259; bytes are UTF-8). Raises `Unreadable`."""
    try:
        if not isinstance(text, str):
            text = text.decode("utf-8-sig")
        return _READER.decode(text)
    except RecursionError:
        raise Unreadable(Violation("", "depth", "is nested too deeply")) from None
    except ValueError as error:
        raise Unreadable(Violation("", "json", str(error))) from None


def whole(value: Any) -> Any:
    """A whole number as `int`: JSON makes no difference between 3 and 3.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_EXACT:
        return int(value)
    return value


def encode(value: Any) -> Any:
    """Plain JSON values for any value of this package; nothing in it is shared."""
    kind = value.__class__
    if kind in _SCALARS:
        return value
    if is_object(value):
        return {key: encode(item) for key, item in value.items() if item is not UNSET}
    if is_sequence(value):
        return [encode(item) for item in value]
    to_dict = getattr(kind, "to_dict", None)
    return value if to_dict is None else to_dict(value)


def encode_json(value: Any, *, indent: int | None = None) -> str:
    """JSON text for any value of this package. Raises `EncodeError`."""
    separators = (",", ":") if indent is None else (",", ": ")
    try:
        return json.dumps(
            encode(value), allow_nan=False, indent=indent, separators=separators
        )
    except (TypeError, ValueError) as error:
        raise EncodeError(str(error)) from None
    except RecursionError:
        raise EncodeError("the value is nested too deeply") from None
