"""How long importing takes: whole interpreters, each contender in turn.

Enters: the folder that `prepare.py` filled. Leaves: median seconds above an interpreter
that does nothing, by what is imported. They are the processor's, so that what else a
machine does is not counted. Byte code is there already, from a first run that is not
counted either.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.code.contenders import (
    OPENAI,
    OURS,
    PYDANTIC,
    PYDANTIC_STRICT,
    PYDANTIC_TUNED,
)
from bench.report import interleaved

RUNS = 15
NOTHING = "an interpreter that does nothing"
ONE = "one model"
_ALL_OF_OURS = (
    "import specloom_models as m; "
    "[getattr(m, name) for name in m.__all__ if name[0].isupper()]"
)
PROGRAMS = {
    ("", NOTHING): "pass",
    ("all", OURS): _ALL_OF_OURS,
    ("all", PYDANTIC): "import peer_datamodel",
    ("all", PYDANTIC_TUNED): "import peer_datamodel_tuned",
    ("all", PYDANTIC_STRICT): "import peer_pydantic",
    ("all", OPENAI): "import openai.types.realtime",
    (ONE, OURS): "from specloom_models import {session}",
    (ONE, PYDANTIC): "from peer_datamodel import {session}",
    (ONE, OPENAI): ("from openai.types.realtime import RealtimeSessionCreateRequest"),
}


def processor() -> float:
    """Seconds that the finished children of this process have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(folder: Path, session: str) -> dict[tuple[str, str], float | None]:
    """Seconds above nothing; None for a program that fails."""
    places = [str(folder), str(folder / "python")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    # Everybody's byte code is kept, whatever the environment says.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def seconds(program: str) -> Callable[[], float | None]:
        def run() -> float | None:
            command = [sys.executable, "-c", program]
            before = processor()
            done = subprocess.run(
                command, env=environment, capture_output=True, check=False
            )
            return processor() - before if done.returncode == 0 else None

        run()
        return run

    jobs = {
        key: seconds(program.replace("{session}", session))
        for key, program in PROGRAMS.items()
    }
    print("Python: imports", file=sys.stderr)
    found = interleaved(jobs, RUNS)
    nothing = found[("", NOTHING)] or 0.0
    return {
        key: None if spent is None else spent if key[1] == NOTHING else spent - nothing
        for key, spent in found.items()
    }
