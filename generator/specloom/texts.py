"""Texts: all files of a run, in little memory.

Enters: texts by a key. Leaves: the same texts. The first ones are kept as they are, so
that usual runs pay nothing; what goes beyond is kept compressed, a tenth of its size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import TypeVar

PLAIN = 1 << 26
"""So many characters are kept as they are."""
_FASTEST = 1

Key = TypeVar("Key")
Kept = str | bytes


class Texts(Mapping[Key, str]):
    """Texts by key, in the order in which they were added.

    ``kept`` has each as it is kept, to be handed on to another process or collection.
    """

    def __init__(self, plain: int = PLAIN) -> None:
        self.kept: dict[Key, Kept] = {}
        self._left = plain

    def add(self, key: Key, text: str) -> None:
        """Keep a text."""
        self._left -= len(text)
        if self._left < 0:
            self.kept[key] = zlib.compress(_encoded(text), _FASTEST)
        else:
            self.kept[key] = str(text)  # of the very class, which can be sent

    def __getitem__(self, key: Key) -> str:
        kept = self.kept[key]
        if isinstance(kept, str):
            return kept
        return zlib.decompress(kept).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[Key]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)


def _encoded(text: str) -> bytes:
    """Any text, half a surrogate pair too: it is the last phase that refuses it."""
    return text.encode("utf-8", "surrogatepass")
