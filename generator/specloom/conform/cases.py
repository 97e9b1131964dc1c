"""Cases: a spec enters, a labelled corpus leaves.

For each schema there are instances meant to be accepted (as little as possible, all
there is, some by chance; then one place at a time changed to each value that is special
there: every branch, fixed value, boundary, null, unknown property) and single faults
(``mutate.py``). At least half of them are valid, as far as that many are found; none
comes twice; the oracle labels them. The same seed gives the same corpus.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from random import Random

from ..ir import Json, Schema
from ..read import Root
from ..values import dataclass, field
from .mutate import faulty
from .oracle import Oracle
from .protocol import Case
from .readings import Reader
from .sampler import LARGEST, Fill, Sampler
from .turns import interleaved
from .walk import specials, walk

_PATIENCE = 6
"""Instances that are tried for each that is wanted."""
_BY_CHANCE = 1000
_MOST_DROPPED = 40
"""Instances of a schema that may grow too large before it is left alone."""


@dataclass(slots=True)
class Shortfall:
    """What a corpus lacks: schemas without any case, and with fewer than wanted.

    ``too_large`` counts instances that were dropped because they grew beyond
    ``LARGEST`` values, and ``untried`` the schemas that leave more choices among
    alternatives than were tried.
    """

    none: list[str] = field(default_factory=list[str])
    fewer: int = 0
    too_large: int = 0
    untried: int = 0


def instances(
    schema: Schema, reader: Reader, seed: str, shortfall: Shortfall | None = None
) -> Iterator[Json]:
    """Instances of a schema, those meant to be accepted in turn with faulty ones."""
    sampler = Sampler(reader, Random(seed))
    dropped = 0
    for value in _all_instances(sampler, schema):
        if sampler.room >= 0:
            yield value
        else:
            dropped += 1
            if dropped > _MOST_DROPPED:
                break
        sampler.room = LARGEST
    if shortfall is not None:
        shortfall.too_large += dropped


def _all_instances(sampler: Sampler, schema: Schema) -> Iterator[Json]:
    yield sampler.instance(schema, Fill.LITTLE)
    yield sampler.instance(schema, Fill.ALL)
    chance = (sampler.instance(schema, Fill.SOME) for _ in range(_BY_CHANCE))
    meant = interleaved((walk(sampler, schema, specials), chance))
    yield from interleaved((meant, faulty(sampler, schema)))


def make_cases(
    roots: Mapping[str, Root],
    named: Mapping[str, Root],
    oracle: Oracle,
    *,
    per_schema: int,
    seed: int,
    shortfall: Shortfall | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Case]:
    """The corpus: up to ``per_schema`` cases for each of the named schemas.

    A schema that the oracle cannot judge has none. ``shortfall`` is told what is not
    there, ``progress`` how many schemas have been seen to.
    """
    reader = Reader(roots)
    lacks = Shortfall() if shortfall is None else shortfall
    for number, root in enumerate(named.values()):
        progress(number)
        tried = instances(root.schema, reader, f"{seed} {root.name}", lacks)
        made = _labelled(root.name, tried, oracle, per_schema)
        lacks.fewer += 0 < len(made) < per_schema
        lacks.none += [] if made else [root.name]
        yield from made
    lacks.untried = reader.cut


def _labelled(
    schema: str, tried: Iterator[Json], oracle: Oracle, wanted: int
) -> list[Case]:
    found: dict[str, bool] = {}
    valid = 0
    for value in islice(tried, wanted * _PATIENCE):
        text = as_text(value)
        if text in found:
            continue
        label = oracle.accepts(schema, text)
        if label is None:
            continue
        found[text] = label
        valid += label
        if len(found) >= wanted and valid >= wanted - wanted // 2:
            break
    good = [text for text, label in found.items() if label]
    bad = [text for text, label in found.items() if not label]
    good = good[: max(wanted - wanted // 2, wanted - len(bad))]
    kept = {*good, *bad[: wanted - len(good)]}
    # Every other text beyond ASCII is written in escapes.
    escaped = {*[text for text in found if text in kept and not text.isascii()][1::2]}
    return [
        Case(schema, _escaped(text) if text in escaped else text, label)
        for text, label in found.items()
        if text in kept
    ]


def as_text(value: Json) -> str:
    """An instance as compact JSON; ``3.0`` and ``-0.0`` stay what they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _escaped(text: str) -> str:
    """The same with escapes for all but ASCII: surrogate pairs are to be read, too."""
    return "".join(
        char if char.isascii() else json.dumps(char).strip('"') for char in text
    )
