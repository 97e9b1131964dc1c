"""Unions: what ``anyOf``, ``oneOf`` and lists of types mean for the shape of a value.

Enters: the alternatives, shaped but not yet named. Leaves: one shape. Here null leaves
a union, fixed values become an enumeration, a string beside them opens it,
and alternatives that say the same fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..ir import (
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
from ..read import Root, referred_root
from ..values import replace
from .shapes import ANY, NEVER, ProtoBranch, ProtoUnion, Shape, is_shapeless

_SEVERAL = "Option"
"""The label of fixed values that stand for one alternative."""


def accepts_null(
    schema: Schema, roots: Mapping[str, Root], seen: frozenset[str] = frozenset()
) -> bool | None:
    """Whether null is accepted by intent; None where nothing is said either way."""
    if schema.kinds is not None and "null" not in schema.kinds:
        return False
    if schema.values is not None and None not in schema.values:
        return False
    told = True if schema.kinds is not None or schema.values is not None else None
    for found in _told_of_null(schema, roots, seen):
        if found is False:
            return False
        told = told or found
    return told


def _told_of_null(
    schema: Schema, roots: Mapping[str, Root], seen: frozenset[str]
) -> Iterator[bool | None]:
    """What each combiner says of null."""
    root = referred_root(schema, roots)
    if root is not None and root.id not in seen:
        yield accepts_null(root.schema, roots, seen | {root.id})
    for member in schema.all_of:
        yield accepts_null(member, roots, seen)
    for group in (schema.any_of, schema.one_of):
        if group:
            members = [accepts_null(member, roots, seen) for member in group]
            every = all(item is False for item in members)
            yield True if True in members else False if every else None


def is_only_null(schema: Schema, roots: Mapping[str, Root]) -> bool:
    """Whether a schema accepts null and nothing else."""
    if schema.kinds == ("null",) or schema.values == (None,):
        return True
    root = referred_root(schema, roots)
    if root is None or not is_only_null(root.schema, roots):
        return False
    return asserted(schema) == ("ref",)


def unite(
    branches: Iterable[ProtoBranch],
    *,
    exclusive: bool,
    tag_hint: str | None,
    expand: Callable[[Type], Shape],
) -> Shape:
    """The shape of a value that matches one of the alternatives."""
    flat = list(_flatten(branches))
    if any(is_shapeless(branch.shape) for branch in flat):
        return ANY
    kept = _distinct(_join_values(flat, expand))
    if not kept:
        return NEVER
    if len(kept) == 1:
        return kept[0].shape
    return ProtoUnion(tuple(kept), exclusive, tag_hint)


def _flatten(branches: Iterable[ProtoBranch]) -> Iterable[ProtoBranch]:
    for branch in branches:
        if not isinstance(branch.shape, ProtoUnion):
            yield branch
            continue
        implied = asserted(branch.schema) == ("any_of",)
        for inner in branch.shape.branches:
            schema = inner.schema
            if not implied:  # by each of its own alternatives
                schema = Schema(all_of=(branch.schema, schema), at=schema.at)
            label = join_names(branch.label, inner.label)
            yield replace(inner, schema=schema, label=label)


def _join_values(
    branches: Sequence[ProtoBranch], expand: Callable[[Type], Shape]
) -> list[ProtoBranch]:
    """Put fixed values together; beside a plain string they are an open enumeration."""
    string = any(_is_string(branch.shape) for branch in branches)
    joined: list[int] = []
    values: dict[str, Json] = {}
    opened = string
    for index, branch in enumerate(branches):
        shape = branch.shape
        if string and isinstance(shape, DeclRef):
            shape = expand(shape)
        if not isinstance(shape, EnumBody | ConstType) and not _is_string(shape):
            continue
        listed = _values(shape)
        if not string or all(isinstance(value, str) for value in listed):
            joined.append(index)
            values.update((json_key(value), value) for value in listed)
            opened = opened or (isinstance(shape, EnumBody) and shape.open)
    if len(joined) < 2 or not values:
        return list(branches)
    first = branches[joined[0]]
    rest = [branch for index, branch in enumerate(branches) if index not in joined]
    label = first.label
    if isinstance(first.shape, ConstType) and all(b.label != _SEVERAL for b in rest):
        label = _SEVERAL  # not the one value that happens to come first
    one = ProtoBranch(
        EnumBody(tuple(values.values()), open=opened),
        Schema(
            any_of=tuple(branches[index].schema for index in joined),
            at=first.schema.at,
        ),
        label,
    )
    return [*rest[: joined[0]], one, *rest[joined[0] :]]


def _is_string(shape: Shape) -> bool:
    """Whether a shape is that of strings and of nothing else."""
    return isinstance(shape, StringType) and not shape.implied


def _values(shape: Shape) -> tuple[Json, ...]:
    match shape:
        case EnumBody(values=values):
            return values
        case ConstType(value=value):
            return (value,)
        case _:
            return ()


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
