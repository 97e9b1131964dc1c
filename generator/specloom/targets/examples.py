"""Examples: which types a value of the spec's examples has.

Enters: types and JSON values. Leaves: whether a value can be written as a type, and by
which alternative of a union; which example or default is worth a comment. Promises: the
answer is about the shape alone; whether the value keeps the rules of its schema is
another question, which ``lint`` answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..ir import (
    MISSING,
    Alias,
    AnyType,
    BooleanType,
    ConstType,
    DeclRef,
    Docs,
    EnumBody,
    Field,
    IntegerType,
    Json,
    ListType,
    MapType,
    Missing,
    Model,
    NeverType,
    NullableType,
    NullType,
    NumberType,
    Record,
    StringType,
    TupleType,
    Type,
    UnionBody,
)
from ..json_value import is_kind
from ..values import dataclass


def same_json(left: Json, right: Json) -> bool:
    """Whether two scalars are equal as JSON: 1 is 1.0, but true is not 1."""
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def telling(model: Model, docs: Docs, type_: Type, default: Json | Missing) -> Json:
    """The first example that shows what nothing else does, or null.

    The values of a boolean or an enumeration are told by the type.
    """
    for value in docs.examples[:1]:
        known = isinstance(value, bool) or _lists(model, type_)
        if not known and value != default and Shapes(model, False).fits(type_, value):
            told = isinstance(value, str) and value in docs.description
            return None if told else value
    return None


def default_of(field: Field) -> Json | Missing:
    """The default to tell: what must be there, and has one value, needs none."""
    if field.required and isinstance(field.type, ConstType):
        return MISSING
    return field.default


def _lists(model: Model, type_: Type) -> bool:
    """Whether a type lists its values, or is an object that has a page of its own."""
    match type_:
        case NullableType(inner=inner):
            return _lists(model, inner)
        case DeclRef(id=id_):
            body = model.decls[id_].body
            return not isinstance(body, Alias) or _lists(model, body.type)
        case _:
            return isinstance(type_, ConstType)


@dataclass(frozen=True, slots=True)
class Shapes:
    """Answers for one model; ``closed``: no property goes beyond those named."""

    model: Model
    closed: bool

    def fits(self, type_: Type, value: Json) -> bool:
        """Whether a value is of a type, as far as types say."""
        match type_:
            case AnyType():
                return True
            case NeverType():
                return False
            case NullType():
                return value is None
            case BooleanType():
                return isinstance(value, bool)
            case IntegerType():
                return is_kind(value, "integer")
            case NumberType():
                return is_kind(value, "number")
            case StringType():
                return isinstance(value, str)
            case ConstType(value=known):
                return same_json(known, value)
            case ListType(item=item):
                return isinstance(value, list) and all(
                    self.fits(item, each) for each in value
                )
            case TupleType():
                return isinstance(value, list) and self._fits_tuple(type_, value)
            case MapType(value=item):
                return isinstance(value, dict) and all(
                    self.fits(item, each) for each in value.values()
                )
            case NullableType(inner=inner):
                return value is None or self.fits(inner, value)
            case DeclRef(id=id_):
                return self._fits_declared(id_, value)

    def branch(self, union: UnionBody, value: Json) -> Type | None:
        """The type of the first alternative that a value fits."""
        fitting = (b.type for b in union.branches if self.fits(b.type, value))
        return next(fitting, None)

    def _fits_tuple(self, tuple_: TupleType, value: list[Json]) -> bool:
        rest = [tuple_.rest] * (len(value) - len(tuple_.prefix))
        return len(value) >= (tuple_.min_items or 0) and all(
            map(self.fits, [*tuple_.prefix, *rest], value)
        )

    def _fits_declared(self, id_: str, value: Json) -> bool:
        match self.model.decls[id_].body:
            case Record() as record:
                return isinstance(value, dict) and self._fits_record(record, value)
            case EnumBody(values=values, open=is_open):
                known = any(same_json(each, value) for each in values)
                return known or (is_open and isinstance(value, str))
            case UnionBody() as union:
                return self.branch(union, value) is not None
            case Alias(type=type_):
                return self.fits(type_, value)

    def _fits_record(self, record: Record, value: Mapping[str, Json]) -> bool:
        names = {field.wire_name for field in record.fields}
        extra = NeverType() if self.closed else record.extra
        return all(
            self.fits(field.type, value[field.wire_name])
            if field.wire_name in value
            else not field.required
            for field in record.fields
        ) and all(self.fits(extra, v) for k, v in value.items() if k not in names)
