"""Tables: assertions as data, for the validators of generated packages and for people.

Enters: :class:`ir.Schema`. Leaves: plain JSON in the vocabulary of JSON Schema 2020-12,
normalised, without annotations. Each target prints it as a literal of its language; the
small validator that every package carries walks it, so the verdict is the same in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .diagnostics import Location
from .ir import ArrayRules, Decl, Json, NumberRules, ObjectRules, Schema, StringRules

Table = dict[str, Json]
NameRef = Callable[[str], str]
"""From the identity of a declaration to what ``$ref`` says in the table."""
Home = Callable[[Schema], str | None]
"""The identity of the declaration whose table a schema inside another one has."""
_Inner = Callable[[Schema], Table | bool]


def homes(decls: Iterable[Decl]) -> Home:
    """Find inline declarations again where they stand, so that each is said once."""
    by_place: dict[Location, Decl] = {d.schema.at: d for d in decls if d.inline}

    def home(schema: Schema) -> str | None:
        decl = by_place.get(schema.at)
        return decl.id if decl is not None and decl.schema == schema else None

    return home


def _nowhere(schema: Schema) -> None:
    """No declaration has a table of its own but those that are referred to."""


def assertions(
    schema: Schema, name_ref: NameRef, home: Home = _nowhere
) -> Table | bool:
    """The table of one schema; ``True`` accepts everything, ``False`` nothing.

    What ``home`` knows is referred to and not repeated.
    """

    def inner(member: Schema) -> Table | bool:
        known = home(member)
        if known is not None:
            return {"$ref": name_ref(known)}
        return assertions(member, name_ref, home)

    if schema.kinds == ():
        return False
    table: Table = {}
    if schema.ref is not None:
        table["$ref"] = name_ref(schema.ref)
    if schema.kinds is not None:
        kinds: list[Json] = list(schema.kinds)
        table["type"] = kinds[0] if len(kinds) == 1 else kinds
    if schema.values is not None:
        if len(schema.values) == 1:
            table["const"] = schema.values[0]
        else:
            table["enum"] = list(schema.values)
    if schema.number is not None:
        table.update(_numbers(schema.number))
    if schema.string is not None:
        table.update(_strings(schema.string))
    if schema.array is not None:
        table.update(_arrays(schema.array, inner))
    if schema.object is not None:
        table.update(_objects(schema.object, inner))
    for keyword, members in (
        ("allOf", schema.all_of),
        ("anyOf", schema.any_of),
        ("oneOf", schema.one_of),
    ):
        if members:
            table[keyword] = [inner(member) for member in members]
    if schema.not_ is not None:
        table["not"] = inner(schema.not_)
    return table or True


def _said(pairs: dict[str, Json]) -> Table:
    return {key: value for key, value in pairs.items() if value is not None}


def _numbers(rules: NumberRules) -> Table:
    return _said(
        {
            "minimum": rules.minimum,
            "maximum": rules.maximum,
            "exclusiveMinimum": rules.exclusive_minimum,
            "exclusiveMaximum": rules.exclusive_maximum,
            "multipleOf": rules.multiple_of,
        }
    )


def _strings(rules: StringRules) -> Table:
    return _said(
        {
            "minLength": rules.min_length,
            "maxLength": rules.max_length,
            "pattern": rules.pattern,
        }
    )


def _arrays(rules: ArrayRules, inner: _Inner) -> Table:
    table: Table = {}
    if rules.prefix:
        table["prefixItems"] = [inner(item) for item in rules.prefix]
    if rules.items is not None:
        table["items"] = inner(rules.items)
    counts = {"minItems": rules.min_items, "maxItems": rules.max_items}
    return table | _said({**counts, "uniqueItems": rules.unique or None})


def _objects(rules: ObjectRules, inner: _Inner) -> Table:
    table: Table = {}
    for keyword, members in (
        ("properties", rules.properties),
        ("patternProperties", rules.patterns),
    ):
        if members:
            table[keyword] = {name: inner(member) for name, member in members}
    if rules.required:
        table["required"] = list(rules.required)
    if rules.additional is not None:
        table["additionalProperties"] = inner(rules.additional)
    if rules.names is not None:
        table["propertyNames"] = inner(rules.names)
    return table | _said(
        {"minProperties": rules.min_properties, "maxProperties": rules.max_properties}
    )
