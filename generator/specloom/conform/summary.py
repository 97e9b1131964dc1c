"""Summary: what came of a corpus, for people or for machines.

Enters: a comparison. Leaves: lines: how many verdicts agree, how many instances came
back unharmed, and the first differences of each kind with their path; for machines all
of them, each an object of JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from ..report import counted, plain
from ..values import dataclass
from .compare import KINDS, Comparison, Difference
from .exact import Value, exact, same

SHOWN = 3
"""How many differences of a kind are shown."""
_CUT = 160


@dataclass(frozen=True, slots=True)
class Facts:
    """What was judged, and how long it took."""

    title: str
    target: str
    cases: int
    schemas: int
    seconds: float


def as_text(comparison: Comparison, facts: Facts | None) -> Iterator[str]:
    """The lines of a summary; of the differences alone, where no facts are given."""
    if facts is not None:
        yield from _counts(comparison, facts)
    for kind, words in KINDS.items():
        found = [item for item in comparison.differences if item.kind == kind]
        if found:
            yield f"{counted(len(found), 'difference')}: {words}"
        for item in found[:SHOWN]:
            yield from (f"  {line}" for line in _difference(item))
        if len(found) > SHOWN:
            yield f"  and {len(found) - SHOWN:,} more"


def _counts(comparison: Comparison, facts: Facts) -> Iterator[str]:
    corpus = f"{counted(facts.cases, 'case')} of {counted(facts.schemas, 'schema')}"
    rate = f"{60 * facts.cases / facts.seconds:,.0f} a minute"
    which = f"{plain(facts.title)}, {facts.target}"
    yield f"{which}: {corpus} in {facts.seconds:.1f} s, {rate}"
    judged, accepted = comparison.judged, comparison.accepted
    yield f"agreement   {_share(comparison.agreed, judged, 'verdict')}"
    yield f"round trip  {_share(comparison.kept, accepted, 'accepted instance')}"
    if comparison.unsupported:
        cases = counted(comparison.unsupported, "case")
        yield f"not asked   {cases} of schemas that use what is not supported"
    if comparison.unjudged:
        yield f"not judged  {counted(comparison.unjudged, 'case')}"


def as_json(comparison: Comparison, facts: Facts | None) -> Iterator[str]:
    """Each difference as a line of JSON, then the summary, which begins with facts.

    Without facts there is none.

    An instance and what was written back are strings that hold their JSON text.
    """
    for item in comparison.differences:
        error = item.verdict.error
        told = {
            "difference": item.kind,
            "case": item.number,
            "schema": item.case.schema,
            "instance": item.case.instance,
            "out": item.verdict.out,
            "error": None if error is None else asdict(error),
        }
        yield json.dumps(told)
    if facts is None:
        return
    kinds = Counter(item.kind for item in comparison.differences)
    names = ("judged", "agreed", "accepted", "kept", "unsupported", "unjudged")
    counts = {name: getattr(comparison, name) for name in names}
    found = {kind: kinds[kind] for kind in KINDS if kinds[kind]}
    yield json.dumps({"summary": {**asdict(facts), **counts, "differences": found}})


def _share(part: int, whole: int, noun: str) -> str:
    """A share that is 100 % only if nothing is missing."""
    percent = 100.0 if part == whole else min(99.99, 100 * part / whole)
    return f"{percent:6.2f} %  {part:,} of {counted(whole, noun)}"


def _difference(item: Difference) -> Iterator[str]:
    case, verdict = item.case, item.verdict
    yield f"case {item.number}, {plain(case.schema)}: {_cut(case.instance)}"
    if verdict.error is not None:
        more = f" and {len(verdict.more)} more" if verdict.more else ""
        yield f"  got {_cut(str(verdict.error))}{more}"
    elif verdict.out is not None and item.kind in ("changed", "rounded"):
        yield f"  {_cut(_change(case.instance, verdict.out))}"


def _change(instance: str, out: str) -> str:
    try:
        path, before, after = _first_change(exact(instance), exact(out), "")
    except (RecursionError, ValueError):
        return f"wrote {out}"
    return f"{f'at {path}: ' if path else ''}expected {before}, got {after}"


def _first_change(one: Value, other: Value, path: str) -> tuple[str, str, str]:
    """The first place where two values differ, and what is there."""
    match one, other:
        case (dict(), dict()):
            for name in (*one, *(name for name in other if name not in one)):
                inner = f"{path}.{name}" if path else name
                if name not in other:
                    return inner, _show(one[name]), "nothing"
                if name not in one:
                    return inner, "nothing", _show(other[name])
                if not same(one[name], other[name]):
                    return _first_change(one[name], other[name], inner)
        case (list(), list()) if len(one) == len(other):
            for index, (left, right) in enumerate(zip(one, other)):
                if not same(left, right):
                    return _first_change(left, right, f"{path}[{index}]")
        case _:
            pass
    return path, _show(one), _show(other)


def _show(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case list():
            return f"[{', '.join(map(_show, value))}]"
        case dict():
            members = (f'"{name}": {_show(item)}' for name, item in value.items())
            return f"{{{', '.join(members)}}}"
        case number:
            return str(number)


def _cut(text: str) -> str:
    """Both ends of a text that is too long to be read; a code stands at an end."""
    shown = plain(text)
    return shown if len(shown) <= _CUT else f"{shown[: _CUT - 40]} … {shown[-40:]}"
