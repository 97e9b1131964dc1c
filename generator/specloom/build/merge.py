"""Merge: the shape of a value that satisfies two shapes at once (``allOf``).

Enters: two shapes. Leaves: one that can hold every value that both can hold. What is
accepted is decided by the assertions, which keep every member of an ``allOf`` as it is;
a merge that is too wide loses precision of a type, never a verdict.
"""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from ..diagnostics import Diagnostics, Location
from ..ir import (
    MISSING,
    NOWHERE,
    AnyType,
    ConstType,
    DeclRef,
    EnumBody,
    Field,
    ListType,
    MapType,
    NeverType,
    NullableType,
    NullType,
    Schema,
    TupleType,
    Type,
)
from ..schema import over
from ..values import replace
from .scalars import least, meet_scalars, meet_values, most
from .shapes import (
    ANY,
    NEVER,
    Place,
    ProtoBranch,
    ProtoRecord,
    ProtoUnion,
    Shape,
    or_null,
)

MOST_BRANCHES = 256
"""A product of unions with more branches than this is held as any value."""
DEEPEST_MERGE = 16
"""Merges inside merges; what would go deeper is held as any value."""
MOST_MERGES = 1000
"""Merges in one named schema, against specs made to multiply; a hundred are many."""


class Declarer(Protocol):
    """What merging asks of the builder."""

    diagnostics: Diagnostics
    merging: list[frozenset[str]]
    """The pairs of declarations that are being merged, each inside the one before."""
    merges: Counter[str]
    """How many merges each named schema has asked for."""

    def expand(self, type_: Type) -> Shape:
        """The shape behind a reference."""
        ...

    def declare(self, shape: Shape, schema: Schema, place: Place) -> Type:
        """Name a shape that is no type by itself."""
        ...

    def asserted(self, type_: Type) -> Schema:
        """The assertions that a type stands for."""
        ...

    def member(self, place: Place, name: str) -> Place:
        """The place of a property."""
        ...

    def inside(self, place: Place, suffix: str, label: str) -> Place:
        """A place within another."""
        ...


def meet(builder: Declarer, a: Shape, b: Shape, place: Place, at: Location) -> Shape:
    """The shape of what is both ``a`` and ``b``."""
    if isinstance(a, AnyType):
        return b
    if isinstance(b, AnyType) or a == b:
        return a
    for left, right in ((a, b), (b, a)):
        if isinstance(left, DeclRef | NullableType):
            return _meet_reference(builder, left, right, place, at)
    for left, right in ((a, b), (b, a)):
        if isinstance(left, ProtoUnion):
            return _meet_union(builder, left, right, place, at)
    for left, right in ((a, b), (b, a)):
        if isinstance(left, EnumBody | ConstType):
            return meet_values(left, right)
    return _meet_plain(builder, a, b, place, at)


def _meet_reference(
    builder: Declarer,
    ref: DeclRef | NullableType,
    other: Shape,
    place: Place,
    at: Location,
) -> Shape:
    if isinstance(ref, NullableType):  # null is settled by the assertions
        return meet(builder, ref.inner, other, place, at)
    own = builder.expand(ref)
    rest = builder.expand(other) if isinstance(other, DeclRef) else other
    if isinstance(own, DeclRef) or isinstance(rest, DeclRef):
        return _unfinished(builder, at)
    pair = frozenset(side.id for side in (ref, other) if isinstance(side, DeclRef))
    builder.merges[place.owner] += 1
    if builder.merges[place.owner] > MOST_MERGES:
        return _combined_too_often(builder, at)
    deep = len(builder.merging) >= DEEPEST_MERGE
    if deep or (len(pair) == 2 and pair in builder.merging):
        return _unfinished(builder, at)
    builder.merging.append(pair)
    met = meet(builder, own, rest, place, at)
    builder.merging.pop()
    if met == own:
        return ref
    return other if met == rest else met


def _unfinished(builder: Declarer, at: Location) -> Shape:
    """What merges with a declaration, or like one, that is still being made."""
    builder.diagnostics.warning(
        "allof-recursive",
        "this is merged with itself, without end; the value is held as any JSON",
        at,
        "write what both sides ask for as one schema, and refer to it",
    )
    return ANY


def _combined_too_often(builder: Declarer, at: Location) -> Shape:
    builder.diagnostics.warning(
        "union-product",
        "unions that must all match give too many combinations;"
        " the value is held as any JSON",
        at,
        "write the combinations that can occur as one `oneOf`",
    )
    return ANY


def _meet_union(
    builder: Declarer, union: ProtoUnion, other: Shape, place: Place, at: Location
) -> Shape:
    if isinstance(other, ProtoUnion):
        if len(union.branches) * len(other.branches) > MOST_BRANCHES:
            return _combined_too_often(builder, at)
    branches: list[ProtoBranch] = []
    for branch in union.branches:
        inner = replace(
            place,
            id=f"{place.id}/{branch.label}",
            alternative=place.alternative + branch.label,
        )
        met = meet(builder, branch.shape, other, inner, at)
        if isinstance(other, MapType) and _only_rest(builder, branch.shape, met):
            met = branch.shape
        if not isinstance(met, NeverType):
            branches.append(replace(branch, shape=met))
    if len(branches) < 2:
        return branches[0].shape if branches else NEVER
    return replace(union, branches=tuple(branches))


def _only_rest(builder: Declarer, ref: Shape, met: Shape) -> bool:
    """Whether nothing is narrowed but what a declared object has beyond its names.

    Its name tells more than the type of these: one that all alternatives share would
    make a copy of each.
    """
    own = builder.expand(ref) if isinstance(ref, DeclRef) else None
    if not isinstance(own, ProtoRecord) or not isinstance(met, ProtoRecord):
        return False
    return replace(met, extra=own.extra, implied=own.implied) == own


def _meet_plain(
    builder: Declarer, a: Shape, b: Shape, place: Place, at: Location
) -> Shape:
    """Meet two shapes that are neither references, unions nor values."""
    match a, b:
        case ProtoRecord(), ProtoRecord():
            return _meet_records(builder, a, b, place)
        case (ProtoRecord() as record, MapType() as other) | (
            MapType() as other,
            ProtoRecord() as record,
        ):
            inner = builder.inside(place, "/value", "Value")
            extra = meet_types(builder, record.extra, other.value, inner, at)
            implied = record.implied and other.implied
            return replace(record, extra=extra, implied=implied)
        case MapType(), MapType():
            inner = builder.inside(place, "/value", "Value")
            value = meet_types(builder, a.value, b.value, inner, at)
            pattern = a.key_pattern or b.key_pattern
            return MapType(value, pattern, implied=a.implied and b.implied)
        case ListType(), ListType():
            inner = builder.inside(place, "/item", "Item")
            item = meet_types(builder, a.item, b.item, inner, at)
            return replace(
                a,
                item=item,
                min_items=most(a.min_items, b.min_items),
                max_items=least(a.max_items, b.max_items),
                unique=a.unique or b.unique,
                contained=a.contained or b.contained,
                implied=a.implied and b.implied,
            )
        case (TupleType() as kept, (ListType() | TupleType()) as rest) | (
            ListType() as rest,
            TupleType() as kept,
        ):
            return replace(kept, implied=kept.implied and rest.implied)
        case _:
            return meet_scalars(a, b)


def meet_types(builder: Declarer, a: Type, b: Type, place: Place, at: Location) -> Type:
    """:func:`meet` for types in use: null only where both allow it."""
    inner_a, inner_b = _without_null(a), _without_null(b)
    met = meet(builder, inner_a, inner_b, place, at)
    sides = () if met in (inner_a, inner_b) else (inner_a, inner_b)
    both = Schema(all_of=tuple(map(builder.asserted, sides)), at=at)
    type_ = builder.declare(met, both, place)
    named = any(isinstance(side, NullableType | NullType) for side in (a, b))
    nullable = named and _takes_null(builder, a) and _takes_null(builder, b)
    return or_null(type_) if nullable else type_


def _without_null(type_: Type) -> Type:
    match type_:
        case NullableType(inner=inner):
            return inner
        case NullType():
            return NEVER
        case _:
            return type_


def _takes_null(builder: Declarer, shape: Shape) -> bool:
    """Whether null is accepted, if only because no kind is named."""
    match shape:
        case NullableType() | NullType() | AnyType():
            return True
        case DeclRef():
            own = builder.expand(shape)
            return not isinstance(own, DeclRef) and _takes_null(builder, own)
        case ProtoUnion(branches=branches):
            return any(_takes_null(builder, branch.shape) for branch in branches)
        case _:
            return getattr(shape, "implied", False)


def _meet_records(
    builder: Declarer, a: ProtoRecord, b: ProtoRecord, place: Place
) -> ProtoRecord:
    fields = dict(a.fields)
    for name, new in b.fields.items():
        old = fields.get(name)
        if old is None:
            fields[name] = new
            continue
        where = builder.member(place, name)
        # What closes an object has been made, and stands nowhere.
        at = old.at if new.at == NOWHERE else new.at
        type_ = meet_types(builder, old.type, new.type, where, at)
        default = old.default if new.default is MISSING else new.default
        fields[name] = Field(name, type_, False, default, over(new.docs, old.docs), at)
    required = tuple(dict.fromkeys((*a.required, *b.required)))
    extra = NEVER if NEVER in (a.extra, b.extra) else a.extra
    extra = b.extra if isinstance(extra, AnyType) else extra
    return ProtoRecord(fields, required, extra, a.implied and b.implied)
