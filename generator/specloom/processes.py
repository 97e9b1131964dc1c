"""Processes: how many a command may use, and forks that answer it.

Enters: work for another process. Leaves: that process, and the pipe that its answers
come through. Promises: what is forked says nothing else, never returns, and does not
outlive whoever asks for its end; what it has not said in whole is not said.

Imports next to nothing, as a run forks before it imports what its work takes.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
import warnings
from contextlib import contextmanager, suppress

from .values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from typing import IO, Any

MOST_WORKERS = 8
_SIZE = 8
"""So many bytes say how long a piece is."""


def workers() -> int:
    """How many processes a command may use; 1 where a fork is not safe.

    On macOS system libraries may have started threads, which a fork does not survive.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST_WORKERS)
    return min(os.cpu_count() or 1, MOST_WORKERS)


@dataclass(frozen=True, slots=True)
class Child:
    """A process, by its number, and the pipe that it writes to."""

    process: int
    pipe: int

    def end(self, *, kill: bool = True) -> None:
        """Wait for the end of the process, which is now unless it has to do that."""
        with uninterrupted():
            os.close(self.pipe)
            if kill:
                with suppress(ProcessLookupError):
                    os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


@contextmanager
def uninterrupted() -> Generator[None]:
    """Put an interrupt of the user's off until the end of the block.

    In it a process is forked and put where it will be ended, and is ended: else it
    might outlive an interrupt, or be a second process that cleans up after one.
    """
    came: list[int] = []
    try:
        # To mask the signal would leave it to other threads, which pass it on.
        before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    except ValueError:  # not the main thread, which alone is interrupted
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        for number in came:
            signal.raise_signal(number)


def fork(work: Callable[[IO[bytes]], None], foreign: Iterable[int] = ()) -> Child:
    """A process that does some work, and writes what it has to say.

    To be called :func:`uninterrupted`. ``foreign`` are ends of other pipes, which are
    not its own.

    Raises:
        OSError: the system has no process to spare.
    """
    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns where there are threads. Ours only shows the progress,
            # and a child neither uses what it holds nor returns.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if process:
        os.close(writing)
        return Child(process, reading)
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        for other in (*foreign, reading):
            os.close(other)
        with os.fdopen(writing, "wb") as pipe:
            work(pipe)
        status = 0
    finally:
        os._exit(status)  # no handler and no buffer of the parent's is this one's


def send(pipe: IO[bytes], value: Any) -> None:
    """Write plain data to a pipe.

    Raises:
        ValueError: ``marshal`` does not take the value.
        OSError: nobody reads.
    """
    data = marshal.dumps(value)
    pipe.write(len(data).to_bytes(_SIZE, "big"))
    pipe.write(data)
    pipe.flush()


def received(pipe: IO[bytes]) -> Any:
    """What was sent next; None at the end, and if it is not there in whole."""
    size = pipe.read(_SIZE)
    data = pipe.read(int.from_bytes(size, "big")) if len(size) == _SIZE else b""
    try:
        return marshal.loads(data)
    except (EOFError, ValueError, TypeError):
        return None
