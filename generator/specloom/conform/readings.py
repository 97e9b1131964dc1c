"""Readings: the ways to satisfy a schema, each as rules that hold all at once.

Enters: a schema with its combinators and references. Leaves: one :class:`Reading` for
each choice among alternatives. ``not`` is left to whoever judges the instances.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from ..ir import (
    KINDS,
    NOWHERE,
    ArrayRules,
    Contains,
    Json,
    Kind,
    Number,
    NumberRules,
    ObjectRules,
    Schema,
)
from ..json_value import json_key, value_kind
from ..read import Root
from ..schema import StringRules
from .patterns import searches
from .scalars import fitting_numbers, fitting_strings
from .turns import combined, interleaved

MOST_READINGS = 200
"""Choices of one schema that are told apart; alternatives of alternatives multiply."""
_MOST_STEPS = 1_000
"""Schemas that are entered to find them; references in circles multiply, too."""


@dataclass(frozen=True)
class Reading:
    """Schemas that hold at once, their combinators aside; ``refs`` led to them."""

    parts: tuple[Schema, ...]
    refs: frozenset[str] = frozenset()

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that all parts allow; a whole number may be a ``number``."""
        kept: tuple[Kind, ...] = KINDS
        for part in self.parts:
            if part.kinds is not None:
                kept = tuple(kind for kind in kept if _allows(part.kinds, kind))
        return kept

    @property
    def wire_kinds(self) -> tuple[Kind, ...]:
        """The kinds, ``integer`` only where no other number is allowed."""
        any_number = "number" in self.kinds
        return tuple(k for k in self.kinds if not (any_number and k == "integer"))

    @cached_property
    def values(self) -> tuple[Json, ...] | None:
        """The fixed values that all parts list; None where no part lists any."""
        listed = [part.values for part in self.parts if part.values is not None]
        if not listed:
            return None
        others = [{json_key(value) for value in values} for values in listed[1:]]
        return tuple(
            value
            for value in listed[0]
            if (value_kind(value) in self.kinds or isinstance(value, int))
            and all(json_key(value) in other for other in others)
        )

    @cached_property
    def numbers(self) -> tuple[NumberRules, ...]:
        """The bounds of numbers."""
        return tuple(part.number for part in self.parts if part.number is not None)

    @cached_property
    def strings(self) -> tuple[StringRules, ...]:
        """The bounds of strings."""
        return tuple(part.string for part in self.parts if part.string is not None)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Strings that are meant to be accepted."""
        return tuple(fitting_strings(self.strings))

    @cached_property
    def amounts(self) -> tuple[Number, ...]:
        """Numbers that are meant to be accepted."""
        return tuple(fitting_numbers(self.numbers, whole="number" not in self.kinds))

    # --- arrays -----------------------------------------------------------------------

    @cached_property
    def arrays(self) -> tuple[ArrayRules, ...]:
        """The rules of arrays."""
        return tuple(part.array for part in self.parts if part.array is not None)

    @cached_property
    def lengths(self) -> tuple[int, int | None]:
        """The least and the greatest number of items."""
        return _range((rule.min_items, rule.max_items) for rule in self.arrays)

    @cached_property
    def items(self) -> tuple[Schema, ...]:
        """What each leading item has to be, and last what all others have to."""
        longest = max((len(rule.prefix) for rule in self.arrays), default=0)
        every: list[Schema] = []
        for index in range(longest + 1):
            said = [
                rule.prefix[index] if index < len(rule.prefix) else rule.items
                for rule in self.arrays
            ]
            every.append(_all_of(said if any(said) else self._left_over("array")))
        return tuple(every)

    def _left_over(self, kind: Kind) -> list[Schema]:
        """What is asked of an item or property of which nothing else is said."""
        rules = (rule for part in self.parts for rule in part.unevaluated)
        return [rule.rest for rule in rules if rule.kind == kind]

    @cached_property
    def contained(self) -> tuple[Contains, ...]:
        """How many items have to match some schema."""
        return tuple(r.contains for r in self.arrays if r.contains is not None)

    # --- objects ----------------------------------------------------------------------

    @cached_property
    def objects(self) -> tuple[ObjectRules, ...]:
        """The rules of objects."""
        return tuple(part.object for part in self.parts if part.object is not None)

    @cached_property
    def members(self) -> dict[str, Schema]:
        """What each property has to be that some part lists or requires."""
        listed = [name for rule in self.objects for name, _ in rule.properties]
        return {name: self.member(name) for name in (*listed, *self.required)}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The properties that have to be there."""
        return tuple(dict.fromkeys(n for rule in self.objects for n in rule.required))

    @cached_property
    def sizes(self) -> tuple[int, int | None]:
        """The least and the greatest number of properties."""
        rules = self.objects
        return _range((rule.min_properties, rule.max_properties) for rule in rules)

    @cached_property
    def names(self) -> Schema:
        """What the name of each property has to be (core, section 10.3.2.4)."""
        return _all_of(rule.names for rule in self.objects)

    def member(self, name: str) -> Schema:
        """What the property of a name has to be (core, section 10.3.2)."""
        said: list[Schema | None] = []
        for rule in self.objects:
            told = [schema for key, schema in rule.properties if key == name]
            told += [schema for text, schema in rule.patterns if searches(text, name)]
            said += told or [rule.additional]
        return _all_of(said if any(said) else self._left_over("object"))


def _allows(kinds: tuple[Kind, ...], kind: Kind) -> bool:
    return kind in kinds or (kind == "integer" and "number" in kinds)


def _range(rules: Iterable[tuple[int | None, int | None]]) -> tuple[int, int | None]:
    """The bounds that hold where all of these do."""
    pairs = list(rules)
    low = max((low for low, _ in pairs if low is not None), default=0)
    return low, min((high for _, high in pairs if high is not None), default=None)


def _all_of(schemas: Iterable[Schema | None]) -> Schema:
    said = {id(schema): schema for schema in schemas if schema is not None}
    every = tuple(said.values())
    return every[0] if len(every) == 1 else Schema(all_of=every)


def _key(schema: Schema) -> tuple[int, ...]:
    """What tells schemas apart; those that :func:`_all_of` makes are their parts."""
    parts = schema.all_of if schema.at == NOWHERE else ()
    return tuple(map(id, parts)) or (id(schema),)


@dataclass(slots=True)
class Reader:
    """Finds the readings of schemas, and remembers them.

    ``cut`` counts the schemas that leave more choices than are told apart.
    """

    roots: Mapping[str, Root]
    cut: int = 0
    _steps: int = 0
    _known: dict[tuple[int, ...], tuple[Schema, tuple[Reading, ...]]] = field(
        default_factory=dict[tuple[int, ...], tuple[Schema, tuple[Reading, ...]]]
    )
    _own: dict[int, tuple[Schema, Schema]] = field(
        default_factory=dict[int, tuple[Schema, Schema]]
    )

    def readings(self, schema: Schema) -> tuple[Reading, ...]:
        """The choices that a schema leaves, in the order of its alternatives.

        None of them where nothing is accepted.
        """
        key = _key(schema)
        known = self._known.get(key)
        if known is None:
            self._steps = 0
            found = (
                reading
                for reading in self._of(schema, frozenset())
                if reading.kinds and reading.values != ()
            )
            made = tuple(islice(found, MOST_READINGS))
            if self._steps > _MOST_STEPS or next(found, None) is not None:
                self.cut += 1
            # The schema is kept, too, so that each `id` stays its own.
            known = self._known[key] = (schema, made)
        return known[1]

    def _of(self, schema: Schema, seen: frozenset[str]) -> Iterator[Reading]:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return
        groups = [self._of(part, seen) for part in schema.all_of]
        refs: frozenset[str] = frozenset()
        if schema.ref is not None:
            if schema.ref in seen:  # round in a circle without a step down
                return
            refs = frozenset((schema.ref,))
            groups.append(self._of(self.roots[schema.ref].schema, seen | refs))
        for members in (schema.any_of, schema.one_of):
            if members:
                groups.append(interleaved([self._of(one, seen) for one in members]))
        for one in schema.conditions:
            met = Schema(all_of=(one.when, one.then))
            ways = [self._of(met, seen), self._of(one.otherwise, seen)]
            groups.append(interleaved(ways))
        own = self._without_combinators(schema)
        for choice in combined(groups, MOST_READINGS):
            self._steps += 1
            yield Reading(
                (own, *(part for reading in choice for part in reading.parts)),
                refs.union(*(reading.refs for reading in choice)),
            )

    def _without_combinators(self, schema: Schema) -> Schema:
        known = self._own.get(id(schema))
        if known is None:
            own = replace(
                schema, ref=None, all_of=(), any_of=(), one_of=(), conditions=()
            )
            known = self._own[id(schema)] = (schema, own)
        return known[1]
