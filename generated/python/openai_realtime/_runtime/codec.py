"""Codec: checked decoding, the same for every type of this package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from .errors import DecodeError, Violation
from .explain import explain, too_deep
from .registry import Table, models, table_from
from .values import is_object
from .verdict import accepts, is_too_deep
from .wire import Unreadable, encode, parse

T = TypeVar("T")

TOO_DEEP = Violation("", "depth", "is nested too deeply")
"""Found where Python's own limit ends a pass before `MAX_DEPTH` does."""


def violations(table: Table, value: Any) -> list[Violation]:
    """All that is wrong with plain JSON values; empty if they are valid."""
    try:
        if is_too_deep(value):
            return [too_deep(value)]
        return [] if accepts(table, value) else explain(table, value)
    except RecursionError:
        return [TOO_DEEP]


def check(name: str, table: Table, value: Any) -> None:
    """Raise `DecodeError` unless plain JSON values are valid."""
    found = violations(table, value)
    if found:
        raise DecodeError(name, found)


def validate(table: Table, value: Any) -> list[Violation]:
    """All that is wrong with a value of this package; empty if it is valid."""
    try:
        return violations(table, encode(value))
    except RecursionError:
        return [TOO_DEEP]


def read(name: str, text: str | bytes | bytearray) -> Any:
    """Plain values of JSON text. Raises `DecodeError`."""
    try:
        return parse(text)
    except Unreadable as error:
        raise DecodeError(name, [error.violation]) from None


class Codec(Generic[T]):
    """How a type that is no class goes from JSON to Python and is judged."""

    def __init__(
        self,
        name: str,
        assertions: Callable[[], Table],
        construct: Callable[[Any], Any] | None = None,
    ) -> None:
        self._name = name
        self._assertions = assertions
        self._construct = construct

    def decode(self, value: Any) -> T:
        """Check plain JSON values and build the value. Raises `DecodeError`."""
        check(self._name, table_from(self._assertions), value)
        if self._construct is None or value is None:
            return cast("T", value)
        try:
            return cast("T", self._construct(value))
        except RecursionError:
            raise DecodeError(self._name, [TOO_DEEP]) from None

    def decode_json(self, text: str | bytes | bytearray) -> T:
        """Read JSON text and build the value. Raises `DecodeError`."""
        return self.decode(read(self._name, text))

    def validate(self, value: T) -> list[Violation]:
        """All that is wrong with a value built in code; empty if it is valid."""
        return validate(table_from(self._assertions), value)


def codec_of(name: str, reference: str) -> Codec[Any]:
    """The codec of a type by its attribute of the package."""
    found = getattr(models, reference)
    construct: Callable[[Any], Any] | None = getattr(found, "construct", None)
    if construct is None or not hasattr(found, "from_dict"):
        return Codec(name, found.assertions, construct)
    build = construct  # of a class; where the spec allows other kinds, these stay
    return Codec(name, found.assertions, lambda v: build(v) if is_object(v) else v)
