"""Drafts of JSON Schema: each is read as it says, and bindings judge as it does.

The rows of ``drafts.yaml`` are judged by generated packages, and by an independent
validator of the very draft, which sees the document as it is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from conforming import toolchain
from specloom.conform.protocol import Case
from specloom.conform.runner import judge_cases
from specloom.conform.toolchains import TOOLCHAINS
from specloom.pipeline import generate

__all__ = ["toolchain"]

ROWS = Path(__file__).parent / "drafts.yaml"
DRAFTS: Mapping[str, tuple[str, Callable[..., Any]]] = {
    "4": ("http://json-schema.org/draft-04/schema#", jsonschema_rs.Draft4Validator),
    "6": ("http://json-schema.org/draft-06/schema#", jsonschema_rs.Draft6Validator),
    "7": ("http://json-schema.org/draft-07/schema#", jsonschema_rs.Draft7Validator),
    "2019": (
        "https://json-schema.org/draft/2019-09/schema",
        jsonschema_rs.Draft201909Validator,
    ),
    "2020": (
        "https://json-schema.org/draft/2020-12/schema",
        jsonschema_rs.Draft202012Validator,
    ),
}
Labelled = tuple[str, Any, bool]


def read_rows(draft: str) -> tuple[dict[str, Any], list[Labelled]]:
    """The document of a draft, and values for its schemas with their verdicts."""
    rows = yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    own = {
        str(name): row
        for name, row in rows.items()
        if row["drafts"] == "all" or draft in str(row["drafts"]).split()
    }
    schemas = {name: row["schema"] for name, row in own.items()}
    values = [
        (name, value, word == "takes")
        for name, row in own.items()
        for word in ("takes", "refuses")
        for value in row[word]
    ]
    return {"$schema": DRAFTS[draft][0], "definitions": schemas}, values


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_validator_of_the_draft_says_the_same(draft: str) -> None:
    document, values = read_rows(draft)
    assert {wanted for _, _, wanted in values} == {True, False}
    for name, value, wanted in values:
        ref = {"$ref": f"#/definitions/{name}"}
        validator = DRAFTS[draft][1]({**document, "allOf": [ref]})
        assert validator.is_valid(value) is wanted, (name, value)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("target", TOOLCHAINS)
def test_bindings_say_what_the_draft_says(
    draft: str, toolchain: str, tmp_path: Path
) -> None:
    document, values = read_rows(draft)
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    made = generate(spec, [toolchain])
    assert not [item for item in made.diagnostics if "keyword" in item.code]
    cases = [Case(name, json.dumps(value)) for name, value, _ in values]
    verdicts = judge_cases(toolchain, made.files, cases, {})
    for (name, value, wanted), verdict in zip(values, verdicts, strict=True):
        assert verdict.ok is wanted, (name, value, verdict)
