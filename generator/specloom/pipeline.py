"""The five phases in order: load, build, lower, render, write.

Each takes plain data from the one before and knows nothing of the one after. Nothing
is on disk before :meth:`Result.write`, and there is no result if there is an error.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .analyse import select
from .budgets import DEFAULT_BUDGETS
from .build import build
from .build.relax import relax
from .cost import afford
from .diagnostics import Diagnostic, Diagnostics, Severity, SpecloomError
from .ir import Model
from .keys import digests
from .load.document import Document
from .load.known import Readings
from .options import DEFAULTS, Options
from .read import FAULTS, Source, read
from .rendering import Earlier, Progress, Recall, render, silent
from .targets import TARGETS
from .values import dataclass
from .write import Drift, Written, check, write
from .write.survey import NOT_READ, Known

_FRAMES_A_LEVEL = 6
_MOST_FRAMES = 15_000 if sys.version_info < (3, 11) else sys.maxsize
"""Python 3.10 takes C's stack for each, which is of 8 MB on most systems."""


class _Files(NamedTuple):
    """What :class:`Result` tells of the files of a spec."""

    read: Mapping[Path, str]
    missed: Collection[Path]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run made: every file's text, by its path below the output folder."""

    model: Model
    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    read: Mapping[Path, str]
    """The SHA-256 of each file of the spec, by its path."""
    missed: Collection[Path] = ()
    """Files that a ``$ref`` looked for in vain; by absolute path."""

    def write(
        self,
        root: Path,
        *,
        scope: Collection[str] | None = None,
        known: Known = NOT_READ,
    ) -> Written:
        """Bring a folder up to date, as :func:`specloom.write.write` does."""
        return write(root, self.files, scope=scope, known=known)

    def check(
        self, root: Path, *, scope: Collection[str] | None = None
    ) -> tuple[Drift, ...]:
        """Compare with a folder, as :func:`specloom.write.check` does."""
        return check(root, self.files, scope=scope)


def generate(
    spec: Path,
    targets: Sequence[str],
    options: Options = DEFAULTS,
    progress: Progress = silent,
    processes: int = 1,
    earlier: Earlier | None = None,
    readings: Readings | None = None,
) -> Result:
    """Make every file of the named targets from a spec.

    ``processes`` is how many may lower and render, by forks; what is known from
    ``earlier`` runs is not made again, and what is known from earlier ``readings`` is
    not parsed again. The files are the same.

    Raises:
        SpecloomError: the spec or a template has errors; carries all that was found.
    """
    diagnostics = Diagnostics()
    wanted = {name: TARGETS[name] for name in targets}  # while others read the spec
    with running(options, diagnostics):
        model, files, recall = _model(
            spec, options, diagnostics, progress, earlier, readings
        )
        texts = render(model, wanted, options, diagnostics, progress, processes, recall)
        diagnostics.raise_errors()
    return Result(model, texts, tuple(diagnostics), files.read, files.missed)


def _model(
    spec: Path,
    options: Options,
    diagnostics: Diagnostics,
    progress: Progress,
    earlier: Earlier | None,
    readings: Readings | None,
) -> tuple[Model, _Files, Recall | None]:
    """Load and build; the document's memory is free when this returns."""
    progress("load", 0)
    document = load(spec, options, diagnostics, readings)
    try:
        progress("read", 0)
        source = read(document, diagnostics, bodies=options.bodies)
        recall = None
        if earlier is not None:
            progress("earlier pages", 0)
            recall = Recall(earlier, digests(document, source))
        progress("build", 0)
        files = _Files(document.digests, document.missed)
        return shape(source, options, diagnostics), files, recall
    finally:
        diagnostics.place(document.place)
        if readings is not None:
            readings.dismiss()


def load(
    spec: Path,
    options: Options,
    diagnostics: Diagnostics,
    readings: Readings | None = None,
) -> Document:
    """Load: the entry file, and others when they are first referred to."""
    folders = tuple(str(folder) for folder in options.allow_ref)
    document = Document.load(
        spec,
        budgets=options.budgets,
        allow_ref=folders,
        map_ref=options.map_ref,
        readings=readings,
    )
    for notice in document.notices:
        diagnostics.add(notice)
    return document


def shape(source: Source, options: Options, diagnostics: Diagnostics) -> Model:
    """Build: the model of what the options select, read as they say."""
    if options.skip_broken:
        diagnostics.excuse(FAULTS, "it is skipped")
    diagnostics.raise_errors()
    afford(source.roots, options.budgets, diagnostics)
    diagnostics.raise_errors()
    model = build(relax(source) if options.lenient else source, diagnostics)
    diagnostics.raise_errors()
    return select(model, options.include, diagnostics)


@contextmanager
def running(options: Options, diagnostics: Diagnostics) -> Generator[None]:
    """Let what stops a run carry all that was found, and nested schemas have room.

    The phases recurse into schemas as deep as the budget allows, each level in a few
    frames, for which Python's own limit is too low.
    """
    limit = sys.getrecursionlimit()
    more = _FRAMES_A_LEVEL * options.budgets.depth
    sys.setrecursionlimit(max(limit, min(limit + more, _MOST_FRAMES)))
    try:
        yield
    except SpecloomError as error:
        for item in error.diagnostics:
            diagnostics.add(item)
        raise SpecloomError(*diagnostics) from error
    except RecursionError as error:
        if options.budgets.depth <= DEFAULT_BUDGETS.depth:
            raise  # a defect, which is to be told as one
        message = "the spec is nested deeper than this Python can follow"
        hint = f"nest it less deeply; --budget depth={DEFAULT_BUDGETS.depth} says where"
        found = Diagnostic(Severity.ERROR, "budget-depth", message, hint=hint)
        raise SpecloomError(*diagnostics, found) from error
    finally:
        sys.setrecursionlimit(limit)
