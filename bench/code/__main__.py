"""Measure generated code beside that of other tools, in one run.

    python -m bench.code [SPEC] [--write]

Enters: OpenAI's public OpenAPI document; without it, our own spec, whose payloads are
the sessions only. Leaves: tables on standard output, and with ``--write`` in the
section of `bench/README.md`, with a chart beside it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench.code.imports import measure
from bench.code.page import CHART, chart, page
from bench.code.payloads import Suite, canonical_suite, is_realtime, make_suite
from bench.code.prepare import prepare
from bench.code.results import Results
from bench.report import README, conditions, put_section
from specloom.load.document import Document

CHECKOUT = Path(__file__).parents[2]
PROCESSES = 3
"""Of Node.js, whose compiler does not make the same choices each time."""
CANONICAL = CHECKOUT / "spec" / "openapi.yaml"


def main() -> int:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(prog="bench.code", description=__doc__)
    parser.add_argument("spec", nargs="?", type=Path, help="OpenAI's OpenAPI document")
    parser.add_argument(
        "--write", action="store_true", help="put the results into bench/README.md"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        suite = suite_of(arguments.spec, place)
        prepare(suite, place)
        python = worker(sys.executable, "-m", "bench.code.timing", folder)
        script = Path(__file__).with_name("timing.mjs")
        nodes = [worker("node", script, folder, CHECKOUT) for _ in range(PROCESSES)]
        run = Results(python, middle(nodes), measure(place, suite.session))
    command = "make bench"
    if arguments.spec:
        command += f" SPEC={arguments.spec.name}"
    text = page(run, suite.notes, conditions(command))
    print(text)
    if arguments.write:
        put_section(README, "code", text)
        README.with_name(CHART).write_text(chart(run), encoding="utf-8")
    return 0


def middle(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """One run, with the median of all runs for each payload and contender."""
    first = runs[0]
    seconds = {
        payload: {
            name: median(run["seconds"][payload][name] for run in runs)
            for name in found
        }
        for payload, found in first["seconds"].items()
    }
    return {**first, "seconds": seconds}


def suite_of(spec: Path | None, folder: Path) -> Suite:
    """The payloads of a document."""
    if spec is None:
        print(
            "No SPEC is given: only the sessions of our own spec are measured, without"
            " the openai SDK. For all payloads: make bench SPEC=path/to/openapi.yaml",
            file=sys.stderr,
        )
        return canonical_suite(CANONICAL, folder)
    loaded = Document.load(spec)
    document: Any = loaded.get(loaded.start)
    if not is_realtime(document):
        sys.exit(f"{spec}: lacks the events of OpenAI's Realtime API")
    return make_suite(document, folder)


def worker(*command: str | Path) -> dict[str, Any]:
    """What a process of its own measures; its progress goes to standard error."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=CHECKOUT)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
