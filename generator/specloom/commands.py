"""Commands: parsed arguments in, something done and reported, an exit status out."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from . import pipeline
from .build.relax import relax
from .config import OWN_FILE, Config, ConfigError, load_config, usage_error
from .diagnostics import Diagnostic, Diagnostics, Location, Severity, SpecloomError
from .export import export
from .lint import lint
from .load.references import nearest
from .read import read
from .render import templates_folder
from .report import Progress, Reporter, counted, plain
from .targets import TARGETS
from .targets.languages import LANGUAGES
from .write import Drift, Written

OK, FINDINGS, USAGE = 0, 1, 2

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


def run(args: argparse.Namespace) -> int:
    """Do what the command line asks."""
    command = "check" if args.command == "generate" and args.check else args.command
    reporter = _reporter(command, machine=args.format == "json")
    try:
        if command == "targets":
            return _targets(reporter)
        config = load_config(args.config, _given(args), settings_types())
        spec = _spec(config)
        match command:
            case "lint":
                return _lint(spec, config, reporter)
            case "relax":
                return _relax(spec, config, reporter)
            case "conform":
                from .conform.commands import conform

                same = conform(spec, config, args.target, args.cases, args.out)
                return OK if same else FINDINGS
            case "cases":
                from .conform.commands import cases

                cases(spec, config, args.per_schema, args.seed, args.out)
                return OK
            case _:
                writes = command == "generate"
                return _generate(spec, config, args.targets, writes, reporter)
    except SpecloomError as error:
        reporter.show(error.diagnostics)
        if command == "generate":
            reporter.note(_failure(error))
        return USAGE if isinstance(error, ConfigError) else FINDINGS


def _failure(error: SpecloomError) -> str:
    errors = [item for item in error.diagnostics if item.severity is Severity.ERROR]
    partly = any(item.code == "write-failed" for item in errors)
    end = "the output is not complete" if partly else "nothing was written"
    return f"{counted(len(errors), 'error')}: {end}"


def _reporter(command: str, *, machine: bool) -> Reporter:
    """Standard output is for what was asked for, standard error for all else.

    So findings go to the former from ``lint`` and ``check``, and for machines; but
    never from ``relax``, which prints a document.
    """
    asked_for = command in ("lint", "check") or machine
    to_stdout = asked_for and command != "relax"
    return Reporter(sys.stdout if to_stdout else sys.stderr, machine=machine)


def _given(args: argparse.Namespace) -> dict[str, Any]:
    """What the command line says of the configuration's fields."""
    default = Config()
    names = {item.name for item in fields(Config)}
    return {
        name: tuple(value) if isinstance(getattr(default, name), tuple) else value
        for name, value in vars(args).items()
        if name in names and value is not None
    }


def _spec(config: Config) -> Path:
    if config.spec is None:
        message = "no spec is named, and no configuration sets `spec`"
        hint = f"say `specloom COMMAND openapi.yaml`, or set `spec` in {OWN_FILE}"
        raise usage_error("no-spec", message, hint)
    return config.spec


def _generate(
    spec: Path,
    config: Config,
    named: Sequence[str] | None,
    writes: bool,
    reporter: Reporter,
) -> int:
    """Make everything, then write it or compare it with what is there."""
    start = time.perf_counter()
    names = _target_names(config)
    _require_templates(config.templates)
    # Named on the command line, targets are a part of the output, else all of it.
    scope = None if named is None else names
    drift: tuple[Drift, ...] = ()
    with Progress() as progress:
        result = pipeline.generate(spec, names, config, progress)
    reporter.show(result.diagnostics)
    with Progress() as progress:
        progress("write" if writes else "check", len(result.files))
        if writes:
            done = _written(result.write(config.output, scope=scope))
        else:
            drift = result.check(config.output, scope=scope)
            done = _compared(drift, len(result.files))
    _show_drift(config.output, drift, reporter)
    seconds = time.perf_counter() - start
    models = sum(decl.wire_name is not None for decl in result.model.decls.values())
    what = f"{counted(models, 'model')}, {counted(len(names), 'target')}"
    title = plain(result.model.title)
    reporter.summary(f"{title}: {what}: {done} in {seconds:.2f} s")
    return FINDINGS if drift else OK


def _target_names(config: Config) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(config.targets)) or tuple(TARGETS)
    for name in names:
        if name not in TARGETS:
            message = f"there is no target `{name}`"
            raise usage_error("target-unknown", message, nearest(name, TARGETS))
    return names


def _require_templates(folder: Path | None) -> None:
    """Refuse a folder of templates that would change nothing: it is a mistake."""
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
        reporter.line(shown if reporter.machine else replace(shown, hint=""))
    if not reporter.machine:
        kinds = {item.kind for item in drift}
        for kind, (_, hint) in _MENDING.items():
            if kind in kinds:
                reporter.note(f"hint: {kind}: {hint}")


def _lint(spec: Path, config: Config, reporter: Reporter) -> int:
    with Progress() as progress:
        found = lint(spec, config, config.vocabulary, progress)
    reporter.show(found, everything=True)
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
    return FINDINGS if found.errors else OK


def _relax(spec: Path, config: Config, reporter: Reporter) -> int:
    found = Diagnostics()
    with Progress() as progress, pipeline.running(config, found):
        progress("load", 0)
        source = read(pipeline.load(spec, config, found), found)
        pipeline.shape(source, config, found)  # which finds the other errors
        document = export(relax(source))
    reporter.show(found)
    print(json.dumps(document, indent=2))
    return OK


def settings_types() -> dict[str, type]:
    """The settings of every target and language, by the name of their table."""
    types = {name: speller.settings_type for name, speller in LANGUAGES.items()}
    types |= {name: target.settings_type for name, target in TARGETS.items()}
    return {name: type_ for name, type_ in types.items() if fields(type_)}


def _targets(reporter: Reporter) -> int:
    """Print each target on a line, and each table of settings with its defaults."""
    types = settings_types()
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
