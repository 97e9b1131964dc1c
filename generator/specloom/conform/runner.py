"""Runner: a spec and cases enter, the verdicts of a target's binding leave, in order.

The binding is generated into a temporary folder, its driver built there and fed. A
driver that dies, or takes too long, loses one case (code ``crash``) and is started
again.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ..diagnostics import Diagnostic, Severity, SpecloomError
from ..render import templates_folder
from ..rendering import Progress, silent
from ..values import dataclass
from .arguments import PATIENCE
from .protocol import Case, Verdict, Violation, read_verdict
from .toolchains import TOOLCHAINS, Toolchain

_MOST_CRASHES = 20
_PAUSE = 0.2


def judge_cases(
    target: str,
    files: Mapping[str, str],
    cases: Sequence[Case],
    refused: Mapping[str, Violation],
    *,
    patience: float = PATIENCE,
    progress: Progress = silent,
) -> list[Verdict]:
    """The verdict of a binding on each case.

    Args:
        target: one of ``TOOLCHAINS``.
        files: what was generated, by path.
        cases: for schemas by name.
        refused: the answer for schemas that the driver is not to be asked about.
        patience: seconds that a driver may take for one case.
        progress: told what is worked on.

    Raises:
        SpecloomError: ``toolchain-missing``, ``driver-build`` or ``driver-run``.
    """
    asked = [case for case in cases if case.schema not in refused]
    with TemporaryDirectory(prefix="specloom-") as name:
        folder = Path(name) / target
        toolchain = TOOLCHAINS[target].resolved(target)
        progress("build the driver", 0)
        _write(Path(name), files)
        _write(folder, {toolchain.driver: _driver(target, toolchain)})
        for command in toolchain.build:
            _build(command, folder)
        run = _Run(toolchain.run, folder, patience, progress)
        answers = run.fed(asked)
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
        raise _failed("driver-build", command, how, _text(done.stdout))


@dataclass(frozen=True, slots=True)
class _Run:
    """How a driver is run."""

    command: Sequence[str]
    folder: Path
    patience: float
    progress: Progress

    def fed(self, cases: Sequence[Case]) -> Iterator[Verdict]:
        """The driver's verdicts, a crash in the place of the case that ended it."""
        start, crashes = 0, 0
        while start < len(cases):
            done, why = self._once(cases, start)
            yield from done
            start += len(done)
            if start < len(cases):
                crashes += 1
                if crashes > _MOST_CRASHES:
                    how = f"died on more than {_MOST_CRASHES} cases"
                    raise _failed("driver-run", self.command, how, why)
                message = why.rpartition("\n")[2]
                yield Verdict(False, error=Violation("", "crash", message))
                start += 1

    def _once(self, cases: Sequence[Case], start: int) -> tuple[list[Verdict], str]:
        """The verdicts that a driver made before it ended, and why it ended."""
        paths = [self.folder / f"{name}.txt" for name in ("cases", "verdicts", "said")]
        cases_path, verdicts_path, said_path = paths
        with cases_path.open("w", encoding="utf-8", newline="\n") as file:
            for case in cases[start:]:
                file.write(f"{json.dumps(case.schema)}\t{case.instance.strip()}\n")
        verdicts_path.write_bytes(b"")
        with said_path.open("wb") as said:
            driver = subprocess.Popen(
                (*self.command, str(cases_path), str(verdicts_path)),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        try:
            given = self._watched(driver, verdicts_path, start, len(cases))
        finally:
            driver.kill()
            driver.wait()
        why = _text(said_path.read_bytes()) or "the driver died"
        if given is not None:
            why = f"gave no answer within {given:g} s"
        lines = verdicts_path.read_text(encoding="utf-8").split("\n")
        if lines[0] != "ready" or len(lines) == 1:
            how = f"ended with {driver.returncode} before the first case"
            raise _failed("driver-run", self.command, how, why)
        # The last has no end: it is empty, or what a dying driver was about to write.
        return [read_verdict(line) for line in lines[1:-1]], why

    def _watched(
        self, driver: subprocess.Popen[bytes], verdicts: Path, start: int, total: int
    ) -> float | None:
        """Wait for a driver to end; the seconds that it was given, if it took longer.

        To start, and say so in its first line, is no case, and takes the time that the
        machine has for it. Pauses are counted, not seconds: while all is stopped, the
        driver is given none.
        """
        done, pauses = start - 1, 0
        with verdicts.open("rb") as file:
            while True:
                try:
                    driver.wait(_PAUSE)
                    return None
                except subprocess.TimeoutExpired:
                    pauses += 1
                more = file.read().count(b"\n")
                if more:
                    done, pauses = done + more, 0
                given = max(self.patience, PATIENCE if done < start else 0)
                if pauses * _PAUSE > given:
                    return given
                self.progress(f"conform: {max(0, done):,} of {total:,} cases", 0)


def _failed(code: str, command: Sequence[str], how: str, output: str) -> SpecloomError:
    what = "build the driver" if code == "driver-build" else "run the driver"
    message = f"cannot {what}: `{' '.join(command)}` {how}:\n{output}"
    hint = "a defect of Specloom, unless the tool is too old; try its newest version"
    return SpecloomError(Diagnostic(Severity.ERROR, code, message, hint=hint))


def _text(output: bytes) -> str:
    return output.decode(errors="replace").strip()
