"""What both benchmarks share: interleaved runs, ratios, and the page of results.

Enters: timings by contender. Leaves: Markdown tables, and sections of a page between
`<!-- NAME -->` and `<!-- /NAME -->` that are replaced by what a run found. Nothing here
names the machine beyond its cores and the versions of what ran.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal, TypeVar

README = Path(__file__).parent / "README.md"

Key = TypeVar("Key", bound=Hashable)


def interleaved(
    contenders: Mapping[Key, Callable[[], float | None]],
    runs: int,
    announce: Callable[[int, Key], None] | None = None,
) -> dict[Key, float | None]:
    """Call each contender in turn, ``runs`` times over; the median of each.

    A contender returns seconds, or None where it failed; one failure makes its median
    None and it is not called again. Taking turns slows all alike on a busy machine.
    """
    times: dict[Key, list[float]] = {key: [] for key in contenders}
    failed: set[Key] = set()
    for turn in range(runs):
        for key, measure in contenders.items():
            if key in failed:
                continue
            if announce is not None:
                announce(turn, key)
            seconds = measure()
            if seconds is None:
                failed.add(key)
            else:
                times[key].append(seconds)
    return {
        key: None if key in failed else statistics.median(found)
        for key, found in times.items()
    }


def times_as_long(other: float | None, own: float | None) -> float | None:
    """How many times as long (or as large) the other is; None where one is missing."""
    return other / own if own and other is not None else None


def spelled_ratio(ratio: float | None) -> str:
    """A ratio with the digits that a noisy machine deserves: `0.34`, `2.7`, `41`."""
    if ratio is None:
        return "-"
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.{1 if ratio < 10 else 0}f}"


def spelled_seconds(seconds: float | None) -> str:
    """Seconds with three digits and a fitting unit: `812 ns`, `3.41 µs`, `1.20 s`."""
    if seconds is None:
        return "failed"
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= scale:
            amount = seconds / scale
            return f"{amount:.{2 if amount < 10 else 1 if amount < 100 else 0}f} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise in numbers: ``found`` is to be at least or at most ``bound``."""

    what: str
    relation: Literal["at least", "at most"]
    bound: float
    found: float | None

    @property
    def met(self) -> bool:
        """Whether it was measured and is kept."""
        if self.found is None:
            return False
        if self.relation == "at least":
            return self.found >= self.bound
        return self.found <= self.bound

    def row(self) -> tuple[str, str, str, str]:
        """What, bound, found, and whether it is met, for a table."""
        found = "not measured" if self.found is None else f"{self.found:.2f}"
        met = "yes" if self.met else "-" if self.found is None else "**no**"
        return (self.what, f"{self.relation} {self.bound:g}", found, met)


GOAL_HEADER = ("Goal", "Bound", "Found", "Met")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, without a line's end after the last row."""
    rules = ["-" * max(3, len(cell)) for cell in header]
    return "\n".join(" | ".join(cells) for cells in (header, rules, *rows))


def tool_version(*command: str) -> str | None:
    """What a tool's ``--version`` prints; None where it does not run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip().removeprefix("v")


def conditions(command: str) -> str:
    """One sentence: the command, the day (UTC, by the clock), and what it ran on."""
    cores = os.cpu_count() or 1
    parts = [
        f"{cores} core{'s' if cores > 1 else ''}",
        f"{platform.python_implementation()} {platform.python_version()}",
    ]
    node = tool_version("node", "--version")
    if node is not None:
        parts.append(f"Node.js {node}")
    day = datetime.now(timezone.utc).date().isoformat()
    return f"`{command}` on {day}, {', '.join(parts)}."


def put_section(page: Path, name: str, body: str) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- /name -->`` in a page.

    Raises:
        SystemExit: the page lacks the marks.
    """
    text = page.read_text(encoding="utf-8")
    first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found_first, rest = text.partition(first)
    _, found_last, after = rest.partition(last)
    if not (found_first and found_last):
        sys.exit(f"{page}: has no section {first} ... {last}")
    page.write_text(f"{before}{first}\n{body.strip()}\n{last}{after}", encoding="utf-8")
