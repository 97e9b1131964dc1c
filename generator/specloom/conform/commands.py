"""Commands: what ``specloom conform`` and ``specloom cases`` do.

Enters: a spec, options, and what the command line adds. Leaves: a summary or a corpus
on standard output, verdicts in a file, and whether all is well.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .. import pipeline
from ..build.relax import relax
from ..config import usage_error
from ..cost import afford
from ..diagnostics import Diagnostics, Location
from ..judge import INSTALL, is_available
from ..load.nearest import nearest
from ..options import Options
from ..read import read
from ..rendering import render
from ..report import Reporter, counted, plain
from ..targets import TARGETS
from ..values import replace
from .cases import Shortfall, make_cases
from .compare import compare
from .heirs import with_heirs
from .oracle import Oracle, named_roots, require_oracle
from .protocol import Case, case_line, read_cases, verdict_line, write_lines
from .refusals import refusals
from .runner import judge_cases
from .sampler import LARGEST
from .summary import Facts, as_json, as_text
from .toolchains import TOOLCHAINS

_SHOWN = 5
"""How many names a line lists."""


def conform(
    spec: Path,
    options: Options,
    target: str,
    cases_path: Path,
    out: Path | None,
    reporter: Reporter,
    *,
    patience: float,
) -> bool:
    """Judge a target's binding by cases; whether it differs nowhere.

    Without jsonschema-rs the labels of the cases are what verdicts are compared with.

    Raises:
        SpecloomError: the spec, the cases, the target or a tool it needs is at fault.
    """
    start = time.perf_counter()
    _require_target(target)
    options = replace(options, include=(), skip_broken=False)
    found = Diagnostics()
    cases = read_cases(cases_path)
    judged = _can_judge(cases, cases_path, reporter)
    with reporter.progress() as progress:
        with pipeline.running(options, found):
            document = pipeline.load(spec, options, found)
            source = read(document, found, bodies=options.bodies)
            model = pipeline.shape(source, options, found)
            wanted = {target: TARGETS[target]}
            files = render(model, wanted, options, found, progress)
        roots = named_roots(source)
        refused = refusals(source, found)
        answers = {name: refused[r.id] for name, r in roots.items() if r.id in refused}
        verdicts = judge_cases(
            target, files, cases, answers, patience=patience, progress=progress
        )
        if out is not None:
            write_lines(out, map(verdict_line, verdicts))
        oracle = None
        if judged:
            progress("ask the oracle", 0)
            oracle = Oracle(document, source, lenient=options.lenient)
        comparison = compare(cases, verdicts, oracle)
    seconds = time.perf_counter() - start
    schemas = len({case.schema for case in cases})
    facts = Facts(model.title, target, len(cases), schemas, round(seconds, 3))
    worded = as_json if reporter.machine else as_text
    for line in worded(comparison, None if reporter.quiet else facts):
        print(line)
    return not comparison.differences


def _can_judge(cases: Sequence[Case], path: Path, reporter: Reporter) -> bool:
    """Whether there is an oracle; if not, people are told that labels judge.

    Raises:
        SpecloomError: ``oracle-missing``: there is neither an oracle nor every label.
    """
    if is_available():
        return True
    if any(case.valid is None for case in cases):
        hint = f'{INSTALL}, or say of each case whether it is "valid"'
        require_oracle(Location(path.as_posix()), hint)
    labels = "the labels of the cases: jsonschema-rs is not installed"
    reporter.note(f"judged by {labels} ({INSTALL})")
    return False


def _require_target(target: str) -> None:
    if target not in TOOLCHAINS:
        message = f"there is no driver for the target `{target}`"
        raise usage_error("target-unknown", message, nearest(target, TOOLCHAINS))


def cases(
    spec: Path,
    options: Options,
    per_schema: int,
    seed: int,
    out: Path | None,
    reporter: Reporter,
) -> None:
    """Make a corpus and write it to a file or to standard output.

    Raises:
        SpecloomError: the spec is at fault, or the oracle is not installed.
    """
    found, lacks = Diagnostics(), Shortfall()
    with reporter.progress() as progress, pipeline.running(options, found):
        progress("load", 0)
        document = pipeline.load(spec, options, found)
        source = read(document, found, bodies=options.bodies)
        found.raise_errors()
        afford(source.roots, options.budgets, found)
        found.raise_errors()
        oracle = Oracle(document, source, lenient=options.lenient)
        if options.lenient:
            source = relax(source)
        source = with_heirs(source)
        named = named_roots(source)
        schemas = counted(len(named), "schema")
        made = make_cases(
            source.roots,
            named,
            oracle,
            per_schema=per_schema,
            seed=seed,
            shortfall=lacks,
            progress=lambda seen: progress(f"cases: {seen:,} of {schemas}", 0),
        )
        corpus = [*made]
    lines = map(case_line, corpus)
    if out is not None:
        write_lines(out, lines)
        valid = sum(case.valid is True for case in corpus)
        cases = f"{counted(len(corpus), 'case')} of {schemas}, {valid:,} of them valid"
        reporter.summary(f"{out.as_posix()}: {cases}")
    else:
        _print_lines(lines)
    for line in _lacking(lacks, per_schema):
        reporter.note(line)


def _print_lines(lines: Iterable[str]) -> None:
    stream: Any = sys.stdout
    if hasattr(stream, "reconfigure"):
        # JSON is UTF-8 (RFC 8259, section 8.1), whatever the terminal's encoding is.
        stream.reconfigure(encoding="utf-8", newline="\n")
    for line in lines:
        print(line)


def _lacking(lacks: Shortfall, per_schema: int) -> Iterator[str]:
    """What a corpus does not have, in words."""
    if lacks.fewer:
        schemas = counted(lacks.fewer, "schema")
        yield f"fewer than {per_schema} cases were found for {schemas}"
    if lacks.none:
        names = ", ".join(map(plain, lacks.none[:_SHOWN]))
        more = f" and {len(lacks.none) - _SHOWN}" if len(lacks.none) > _SHOWN else ""
        schemas = counted(len(lacks.none), "schema")
        yield f"none for {schemas} that jsonschema-rs does not read: {names}{more}"
    if lacks.too_large:
        instances = counted(lacks.too_large, "instance")
        yield f"dropped {instances} of more than {LARGEST:,} values"
    if lacks.untried:
        places = counted(lacks.untried, "place")
        yield f"not every choice among alternatives was tried at {places} of the spec"
