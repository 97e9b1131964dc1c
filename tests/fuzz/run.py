"""Run: the numbers of some documents enter; what came of them leaves, counted."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from . import batch
from .documents import TESTS, document
from .judge import Finding, Made, Refused, judge

TSC = TESTS.parent / "node_modules" / "typescript" / "bin" / "tsc"


@dataclass(slots=True)
class Tally:
    """What came of some documents."""

    findings: list[Finding] = field(default_factory=list[Finding])
    counts: Counter[str] = field(default_factory=Counter[str])


def run(seed: int, numbers: range) -> Tally:
    """Judge the documents of some numbers, and what has become of them."""
    tally = Tally()
    made: list[Made] = []
    with TemporaryDirectory(prefix="specloom-fuzz-") as name:
        folder = Path(name)
        for number in numbers:
            spec = document(seed, number)
            outcome = judge(number, spec, folder / "specs" / str(number))
            tally.counts["documents"] += 1
            tally.counts[type(outcome).__name__.lower()] += 1
            match outcome:
                case Made():
                    made.append(outcome)
                case Finding():
                    tally.findings.append(outcome)
                case Refused():
                    pass
        if not made:
            return tally
        cases = sum(len(item.cases) for item in made)
        tally.counts["python verdicts"] += cases
        tally.findings += batch.python(made, folder / "python")
        node = shutil.which("node")
        if node is not None and TSC.is_file():
            tally.counts["typescript verdicts"] += cases
            home = folder / "typescript"
            tally.findings += batch.typescript(made, home, TSC, Path(node))
    return tally
