"""Survey: what an output folder holds before anything is written.

In: the folder, the files wanted and the stale ones. Out: for each path, what is
there; or a refusal, where a link leads out or something is in the way. Reads only.

Paths are plain ``str`` and the calls are ``os``'s: an unchanged run reads thousands
of small files, and ``Path`` would double its time.
"""
# ruff: noqa: PTH112, PTH114

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

from ..diagnostics import SpecloomError
from ..values import dataclass, field
from .manifest import fold, parents, refusal

_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a folder link of Windows

# A link is not followed, and a named pipe does not make the run wait for a writer.
_READ = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK")
)


class Found(Enum):
    """What is in the place of a planned file, or of its folder."""

    NOTHING = 1
    SAME = 2
    OTHER = 3
    FOLDER = 4


@dataclass(frozen=True, slots=True)
class Known:
    """Files that were read before the lock was had, and are as they are to be.

    Attributes:
        digests: their SHA-256 by path.
        holds: whether no file of a folder has come, gone or been swapped since they
            were read, as another run of Specloom may have done; asked under the lock.
    """

    digests: Mapping[str, str]
    holds: Callable[[str], bool]


NOT_READ = Known(MappingProxyType({}), lambda _: False)
"""What a caller knows of the files in a folder that it has not read."""


@dataclass(slots=True)
class Survey:
    """Looks at the folder before anything is written."""

    base: str
    planned: Mapping[str, bytes]
    stale: Mapping[str, Sequence[str]]  # folded path -> stale paths so spelled
    known: Known = NOT_READ
    _holds: dict[str, bool] = field(default_factory=dict[str, bool])
    _folders: dict[str, Found] = field(default_factory=lambda: {"": Found.FOLDER})

    def folder(self, path: str) -> Found:
        """What is at ``path``, which ought to be a folder: FOLDER, NOTHING or OTHER.

        Raises ``path-escapes`` if it or a folder above it is a link.
        """
        known = self._folders.get(path)
        if known is None:
            known = self.folder(path.rpartition("/")[0])
            if known is Found.FOLDER:
                known = self._look(path)
            self._folders[path] = known
        return known

    def _look(self, path: str) -> Found:
        try:
            found = os.lstat(f"{self.base}/{path}")
        except FileNotFoundError:
            return Found.NOTHING
        if (
            stat.S_ISLNK(found.st_mode)
            or getattr(found, "st_reparse_tag", 0) == _JUNCTION
        ):
            # A link that stays inside is refused too: through it a stale file
            # and a planned one could be the same.
            message = f"{self.base}/{path} is a link; Specloom writes through none"
            hint = "put a folder in its place, or choose another one with -o"
            raise refusal("path-escapes", message, hint)
        return Found.FOLDER if stat.S_ISDIR(found.st_mode) else Found.OTHER

    def file(self, path: str) -> Found:
        """What is at a planned file's path, once the stale files are gone.

        Raises ``path-blocked`` if a folder is there, or a file is above it.
        """
        folder = path.rpartition("/")[0]
        above = self.folder(folder)
        if above is not Found.FOLDER:
            if above is Found.OTHER and not self._makes_way(folder):
                raise self._blocked(path, "there is a file where a folder must be")
            return Found.NOTHING
        if path in self.known.digests and not self.stale and self._is_as_known(folder):
            return Found.SAME
        full = f"{self.base}/{path}"
        try:
            disk = read_regular(full)
        except FileNotFoundError:
            return Found.NOTHING
        if disk is None and os.path.isdir(full) and not os.path.islink(full):
            if not self._empties(path):
                raise self._blocked(path, "there is a folder of that name")
            return Found.NOTHING
        if self.stale and self._goes(path):
            return Found.NOTHING
        return Found.SAME if disk == self.planned[path] else Found.OTHER

    def _is_as_known(self, folder: str) -> bool:
        if folder not in self._holds:
            self._holds[folder] = self.known.holds(folder)
        return self._holds[folder]

    def _goes(self, path: str) -> bool:
        """Whether the file at ``path`` is stale, if need be under another spelling."""
        return any(
            other == path or _same_file(f"{self.base}/{path}", f"{self.base}/{other}")
            for other in self.stale.get(fold(path), ())
        )

    def _makes_way(self, folder: str) -> bool:
        return any(self._goes(name) for name in {folder, *parents([folder])})

    def _empties(self, path: str) -> bool:
        """Whether a folder goes away: stale files were in it, and nothing else is."""
        ours = parents(self.stale)
        for where, _, names in os.walk(f"{self.base}/{path}"):
            inside = where[len(self.base) + 1 :].replace(os.sep, "/")
            if fold(inside) not in ours:
                return False
            if not all(self._goes(f"{inside}/{name}") for name in names):
                return False
        return True

    def remains(self, path: str) -> bool:
        """Whether a stale file is still there; a folder in its place is not ours."""
        if self.folder(path.rpartition("/")[0]) is not Found.FOLDER:
            return False
        try:
            return not stat.S_ISDIR(os.lstat(f"{self.base}/{path}").st_mode)
        except FileNotFoundError:
            return False

    def _blocked(self, path: str, why: str) -> SpecloomError:
        hint = "move it away, or choose another folder with -o"
        return refusal("path-blocked", f"cannot write {self.base}/{path}: {why}", hint)


def read_regular(path: str) -> bytes | None:
    """The bytes of a regular file, or None for anything else (a link, a folder).

    Raises FileNotFoundError where there is nothing.
    """
    try:
        handle = os.open(path, _READ)
    except FileNotFoundError:
        raise
    except OSError:
        if stat.S_ISREG(os.lstat(path).st_mode):
            raise
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        data = b""
        while part := os.read(handle, 1 << 17):
            data += part
        return data
    finally:
        os.close(handle)


def _same_file(one: str, other: str) -> bool:
    try:
        return os.path.samestat(os.lstat(one), os.lstat(other))
    except OSError:
        return False
