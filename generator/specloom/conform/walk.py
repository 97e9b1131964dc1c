"""Walk: through the places of a schema, one changed at a time.

Enters: a schema and a function that says what to put at a place. Leaves: whole
instances, each valid but for what was put. What is special at a place is here; what is
wrong there is in ``mutate.py``. Places take turns, so that a few instances already show
a little of everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from typing import TypeAlias

from ..ir import KINDS, Json, Kind, Schema
from .readings import Reading
from .sampler import TOP, Fill, Place, Sampler
from .turns import interleaved
from .unlisted import NAMES, allowed_names

Putter: TypeAlias = Callable[[Sampler, Schema, Reading, Place], Iterator[Json]]
"""What to put at a place that is read in a certain way."""

DEEPEST = 8
"""Nesting down to which places are changed."""
ANYTHING: tuple[Json, ...] = (
    {},
    None,
    True,
    2**53 + 1,
    3.0,
    "text",
    [],
    [1, {"a": None}],
    {"b": [-0.0, ""]},
)
"""Something for a place that takes every kind of value."""
_BASES = (Fill.LITTLE, Fill.LITTLE, Fill.SOME, Fill.LITTLE, Fill.ALL)
"""What surrounds a place: mostly little, so that cases stay short."""


def walk(
    sampler: Sampler, schema: Schema, put: Putter, at: Place = TOP
) -> Iterator[Json]:
    """Instances with one place changed."""
    options = sampler.shuffled(sampler.readings(schema, at))
    return interleaved(_in_reading(sampler, schema, made, put, at) for made in options)


def _in_reading(
    sampler: Sampler, schema: Schema, reading: Reading, put: Putter, at: Place
) -> Iterator[Json]:
    streams = [put(sampler, schema, reading, at)]
    if at.depth < DEEPEST and reading.values is None:
        if reading.objects and "object" in reading.kinds:
            streams += _members(sampler, reading, put, at)
        if reading.arrays and "array" in reading.kinds:
            streams += _items(sampler, reading, put, at)
    yield from interleaved(sampler.shuffled(streams))


def _members(
    sampler: Sampler, reading: Reading, put: Putter, at: Place
) -> Iterator[Iterator[Json]]:
    """For each property a stream of objects in which it is changed."""

    def changed(name: str, schema: Schema) -> Iterator[Json]:
        inside = at.inside(reading)
        for value, fill in zip(walk(sampler, schema, put, inside), cycle(_BASES)):
            yield {**sampler.object(reading, fill, at), name: value}

    for name, schema in reading.members.items():
        yield changed(name, schema)
    for name in islice(allowed_names(reading, sampler.reader), 2):
        schema = reading.member(name)
        if schema != Schema():
            yield changed(name, schema)


def _items(
    sampler: Sampler, reading: Reading, put: Putter, at: Place
) -> Iterator[Iterator[Json]]:
    """For each position a stream of arrays in which it is changed."""
    low = reading.lengths[0]

    def changed(index: int, schema: Schema) -> Iterator[Json]:
        for value in walk(sampler, schema, put, at.inside(reading)):
            around = sampler.array(reading, Fill.LITTLE, at, max(low, index + 1))
            yield [*around[:index], value, *around[index + 1 :]]

    for index, schema in enumerate(reading.items):
        if schema != Schema():
            yield changed(index, schema)


def specials(
    sampler: Sampler, schema: Schema, reading: Reading, at: Place
) -> Iterator[Json]:
    """The values that are special at a place, and meant to be accepted."""
    rules = reading.numbers or reading.strings or reading.arrays or reading.objects
    if reading.values is not None:
        yield from sampler.shuffled(reading.values)
    elif reading.kinds == KINDS and not rules:
        yield from sampler.shuffled(ANYTHING)
    else:
        yield from interleaved(
            _of_kind(kind, sampler, reading, at) for kind in reading.wire_kinds
        )


def _of_kind(
    kind: Kind, sampler: Sampler, reading: Reading, at: Place
) -> Iterator[Json]:
    match kind:
        case "null":
            yield None
        case "boolean":
            yield from sampler.shuffled((True, False))
        case "string":
            yield from sampler.shuffled(reading.texts)
        case "integer" | "number":
            yield from sampler.shuffled(reading.amounts)
        case "array":
            for length in edges(reading.lengths, (0, 1, 2)):
                yield sampler.array(reading, Fill.SOME, at, length)
            for rule in reading.contained:
                asked = [
                    (rule.schema, rule.least + 1 if rule.most is None else rule.most)
                ]
                yield sampler.array(reading, Fill.SOME, at, contained=asked)
        case "object":
            yield from _objects(sampler, reading, at)


def edges(bounds: tuple[int, int | None], others: Iterable[int] = ()) -> Iterator[int]:
    """Counts at and near the bounds, and others, that are within them."""
    low, high = bounds
    near = [low, low + 1, *others] + ([] if high is None else [high, high - 1])
    for count in dict.fromkeys(near):
        if low <= count <= (count if high is None else high):
            yield count


def _objects(sampler: Sampler, reading: Reading, at: Place) -> Iterator[Json]:
    yield sampler.object(reading, Fill.LITTLE, at)
    yield sampler.object(reading, Fill.ALL, at)
    names = islice(allowed_names(reading, sampler.reader), len(NAMES))
    for name in sampler.shuffled(names):
        value = sampler.random.choice(ANYTHING)
        schema = reading.member(name)
        if schema != Schema():
            value = sampler.instance(schema, Fill.SOME, at.inside(reading))
        yield {**sampler.object(reading, Fill.LITTLE, at), name: value}
    yield sampler.object(reading, Fill.SOME, at)
    if reading.sizes != (0, None):
        for size in edges(reading.sizes):
            yield sampler.object(reading, Fill.SOME, at, size)
