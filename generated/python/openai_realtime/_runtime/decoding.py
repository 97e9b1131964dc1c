"""Decoding: what the decoders of this package are made of.

A decoder checks plain JSON values and builds from them in one pass. It says nothing of
what is wrong: `recover` then asks the tables, which know every rule and every place.
`depth` counts the lists and objects around a value.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Container
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from .errors import DecodeError, Violation
from .registry import Table, models, table_from, table_of
from .values import is_array, is_object

if TYPE_CHECKING:
    from contextvars import ContextVar, Token

    from .verdict import Judge

Decoder: TypeAlias = "Callable[..., Any]"
Rules: TypeAlias = "str | Callable[[], Table]"
"""What a `$ref` says, or what makes a table."""
Candidate: TypeAlias = "tuple[str | Decoder, Rules, bool]"
"""What builds an alternative, what asks, and whether what builds it asks all of that.
"""
Left: TypeAlias = "dict[tuple[int, int], list[Candidate]]"
"""The candidates that are left for objects, by alternatives and object."""

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
    """Imported when first needed: to decode what is valid, few schemas need it."""
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


@cache
def decoder_of(reference: str) -> Decoder:
    """The decoder of what a `$ref` names."""
    found: Any = getattr(models, reference)
    if isinstance(found, type):  # a class: its decoder stands beside it
        found = sys.modules[found.__module__]
    return cast("Decoder", found.construct)


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


def best_of(*candidates: str | tuple[str | Decoder, Rules]) -> Decoder:
    """The decoder of an object that several may accept: that of the best one.

    It is the one that names most of the object's properties; of those that name as
    many, the first. Each is a `$ref` to what decides about it alone; or what builds it,
    with what it has to be accepted by.
    """
    every: list[Candidate] = [
        (each, each, True) if isinstance(each, str) else (*each, False)
        for each in candidates
    ]

    def best(value: Any, *depth: int) -> Any:
        # All in one call: Python does not allow many, and each level takes some.
        chosen: list[Candidate] = []
        found: Any = None
        fewest = len(value) + 1
        with _Comparing() as left:
            key = id(every), id(value)
            tried = left.get(key, every)
            left[key] = []
            for candidate in tried:
                builder, rules, alone = candidate
                if not alone and not _is_accepted(rules, value):
                    continue
                decoder = decoder_of(builder) if isinstance(builder, str) else builder
                try:
                    made = decoder(value, *depth)
                except REFUSALS:
                    if _is_accepted(rules, value):
                        raise  # it is not made of plain JSON values, or is too deep
                    continue
                unnamed = _unnamed(made)
                if unnamed < fewest:
                    found, fewest, chosen = made, unnamed, [candidate]
                if not unnamed:
                    break
        if not chosen:
            raise Reject
        left[key] = chosen
        return found

    return best


class _Comparing:
    """Gives the candidates left for each object in the outermost that is compared.

    What stands in an object is decoded for each of its candidates. If those in there
    were compared each time, the time would double with every level.
    """

    _token: Token[Left | None] | None = None

    def __enter__(self) -> Left:
        found = _compared().get()
        if found is not None:
            return found
        left: Left = {}
        self._token = _compared().set(left)
        return left

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            _compared().reset(self._token)


@cache
def _compared() -> ContextVar[Left | None]:
    from contextvars import ContextVar  # few specs need it

    return ContextVar("compared", default=None)


def _is_accepted(rules: Rules, value: Any) -> bool:
    table = table_of(rules) if isinstance(rules, str) else table_from(rules)
    return accepts(table, value)


def _unnamed(made: Any) -> int:
    """How many of its properties an object does not name."""
    if isinstance(made, dict):
        return len(cast("dict[str, Any]", made))
    return len(getattr(made, "_extra", None) or ())


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
