"""Decoding: what the decoders of this package are made of.

A decoder checks plain JSON values and builds from them in one pass. It says nothing of
what is wrong: `recover` then asks the tables, which know every rule and every place.
`depth` counts the lists and objects around a value.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from .errors import DecodeError, Violation
from .registry import Table, models, table_from
from .values import is_array, is_object

if TYPE_CHECKING:
    from .verdict import Judge

Decoder: TypeAlias = "Callable[..., Any]"

new: Callable[[Any], Any] = object.__new__
"""An object without attributes; found sooner here than on `object`, each time."""
LARGEST_EXACT = 2**53
"""Below it a float holds every whole number exactly (IEEE 754, binary64)."""


class Reject(Exception):
    """A value is not valid, or not made of plain JSON values."""


REFUSALS = (Reject, KeyError, TypeError)
"""What a decoder raises: a lacking property and an unhashable tag speak for themselves.
"""
FAULTS = (*REFUSALS, RecursionError)


def whole(value: Any) -> Any:
    """A whole number as `int`: JSON makes no difference between 3 and 3.0."""
    if value.__class__ is int:
        return value
    if value.__class__ is not float or not value.is_integer():
        raise Reject
    return int(value) if abs(value) < LARGEST_EXACT else value


def extras(data: dict[str, Any], named: Container[str], known: int) -> dict[str, Any]:
    """The properties of an object that the spec does not name.

    `known` tells how many of the others there are: `UNSET` in data is none.
    """
    found = {key: item for key, item in data.items() if key not in named}
    if len(found) + known != len(data):
        raise Reject
    return found


@cache
def _judge() -> type[Judge]:
    """Imported when it is first needed: to decode what is valid, few schemas need it."""
    from .verdict import Judge

    return Judge


def accepts(table: Table, value: Any) -> bool:
    """Whether plain JSON values are valid."""
    return _judge()().accepts(table, value)


def unlike(assertions: Callable[[], Table], value: Any) -> Any:
    """A value that is no object, where the rules of a class allow one."""
    if isinstance(value, dict) or not accepts(table_from(assertions), value):
        raise Reject  # an object of another class, or of a kind that is not allowed
    return value


def sibling(namespace: dict[str, Any], module: str) -> Decoder:
    """The decoder of another module, which is imported by the first call.

    From then on `_decode_` and the name of the module stand for it in the namespace.
    """

    def first(*arguments: Any) -> Any:
        found = namespace[f"_decode_{module}"] = getattr(models, module).construct
        return found(*arguments)

    return first


class ByTag(dict[str, Decoder]):
    """The decoder that each tag stands for; a module's when it is first needed."""

    def __init__(
        self, known: dict[str, str | Decoder], other: Decoder | None = None
    ) -> None:
        super().__init__()
        self._known = known
        self._other = other

    def __missing__(self, tag: Any) -> Decoder:
        found = self._known.get(tag, self._other)
        if found is None:
            raise Reject
        if isinstance(found, str):
            found = cast("Decoder", getattr(models, found).construct)
        if tag in self._known:
            self[tag] = found
        return found


def plain(value: Any) -> Any:
    """A value with each list, object and scalar of exactly the class that JSON gives.

    What JSON does not have stays as it is.
    """
    if is_object(value):
        return {key: plain(item) for key, item in value.items()}
    if is_array(value):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int.__int__(value)
    return value


def decode_plainly(name: str, decoder: Decoder, value: Any) -> Any:
    """Decode a value that the tables accept although its decoder refused it.

    Its classes are others than those of plain JSON values. Raises `DecodeError`.
    """
    try:
        return decoder(plain(value), 0)
    except REFUSALS:
        message = "is not made of plain JSON values"
        raise DecodeError(name, [Violation("", "type", message)]) from None
