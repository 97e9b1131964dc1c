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
from .load import pieces, yaml_events
from .load.json8259 import looks_like_json
from .load.source import decode
from .processes import received, send
from .shortcut.readings import Readings
from .shortcut.record import maker


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
    readings = Readings(maker((), started) if keeps else None)
    old = readings.get(path)
    budgets = DEFAULT_BUDGETS
    read = pieces.read(text, data, "", budgets.nodes, budgets.depth, old)
    digest = hashlib.sha256(data).hexdigest()
    send(answers, (digest, read.content, read.nodes, read.depth))
    if read is not old:
        readings.put(path, read, text, data)
    while (pointer := received(questions)) is not None:
        send(answers, read.find(pointer))
