"""`docs/conformance.md` tells the truth: its commands are run, its tables compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shell import folder, run
from specloom.conform.compare import KINDS

__all__ = ["folder"]

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_VARYING = re.compile(r"[\d.,]+ s, [\d,]+ a minute")


@pytest.fixture
def page(checkout: Path) -> str:
    """The text of the page."""
    return (checkout / "docs" / "conformance.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_commands_print_what_the_page_shows(page: str, checkout: Path) -> None:
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    lamp = next(text for kind, text in _BLOCK.findall(readme) if kind == "yaml")
    Path("lamp.yaml").write_text(lamp, encoding="utf-8")
    blocks = _BLOCK.findall(page)
    (mine,) = (text for kind, text in blocks if kind == "json")
    Path("mine.jsonl").write_text(mine, encoding="utf-8")
    shown = "".join(text for kind, text in blocks if kind == "console")
    _, *commands = shown.split("$ specloom ")
    assert len(commands) > 2
    for command in commands:
        line, _, want = command.partition("\n")
        got = run(line).out
        assert _VARYING.sub("T", got) == _VARYING.sub("T", want), line


def test_every_kind_of_difference_is_told(page: str) -> None:
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)
    assert dict(told) == KINDS
