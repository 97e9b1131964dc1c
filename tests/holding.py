"""Holding: whether a value that a schema accepts can be held as its type says.

A model enters; :meth:`Holder.problem` answers for a value of a declaration. It builds
nothing: it follows types, fields and union dispatch as every generated decoder does,
and says where that would go wrong.
"""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from equality import same
from specloom.ir import (
    Alias,
    AnyType,
    BooleanType,
    ByLiteral,
    ByTag,
    Choice,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    IntegerType,
    Json,
    ListType,
    MapType,
    Model,
    NeverType,
    NullableType,
    NullType,
    NumberType,
    Only,
    Record,
    Schema,
    StringType,
    Trial,
    TupleType,
    Type,
    UnionBody,
)
from specloom.json_value import is_kind, value_kind
from specloom.tables import Outline, assertions

TABLES = "urn:tables"

Problem = str | None


class Holder:
    """Follows the types of one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._names = {id_: f"t{i}" for i, id_ in enumerate(model.decls)}
        self._outline = Outline(model.decls.values())  # as the targets do
        tables = {
            self._names[d.id]: self._table(d.schema) for d in model.decls.values()
        }
        resource = {"$id": TABLES, "$defs": tables}
        self._registry = jsonschema_rs.Registry([(TABLES, resource)])
        self._judges: dict[int, tuple[Schema, jsonschema_rs.Draft202012Validator]] = {}

    def _table(self, schema: Schema) -> Any:
        outlined = self._outline.inside(schema)
        return assertions(outlined, lambda id_: f"{TABLES}#/$defs/{self._names[id_]}")

    def accepts(self, schema: Schema, value: Json) -> bool:
        """The verdict of the table of a schema."""
        known = self._judges.get(id(schema))
        if known is None:
            judge = jsonschema_rs.Draft202012Validator(
                self._table(schema), registry=self._registry
            )
            known = self._judges[id(schema)] = (schema, judge)
        return known[1].is_valid(value)

    def problem(self, decl: Decl, value: Json) -> Problem:
        """What stands against holding an accepted value; None if nothing does."""
        if value is None:
            never = decl.body == Alias(NullType()) or decl.body == Alias(AnyType())
            return None if decl.nullable or never else self._held(decl, value)
        return self._held(decl, value)

    def _held(self, decl: Decl, value: Json) -> Problem:
        match decl.body:
            case Record() as record:
                return self._record(record, value)
            case EnumBody(values=values, open=opened):
                listed = any(same(item, value) for item in values)
                kept = opened and isinstance(value, str)
                return None if listed or kept else f"{value!r} is not in {decl.name}"
            case UnionBody() as union:
                return self._union(decl, union, value)
            case Alias(type=type_):
                return self._type(type_, value)

    def _record(self, record: Record, value: Json) -> Problem:
        if not isinstance(value, dict):
            return None if record.implied else f"{value!r} is no object"
        named = {item.wire_name: item for item in record.fields}
        for item in record.fields:
            if item.wire_name not in value:
                if item.required:
                    return f"{item.wire_name} is required but absent"
                continue
            found = self._type(item.type, value[item.wire_name])
            if found:
                return f"{item.wire_name}: {found}"
        for name, inner in value.items():
            found = None if name in named else self._type(record.extra, inner)
            if found:
                return f"{name}: {found}"
        return None

    def _union(self, decl: Decl, union: UnionBody, value: Json) -> Problem:
        chosen = self._choose(
            dict(union.dispatch.by_kind).get(value_kind(value)), value
        )
        if chosen is None:
            return f"no branch is chosen for {value!r}"
        if isinstance(chosen, Trial):
            takers = [
                index
                for index in chosen.branches
                if self.accepts(union.branches[index].schema, value)
            ]
            if not takers:
                return f"no branch on trial accepts {value!r}"
            return self._type(union.branches[takers[0]].type, value)
        branch = union.branches[chosen.branch]
        if not self.accepts(branch.schema, value):
            return f"the branch {branch.label} is chosen but refuses {value!r}"
        # A base takes whatever is made of it, and its tag alone tells which that is.
        base = branch.schema.ref is not None and branch.schema.ref == decl.schema.ref
        others = [] if base else [b for b in union.branches if b is not branch]
        for other in others:
            if self.accepts(other.schema, value):
                return (
                    f"{branch.label} is chosen as sure; {other.label} takes {value!r}"
                )
        return self._type(branch.type, value)

    def _choose(self, choice: Choice | None, value: Json) -> Only | Trial | None:
        match choice:
            case ByTag(key=key) as tagged:
                if not isinstance(value, dict):
                    return None
                if key not in value:
                    return tagged.absent
                found = (made for tag, made in tagged.cases if same(tag, value[key]))
                return next(found, tagged.other)
            case ByLiteral(cases=cases, other=other):
                return next((made for tag, made in cases if same(tag, value)), other)
            case made:
                return made

    def _type(self, type_: Type, value: Json) -> Problem:
        refused = f"{value!r} is no {type(type_).__name__}"
        match type_:
            case AnyType():
                return None
            case NeverType():
                return refused
            case NullType():
                return None if value is None else refused
            case BooleanType():
                return None if isinstance(value, bool) else refused
            case IntegerType(implied=implied):
                return None if is_kind(value, "integer") or implied else refused
            case NumberType(implied=implied):
                return None if value_kind(value) == "number" or implied else refused
            case StringType(implied=implied):
                return None if isinstance(value, str) or implied else refused
            case ConstType(value=fixed):
                return None if same(value, fixed) else refused
            case NullableType(inner=inner):
                return None if value is None else self._type(inner, value)
            case DeclRef(id=id_):
                decl = self.model.decls[id_]
                if not self.accepts(decl.schema, value):
                    return f"{decl.name} itself refuses {value!r}"
                return self._held(decl, value)
            case ListType() | TupleType() | MapType():
                return self._container(type_, value, refused)

    def _container(
        self, type_: ListType | TupleType | MapType, value: Json, refused: str
    ) -> Problem:
        inner: list[tuple[Type, Json]]
        match type_, value:
            case ListType(item=item), list():
                inner = [(item, x) for x in value]
            case TupleType(prefix=prefix, rest=rest), list():
                types = [*prefix, *([rest] * len(value))]
                inner = list(zip(types, value))
            case MapType(value=item), dict():
                inner = [(item, x) for x in value.values()]
            case _:
                return None if type_.implied else refused
        return next(filter(None, (self._type(t, x) for t, x in inner)), None)
