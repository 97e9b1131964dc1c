"""Cases: a spec enters, a labelled corpus leaves.

For each schema there are instances meant to be accepted (as little as possible, all
there is, some by chance; then one place at a time changed to each value that is special
there: every branch, fixed value, boundary, null, unknown property) and single faults
(``mutate.py``). At least half of them are valid, as far as that many are found; none
comes twice; the oracle labels them. The same seed gives the same corpus.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random

from ..ir import Json, Schema
from ..read import Root
from .mutate import faulty
from .oracle import Oracle
from .protocol import Case
from .readings import Reader
from .sampler import Fill, Sampler
from .walk import interleaved, specials, walk

_PATIENCE = 6
"""Instances that are tried for each that is wanted."""
_BY_CHANCE = 1000


def instances(schema: Schema, reader: Reader, seed: str) -> Iterator[Json]:
    """Instances of a schema, those meant to be accepted in turn with faulty ones."""
    sampler = Sampler(reader, Random(seed))
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
) -> Iterator[Case]:
    """The corpus: up to ``per_schema`` cases for each of the named schemas.

    A schema that the oracle cannot judge has none.
    """
    reader = Reader(roots)
    for root in named.values():
        yield from _of_schema(root, reader, oracle, per_schema, f"{seed} {root.name}")


def _of_schema(
    root: Root, reader: Reader, oracle: Oracle, wanted: int, seed: str
) -> list[Case]:
    found: dict[str, bool] = {}
    valid = 0
    for value in islice(instances(root.schema, reader, seed), wanted * _PATIENCE):
        text = as_text(value)
        if text in found:
            continue
        label = oracle.accepts(root.name, text)
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
    return [Case(root.name, text, found[text]) for text in found if text in kept]


def as_text(value: Json) -> str:
    """An instance as compact JSON; ``3.0`` and ``-0.0`` stay what they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
