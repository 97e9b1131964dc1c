"""Command lines that are timed: ours, the peers', and what every process costs.

Enters: a spec and a scratch folder. Leaves: functions that run one process and return
its wall time. What a run needs to find, such as the output of an earlier one, is made
before the clock starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from bench.generate.sizes import CHECKOUT
from specloom.cache import CACHE_VARIABLE

MODULES = CHECKOUT / "bench" / "node_modules"
EVERYTHING = ("python", "typescript", "markdown")

Run = Callable[[], float | None]
"""Runs one process; None where it failed."""


def timed(command: Sequence[str | Path], cache: Path | None = None) -> float | None:
    """Wall time of a command; where it fails, its last words go to standard error.

    ``cache`` is what Specloom has for its cache folder, if not the user's. What the
    run before it wrote is on the disk first: nobody waits for another's files.
    """
    own = os.environ if cache is None else os.environ | {CACHE_VARIABLE: str(cache)}
    os.sync()
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, env=own)
    seconds = time.perf_counter() - start
    if done.returncode == 0:
        return seconds
    words = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    print(f"{command[0]}: exit {done.returncode}", *words, file=sys.stderr)
    return None


def bare() -> float | None:
    """What Python itself needs to start and end."""
    return timed([sys.executable, "-c", "pass"])


def specloom(*arguments: str | Path, cache: Path | None = None) -> float | None:
    """Our command with some arguments."""
    return timed([sys.executable, "-m", "specloom", *arguments], cache)


def arguments(spec: Path, out: Path, targets: Sequence[str]) -> list[str | Path]:
    """What follows ``specloom`` to write some targets."""
    flags = [word for target in targets for word in ("-t", target)]
    return ["generate", spec, *flags, "-o", out]


def cold(spec: Path, out: Path, targets: Sequence[str]) -> Run:
    """A run of ours into a folder that is not there yet, of a spec that it never read.

    It knows the compiled templates of those before it. What these have written stays:
    for a minute after many files are removed, ext4 looks at each place where one was
    before it makes another.
    """
    turns = count()
    cache = out / "cache"

    def run() -> float | None:
        for reading in cache.glob("*.reading"):
            reading.unlink()
        return specloom(*arguments(spec, out / str(next(turns)), targets), cache=cache)

    return run


def unchanged(spec: Path, out: Path, targets: Sequence[str]) -> Run:
    """A run of ours that finds nothing to do, and is not the first one to find that.

    The first one hashes what was written a moment before.
    """
    command = arguments(spec, out, targets)

    def run() -> float | None:
        if not out.is_dir():
            for _ in range(2):
                if specloom(*command) is None:
                    return None
        return specloom(*command)

    return run


def edited(spec: Path, out: Path, targets: Sequence[str]) -> Run:
    """A run of ours after one description in a spec, which is copied, has changed."""
    copy = out.with_suffix(spec.suffix)
    command = arguments(copy, out, targets)
    text = spec.read_text(encoding="utf-8")
    words = "Realtime session object configuration."
    texts = [text, text.replace(words, f"{words} Edited.", 1)]
    if texts[0] == texts[1]:
        sys.exit(f"{spec}: lacks the description that is edited: {words}")

    def run() -> float | None:
        if not out.is_dir():
            copy.write_text(texts[0], encoding="utf-8")
            if specloom(*command) is None:
                return None
        texts.reverse()
        copy.write_text(texts[0], encoding="utf-8")
        return specloom(*command)

    return run


def datamodel_code_generator(spec: Path, out: Path) -> Run:
    """Dataclasses by datamodel-code-generator, in one module."""
    return lambda: timed(
        [
            *(sys.executable, "-m", "datamodel_code_generator"),
            *("--input", spec, "--input-file-type", "openapi"),
            *("--output-model-type", "dataclasses.dataclass"),
            *("--output", out.with_suffix(".py")),
        ]
    )


def openapi_typescript(spec: Path, out: Path) -> Run:
    """Types by openapi-typescript, in one module."""
    program = MODULES / "openapi-typescript" / "bin" / "cli.js"
    return lambda: timed(["node", program, spec, "-o", out.with_suffix(".ts")])


def hey_api(spec: Path, out: Path) -> Run:
    """Types by hey-api, in one module."""
    program = MODULES / "@hey-api" / "openapi-ts" / "bin" / "run.js"
    plugin = ("-p", "@hey-api/typescript")
    return lambda: timed(["node", program, "-i", spec, "-o", out, *plugin, "-s"])
