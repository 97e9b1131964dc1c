"""Unions: what ``anyOf``, ``oneOf`` and lists of types mean for the shape of a value.

Enters: the alternatives, shaped but not yet named. Leaves: one shape. Here null leaves
a union, fixed values become an enumeration, a string beside them opens it,
and alternatives that say the same fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..ir import (
    ANYTHING,
    ConstType,
    DeclRef,
    EnumBody,
    IntegerType,
    Json,
    NeverType,
    NumberRules,
    NumberType,
    Schema,
    StringType,
    Type,
)
from ..json_value import json_key
from ..naming import join_names
from ..parts import asserted
from ..read import Root
from ..values import replace
from .around import around_branches
from .shapes import ANY, NEVER, ProtoBranch, ProtoUnion, Shape, is_shapeless

_SEVERAL = "Option"
"""The label of fixed values that stand for one alternative."""


def unite(
    branches: Sequence[ProtoBranch],
    *,
    exclusive: bool,
    tag_hint: str | None,
    expand: Callable[[Type], Shape],
    roots: Mapping[str, Root],
) -> Shape:
    """The shape of a value that matches one of the alternatives."""
    flat = list(_flatten(branches, roots))
    if any(is_shapeless(branch.shape) for branch in flat):
        return ANY
    kept = _distinct(_join_values(flat, expand))
    if not kept:
        return NEVER
    if len(kept) == 1:
        return kept[0].shape
    # Of alternatives within one of `oneOf` several may match.
    nested = any(b.schema.any_of for b in branches if isinstance(b.shape, ProtoUnion))
    exclusive = exclusive and not nested
    return ProtoUnion(tuple(kept), exclusive, tag_hint)


def _flatten(
    branches: Iterable[ProtoBranch], roots: Mapping[str, Root]
) -> Iterable[ProtoBranch]:
    """The alternatives of alternatives, each with what is asked around it.

    That no other one matches as well is a matter of the whole, and so is what they
    leave over: said of each, it makes what is nested deep grow beyond all measure.
    """
    for branch in branches:
        if not isinstance(branch.shape, ProtoUnion):
            yield branch
            continue
        around = around_branches(branch.schema, None, roots)
        around = replace(around, unevaluated=())
        for inner in branch.shape.branches:
            label = join_names(branch.label, inner.label)
            yield replace(inner, schema=_both(around, inner.schema), label=label)


def _both(around: Schema, schema: Schema) -> Schema:
    """What is asked around an alternative and by it, in one list however deep."""
    if around == ANYTHING:
        return schema
    members = schema.all_of if asserted(schema) == ("all_of",) else (schema,)
    return Schema(all_of=(around, *members), at=schema.at)


def _join_values(
    branches: Sequence[ProtoBranch], expand: Callable[[Type], Shape]
) -> list[ProtoBranch]:
    """Put fixed values together; beside a plain string they are an open enumeration."""
    string = any(_is_string(branch.shape) for branch in branches)
    joined: dict[int, EnumBody] = {}
    for index, branch in enumerate(branches):
        shape = branch.shape
        if string and isinstance(shape, DeclRef):
            shape = expand(shape)
        listing = _listing(shape)
        if listing is None or (string and not all(map(_is_text, listing.values))):
            continue
        joined[index] = listing
    values = {json_key(v): v for listing in joined.values() for v in listing.values}
    if len(joined) < 2 or not values:
        return list(branches)
    place = min(joined)
    first = branches[place]
    rest = [branch for index, branch in enumerate(branches) if index not in joined]
    label = first.label
    if isinstance(first.shape, ConstType) and all(b.label != _SEVERAL for b in rest):
        label = _SEVERAL  # not the one value that happens to come first
    opened = any(listing.open for listing in joined.values())
    schemas = tuple(branches[index].schema for index in joined)
    one = ProtoBranch(
        EnumBody(tuple(values.values()), open=opened),
        Schema(any_of=schemas, at=first.schema.at),
        label,
    )
    return [*rest[:place], one, *rest[place:]]


def _is_string(shape: Shape) -> bool:
    """Whether a shape is that of strings and of nothing else."""
    return isinstance(shape, StringType) and not shape.implied


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


def _listing(shape: Shape) -> EnumBody | None:
    """Fixed values as an enumeration; a plain string is one that is open."""
    match shape:
        case EnumBody():
            return shape
        case ConstType(value=value):
            return EnumBody((value,), open=False)
        case _:
            return EnumBody((), open=True) if _is_string(shape) else None


def _distinct(branches: Sequence[ProtoBranch]) -> list[ProtoBranch]:
    """Drop alternatives that can hold nothing new."""
    any_number = any(
        isinstance(b.shape, NumberType) and b.shape.rules == NumberRules()
        for b in branches
    )
    kept: list[ProtoBranch] = []
    alike: dict[object, list[int]] = {}
    for branch in branches:
        whole = any_number and isinstance(branch.shape, IntegerType)
        if isinstance(branch.shape, NeverType) or whole:
            continue
        shape = branch.shape
        key = shape.id if isinstance(shape, DeclRef) else type(shape)
        rivals = alike.setdefault(key, [])  # no others can be equal
        twin = next((i for i in rivals if kept[i].shape == shape), None)
        if twin is None:
            rivals.append(len(kept))
            kept.append(branch)
        elif kept[twin].schema != branch.schema:
            both = (kept[twin].schema, branch.schema)
            kept[twin] = replace(kept[twin], schema=Schema(any_of=both, at=both[0].at))
    return kept
