"""For tests of `--watch`: the real process, and what it says."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

DONE = "Test: "
FAILED = ": nothing was written"
PATIENCE = 240
"""Seconds until something is taken to hang, even on a machine that is very busy."""


class Watching:
    """A `specloom generate --watch` that is under way."""

    def __init__(self) -> None:
        command = [sys.executable, "-u", "-m", "specloom", "generate", "--watch"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, text: str) -> str:
        """All that is said up to a line with this text."""
        said = ""
        deadline = time.monotonic() + PATIENCE
        while text not in said:
            try:
                said += self._lines.get(timeout=deadline - time.monotonic())
            except (queue.Empty, ValueError):
                pytest.fail(f"no {text!r} in:\n{said}")
        return said

    def until_it(self, holds: Callable[[], bool]) -> None:
        """Wait for the run after which something holds.

        It need not be the first: a file that is emptied and then written is an edit of
        it, or two, as the system has it.
        """
        while not holds():
            self.until(DONE)

    def end(self, with_signal: int = signal.SIGINT) -> int:
        self.process.send_signal(with_signal)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
