"""Fuzz for as many documents as wanted; what is found is kept with its spec.

    python -m fuzz [--documents N] [--first F] [--seed S] [--jobs J] [--keep FOLDER]

Exits with 1 if anything was found. A finding is run again by its seed and number:
`python -m fuzz --seed S --only NUMBER`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

from .documents import document
from .judge import Finding
from .run import run

BATCH = 100
"""Documents whose output is compiled together."""


def keep(seed: int, finding: Finding, folder: Path) -> None:
    """Put the spec of a finding, and what was wrong, where it can be looked at."""
    home = folder / f"{seed}-{finding.number}"
    document(seed, finding.number).write(home)
    (home / "finding.txt").write_text(finding.what, encoding="utf-8", errors="replace")


def main() -> int:
    """Run batches in as many processes as wanted, and tell what they found."""
    parser = argparse.ArgumentParser(prog="fuzz", description=(__doc__ or "")[:79])
    parser.add_argument("--documents", type=int, default=20_000, metavar="N")
    parser.add_argument("--first", type=int, default=0, help="begin with this number")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--jobs", type=int, default=2, metavar="J")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="run one document")
    parser.add_argument("--keep", type=Path, default=Path(".specloom/fuzz"))
    given = parser.parse_args()
    total, only = given.documents, given.only
    starts = range(given.first, total, BATCH)
    parts = [range(at, min(at + BATCH, total)) for at in starts]
    parts = parts if only is None else [range(only, only + 1)]
    counts: Counter[str] = Counter()
    found, start = 0, time.monotonic()
    fresh = multiprocessing.get_context("spawn")
    # A few batches to a process: what Python keeps of each module adds up.
    with fresh.Pool(given.jobs, maxtasksperchild=4) as pool:
        for tally in pool.imap_unordered(partial(run, given.seed), parts):
            counts += tally.counts
            for finding in tally.findings:
                found += 1
                keep(given.seed, finding, given.keep)
                print(f"document {finding.number}: {finding.what}", flush=True)
            _tell(counts, found, time.monotonic() - start)
    return 1 if found else 0


def _tell(counts: Counter[str], found: int, seconds: float) -> None:
    print(
        f"{counts['documents']:,} documents: {counts['made']:,} generated"
        f" ({counts['python verdicts']:,} verdicts in Python and"
        f" {counts['typescript verdicts']:,} in TypeScript),"
        f" {counts['refused']:,} refused,"
        f" {found:,} findings, {seconds:,.0f} s",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
