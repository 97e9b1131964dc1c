"""Codec: checked decoding, the same for every type of this package."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .decoding import FAULTS, Decoder, accepts, decode_plainly, decoder_of
from .errors import TOO_DEEP, DecodeError, Violation
from .registry import Table, models, table_from
from .values import is_too_deep
from .wire import encode_all, read

T = TypeVar("T")


def violations(table: Table, value: Any) -> list[Violation]:
    """All that is wrong with plain JSON values; empty if they are valid."""
    try:
        from .explain import explain, too_deep  # takes a while, and few need it

        if is_too_deep(value):
            return [too_deep(value)]
        return [] if accepts(table, value) else explain(table, value)
    except RecursionError:
        return [TOO_DEEP]


def validate(table: Table, value: Any) -> list[Violation]:
    """All that is wrong with a value of this package; empty if it is valid."""
    try:
        return violations(table, encode_all(value))
    except RecursionError:
        return [TOO_DEEP]


def recover(
    name: str, assertions: Callable[[], Table], decoder: Decoder, value: Any
) -> Any:
    """What becomes of a value that its decoder refused. Raises `DecodeError`."""
    found = violations(table_from(assertions), value)
    if found:
        raise DecodeError(name, found) from None  # how it was refused is no matter
    try:
        return decode_plainly(name, decoder, value)
    except RecursionError:
        raise DecodeError(name, [TOO_DEEP]) from None


class Codec(Generic[T]):
    """How a type that is no class goes from JSON to Python and is judged."""

    if not TYPE_CHECKING:

        def __class_getitem__(cls, of):
            """The class itself: only type checkers ask what it is for."""
            return cls

    def __init__(
        self, name: str, assertions: Callable[[], Table], construct: Decoder
    ) -> None:
        self._name = name
        self._assertions = assertions
        self._construct = construct

    def decode(self, value: Any) -> T:
        """Check plain JSON values and build the value. Raises `DecodeError`.

        Where the spec takes any JSON, what is given is kept, not copied or looked into.
        """
        made: T
        try:
            made = self._construct(value, 0)
        except FAULTS:
            made = recover(self._name, self._assertions, self._construct, value)
        return made

    def decode_json(self, text: str | bytes | bytearray) -> T:
        """Read JSON text and build the value. Raises `DecodeError`."""
        return self.decode(read(self._name, text))

    def validate(self, value: T) -> list[Violation]:
        """All that is wrong with a value built in code; empty if it is valid."""
        return validate(table_from(self._assertions), value)


@cache
def codec_of(name: str, reference: str) -> Codec[Any]:
    """The codec of a type by its attribute of the package."""
    assertions = getattr(models, reference).assertions
    return Codec(name, assertions, decoder_of(reference))
