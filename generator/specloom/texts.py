"""Texts: all files of a run, in little memory.

Enters: texts by a key. Leaves: the same texts. The first ones are kept as they are, so
that usual runs pay nothing. What goes beyond is kept compressed: as what makes it
differ from texts shortly before it, which is about a tenth of it.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from typing import TypeVar

PLAIN = 40_000_000
"""So many characters are kept as they are: all of a spec of 1,400 schemas."""
_FASTEST = 1
_ALIKE = 4
"""So many texts at once are what the next ones are compared with."""
_TURN = 256
"""So many texts are compared with the same ones."""
_WINDOW = 1 << 15
"""So far back zlib looks (RFC 1950, section 2.2)."""

Key = TypeVar("Key")
Kept = str | tuple[bytes, bytes]
"""A text; or what it is compared with, and then its difference from that."""


class Texts(Mapping[Key, str]):
    """Texts by key, in the order in which they were added.

    ``kept`` has each as it is kept, to be handed on to another process or collection.
    """

    def __init__(self, plain: int = PLAIN) -> None:
        self.kept: dict[Key, Kept] = {}
        self._left = plain
        self._packed = 0
        self._recent = deque[bytes](maxlen=_ALIKE)
        self._like = b""

    def add(self, key: Key, text: str) -> None:
        """Keep a text."""
        self._left -= len(text)
        if self._left < 0:
            self.kept[key] = self._pack(_encoded(text))
        else:
            self.kept[key] = str(text)  # of the very class, which can be sent

    def _pack(self, data: bytes) -> tuple[bytes, bytes]:
        self._recent.append(data)
        if self._packed % _TURN == 0:
            self._like = b"".join(self._recent)[-_WINDOW:]
        self._packed += 1
        packer = zlib.compressobj(_FASTEST, zdict=self._like)
        return self._like, packer.compress(data) + packer.flush()

    def __getitem__(self, key: Key) -> str:
        kept = self.kept[key]
        if isinstance(kept, str):
            return kept
        like, packed = kept
        data = zlib.decompressobj(zdict=like).decompress(packed)
        return data.decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[Key]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)


def _encoded(text: str) -> bytes:
    """Any text, half a surrogate pair too: it is the last phase that refuses it."""
    return text.encode("utf-8", "surrogatepass")
