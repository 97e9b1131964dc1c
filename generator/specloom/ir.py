"""The model: what a spec says, free of any language and of any raw schema.

Two layers, so that neither bends to the other:

- :class:`Schema` holds the *assertions* of one schema, normalised (one spelling of
  null, of bounds, of constants). It decides which JSON is accepted, to the letter.
- :class:`Type` and the bodies of a :class:`Decl` are the *shape*: how a careful person
  would hold an accepted value in a programming language.

Every class is frozen and every union closed: the type checkers refuse a ``match`` that
leaves a node out, so a new node is a type error wherever it is not handled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, TypeAlias

from .diagnostics import Location

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Number: TypeAlias = int | float

Kind: TypeAlias = Literal[
    "null", "boolean", "integer", "number", "string", "array", "object"
]
"""A JSON Schema type name (2020-12 validation, section 6.1.1)."""

KINDS: tuple[Kind, ...] = (
    "null",
    "boolean",
    "integer",
    "number",
    "string",
    "array",
    "object",
)


class Missing(Enum):
    """The type of :data:`MISSING`: told apart from a JSON null."""

    MISSING = "missing"


MISSING = Missing.MISSING

Mutability: TypeAlias = Literal[
    "always", "never", "until-audio", "between-responses", "once"
]
"""When a property can be changed (the extension ``x-mutability``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Docs:
    """What a schema tells people. Text is CommonMark, as written in the spec."""

    title: str = ""
    description: str = ""
    examples: tuple[Json, ...] = ()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    since: str = ""
    mutability: Mutability | None = None


NO_DOCS = Docs()

# --- assertions ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRules:
    """Bounds of a number (validation, section 6.2)."""

    minimum: Number | None = None
    maximum: Number | None = None
    exclusive_minimum: Number | None = None
    exclusive_maximum: Number | None = None
    multiple_of: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StringRules:
    """Bounds of a string, lengths in Unicode code points (section 6.3)."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayRules:
    """Rules of an array (section 6.4; core, section 10.3.1)."""

    prefix: tuple[Schema, ...] = ()
    items: Schema | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRules:
    """Rules of an object (section 6.5; core, section 10.3.2)."""

    properties: tuple[tuple[str, Schema], ...] = ()
    required: tuple[str, ...] = ()
    patterns: tuple[tuple[str, Schema], ...] = ()
    additional: Schema | None = None
    names: Schema | None = None
    min_properties: int | None = None
    max_properties: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The assertions of one schema; ``Schema()`` accepts everything.

    ``kinds`` is in the order of :data:`KINDS`, ``()`` accepts nothing, ``None`` any
    kind. ``values`` holds ``enum`` and ``const``. ``ref`` is the identity of a
    declaration. Where a schema stands and what it tells people does not count when
    two are compared.
    """

    kinds: tuple[Kind, ...] | None = None
    values: tuple[Json, ...] | None = None
    number: NumberRules | None = None
    string: StringRules | None = None
    array: ArrayRules | None = None
    object: ObjectRules | None = None
    ref: str | None = None
    all_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    not_: Schema | None = None
    format: str | None = field(default=None, compare=False)
    tag_hint: str | None = field(default=None, compare=False)
    """``discriminator.propertyName``: which property to try first as the tag."""
    default: Json | Missing = field(default=MISSING, compare=False)
    docs: Docs = field(default=NO_DOCS, compare=False)
    at: Location = field(default=Location(""), compare=False)


ANYTHING = Schema()
NOTHING = Schema(kinds=())

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

    rules: NumberRules = NumberRules()
    format: str | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class NumberType:
    """Any JSON number.

    ``implied`` here and below: the spec gives rules for this kind of value but does
    not name the kind, so that to the letter values of other kinds are accepted too.
    """

    rules: NumberRules = NumberRules()
    format: str | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class StringType:
    """A string; ``format`` is an annotation and asserts nothing."""

    rules: StringRules = StringRules()
    format: str | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class ConstType:
    """One fixed value that is not null."""

    value: Json


@dataclass(frozen=True, slots=True)
class ListType:
    """An array whose items are all of one type."""

    item: Type
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False
    implied: bool = False


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


@dataclass(frozen=True, slots=True)
class EnumBody:
    """Two or more fixed values, none of them null.

    An open enumeration also takes any other string and keeps it.
    """

    values: tuple[Json, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Only:
    """The choice is made: this branch and no other can match."""

    branch: int


@dataclass(frozen=True, slots=True)
class Trial:
    """Several branches can match: try in order.

    ``keys`` names, for branches that have one, a required property that no other
    branch knows: not a proof, but the best guess of what the sender meant.
    """

    branches: tuple[int, ...]
    keys: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ByTag:
    """Choose by the value of one property.

    ``other`` serves values that no case lists, ``absent`` objects without the property.
    """

    key: str
    cases: tuple[tuple[Json, Only | Trial], ...]
    other: Only | Trial | None
    absent: Only | Trial | None


@dataclass(frozen=True, slots=True)
class ByLiteral:
    """Choose by the value itself; ``other`` serves values that none lists."""

    cases: tuple[tuple[Json, Only | Trial], ...]
    other: Only | Trial | None


Choice: TypeAlias = Only | Trial | ByTag | ByLiteral


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How a union is read: first by the JSON kind, then within the kind.

    Kinds are those of a value on the wire, so ``integer`` does not occur beside
    ``number``: whether a number is an integer is a matter of its value.
    """

    by_kind: tuple[tuple[Kind, Choice], ...]

    @property
    def trials(self) -> tuple[int, ...]:
        """The branches between which some values leave a doubt, in order."""
        found: set[int] = set()
        for _, choice in self.by_kind:
            for made in _final_choices(choice):
                if isinstance(made, Trial):
                    found.update(made.branches)
        return tuple(sorted(found))

    @property
    def disjoint(self) -> bool:
        """Whether no value can match two branches."""
        return not self.trials


def _final_choices(choice: Choice) -> tuple[Only | Trial | None, ...]:
    match choice:
        case Only() | Trial():
            return (choice,)
        case ByTag():
            return (choice.other, choice.absent, *(made for _, made in choice.cases))
        case ByLiteral():
            return (choice.other, *(made for _, made in choice.cases))


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
