"""Cuts: a YAML text that was read in; the pieces that each mean the same alone out.

A *piece* runs from the line of a key of a block mapping to the next one's: a member of
the mapping or, where that is large and is cut itself, what stands before its own first
member. Promises that each begins a line, with spaces and a simple key; ``pieces.py``
tells why that is enough.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..diagnostics import SpecloomError
from ..json_value import Json
from . import yaml12
from .places import Places
from .yaml12 import Composed

_LARGE = 1 << 14
"""A member that is longer is cut if it can be."""


class Piece(NamedTuple):
    """The part of a text that begins with a key; all count from 0."""

    start: int
    """The byte with which its first line begins."""
    line: int
    column: int
    depth: int
    """How many keys lead to the mapping that the key is in."""
    key: str


def cut(text: str, composed: Composed) -> list[Piece] | None:
    """The pieces of a text; None if it cannot be cut, even at the outermost keys."""
    places = composed.places
    if places is None or not composed.is_literal:
        return None
    content = places.content
    if not isinstance(content, dict) or not content:
        return None
    first = places.members[id(content)][0]
    # A mapping begins with its first key, but for a brace or a tag.
    if (places.start.line, places.start.column) != (first.line, first.column):
        return None
    found = _cut(text, content, len(text), 0, places)
    return found if found is None or text.isascii() else _in_bytes(text, found)


def _in_bytes(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that begin at characters of a text, with the bytes where they begin."""
    found: list[Piece] = []
    seen, size = 0, 0
    for piece in pieces:
        size += len(text[seen : piece.start].encode())
        seen = piece.start
        found.append(Piece(size, *piece[1:]))
    return found


def _cut(
    text: str, node: Mapping[str, Json], end: int, depth: int, places: Places
) -> list[Piece] | None:
    """The pieces of a mapping that reaches to ``end``; None if it cannot be cut."""
    own = _members_of(text, node, depth, places)
    if own is None:
        return None
    found: list[Piece] = []
    for piece, stop in zip(own, [*(x.start for x in own[1:]), end], strict=True):
        found.append(piece)
        value = node[piece.key]
        if stop - piece.start > _LARGE and isinstance(value, dict) and value:
            inner = _cut(text, value, stop, depth + 1, places)
            if inner and _is_alone(text[piece.start : inner[0].start], piece.key):
                found += inner
    return found


def _members_of(
    text: str, node: Mapping[str, Json], depth: int, places: Places
) -> list[Piece] | None:
    """A piece for each key, if each begins its line, and all in one column."""
    found: list[Piece] = []
    marks = places.members[id(node)]
    column = marks[0].column
    for key, mark in zip(node, marks, strict=True):
        start = mark.index - column
        indent = f"\n{' ' * column}" if start else " " * column
        head = text[max(start - 1, 0) : mark.index]
        if (
            mark.column != column
            or head != indent
            or text.startswith("\ufeff", mark.index)
        ):
            return None
        found.append(Piece(start, mark.line, column, depth, key))
    return found


def _is_alone(head: str, key: str) -> bool:
    """Whether the mapping behind a key begins with its first key, and no brace."""
    try:
        places = yaml12.load(head, "", sys.maxsize, sys.maxsize).places
    except SpecloomError:
        return False
    return places is not None and places.content == {key: None}
