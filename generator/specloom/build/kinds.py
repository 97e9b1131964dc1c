"""Kinds: the shape that ``type`` and the keywords beside it give.

Enters: one schema, its combiners aside. Leaves: the shape of the values other than null
that these keywords accept. Where a schema gives rules for one kind of value without
naming the kind, the shape is that kind, marked ``implied``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..ir import (
    KINDS,
    NO_DOCS,
    NO_NUMBER_RULES,
    NO_STRING_RULES,
    BooleanType,
    ConstType,
    Contained,
    Contains,
    DeclRef,
    EnumBody,
    Field,
    IntegerType,
    Kind,
    ListType,
    MapType,
    NeverType,
    NumberType,
    ObjectRules,
    Schema,
    StringType,
    TupleType,
    Type,
)
from ..json_value import WIRE_KINDS, is_kind
from ..naming import pascal
from ..parts import asserted
from ..schema import EVERY_NAME
from ..values import replace
from .shapes import ANY, NEVER, Place, ProtoRecord, Shape

_BOOLEAN, _TEXT = BooleanType(), StringType()
_SCALARS = (BooleanType, ConstType, IntegerType, NumberType, StringType)
_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth".split()


class Typer(Protocol):
    """What this room asks of the builder."""

    def type_of(self, schema: Schema, place: Place) -> Type:
        """The type of a value where it is used."""
        ...

    def fields(
        self, properties: Sequence[tuple[str, Schema]], place: Place
    ) -> dict[str, Field]:
        """The properties that a schema names."""
        ...

    def union(
        self, members: Sequence[Schema], exclusive: bool, schema: Schema, place: Place
    ) -> Shape:
        """The shape of alternatives."""
        ...

    def inside(self, place: Place, suffix: str, label: str) -> Place:
        """A place within another."""
        ...


def own_shape(typer: Typer, schema: Schema, place: Place) -> Shape:
    """The shape that the keywords beside the combiners give."""
    kinds = schema.kinds
    if schema.values is not None:
        return _values_shape(schema)
    if kinds is not None and len(kinds) != 1:
        return _shape_of_kinds(typer, schema, kinds, place)
    implied = kinds is None
    kind = _implied_kind(schema) if kinds is None else kinds[0]
    match kind:
        case "boolean":
            return _BOOLEAN
        case "integer":
            return IntegerType(schema.number or NO_NUMBER_RULES, schema.format)
        case "number":
            bounds = schema.number or NO_NUMBER_RULES
            return NumberType(bounds, schema.format, implied)
        case "string":
            if schema.string is None and schema.format is None:
                return _TEXT  # one for all, as most are
            rules = schema.string or NO_STRING_RULES
            return StringType(rules, schema.format, implied)
        case "array":
            return _array_shape(typer, schema, place, implied)
        case "object":
            return _object_shape(typer, schema, place, implied)
        case "null":
            return NEVER
        case None:
            return ANY


def _shape_of_kinds(
    typer: Typer, schema: Schema, kinds: tuple[Kind, ...], place: Place
) -> Shape:
    """A list of types is a union of what each of them makes of the keywords."""
    valued = [kind for kind in kinds if kind != "null"]
    if len(kinds) == len(WIRE_KINDS):
        return ANY
    if not valued:
        return NEVER
    own = replace(schema, ref=None, all_of=(), any_of=(), one_of=(), docs=NO_DOCS)
    members = [replace(own, kinds=(kind,)) for kind in valued]
    return typer.union(members, False, Schema(at=schema.at), place)


def _array_shape(typer: Typer, schema: Schema, place: Place, implied: bool) -> Shape:
    rules = schema.array
    if rules is None:
        return ListType(ANY, implied=implied)
    counts = (rules.min_items, rules.max_items, rules.unique, implied)
    contained = (
        None if rules.contains is None else _contained(typer, rules.contains, place)
    )
    item: Type = ANY
    if rules.items is not None:
        item = typer.type_of(rules.items, typer.inside(place, "/item", "Item"))
    if not rules.prefix:
        return ListType(item, *counts, contained)
    prefix = tuple(
        typer.type_of(
            member, typer.inside(place, f"/item/{index}", _position(index, member))
        )
        for index, member in enumerate(rules.prefix)
    )
    return TupleType(prefix, item, *counts, contained)


def _contained(typer: Typer, rule: Contains, place: Place) -> Contained | None:
    """What is told of items that have to be there; nothing is declared for it."""
    if rule.least == 0 and rule.most is None:
        return None
    type_: Type | None = None
    said = asserted(rule.schema)
    if rule.schema.ref is not None and said == ("ref",):
        type_ = DeclRef(rule.schema.ref)
    elif said and {*said} <= {"kinds", "values", "number", "string"}:
        shape = own_shape(typer, rule.schema, place)
        if isinstance(shape, _SCALARS) and not getattr(shape, "implied", False):
            type_ = shape
    return Contained(type_, rule.least, rule.most)


def _object_shape(typer: Typer, schema: Schema, place: Place, implied: bool) -> Shape:
    rules = schema.object or ObjectRules()
    extra = _extra_type(typer, rules, place)
    closed = isinstance(extra, NeverType) and not rules.patterns
    if rules.properties or rules.required or closed:
        fields = typer.fields(rules.properties, place)
        return ProtoRecord(fields, rules.required, extra, implied)
    keys = rules.names.string if rules.names is not None else None
    pattern = keys.pattern if keys is not None else None
    if rules.additional is not None and rules.additional.kinds == ():
        pattern = rules.patterns[0][0] if len(rules.patterns) == 1 else pattern
    counts = (rules.min_properties, rules.max_properties)
    return MapType(extra, pattern, *counts, implied)


def _extra_type(typer: Typer, rules: ObjectRules, place: Place) -> Type:
    """The type of properties that no one named (core, section 10.3.2)."""
    members = [schema for text, schema in rules.patterns if text in EVERY_NAME]
    if members:  # then all others ask still more
        return typer.type_of(members[0], typer.inside(place, "/value", "Value"))
    members = [schema for _, schema in rules.patterns]
    if rules.additional is not None and (rules.additional.kinds != () or not members):
        members.append(rules.additional)
    elif not members or rules.additional is None:
        return ANY
    value = typer.inside(place, "/value", "Value")
    types = [typer.type_of(member, value) for member in members]
    return types[0] if all(type_ == types[0] for type_ in types) else ANY


def _implied_kind(schema: Schema) -> Kind | None:
    """The only kind that a schema without `type` gives rules for."""
    groups: tuple[tuple[Kind, object], ...] = (
        ("number", schema.number),
        ("string", schema.string),
        ("array", schema.array),
        ("object", schema.object),
    )
    said: list[Kind] = [kind for kind, rules in groups if rules is not None]
    return said[0] if len(said) == 1 else None


def _values_shape(schema: Schema) -> Shape:
    """Fixed values, those left out that `type` forbids."""
    kinds = KINDS if schema.kinds is None else schema.kinds
    kept = tuple(
        value
        for value in schema.values or ()
        if value is not None and any(is_kind(value, kind) for kind in kinds)
    )
    if not kept:
        return NEVER
    return ConstType(kept[0]) if len(kept) == 1 else EnumBody(kept)


def _position(index: int, member: Schema) -> str:
    if member.docs.title:
        return pascal(member.docs.title)
    return _ORDINALS[index] if index < len(_ORDINALS) else f"Position{index + 1}"
