"""Tables: assertions as data, for the validators of generated packages and for people.

Enters: :class:`ir.Schema`. Leaves: plain JSON in the vocabulary of JSON Schema 2020-12,
normalised, without annotations. Each target prints it as a literal of its language; the
small validator that every package carries walks it, so the verdict is the same in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .diagnostics import Location
from .ir import ArrayRules, Decl, Json, NumberRules, ObjectRules, Schema, StringRules
from .parts import applied, edited, parts
from .schema import ANYTHING, NULL, Conditional
from .values import replace

Table = dict[str, Json]
NameRef = Callable[[str], str]
"""From the identity of a declaration to what ``$ref`` says in the table."""
_Inner = Callable[[Schema], Table | bool]


class Outline:
    """Finds inline declarations again where they stand, so that each is said once."""

    def __init__(self, decls: Iterable[Decl]) -> None:
        self._homes: dict[Location, Decl] = {}
        for decl in decls:
            if decl.inline:
                self._homes.setdefault(decl.schema.at, decl)

    def inside(self, schema: Schema) -> Schema:
        """A schema with references for what has a table of its own inside it."""
        return edited(schema, self._settled) if parts(schema) else schema

    def _settled(self, schema: Schema) -> Schema:
        found = self.of(schema)
        return self.inside(schema) if found is schema else found

    def of(self, schema: Schema) -> Schema:
        """A reference in place of a schema, if that has a table of its own."""
        home = self._homes.get(schema.at)
        if home is None:
            return schema
        if home.schema == schema:
            return Schema(ref=home.id)
        if _takes_null(schema):
            kinds = tuple(kind for kind in schema.kinds or () if kind != "null")
            if home.schema == replace(schema, kinds=kinds):
                return Schema(any_of=(Schema(ref=home.id), NULL))
        return schema


def _takes_null(schema: Schema) -> bool:
    """Whether null is among the types, and nothing else has a say in it."""
    combined = schema.ref is not None or bool(applied(schema))
    fixed = schema.values is not None and None not in schema.values
    return "null" in (schema.kinds or ()) and not fixed and not combined


def assertions(
    schema: Schema, name_ref: NameRef, outline: Outline | None = None
) -> Table | bool:
    """The table of one schema; ``True`` accepts everything, ``False`` nothing.

    With an outline it refers to what has a table of its own inside the schema.
    """

    def inner(member: Schema) -> Table | bool:
        found = member if outline is None else outline.of(member)
        return assertions(found, name_ref, outline)

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
    table.update(_combined(schema, inner))
    return table or True


def _combined(schema: Schema, inner: _Inner) -> Table:
    """What other schemas ask of the same value."""
    table: Table = {}
    for keyword, members in (
        ("allOf", schema.all_of),
        ("anyOf", schema.any_of),
        ("oneOf", schema.one_of),
    ):
        if members:
            table[keyword] = [inner(member) for member in members]
    if schema.not_ is not None:
        table["not"] = inner(schema.not_)
    more: list[Json] = []
    if schema.conditions:
        first, *others = [_conditional(one, inner) for one in schema.conditions]
        table.update(first)
        more += others
    for rule in schema.unevaluated:
        said: Table = {_UNEVALUATED[rule.kind]: inner(rule.rest)}
        if rule.within is None:
            table.update(said)
        else:
            within = inner(rule.within)
            more.append({**said, **within} if isinstance(within, dict) else said)
    if more:
        if schema.unevaluated:  # which is quicker to tell when unions are decided
            table.pop("allOf", None)
        table["allOf"] = [*map(inner, schema.all_of), *more]
    return table


_UNEVALUATED = {"array": "unevaluatedItems", "object": "unevaluatedProperties"}


def patterns_within(table: Json) -> Iterator[str]:
    """The patterns that decide what is left over, those behind a ``$ref`` aside."""
    if isinstance(table, list):
        for member in table:
            yield from patterns_within(member)
    elif isinstance(table, dict):
        patterns = table.get("patternProperties")
        yield from patterns if isinstance(patterns, dict) else ()
        for keyword in ("allOf", "anyOf", "oneOf", "if", "then", "else"):
            yield from patterns_within(table.get(keyword))


def _conditional(one: Conditional, inner: _Inner) -> Table:
    table: Table = {"if": inner(one.when)}
    if one.then != ANYTHING:
        table["then"] = inner(one.then)
    if one.otherwise != ANYTHING:
        table["else"] = inner(one.otherwise)
    return table


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
    if rules.contains is not None:
        table["contains"] = inner(rules.contains.schema)
        if rules.contains.least != 1:
            table["minContains"] = rules.contains.least
        if rules.contains.most is not None:
            table["maxContains"] = rules.contains.most
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
