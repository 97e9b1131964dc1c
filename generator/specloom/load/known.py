"""Known: what a document may ask for instead of parsing a file. Promises alone.

``shortcut/`` keeps them; a document does without, and says the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..json_value import Json
from .places import Finder

if TYPE_CHECKING:
    from .pieces import Reading
    from .yaml12 import Composed


class Told(Finder, Protocol):
    """What a file says, and where."""

    @property
    def content(self) -> Json:
        """The document's value; None, too, if there is no document."""
        ...

    @property
    def nodes(self) -> int:
        """How many values it has, aliases expanded."""
        ...


class Readings(Protocol):
    """Knows what files said when they were last read, or were read ahead."""

    def told(self, digest: str, text: str, nodes: int, depth: int, /) -> Told | None:
        """What bytes of this SHA-256 say, if that was read ahead.

        ``text`` is theirs; ``nodes`` and ``depth`` are the most allowed, as for
        ``yaml12.load``.
        """
        ...

    def dismiss(self) -> None:
        """Nothing more will be asked of what was told."""
        ...

    def get(self, path: Path, /) -> Reading | None:
        """What a file said, if that is known."""
        ...

    def put(
        self, path: Path, read: Reading | Composed, text: str, data: bytes, /
    ) -> None:
        """Keep what a file says now; ``text`` is that of ``data``."""
        ...
