"""Reader: what the process does that reads a spec ahead of the one that wants it.

Enters: the path of a YAML file; then, through a pipe, pointers to values that somebody
wants the places of. Leaves: through another pipe what the file says, as soon as that is
known, and the places. What a large file says is kept for the next run.

Where anything is wrong, nothing is said of it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO

from .budgets import DEFAULT_BUDGETS
from .load import halves, pieces, yaml_events
from .load.json8259 import looks_like_json
from .load.pieces import Reading
from .load.source import decode
from .load.yaml12 import Composed
from .processes import received, send
from .shortcut.readings import Readings
from .shortcut.record import find_maker


def tell(
    path: Path, started: int, questions: IO[bytes], answers: IO[bytes], *, keeps: bool
) -> None:
    """Read a file, then answer until nothing more is asked.

    ``started`` is the time, in nanoseconds, before anything was read; ``keeps`` says
    whether what is known of earlier runs counts, and is kept for later ones.

    Raises:
        SpecloomError, OSError: the file cannot be read.
    """
    data = path.read_bytes()
    text = decode(data, "")
    if yaml_events.IS_SLOW or looks_like_json(text, ""):  # the first is to be told
        return
    maker = find_maker((), started) if keeps else None
    readings = Readings(None if maker is None else maker.name)
    old = readings.get(path)
    budgets = DEFAULT_BUDGETS
    limits = budgets.nodes, budgets.depth
    at = halves.parting(text) if old is None else None
    send(answers, (hashlib.sha256(data).hexdigest(), at))
    read: Reading | Composed | None
    if at is None:
        read = pieces.read(text, data, "", *limits, old)
        send(answers, (read.content, read.nodes, read.depth))
    else:
        read = _in_halves(text, at, *limits, answers)
    if read is None:
        return
    if read is not old:
        readings.put(path, read, text, data)
    while (pointer := received(questions)) is not None:
        send(answers, read.find(pointer))


def _in_halves(
    text: str, at: int, nodes: int, depth: int, answers: IO[bytes]
) -> Composed | None:
    """Tell of the second part, and only then read the first, as somebody else does."""
    second = halves.read(text[at:], nodes, depth)
    if second is None:
        return None
    send(answers, halves.said(second))
    first = halves.read(text[:at], nodes, depth)
    return None if first is None else halves.composed(first, second, at)
