"""Tags: the property that tells the alternatives of a union apart.

Enters: the schemas of the alternatives. Leaves: a property that all objects among them
require, each with values of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..ir import Json, Schema
from ..json_value import json_key
from ..read import Root, referred_root
from ..values import dataclass


def properties_of(
    member: Schema, roots: Mapping[str, Root], seen: frozenset[str] = frozenset()
) -> dict[str, tuple[Schema, bool]]:
    """The properties that an alternative names, each with whether it is required."""
    found: dict[str, tuple[Schema, bool]] = {}
    parts = list(member.all_of)
    root = referred_root(member, roots)
    if root is not None and root.id not in seen:
        parts.append(root.schema)
        seen |= {root.id}
    for part in parts:
        found.update(properties_of(part, roots, seen))
    if member.object is not None:
        required = dict.fromkeys(member.object.required)
        for name, schema in member.object.properties:
            found[name] = (schema, name in required)
        for name in required:
            found[name] = (found[name][0] if name in found else Schema(), True)
    return found


@dataclass(frozen=True, slots=True)
class Tags:
    """A property that tells objects apart by its values.

    ``values`` and ``schemas`` have an entry for each alternative: its own values of
    the property, and the schema that lists them. ``()`` and None: it is no object.
    """

    key: str
    values: tuple[tuple[Json, ...], ...]
    schemas: tuple[Schema | None, ...]


def fixed_tags(members: Sequence[Schema], roots: Mapping[str, Root]) -> Tags | None:
    """The tag of a union, of which no two objects share a value.

    None unless two objects or more each require one.
    """
    for tags in _tags(members, roots):
        keys = [json_key(value) for listed in tags.values for value in listed]
        if len(set(keys)) == len(keys):
            return tags
    return None


def main_tags(members: Sequence[Schema], roots: Mapping[str, Root]) -> Tags | None:
    """The tag of a union, even if some objects share a value and another tells these.

    It is the one with the most values; None unless it has two.
    """

    def count(tags: Tags) -> int:
        return len({json_key(value) for listed in tags.values for value in listed})

    found = fixed_tags(members, roots)
    best = found or max(_tags(members, roots), key=count, default=None)
    return best if best is not None and count(best) > 1 else None


def _tags(members: Sequence[Schema], roots: Mapping[str, Root]) -> Iterator[Tags]:
    """The properties that all objects require, each with values that are listed."""
    objects = [properties_of(member, roots) for member in members]
    tagged = [found for found in objects if found]
    for key in tagged[0] if len(tagged) > 1 else ():
        if not all(key in found and found[key][1] for found in tagged):
            continue
        schemas = [
            _through(found[key][0], roots) if found else None for found in objects
        ]
        values = [() if schema is None else values_of(schema) for schema in schemas]
        if sum(map(bool, values)) == len(tagged):
            yield Tags(key, tuple(values), tuple(schemas))


def values_of(schema: Schema) -> tuple[Json, ...]:
    """The values other than null that a schema lists itself."""
    return tuple(value for value in schema.values or () if value is not None)


def _through(schema: Schema, roots: Mapping[str, Root]) -> Schema:
    root = referred_root(schema, roots)
    return schema if root is None else root.schema
