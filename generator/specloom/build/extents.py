"""Extents: which values a type can have, as far as unions are read by it.

Enters: types, and every declaration's shape. Leaves: the kinds of JSON that a type
takes, the values that it lists, the objects that it can be. What is not known for sure
is answered with more than there is: another kind, any value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..ir import ConstType, DeclRef, EnumBody, Json, Kind, MapType, NullableType, Type
from ..json_value import WIRE_KINDS, value_kind
from ..values import dataclass, field
from .shapes import ANY, ProtoRecord, ProtoUnion, Shape, type_kinds

Kinds = frozenset[Kind]
ALL_KINDS: Kinds = frozenset(WIRE_KINDS)
NULL: Kinds = frozenset(("null",))
STRING: Kinds = frozenset(("string",))
OBJECT: Kinds = frozenset(("object",))


@dataclass(slots=True)
class Extents:
    """Answers questions about types across declarations."""

    expand: Callable[[Type], Shape]
    branch_types: Callable[[DeclRef], Sequence[Type]]
    """The declared types of the branches of a union declaration."""
    _kinds: dict[str, Kinds] = field(default_factory=dict[str, Kinds])

    def kinds(self, type_: Type) -> Kinds:
        """The wire kinds that a value of a type can have."""
        if isinstance(type_, NullableType):
            return self.kinds(type_.inner) | NULL
        if not isinstance(type_, DeclRef):
            found = type_kinds(type_)
            return ALL_KINDS if found is None else frozenset(found)
        if type_.id not in self._kinds:
            self._kinds[type_.id] = frozenset()  # a cycle adds nothing
            self._kinds[type_.id] = self._shape_kinds(type_)
        return self._kinds[type_.id]

    def _shape_kinds(self, ref: DeclRef) -> Kinds:
        match self.expand(ref):
            case ProtoRecord(implied=implied):
                return ALL_KINDS if implied else OBJECT
            case EnumBody(values=values, open=opened):
                listed = frozenset[Kind](map(value_kind, values))
                return listed | STRING if opened else listed
            case ProtoUnion():
                members = [self.kinds(inner) for inner in self.branch_types(ref)]
                return frozenset[Kind]().union(*members)
            case DeclRef(id=id_) if id_ == ref.id:
                return frozenset()
            case shape:
                return self.kinds(shape)

    def listed(self, type_: Type) -> tuple[Json, ...] | None:
        """The values that a type lists; None where it takes others too."""
        if isinstance(type_, NullableType):
            values = self.listed(type_.inner)
            return None if values is None else (*values, None)
        match self.expand(type_):
            case ConstType(value=value):
                return (value,)
            case EnumBody(values=values, open=False):
                return values
            case _:
                return None

    def objects(self, type_: Type) -> list[ProtoRecord]:
        """The objects that a type can be, each by its named properties."""
        return list(self._objects(type_, set()))

    def _objects(self, type_: Type, seen: set[str]) -> Iterable[ProtoRecord]:
        match self.expand(type_):
            case ProtoRecord() as record:
                yield record
            case ProtoUnion() if isinstance(type_, DeclRef):
                if type_.id not in seen:
                    seen.add(type_.id)
                    for inner in self.branch_types(type_):
                        yield from self._objects(inner, seen)
            case MapType(value=value):
                yield ProtoRecord({}, (), value)
            case _ if "object" in self.kinds(type_):
                yield ProtoRecord({}, (), ANY)
            case _:
                pass
