"""The assertions of a spec, normalised: which JSON each schema accepts, to the letter.

One spelling for each meaning: one of null, of bounds, of constants. Annotations travel
along as :class:`Docs`. The classes are frozen; nothing here knows a language.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal, TypeAlias

from .diagnostics import Location
from .json_value import Json, Kind, Number
from .values import dataclass, field, fields, replace

NOWHERE = Location("")
"""The place of what no document says."""


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
    value_names: tuple[str, ...] = ()
    """What people call the fixed values, in the order of these."""
    value_texts: tuple[str, ...] = ()
    """What the fixed values mean, in the order of these."""


NO_DOCS = Docs()


def over(new: Docs, old: Docs) -> Docs:
    """What ``new`` tells people; what it leaves out is taken from ``old``."""
    if old == NO_DOCS or new == NO_DOCS:
        return new if old == NO_DOCS else old
    kept = {
        item.name: getattr(old, item.name)
        for item in fields(Docs)
        if getattr(new, item.name) == getattr(NO_DOCS, item.name)
    }
    return replace(new, **kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRules:
    """Bounds of a number (validation, section 6.2)."""

    minimum: Number | None = None
    maximum: Number | None = None
    exclusive_minimum: Number | None = None
    exclusive_maximum: Number | None = None
    multiple_of: Number | None = None


NO_NUMBER_RULES = NumberRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class StringRules:
    """Bounds of a string, lengths in Unicode code points (section 6.3)."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


NO_STRING_RULES = StringRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contains:
    """How many items match a schema (core, section 10.3.1.3; sections 6.4.4, 6.4.5)."""

    schema: Schema
    least: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayRules:
    """Rules of an array (section 6.4; core, section 10.3.1)."""

    prefix: tuple[Schema, ...] = ()
    items: Schema | None = None
    contains: Contains | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


EVERY_NAME = frozenset(("", "^", "$", ".*", "^.*", ".*$", r"[\s\S]*", r"^[\s\S]*$"))
"""Patterns that match any text; ``^.*$`` does not, as a ``.`` ends at a line break."""


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
class Conditional:
    """What is asked of a value that ``when`` accepts, and of others (core, 10.2.2)."""

    when: Schema
    then: Schema
    otherwise: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Unevaluated:
    """What is asked of all properties or items that no keyword has looked at.

    As read, these are the keywords of the schema that this is in (core, sections 11.2
    and 11.3). In a model they are those of ``within``, which asserts nothing that is
    not asserted beside it as well: so a schema can be taken apart.
    """

    kind: Literal["array", "object"]
    rest: Schema
    within: Schema | None = None


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
    conditions: tuple[Conditional, ...] = ()
    unevaluated: tuple[Unevaluated, ...] = ()
    format: str | None = field(default=None, compare=False)
    tag_hint: str | None = field(default=None, compare=False)
    """``discriminator.propertyName``: which property to try first as the tag."""
    default: Json | Missing = field(default=MISSING, compare=False)
    docs: Docs = field(default=NO_DOCS, compare=False)
    at: Location = field(default=NOWHERE, compare=False)


ANYTHING = Schema()
NOTHING = Schema(kinds=())
NULL = Schema(kinds=("null",))
