"""Compare: cases and verdicts enter, what differs from the oracle leaves.

Two questions are asked of each case: is the verdict the oracle's, and does an accepted
instance come back as it was. Where the oracle cannot judge, the case's own label
counts; where there is none, the case does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, TypeAlias

from ..values import dataclass, field
from .exact import Value, exact, same, same_text
from .oracle import Oracle
from .protocol import Case, Verdict

Kind: TypeAlias = Literal[
    "crash", "refused", "accepted", "encode", "changed", "rounded", "depth", "label"
]

KINDS: dict[Kind, str] = {
    "crash": "the binding died",
    "refused": "valid, but refused",
    "accepted": "invalid, but accepted",
    "encode": "accepted, but not written back",
    "changed": "accepted, but written back otherwise",
    "rounded": "written back with numbers rounded to what a double holds",
    "depth": "valid, but nested deeper than the binding reads",
    "label": "labelled otherwise than the oracle judges",
}
"""Every kind of difference, the worst first, in words."""
_NOT_KEPT = ("encode", "changed", "rounded")


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that did not come out as due; ``number`` is its position, from 1."""

    kind: Kind
    number: int
    case: Case
    verdict: Verdict


@dataclass(slots=True)
class Comparison:
    """What came of a corpus.

    ``agreed`` of ``judged`` verdicts are the oracle's; of ``accepted`` valid instances
    ``kept`` came back as they were. Cases of schemas that are not supported and cases
    that nobody can judge are counted apart.
    """

    judged: int = 0
    agreed: int = 0
    accepted: int = 0
    kept: int = 0
    unsupported: int = 0
    unjudged: int = 0
    differences: list[Difference] = field(default_factory=list[Difference])


def compare(
    cases: Iterable[Case], verdicts: Iterable[Verdict], oracle: Oracle | None
) -> Comparison:
    """Compare verdicts with the oracle's, or with labels where there is no oracle."""
    made = Comparison()
    for number, (case, verdict) in enumerate(zip(cases, verdicts), start=1):
        told = None if oracle is None else oracle.accepts(case.schema, case.instance)
        expected = case.valid if told is None else told
        if verdict.error is not None and verdict.error.code == "unsupported":
            made.unsupported += 1
            continue
        kinds = list(_kinds(case, verdict, told, expected))
        made.unjudged += expected is None
        made.judged += expected is not None
        made.agreed += expected is verdict.ok
        if expected and verdict.ok:
            made.accepted += 1
            made.kept += not any(kind in _NOT_KEPT for kind in kinds)
        made.differences += (Difference(kind, number, case, verdict) for kind in kinds)
    return made


def _kinds(
    case: Case, verdict: Verdict, told: bool | None, expected: bool | None
) -> Iterator[Kind]:
    """The ways in which one case differs."""
    if None not in (told, case.valid) and told is not case.valid:
        yield "label"
    if verdict.error is not None and verdict.error.code == "crash":
        yield "crash"
    elif expected is True and not verdict.ok:
        deep = verdict.error is not None and verdict.error.code == "depth"
        yield "depth" if deep else "refused"
    elif expected is False and verdict.ok:
        yield "accepted"
    elif verdict.ok and verdict.out is None:
        yield "encode"
    elif verdict.ok and verdict.out and not same_text(case.instance, verdict.out):
        yield "rounded" if _is_rounded(case.instance, verdict.out) else "changed"


def _is_rounded(instance: str, out: str) -> bool:
    """Whether two texts say the same but for what a double (IEEE 754) cannot hold."""
    try:
        return same(_rounded(exact(instance)), _rounded(exact(out)))
    except (RecursionError, ValueError):
        return False


def _rounded(value: Value) -> Value:
    match value:
        case bool() | str() | None:
            return value
        case list():
            return [_rounded(item) for item in value]
        case dict():
            return {name: _rounded(item) for name, item in value.items()}
        case number:
            return Decimal(float(Decimal(number)))
