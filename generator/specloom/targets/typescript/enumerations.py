"""Enumerations: what checks ask of a value that has to be, or not to be, a listed one.

Enters: the values that a schema lists, and the name of a variable. Leaves: conditions,
and sets among the helpers for lists that are long. What cannot be said raises
:class:`OddError`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...code import Code
from ...ir import Schema
from ...json_value import is_kind
from .alternatives import Scalar
from .conditions import Condition, OddError, any_of, call, negated
from .helpers import Helpers, Place
from .scalars import equals

_MAX_COMPARED = 8
"""Longer lists of values are looked up in a set."""


def listed(schema: Schema, value: Code, place: Place, helpers: Helpers) -> Condition:
    """One of the values that a schema lists, which are all scalars."""
    values, kinds = schema.values or (), schema.kinds
    scalars = [item for item in values if not isinstance(item, list | dict)]
    if len(scalars) < len(values):
        raise OddError
    if kinds is not None:
        scalars = [x for x in scalars if any(is_kind(x, kind) for kind in kinds)]
    return _one_of(scalars, value, place, helpers)


def excluded(schema: Schema, value: Code, place: Place, helpers: Helpers) -> Condition:
    """Not one of some texts; equality of other values is not so simple."""
    texts = tuple(item for item in schema.values or () if isinstance(item, str))
    if schema != Schema(values=texts):
        raise OddError
    return negated(_one_of(texts, value, place, helpers))


def _one_of(
    scalars: Sequence[Scalar], value: Code, place: Place, helpers: Helpers
) -> Condition:
    if len(scalars) <= _MAX_COMPARED:
        return any_of([equals(value, scalar) for scalar in scalars])
    name = helpers.values(scalars, place)
    return call(f"{name}.has", (value,), name)
