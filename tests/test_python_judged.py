"""Decoders of generated Python: they accept what JSON Schema accepts, and no more.

The decoder itself is asked, not the function around it, which would ask the tables: so
a valid value that falls back on them fails here, although users would not notice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from equality import same
from fuzz.inventor import Inventor
from golden_cases import CASES, Case as Golden
from judging import Judged
from python_packages import decoder, imported
from small_specs import openapi
from specloom.diagnostics import SpecloomError
from specloom.ir import Model
from specloom.pipeline import generate
from test_tables_odd import ODD


def disagreements(spec: Judged, model: Model, folder: Path) -> Iterator[str]:
    """Where a decoder does not do what an independent validator says, strictly read."""
    with imported(model, "decoded", folder) as package:
        for root in spec.source.roots.values():
            if root.named:
                construct, accepts = decoder(package, root.name), spec.judge(root.at)
                for value in spec.instances(root.schema):
                    problem = verdict(package, construct, value, accepts(value))
                    if problem:
                        yield f"{root.name}: {value!r} {problem}"


def verdict(package: Any, construct: Any, value: Any, valid: bool) -> str:
    """What is wrong with the way a value is decoded."""
    before = json.dumps(value)
    try:
        made = construct(value, 0)
    except package._runtime.FAULTS as error:
        return f"is refused: {error!r}" if valid else ""
    if not valid:
        return "is accepted"
    if not same(package.encode(made), value):
        return f"comes back as {package.encode(made)!r}"
    return "is changed" if json.dumps(value) != before else ""


def test_odd_schemas(tmp_path: Path) -> None:
    entry = tmp_path / "spec.yaml"
    entry.write_text(openapi(ODD), encoding="utf-8")
    spec = Judged(entry)
    assert list(disagreements(spec, spec.strict, tmp_path)) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_golden_cases(case: Golden, tmp_path: Path) -> None:
    spec = Judged(case.spec, 100, case.config)
    assert list(disagreements(spec, spec.strict, tmp_path)) == []


@pytest.mark.parametrize("seed", range(24))
def test_schemas_that_are_made_up(seed: int, tmp_path: Path) -> None:
    entry = tmp_path / "spec.json"
    entry.write_text(json.dumps(Inventor(seed).document()), encoding="utf-8")
    try:
        generate(entry, ())
    except SpecloomError:
        pytest.skip("this one is no spec")
    spec = Judged(entry, 60)
    assert list(disagreements(spec, spec.strict, tmp_path)) == []
