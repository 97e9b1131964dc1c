"""Positions: JSON Pointers in, lines and columns of the text out.

Loading keeps no positions, because most runs print none; here a file is read once
more when a diagnostic is shown. Promises the place where a member's key, or an item,
is written (through aliases and merge keys too), and for a pointer that leads nowhere
the place of the nearest ancestor that is there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from specloom.diagnostics import Diagnostic, SpecloomError, unescape_token
from specloom.load import yaml12
from specloom.load.json8259 import is_json_file, looks_like_json, walk
from specloom.load.places import Places
from specloom.load.source import decode, line_column
from specloom.values import dataclass, replace


def locate_all(
    source: str | Path, pointers: Iterable[str]
) -> dict[str, tuple[int, int] | None]:
    """Line and column (both from 1, in characters) of pointers into a text or file.

    The source is read once. None stands for what cannot be read or parsed, or holds no
    document.
    """
    root = _outline(source)
    return {pointer: root.find(pointer) if root else None for pointer in pointers}


def with_positions(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same findings, in order, with lines and columns; each file is read once."""
    findings = list(diagnostics)
    wanted: dict[str, set[str]] = {}
    for item in findings:
        if item.location is not None and item.location.line is None:
            wanted.setdefault(item.location.file, set()).add(item.location.pointer)
    places = {file: locate_all(Path(file), found) for file, found in wanted.items()}
    return [_placed(item, places) for item in findings]


def _placed(
    item: Diagnostic, places: dict[str, dict[str, tuple[int, int] | None]]
) -> Diagnostic:
    at = item.location
    if at is None or at.line is not None:
        return item
    place = places[at.file][at.pointer]
    if place is None:
        return item
    return replace(item, location=replace(at, line=place[0], column=place[1]))


@dataclass(slots=True)
class _Spot:
    """Where a value is written, and its members or items by token."""

    line: int
    column: int
    members: dict[str, _Spot] = field(default_factory=dict["str", "_Spot"])

    def find(self, pointer: str) -> tuple[int, int]:
        """The place of a pointer below this value, or of its nearest ancestor."""
        spot = self
        for token in pointer.split("/")[1:]:
            member = spot.members.get(unescape_token(token))
            if member is None:
                break
            spot = member
        return spot.line, spot.column


def _outline(source: str | Path) -> _Spot | Places | None:
    """The whole document as spots; None where it cannot be read or parsed."""
    if isinstance(source, str):
        text, file = source, ""
    else:
        file = str(source)
        try:
            if not source.is_file():  # a pipe was read once, which is all it allows
                return None
            text = decode(source.read_bytes(), file)
        except (OSError, SpecloomError):
            return None
    if looks_like_json(text, file):
        try:
            return _json_outline(text)
        except SpecloomError:
            if is_json_file(file):
                return None
    try:
        return yaml12.load(text, file, sys.maxsize, sys.maxsize)[0]
    except SpecloomError:
        return None


def _json_outline(text: str) -> _Spot:
    root = _Spot(*line_column(text, len(text) - len(text.lstrip())))
    path = [root]
    line, line_start, seen = 1, 0, 0
    for member in walk(text, "", depth=sys.maxsize):
        # From the last member on, not from where the line starts: it may be long.
        if breaks := text.count("\n", seen, member.offset):
            line += breaks
            line_start = text.rindex("\n", seen, member.offset) + 1
        seen = member.offset
        spot = _Spot(line, member.offset - line_start + 1)
        del path[member.level :]
        path[-1].members[member.token] = spot
        path.append(spot)
    return root
