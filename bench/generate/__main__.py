"""Time whole processes, from start to files on disk, ours and the peers' in turn.

    python -m bench.generate [SPEC] [--runs N] [--growth] [--write]

Enters: OpenAI's OpenAPI document, from which smaller ones are cut; without it, the
canonical spec. Leaves: tables on standard output, and with ``--write`` in the sections
of `bench/README.md`, with a chart beside it. The runs take turns, so that a busy
machine slows all alike; the median of each is shown. ``--growth`` measures synthetic
specs of up to 50,000 schemas instead.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.generate import contenders as run, growth, results
from bench.generate.results import Key, Results
from bench.generate.sizes import CANONICAL, OURS, WHOLE, Size, sizes
from bench.report import README, conditions, interleaved, put_section

CHART = "generate.svg"
FEWEST_RUNS = 5


def contenders(found: list[Size], folder: Path) -> dict[Key, run.Run]:
    """Everything that is timed, by the name of its size and its own."""
    made: dict[Key, run.Run] = {
        ("", results.BARE): run.bare,
        ("", results.HELP): partial(run.specloom, "--help"),
        ("", results.VERSION): partial(run.specloom, "--version"),
        (OURS, results.UNCHANGED): run.unchanged(
            CANONICAL, folder / "unchanged", ["python"]
        ),
    }
    for size in found:
        out = folder / f"out-{size.name}"
        spec, everything = size.yaml, run.EVERYTHING
        whole = {
            results.PYTHON: run.cold(spec, out / "python", ["python"]),
            results.TYPESCRIPT: run.cold(spec, out / "typescript", ["typescript"]),
            results.ALL: run.cold(spec, out / "all", everything),
        }
        if size.name == WHOLE and size.json is not None:
            whole |= {
                results.AS_JSON: run.cold(size.json, out / "json", ["python"]),
                results.UNCHANGED: run.unchanged(spec, out / "unchanged", ["python"]),
                results.EDITED: run.edited(spec, out / "edited", ["python"]),
            }
        peer = folder / f"peer-{size.name}"
        whole |= {
            results.DATACLASSES: run.datamodel_code_generator(spec, peer),
            results.TYPES: run.openapi_typescript(spec, peer),
            results.HEY_API: run.hey_api(spec, peer),
        }
        out.mkdir()
        made |= {(size.name, name): each for name, each in whole.items()}
    return made


def measure(spec: Path | None, runs: int, folder: Path) -> Results:
    """Run everything in turn."""
    found = sizes(spec, folder)
    seconds = interleaved(
        contenders(found, folder),
        runs,
        lambda turn, key: print(f"run {turn + 1}: {' '.join(key)}", file=sys.stderr),
    )
    return Results(found, seconds)


def main() -> int:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(prog="bench.generate", description=__doc__)
    parser.add_argument("spec", nargs="?", type=Path, help="OpenAI's OpenAPI document")
    parser.add_argument("--runs", type=int, default=FEWEST_RUNS, help="of each")
    parser.add_argument("--growth", action="store_true", help="synthetic specs instead")
    parser.add_argument("--write", action="store_true", help="into bench/README.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.growth:
            command = conditions("python -m bench.generate --growth")
            grown = growth.measure(folder, growth.SIZES)
            section, text = "growth", results.growth_page(grown, command)
        else:
            spec = f" SPEC={arguments.spec.name}" if arguments.spec else ""
            command = conditions(f"make bench-generate{spec}")
            measured = measure(arguments.spec, arguments.runs, folder)
            about = f"Medians of {arguments.runs} runs in turn: {command}"
            section, text = "generate", measured.page(about)
            if arguments.write:
                chart = README.with_name(CHART)
                chart.write_text(measured.chart(), encoding="utf-8")
    print(text)
    if arguments.write:
        put_section(README, section, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
