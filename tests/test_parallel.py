"""Several processes give what one gives: files, findings, errors and their order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from specloom import parallel, pipeline
from specloom.diagnostics import SpecloomError
from specloom.options import Options
from specloom.parallel import lay_out
from specloom.processes import uninterrupted
from specloom.target import Page

SPEC = Path(__file__).parents[1] / "spec" / "openapi.yaml"
TARGETS = ("python", "typescript", "markdown")
PAGES = [Page(f"page{number}.md", "") for number in range(60)]

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the system has no fork"
)


@pytest.fixture(autouse=True)
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few pages be worth a process."""
    monkeypatch.setattr(parallel, "PAGES_A_WORKER", 10)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let SIGINT interrupt, also where a shell has begun this in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def nothing() -> None:
    """Wait for nobody."""


def test_files_are_those_of_one_process() -> None:
    alone = pipeline.generate(SPEC, TARGETS)
    shared = pipeline.generate(SPEC, TARGETS, processes=3)
    assert list(shared.files.items()) == list(alone.files.items())
    assert shared.diagnostics == alone.diagnostics


def test_pages_are_shared_out() -> None:
    made = lay_out(PAGES, lambda number: f"{number} {os.getpid()}", 3, nothing)
    assert [int(made[number].split()[0]) for number in range(60)] == [*range(60)]
    processes = [made[number].split()[1] for number in range(60)]
    assert [processes.count(each) for each in dict.fromkeys(processes)] == [20] * 3
    assert processes == sorted(processes, key=processes.index)  # neighbours together


def test_few_pages_are_left_to_the_caller() -> None:
    assert lay_out(PAGES[:19], str, 4, nothing) == {}


def test_what_a_process_could_not_make_is_missing() -> None:
    """Whatever ends it: an error, a text that cannot be sent, or a signal."""
    own = os.getpid()

    def lay(number: int) -> str:
        if os.getpid() != own and number > 30:
            os.kill(os.getpid(), signal.SIGKILL)
        return str(number)

    made = lay_out(PAGES, lay, 2, nothing)
    assert made.items() < {number: str(number) for number in range(60)}.items()


def test_no_process_outlives_an_interrupt() -> None:
    own = os.getpid()

    def lay(number: int) -> str:
        if os.getpid() == own:
            raise KeyboardInterrupt
        time.sleep(600)
        return str(number)

    with pytest.raises(KeyboardInterrupt):
        lay_out(PAGES, lay, 2, nothing)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_first_error_is_that_of_one_process(tmp_path: Path) -> None:
    """A template that fails for some pages only: the first in order is told."""
    template = tmp_path / "markdown" / "enum.md.j2"
    template.parent.mkdir()
    template.write_text("{{ view.nowhere }}\n")
    options = Options(templates=tmp_path)
    found: list[tuple[str, ...]] = []
    for processes in (1, 3):
        with pytest.raises(SpecloomError) as caught:
            pipeline.generate(SPEC, TARGETS, options, processes=processes)
        found.append(tuple(map(repr, caught.value.diagnostics)))
    assert found[0] == found[1]
    assert "cannot be laid out" in found[0][-1]


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("here", [True, False], ids=["parent", "child"])
def test_an_interrupt_at_the_moment_of_a_fork(
    here: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parent ends all; a child never returns to what its parent was about."""
    fork, own = os.fork, os.getpid()

    def interrupted() -> int:
        process = fork()
        if (process != 0) is here:
            signal.raise_signal(signal.SIGINT)
        return process

    def lay(number: int) -> str:
        return str(os.getpid() == own)

    monkeypatch.setattr(os, "fork", interrupted)
    try:
        if here:
            with pytest.raises(KeyboardInterrupt):
                lay_out(PAGES, lay, 3, nothing)
        else:
            made = lay_out(PAGES, lay, 3, nothing)
            assert [*made.values()].count("False") == 40
    finally:
        if os.getpid() != own:  # or there would be two of these tests
            os._exit(1)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_comes_after_the_block() -> None:
    done: list[str] = []

    def block() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("block")
        done.append("after")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        block()
    assert done == ["block"]
    assert signal.getsignal(signal.SIGINT) is before
    other = threading.Thread(target=lambda: uninterrupted().__enter__())
    other.start()
    other.join()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("wait", [0, 0.01, 0.05, 0.2])
def test_an_interrupted_command_leaves_no_process(tmp_path: Path, wait: float) -> None:
    program = (
        "import os, sys; from specloom import parallel, processes\n"
        "from specloom.cli import program\n"
        "fork = processes.fork\n"
        "def forked(*rest):\n"
        "    child = fork(*rest)\n"
        "    print('forked', flush=True)\n"
        "    return child\n"
        "parallel.fork = forked\n"
        "parallel.PAGES_A_WORKER = 10; processes.workers = lambda: 4\n"
        "program()"
    )
    command: list[str | Path] = [sys.executable, "-c", program, "generate", SPEC]
    command += ["-o", tmp_path / "out"]
    with subprocess.Popen(
        command,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "forked\n"
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate()
    # Or it had done all it had to do; Python alone remains to be interrupted then.
    assert process.returncode in (130, 0, -signal.SIGINT), told
    assert "Traceback" not in told or process.returncode == -signal.SIGINT
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
