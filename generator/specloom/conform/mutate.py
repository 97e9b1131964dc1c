"""Mutate: a schema enters, instances with a single fault leave.

A fault is put at one place of an instance that is otherwise meant to be accepted: the
wrong kind, one beyond a boundary, a property missing or too many, another branch's tag,
two alternatives at once. Now and then what is put is no fault after all: the oracle
labels what comes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..ir import Json, Kind, Schema
from ..json_value import value_kind
from .readings import Reading
from .sampler import Fill, Place, Sampler
from .scalars import beside_numbers, beside_strings
from .turns import interleaved
from .unlisted import forbidden_names
from .walk import walk

WRONG: tuple[Json, ...] = (None, True, 7, 1.5, "7", "true", [], {}, [None], False, -1)
"""Something of each kind, to stand where another is wanted."""


def faulty(sampler: Sampler, schema: Schema) -> Iterator[Json]:
    """Instances with one fault."""
    return walk(sampler, schema, faults)


def faults(
    sampler: Sampler, schema: Schema, reading: Reading, at: Place
) -> Iterator[Json]:
    """What is wrong at a place that is read in a certain way."""
    streams = [iter(sampler.shuffled(_wrong_kinds(reading)))]
    if reading.values is not None:
        streams.append(iter(sampler.shuffled(_other_values(reading.values))))
    else:
        streams += [_of_kind(kind, sampler, reading, at) for kind in reading.wire_kinds]
    excluded = [part.not_ for part in reading.parts if part.not_ is not None]
    streams += [_instances(sampler, schema, at) for schema in excluded]
    streams.append(_clashes(sampler, schema, reading, at))
    yield from interleaved(streams)


def _instances(sampler: Sampler, schema: Schema, at: Place) -> Iterator[Json]:
    yield sampler.instance(schema, Fill.LITTLE, at)
    yield sampler.instance(schema, Fill.ALL, at)
    yield from (sampler.instance(schema, Fill.SOME, at) for _ in range(4))


def _wrong_kinds(reading: Reading) -> Iterator[Json]:
    for value in WRONG:
        kind = value_kind(value)
        whole = kind == "number" and value == int(str(value).partition(".")[0])
        if kind not in reading.kinds and not (whole and "integer" in reading.kinds):
            yield value


def _other_values(values: tuple[Json, ...]) -> Iterator[Json]:
    """Values that are not listed, though they look like it."""
    for value in values:
        yield [value]
        if isinstance(value, str):
            yield from (f"{value}_other", value.upper(), f"{value} ", "")
        else:
            yield str(value)
            yield {"value": value}


def _of_kind(
    kind: Kind, sampler: Sampler, reading: Reading, at: Place
) -> Iterator[Json]:
    match kind:
        case "string":
            yield from sampler.shuffled(beside_strings(reading.strings))
        case "integer" | "number":
            whole = "number" not in reading.kinds
            yield from sampler.shuffled(beside_numbers(reading.numbers, whole=whole))
        case "array":
            low, high = reading.lengths
            for length in (low - 1, -1 if high is None else high + 1):
                if length >= 0:
                    yield sampler.array(reading, Fill.SOME, at, length)
            if any(rule.unique for rule in reading.arrays):
                yield sampler.array(reading, Fill.SOME, at, max(1, low - 1)) * 2
            if not sampler.readings(reading.items[-1], at):
                yield [*sampler.array(reading, Fill.ALL, at), "surprise"]
            for rule in reading.contained:
                for count in (rule.least - 1, (rule.most or 0) + 1):
                    asked = [(rule.schema, count)]
                    yield sampler.array(reading, Fill.LITTLE, at, contained=asked)
        case "object":
            yield from _objects(sampler, reading, at)
        case _:
            return


def _objects(sampler: Sampler, reading: Reading, at: Place) -> Iterator[Json]:
    for name in sampler.shuffled(reading.required):
        made = sampler.object(reading, sampler.random.choice([*Fill]), at)
        yield {key: value for key, value in made.items() if key != name}
    for name in islice(forbidden_names(reading, sampler.reader), 4):
        yield {**sampler.object(reading, Fill.LITTLE, at), name: "surprise"}
    low, high = reading.sizes
    if low > len(reading.required):
        yield sampler.object(reading, Fill.LITTLE, at, low - 1)
    if high is not None:
        yield sampler.object(reading, Fill.ALL, at, high + 1)


def _clashes(
    sampler: Sampler, schema: Schema, reading: Reading, at: Place
) -> Iterator[Json]:
    """What lies between this alternative and another: both at once, or its tag."""
    for other in sampler.shuffled(sampler.readings(schema, at)):
        if other is reading or "object" not in {*reading.kinds} & {*other.kinds}:
            continue
        mine = sampler.object(reading, Fill.LITTLE, at)
        its = sampler.object(other, Fill.LITTLE, at)
        yield {**its, **mine}
        for name, value in its.items():
            if isinstance(value, str) and mine.get(name, value) != value:
                yield {**mine, name: value}
