"""Positions: JSON Pointers in, lines and columns of the text out.

Loading keeps no positions, because most runs print none; here a file is read once
more when a diagnostic is shown. Promises the place where a member's key, or an item,
is written (through aliases and merge keys too), and for a pointer that leads nowhere
the place of the nearest ancestor that is there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from ..diagnostics import Diagnostic, SpecloomError
from ..values import replace
from .json8259 import Spot, is_json_file, locate, looks_like_json
from .places import Places
from .references import split_pointer
from .source import decode

_Places: TypeAlias = dict[str, tuple[int, int] | None]


def locate_all(source: str | Path, pointers: Iterable[str]) -> _Places:
    """Line and column (both from 1, in characters) of pointers into a text or file.

    The source is read once. None stands for what cannot be read or parsed, or holds no
    document.
    """
    wanted = list(pointers)
    text, file = (source, "") if isinstance(source, str) else _read(source)
    if text is not None and looks_like_json(text, file):
        try:
            return _in_json(text, wanted)
        except SpecloomError:
            if is_json_file(file):
                return dict.fromkeys(wanted)
    places = None if text is None else _of_yaml(text)
    return {x: places.find(x) if places else None for x in wanted}


def with_positions(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same findings, in order, with lines and columns; each file is read once."""
    findings = list(diagnostics)
    wanted: dict[str, set[str]] = {}
    for item in findings:
        if item.location is not None and item.location.line is None:
            wanted.setdefault(item.location.file, set()).add(item.location.pointer)
    places = {file: locate_all(Path(file), found) for file, found in wanted.items()}
    return [_placed(item, places) for item in findings]


def _placed(item: Diagnostic, places: dict[str, _Places]) -> Diagnostic:
    at = item.location
    if at is None or at.line is not None:
        return item
    place = places[at.file][at.pointer]
    if place is None:
        return item
    return replace(item, location=replace(at, line=place[0], column=place[1]))


def _read(path: Path) -> tuple[str | None, str]:
    """The text of a file, if there is one that can be read, and its name."""
    file, text = str(path), None
    with suppress(OSError, SpecloomError):
        if path.is_file():  # a pipe was read once, which is all it allows
            text = decode(path.read_bytes(), file)
    return text, file


def _of_yaml(text: str) -> Places | None:
    from . import yaml12  # and PyYAML, which JSON does without

    try:
        return yaml12.load(text, "", sys.maxsize, sys.maxsize)[0]
    except SpecloomError:
        return None


def _in_json(text: str, pointers: Iterable[str]) -> _Places:
    """Follow only what is wanted, all of it in one pass."""
    root = Spot()
    paths = {pointer: [root] for pointer in pointers}
    for pointer, path in paths.items():
        for token in split_pointer(pointer):
            path.append(path[-1].members.setdefault(token, Spot()))
    locate(text, root)
    # What is deeper begins later; what is not there has no offset.
    offsets = {x: max(spot.offset for spot in path) for x, path in paths.items()}
    lines = _lines_columns(text, offsets.values())
    return {pointer: lines[offset] for pointer, offset in offsets.items()}


def _lines_columns(text: str, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    """What ``line_column`` says of each offset, from the text read once."""
    places: dict[int, tuple[int, int]] = {}
    line, line_start, seen = 1, 0, 0
    for offset in sorted(set(offsets)):
        # From the last one on, not from where the line starts: it may be long.
        if breaks := text.count("\n", seen, offset):
            line += breaks
            line_start = text.rindex("\n", seen, offset) + 1
        seen = offset
        places[offset] = line, offset - line_start + 1
    return places
