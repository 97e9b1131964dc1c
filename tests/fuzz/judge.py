"""Judge: one document enters; what the engine made of it, or did wrong, leaves.

A document ends in generated files or in diagnostics that say where the fault is. An
exception of any other kind, a diagnostic without a place, Python that does not compile
and a run that takes too long are findings.
"""

from __future__ import annotations

import signal
import traceback
import warnings
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import FrameType

from specloom import pipeline
from specloom.conform.cases import make_cases
from specloom.conform.heirs import with_heirs
from specloom.conform.oracle import Oracle, named_roots
from specloom.conform.protocol import Case
from specloom.conform.refusals import refusals
from specloom.diagnostics import Diagnostic, Diagnostics, Severity, SpecloomError
from specloom.options import Options
from specloom.read import read
from specloom.rendering import render
from specloom.targets import TARGETS
from specloom.targets.settings import PythonSettings

from .documents import Document
from .instances import crossed

SECONDS = 30
"""Of processor time, for a document; most take a tenth of a second."""
PER_SCHEMA = 6
LONGEST_NAME = 255
"""Of a file, in bytes (NAME_MAX of POSIX systems)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was generated, and cases for it with the oracle's labels."""

    number: int
    files: Mapping[str, str]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A spec that was refused, with words that help."""

    number: int


class _TooLong(BaseException):
    """Not an `Exception`, lest something on the way takes it for a fault of its own."""


def package(number: int) -> str:
    """The name of the Python package of a document."""
    return f"fuzz_{number}"


def judge(number: int, document: Document, folder: Path) -> Made | Refused | Finding:
    """Run every target on a document, which is put into ``folder``."""
    entry = document.write(folder)
    try:
        with _limited(SECONDS):
            made = _made(number, entry, document.lenient)
    except _TooLong as error:
        place = "".join(traceback.format_tb(error.__traceback__)[-6:])
        return Finding(number, f"more than {SECONDS} s of processor time\n{place}")
    except SpecloomError as error:
        fault = _fault(error.diagnostics)
        return Finding(number, fault) if fault else Refused(number)
    except Exception:
        return Finding(number, traceback.format_exc())
    fault = _unwritable(made.files) or _uncompiled(made.files)
    return Finding(number, fault) if fault else made


def _made(number: int, entry: Path, lenient: bool) -> Made:
    settings = {"python": PythonSettings(package=package(number))}
    options = Options(lenient=lenient, settings=settings)
    found = Diagnostics()
    with pipeline.running(options, found):
        loaded = pipeline.load(entry, options, found)
        source = read(loaded, found)
        model = pipeline.shape(source, options, found)
        files = render(model, TARGETS, options, found, lambda *_: None)
        found.raise_errors()
    fault = _fault(tuple(found), refused=False)
    if fault:
        raise AssertionError(fault)
    sampled = with_heirs(source)
    roots = named_roots(sampled)
    refused = refusals(source, found)
    asked = {name: root for name, root in roots.items() if root.id not in refused}
    oracle = Oracle(loaded, source, lenient=lenient)
    with pipeline.running(options, found):
        made = make_cases(
            sampled.roots, asked, oracle, per_schema=PER_SCHEMA, seed=number
        )
        cases = list(made)
        cases += crossed(cases, oracle, Random(number), PER_SCHEMA)
        return Made(number, files, tuple(cases))


def _fault(found: tuple[Diagnostic, ...], *, refused: bool = True) -> str:
    """What is wrong with diagnostics, or nothing."""
    if refused and not any(item.severity is Severity.ERROR for item in found):
        return f"refused without an error: {found}"
    for item in found:
        if item.location is None or not item.location.file:
            return f"a diagnostic without a place: {item}"
        if not item.message or len(item.message) > 2000:
            return f"a message of {len(item.message)} characters: {item!s:.300}"
    return ""


def _unwritable(files: Mapping[str, str]) -> str:
    """The first name that file systems do not take, or nothing."""
    for path in files:
        if any(len(part.encode()) > LONGEST_NAME for part in path.split("/")):
            return f"too long a name: {path}"
    return ""


def _uncompiled(files: Mapping[str, str]) -> str:
    """The first Python module that does not compile, or nothing."""
    for path, text in files.items():
        if path.endswith(".py"):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    compile(text, path, "exec")
            except (SyntaxError, SyntaxWarning, ValueError) as error:
                return f"{path}: {error}"
    return ""


@contextmanager
def _limited(seconds: float) -> Generator[None]:
    """Break off what takes more processor time, where the system can tell."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
