"""`--profile`: seconds by phase, which add up to the run."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from shell import folder, run
from specloom.cache import CACHE_VARIABLE
from specloom.timing import Timing

__all__ = ["folder"]  # a fixture, which pytest finds here

PHASES = [
    "start-up", "load", "read", "build", "typescript lower", "markdown lower",
    "typescript render", "markdown render", "findings", "write", "remember", "other",
]  # fmt: skip


@pytest.mark.usefixtures("folder")
def test_every_phase_is_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(Path("cache").resolve()))
    for _ in range(2):  # the second is no shorter, as the work is to be seen
        ran = run("generate pets.yaml -t typescript -t markdown --profile")
        assert ran.status == 0
        rows = [line.rsplit(maxsplit=2) for line in ran.err.splitlines()]
        at = PHASES.index("build")
        phases = [*PHASES[:at], "earlier pages", *PHASES[at:]]
        assert [row[0] for row in rows] == ["phase", *phases, "total"]
        assert rows[-1][2] == "100%"
        assert ran.out.startswith("Test: 3 models, 2 targets: ")


@pytest.mark.usefixtures("folder")
def test_machines_get_a_line_of_json() -> None:
    ran = run("generate pets.yaml -t typescript -t markdown --profile --format json")
    assert ran.findings == []
    seconds = json.loads(ran.err.splitlines()[-1])["seconds"]
    assert list(seconds) == [*PHASES, "total"]
    assert all(spent >= 0 for spent in seconds.values())


def test_phases_add_up_and_may_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [10.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    timing = Timing(before=0.5)
    for phase, spent in (("a", 1.0), ("b", 2.0), ("other", 4.0), ("a", 8.0)):
        timing(phase)
        now[0] += spent
    assert timing.seconds() == {"start-up": 0.5, "a": 9.0, "b": 2.0, "other": 4.0}
    assert list(timing.seconds())[-1] == "other"
    assert timing.as_text().splitlines()[-1] == "total      15.500   100%"
