"""Watching: work that is done again after each change of what it went by.

Enters: a function that does the work and tells what it went by. It ends only when the
user breaks it off. Folders are watched, not files, because an editor may save a file
by putting another one in its place; and a folder that was made anew is watched anew.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from .diagnostics import Diagnostic, Severity, SpecloomError
from .shortcut.stamp import COARSE_TICK, listing, shape
from .values import dataclass
from .write.manifest import OWN_PREFIX

if TYPE_CHECKING:
    from watchfiles import Change

_Changes: TypeAlias = "set[tuple[Change, str]]"
_State: TypeAlias = tuple[int, ...]
"""What tells a file or folder from others, and what changes with each edit of a file:
its device and number, and the shape of a file."""
GONE: _State = ()
"""The state of a file that was there."""

_QUIET_MS = 20  # without a change, before a burst of them is over
_BURST_MS = 200
_WAKE_MS = 500
_TICK_NS = 16_000_000  # a file's times may be so late; less than the quiet that is kept
_REALTIME_COARSE = 5  # CLOCK_REALTIME_COARSE of Linux, which Python has no name for
_FOLDERS_MAX = 500
_SKIPPED = {"node_modules", "__pycache__"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What work went by; every path is absolute.

    Attributes:
        files: the files that it read or looked for, and their state when it had ended;
            None where there was nothing.
        trees: folders in which every file matters.
        around: folders in which a file may be added that is asked for in vain; looked
            at only if ``failed``.
        output: what the work itself writes, which never matters.
        failed: that it did not end well, so that more may matter than it knows.
    """

    files: Mapping[str, _State | None]
    trees: tuple[str, ...]
    around: tuple[str, ...]
    output: tuple[str, ...]
    failed: bool = False

    def matter(self, path: str) -> bool:
        """Whether a change at ``path`` is a reason to do the work again."""
        name = Path(path).name
        if name.startswith(OWN_PREFIX) or _is_below(path, self.output):
            return False
        if path in self.files or _is_below(path, self.trees):
            return True
        hidden = name.startswith(".") or name.endswith("~")
        if self.failed and _is_below(path, self.around) and not hidden:
            return True
        return any(_is_below(file, [path]) for file in (*self.files, *self.trees))

    def folders(self) -> dict[str, tuple[int, int]]:
        """The folders to watch, with what tells one from another of the same name."""
        wanted = {str(Path(file).parent) for file in self.files}
        for tree in (*self.trees, *(self.around if self.failed else ())):
            wanted.update(self._below(tree))
        found: dict[str, tuple[int, int]] = {}
        for folder in wanted:
            with suppress(FileNotFoundError):  # it goes at this very moment
                there = _nearest_folder(folder)
                state = there.stat()
                found[str(there)] = state.st_dev, state.st_ino
        return found

    def _below(self, tree: str) -> Iterator[str]:
        """A folder and those in it; not without end, as a whole disk may be in it."""
        count = 0
        for folder, inner, _ in os.walk(tree):
            yield folder
            count += 1
            if count == _FOLDERS_MAX:
                return
            inner[:] = [
                name
                for name in sorted(inner)
                if name not in _SKIPPED
                and not name.startswith(".")
                and not _is_below(f"{folder}{os.sep}{name}", self.output)
            ]
        if not count:
            yield tree

    def touched_since(self, moment: int) -> bool:
        """Whether a file may have changed, come or gone since :func:`file_time`."""
        for file, was in self.files.items():
            now = _state(file)
            if now != was or (now and now[2:] and _is_since(now[2:], moment)):
                return True
        for tree in self.trees:
            with suppress(OSError):  # it is not there, which `files` know of
                for files in (listing(tree) or {}).values():
                    if any(_is_since(each, moment) for each in files.values()):
                        return True
        return False


def file_time() -> int:
    """The time in nanoseconds, as a file that was changed now would have it or later.

    Files have the time of the last tick of the system's clock, which where much is to
    be done may be long ago.
    """
    if sys.platform == "linux":
        return time.clock_gettime_ns(_REALTIME_COARSE)
    return time.time_ns() - _TICK_NS


def _is_since(found: _State, moment: int) -> bool:
    """Whether a file of some shape may have been changed at or after a time."""
    newest = max(found[1:])
    return newest >= moment - (0 if newest % 1_000_000 else COARSE_TICK)


def _state(path: str) -> _State | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    this = found.st_dev, found.st_ino
    return this if stat.S_ISDIR(found.st_mode) else (*this, *shape(found))


def places(files: Iterable[Path]) -> dict[str, _State | None]:
    """What :class:`Sources` wants to know of files: a link and where it leads, too."""
    found: dict[str, _State | None] = {}
    for file in files:
        for path in (
            Path(os.path.realpath(file.parent), file.name),
            Path(os.path.realpath(file)),
        ):
            found[str(path)] = _state(str(path))
    return found


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path == x or path.startswith(x.rstrip(os.sep) + os.sep) for x in folders)


def _nearest_folder(path: str) -> Path:
    """The folder itself or, while it is not there, the first above it that is."""
    found = Path(path)
    return next(x for x in (found, *found.parents) if x.is_dir())


def require_watchfiles() -> None:
    """Check that the library is there.

    Raises:
        SpecloomError: ``no-watchfiles``, with how to get it.
    """
    try:
        import_module("watchfiles")
    except ImportError:
        message = "--watch needs the library watchfiles"
        hint = 'pip install "specloom[watch]"'
        item = Diagnostic(Severity.ERROR, "no-watchfiles", message, hint=hint)
        raise SpecloomError(item) from None


def watch(work: Callable[[], tuple[Sources, int]]) -> NoReturn:
    """Do the work, and again after each change; ends with KeyboardInterrupt.

    ``work`` returns what it went by, and the :func:`file_time` when it began.
    """
    with _interruptible() as stop:
        watcher: Generator[_Changes] | None = None
        watched: Mapping[str, tuple[int, int]] = {}
        while True:
            sources, began = work()
            changed = False
            while not changed:
                folders = sources.folders()
                is_new = watcher is None or folders != watched
                if watcher is None or is_new:
                    watcher, watched = _watcher(folders, stop), folders
                try:
                    changes = next(watcher, None)
                except FileNotFoundError:  # a folder went at this very moment
                    watcher = None
                    continue
                if changes is None:
                    raise KeyboardInterrupt
                changed = any(
                    sources.matter(path) and not _is_printed_to(path)
                    for _, path in changes
                )
                # Once it is at work: what changed before that?
                changed = changed or (is_new and sources.touched_since(began))
                # A folder that goes is watched no longer, and one that comes in its
                # place may have its number.
                if any(path in watched for _, path in changes):
                    watcher = None


def _is_printed_to(path: str) -> bool:
    """Whether what this process prints goes into a file, which changes with it."""
    for stream in (1, 2):
        with suppress(OSError):
            if os.path.samestat(os.fstat(stream), Path(path).stat()):
                return True
    return False


@contextmanager
def _interruptible() -> Generator[threading.Event]:
    """An event that is set when the user interrupts.

    Python drops a KeyboardInterrupt that arises where nothing can be raised, as in the
    callback of a weak reference.
    """
    event = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        event.set()
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, before)


def _watcher(folders: Iterable[str], stop: threading.Event) -> Generator[_Changes]:
    """A watcher that yields what has changed, nothing if it has waited a while.

    It begins to watch when it is first asked.
    """
    import watchfiles

    return watchfiles.watch(
        *sorted(folders),
        watch_filter=None,
        recursive=False,
        step=_QUIET_MS,
        debounce=_BURST_MS,
        rust_timeout=_WAKE_MS,
        yield_on_timeout=True,
        stop_event=stop,
        ignore_permission_denied=True,
    )
