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
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from .analyse import select
from .build import build
from .build.relax import relax
from .cost import afford
from .diagnostics import Diagnostic, Diagnostics, Location, SpecloomError
from .ir import Model
from .load.document import Document
from .load.source import failure
from .options import DEFAULTS, Options
from .read import Source, read
from .render import Renderer
from .target import Page, Run
from .targets import TARGETS
from .targets.python.layout import format_with_black
from .write import Drift, Written, check, write

_FRAMES_A_LEVEL = 6

Progress: TypeAlias = Callable[[str, int], None]
"""Told the phase that begins or goes on, and how many files it has made.

The phases are ``load``, ``read``, ``build``, and for each target ``TARGET lower``,
``TARGET render`` and, if that is asked for, ``TARGET black``.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run made: every file's text, by its path below the output folder."""

    model: Model
    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]
    read: Mapping[Path, str]
    """The SHA-256 of each file of the spec, by its path."""

    def write(self, root: Path, *, scope: Collection[str] | None = None) -> Written:
        """Bring a folder up to date, as :func:`specloom.write.write` does."""
        return write(root, self.files, scope=scope)

    def check(
        self, root: Path, *, scope: Collection[str] | None = None
    ) -> tuple[Drift, ...]:
        """Compare with a folder, as :func:`specloom.write.check` does."""
        return check(root, self.files, scope=scope)


def generate(
    spec: Path,
    targets: Sequence[str],
    options: Options = DEFAULTS,
    progress: Progress = lambda _phase, _count: None,
) -> Result:
    """Make every file of the named targets from a spec.

    Raises:
        SpecloomError: the spec or a template has errors; carries all that was found.
    """
    diagnostics = Diagnostics()
    with running(options, diagnostics):
        model, digests = _model(spec, options, diagnostics, progress)
        files = render(model, targets, options, diagnostics, progress)
        diagnostics.raise_errors()
    return Result(model, files, tuple(diagnostics), digests)


def _model(
    spec: Path, options: Options, diagnostics: Diagnostics, progress: Progress
) -> tuple[Model, Mapping[Path, str]]:
    """Load and build; the document's memory is free when this returns."""
    progress("load", 0)
    document = load(spec, options, diagnostics)
    progress("read", 0)
    source = read(document, diagnostics)
    progress("build", 0)
    return shape(source, options, diagnostics), document.digests


def load(spec: Path, options: Options, diagnostics: Diagnostics) -> Document:
    """Load: the entry file, and others when they are first referred to."""
    folders = tuple(str(folder) for folder in options.allow_ref)
    document = Document.load(spec, budgets=options.budgets, allow_ref=folders)
    for notice in document.notices:
        diagnostics.add(notice)
    return document


def shape(source: Source, options: Options, diagnostics: Diagnostics) -> Model:
    """Build: the model of what the options select, read as they say."""
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
) -> dict[str, str]:
    """Lower and render: the text of every page of the targets, by path."""
    renderer = Renderer(options.templates, options.budgets)
    run = Run(model, options.settings, options.docs_base_url, diagnostics)
    files: dict[str, str] = {}
    for name in targets:
        pages = _counted(TARGETS[name].pages(run), name, progress)
        made = renderer.render(name, pages)
        if options.black and options.templates and (options.templates / name).is_dir():
            progress(f"{name} black", len(made))
            made = {path: _blackened(path, text) for path, text in made.items()}
        files |= made
    return files


def _blackened(path: str, text: str) -> str:
    """Python as black lays it out: users' own templates need not care."""
    if not path.endswith(".py"):
        return text
    try:
        return format_with_black(text)
    except ValueError as error:  # black's InvalidInput
        message = f"{path} is no Python that black can read: {error}"
        raise failure("black", message, Location(path), "mend the template") from None


def _counted(pages: Iterable[Page], name: str, progress: Progress) -> Iterator[Page]:
    progress(f"{name} lower", 0)
    for count, page in enumerate(pages, 1):
        progress(f"{name} render", count)
        yield page
        progress(f"{name} lower", count)


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
    finally:
        sys.setrecursionlimit(limit)
