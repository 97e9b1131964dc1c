"""A short run of the fuzzer, the same every time; `make fuzz` makes a long one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz.documents import Document, document
from fuzz.run import run

BATCH = 60


@pytest.mark.parametrize("start", range(0, 4 * BATCH, BATCH))
def test_nothing_is_found(start: int, node: Path, tool: Callable[[str], Path]) -> None:
    assert tool("tsc")
    done = run(0, range(start, start + BATCH))
    assert not [f"{x.number}: {x.what}" for x in done.findings]
    assert done.counts["documents"] == BATCH
    assert done.counts["made"] > BATCH / 4
    assert done.counts["python verdicts"] > 10 * done.counts["made"]
    assert done.counts["typescript verdicts"] == done.counts["python verdicts"]


def test_a_batch_of_which_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Document("bad", {"spec.yaml": "openapi: 3.1.0"}, lenient=False)
    monkeypatch.setattr("fuzz.run.document", lambda *_: refused)
    done = run(0, range(2))
    assert not done.findings
    assert done.counts["refused"] == done.counts["documents"] == 2


def test_a_number_always_gives_the_same_document() -> None:
    assert document(3, 14) == document(3, 14)
    assert document(3, 14) != document(4, 14)
