"""Alternatives: which members of a union can be meant by a value.

It is read off the tables once for each union: the kinds of JSON that a member takes,
and for several that take objects, the property that tells them apart. What is ruled out
here would fail for sure, so that the verdict does not depend on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .registry import Table, table_of
from .values import KINDS, comparable, is_container, is_object, is_of_kind, kind_of


class Tag(NamedTuple):
    """The property that tells objects apart, and who takes each of its values."""

    name: str
    values: list[Any]
    takers: dict[Any, list[Table]]


class Plan(NamedTuple):
    """The members of a union by the kind of value that they take."""

    by_kind: dict[str, list[Table]]
    tag: Tag | None

    def meant(self, value: Any) -> list[Table]:
        """The members that may accept a value."""
        members = self.by_kind.get(kind_of(value), [])
        tag = self.tag
        if tag is not None and is_object(value) and tag.name in value:
            return tag.takers.get(comparable(value[tag.name]), [])
        return members

    def expected(self) -> list[str]:
        """The kinds that a union takes, for people: a number covers the integers."""
        found = [kind for kind in KINDS if self.by_kind[kind]]
        return [k for k in found if k != "integer" or "number" not in found]


_plans: dict[int, tuple[list[Table], Plan]] = {}


def plan_of(union: list[Table]) -> Plan:
    """The plan of a union, which is made once."""
    known = _plans.get(id(union))
    if known is not None and known[0] is union:
        return known[1]
    by_kind = {kind: [t for t in union if _takes(t, kind)] for kind in KINDS}
    objects = by_kind["object"]
    plan = Plan(by_kind, _tag_of(objects) if len(objects) > 1 else None)
    _plans[id(union)] = union, plan
    return plan


def _takes(table: Table, kind: str) -> bool:
    """Whether assertions may accept a value of a kind."""
    if isinstance(table, bool):
        return table
    if "type" in table and not is_of_kind(kind, table["type"]):
        return False
    values = _own_values(table)
    if values is not None and kind not in map(kind_of, values):
        return False
    return all(_takes(member, kind) for member in _same_value(table)) and all(
        any(_takes(member, kind) for member in union) for union in _unions(table)
    )


def _same_value(table: dict[str, Any]) -> list[Table]:
    """The assertions that a value has to match too."""
    referred = [table_of(table["$ref"])] if "$ref" in table else []
    return [*referred, *table.get("allOf", ())]


def _unions(table: dict[str, Any]) -> list[list[Table]]:
    return [table[keyword] for keyword in ("anyOf", "oneOf") if keyword in table]


def _own_values(table: dict[str, Any]) -> list[Any] | None:
    """The values that assertions list themselves."""
    return [table["const"]] if "const" in table else table.get("enum")


def _listed_values(table: Table) -> list[Any] | None:
    """The values that assertions list; they accept no other."""
    if isinstance(table, bool):
        return None
    found = (_own_values(table), *map(_listed_values, _same_value(table)))
    return next((values for values in found if values is not None), None)


def _tag_of(members: list[Table]) -> Tag | None:
    """The property that tells most objects apart by what it has to be in each."""
    best: Tag | None = None
    for name in dict.fromkeys(_required_names(members[0])):
        tag = _tag(name, members)
        if tag is not None and len(tag.takers) > (len(best.takers) if best else 1):
            best = tag
    return best


def _tag(name: str, members: list[Table]) -> Tag | None:
    """Who takes each value of a property, if every member says which it takes."""
    values: dict[Any, Any] = {}
    takers: dict[Any, list[Table]] = {}
    for member in members:
        own = _values_at(member, name) if _requires(member, name) else None
        if own is None or any(map(is_container, own)):
            return None
        for value in own:
            key = comparable(value)
            values.setdefault(key, value)
            taking = takers.setdefault(key, [])
            if all(member is not other for other in taking):
                taking.append(member)
    return Tag(name, list(values.values()), takers)


def _required_names(table: Table) -> Iterator[str]:
    """The properties that an object may have to have."""
    if isinstance(table, bool):
        return
    yield from table.get("required", ())
    for member in _same_value(table):
        yield from _required_names(member)
    for union in _unions(table):
        for member in union:
            yield from _required_names(member)


def _requires(table: Table, name: str) -> bool:
    """Whether every object that assertions accept has a property."""
    if isinstance(table, bool):
        return False
    return (
        name in table.get("required", ())
        or any(_requires(member, name) for member in _same_value(table))
        or any(
            all(_requires(member, name) for member in _objects(union))
            for union in _unions(table)
        )
    )


def _values_at(table: Table, name: str) -> list[Any] | None:
    """The values that a property of an object may have, if they are listed."""
    if isinstance(table, bool):
        return None
    own = table.get("properties", {}).get(name)
    values = None if own is None else _listed_values(own)
    if values is not None:
        return values
    for member in _same_value(table):
        values = _values_at(member, name)
        if values is not None:
            return values
    for union in _unions(table):
        found = [_values_at(member, name) for member in _objects(union)]
        listed = [values for values in found if values is not None]
        if listed and len(listed) == len(found):
            return [value for values in listed for value in values]
    return None


def _objects(union: list[Table]) -> list[Table]:
    return [member for member in union if _takes(member, "object")]
