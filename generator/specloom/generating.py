"""Generating: the commands `generate` and `check`; a configuration in, a status out."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import pipeline
from .config import (
    Config,
    find_config,
    place_of,
    search,
    usage_error,
)
from .diagnostics import Diagnostic, Location, Severity
from .load.nearest import nearest
from .processes import workers
from .render import templates_folder
from .rendering import Progress
from .report import Reporter, counted, in_order, plain
from .shortcut.pages import Pages
from .shortcut.readings import Readings
from .shortcut.record import Maker, Run, find_maker, remember
from .shortcut.told import Ahead
from .targets import TARGETS
from .timing import Timing
from .values import dataclass, replace
from .watching import GONE, Sources, places
from .write import Drift, Written
from .write.survey import NOT_READ

_MENDING: Mapping[str, tuple[str, str]] = {
    "edited": (
        "this is not what Specloom wrote",
        "move the edit to the spec or to a template of your own and generate again; a"
        " file that is yours belongs elsewhere",
    ),
    "outdated": (
        "the spec, a setting or a template has changed since this was written",
        "run `specloom generate`",
    ),
    "missing": (
        "this is not there",
        "run `specloom generate`, and see that what it writes is committed",
    ),
    "orphaned": (
        "nothing generates this any more",
        "run `specloom generate`, which removes it",
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What one run of `generate` or `check` works with.

    ``named`` are the targets on the command line: they are a part of the output, as
    the targets of a configuration are not. ``arguments`` is the whole command line, and
    ``started`` the time, in nanoseconds, before it was looked at. ``ahead`` reads the
    spec meanwhile.
    """

    spec: Path
    config: Config
    config_file: Path | None
    named: Sequence[str] | None
    arguments: Sequence[str]
    started: int
    timing: Timing
    ahead: Ahead | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets to make.

        Raises:
            ConfigError: ``target-unknown``.
        """
        names = tuple(dict.fromkeys(self.config.targets)) or tuple(TARGETS)
        for name in names:
            if name not in TARGETS:
                message, hint = f"there is no target `{name}`", nearest(name, TARGETS)
                said_in = None if self.named else self.config_file or find_config()
                at = place_of(said_in, "targets") if said_in else None
                raise usage_error("target-unknown", message, hint, at)
        return names

    @property
    def scope(self) -> tuple[str, ...] | None:
        """The targets that are brought up to date; None for the whole output."""
        return None if self.named is None else self.targets


def generate(asked: Asked, reporter: Reporter) -> pipeline.Result:
    """Make everything, write what differs, and remember that it is done."""
    start = time.perf_counter()
    maker = find_maker(_templates(asked.config), asked.started)
    readings = Readings(None if maker is None else maker.name, asked.ahead)
    # Where more than Specloom lays a page out, it is not known what that would do.
    earlier = None
    if maker is not None and not asked.config.black:
        earlier = Pages(asked.config.output, maker.name)
    result, ordered = _made(asked, reporter, readings, earlier)
    with _progress(asked, reporter) as progress:
        progress("write", len(result.files))
        known = NOT_READ if earlier is None else earlier.known
        done = result.write(asked.config.output, scope=asked.scope, known=known)
    seconds = time.perf_counter() - start
    reporter.summary(f"{_what(asked, result)}: {_written(done)} in {seconds:.2f} s")
    asked.timing("remember")
    if earlier is not None:
        earlier.save(done.digests, asked.targets)
    if maker is not None:
        _remember(asked, reporter, maker, result, ordered, done)
    return result


def check(asked: Asked, reporter: Reporter) -> bool:
    """Make everything and compare it with what is there; True if that is the same."""
    start = time.perf_counter()
    result, _ = _made(asked, reporter, Readings(None, asked.ahead))
    with _progress(asked, reporter) as progress:
        progress("check", len(result.files))
        drift = result.check(asked.config.output, scope=asked.scope)
    _show_drift(asked.config.output, drift, reporter)
    seconds = time.perf_counter() - start
    done = _compared(drift, len(result.files))
    reporter.summary(f"{_what(asked, result)}: {done} in {seconds:.2f} s")
    return not drift


def _made(
    asked: Asked,
    reporter: Reporter,
    readings: Readings,
    earlier: Pages | None = None,
) -> tuple[pipeline.Result, list[Diagnostic]]:
    """Every file, and the findings, which are shown."""
    require_usable(asked)
    with _progress(asked, reporter) as progress:
        result = pipeline.generate(
            asked.spec,
            asked.targets,
            asked.config,
            progress,
            workers(),
            earlier,
            readings,
        )
    asked.timing("findings")
    ordered = in_order(result.diagnostics)
    reporter.put(ordered, everything=False)
    return result, ordered


@contextmanager
def _progress(asked: Asked, reporter: Reporter) -> Generator[Progress]:
    """Something to tell of each phase, which is shown and timed."""
    with reporter.progress() as shown:

        def tell(phase: str, count: int, total: int = 0, /) -> None:
            asked.timing(phase)
            shown(phase, count, total)

        yield tell


def _what(asked: Asked, result: pipeline.Result) -> str:
    models = sum(decl.wire_name is not None for decl in result.model.decls.values())
    counts = f"{counted(models, 'model')}, {counted(len(asked.targets), 'target')}"
    return f"{plain(result.model.title)}: {counts}"


def _remember(
    asked: Asked,
    reporter: Reporter,
    maker: Maker,
    result: pipeline.Result,
    ordered: Sequence[Diagnostic],
    done: Written,
) -> None:
    """Let the next run end at once if nothing has changed by then."""

    def said(colour: bool) -> str:
        return reporter.worded(ordered, colour, everything=False)

    nothing = Written((), (), len(result.files), ())
    summary = f"{_what(asked, result)}: {_written(nothing)}"
    run = Run(
        arguments=asked.arguments,
        started=asked.started,
        read=result.read,
        sought={
            **{x: x.is_file() for x in _configurations(asked.config_file)},
            **dict.fromkeys(result.missed, False),
        },
        needed=_references(asked.config),
        maker=maker,
        output=asked.config.output,
        files=result.files,
        manifest=done.manifest,
        said=(said(False), said(True), reporter.machine),
        summary="" if reporter.quiet else summary,
    )
    remember(run)


def require_usable(asked: Asked) -> None:
    """Refuse unknown targets, and templates that would change nothing.

    Raises:
        ConfigError: ``target-unknown`` or ``templates``.
    """
    folder = asked.config.templates if asked.targets else None
    if folder is None:
        return
    if not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        message = f"{folder.as_posix()} is no folder that can be read"
        raise usage_error("templates", message, "check the path")
    shipped = templates_folder()
    names = [path.relative_to(shipped) for path in shipped.rglob("*.*")]
    if not any((folder / name).is_file() for name in names):
        message = f"{folder.as_posix()} has no template in the place of one of ours"
        hint = f"name it as in {shipped.as_posix()}, such as python/record.py.j2"
        raise usage_error("templates", message, hint)


def _written(done: Written) -> str:
    parts = [f"{counted(len(done.created) + len(done.changed), 'file')} written"]
    parts += [f"{done.unchanged:,} unchanged"] if done.unchanged else []
    parts += [f"{len(done.removed):,} removed"] if done.removed else []
    return ", ".join(parts)


def _compared(drift: Sequence[Drift], files: int) -> str:
    if not drift:
        return f"{counted(files, 'file')} up to date"
    kinds = Counter[str](item.kind for item in drift)
    return ", ".join(f"{kinds[kind]:,} {kind}" for kind in _MENDING if kinds[kind])


def _show_drift(output: Path, drift: Sequence[Drift], reporter: Reporter) -> None:
    """Report what ``check`` found; people are told once how to mend each kind."""
    for item in drift:
        message, hint = _MENDING[item.kind]
        at = Location((output / item.path).as_posix())
        shown = Diagnostic(Severity.ERROR, item.kind, message, at, hint)
        reporter.put([shown if reporter.machine else replace(shown, hint="")])
    if not reporter.machine:
        kinds = {item.kind for item in drift}
        for kind, (_, hint) in _MENDING.items():
            if kind in kinds:
                reporter.note(f"hint: {kind}: {hint}")


def _configurations(named: Path | None) -> list[Path]:
    """Where a configuration is looked for."""
    return [named] if named else [path for path, _ in search(Path.cwd())]


def _references(config: Config) -> list[Path]:
    """Where a ``$ref`` may lead beside the folder of the spec."""
    return [*config.allow_ref, *config.map_ref.values()]


def _templates(config: Config) -> list[Path]:
    own = config.templates
    return [templates_folder(), *([own] if own else [])]


def sources(
    config: Config,
    config_file: Path | None,
    read: Iterable[Path],
    sought: Iterable[Path],
    *,
    done: bool,
) -> Sources:
    """What a run went by, for `--watch`: it ended well or, as far as is known, not.

    ``sought`` are files that it looked for, and may not have found.
    """
    spec = [config.spec] if config.spec else []
    references = _references(config)
    absent = [x for x in references if not x.exists()]
    around = [] if done else [*(x.parent for x in spec), *references]
    real, found = os.path.realpath, places(read)
    return Sources(
        files={
            **places([*sought, *spec, *absent, *_configurations(config_file)]),
            # What was read may have gone by now.
            **{x: (state or GONE) if done else state for x, state in found.items()},
        },
        trees=tuple(map(real, _templates(config))),
        around=tuple(map(real, around)),
        output=tuple(real(config.output / name) for name in TARGETS),
        failed=not done,
    )
