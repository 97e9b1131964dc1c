"""Growth: how the processor time of some work grows with the size of its input.

Told by two sizes, one 16 times the other: what grows in proportion takes about 16 times
as long, and what grows with the square 256 times, however slow or busy the machine is.
"""

from __future__ import annotations

import time
from collections.abc import Callable

FACTOR = 16
TOO_MUCH = 80
"""Half way between 16 and 256 where things multiply, with room for a busy machine."""
TRIES = 5


def growth(make: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times as long the work takes for an input 16 times as large.

    Other work on the machine slows this down too, and not evenly: too much counts only
    if it is found each time.
    """
    found = float("inf")
    for _ in range(TRIES):
        if found >= TOO_MUCH:
            found = _spent(make(size * FACTOR)) / max(_spent(make(size)), 1e-6)
    return found


def _spent(work: Callable[[], object]) -> float:
    """The least processor time of three runs, in seconds."""
    least = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least
