"""Output folders for the tests of writing: their contents, and broken off writes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from specloom.diagnostics import SpecloomError
from specloom.write import write

CHANGING = ("open", "write", "replace", "unlink", "rmdir", "mkdir")


def tree(root: Path) -> dict[str, bytes | None]:
    """Every path below a folder with its bytes; a folder has none."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


def put(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it."""


@dataclass
class Attempt:
    ended: bool
    calls: int
    error: SpecloomError | None


class Interruption:
    """Makes the n-th call that would change the disk fail.

    The process dies ``before``, ``within`` or ``after`` it, or the disk is ``full``.
    """

    def __init__(self, at: int, how: str) -> None:
        self.calls = 0
        self.at = at
        self.how = how

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*arguments: Any, **named: Any) -> Any:
            if name == "open" and not arguments[1] & os.O_CREAT:
                return call(*arguments, **named)
            # The system may keep an empty folder; the write goes on without it.
            if self.how == "full" and name == "rmdir":
                return call(*arguments, **named)
            self.calls += 1
            if self.calls != self.at:
                return call(*arguments, **named)
            if self.how == "full":
                path = arguments[:1] if isinstance(arguments[0], str) else ()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), *path)
            if self.how == "within" and name == "write":
                call(arguments[0], arguments[1][: len(arguments[1]) // 2])
            try:
                if self.how == "after":
                    call(*arguments, **named)
            finally:
                raise Killed

        return failing


def attempt(
    root: Path,
    files: Mapping[str, str],
    at: int,
    how: str,
    scope: Collection[str] | None = None,
) -> Attempt:
    """Write with one call failing; no error means that it was killed or is done."""
    interruption = Interruption(at, how)
    error: SpecloomError | None = None
    with pytest.MonkeyPatch.context() as patch, suppress(Killed):
        for name in CHANGING:
            patch.setattr(os, name, interruption.wrap(name, getattr(os, name)))
        try:
            write(root, files, scope=scope)
        except SpecloomError as caught:
            error = caught
    return Attempt(interruption.calls < at, interruption.calls, error)
