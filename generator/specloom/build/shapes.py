"""Shapes: the internal form of a declaration's body while it is being built.

Two of them differ from the IR: a :class:`ProtoRecord` still knows which names are
required apart from its fields, and the branches of a :class:`ProtoUnion` need no name
yet. So ``allOf`` can merge shapes before anything is declared. Enters: nothing of ours
but the IR. Leaves: data and questions about it, no decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ..ir import (
    AnyType,
    BooleanType,
    ConstType,
    DeclRef,
    Dispatch,
    EnumBody,
    Field,
    IntegerType,
    Kind,
    ListType,
    MapType,
    NeverType,
    NullableType,
    NullType,
    NumberType,
    Schema,
    StringType,
    TupleType,
    Type,
)
from ..json_value import value_kind
from ..naming import join_names
from ..values import dataclass, field

ANY, NEVER = AnyType(), NeverType()
NESTED = 8
"""How many lists and maps, one in the other, are one type. What is deeper has a name:
Python takes no more than twenty loops in one another, and each level is a margin."""


@dataclass(frozen=True, slots=True)
class ProtoRecord:
    """An object; a required name without a field is one that no one described."""

    fields: Mapping[str, Field]
    required: tuple[str, ...]
    extra: Type
    implied: bool = False


@dataclass(frozen=True, slots=True)
class ProtoBranch:
    """An alternative whose shape has no name yet."""

    shape: Shape
    schema: Schema
    label: str


@dataclass(frozen=True, slots=True)
class ProtoUnion:
    """Alternatives that are not declared yet."""

    branches: tuple[ProtoBranch, ...]
    exclusive: bool
    tag_hint: str | None = None
    told: Dispatch | None = None
    """How it is read, where that does not follow from the alternatives."""


Shape: TypeAlias = Type | ProtoRecord | EnumBody | ProtoUnion


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shape stands: the identity and the name that it gets if declared.

    There is one for each schema, and few are declared: it is named when asked.
    """

    id: str
    label: str
    """Its share of the name; the empty string adds nothing."""
    owner: str
    context: str
    """The name of what it stands in, also for settling a clash."""
    alternative: str = ""
    """The labels of the alternatives that a merge has gone into."""
    level: int = 0
    """How many lists and maps, one in the other, it stands in."""
    nest: str = ""
    """The name of what holds the outermost of these."""

    @property
    def is_deep(self) -> bool:
        """Whether a list or map that stands here gets a name of its own."""
        return self.level > 0 and self.level % NESTED == 0

    @property
    def name(self) -> str:
        """The name in PascalCase."""
        if self.is_deep:
            return f"{self.nest}Level{self.level}{self.alternative}"
        within = join_names(self.context, self.label) if self.label else self.context
        return within + self.alternative


@dataclass(slots=True)
class Proto:
    """A declaration before names are settled and unions are read."""

    id: str
    name: str
    wire_name: str | None
    shape: Shape
    schema: Schema
    nullable: bool
    owner: str | None
    context: str = ""
    branches: list[Type] = field(default_factory=list[Type])
    """For a union: the types of its branches, declared where they had no name."""


def is_shapeless(shape: Shape) -> bool:
    """Whether a shape only asks for the presence of names, or for nothing."""
    match shape:
        case AnyType():
            return True
        case ProtoRecord(fields=fields, extra=AnyType(), implied=True):
            return not fields
        case _:
            return False


def or_null(type_: Type) -> Type:
    """A type or null."""
    match type_:
        case NeverType():
            return NullType()
        case AnyType() | NullType() | NullableType():
            return type_
        case _:
            return NullableType(type_)


def type_kinds(type_: Type) -> tuple[Kind, ...] | None:
    """The wire kinds of a type that is no :class:`DeclRef`; None for any kind."""
    match type_:
        case AnyType():
            return None
        case NeverType():
            return ()
        case NullType():
            return ("null",)
        case BooleanType():
            return ("boolean",)
        case IntegerType(implied=implied) | NumberType(implied=implied):
            return None if implied else ("number",)
        case StringType(implied=implied):
            return None if implied else ("string",)
        case ListType(implied=implied) | TupleType(implied=implied):
            return None if implied else ("array",)
        case MapType(implied=implied):
            return None if implied else ("object",)
        case ConstType(value=value):
            return (value_kind(value),)
        case NullableType(inner=inner):
            kinds = type_kinds(inner)
            return None if kinds is None else ("null", *kinds)
        case DeclRef():
            raise TypeError("resolve a reference before asking for its kinds")
