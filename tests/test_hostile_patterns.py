"""Patterns made to take for ever: nothing that Specloom does waits for them.

Each stands beside texts that make a backtracking engine try every way, as an example, a
default and a name. One that is searched with such an engine would not end.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shell import folder as folder, run
from specloom.targets import TARGETS

PATTERNS = [
    "^(a+)+$",
    "(a|a)*b",
    "^(a|aa)+$",
    "(x+x+)+y",
    "(.*a){30}",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^(?:(?:a*)*)*$",
    "(?=(a+))\\1+b",
    "a{1,65535}{1,65535}",
    "(?:a{999}){999}",
    "a{0,4294967296}",
    "((((((a{1,9}){1,9}){1,9}){1,9}){1,9}){1,9}){1,9}",
    "(" * 3_000 + ")" * 3_000,
    "a|" * 20_000,
    "[a-z" * 5_000,
    "(?=a)" * 3_000,
    "\\1(a)",
    "(",
    "",
]
TEXT = "a" * 40 + "!"


def spec() -> str:
    schemas: dict[str, Any] = {}
    for index, pattern in enumerate(PATTERNS):
        string = {"type": "string", "pattern": pattern}
        schemas[f"P{index}"] = {
            "type": "object",
            "properties": {
                "text": {**string, "default": TEXT, "examples": [TEXT]},
                "map": {
                    "type": "object",
                    "patternProperties": {pattern: string},
                    "propertyNames": string,
                    "default": {TEXT: TEXT},
                },
            },
            "examples": [{"text": TEXT, "map": {TEXT: TEXT}}],
        }
    info = {"title": "Patterns", "version": "1"}
    return json.dumps(
        {"openapi": "3.1.0", "info": info, "components": {"schemas": schemas}}
    )


@pytest.mark.parametrize(
    "command",
    ["generate", "lint", "relax", "cases --per-schema 20"]
    + [f"generate -t {target} --lenient" for target in TARGETS],
)
def test_no_command_waits_for_a_pattern(command: str, folder: Path) -> None:
    Path("spec.json").write_text(spec(), encoding="utf-8")
    ran = run(f"{command} spec.json")
    assert ran.status == 0, ran.err[-500:]


def test_a_pattern_that_a_language_cannot_say_is_reported(folder: Path) -> None:
    Path("spec.json").write_text(spec(), encoding="utf-8")
    ran = run("generate spec.json -t python --format json")
    told = {item["pointer"] for item in ran.findings if "pattern" in item["code"]}
    index = PATTERNS.index("(")
    assert f"/components/schemas/P{index}/properties/text/pattern" in str(told)


@pytest.mark.parametrize("target", ["python", "typescript"])
def test_generated_code_says_what_engine_runs(target: str, folder: Path) -> None:
    Path("spec.json").write_text(spec(), encoding="utf-8")
    assert run(f"generate spec.json -t {target}").status == 0
    files = Path("generated").rglob("*.[pt][ys]")
    texts = [path.read_text(encoding="utf-8") for path in files]
    assert any("which backtracks" in " ".join(text.split()) for text in texts)
