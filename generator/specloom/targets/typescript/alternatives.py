"""Alternatives: what tells the members of a union apart, read off their assertions.

Enters: schemas. Leaves: the kinds of JSON that each may take, and the property whose
value decides between objects. Promises: what is said to be ruled out is ruled out by
the standard; where nothing is sure, more is said to be possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from ...ir import Json, Kind, Schema
from ...json_value import WIRE_KINDS, value_kind
from ...values import dataclass

Scalar = bool | int | float | str | None
Kinds = frozenset[Kind]
Listed = tuple[Scalar, ...] | None
"""All the values that there can be; None where there are others."""
_NONE: Kinds = frozenset()
_ANY: Kinds = frozenset(WIRE_KINDS)


@dataclass(frozen=True, slots=True)
class Tag:
    """A property, and which members of a union take each of its values.

    ``wild`` are the members that list no values of it; they stand behind the others
    where they do not refuse the value. Members are indexes.
    """

    name: str
    cases: tuple[tuple[Scalar, tuple[int, ...]], ...]
    wild: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives; a value may match one of exclusive ones only."""

    members: tuple[Schema, ...]
    exclusive: bool
    tag_hint: str | None = None


def unions_of(schema: Schema) -> list[Union]:
    """The unions of a schema, those that are not exclusive first."""
    found: list[Union] = []
    if schema.any_of:
        found.append(Union(schema.any_of, False, schema.tag_hint))
    if schema.one_of:
        found.append(Union(schema.one_of, True, schema.tag_hint))
    return found


def _key(value: Json) -> tuple[str, Json]:
    """What tells values apart in JavaScript: 1 and 1.0 are one, 1 and true two."""
    return value_kind(value), value


@cache
def _wire_kinds(kinds: tuple[Kind, ...]) -> Kinds:
    return frozenset("number" if kind == "integer" else kind for kind in kinds)


class Alternatives:
    """Answers questions about schemas of one model; remembers what it found."""

    def __init__(self, schema: Callable[[str], Schema]) -> None:
        """``schema`` finds the schema of a declaration, none of which holds itself."""
        self._schema = schema
        self._kinds: dict[str, Kinds] = {}
        self._required: dict[tuple[str, str], bool] = {}
        self._listed: dict[str, Listed] = {}
        self._values: dict[tuple[str, str], Listed] = {}

    def kinds(self, schema: Schema) -> Kinds:
        """The kinds of value that a schema may accept."""
        found = _ANY if schema.kinds is None else _wire_kinds(schema.kinds)
        if schema.values is not None:
            found &= set(map(value_kind, schema.values))
        if schema.ref is not None:
            found &= self._kinds_of(schema.ref)
        for part in schema.all_of:
            found &= self.kinds(part)
        if schema.any_of:
            found &= _NONE.union(*map(self.kinds, schema.any_of))
        if schema.one_of:
            found &= _NONE.union(*map(self.kinds, schema.one_of))
        return found

    def _kinds_of(self, id_: str) -> Kinds:
        if id_ not in self._kinds:
            self._kinds[id_] = self.kinds(self._schema(id_))
        return self._kinds[id_]

    def listed(self, schema: Schema) -> Listed:
        """The values that a schema lists, all scalars; None where it takes others."""
        if schema.values is not None:
            found = [v for v in schema.values if not isinstance(v, list | dict)]
            return tuple(found) if len(found) == len(schema.values) else None
        if schema.ref is not None:
            if schema.ref not in self._listed:
                self._listed[schema.ref] = self.listed(self._schema(schema.ref))
            return self._listed[schema.ref]
        for part in schema.all_of:
            values = self.listed(part)
            if values is not None:
                return values
        for union in (schema.any_of, schema.one_of):
            values = _concatenated(map(self.listed, union)) if union else None
            if values is not None:
                return values
        return None

    def values_at(self, schema: Schema, name: str) -> Listed:
        """The values that an object of a schema can have at a property; None: any."""
        for key, member in schema.object.properties if schema.object else ():
            if key == name:
                values = self.listed(member)
                if values is not None:
                    return values
        if schema.ref is not None:
            values = self._values_of(schema.ref, name)
            if values is not None:
                return values
        for part in schema.all_of:
            values = self.values_at(part, name)
            if values is not None:
                return values
        for union in (schema.any_of, schema.one_of):
            members = [m for m in union if "object" in self.kinds(m)]
            values = _concatenated(self.values_at(m, name) for m in members)
            if members and values is not None:
                return values
        return None

    def _values_of(self, id_: str, name: str) -> Listed:
        key = (id_, name)
        if key not in self._values:
            self._values[key] = self.values_at(self._schema(id_), name)
        return self._values[key]

    def requires(self, schema: Schema, name: str) -> bool:
        """Whether every object of a schema surely has a property."""
        if schema.object is not None and name in schema.object.required:
            return True
        if schema.ref is not None and self._ref_requires(schema.ref, name):
            return True
        if any(self.requires(part, name) for part in schema.all_of):
            return True
        return any(
            all(self.requires(m, name) for m in union if "object" in self.kinds(m))
            for union in (schema.any_of, schema.one_of)
            if union
        )

    def _ref_requires(self, id_: str, name: str) -> bool:
        key = (id_, name)
        if key not in self._required:
            self._required[key] = self.requires(self._schema(id_), name)
        return self._required[key]

    def disjoint(self, members: Sequence[Schema]) -> bool:
        """Whether every value surely matches one member at most."""
        kinds = [self.kinds(member) for member in members]
        for kind in _ANY:
            takers = [m for m, mine in zip(members, kinds) if kind in mine]
            keys: set[tuple[str, Json]] = set()
            for member in takers if len(takers) > 1 else ():
                listed = self.listed(member)
                mine = {_key(v) for v in listed or () if value_kind(v) == kind}
                if listed is None or mine & keys:
                    return False
                keys |= mine
        return True

    def tag(self, members: Sequence[Schema], hint: str | None) -> Tag | None:
        """The property that tells most of some members apart, if one does."""
        if len(members) < 2:
            return None
        names = [] if hint is None else [hint]
        names += self._names(members[0], set())
        best: Tag | None = None
        for name in dict.fromkeys(names):
            most = len(best.wild) if best is not None else len(members) - 1
            values = self._all_at(members, name, most)
            if values is None:
                continue
            found = self._tag(members, name, values)
            if len(found.cases) > 1 and (best is None or _sure(found) > _sure(best)):
                best = found
        return best

    def _all_at(
        self, members: Sequence[Schema], name: str, most: int
    ) -> list[Listed] | None:
        """The values at a property of each; None if more than so many take any."""
        found: list[Listed] = []
        for member in members:
            values = self.values_at(member, name)
            most -= values is None
            if most < 0:
                return None
            found.append(values)
        return found

    def _tag(
        self, members: Sequence[Schema], name: str, values: Sequence[Listed]
    ) -> Tag:
        """What a property tells; ``values`` are those it has in each member."""
        cases: dict[tuple[str, Json], tuple[Scalar, list[int]]] = {}
        for index, listed in enumerate(values):
            for value in listed or ():
                _, takers = cases.setdefault(_key(value), (value, []))
                if index not in takers:
                    takers.append(index)
        wild = [index for index, listed in enumerate(values) if listed is None]
        refused = {index: self._refused_at(members[index], name) for index in wild}
        found: list[tuple[Scalar, tuple[int, ...]]] = []
        for key, (value, takers) in cases.items():
            takers += [index for index in wild if key not in refused[index]]
            found.append((value, tuple(takers)))
        return Tag(name, tuple(found), tuple(wild))

    def _refused_at(self, schema: Schema, name: str) -> frozenset[tuple[str, Json]]:
        """The values that an object of a schema surely does not have at a property."""
        if schema.ref is not None:
            return self._refused_at(self._schema(schema.ref), name)
        members = dict(schema.object.properties) if schema.object else {}
        unwanted = members[name].not_ if name in members else None
        if unwanted is None or unwanted != Schema(values=unwanted.values):
            return frozenset()
        texts = (value for value in unwanted.values or () if isinstance(value, str))
        return frozenset(map(_key, texts))

    def _names(self, schema: Schema, seen: set[str]) -> Iterator[str]:
        """The properties that a schema names, itself or through others."""
        if schema.object is not None:
            yield from (name for name, _ in schema.object.properties)
        if schema.ref is not None and schema.ref not in seen:
            seen.add(schema.ref)
            yield from self._names(self._schema(schema.ref), seen)
        for part in (*schema.all_of, *schema.any_of, *schema.one_of):
            yield from self._names(part, seen)


def _sure(tag: Tag) -> tuple[int, int]:
    """How well a tag tells members apart: few that take any value, many sure cases."""
    return -len(tag.wild), sum(len(takers) == 1 for _, takers in tag.cases)


def _concatenated(
    lists: Iterable[Listed],
) -> Listed:
    found: list[Scalar] = []
    for values in lists:
        if values is None:
            return None
        found += values
    return tuple(found)
