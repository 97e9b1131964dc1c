"""Wire: JSON text to plain values and back, exactly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from .errors import TOO_DEEP, DecodeError, EncodeError, Violation
from .unset import UNSET
from .values import MAX_DEPTH, is_object, is_sequence, is_too_deep

_OPENING, _SPACE = "{[", " \t\n\r"
_SHALLOW = MAX_DEPTH * len("[]")
"""A text of no more characters cannot be nested too deeply."""
_LONG = 2**16
"""In a text of more characters brackets are not counted: most of it will be strings."""


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_READER = json.JSONDecoder(parse_constant=_refuse)


def read(name: str, text: str | bytes | bytearray) -> Any:
    """Plain values of JSON text (RFC 8259; bytes are UTF-8). Raises `DecodeError`."""
    try:
        if not isinstance(text, str):
            text = text.decode().removeprefix("\ufeff")
        if text[:1] in _OPENING:  # as nearly always: no space has to be looked for
            value, end = _READER.raw_decode(text)
            if end != len(text) and text[end:].strip(_SPACE):
                _READER.decode(text)  # which tells what is wrong
        else:
            value = _READER.decode(text)
    except RecursionError:
        raise DecodeError(name, [TOO_DEEP]) from None
    except ValueError as error:
        raise DecodeError(name, [Violation("", "json", str(error))]) from None
    if len(text) > _SHALLOW and _may_be_deep(text) and is_too_deep(value):
        from .explain import too_deep  # takes a while to import, and few need it

        raise DecodeError(name, [too_deep(value)])
    return value


def _may_be_deep(text: str) -> bool:
    """Whether a text has the brackets and the length to be nested too deeply."""
    if len(text) > _LONG:
        return True
    lists = text.count("[")
    # A list takes two characters; an object five, `{"":}`, but two where it is empty.
    if lists + (len(text) + 3 - 2 * lists) // 5 <= MAX_DEPTH:
        return False
    return lists + text.count("{") > MAX_DEPTH


def encode(value: Any) -> Any:
    """Plain JSON values for any value of this package.

    Values of type `Any` in an object are shared with it, not copied.
    """
    return encoders[type(value)](value)


def encode_all(value: Any) -> Any:
    """Plain JSON values, those of type `Any` included; nothing in them is shared."""
    if is_object(value):
        given = {key: item for key, item in value.items() if item is not UNSET}
        # A comprehension would take a second call at each level of nesting.
        return dict(zip(given, map(encode_all, given.values())))
    if is_sequence(value):
        return [*map(encode_all, value)]
    plain = encode(value)
    return plain if plain is value else encode_all(plain)


def _same(value: Any) -> Any:
    return value


def _encode_object(value: dict[str, object]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, item in value.items():
        if item is not UNSET:
            made[key] = encoders[type(item)](item)
    return made


def _encode_array(value: list[object] | tuple[object, ...]) -> list[Any]:
    made: list[Any] = []
    for item in value:
        made.append(encoders[type(item)](item))
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
copiers = _Encoders({list: list[Any].copy, dict: dict[Any, Any].copy})
"""The same where what lists and objects hold is plain already, or of type `Any`."""


def _writer() -> Callable[[Any, int], Iterable[str]]:
    """What writes plain values as compact JSON, in parts, given the level 0.

    `JSONEncoder.encode` makes its C encoder anew at each call; this one is kept.
    """
    encoder = json.JSONEncoder(
        allow_nan=False, check_circular=False, separators=(",", ":")
    )
    quote = json.encoder.encode_basestring_ascii
    made: Callable[[Any, int], Iterable[str]]
    try:
        make: Any = vars(json.encoder)["c_make_encoder"]
        made = make(None, encoder.default, quote, None, ":", ",", False, False, False)
    except (KeyError, TypeError):  # not CPython, or one that makes it otherwise
        return lambda value, _: [encoder.encode(value)]
    return made


_parts = _writer()


def encode_json(value: Any, *, indent: int | None = None) -> str:
    """JSON text for any value of this package. Raises `EncodeError`."""
    if indent is None:
        try:
            return "".join(_parts(encoders[type(value)](value), 0))
        except (TypeError, ValueError, RecursionError):
            pass  # something of type `Any` is not plain, or JSON cannot say it
    plain: Any = None
    try:
        plain = encode_all(value)
        if indent is None:
            return "".join(_parts(plain, 0))
        return json.dumps(plain, allow_nan=False, indent=indent)
    except (TypeError, ValueError) as error:
        from .explain import unwritable  # as above

        raise EncodeError(unwritable(plain) or str(error)) from None
    except RecursionError:
        raise EncodeError("the value is nested too deeply") from None
