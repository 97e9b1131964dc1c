"""How time and memory grow with the number of schemas.

Enters: the sizes to try. Leaves: for each family of synthetic specs the seconds and the
peak memory of each size, and the exponent that fits them: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Process
from pathlib import Path

from bench.generate.contenders import arguments
from bench.generate.specs import FAMILIES, document
from bench.report import Goal

SIZES = (1_000, 10_000, 50_000)
TARGETS = ("python", "typescript")
MOST_MEMORY = 1e9
STEEPEST = 1.15
"""The exponent that still counts as linear; caches and the file system take a share."""


@dataclass(frozen=True, slots=True)
class Point:
    """One run: schemas, wall seconds, bytes at the peak."""

    schemas: int
    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Growth:
    """The runs of one family, from the smallest to the largest."""

    family: str
    points: tuple[Point, ...]

    @property
    def time_exponent(self) -> float:
        """The slope of the logarithm of the time."""
        return slope([(p.schemas, p.seconds) for p in self.points])

    @property
    def memory_exponent(self) -> float:
        """The slope of the logarithm of the peak memory."""
        return slope([(p.schemas, p.memory) for p in self.points])

    def goals(self) -> list[Goal]:
        """Linear time, linear memory, and not too much of it."""
        name, peak = self.family, max(point.memory for point in self.points)
        return [
            Goal(f"{name}: exponent of time", "at most", STEEPEST, self.time_exponent),
            Goal(
                f"{name}: exponent of memory", "at most", STEEPEST, self.memory_exponent
            ),
            Goal(f"{name}: GB at the peak", "at most", MOST_MEMORY / 1e9, peak / 1e9),
        ]


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the least-squares line through the logarithms of the points."""
    xs, ys = ([math.log(point[axis]) for point in points] for axis in (0, 1))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((a - x) * (b - y) for a, b in zip(xs, ys))
    below = sum((a - x) ** 2 for a in xs)
    return above / below if below else math.nan


def measure(folder: Path, sizes: Sequence[int]) -> list[Growth]:
    """Run every family at every size, one after the other."""
    found: list[Growth] = []
    for family in FAMILIES:
        points: list[Point] = []
        for size in sizes:
            print(f"growth: {family}, {size} schemas", file=sys.stderr)
            points.append(_run(family, size, folder))
        found.append(Growth(family, tuple(points)))
    return found


def _write(spec: Path, family: str, size: int) -> None:
    spec.write_text(json.dumps(document(family, size)), encoding="utf-8")


def _run(family: str, size: int, folder: Path) -> Point:
    """One process, with the peak that the system has seen of it."""
    spec, out = folder / f"{family}.json", folder / f"{family}-{size}"
    # By another process: a peak counts what the parent of a process held when it began.
    writing = Process(target=_write, args=(spec, family, size))
    writing.start()
    writing.join()
    command = [sys.executable, "-m", "specloom", *arguments(spec, out, TARGETS)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"growth: {family}, {size}: exit {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2) of each system
    return Point(size, seconds, usage.ru_maxrss * unit)
