"""Scalars: the shape of what is both of two, where neither holds other shapes.

Enters: two shapes, of strings, of numbers or of fixed values, or of different kinds.
Leaves: one that can hold every value that both can hold, without asking the builder.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..ir import (
    ConstType,
    DeclRef,
    EnumBody,
    IntegerType,
    Json,
    NullableType,
    NumberRules,
    NumberType,
    StringRules,
    StringType,
)
from ..json_value import is_kind, json_key, value_kind
from ..values import replace
from .shapes import NEVER, ProtoRecord, ProtoUnion, Shape, type_kinds

N = TypeVar("N", bound=float)


def meet_scalars(a: Shape, b: Shape) -> Shape:
    """The shape of what is both, neither a reference, a union nor fixed values."""
    match a, b:
        case StringType(), StringType():
            rules = StringRules(
                min_length=most(a.rules.min_length, b.rules.min_length),
                max_length=least(a.rules.max_length, b.rules.max_length),
                pattern=a.rules.pattern or b.rules.pattern,
            )
            return StringType(rules, a.format or b.format, a.implied and b.implied)
        case (IntegerType() | NumberType(), IntegerType() | NumberType()):
            whole = isinstance(a, IntegerType) or isinstance(b, IntegerType)
            made = IntegerType if whole else NumberType
            rules_ = _meet_numbers(a.rules, b.rules)
            return made(rules_, a.format or b.format, a.implied and b.implied)
        case _:
            return _meet_unlike(a, b)


def meet_values(values: EnumBody | ConstType, other: Shape) -> Shape:
    """The shape of the fixed values that another shape can hold too."""
    accepts = _acceptor(other)
    if isinstance(values, EnumBody) and values.open:
        if isinstance(other, EnumBody | ConstType):
            return other
        if accepts("any text"):
            return values
    listed = values.values if isinstance(values, EnumBody) else (values.value,)
    kept = tuple(value for value in listed if accepts(value))
    if len(kept) == len(listed) and kept:
        return replace(values, open=False) if isinstance(values, EnumBody) else values
    if not kept:
        return NEVER
    return ConstType(kept[0]) if len(kept) == 1 else EnumBody(kept)


def _acceptor(shape: Shape) -> Callable[[Json], bool]:
    """A test that refuses the values that a shape certainly cannot hold."""
    match shape:
        case ConstType(value=value):
            return lambda x: json_key(x) == json_key(value)
        case EnumBody(open=True):
            return lambda x: isinstance(x, str)
        case EnumBody(values=values):
            keys = {json_key(value) for value in values}
            return lambda x: json_key(x) in keys
        case ProtoRecord(implied=False):
            return lambda x: isinstance(x, dict)
        case ProtoRecord() | ProtoUnion() | DeclRef() | NullableType():
            return lambda _: True
        case IntegerType(implied=False):
            return lambda x: is_kind(x, "integer")
        case _:
            kinds = type_kinds(shape)
            return lambda x: kinds is None or value_kind(x) in kinds


def _meet_unlike(a: Shape, b: Shape) -> Shape:
    """Shapes of different kinds: the one that is not merely implied wins."""
    for left, right in ((a, b), (b, a)):
        if getattr(left, "implied", False):
            return right
    return NEVER


def _meet_numbers(a: NumberRules, b: NumberRules) -> NumberRules:
    return NumberRules(
        minimum=most(a.minimum, b.minimum),
        maximum=least(a.maximum, b.maximum),
        exclusive_minimum=most(a.exclusive_minimum, b.exclusive_minimum),
        exclusive_maximum=least(a.exclusive_maximum, b.exclusive_maximum),
        multiple_of=a.multiple_of or b.multiple_of,
    )


def most(a: N | None, b: N | None) -> N | None:
    """The higher of two bounds; None is no bound."""
    return b if a is None else a if b is None else max(a, b)


def least(a: N | None, b: N | None) -> N | None:
    """The lower of two bounds; None is no bound."""
    return b if a is None else a if b is None else min(a, b)
