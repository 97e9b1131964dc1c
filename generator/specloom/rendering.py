"""Rendering: the pages of all targets become texts, or have been in earlier runs.

Enters: the model, and the targets by name. Leaves: the text of every page by its path,
in order. Promises: the same texts whichever of them are known from an earlier run, and
however many processes share the rest; and no more of them than the budgets allow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from .budgets import Budgets
from .diagnostics import Diagnostics, Location
from .ir import Model
from .keys import Words, page_keys
from .load.source import failure
from .options import Options
from .parallel import lay_out
from .render import Allowance, Renderer
from .target import Page, Run, Target
from .texts import Texts


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


def silent(_phase: str, _count: int, _total: int = 0, /) -> None:
    """The progress of a run that nobody looks at."""


class Earlier(Protocol):
    """Knows the pages of earlier runs that are still there."""

    def text(self, path: str, key: str, /) -> str | None:
        """The text that was made for a path, if that was under the same key."""
        ...


class Recall(NamedTuple):
    """Earlier runs, and what the spec says now."""

    earlier: Earlier
    words: Words


def render(
    model: Model,
    targets: Mapping[str, Target],
    options: Options,
    diagnostics: Diagnostics,
    progress: Progress,
    processes: int = 1,
    recall: Recall | None = None,
) -> Mapping[str, str]:
    """Lower and render: the text of every page of the targets, by path."""
    run = Run(model, options.settings, options.docs_base_url, diagnostics)
    jobs: list[tuple[str, Page]] = []
    for name, target in targets.items():
        progress(f"{name} lower", len(jobs))
        jobs += [(f"{name}/{page.path}", page) for page in target.pages(run)]
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
