"""Alignment: where the assertions of a schema say what its type says, and no more.

Enters: schemas. Leaves: the same assertions in the form in which a decoder can write
them in line, or None, upon which it asks the tables. Every answer is exact: what is
returned accepts the values that the schema accepts, no more and no less.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...ir import (
    ANYTHING,
    KINDS,
    NOTHING,
    NULL,
    AnyType,
    ArrayRules,
    BooleanType,
    ConstType,
    Decl,
    DeclRef,
    IntegerType,
    Json,
    Kind,
    ListType,
    MapType,
    NeverType,
    NullableType,
    NullType,
    NumberType,
    ObjectRules,
    Schema,
    StringType,
    TupleType,
    Type,
)
from ...json_value import is_kind, json_key
from ...parts import asserted, referred
from ...values import replace

Decls = Mapping[str, Decl]

VALUED: tuple[Kind, ...] = tuple(k for k in KINDS if k not in ("null", "integer"))
"""Every kind but null."""
_CONST_NULL = Schema(values=(None,))


def combined(schema: Schema) -> bool:
    """Whether other schemas have a say about the value itself."""
    groups = (schema.ref, schema.all_of, schema.any_of, schema.one_of, schema.not_)
    return any(groups) or depends(schema)


def depends(schema: Schema) -> bool:
    """Whether what a schema asks depends on the value."""
    return bool(schema.conditions or schema.unevaluated)


def alternatives(schema: Schema) -> tuple[Schema, ...]:
    """The members of the only union of a schema that says nothing else."""
    members = schema.any_of or schema.one_of
    return members if members and len(asserted(schema)) == 1 else ()


# --- null -----------------------------------------------------------------------------


def without_null(schema: Schema, decls: Decls) -> Schema | None:
    """The same schema for all other values, if it surely accepts null; else None."""
    target = referred(schema)
    if target is not None:
        inner = decls[target]
        takes = inner.nullable and without_null(inner.schema, decls) is not None
        return schema if takes else None
    if not combined(schema):
        return _kinds_without_null(schema)
    members = alternatives(schema)
    valued = tuple(member for member in members if not is_null(member, decls))
    if len(valued) == len(members) or not valued:
        return None
    if schema.one_of and len(members) - len(valued) > 1:
        return None
    if schema.one_of and not all(refuses_null(member, decls) for member in valued):
        return None
    return valued[0] if len(valued) == 1 else replace(schema, kinds=VALUED)


def _kinds_without_null(schema: Schema) -> Schema | None:
    listed = schema.values
    if listed is not None and None not in listed:
        return None
    if schema.kinds is None:
        if listed is None:
            return schema  # and gives rules for other kinds only
        return replace(schema, values=tuple(v for v in listed if v is not None))
    if "null" not in schema.kinds:
        return None
    return replace(schema, kinds=tuple(kind for kind in schema.kinds if kind != "null"))


def is_null(schema: Schema, decls: Decls) -> bool:
    """Whether a schema accepts null and nothing else."""
    target = referred(schema)
    if target is not None:
        return is_null(decls[target].schema, decls)
    return schema in (NULL, _CONST_NULL)


def refuses_null(schema: Schema, decls: Decls) -> bool:
    """Whether a schema surely refuses null."""
    if schema.kinds is not None and "null" not in schema.kinds:
        return True
    if schema.values is not None and None not in schema.values:
        return True
    if schema.ref is not None and refuses_null(decls[schema.ref].schema, decls):
        return True
    return any(refuses_null(member, decls) for member in schema.all_of) or any(
        group and all(refuses_null(member, decls) for member in group)
        for group in (schema.any_of, schema.one_of)
    )


# --- strings --------------------------------------------------------------------------


def listed_strings(schema: Schema, decls: Decls) -> tuple[str, ...] | None:
    """The strings that a schema accepts, if it accepts only some of them."""
    target = referred(schema)
    if target is not None:
        return listed_strings(decls[target].schema, decls)
    if schema.kinds not in (None, ("string",)):
        return None
    members = alternatives(replace(schema, kinds=None)) if schema.any_of else ()
    if members:
        found = [listed_strings(member, decls) for member in members]
        listed = [strings for strings in found if strings is not None]
        if len(listed) < len(found):
            return None
        return tuple(dict.fromkeys(text for strings in listed for text in strings))
    if schema.values is None or schema.string is not None or combined(schema):
        return None
    strings = tuple(value for value in schema.values if isinstance(value, str))
    return strings if schema.kinds or len(strings) == len(schema.values) else None


def is_any_string(schema: Schema, decls: Decls) -> bool:
    """Whether a schema accepts every string and nothing else."""
    target = referred(schema)
    if target is not None:
        return is_any_string(decls[target].schema, decls)
    if schema.kinds == ("string",) and {*asserted(schema)} <= {"kinds", "any_of"}:
        return not schema.any_of or any(is_any_string(m, decls) for m in schema.any_of)
    members = alternatives(schema) if schema.any_of else ()
    return any(is_any_string(member, decls) for member in members) and all(
        _is_string(member, decls) for member in members
    )


def _is_string(schema: Schema, decls: Decls) -> bool:
    """Whether a schema accepts strings at most."""
    if schema.kinds == ("string",) or listed_strings(schema, decls) is not None:
        return True
    return is_any_string(schema, decls)


def is_only_number(schema: Schema, value: Json) -> bool:
    """Whether a schema accepts a number and nothing else."""
    if not is_kind(value, "number"):
        return False
    whole = is_kind(value, "integer")
    kinds = (None, ("number",), ("integer",)) if whole else (None, ("number",))
    listed = schema.values or ()
    return (
        {*asserted(schema)} <= {"kinds", "values"}
        and schema.kinds in kinds
        and tuple(map(json_key, listed)) == (json_key(value),)
    )


# --- types ----------------------------------------------------------------------------


def shape_schema(type_: Type) -> Schema:
    """What holding a value as a type asks of it, once the tables have accepted it."""

    def kind(name: Kind, implied: bool) -> tuple[Kind, ...] | None:
        return None if implied else (name,)

    match type_:
        case AnyType():
            return ANYTHING
        case NeverType():
            return NOTHING
        case NullType():
            return NULL
        case BooleanType():
            return Schema(kinds=("boolean",))
        case IntegerType(implied=implied):
            return Schema(kinds=kind("integer", implied))
        case NumberType(implied=implied):
            return Schema(kinds=kind("number", implied))
        case StringType(implied=implied):
            return Schema(kinds=kind("string", implied))
        case ConstType():
            return ANYTHING
        case NullableType(inner=inner):
            return Schema(any_of=(shape_schema(inner), NULL))
        case DeclRef(id=id_):
            return Schema(ref=id_)
        case ListType(item=item, implied=implied):
            array = ArrayRules(items=shape_schema(item))
        case TupleType(prefix=prefix, rest=rest, implied=implied):
            array = ArrayRules(
                prefix=tuple(map(shape_schema, prefix)), items=shape_schema(rest)
            )
        case MapType(value=value, implied=implied):
            rules = ObjectRules(additional=shape_schema(value))
            return Schema(kinds=kind("object", implied), object=rules)
    return Schema(kinds=kind("array", implied), array=array)
