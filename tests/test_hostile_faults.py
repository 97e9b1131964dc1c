"""Faults of the machine, in processes of their own: killed, full, crowded, out of time.

Each file is then its old or its new state, what we do not own is untouched, and the
next run mends the rest.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from folders import tree
from shell import folder as folder
from small_specs import openapi

COMMAND = [sys.executable, "-m", "specloom"]
SIZES = (60, 40)
KILLS = 8


def write_specs() -> None:
    """Two states of one API; each has schemas that the other lacks."""
    for name, size in zip(("old", "new"), SIZES):
        lines = [
            f"{name.title()}{i}: {{type: object, properties: {{{name}: {{}}}}}}"
            for i in range(size)
        ]
        text = openapi("\n".join(["Both: {type: object, title: " + name + "}", *lines]))
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def generate(name: str, output: str = "out") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "generate", f"{name}.yaml", "-o", output],
        capture_output=True,
        text=True,
        check=False,
    )


def states(folder: Path) -> tuple[dict[str, bytes | None], dict[str, bytes | None]]:
    """What the two specs become, each in a folder of its own."""
    write_specs()
    for name in ("old", "new"):
        assert generate(name, name).returncode == 0
    return tree(folder / "old"), tree(folder / "new")


@pytest.mark.slow
def test_killed_at_random_the_next_run_mends_it(folder: Path) -> None:
    old, new = states(folder)
    assert generate("old").returncode == 0
    (folder / "out" / "mine.txt").write_text("mine")
    chance = random.Random(7)
    kills = turns = 0
    longest = 0.6
    while kills < KILLS:
        assert turns < 100
        turns += 1
        name = ("new", "old")[turns % 2]
        started = subprocess.Popen(
            [*COMMAND, "generate", f"{name}.yaml", "-o", "out"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.05, 1) * longest)
        started.send_signal(signal.SIGKILL)
        if started.wait() == -signal.SIGKILL:
            kills += 1
            longest *= 1.2  # so that it is met at work, however fast the machine is
        else:
            longest /= 1.5
        for path in (folder / "out").rglob("*.py"):
            kept = path.relative_to(folder / "out").as_posix()
            # A new file is made in place, so it may be cut; one that was is whole.
            whole = {x for x in (old.get(kept), new.get(kept)) if x is not None}
            assert any(x.startswith(path.read_bytes()) for x in whole), path
    assert generate("new").returncode == 0
    assert (folder / "out" / "mine.txt").read_text() == "mine"
    (folder / "out" / "mine.txt").unlink()
    assert tree(folder / "out") == new


def test_two_at_once_leave_the_state_of_one(folder: Path) -> None:
    old, new = states(folder)
    running = [
        subprocess.Popen(
            [*COMMAND, "generate", f"{name}.yaml", "-o", "out"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("old", "new", "old", "new")
    ]
    for one in running:
        _, told = one.communicate()
        # It waits for the others; on a busy machine perhaps in vain.
        assert one.returncode == 0 or "error[busy]" in told, told
    assert tree(folder / "out") in (old, new)


def test_a_limit_on_the_size_of_files(folder: Path) -> None:
    """Each write ends in EFBIG, as on a disk that is full it would in ENOSPC."""
    pytest.importorskip("resource")
    old, new = states(folder)
    assert generate("old").returncode == 0
    (folder / "out" / "mine.txt").write_text("mine")
    limited = subprocess.run(
        [
            sys.executable,
            "-c",
            "import resource, signal, sys; from specloom.cli import main;"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
            "sys.exit(main(['generate', 'new.yaml', '-o', 'out']))",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert limited.returncode == 1, limited.stderr
    assert "error[write-failed]" in limited.stderr
    assert "Traceback" not in limited.stderr
    assert generate("new").returncode == 0
    assert (folder / "out" / "mine.txt").read_text() == "mine"
    (folder / "out" / "mine.txt").unlink()
    assert tree(folder / "out") == new
    assert old != new


def test_a_clock_that_goes_back_hides_no_change(folder: Path) -> None:
    write_specs()
    spec = Path("spec.yaml")
    spec.write_text(Path("old.yaml").read_text())
    assert generate("spec").returncode == 0
    for path in (folder / "out").rglob("*"):
        os.utime(path, (2**32, 2**32))  # the year 2106
    spec.write_text(Path("new.yaml").read_text())
    os.utime(spec, (0, 0))
    assert generate("spec").returncode == 0
    assert generate("spec", "fresh").returncode == 0
    assert tree(folder / "out") == tree(folder / "fresh")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_read_only_folder_is_an_error_and_stays(folder: Path) -> None:
    old, _ = states(folder)
    assert generate("old").returncode == 0
    (folder / "out").chmod(0o555)
    try:
        ran = generate("new")
    finally:
        (folder / "out").chmod(0o755)
    assert (ran.returncode, "error[write-failed]" in ran.stderr) == (1, True)
    assert tree(folder / "out") == old
