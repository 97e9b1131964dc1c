"""Commands: parsed arguments in, something done and reported, an exit status out."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from . import pipeline
from .build.relax import relax
from .config import OWN_FILE, Config, ConfigError, load_config, usage_error
from .diagnostics import Diagnostics, Severity, SpecloomError
from .generating import Asked, check, generate, require_usable, sources
from .given import given, require_there, with_places
from .mishap import explain
from .read import FAULTS, read
from .report import Reporter, counted
from .shortcut.readings import Readings
from .shortcut.told import Ahead
from .targets import TARGETS
from .targets.settings import SETTINGS
from .timing import Timing
from .values import fields
from .watching import Sources, file_time, require_watchfiles, watch

OK, FINDINGS, USAGE = 0, 1, 2


def run(
    args: argparse.Namespace,
    arguments: Sequence[str],
    started: int,
    spent: float,
    ahead: Ahead | None,
) -> int:
    """Do what the command line asks.

    Args:
        args: the command line, parsed.
        arguments: the same as it was given.
        started: the time, in nanoseconds, before anything was looked at.
        spent: the seconds that the processor had worked by then, to start Python.
        ahead: who reads the spec meanwhile.
    """
    timing = Timing(spent + (time.time_ns() - started) / 1e9)
    command = "check" if args.command == "generate" and args.check else args.command
    machine = args.format == "json"
    reporter = _reporter(command, machine=machine, quiet=args.quiet)
    try:
        if command == "targets":
            return _targets(reporter)
        config = load_config(args.config, given(args), SETTINGS)
        require_there(config, args)
        spec = _spec(config)
        match command:
            case "lint":
                return _lint(spec, config, args, reporter, ahead)
            case "relax":
                return _relax(spec, config, reporter, ahead)
            case "conform":
                return _conform(spec, config, args, reporter)
            case "cases":
                return _cases(spec, config, args, reporter)
            case _:
                asked = _asked(args, config, arguments, started, timing, ahead)
                return _make(asked, args, command, reporter)
    except SpecloomError as error:
        _refuse(error, args, command, reporter)
        return USAGE if isinstance(error, ConfigError) else FINDINGS


def _asked(
    args: argparse.Namespace,
    config: Config,
    arguments: Sequence[str],
    started: int,
    timing: Timing,
    ahead: Ahead | None,
) -> Asked:
    spec = _spec(config)
    named = args.config, args.targets
    return Asked(spec, config, *named, arguments, started, timing, ahead)


def _make(
    asked: Asked, args: argparse.Namespace, command: str, reporter: Reporter
) -> int:
    if command == "check":
        return OK if check(asked, reporter) else FINDINGS
    if args.watch:
        require_watchfiles()
        require_usable(asked)
        watch(lambda: _again(args, asked.arguments, reporter))
    generate(asked, reporter)
    if args.profile:
        reporter.profile(asked.timing)
    return OK


def _refuse(
    error: SpecloomError, args: argparse.Namespace, command: str, reporter: Reporter
) -> None:
    reporter.show(with_places(error.diagnostics, args))
    if command == "generate":
        reporter.note(_failure(error))


def _again(
    args: argparse.Namespace, arguments: Sequence[str], reporter: Reporter
) -> tuple[Sources, int]:
    """Generate for `--watch`: report whatever goes wrong, and tell what matters."""
    began, started = file_time(), time.time_ns()
    config = Config(**given(args))
    read: Iterable[Path] = ()
    sought: Iterable[Path] = ()
    done = False
    try:
        config = load_config(args.config, given(args), SETTINGS)
        require_there(config, args)
        timing = Timing()
        asked = _asked(args, config, arguments, started, timing, None)
        result = generate(asked, reporter)
        read, sought = result.read, result.missed
        if args.profile:
            reporter.profile(timing)
        done = True
    except SpecloomError as error:
        _refuse(error, args, "generate", reporter)
        sought = [Path(x.location.file) for x in error.diagnostics if x.location]
    except BrokenPipeError:
        raise
    except Exception as error:  # the next edit may mend what it was about
        explain(error)
    found = sources(config, args.config, read, sought, done=done)
    there = [state for state in found.files.values() if state is not None]
    reporter.note(f"watching {counted(len(there), 'file')}")
    sys.stdout.flush()
    gc.collect()
    return found, began


def _failure(error: SpecloomError) -> str:
    errors = [item for item in error.diagnostics if item.severity is Severity.ERROR]
    partly = any(item.code == "write-failed" for item in errors)
    end = "the output is not complete" if partly else "nothing was written"
    if all(item.code in FAULTS for item in errors):
        end += "; mend the spec, or go on without these places by --skip-broken"
    return f"{counted(len(errors), 'error')}: {end}"


def _reporter(command: str, *, machine: bool, quiet: bool) -> Reporter:
    """Standard output is for what was asked for, standard error for all else.

    So findings go to the former from ``lint`` and ``check``, and for machines; but
    never from ``relax`` and ``cases``, which print what they make.
    """
    asked_for = command in ("lint", "check") or machine
    to_stdout = asked_for and command not in ("relax", "cases")
    stream = sys.stdout if to_stdout else sys.stderr
    return Reporter(stream, machine=machine, quiet=quiet)


def _spec(config: Config) -> Path:
    if config.spec is None:
        message = "no spec is named, and no configuration sets `spec`"
        hint = f"say `specloom COMMAND openapi.yaml`, or set `spec` in {OWN_FILE}"
        raise usage_error("no-spec", message, hint)
    return config.spec


def _lint(
    spec: Path,
    config: Config,
    args: argparse.Namespace,
    reporter: Reporter,
    ahead: Ahead | None,
) -> int:
    from .lint import lint  # here and below: what most runs do without

    with reporter.progress() as progress:
        readings = Readings(None, ahead)
        found = lint(spec, config, config.vocabulary, progress, readings)
    reporter.show(with_places(found, args), everything=True)
    counts = Counter(item.severity for item in found)
    words = (
        (Severity.ERROR, "error"),
        (Severity.WARNING, "warning"),
        (Severity.INFO, "note"),
    )
    told = ", ".join(
        counted(counts[level], word) for level, word in words if counts[level]
    )
    reporter.summary(f"{spec.as_posix()}: {told or 'nothing to say'}")
    return FINDINGS if found.failed else OK


def _relax(spec: Path, config: Config, reporter: Reporter, ahead: Ahead | None) -> int:
    from .export import export

    found = Diagnostics()
    with reporter.progress() as progress, pipeline.running(config, found):
        progress("load", 0)
        document = pipeline.load(spec, config, found, Readings(None, ahead))
        source = read(document, found, bodies=config.bodies)
        pipeline.shape(source, config, found)  # which finds the other errors
        relaxed = export(relax(source))
    reporter.show(found)
    print(json.dumps(relaxed, indent=2))
    return OK


def _conform(
    spec: Path, config: Config, args: argparse.Namespace, reporter: Reporter
) -> int:
    from .conform.commands import conform

    same = conform(
        spec,
        config,
        args.target,
        args.cases,
        args.out,
        reporter,
        patience=args.timeout,
    )
    return OK if same else FINDINGS


def _cases(
    spec: Path, config: Config, args: argparse.Namespace, reporter: Reporter
) -> int:
    from .conform.commands import cases

    cases(spec, config, args.per_schema, args.seed, args.out, reporter)
    return OK


def _targets(reporter: Reporter) -> int:
    """Print each target on a line, and each table of settings with its defaults."""
    import inspect

    types = {name: type_ for name, type_ in SETTINGS.items() if fields(type_)}
    if reporter.machine:
        for name in dict.fromkeys([*TARGETS, *types]):
            summary = TARGETS[name].summary if name in TARGETS else None
            settings = _defaults(types[name]) if name in types else {}
            print(json.dumps({"name": name, "summary": summary, "settings": settings}))
        return OK
    width = max(map(len, TARGETS))
    for name, target in TARGETS.items():
        print(f"{name:{width}}  {target.summary}")
    print(
        f"\nSettings in {OWN_FILE}, with their defaults; an empty name is made of the"
    )
    print("spec's title:")
    for name, type_ in types.items():
        print(f"\n[{name}]")
        for line in inspect.cleandoc(type_.__doc__ or "").splitlines():
            print(f"# {line}".rstrip())
        for key, value in _defaults(type_).items():
            print(f"{key} = {json.dumps(value)}")
    return OK


def _defaults(type_: Any) -> dict[str, Any]:
    default = type_()
    return {item.name: getattr(default, item.name) for item in fields(type_)}
