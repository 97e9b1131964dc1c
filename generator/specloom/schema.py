"""The assertions of a spec, normalised: which JSON each schema accepts, to the letter.

One spelling for each meaning: one of null, of bounds, of constants. Annotations travel
along as :class:`Docs`. The classes are frozen; nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields
from enum import Enum
from itertools import islice
from operator import attrgetter, is_
from typing import Literal, TypeAlias

from .diagnostics import Location
from .values import dataclass, replace

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

WIRE_KINDS: tuple[Kind, ...] = (
    "null",
    "boolean",
    "number",
    "string",
    "array",
    "object",
)
"""The kinds that can be told apart by looking at a value."""


NOWHERE = Location("")
"""The place of what no document says."""


def value_kind(value: Json) -> Kind:
    """The wire kind of a JSON value; numbers are all of one."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"


def json_key(value: Json) -> str:
    """A text that is equal for two values exactly when JSON Schema calls them equal.

    Core, section 4.2.2: numbers by value (``1`` is ``1.0``), booleans are no numbers,
    objects without order.
    """
    match value:
        case bool() | None:
            return repr(value)
        case int() | float():
            return repr(int(value)) if value == int(value) else repr(value)
        case str():
            return "s" + repr(value)
        case list():
            return "[" + ",".join(map(json_key, value)) + "]"
        case dict():
            members = sorted((repr(k), json_key(v)) for k, v in value.items())
            return "{" + ",".join(f"{k}:{v}" for k, v in members) + "}"


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

_ASSERTIONS = tuple(item.name for item in fields(Schema) if item.compare)
_assertions_of = attrgetter(*_ASSERTIONS)
_NONE_OF_THEM = _assertions_of(ANYTHING)


def asserted(schema: Schema) -> tuple[str, ...]:
    """The names of the attributes in which a schema asserts anything, in order."""
    said = zip(_ASSERTIONS, _assertions_of(schema), _NONE_OF_THEM)
    return tuple([name for name, value, nothing in said if value != nothing])


def referred(schema: Schema) -> str | None:
    """The declaration that a schema refers to, if it does nothing else."""
    return schema.ref if schema.ref and asserted(schema) == ("ref",) else None


def applied(schema: Schema) -> list[Schema]:
    """The parts of a schema that apply to the same value (core, section 10.2)."""
    found = [*schema.all_of, *schema.any_of, *schema.one_of]
    if schema.not_ is not None:
        found.append(schema.not_)
    if schema.conditions:  # which is faster than a loop over nothing
        for one in schema.conditions:
            found += (one.when, one.then, one.otherwise)
    if schema.unevaluated:
        found += [one.within for one in schema.unevaluated if one.within is not None]
    return found


def parts(schema: Schema) -> list[Schema]:
    """The schemas that stand directly inside a schema, first those :func:`applied`."""
    found = applied(schema)
    if schema.array is not None or schema.object is not None or schema.unevaluated:
        found += held(schema)
    return found


def held(schema: Schema) -> list[Schema]:
    """The parts of a schema that apply to what a value holds (core, section 10.3)."""
    found: list[Schema] = []
    array, rules = schema.array, schema.object
    if array is not None:
        found += array.prefix
        if array.items is not None:
            found.append(array.items)
        if array.contains is not None:
            found.append(array.contains.schema)
    if rules is not None:
        found += [member for _, member in rules.properties]
        if rules.patterns:
            found += [member for _, member in rules.patterns]
        if rules.additional is not None:
            found.append(rules.additional)
        if rules.names is not None:
            found.append(rules.names)
    if schema.unevaluated:
        found += [one.rest for one in schema.unevaluated]
    return found


def edited(schema: Schema, edit: Callable[[Schema], Schema]) -> Schema:
    """A schema with each schema directly inside it replaced.

    It is the same object where nothing is.
    """
    old = parts(schema)
    new = [edit(part) for part in old]
    if all(map(is_, old, new)):
        return schema
    left = iter(new)  # in the order of `parts`

    def some(members: tuple[Schema, ...]) -> tuple[Schema, ...]:
        return tuple(islice(left, len(members)))

    def optional(member: Schema | None) -> Schema | None:
        return None if member is None else next(left)

    def named(
        members: tuple[tuple[str, Schema], ...],
    ) -> tuple[tuple[str, Schema], ...]:
        return tuple((name, next(left)) for name, _ in members)

    all_of, any_of, one_of = map(some, (schema.all_of, schema.any_of, schema.one_of))
    not_ = optional(schema.not_)
    conditions = tuple(
        Conditional(when=next(left), then=next(left), otherwise=next(left))
        for _ in schema.conditions
    )
    withins = [optional(one.within) for one in schema.unevaluated]
    array, object_ = schema.array, schema.object
    if array is not None:
        prefix, items = some(array.prefix), optional(array.items)
        contains = array.contains
        if contains is not None:
            contains = replace(contains, schema=next(left))
        array = replace(array, prefix=prefix, items=items, contains=contains)
    if object_ is not None:
        object_ = replace(
            object_,
            properties=named(object_.properties),
            patterns=named(object_.patterns),
            additional=optional(object_.additional),
            names=optional(object_.names),
        )
    unevaluated = tuple(
        replace(one, within=within, rest=next(left))
        for one, within in zip(schema.unevaluated, withins)
    )
    return replace(
        schema,
        array=array,
        object=object_,
        all_of=all_of,
        any_of=any_of,
        one_of=one_of,
        not_=not_,
        conditions=conditions,
        unevaluated=unevaluated,
    )
