"""Inline: the assertions of a declaration that has no schema of its own in the spec.

Such a declaration must refuse whatever its type cannot hold, also where it is decoded
by itself: null, which stands at the place of use; what the schema around a union asks
of every alternative; and what either side of an ``allOf`` asks of a property. Enters:
schemas and types. Leaves: one :class:`ir.Schema` for the declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..ir import (
    ANYTHING,
    KINDS,
    NOTHING,
    NULL,
    AnyType,
    ArrayRules,
    BooleanType,
    ConstType,
    DeclRef,
    IntegerType,
    Kind,
    ListType,
    MapType,
    NeverType,
    NullableType,
    NullType,
    NumberType,
    ObjectRules,
    Schema,
    StringRules,
    StringType,
    TupleType,
    Type,
)
from ..read import Root
from ..values import replace
from .nulls import accepts_null, is_only_null

_VALUED = tuple(kind for kind in KINDS if kind not in ("null", "integer"))


def without_null(schema: Schema, roots: Mapping[str, Root]) -> Schema:
    """The same schema, null refused."""
    if accepts_null(schema, roots) is not True:
        return schema
    if schema.kinds is not None:
        return replace(schema, kinds=tuple(k for k in schema.kinds if k != "null"))
    if schema.values is not None:
        return replace(schema, values=tuple(v for v in schema.values if v is not None))
    for group in (schema.any_of, schema.one_of):
        valued = [member for member in group if not is_only_null(member, roots)]
        alone = replace(schema, any_of=(), one_of=()) == ANYTHING
        if len(valued) == 1 and len(group) > 1 and alone:
            inner = without_null(valued[0], roots)
            return replace(inner, docs=schema.docs, default=schema.default)
    return replace(schema, kinds=_VALUED)


def type_schema(type_: Type, declared: Callable[[DeclRef], Schema]) -> Schema:
    """The assertions that a type stands for; ``declared`` knows the named ones."""

    def inner(type_: Type) -> Schema:
        return type_schema(type_, declared)

    match type_:
        case AnyType():
            return ANYTHING
        case NeverType():
            return NOTHING
        case NullType():
            return NULL
        case BooleanType():
            return Schema(kinds=("boolean",))
        case IntegerType(rules=rules, implied=implied):
            return Schema(kinds=_named("integer", implied), number=rules)
        case NumberType(rules=rules, implied=implied):
            return Schema(kinds=_named("number", implied), number=rules)
        case StringType(rules=rules, implied=implied):
            return Schema(kinds=_named("string", implied), string=rules)
        case ConstType(value=value):
            return Schema(values=(value,))
        case NullableType(inner=valued):
            return Schema(any_of=(inner(valued), NULL))
        case DeclRef():
            return declared(type_)
        case ListType(item=item, implied=implied):
            array = ArrayRules(items=inner(item))
        case TupleType(prefix=prefix, rest=rest, implied=implied):
            array = ArrayRules(prefix=tuple(map(inner, prefix)), items=inner(rest))
        case MapType(value=value, key_pattern=pattern, implied=implied):
            return Schema(
                kinds=_named("object", implied),
                object=ObjectRules(
                    additional=inner(value),
                    names=_keys(pattern),
                    min_properties=type_.min_properties,
                    max_properties=type_.max_properties,
                ),
            )
    counted = replace(
        array,
        min_items=type_.min_items,
        max_items=type_.max_items,
        unique=type_.unique,
    )
    return Schema(kinds=_named("array", implied), array=counted)


def _named(kind: Kind, implied: bool) -> tuple[Kind, ...] | None:
    return None if implied else (kind,)


def _keys(pattern: str | None) -> Schema | None:
    return None if pattern is None else Schema(string=StringRules(pattern=pattern))
