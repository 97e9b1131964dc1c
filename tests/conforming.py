"""Running `specloom conform` in tests: cases enter, verdicts and a summary leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shell import Ran, folder, run, word

__all__ = ["folder"]

NEEDS = {"python": (), "typescript": ("node", "tsc")}
LABELLED = """\
{"schema": "Pet", "instance": {"name": "a"}, "valid": true}
{"schema": "Pet", "instance": {"name": 7}, "valid": false}
{"schema": "Kind", "instance": "cat", "valid": true}
"""


@pytest.fixture
def toolchain(tool: Callable[[str], Path], target: str) -> str:
    """A target whose tools this machine has; skips otherwise."""
    for name in NEEDS[target]:
        tool(name)
    return target


def conform(spec: Path, target: str, cases: str, options: str = "") -> Ran:
    Path("cases.jsonl").write_text(cases, encoding="utf-8")
    line = f"conform {word(spec)} -t {target} --cases cases.jsonl --out out.jsonl"
    return run(f"{line} {options}")


def verdicts() -> list[Any]:
    lines = Path("out.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def codes() -> list[str]:
    """Of each verdict the code, or what was written back."""
    return [
        item["error"]["code"] if item["error"] else json.dumps(item["out"])
        for item in verdicts()
    ]
