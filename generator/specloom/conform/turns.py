"""Turns: streams enter, their items leave in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, product
from typing import TypeVar

T = TypeVar("T")


def interleaved(streams: Iterable[Iterator[T]]) -> Iterator[T]:
    """One of each in turn, until all have ended."""
    waiting = list(streams)
    while waiting:
        left: list[Iterator[T]] = []
        for stream in waiting:
            for value in islice(stream, 1):
                left.append(stream)
                yield value
        waiting = left


def combined(groups: Sequence[Iterator[T]], most: int) -> Iterator[tuple[T, ...]]:
    """One of each group, in up to so many ways.

    Each of the first ``most`` of a group is in one of the first of them. A single
    group is not read ahead.
    """
    if len(groups) == 1:
        yield from ((item,) for item in islice(groups[0], most))
        return
    found = [list(islice(group, most)) for group in groups]
    if not all(found):
        return
    each = (
        tuple(index % len(items) for items in found)
        for index in range(max(map(len, found), default=1))
    )
    every = product(*(range(len(items)) for items in found))
    for places in islice(dict.fromkeys(chain(each, islice(every, most))), most):
        yield tuple(items[index] for items, index in zip(found, places))
