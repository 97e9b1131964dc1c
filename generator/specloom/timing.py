"""Timing: told when each phase of a run begins; leaves the seconds of each.

The time between two calls belongs to the phase of the first one, so the phases and
what is under no phase add up to the whole run.
"""

from __future__ import annotations

import json
import time

START_UP = "start-up"
OTHER = "other"


class Timing:
    """A clock that is always running for one phase.

    Args:
        before: seconds that start-up has taken so far.
    """

    def __init__(self, before: float = 0.0) -> None:
        self._seconds = {START_UP: before}
        self._phase = START_UP
        self._since = time.perf_counter()

    def __call__(self, phase: str, _count: int = 0, _total: int = 0, /) -> None:
        """A phase begins, or goes on; the one before pauses."""
        now = time.perf_counter()
        spent = self._seconds.get(self._phase, 0.0)
        self._seconds[self._phase] = spent + now - self._since
        self._phase, self._since = phase, now

    def seconds(self) -> dict[str, float]:
        """The seconds of each phase so far, in the order in which they began."""
        self(OTHER)
        found = dict(self._seconds)
        found[OTHER] = found.pop(OTHER, 0.0)  # the last, whenever it began
        return found

    def as_json(self) -> str:
        """One line: ``{"seconds": {phase: seconds, ..., "total": seconds}}``."""
        found = self.seconds()
        found["total"] = sum(found.values())
        rounded = {phase: round(spent, 6) for phase, spent in found.items()}
        return json.dumps({"seconds": rounded})

    def as_text(self) -> str:
        """A table with a line for each phase, and the total."""
        found = self.seconds()
        total = sum(found.values())
        width = max(map(len, found))
        lines = [f"{'phase':{width}}  seconds  share"]
        for phase, spent in (*found.items(), ("total", total)):
            lines.append(f"{phase:{width}}  {spent:7.3f}  {spent / total:5.0%}")
        return "\n".join(lines)
