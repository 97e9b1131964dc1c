"""Readings: what large YAML files said, kept so that only what was edited is parsed.

Enters: a file's path. Leaves: what it said when the same Specloom read it last. What it
says now is found by ``load.pieces``, which compares every byte; or is told by whoever
has read it ahead.

They lie in the user's own cache folder, one for each file that was large enough.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..cache import keep, kept, name_for

if TYPE_CHECKING:
    from ..load.pieces import Reading
    from ..load.yaml12 import Composed
    from .told import Ahead, Told

_FORMAT = 1
_KIND = "reading"


class Readings:
    """The files that were read by what ``made_by`` describes; if None, none is kept."""

    def __init__(self, made_by: str | None, ahead: Ahead | None = None) -> None:
        self._made_by, self._ahead = made_by, ahead

    def told(self, digest: str, text: str, nodes: int, depth: int) -> Told | None:
        """What bytes say, if that was read ahead; see :meth:`Ahead.told`."""
        ahead = self._ahead
        return None if ahead is None else ahead.told(digest, text, nodes, depth)

    def dismiss(self) -> None:
        """No more will be asked."""
        if self._ahead is not None:
            self._ahead.dismiss()

    def get(self, path: Path) -> Reading | None:
        """What a file said, if that is known."""
        real = os.path.realpath(path)
        data = kept(name_for(real, _KIND)) if self._made_by is not None else None
        if data is None:
            return None
        from ..load.pieces import restored  # and what reads YAML

        try:
            about, plain = marshal.loads(data)
            return restored(plain) if about == self._about(real) else None
        except (EOFError, ValueError, TypeError):
            return None

    def put(self, path: Path, read: Reading | Composed, text: str, data: bytes) -> None:
        """Keep what a file says, if it can be kept; ``text`` is that of ``data``."""
        if self._made_by is None:
            return
        from ..load.pieces import to_keep  # and what reads YAML

        reading = to_keep(read, text, data)
        if reading is None:
            return
        real = os.path.realpath(path)
        try:
            data = marshal.dumps((self._about(real), reading.plain()))
        except ValueError:  # nested too deep for that
            return
        keep(name_for(real, _KIND), data)

    def _about(self, real: str) -> bytes:
        said = repr((_FORMAT, real, self._made_by))
        return hashlib.sha256(said.encode(errors="surrogatepass")).digest()
