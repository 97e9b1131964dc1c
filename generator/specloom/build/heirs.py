"""Heirs: a base that others are made of by ``allOf``, asked for as one of them.

Enters: every declaration with its shape. Leaves: for each family with a tag a
declaration of its own, ``AnyPet`` for the base ``Pet``, wherever a type names the base.

Promises that no verdict changes: ``discriminator`` asserts nothing, and what an heir
accepts its base accepts too. So the declaration asserts what the base does, and a value
is held as the heir that its tag names if that accepts it, and otherwise as the base.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set as AbstractSet
from functools import partial
from itertools import chain

from ..analyse import references
from ..ir import (
    ByTag,
    DeclRef,
    Dispatch,
    Docs,
    EnumBody,
    Json,
    ListType,
    MapType,
    NullableType,
    Only,
    Schema,
    Trial,
    TupleType,
    Type,
)
from ..json_value import WIRE_KINDS, json_key
from ..naming import pascal
from ..read import Root, Source
from ..values import replace
from .families import Family, Shaped, find_families
from .names import spoken
from .shapes import Proto, ProtoBranch, ProtoRecord, ProtoUnion

_PLAIN = partial(re.compile, r"[\w@$.:/-]+", re.ASCII)


def settle_heirs(builder: Shaped, source: Source) -> None:
    """Declare the union of each base with its heirs, and ask for that in its place."""
    found = find_families(builder, source)
    if found is None:
        return
    families = {id_: family for id_ in found.heirs if (family := found.of(id_))}
    if not families:
        return
    unions = {id_: f"{id_}/discriminator" for id_ in families}
    roots: dict[str, Root] = {}
    for id_, root in builder.roots.items():
        roots[id_] = root
        if id_ in families:
            made = _union(builder, families[id_], unions)
            roots[made.id] = replace(
                root, id=made.id, name=made.name, named=False, schema=made.schema
            )
            builder.protos[made.id] = made
    builder.roots = roots
    mapped = chain.from_iterable(said.values() for said in source.mappings.values())
    tagged = (root.id for root in source.roots.values() if root.at in source.tags)
    _ask_for(builder, unions, found.heirs, frozenset(chain(mapped, tagged)))


def _union(builder: Shaped, family: Family, unions: Mapping[str, str]) -> Proto:
    """The declaration of a family: the base, and each heir with its own family."""
    base, key, last = family.base, family.tag.key, len(family.heirs)
    members = [*family.heirs, base.id]
    types = [DeclRef(unions.get(heir, heir)) for heir in family.heirs]
    labels = [pascal(spoken(builder.roots[id_].name)) for id_ in members]
    claims: dict[str, tuple[Json, list[int]]] = {}
    for index, values in enumerate(family.cases):
        for value in values:
            claims.setdefault(json_key(value), (value, []))[1].append(index)
    cases = [
        (value, Trial((*((index,) for index in found), (last,))))
        for value, found in claims.values()
    ]
    rest, shape = Only(last), builder.protos[base.id].shape
    needed = isinstance(shape, ProtoRecord) and key in shape.required
    by_tag = ByTag(key, tuple(cases), rest, None if needed else rest)
    any_kind = isinstance(shape, ProtoRecord | MapType) and shape.implied
    kinds = WIRE_KINDS if any_kind else ("object",)
    told = Dispatch(
        tuple((kind, by_tag if kind == "object" else rest) for kind in kinds)
    )
    tag = _quoted(key, "its tag")
    about = f"{_quoted(base.name, 'A base')}, or what is made of it: {tag} tells which."
    said = builder.spoken(base.schema).docs.description
    return Proto(
        id=unions[base.id],
        name=f"Any {spoken(base.name)}",
        wire_name=None,
        shape=ProtoUnion(
            tuple(
                ProtoBranch(DeclRef(id_), Schema(ref=id_), label)
                for id_, label in zip(members, labels)
            ),
            exclusive=False,
            told=told,
        ),
        schema=Schema(
            ref=base.id,
            docs=Docs(description=f"{said}\n\n{about}" if said else about),
            at=family.tag.at,
        ),
        nullable=builder.protos[base.id].nullable,
        owner=None,
        branches=[*types, DeclRef(base.id)],
    )


def _quoted(name: str, otherwise: str) -> str:
    """A name in a code span, if nothing in it could mean anything in Markdown."""
    return f"`{name}`" if _PLAIN().fullmatch(name) else otherwise


def _ask_for(
    builder: Shaped,
    unions: Mapping[str, str],
    heirs: Mapping[str, Sequence[str]],
    told: AbstractSet[str],
) -> None:
    """Name the union of a family wherever a type names its base.

    Not beside one of its heirs, among alternatives: these are spelled out there. And
    not in what is ``told`` to be an heir itself, but adds nothing to the base.
    """
    made = {*unions.values()}

    def asked(type_: Type) -> Type:
        return _asked(type_, unions)

    for proto in builder.protos.values():
        match proto.shape:
            case DeclRef() if proto.id in told:
                pass
            case _ if proto.id in made:
                pass
            case ProtoRecord(fields=fields, extra=extra) as record:
                types = {name: asked(item.type) for name, item in fields.items()}
                named = {
                    name: replace(item, type=types[name])
                    if types[name] is not item.type
                    else item
                    for name, item in fields.items()
                }
                proto.shape = replace(record, fields=named, extra=asked(extra))
            case ProtoUnion():
                beside = {x.id for x in proto.branches if isinstance(x, DeclRef)}
                proto.branches = [
                    branch if _is_below(branch, beside, heirs) else asked(branch)
                    for branch in proto.branches
                ]
            case EnumBody():
                pass
            case type_:
                proto.shape = asked(type_)


def _is_below(
    base: Type, ids: AbstractSet[str], heirs: Mapping[str, Sequence[str]]
) -> bool:
    """Whether one of the declarations is made of a base, directly or not."""
    waiting = [base.id] if isinstance(base, DeclRef) else []
    seen: set[str] = set()
    while waiting:
        below = heirs.get(waiting.pop(), ())
        if not ids.isdisjoint(below):
            return True
        waiting += [id_ for id_ in below if id_ not in seen]
        seen.update(below)
    return False


def _asked(type_: Type, unions: Mapping[str, str]) -> Type:
    """A type with the unions of families in place of their bases.

    It is the same object where there are none.
    """
    if unions.keys().isdisjoint(references(type_)):
        return type_
    match type_:
        case DeclRef(id=id_):
            return DeclRef(unions[id_])
        case NullableType(inner=inner):
            return NullableType(_asked(inner, unions))
        case ListType(item=item):
            return replace(type_, item=_asked(item, unions))
        case TupleType(prefix=prefix, rest=rest):
            each = tuple([_asked(inner, unions) for inner in prefix])
            return replace(type_, prefix=each, rest=_asked(rest, unions))
        case MapType(value=value):
            return replace(type_, value=_asked(value, unions))
        case _:
            return type_
