"""Ahead: the spec's YAML is read while this process imports what makes files of it.

Enters: the command line. Leaves: what the spec's entry file says, as another process
has read it on a processor that would idle. Promises what this process would have read
itself: an answer counts only for the very bytes that are there when they are wanted.
For all that the other one refuses, or doubts, there is no answer, so that every error
comes from one place; and it is gone when the run is.

Imports next to nothing, as what is imported before the fork is not imported meanwhile.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress

from .processes import fork, uninterrupted, workers
from .shortcut.told import Ahead

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Generator
    from pathlib import Path
    from typing import IO

_READING = ("generate", "check", "lint", "relax")
"""The commands that do little but read, and what comes of that."""
_SMALLEST, _LARGEST = 1 << 15, 1 << 24
"""Files of other sizes, in bytes, are read as soon as a process is forked, or take
longer to send than what is imported meanwhile."""


@contextmanager
def reading_ahead(
    args: argparse.Namespace, started: int, *, alone: bool
) -> Generator[Ahead | None]:
    """Have the spec of a command read, if there is a processor for that.

    Args:
        args: the command line.
        started: the time, in nanoseconds, before anything was read.
        alone: nothing else is done in this process, which a fork could disturb.
    """
    ahead = None
    try:
        if alone and args.command in _READING and workers() > 1:
            # There may be no such file, or no process to spare.
            with suppress(OSError), uninterrupted():
                ahead = _begin(args, started)
        yield ahead
    finally:
        if ahead is not None:
            ahead.end()


def _begin(args: argparse.Namespace, started: int) -> Ahead | None:
    """Another process that reads the spec, if that is worth one."""
    path = args.spec or _configured(args.config)
    if path is None or not _is_worth_it(path) or getattr(args, "watch", False):
        return None
    reading, writing = os.pipe()

    def work(answers: IO[bytes]) -> None:
        from .reader import tell

        keeps = args.command == "generate" and not args.check
        with os.fdopen(reading, "rb") as questions:
            tell(path, started, questions, answers, keeps=keeps)

    try:
        child = fork(work, [writing])
    except OSError:
        os.close(writing)
        raise
    finally:
        os.close(reading)
    return Ahead(child, writing)


def _is_worth_it(path: Path) -> bool:
    """Whether a file can be read twice, is of fit size, and may be YAML."""
    found = path.stat()
    fits = stat.S_ISREG(found.st_mode) and _SMALLEST <= found.st_size <= _LARGEST
    return fits and path.suffix.lower() != ".json"


def _configured(named: Path | None) -> Path | None:
    """The spec that the configuration names; what is wrong there is told later."""
    from .config import load_config
    from .diagnostics import SpecloomError
    from .targets.settings import SETTINGS

    try:
        return load_config(named, {}, SETTINGS).spec
    except SpecloomError:
        return None
