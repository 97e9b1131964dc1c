"""Pieces: an earlier reading of a YAML text and its edited form in; a new reading out.

A large text is cut at keys of its block mappings (``cuts.py``). Pieces that nobody has
edited are not parsed again.

Promises exactly what ``yaml12.load`` gives for the text: values, order, places, counts.
It rests on how YAML is scanned. Where a line begins with a simple key of an open block
mapping, all that came before is settled by that key's column (YAML 1.2.2 section 6.1),
so lines from one such key to another, no deeper one mean what they mean alone, if alone
they are a block mapping in the column of the first and nothing is left open. Anchors,
merge keys, directives and document markers reach further; where there are any, and
wherever else there is doubt, there is no reading, and the whole is to be read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

from ..diagnostics import Location, SpecloomError
from ..json_value import Json
from ..values import dataclass, field
from . import yaml12
from .cuts import Piece, cut
from .places import Places
from .references import split_pointer
from .yaml12 import Composed

_SMALLEST, _LARGEST = 1 << 17, 1 << 24
"""Files of other sizes, in bytes, are read soon enough, or too large to keep."""
_MOST = 4
"""If more than one part in so many has to be parsed, the whole may as well be."""
MARKER = re.compile("(?:^|[\n\r\x85\u2028\u2029])(?:---|\\.\\.\\.|%)|\0")
"""What ends or heads a document where a line, as YAML 1.1 counts them, begins; or NUL,
which no text holds."""
_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text, in UTF-8, says; and its pieces, in order.

    ``nodes`` is what ``Composed`` has, ``depth`` is that or more.
    """

    data: bytes
    content: dict[str, Json]
    nodes: int
    depth: int
    pieces: Sequence[Piece]
    _index: dict[tuple[str, ...], int] = field(
        default_factory=dict[tuple[str, ...], int]
    )
    _places: dict[int, Places] = field(default_factory=dict[int, Places])

    def find(self, pointer: str) -> tuple[int, int]:
        """The line and column, both from 1, as :meth:`Places.find` gives them."""
        if not self._index:
            path: list[str] = []
            for number, piece in enumerate(self.pieces):
                path[piece.depth :] = [piece.key]
                self._index[tuple(path)] = number
        tokens = tuple(split_pointer(pointer))
        known = 0
        while tokens[: known + 1] in self._index and known < len(tokens):
            known += 1
        number = self._index[tokens[:known]] if known else 0
        piece = self.pieces[number]
        if not known or known == len(tokens) or self._is_head(number):
            return piece.line + 1, piece.column + 1
        if number not in self._places:
            part = self.data[piece.start : _start(self, number + 1)]
            places = yaml12.load(part.decode(), "", sys.maxsize, sys.maxsize).places
            assert places is not None
            self._places[number] = places
        inside = Location("").child(*tokens[known - 1 :]).pointer
        line, column = self._places[number].find(inside)
        return piece.line + line, column

    def _is_head(self, number: int) -> bool:
        after = self.pieces[number + 1 : number + 2]
        return any(one.depth > self.pieces[number].depth for one in after)

    def plain(self) -> tuple[Any, ...]:
        """The reading as plain values, for :func:`restored`."""
        pieces = [tuple(piece) for piece in self.pieces]
        return self.data, self.content, self.nodes, self.depth, pieces


def restored(plain: Any) -> Reading:
    """The reading of plain values; raises ValueError or TypeError for other values."""
    data, content, nodes, depth, pieces = plain
    return Reading(data, content, nodes, depth, [Piece(*piece) for piece in pieces])


def read(
    text: str, data: bytes, file: str, nodes: int, depth: int, old: Reading | None
) -> Reading | Composed:
    """What a YAML file says, of which as little is parsed as ``old`` allows.

    ``data`` are the bytes of ``text``; for the rest, and for what is raised, see
    :func:`yaml12.load`.
    """
    known = next_reading(old, data, nodes, depth) if old is not None else None
    return yaml12.load(text, file, nodes, depth) if known is None else known


def to_keep(read: Reading | Composed, text: str, data: bytes) -> Reading | None:
    """The reading that the next run may begin with."""
    return read if isinstance(read, Reading) else first_reading(data, text, read)


def first_reading(data: bytes, text: str, composed: Composed) -> Reading | None:
    """What is kept of a file that was read as a whole, if it can be cut.

    A byte order mark is no part of the text, so that a file with one is not kept.
    """
    places = composed.places
    if places is None or not _SMALLEST <= len(data) <= _LARGEST:
        return None
    pieces = None if data.startswith(_ORDER_MARKS) else cut(text, composed)
    if not pieces or not isinstance(places.content, dict):
        return None
    return Reading(data, places.content, composed.nodes, composed.depth, pieces)


def next_reading(old: Reading, data: bytes, nodes: int, depth: int) -> Reading | None:
    """What a file says that is much like what it was before.

    ``nodes`` and ``depth`` are the most allowed, as for ``yaml12.load``. None stands
    for all that only a whole reading can tell, errors first of all.
    """
    made = old if data == old.data else _read_again(old, data, nodes, depth)
    if made is None or made.nodes > nodes or made.depth > depth:
        return None
    return made


def _read_again(old: Reading, data: bytes, nodes: int, depth: int) -> Reading | None:
    """What an edited file says, if that is known once some of it is parsed."""
    span = _edited(old, data)
    if span is None:
        return None
    first, after = span
    opening = old.pieces[first]
    end = _start(old, after) + len(data) - len(old.data)
    part = data[opening.start : end]
    if len(part) * _MOST > len(data) or (
        after < len(old.pieces) and not part.endswith(b"\n")
    ):
        return None
    try:
        text = part.decode()
        if MARKER.search(text):
            return None
        composed = yaml12.load(text, "", nodes, depth - opening.depth)
    except (UnicodeDecodeError, SpecloomError):
        return None
    pieces = cut(text, composed)
    if not pieces or (pieces[0].start, pieces[0].column) != (0, opening.column):
        return None
    return _joined(old, data, first, after, composed, pieces)


def _joined(
    old: Reading,
    data: bytes,
    first: int,
    after: int,
    composed: Composed,
    pieces: Sequence[Piece],
) -> Reading | None:
    """A reading with some pieces, and what they say, in the place of others."""
    assert composed.places is not None
    opening = old.pieces[first]
    path: list[str] = []
    for piece in old.pieces[: first + 1]:
        path[piece.depth :] = [piece.key]
    depth = opening.depth
    gone = [one.key for one in old.pieces[first:after] if one.depth == depth]
    content = _replaced(old.content, path[:depth], gone, composed.places.content)
    if content is None:
        return None
    node: Any = old.content
    for key in path[:depth]:
        node = node[key]
    left = old.nodes - _members({key: node[key] for key in gone})
    longer = len(data) - len(old.data)
    end = opening.line + composed.end
    tail = old.pieces[after:]
    lower = end - tail[0].line if tail else 0
    return Reading(
        data,
        content,
        left + composed.nodes - 1,
        max(old.depth, composed.depth + depth),
        [
            *old.pieces[:first],
            *_moved(pieces, opening.start, opening.line, depth),
            *_moved(tail, longer, lower, 0),
        ],
    )


def _moved(pieces: Sequence[Piece], by: int, lines: int, levels: int) -> list[Piece]:
    return [
        Piece(start + by, line + lines, column, depth + levels, key)
        for start, line, column, depth, key in pieces
    ]


def _replaced(
    node: Any, path: Sequence[str], gone: Sequence[str], fresh: Any
) -> dict[str, Json] | None:
    """A copy with other members in the place of some; None if a key comes twice."""
    if path:
        inner = _replaced(node[path[0]], path[1:], gone, fresh)
        return None if inner is None else {**node, path[0]: inner}
    members = list(node.items())
    at = list(node).index(gone[0])
    members[at : at + len(gone)] = fresh.items()
    found = dict(members)
    return found if len(found) == len(members) else None


def _members(node: Json) -> int:
    """How many values are below a value that holds no alias."""
    count, left = 0, [node]
    while left:
        one = left.pop()
        if isinstance(one, dict | list):
            count += len(one)
            left += one.values() if isinstance(one, dict) else one
    return count


def _start(reading: Reading, number: int) -> int:
    """Where a piece begins; behind the last one, where the text ends."""
    pieces = reading.pieces
    return pieces[number].start if number < len(pieces) else len(reading.data)


def _edited(old: Reading, data: bytes) -> tuple[int, int] | None:
    """The pieces, whole members of one mapping, beside which nothing has changed.

    Also the first that follows. None if what stands before the first piece has changed.
    """
    pieces = old.pieces
    longer = len(data) - len(old.data)
    if not data.startswith(old.data[: pieces[0].start]):
        return None
    first, after = 0, len(pieces)
    while first < after and _is_at(old, first, data, pieces[first].start):
        first += 1
    while after > first and _is_at(
        old, after - 1, data, pieces[after - 1].start + longer
    ):
        after -= 1
    if first == after or _start(old, after) + longer <= pieces[first].start:
        # Whole members came or went: the one beside them is read again with them.
        if first and (first == len(pieces) or not _is_first(pieces, first)):
            first -= 1
        else:
            after += 1
    top = min((piece.depth for piece in pieces[first:after]), default=0)
    while pieces[first].depth > top:
        first -= 1
    while after < len(pieces) and pieces[after].depth > top:
        after += 1
    return first, after


def _is_first(pieces: Sequence[Piece], number: int) -> bool:
    return pieces[number].depth > pieces[number - 1].depth


def _is_at(old: Reading, number: int, data: bytes, at: int) -> bool:
    """Whether a piece stands, unchanged, at a place of another text."""
    piece = old.data[_start(old, number) : _start(old, number + 1)]
    return data.startswith(piece, at)
