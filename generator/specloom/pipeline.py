"""The five phases in order: load, build, lower, render, write.

Each takes plain data from the one before and knows nothing of the one after. Nothing
is on disk before :meth:`Result.write`, and there is no result if there is an error.
"""

from __future__ import annotations

import sys
from collections.abc import (
    Callable,
    Collection,
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from .analyse import select
from .budgets import DEFAULT_BUDGETS, Budgets
from .build import build
from .build.relax import relax
from .cost import afford
from .diagnostics import Diagnostic, Diagnostics, Location, Severity, SpecloomError
from .ir import Model
from .keys import Words, digests, page_keys
from .load.document import Document
from .load.known import Readings
from .load.source import failure
from .options import DEFAULTS, Options
from .parallel import lay_out
from .read import FAULTS, Source, read
from .render import Allowance, Renderer
from .target import Page, Run
from .targets import TARGETS
from .texts import Texts
from .values import dataclass
from .write import Drift, Written, check, write
from .write.survey import NOT_READ, Known

_FRAMES_A_LEVEL = 6


class Progress(Protocol):
    """Told the phase that begins or goes on, and how many files there are by now.

    The phases are ``load``, ``read``, ``build``, for each target ``TARGET lower``,
    ``TARGET render`` and, if that is asked for, ``TARGET black``; ``earlier pages``,
    where those are known; and ``other processes``, which is to wait for them. ``total``
    is 0 where it is not known.
    """

    def __call__(self, phase: str, count: int, total: int = 0, /) -> None:
        """A phase begins or goes on."""
        ...


class Earlier(Protocol):
    """Knows the pages of earlier runs that are still there."""

    def text(self, path: str, key: str, /) -> str | None:
        """The text that was made for a path, if that was under the same key."""
        ...


class _Files(NamedTuple):
    """What :class:`Result` tells of the files of a spec."""

    read: Mapping[Path, str]
    missed: Collection[Path]


class Recall(NamedTuple):
    """Earlier runs, and what the spec says now."""

    earlier: Earlier
    words: Words


def silent(_phase: str, _count: int, _total: int = 0, /) -> None:
    """The progress of a run that nobody looks at."""


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
    with running(options, diagnostics):
        model, files, recall = _model(
            spec, options, diagnostics, progress, earlier, readings
        )
        texts = render(
            model, targets, options, diagnostics, progress, processes, recall
        )
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


def render(
    model: Model,
    targets: Iterable[str],
    options: Options,
    diagnostics: Diagnostics,
    progress: Progress,
    processes: int = 1,
    recall: Recall | None = None,
) -> Mapping[str, str]:
    """Lower and render: the text of every page of the targets, by path."""
    run = Run(model, options.settings, options.docs_base_url, diagnostics)
    jobs: list[tuple[str, Page]] = []
    for name in targets:
        progress(f"{name} lower", len(jobs))
        jobs += [(f"{name}/{page.path}", page) for page in TARGETS[name].pages(run)]
    renderer = Renderer(options.templates)

    def lay(number: int) -> str:
        path, page = jobs[number]
        name = path.partition("/")[0]
        progress(f"{name} lower", number, len(jobs))
        view = page.view()
        progress(f"{name} render", number, len(jobs))
        text = renderer.text(path, page, view)
        if options.black and options.templates and (options.templates / name).is_dir():
            progress(f"{name} black", number, len(jobs))
            text = _blackened(path, text)
        return text

    known = Texts[int]()
    if recall is not None:
        progress("earlier pages", 0)
        known = _known(run, recall, options, jobs)
    return _collected(jobs, known, lay, options.budgets, progress, processes)


def _known(
    run: Run, recall: Recall, options: Options, jobs: Sequence[tuple[str, Page]]
) -> Texts[int]:
    """The texts of pages, by number, that an earlier run has made."""
    known = Texts[int]()
    try:
        keys = page_keys(run, recall.words, options, jobs)
    except RecursionError:  # one of the deepest specs, of which nothing is known then
        return known
    for number, key in keys.items():
        text = recall.earlier.text(jobs[number][0], key)
        if text is not None:
            known.add(number, text)
    return known


def _collected(
    jobs: Sequence[tuple[str, Page]],
    known: Texts[int],
    lay: Callable[[int], str],
    budgets: Budgets,
    progress: Progress,
    processes: int,
) -> Mapping[str, str]:
    """All texts by path, in order, within the budgets."""
    own, all_ = Allowance(budgets), Allowance(budgets)
    left = [number for number in range(len(jobs)) if number not in known.kept]

    def afforded(index: int) -> str:
        number = left[index]
        text = lay(number)
        own.spend(jobs[number][0], text)
        return text

    def wait() -> None:
        progress("other processes", 0)

    made = lay_out([jobs[number][1] for number in left], afforded, processes, wait)
    for index, text in made.kept.items():
        known.kept[left[index]] = text
    files = Texts[str]()
    for number, (path, _) in enumerate(jobs):
        if number in known.kept:
            files.kept[path] = known.kept.pop(number)
        else:
            files.add(path, lay(number))
        all_.spend(path, files[path])
    return files


def _blackened(path: str, text: str) -> str:
    """Python as black lays it out: users' own templates need not care."""
    if not path.endswith(".py"):
        return text
    from .targets.python.settle import format_with_black  # which few runs need

    try:
        return format_with_black(text)
    except ValueError as error:  # black's InvalidInput
        message = f"{path} is no Python that black can read: {error}"
        raise failure("black", message, Location(path), "mend the template") from None


@contextmanager
def running(options: Options, diagnostics: Diagnostics) -> Generator[None]:
    """Let what stops a run carry all that was found, and nested schemas have room.

    The phases recurse into schemas as deep as the budget allows, each level in a few
    frames, for which Python's own limit is too low. (Not much more: where calls take
    space on C's stack, as in Python 3.10, that ends before a much higher limit does.)
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + _FRAMES_A_LEVEL * options.budgets.depth)
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
