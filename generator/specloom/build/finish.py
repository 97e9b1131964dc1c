"""Finish: shaped declarations become the model's.

Enters: every declaration with its shape. Leaves: :class:`ir.Decl` in document order,
named, unions decided, without the inline ones that merging has left unused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..analyse import mentioned
from ..diagnostics import Diagnostics
from ..ir import (
    MISSING,
    NO_DOCS,
    NOWHERE,
    Alias,
    Body,
    Branch,
    Decl,
    DeclRef,
    EnumBody,
    Field,
    NeverType,
    Record,
    Schema,
    Type,
    UnionBody,
)
from ..read import Root
from .dispatch import dispatch
from .extents import Extents
from .names import settle_names
from .shapes import ANY, Proto, ProtoRecord, ProtoUnion, Shape

_HOW = {
    False: "they are tried in order",
    True: "the one that names the most properties of an object is taken",
}
"""What becomes of a value in doubt, by whether names of properties have a say."""


class Finishable(Protocol):
    """What this room asks of the builder."""

    roots: Mapping[str, Root]
    diagnostics: Diagnostics
    protos: dict[str, Proto]

    def expand(self, type_: Type) -> Shape:
        """The shape behind a reference."""
        ...

    def spoken(self, schema: Schema) -> Schema:
        """A schema with all that it tells people."""
        ...


def finish(builder: Finishable) -> dict[str, Decl]:
    """Names settled, unions read, unused inline declarations left out."""
    kept = _reachable(builder.protos, builder.roots)
    names = settle_names(kept, builder.diagnostics)
    extents = Extents(builder.expand, lambda ref: _branch_types(builder, ref))
    decls: dict[str, Decl] = {}
    for proto in kept:
        _report_implied(builder, proto)
        decls[proto.id] = Decl(
            id=proto.id,
            name=names[proto.id],
            wire_name=proto.wire_name,
            body=_body(builder, proto, extents),
            schema=builder.spoken(proto.schema),
            nullable=proto.nullable,
            owner=proto.owner,
        )
    return decls


def _branch_types(builder: Finishable, ref: DeclRef) -> list[Type]:
    """The declared types of the branches of a union, through other names for it."""
    proto = builder.protos[ref.id]
    while isinstance(proto.shape, DeclRef):
        proto = builder.protos[proto.shape.id]
    return proto.branches


def _body(builder: Finishable, proto: Proto, extents: Extents) -> Body:
    match proto.shape:
        case ProtoRecord() as record:
            return _finish_record(record)
        case ProtoUnion() as union:
            branches = tuple(
                Branch(type_, branch.schema, branch.label)
                for type_, branch in zip(proto.branches, union.branches)
            )
            how = union.told or dispatch(union, proto.branches, extents)
            body = UnionBody(branches, how, union.exclusive)
            if union.told is None:
                _report_ambiguity(builder, proto, body)
            return body
        case EnumBody() as enum:
            return enum
        case type_:
            return Alias(type_)


def _report_ambiguity(builder: Finishable, proto: Proto, union: UnionBody) -> None:
    doubtful = union.dispatch.doubtful
    if doubtful:
        names = ", ".join(union.branches[index].label for index in doubtful)
        how = _HOW[union.dispatch.by_names]
        builder.diagnostics.info(
            "union-ambiguous",
            f"nothing tells these for sure apart: {names}; {how}",
            proto.schema.at,
            "give each object a required property with a `const` of its own",
        )


def _report_implied(builder: Finishable, proto: Proto) -> None:
    """A kind that is meant but not named: other kinds are accepted to the letter."""
    shape = proto.shape
    places = [proto.schema.at] if getattr(shape, "implied", False) else []
    if isinstance(shape, ProtoRecord):
        fields = shape.fields.values()
        places += [x.at for x in fields if getattr(x.type, "implied", False)]
    for at in places:
        builder.diagnostics.info(
            "implied-type",
            "the type is implied, not named: other kinds of value are accepted too",
            at,
            "add the `type` that is meant",
        )


def _finish_record(record: ProtoRecord) -> Record:
    required = frozenset(record.required)
    fields = [
        Field(name, item.type, True, item.default, item.docs, item.at)
        if name in required
        else item
        for name, item in record.fields.items()
    ]
    extra = ANY if isinstance(record.extra, NeverType) else record.extra
    for name in record.required:
        if name not in record.fields:
            fields.append(Field(name, extra, True, MISSING, NO_DOCS, NOWHERE))
    return Record(tuple(fields), record.extra, record.implied)


def _reachable(protos: Mapping[str, Proto], roots: Mapping[str, Root]) -> list[Proto]:
    """Every root in document order, each followed by what stands inline in it."""
    order: list[Proto] = []
    seen: set[str] = set()
    # A loop: a function that calls itself here would keep all of this in memory.
    for root in roots:
        waiting = [root]
        while waiting:
            id_ = waiting.pop()
            if id_ in seen or (id_ in roots and id_ != root):
                continue
            seen.add(id_)
            order.append(protos[id_])
            waiting += reversed(mentioned(_types(protos[id_])))
    return order


def _types(proto: Proto) -> list[Type]:
    """The types that a declaration is made of, in order."""
    match proto.shape:
        case ProtoRecord(fields=fields, extra=extra):
            return [*[item.type for item in fields.values()], extra]
        case EnumBody() | ProtoUnion():
            return proto.branches
        case type_:
            return [type_]
