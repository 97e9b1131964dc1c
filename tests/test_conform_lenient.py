"""What live servers send, as the spec's own examples show it, read with `--lenient`.

And the relaxed schemas that `specloom relax` prints: a spec like any other, which means
what the lenient binding does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from golden_cases import CASES, Case as Golden
from shell import run, word
from specloom import pipeline
from specloom.config import Config
from specloom.conform.cases import make_cases
from specloom.conform.exact import same_text
from specloom.conform.oracle import Oracle, named_roots
from specloom.conform.protocol import Case
from specloom.conform.runner import judge_cases
from specloom.conform.toolchains import TOOLCHAINS
from specloom.diagnostics import Diagnostics
from specloom.load.document import Document
from specloom.options import Options
from specloom.read import read
from specloom.values import replace

LEAST = 120
"""There are at least so many examples of Realtime objects in OpenAI's spec."""


@cache
def examples(spec: Path) -> list[Case]:
    """Every example that stands in a Realtime schema of a spec, for that schema."""
    document = Document.load(spec)
    entry: Any = document.get(document.start)
    schemas: dict[str, Any] = entry["components"]["schemas"]
    return [
        Case(name, text)
        for name, schema in schemas.items()
        if "Realtime" in name and isinstance(schema, dict)
        for text in _examples(schema)
    ]


def _examples(schema: dict[str, Any]) -> Iterator[str]:
    yield from _documents(schema.get("x-oaiMeta", {}).get("example", ""))
    listed = [schema["example"]] if "example" in schema else []
    yield from map(json.dumps, [*listed, *schema.get("examples", ())])


def _documents(text: str) -> Iterator[str]:
    """The JSON in a text for people, who write comments and a comma too many."""
    text = _COMMENT.sub("", text)
    text = _LAST_COMMA.sub(r"\1", text).strip()
    while text:
        _, end = json.JSONDecoder().raw_decode(text)
        yield " ".join(text[:end].splitlines())
        text = text[end:].strip()


_COMMENT = re.compile(r"^\s*//.*$|\s//.*$", re.MULTILINE)
_LAST_COMMA = re.compile(r",(\s*[}\]])")
UNLIKE = {
    "RealtimeBetaClientEventSessionUpdate": "lacks `client_secret`, which is required",
    "RealtimeBetaServerEventConversationItemRetrieved": "is of another event",
    "RealtimeBetaServerEventTranscriptionSessionCreated": "lacks `client_secret`",
    "RealtimeBetaServerEventTranscriptionSessionUpdated": "lacks `client_secret`",
    "RealtimeServerEventInputAudioBufferDtmfEventReceived": "has a blank in its type",
    "RealtimeServerEventTranscriptionSessionUpdated": "lacks `client_secret`",
    "RealtimeTranscriptionSessionCreateResponse": "has null for `client_secret`",
    "RealtimeTranscriptionSessionCreateResponseGA": "has a text for a format's object",
}
"""Schemas whose example is not of them, even leniently, and why."""


@pytest.mark.parametrize("target", TOOLCHAINS)
def test_every_example_is_read_and_written_back(
    target: str, shared_spec: Path, tool: Callable[[str], Path]
) -> None:
    for name in {*TOOLCHAINS[target].tools} - {"python"}:
        tool(name)
    cases = examples(shared_spec)
    assert len(cases) >= LEAST
    names = tuple({case.schema: None for case in cases})
    options = Options(lenient=True, include=names)
    files = pipeline.generate(shared_spec, [target], options).files
    verdicts = judge_cases(target, files, cases, {})
    failed = {
        case.schema: f"{verdict.error}"
        for case, verdict in zip(cases, verdicts)
        if not (verdict.ok and verdict.out and same_text(case.instance, verdict.out))
    }
    assert failed.keys() == UNLIKE.keys(), failed


# --- the relaxed schemas --------------------------------------------------------------


def agrees(spec: Path, tmp_path: Path, config: Config, flags: str = "") -> None:
    """Fail unless the relaxed spec, read strictly, is what the lenient binding does."""
    printed = run(f"relax {word(spec)} {flags}")
    assert printed.status == 0, printed.err
    relaxed = tmp_path / "relaxed.json"
    relaxed.write_text(printed.out, encoding="utf-8")
    found = Diagnostics()
    document = Document.load(relaxed)
    source = read(document, found)
    oracle = Oracle(document, source)
    roots, named = source.roots, named_roots(source)
    # What had no name of its own in the spec, such as a definition, has one here.
    original = pipeline.load(spec, config, Diagnostics())
    known = named_roots(read(original, Diagnostics(), bodies=config.bodies)).keys()
    named = {name: root for name, root in named.items() if name in known}
    assert named.keys() == known
    cases = [*make_cases(roots, named, oracle, per_schema=20, seed=0)]
    assert {case.valid for case in cases} == {True, False}
    lenient = replace(config, lenient=True, include=())  # `relax` prints them all
    files = pipeline.generate(spec, ["python"], lenient).files
    for case, verdict in zip(cases, judge_cases("python", files, cases, {})):
        assert verdict.ok is case.valid, (case, verdict)


def test_the_canonical_spec_relaxed(tmp_path: Path, checkout: Path) -> None:
    agrees(checkout / "spec" / "openapi.yaml", tmp_path, Config())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_golden_cases_relaxed(case: Golden, tmp_path: Path) -> None:
    agrees(case.spec, tmp_path, case.config, case.flags)
