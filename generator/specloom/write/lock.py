"""One writer at a time: an exclusive lock on an output folder.

In: a folder. Out: a context in which no other Specloom writes there. The lock is the
operating system's, so it ends with the process however that dies. On POSIX it sits
on the folder itself and leaves no file; Windows cannot lock a folder, so there it
sits on a small file that goes when the lock does.

A run waits for another one, because a build may well generate two targets into one
folder side by side and a write takes about a second. It gives up after ten
seconds, when something is stuck. A file system without locks (some network mounts)
gets none: writing must still work there, and the lock only guards against haste.
"""
# A lock needs a file descriptor.
# ruff: noqa: PTH108, PTH118

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress

from .manifest import OWN_PREFIX, refusal

_PATIENCE = 10.0
_PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def _open(folder: str) -> int:
        return os.open(_lock_file(folder), os.O_RDWR | os.O_CREAT)

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _close(handle: int, folder: str) -> None:
        os.close(handle)
        # Windows keeps the file while another run has it open; that run removes it.
        with suppress(OSError):
            os.unlink(_lock_file(folder))

    def _lock_file(folder: str) -> str:
        return os.path.join(folder, OWN_PREFIX + "lock")

else:
    import fcntl

    def _open(folder: str) -> int:
        return os.open(folder, os.O_RDONLY)

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _close(handle: int, _folder: str) -> None:
        os.close(handle)


@contextmanager
def exclusive(folder: str) -> Generator[None]:
    """Hold the folder's lock; it must exist.

    Raises :class:`SpecloomError` with code ``busy`` when another run keeps the lock
    for ten seconds, and OSError when the folder cannot be opened.
    """
    handle = _open(folder)
    try:
        _wait(handle, folder)
        yield
    finally:
        _close(handle, folder)


def _wait(handle: int, folder: str) -> None:
    waited = 0.0  # the pauses: while all is stopped, the other run is given no time
    while True:
        try:
            return _try_lock(handle)
        except (BlockingIOError, PermissionError):  # POSIX's and Windows' "held"
            if waited >= _PATIENCE:
                message = f"another run of Specloom is writing to {folder}"
                hint = "wait until it has ended, or stop it, and run again"
                raise refusal("busy", message, hint) from None
            time.sleep(_PAUSE)
            waited += _PAUSE
        except OSError:
            return None
