"""Pages: what the last run into a folder wrote there, to be taken from there again.

Enters: a key for each page, which covers all that the spec has to do with it. Leaves:
its text, if the file there is still the one that was made under this key. Promises:
what it gives is what the same Specloom with the same templates made.

Texts are not kept twice: the record, in the user's own cache folder, has their SHA-256,
and every file is read and hashed before it is believed.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cache import keep, kept, name_for
from ..write.survey import Known, read_regular
from .stamp import folder_shape, settled

if TYPE_CHECKING:
    from .stamp import Shape

_FORMAT = 1
_KIND = "pages"


class Pages:
    """The pages in one output folder; those that are asked for are of the next run.

    ``known`` are those that were found to be as they are to be.
    """

    def __init__(self, output: Path, made_by: str) -> None:
        self._output = os.fspath(output)
        self._key = _FORMAT, os.path.realpath(output), made_by
        self._right: dict[str, str] = {}
        self._folders: dict[str, Shape] = {}  # before a file there was read
        self.known = Known(self._right, self._is_as_before)
        self._asked: dict[str, str] = {}
        self._found = self._load()

    def text(self, path: str, key: str) -> str | None:
        """The text of a file, if it is the one that was made under the key."""
        self._asked[path] = key
        was, digest = self._found.get(path, ("", ""))
        if was != key:
            return None
        try:
            self._note(path.rpartition("/")[0])
            data = read_regular(f"{self._output}/{path}")
            if data is not None and hashlib.sha256(data).hexdigest() == digest:
                text = data.decode()
                self._right[path] = digest
                return text
        except (OSError, UnicodeDecodeError):
            pass
        return None

    def _note(self, folder: str) -> None:
        """Remember a folder as it is; what has only just changed is like nothing."""
        if folder not in self._folders:
            now = folder_shape(f"{self._output}/{folder}")
            self._folders[folder] = settled(now, time.time_ns())

    def _is_as_before(self, folder: str) -> bool:
        return folder_shape(f"{self._output}/{folder}") == self._folders[folder]

    def save(self, digests: Mapping[str, str], targets: Collection[str]) -> None:
        """Keep what was asked for, and what there is of targets that had no part.

        ``digests`` has the SHA-256 of each file that the run has left.
        """
        others = {
            path: entry
            for path, entry in self._found.items()
            if path.partition("/")[0] not in targets
        }
        made = {path: (key, digests[path]) for path, key in self._asked.items()}
        data = marshal.dumps((self._key, {**others, **made}))
        keep(self._name(), data)

    def _name(self) -> str:
        return name_for(self._key[1], _KIND)

    def _load(self) -> dict[str, tuple[str, str]]:
        data = kept(self._name())
        if data is None:
            return {}
        try:
            key, found = marshal.loads(data)
        except (EOFError, ValueError, TypeError):
            return {}
        return _checked(found) if key == self._key else {}


def _checked(found: Any) -> dict[str, tuple[str, str]]:
    """The entries of a record; none if they are not of this form."""
    try:
        return {
            str(path): (str(key), str(digest)) for path, (key, digest) in found.items()
        }
    except (AttributeError, TypeError, ValueError):
        return {}
