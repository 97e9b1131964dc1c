"""Interrupts of the user's: whenever one comes the command ends, and says nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shell import folder, run
from specloom import commands

__all__ = ["folder"]  # a fixture, which pytest finds here
pytestmark = pytest.mark.usefixtures("folder")


def test_an_interrupt_that_python_wraps_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before Python 3.12 a class that cannot be made is a RuntimeError."""

    class Part:
        def __set_name__(self, *_: object) -> None:
            raise KeyboardInterrupt

    def work(*_: object) -> None:
        type("Whole", (), {"part": Part()})

    monkeypatch.setattr(commands, "run", work)
    ran = run("lint pets.yaml")
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_an_interrupt_when_all_is_done_gives_no_traceback() -> None:
    program = (
        "import signal; from specloom import cli, commands\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Last:\n"
        "    def isatty(self): return False\n"
        "    def write(self, text): pass\n"
        "    def flush(self): signal.raise_signal(signal.SIGINT)\n"
        "main = cli.main\n"
        "def then(): status = main(); cli.sys.stdout = Last(); return status\n"
        "commands.run, cli.main = lambda *_: 0, then\n"
        "cli.program()"
    )
    command = [sys.executable, "-c", program, "lint", "pets.yaml"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 0)


def test_an_impatient_user_interrupts_twice() -> None:
    program = (
        "import signal; from specloom import cli, commands\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "commands.run = stop\n"
        "status = cli.main()\n"
        "signal.raise_signal(signal.SIGINT)\n"
        "print(status)"
    )
    command = [sys.executable, "-c", program, "lint", "pets.yaml"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("130\n", "")


def test_an_interrupt_that_python_drops_comes_again() -> None:
    """Nothing can be raised in the callback of a weak reference."""
    program = (
        "import signal, time, weakref; from specloom import cli, commands\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Thing: pass\n"
        "def work(*_):\n"
        "    thing = Thing()\n"
        "    callback = lambda _: signal.raise_signal(signal.SIGINT)\n"
        "    reference = weakref.ref(thing, callback)\n"
        "    del thing\n"
        "    for _ in range(600): time.sleep(0.1)\n"
        "commands.run = work\n"
        "cli.program()"
    )
    command = [sys.executable, "-c", program, "lint", "pets.yaml"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 130)


def test_what_else_python_drops_is_told() -> None:
    program = (
        "from specloom import cli, commands\n"
        "class Thing:\n"
        "    def __del__(self): raise ValueError('lost')\n"
        "commands.run = lambda *_: 0 if Thing() else 1\n"
        "cli.program()"
    )
    command = [sys.executable, "-c", program, "lint", "pets.yaml"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert "ValueError: lost" in ran.stderr
