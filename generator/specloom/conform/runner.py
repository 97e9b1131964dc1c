"""Runner: a spec and cases enter, the verdicts of a target's binding leave, in order.

The binding is generated into a temporary folder, its driver built there and fed. A
driver that dies takes one case with it (code ``crash``) and is started again.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ..diagnostics import Diagnostic, Severity, SpecloomError
from ..render import templates_folder
from .protocol import Case, Verdict, Violation, read_verdict
from .toolchains import TOOLCHAINS, Toolchain

_MOST_CRASHES = 20


def judge_cases(
    target: str,
    files: Mapping[str, str],
    cases: Sequence[Case],
    refused: Mapping[str, Violation],
) -> list[Verdict]:
    """The verdict of a binding on each case.

    Args:
        target: one of ``TOOLCHAINS``.
        files: what was generated, by path.
        cases: for schemas by name.
        refused: the answer for schemas that the driver is not to be asked about.

    Raises:
        SpecloomError: ``toolchain-missing``, ``driver-build`` or ``driver-run``.
    """
    asked = [case for case in cases if case.schema not in refused]
    with TemporaryDirectory(prefix="specloom-") as name:
        folder = Path(name) / target
        toolchain = TOOLCHAINS[target].resolved(target)
        _write(Path(name), files)
        _write(folder, {toolchain.driver: _driver(target, toolchain)})
        for command in toolchain.build:
            _build(command, folder)
        answers = _fed(toolchain.run, folder, asked)
        return [
            Verdict(False, error=refused[case.schema])
            if case.schema in refused
            else next(answers)
            for case in cases
        ]


def _driver(target: str, toolchain: Toolchain) -> str:
    path = templates_folder() / "conform" / target / toolchain.driver
    return path.read_text(encoding="utf-8")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _build(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode != 0:
        how = f"ended with {done.returncode}"
        raise _failed("driver-build", command, how, done.stdout)


def _fed(
    command: Sequence[str], folder: Path, cases: Sequence[Case]
) -> Iterator[Verdict]:
    """The driver's verdicts, a crash in the place of the case that made it die."""
    start, crashes = 0, 0
    while start < len(cases):
        done, output = _run(command, folder, cases[start:])
        yield from done
        start += len(done)
        if start < len(cases):
            crashes += 1
            if crashes > _MOST_CRASHES:
                how = f"died on more than {_MOST_CRASHES} cases"
                raise _failed("driver-run", command, how, output)
            message = _text(output).rpartition("\n")[2] or "the driver died"
            yield Verdict(False, error=Violation("", "crash", message))
            start += 1


def _run(
    command: Sequence[str], folder: Path, cases: Sequence[Case]
) -> tuple[list[Verdict], bytes]:
    """The verdicts that a driver made before it ended, and what else it said."""
    cases_path, verdicts_path = folder / "cases.txt", folder / "verdicts.txt"
    with cases_path.open("w", encoding="utf-8", newline="\n") as file:
        for case in cases:
            file.write(f"{json.dumps(case.schema)}\t{case.instance.strip()}\n")
    verdicts_path.write_bytes(b"")
    done = subprocess.run(
        (*command, str(cases_path), str(verdicts_path)),
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = verdicts_path.read_text(encoding="utf-8").split("\n")
    if lines[0] != "ready" or len(lines) == 1:
        how = f"ended with {done.returncode} before the first case"
        raise _failed("driver-run", command, how, done.stdout)
    # The last one has no end: it is empty, or what a dying driver was about to write.
    return [read_verdict(line) for line in lines[1:-1]], done.stdout


def _failed(
    code: str, command: Sequence[str], how: str, output: bytes
) -> SpecloomError:
    what = "build the driver" if code == "driver-build" else "run the driver"
    message = f"cannot {what}: `{' '.join(command)}` {how}:\n{_text(output)}"
    hint = "a defect of Specloom, unless the tool is too old; try its newest version"
    return SpecloomError(Diagnostic(Severity.ERROR, code, message, hint=hint))


def _text(output: bytes) -> str:
    return output.decode(errors="replace").strip()
