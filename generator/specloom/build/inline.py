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
from ..read import Root, referred_root
from ..values import replace
from .unions import accepts_null, is_only_null

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


def around_branches(
    schema: Schema, named: str | None, roots: Mapping[str, Root]
) -> Schema:
    """What a schema asks of each alternative of the one union in it.

    ``named`` is the identity of a schema that has one. Where it cannot be said which
    of several unions the alternatives are those of, that is the whole schema.
    """
    groups = (schema.ref, schema.all_of, schema.any_of, schema.one_of)
    combined = any(groups) or schema.conditions or schema.unevaluated
    if _has_several_kinds(schema) and not combined:
        return ANYTHING  # each alternative repeats the keywords
    rest, unions = _without_unions(schema, roots, frozenset())
    if unions == 1:
        return rest
    return schema if named is None else Schema(ref=named)


def _has_several_kinds(schema: Schema) -> bool:
    kinds = [kind for kind in schema.kinds or () if kind != "null"]
    return len(kinds) > 1 and schema.values is None


def _without_unions(
    schema: Schema, roots: Mapping[str, Root], seen: frozenset[str]
) -> tuple[Schema, int]:
    """A schema without the alternatives in it; how many unions form its shape.

    Those of a list of types or behind a reference are counted and stay.
    """
    count = int(_has_several_kinds(schema))
    root = referred_root(schema, roots)
    if root is not None and root.id not in seen:
        count += _without_unions(root.schema, roots, seen | {root.id})[1]
    groups: dict[str, tuple[Schema, ...]] = {"all_of": schema.all_of}
    for name in ("any_of", "one_of"):
        group = getattr(schema, name)
        valued = tuple(m for m in group if not is_only_null(m, roots))
        count += len(valued) > 1
        groups[name] = valued if len(valued) == 1 else ()
    for name, members in groups.items():
        stripped = [_without_unions(member, roots, seen) for member in members]
        count += sum(found for _, found in stripped)
        groups[name] = tuple(rest for rest, _ in stripped if rest != ANYTHING)
    return replace(
        schema,
        all_of=groups["all_of"],
        any_of=groups["any_of"],
        one_of=groups["one_of"],
    ), count


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
