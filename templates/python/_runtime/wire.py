"""Wire: JSON text to plain values and back, exactly."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .errors import EncodeError, Violation
from .unset import UNSET

_OPENING, _SPACE = "{[", " \t\n\r"
_SCALARS = frozenset([str, int, float, bool, type(None)])


class Unreadable(Exception):
    """Text that is not JSON, or that nests too deeply to be read."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation)
        self.violation = violation


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_READER = json.JSONDecoder(parse_constant=_refuse)
_WRITER = json.JSONEncoder(allow_nan=False, check_circular=False, separators=(",", ":"))


def parse(text: str | bytes | bytearray) -> Any:
    """Read JSON text (RFC 8259; bytes are UTF-8). Raises `Unreadable`."""
    try:
        if not isinstance(text, str):
            text = text.decode().removeprefix("\ufeff")
        if text[:1] in _OPENING:  # as nearly always: no space has to be looked for
            value, end = _READER.raw_decode(text)
            if end == len(text) or not text[end:].strip(_SPACE):
                return value
        return _READER.decode(text)
    except RecursionError:
        raise Unreadable(Violation("", "depth", "is nested too deeply")) from None
    except ValueError as error:
        raise Unreadable(Violation("", "json", str(error))) from None


def encode(value: Any) -> Any:
    """Plain JSON values for any value of this package; nothing in it is shared."""
    return encoders[type(value)](value)


def _same(value: Any) -> Any:
    return value


def _encode_object(value: dict[str, object]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, item in value.items():
        kind = type(item)
        if kind is str or kind in _SCALARS:
            made[key] = item
        elif item is not UNSET:
            made[key] = encoders[kind](item)
    return made


def _encode_array(value: list[object] | tuple[object, ...]) -> list[Any]:
    made: list[Any] = []
    for item in value:
        kind = type(item)
        scalar = kind is str or kind in _SCALARS
        made.append(item if scalar else encoders[kind](item))
    return made


class _Encoders(dict[type[Any], Callable[[Any], Any]]):
    """How values of a class become plain; a new class is looked at once."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], Any]:
        found: Callable[[Any], Any]
        if issubclass(kind, dict):
            found = _encode_object
        elif issubclass(kind, (list, tuple)):
            found = _encode_array
        else:
            found = getattr(kind, "to_dict", _same)
        self[kind] = found
        return found


encoders = _Encoders()
"""By the class of a value: the function that makes plain JSON values of it."""


def encode_json(value: Any, *, indent: int | None = None) -> str:
    """JSON text for any value of this package. Raises `EncodeError`."""
    try:
        if indent is None:
            return _WRITER.encode(encode(value))
        return json.dumps(encode(value), allow_nan=False, indent=indent)
    except (TypeError, ValueError) as error:
        raise EncodeError(str(error)) from None
    except RecursionError:
        raise EncodeError("the value is nested too deeply") from None
