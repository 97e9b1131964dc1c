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
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..cache import keep, kept, name_for
from ..write.survey import read_regular

_FORMAT = 1
_KIND = "pages"


class Pages:
    """The pages in one output folder; those that are asked for are of the next run.

    ``right`` has the SHA-256 of each file that was found to be as it is to be, by path.
    """

    def __init__(self, output: Path, made_by: str) -> None:
        self._output = os.fspath(output)
        self._key = _FORMAT, os.path.realpath(output), made_by
        self.right: dict[str, str] = {}
        self._asked: dict[str, str] = {}
        self._found = self._load()

    def text(self, path: str, key: str) -> str | None:
        """The text of a file, if it is the one that was made under the key."""
        self._asked[path] = key
        was, digest = self._found.get(path, ("", ""))
        if was != key:
            return None
        try:
            data = read_regular(f"{self._output}/{path}")
            if data is not None and hashlib.sha256(data).hexdigest() == digest:
                text = data.decode()
                self.right[path] = digest
                return text
        except (OSError, UnicodeDecodeError):
            pass
        return None

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
