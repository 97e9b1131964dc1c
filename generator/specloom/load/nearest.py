"""Nearest: a name that is not there and those that are in; a hint out.

Promises the same words for the same names, and a time that hardly grows with how many
there are: a spec may have thousands of wrong names among thousands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_LONGEST = 100
"""Comparing longer names for likeness takes too long, and helps nobody."""
_FEW = 32
"""How many names are compared with the wrong one."""


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint that offers the names most like a wrong one, or all if they are few."""
    return _nearest(name, tuple(names))


@lru_cache(maxsize=64)  # one slip tends to be made many times
def _nearest(name: str, names: tuple[str, ...]) -> str:
    import difflib  # which most runs do not need

    order = _in_order(names)
    if len(name) <= _LONGEST and (
        close := difflib.get_close_matches(name, order.around(name))
    ):
        return f"did you mean {' or '.join(f'`{x}`' for x in close)}?"
    if 0 < len(order.names) <= 8:
        return f"there is only {', '.join(f'`{x}`' for x in order.names)}"
    return "check the spelling"


class _Order(NamedTuple):
    """Names of which one may be meant, and what finds those like another of many.

    ``starts`` and ``ends`` pair each name with itself in lower case, forwards and
    backwards, in order.
    """

    names: list[str]
    starts: list[tuple[str, str]]
    ends: list[tuple[str, str]]

    def around(self, name: str) -> Iterable[str]:
        """All names if they are few, else those that begin or end most alike."""
        if len(self.names) <= _FEW:
            return self.names
        key, found = name.lower(), dict[str, None]()
        for pairs, wanted in ((self.starts, key), (self.ends, key[::-1])):
            at = bisect_left(pairs, (wanted, ""))
            neighbours = pairs[max(at - _FEW // 4, 0) : at + _FEW // 4]
            found.update((x, None) for _, x in neighbours)
        return found


@lru_cache(maxsize=4)
def _in_order(names: tuple[str, ...]) -> _Order:
    short = [x for x in names if len(x) <= _LONGEST]
    keys = [x.lower() for x in short]
    ends = sorted((key[::-1], x) for key, x in zip(keys, short))
    return _Order(short, sorted(zip(keys, short)), ends)
