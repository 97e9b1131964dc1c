"""The tables of every golden case and spec, judged by an independent validator."""

from __future__ import annotations

from pathlib import Path

import pytest

from golden_cases import CASES, Case
from judging import FEW, Judged, check

SPEC = Path(__file__).parent.parent / "spec" / "openapi.yaml"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_golden_cases(case: Case) -> None:
    check(Judged(case.spec, options=case.config))


def test_the_canonical_spec() -> None:
    check(Judged(SPEC))


@pytest.mark.slow
def test_a_whole_api(shared_spec: Path) -> None:
    check(Judged(shared_spec, FEW))
