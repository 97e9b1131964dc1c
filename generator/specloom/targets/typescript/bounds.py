"""Bounds: how deep what a check accepts can be nested, and how often it looks at it.

A check that says yes must vouch for the bound on nesting without counting levels. So
each knows how many levels it accepts at most; one that takes part in a recursion is
told how many rounds are left (``room``), and free values may have a few levels only.
What is deeper is left to the table, which counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MAX_LEVELS = 256
"""How many levels of nesting are accepted; as in the runtime."""
FREE_LEVELS = 32
"""How many levels of a free value a check looks at; as in the runtime."""
ROOM = 32
"""How many rounds a recursion gets."""
MAX_VISITS = 64
"""How often a check may look at the same value, alternatives tried in turn."""


class Bounds(NamedTuple):
    """What a check promises of the values that it accepts."""

    levels: int = 0
    """Levels of nesting, those behind a recursion not counted."""
    back: int = -1
    """Levels above the deepest place that leads back into a recursion, -1 if none."""
    visits: int = 1
    """How often it looks at one value at most."""
    rounds: int = 0
    """How often it leads back into a recursion with the same value."""

    @property
    def recursive(self) -> bool:
        """Whether it needs to know how many rounds are left."""
        return self.back >= 0

    def inside(self) -> Bounds:
        """The same one level further out."""
        back = self.back + 1 if self.recursive else -1
        return Bounds(self.levels + 1, back, self.visits, self.rounds)

    def closed(self) -> Bounds | None:
        """Seen from outside its recursion; None where it promises too little."""
        levels = self.levels + ROOM * max(self.back, 0)
        small = levels <= MAX_LEVELS and self.visits <= MAX_VISITS
        return Bounds(levels, visits=self.visits) if small and self.rounds < 2 else None


SCALAR = Bounds()
FREE = Bounds(FREE_LEVELS)
BACK = Bounds(0, 0, 1, 1)


def apart(bounds: Sequence[Bounds]) -> Bounds:
    """Checks of different values, or of one value that meets only one of them."""
    if len(bounds) == 1:
        return bounds[0]
    found = set(bounds) or {SCALAR}  # most are alike
    return found.pop() if len(found) == 1 else Bounds(*map(max, zip(*found)))


def together(bounds: Sequence[Bounds]) -> Bounds:
    """Checks of the same value, all of them or one after the other."""
    if len(bounds) == 1:
        return bounds[0]
    visits = max(sum(each.visits for each in bounds), 1)
    rounds = sum(each.rounds for each in bounds)
    return apart(bounds)._replace(visits=visits, rounds=rounds)
