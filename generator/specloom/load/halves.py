"""Halves: a large YAML text parted in two, which are read apart, and joined again.

Enters: a text, then what its parts say. Leaves: where to part it, and what it says.
Promises exactly what ``yaml12.load`` gives for the whole: the text is parted before a
key of its outermost mapping, and ``pieces.py`` tells why both parts then mean what they
mean alone. Where that is in doubt, nothing is said, and the whole is to be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from ..diagnostics import SpecloomError
from ..json_value import Json
from ..values import dataclass
from . import yaml12
from .pieces import MARKER
from .places import Mark, Places
from .yaml12 import Composed

_SMALLEST = 1 << 21
"""Shorter texts, in characters, are read while another process imports its modules."""
_BEST, _LEAST, _MOST = 1 / 3, 1 / 8, 1 / 2
"""How much the first part may be of the whole: who reads it has begun later."""
_LINE = re.compile("\n(?=[A-Za-z_])")
_MARKED_LINE = re.compile("\n(?:---|\\.\\.\\.|%)")
_OTHER_BREAKS = "\r\x85\u2028\u2029"


Said: TypeAlias = tuple[dict[str, Json], int, int]
"""The content of a part or of both, how many nodes it has, and how deep it nests."""


@dataclass(slots=True)
class _Mark:
    index: int
    line: int
    column: int


def parting(text: str) -> int | None:
    """Where the second part begins; None if the text is short, or has no such place."""
    size = len(text)
    if size < _SMALLEST:
        return None
    found = [each.end() for each in _LINE.finditer(text, round(size * _LEAST))]
    at = min(found, key=lambda at: abs(at - size * _BEST), default=size)
    return at if at <= size * _MOST else None


def read(text: str, nodes: int, depth: int) -> Composed | None:
    """What a part says, if it means the same in the whole."""
    if _is_marked(text):
        return None
    try:
        found = yaml12.load(text, "", nodes, depth)
    except SpecloomError:
        return None
    places = found.places
    if places is None or not found.is_literal or not isinstance(places.content, dict):
        return None
    marks = places.members[id(places.content)]
    # A mapping in braces, or with a tag, does not begin where its first key does.
    is_block = marks[:1] and marks[0].line == places.start.line
    return None if not is_block or any(mark.column for mark in marks) else found


def _is_marked(text: str) -> bool:
    """Whether a document may begin or end at a line; asked in the fastest way."""
    if any(each in text for each in _OTHER_BREAKS):
        return MARKER.search(text) is not None
    return MARKER.match(text) is not None or _MARKED_LINE.search(text) is not None


def said(found: Composed) -> Said:
    """What :func:`read` has found."""
    assert isinstance(found.content, dict)
    return found.content, found.nodes, found.depth


def joined(first: Said, second: Said) -> Said | None:
    """What two parts say, in their order; None if both have a key."""
    content = {**first[0], **second[0]}
    if len(content) < len(first[0]) + len(second[0]):
        return None
    # The mapping itself has been counted in both.
    return content, first[1] + second[1] - 1, max(first[2], second[2])


def composed(first: Composed, second: Composed, at: int) -> Composed | None:
    """The reading of a text that was parted there; None if both have a key."""
    both = joined(said(first), said(second))
    if both is None:
        return None
    content, nodes, depth = both
    assert first.places is not None
    assert second.places is not None
    members: dict[int, Sequence[Mark]] = {**first.places.members}
    for box, marks in second.places.members.items():
        members[box] = [
            _Mark(mark.index + at, mark.line + first.end, mark.column) for mark in marks
        ]
    parts = first.content, second.content
    members[id(content)] = [mark for part in parts for mark in members[id(part)]]
    places = Places(content, first.places.start, members)
    return Composed(places, nodes, depth, first.end + second.end, True)
