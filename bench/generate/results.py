"""What the runs have found: medians by contender, the goals, tables and a chart.

Enters: medians of wall times. Leaves: Markdown and SVG. Peers are named with what they
write; a ratio says how many times as long a peer takes as Specloom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.chart import Group, drawn
from bench.generate.growth import Growth
from bench.generate.sizes import Size
from bench.report import (
    GOAL_HEADER,
    Goal,
    spelled_ratio,
    spelled_seconds,
    table,
    times_as_long,
)

DATACLASSES = "datamodel-code-generator, dataclasses"
TYPES = "openapi-typescript"
HEY_API = "hey-api, types"
PYTHON, TYPESCRIPT, ALL = "Python", "TypeScript", "Python, TypeScript, Markdown"
AS_JSON = "Python, from JSON"
UNCHANGED, EDITED = "nothing to do", "one schema edited"
BARE, HELP, VERSION = "bare Python", "--help", "--version"

Key = tuple[str, str]
"""The name of a size, or the empty string, and that of a contender."""

_BOUNDS: Mapping[str, tuple[float, float]] = {
    # at least so many times as long: datamodel-code-generator, openapi-typescript
    "session": (4, 4),
    "realtime": (8, 4),
    "all": (15, 4),
}
_PAIRS = (
    (PYTHON, DATACLASSES),
    (TYPESCRIPT, TYPES),
    (TYPESCRIPT, HEY_API),
    (ALL, TYPES),
)


@dataclass(frozen=True, slots=True)
class Results:
    """Medians of one run of the benchmark."""

    sizes: Sequence[Size]
    seconds: Mapping[Key, float | None]

    def ratio(self, size: str, other: str, own: str) -> float | None:
        """How many times as long the other takes."""
        return times_as_long(
            self.seconds.get((size, other)), self.seconds.get((size, own))
        )

    def above(self, key: Key, base: Key) -> float | None:
        """How many seconds longer one takes than another."""
        longer, shorter = self.seconds.get(key), self.seconds.get(base)
        return None if longer is None or shorter is None else longer - shorter

    def goals(self) -> list[Goal]:
        """The promises, with what was found."""
        made: list[Goal] = []
        for size, (python, typescript) in _BOUNDS.items():
            for bound, own, other in (
                (python, PYTHON, DATACLASSES),
                (typescript, TYPESCRIPT, TYPES),
            ):
                found = self.ratio(size, other, own)
                made.append(Goal(f"{size}: {other} / {own}", "at least", bound, found))
        found = self.ratio("all", TYPES, ALL)
        made.append(Goal(f"all: {TYPES} / {ALL}", "at least", 1, found))
        found = self.above(("all", PYTHON), ("all", AS_JSON))
        made.append(Goal("all: seconds of YAML above JSON", "at most", 0.4, found))
        for size, bound in (("ours", 4.0), ("all", 8.0)):
            found = times_as_long(
                self.seconds.get((size, UNCHANGED)), self.seconds.get(("", BARE))
            )
            made.append(Goal(f"{size}: {UNCHANGED} / {BARE}", "at most", bound, found))
        found = self.ratio("all", EDITED, PYTHON)
        made.append(Goal(f"all: {EDITED} / {PYTHON}", "at most", 0.5, found))
        for flag in (HELP, VERSION):
            found = self.above(("", flag), ("", BARE))
            made.append(Goal(f"{flag}: seconds above {BARE}", "at most", 0.06, found))
        return made

    def page(self, conditions: str) -> str:
        """The section of the page of results."""
        rows = [
            (f"{size.name}, {size.schemas:,} schemas", *row)
            for size in self.sizes
            for row in self._rows(size.name)
        ]
        header = ("Spec", "Specloom", "", "Peer", "", "Times as long")
        own = [
            (name or "-", what, spelled_seconds(seconds))
            for (name, what), seconds in self.seconds.items()
            if what in (AS_JSON, UNCHANGED, EDITED, BARE, HELP, VERSION)
        ]
        goals = [goal.row() for goal in self.goals() if goal.found is not None]
        return "\n\n".join(
            [
                conditions,
                table(header, rows),
                "Without a peer:",
                table(("Spec", "Run", "Median"), own),
                "What was aimed at:",
                table(GOAL_HEADER, goals),
            ]
        )

    def _rows(self, size: str) -> list[tuple[str, str, str, str, str]]:
        return [
            (
                own,
                spelled_seconds(self.seconds[size, own]),
                other,
                spelled_seconds(self.seconds[size, other]),
                spelled_ratio(self.ratio(size, other, own)),
            )
            for own, other in _PAIRS
            if (size, own) in self.seconds and (size, other) in self.seconds
        ]

    def chart(self) -> str:
        """The ratios as bars."""
        groups = [
            Group(
                f"{size.name}: {size.schemas:,} schemas",
                tuple(
                    (f"{other} / {own}", self.ratio(size.name, other, own))
                    for own, other in _PAIRS
                    if (size.name, other) in self.seconds
                ),
            )
            for size in self.sizes
        ]
        return drawn("A peer's time over Specloom's", groups)


def growth_page(found: Sequence[Growth], conditions: str) -> str:
    """The section on growth."""
    rows = [
        (
            growth.family,
            f"{point.schemas:,}",
            spelled_seconds(point.seconds),
            f"{point.memory / 1e6:.0f} MB",
        )
        for growth in found
        for point in growth.points
    ]
    goals = [goal.row() for growth in found for goal in growth.goals()]
    return "\n\n".join(
        [
            conditions,
            table(("Spec", "Schemas", "Time", "Peak memory"), rows),
            table(GOAL_HEADER, goals),
        ]
    )
