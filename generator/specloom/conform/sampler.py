"""Sampler: a schema enters, instances leave that are meant to be accepted.

There are three ways to fill a schema: as little as possible, all there is, or some of
it by chance. The same seed gives the same instances. Whether one is accepted is for the
oracle to say: ``not``, clashing rules and exotic patterns are not thought through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import islice
from random import Random
from typing import TypeAlias, TypeVar

from ..ir import Json, Kind, Schema
from ..json_value import json_key
from ..values import dataclass
from .readings import Reader, Reading
from .unlisted import allowed_names

T = TypeVar("T")

Contained: TypeAlias = Sequence[tuple[Schema, int]]

RECURSIONS = 3
"""How often a schema may stand inside itself."""
_DEEPEST = 12
_FULL_DEPTH = 4
"""Nesting below which an instance is finished with as little as possible."""
LARGEST = 2_000
"""Values in one instance; schemas that require one another multiply."""
_LONGEST = 100
"""Items or properties of what is made to reach a boundary."""
_PREFERRED: tuple[Kind, ...] = (
    *("object", "string", "integer", "number", "array", "boolean", "null"),
)


class Fill(Enum):
    """How much of what is optional an instance has."""

    LITTLE = "little"
    SOME = "some"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an instance: how deep, and the references that led there."""

    depth: int = 0
    refs: tuple[str, ...] = ()

    def inside(self, reading: Reading) -> Place:
        """A place one level further down."""
        return Place(self.depth + 1, (*self.refs, *reading.refs))


TOP = Place()


@dataclass(slots=True)
class Sampler:
    """Makes instances of the schemas of one spec.

    ``room`` is how many values the instance at hand may still have; what is made when
    there is none left is not complete.
    """

    reader: Reader
    random: Random
    room: int = LARGEST

    def readings(self, schema: Schema, at: Place) -> list[Reading]:
        """The ways to read a schema that do not lead into a recursion too often."""
        if at.depth > _DEEPEST:
            return []
        return [
            reading
            for reading in self.reader.readings(schema)
            if all(at.refs.count(ref) < RECURSIONS for ref in reading.refs)
        ]

    def instance(self, schema: Schema, fill: Fill, at: Place = TOP) -> Json:
        """One instance of a schema; null where there is none."""
        self.room -= 1
        if self.room < 0:
            return None
        options = self.readings(schema, at)
        if not options:
            return None
        if fill is Fill.SOME:
            reading = self.random.choice(options)
        else:
            # The first alternative that is a way out of a recursion.
            reading = min(options, key=lambda r: any(ref in at.refs for ref in r.refs))
        return self.fill(reading, fill, at)

    def fill(self, reading: Reading, fill: Fill, at: Place) -> Json:
        """One instance of a reading."""
        if reading.values is not None:
            return self._pick(reading.values, fill)
        kinds: list[Kind] = [kind for kind in _PREFERRED if kind in reading.kinds]
        kind = self._pick(kinds, fill)
        match kind:
            case "object":
                return self.object(reading, fill, at)
            case "array":
                return self.array(reading, fill, at)
            case "string":
                return self._pick(reading.texts, fill)
            case "integer" | "number":
                return self._pick(reading.amounts or (0,), fill)
            case "boolean":
                return self._pick([True, False], fill)
            case "null":
                return None

    def _pick(self, options: Sequence[T], fill: Fill) -> T:
        return self.random.choice(options) if fill is Fill.SOME else options[0]

    def shuffled(self, values: Iterable[T]) -> list[T]:
        """The values in an order that only the seed decides."""
        found = list(values)
        self.random.shuffle(found)
        return found

    def object(
        self, reading: Reading, fill: Fill, at: Place, size: int | None = None
    ) -> dict[str, Json]:
        """An object, in the order of the schema, of this size if that is possible."""
        inside = at.inside(reading)
        if at.depth >= _FULL_DEPTH:
            fill = Fill.LITTLE
        made: dict[str, Json] = {
            name: self.instance(reading.members[name], fill, inside)
            for name in self._chosen(reading, fill, inside, size)
        }
        missing = self._size(reading, fill, size) - len(made)
        more = allowed_names(reading, self.reader) if missing > 0 else ()
        for name in islice(more, max(0, missing)):
            made[name] = self.instance(reading.member(name), fill, inside)
        return made

    def _chosen(
        self, reading: Reading, fill: Fill, inside: Place, size: int | None
    ) -> list[str]:
        """The listed properties that an object is to have."""
        high = reading.sizes[1] if size is None else size
        room = None if high is None else high - len(reading.required)
        optional = [
            name
            for name, schema in reading.members.items()
            if name not in reading.required
            and (fill is Fill.ALL or (fill is Fill.SOME and self.random.random() < 0.5))
            and self.readings(schema, inside)
        ]
        kept = {*reading.required, *(optional if room is None else optional[:room])}
        return [name for name in reading.members if name in kept]

    def _size(self, reading: Reading, fill: Fill, size: int | None) -> int:
        """How many properties to reach with unlisted ones; a map has some anyway."""
        low, high = reading.sizes
        if size is not None:
            return min(size, _LONGEST)
        free = {Fill.LITTLE: 0, Fill.SOME: self.random.randint(0, 2), Fill.ALL: 2}
        wanted = 0 if reading.members else free[fill]
        return min(max(low, wanted), _LONGEST if high is None else high)

    def array(
        self,
        reading: Reading,
        fill: Fill,
        at: Place,
        length: int | None = None,
        contained: Contained | None = None,
    ) -> list[Json]:
        """An array, if possible of this length.

        ``contained``: how many items are to match a schema, if not as many as have to.
        """
        low, high = reading.lengths
        if at.depth >= _FULL_DEPTH:
            fill = Fill.LITTLE
        if length is None:
            whole = max(1, len(reading.items) - 1)
            chance = self.random.randint(0, 3)
            free = {Fill.LITTLE: 0, Fill.SOME: chance, Fill.ALL: whole}
            wanted = max(low, free[fill])
            length = wanted if high is None else min(wanted, high)
        inside = at.inside(reading)
        made: list[Json] = []
        for index in range(min(length, _LONGEST)):
            schema = reading.items[min(index, len(reading.items) - 1)]
            if not self.readings(schema, inside):
                break
            item = self.instance(schema, fill, inside)
            if any(rule.unique for rule in reading.arrays):
                item = self._another(item, made, schema, inside)
            made.append(item)
        if contained is None:
            contained = [(rule.schema, rule.least) for rule in reading.contained]
        if contained:
            self._contain(made, reading, contained, inside)
        return made

    def _contain(
        self, made: list[Json], reading: Reading, contained: Contained, at: Place
    ) -> None:
        """Let items match, from the last one on; more are added if there are few."""
        leading = len(reading.items) - 1
        index = len(made)
        for schema, count in contained:
            for _ in range(min(count, _LONGEST)):
                index -= 1
                if index < leading:
                    made.append(None)
                    index = len(made) - 1
                asked = reading.items[min(index, leading)]
                both = Schema(all_of=(asked, schema))
                made[index] = self.instance(both, Fill.SOME, at)

    def _another(self, item: Json, made: list[Json], schema: Schema, at: Place) -> Json:
        """An item that is not there yet, if chance finds one."""
        taken = {json_key(value) for value in made}
        for _ in range(20):
            if json_key(item) not in taken:
                break
            item = self.instance(schema, Fill.SOME, at)
        return item
