"""The model: what a spec says, free of any language and of any raw schema.

Two layers, so that neither bends to the other:

- :class:`Schema` (in ``schema.py``) holds the *assertions* of one schema, normalised.
  It decides which JSON is accepted, to the letter.
- :class:`Type` and the bodies of a :class:`Decl` are the *shape*: how a careful person
  would hold an accepted value in a programming language.

Every class is frozen and every union closed: the type checkers refuse a ``match`` that
leaves a node out, so a new node is a type error wherever it is not handled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from .choices import (
    ByLiteral as ByLiteral,
    ByTag as ByTag,
    Choice as Choice,
    Dispatch as Dispatch,
    Only as Only,
    Rounds as Rounds,
    Trial as Trial,
)
from .diagnostics import Location
from .json_value import (
    KINDS as KINDS,
    Json as Json,
    Kind as Kind,
    Number as Number,
    json_key,
)
from .schema import (
    ANYTHING as ANYTHING,
    MISSING as MISSING,
    NO_DOCS as NO_DOCS,
    NO_NUMBER_RULES as NO_NUMBER_RULES,
    NO_STRING_RULES as NO_STRING_RULES,
    NOTHING as NOTHING,
    NOWHERE as NOWHERE,
    NULL as NULL,
    ArrayRules as ArrayRules,
    Conditional as Conditional,
    Contains as Contains,
    Docs as Docs,
    Missing as Missing,
    Mutability as Mutability,
    NumberRules as NumberRules,
    ObjectRules as ObjectRules,
    Schema as Schema,
    StringRules as StringRules,
    Unevaluated as Unevaluated,
)
from .values import dataclass

# --- types: what a value is where it is used ----------------------------------------


@dataclass(frozen=True, slots=True)
class AnyType:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class NeverType:
    """No value at all, from the schema ``false`` or a contradiction."""


@dataclass(frozen=True, slots=True)
class NullType:
    """Only null."""


@dataclass(frozen=True, slots=True)
class BooleanType:
    """``true`` or ``false``."""


@dataclass(frozen=True, slots=True)
class IntegerType:
    """A number without a fractional part, of any size; ``3.0`` is one."""

    rules: NumberRules = NO_NUMBER_RULES
    format: str | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class NumberType:
    """Any JSON number.

    ``implied`` here and below: the spec gives rules for this kind of value but does
    not name the kind, so that to the letter values of other kinds are accepted too.
    """

    rules: NumberRules = NO_NUMBER_RULES
    format: str | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class StringType:
    """A string; ``format`` is an annotation and asserts nothing."""

    rules: StringRules = NO_STRING_RULES
    format: str | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ConstType:
    """One fixed value that is not null; equal as JSON is: 1 is 1.0, and not true."""

    value: Json

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ConstType):
            return NotImplemented
        return json_key(self.value) == json_key(other.value)

    def __hash__(self) -> int:
        return hash(json_key(self.value))


@dataclass(frozen=True, slots=True)
class Contained:
    """How many items of an array are of a kind of their own, to tell people.

    ``type`` is None where a type does not say what they are.
    """

    type: Type | None
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class ListType:
    """An array whose items are all of one type."""

    item: Type
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    implied: bool = False
    contained: Contained | None = None


@dataclass(frozen=True, slots=True)
class TupleType:
    """An array with a type for each leading position and one for the rest.

    ``prefixItems`` does not make positions obligatory: ``min_items`` does.
    """

    prefix: tuple[Type, ...]
    rest: Type
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    implied: bool = False
    contained: Contained | None = None


@dataclass(frozen=True, slots=True)
class MapType:
    """An object used as a dictionary: no property is named by the spec."""

    value: Type
    key_pattern: str | None = None
    min_properties: int | None = None
    max_properties: int | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class NullableType:
    """The inner type or null. The only spelling of null beside :class:`NullType`."""

    inner: Type


@dataclass(frozen=True, slots=True)
class DeclRef:
    """A declaration, by identity; without null, which stands at the place of use."""

    id: str


Type: TypeAlias = (
    AnyType
    | NeverType
    | NullType
    | BooleanType
    | IntegerType
    | NumberType
    | StringType
    | ConstType
    | ListType
    | TupleType
    | MapType
    | NullableType
    | DeclRef
)

# --- declarations: what has a name --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A named property of a record. The type says whether null is allowed."""

    wire_name: str
    type: Type
    required: bool
    default: Json | Missing
    docs: Docs
    at: Location


@dataclass(frozen=True, slots=True)
class Record:
    """An object with named properties.

    ``extra`` is the type of every other property: :class:`NeverType` where the spec
    forbids them.
    """

    fields: tuple[Field, ...]
    extra: Type
    implied: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class EnumBody:
    """Two or more fixed values, none of them null.

    An open enumeration also takes any other string and keeps it. Two are equal if
    their values are, as JSON.
    """

    values: tuple[Json, ...]
    open: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EnumBody) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[bool, str]:
        return self.open, json_key(list(self.values))


@dataclass(frozen=True, slots=True)
class Branch:
    """One alternative of a union, its assertions beside it for ordered trial."""

    type: Type
    schema: Schema
    label: str
    """PascalCase name of the alternative within the union, such as ``ServerVad``."""


@dataclass(frozen=True, slots=True)
class UnionBody:
    """Two or more alternatives; ``exclusive`` for ``oneOf``."""

    branches: tuple[Branch, ...]
    dispatch: Dispatch
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for a type."""

    type: Type


Body: TypeAlias = Record | EnumBody | UnionBody | Alias


@dataclass(frozen=True, slots=True)
class Decl:
    """A named thing of the model.

    ``name`` is an ASCII PascalCase identifier, unique in the model under
    :func:`naming.same_key`, so that every language and file system keeps declarations
    apart. ``wire_name`` is the spec's own name, None for what stands inline.
    ``nullable``: null is accepted wherever the declaration is used; its uses say so.
    """

    id: str
    name: str
    wire_name: str | None
    body: Body
    schema: Schema
    nullable: bool
    owner: str | None
    """Identity of the declaration in which this one stands inline."""

    @property
    def docs(self) -> Docs:
        """What the spec tells people of it."""
        return self.schema.docs

    @property
    def inline(self) -> bool:
        """Whether the spec gives it no name, so that a target may write it in place."""
        return self.wire_name is None


@dataclass(frozen=True, slots=True)
class Model:
    """A whole spec, in document order; each inline declaration follows its owner."""

    title: str
    version: str
    description: str
    source: str
    """The entry file's name, without its folder."""
    decls: Mapping[str, Decl]

    def resolve(self, type_: Type) -> Type:
        """See through aliases: the type behind a chain of them."""
        while isinstance(type_, DeclRef):
            body = self.decls[type_.id].body
            if not isinstance(body, Alias):
                break
            type_ = body.type
        return type_


def by_wire_name(decls: Iterable[Decl]) -> dict[str, Decl]:
    """Declarations by the names that the spec gives them.

    Of two of one name in different files, it means the first: the entry file's.
    """
    found: dict[str, Decl] = {}
    for decl in decls:
        if decl.wire_name is not None:
            found.setdefault(decl.wire_name, decl)
    return found
