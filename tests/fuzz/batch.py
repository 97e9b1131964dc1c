"""Batch: what several documents have become enters; what it does wrong leaves.

All TypeScript is compiled by one run of the compiler, and the drivers of all packages
of a language run in one process: to start one for each document would take hours. A
verdict other than the oracle's, a valid value that is not given back as it was, what
contradicts itself, and generated code that does not compile or dies are findings.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from specloom.conform.compare import KINDS, compare
from specloom.conform.protocol import Case, Verdict, Violation, read_verdict
from specloom.render import templates_folder

from .judge import Finding, Made

RUNNERS = Path(__file__).parent
TYPESCRIPT = {
    "target": "es2022",
    "module": "nodenext",
    "types": [],
    "strict": True,
    "noUnusedLocals": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "rootDir": "source",
    "outDir": "built",
}


def python(made: Sequence[Made], folder: Path) -> Iterator[Finding]:
    """Import the Python packages and ask them for verdicts."""
    driver = _driver("python", "driver.py")
    for item in made:
        home = folder / str(item.number)
        _write(home, _below(item.files, "python/"))
        _write(home, {"driver.py": driver})
    yield from _asked(made, folder, (sys.executable, str(RUNNERS / "run_drivers.py")))


def typescript(
    made: Sequence[Made], folder: Path, tsc: Path, node: Path
) -> Iterator[Finding]:
    """Compile the TypeScript packages and ask them for verdicts."""
    driver = _driver("typescript", "driver.mjs")
    for item in made:
        home = folder / "source" / str(item.number) / "dist"
        _write(home, _below(item.files, "typescript/src/"))
        _write(folder / "built" / str(item.number), {"driver.mjs": driver})
    module = json.dumps({"type": "module"})
    project = json.dumps({"compilerOptions": TYPESCRIPT, "include": ["source"]})
    _write(folder, {"package.json": module, "tsconfig.json": project})
    done = _run((str(node), str(tsc), "--project", "."), folder)
    if done.returncode != 0:
        yield from _compile_errors(made, done.stdout)
        return
    runner = (str(node), str(RUNNERS / "run_drivers.mjs"))
    yield from _asked(made, folder / "built", runner)


def _driver(target: str, name: str) -> str:
    path = templates_folder() / "conform" / target / name
    return path.read_text(encoding="utf-8")


def _below(files: Mapping[str, str], folder: str) -> dict[str, str]:
    return {
        path.removeprefix(folder): text
        for path, text in files.items()
        if path.startswith(folder)
    }


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")


def _run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _compile_errors(made: Sequence[Made], output: str) -> Iterator[Finding]:
    found: dict[int, str] = {}
    for line in output.splitlines():
        place = re.match(r"source/(\d+)/", line)
        if place:
            found.setdefault(int(place[1]), line)
    if not found:
        found = {made[0].number: f"tsc failed on this or a later document: {output}"}
    for number, line in found.items():
        yield Finding(number, f"TypeScript does not compile: {line}")


def _asked(
    made: Sequence[Made], folder: Path, runner: tuple[str, ...]
) -> Iterator[Finding]:
    """Run the drivers in their folders, and compare what they say with the oracle."""
    for item in made:
        cases = (f"{json.dumps(x.schema)}\t{x.instance}\n" for x in item.cases)
        _write(folder / str(item.number), {"cases.txt": "".join(cases)})
    done = _run((*runner, *(str(item.number) for item in made)), folder)
    for item in made:
        home = folder / str(item.number)
        verdicts = [read_verdict(line) for line in _lines(home / "verdicts.txt")[1:]]
        if len(verdicts) < len(item.cases):
            what = f"the driver died ({runner[0]}):\n{done.stdout[-3000:]}"
            yield Finding(item.number, what)
            return  # and all that came after it was not asked
        yield from _differences(item, verdicts)
        for line in _lines(home / "contradictions.txt")[:3]:
            yield Finding(item.number, f"{runner[0]}: {line}")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.is_file() else []


def _differences(item: Made, verdicts: Sequence[Verdict]) -> Iterator[Finding]:
    made = compare(item.cases, map(_deep, verdicts), None)
    for found in made.differences[:3]:
        if found.kind != "rounded":
            case: Case = found.case
            said = found.verdict.error or found.verdict.out
            what = f"{KINDS[found.kind]}: {case.schema} {case.instance}\n{said}"
            yield Finding(item.number, what)


def _deep(verdict: Verdict) -> Verdict:
    """A depth that a binding does not take is no fault, wherever it is met."""
    error = verdict.error
    if error is None or error.code != "depth":
        return verdict
    return replace(verdict, error=Violation("", "unsupported", error.message))
