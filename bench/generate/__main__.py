"""Time whole processes, from start to files on disk, ours and a peer's in turn.

    python -m bench.generate [SPEC ...] [--runs N]

Enters: OpenAPI documents; without any, the canonical spec. Leaves: a table on standard
output. The runs are interleaved, so that a busy machine slows both alike; the median of
each is shown, and how many times as long the peer took.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
CANONICAL = CHECKOUT / "spec" / "openapi.yaml"


@dataclass(frozen=True, slots=True)
class Contender:
    """One command line; ``{spec}`` and ``{out}`` are filled in for each run."""

    name: str
    command: tuple[str, ...]

    def seconds(self, spec: Path) -> float | None:
        """Wall time of one run into a new folder; None where the command fails."""
        with tempfile.TemporaryDirectory() as folder:
            places = {"spec": spec, "out": Path(folder) / "out"}
            command = [part.format(**places) for part in self.command]
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, check=False)
            return time.perf_counter() - start if done.returncode == 0 else None


def ours(*targets: str) -> Contender:
    """Specloom with some targets."""
    flags = tuple(word for target in targets for word in ("-t", target))
    base = (sys.executable, "-m", "specloom", "generate", "{spec}")
    return Contender(f"specloom ({', '.join(targets)})", (*base, *flags, "-o", "{out}"))


PEER = Contender(
    "datamodel-code-generator (dataclass)",
    (
        sys.executable,
        *("-m", "datamodel_code_generator"),
        *("--input", "{spec}", "--input-file-type", "openapi"),
        *("--output-model-type", "dataclasses.dataclass"),
        *("--output", "{out}.py"),
    ),
)

PAIRS = (
    (ours("python"), PEER),
    (ours("python", "typescript", "markdown"), PEER),
)


def median(times: Sequence[float | None]) -> float | None:
    """The median of the runs, None where any failed."""
    good = [seconds for seconds in times if seconds is not None]
    return statistics.median(good) if len(good) == len(times) else None


def shown(seconds: float | None) -> str:
    """Seconds for the table."""
    return "failed" if seconds is None else f"{seconds:.2f} s"


def rows(spec: Path, runs: int) -> list[tuple[str, str, str, str, str]]:
    """One row a pair: the spec, both names and medians, and the ratio."""
    contenders = list(dict.fromkeys(one for pair in PAIRS for one in pair))
    times: dict[Contender, list[float | None]] = {one: [] for one in contenders}
    for turn in range(runs):
        for one in contenders:
            print(f"{spec.name}: run {turn + 1}, {one.name}", file=sys.stderr)
            times[one].append(one.seconds(spec))
    found: list[tuple[str, str, str, str, str]] = []
    for mine, peer in PAIRS:
        own, other = median(times[mine]), median(times[peer])
        ratio = f"{other / own:.1f}" if own and other else "-"
        left = f"{mine.name}: {shown(own)}"
        found.append((spec.name, left, peer.name, shown(other), ratio))
    return found


def main() -> int:
    """Measure and print a Markdown table."""
    about = "Time whole processes, ours and a peer's in turn."
    parser = argparse.ArgumentParser(prog="bench.generate", description=about)
    parser.add_argument("specs", nargs="*", type=Path, default=[CANONICAL])
    parser.add_argument("--runs", type=int, default=5, help="runs of each (default: 5)")
    arguments = parser.parse_args()
    print("Spec | Specloom | Peer | Peer's time | Times as long")
    print("---- | -------- | ---- | ----------- | -------------")
    for spec in arguments.specs:
        for row in rows(spec, arguments.runs):
            print(" | ".join(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
