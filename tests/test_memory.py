"""What a run holds: little for each schema, and nothing longer than it is needed."""

from __future__ import annotations

import gc
import json
import tracemalloc
from pathlib import Path

import pytest
from bench.generate.specs import FAMILIES, document

from golden_cases import CASES, Case, result
from small_specs import load_file
from specloom import pipeline
from specloom.targets.typescript import checks
from specloom.texts import Texts

SPEC = Path(__file__).parents[1] / "spec" / "openapi.yaml"
SCHEMAS = 500
MOST = 6_000
"""Bytes of the model for each schema; the most was 4,836 with Python 3.11."""


@pytest.mark.parametrize("family", FAMILIES)
def test_a_schema_takes_little(family: str, tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document(family, SCHEMAS)), encoding="utf-8")
    load_file(spec)  # which fills what is remembered for good
    tracemalloc.start()
    try:
        model = load_file(spec).model
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(model.decls) >= SCHEMAS
    assert held / SCHEMAS < MOST


@pytest.mark.parametrize("case", CASES, ids=str)
def test_checks_that_were_forgotten_are_made_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_KEPT", 0)
    made = pipeline.generate(case.spec, ["typescript"], case.config)
    assert made.files == result(case, "typescript").files


@pytest.mark.parametrize("target", ["python", "typescript"])
def test_what_made_the_pages_is_gone_with_them(target: str) -> None:
    """Nothing of it holds itself: a command does without the collector of cycles."""
    gc.collect()
    gc.disable()
    try:
        pipeline.generate(SPEC, [target])
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        modules = {type(each).__module__ for each in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert not [name for name in modules if name.startswith("specloom.targets")]


def test_texts_that_are_alike_are_kept_as_their_differences() -> None:
    words = [f"Event{number}Kind{number * 7 % 64}" for number in range(1_000)]
    texts = Texts[int](0)
    for number, word in enumerate(words):
        about = " ".join(f"{word} says {other}." for other in ("this", "that"))
        lines = "".join(f"{line}: what stands there\n" for line in range(99))
        texts.add(number, f"{about}\n{lines}")
    kept = sum(len(text[1]) for text in texts.kept.values() if isinstance(text, tuple))
    assert kept * 10 < sum(map(len, texts.values()))
    assert all(words[number] in texts[number] for number in reversed(range(1_000)))
