"""Compiled templates are kept: the same output, the same errors, never an old one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import jinja2
import pytest

from folders import tree
from shell import folder, run
from specloom.cache import CACHE_VARIABLE

__all__ = ["folder"]  # a fixture, which pytest finds here

OWN = Path("mine/typescript/index.ts.j2")
LINE = "generate pets.yaml -t typescript --templates mine"


@pytest.fixture
def compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled; a cache folder; one template of our own."""
    found: list[str] = []
    compile_ = jinja2.Environment.compile

    def noted(self: Any, source: Any, name: Any = None, *rest: Any) -> Any:
        found.append(name)
        return compile_(self, source, name, *rest)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    monkeypatch.setenv(CACHE_VARIABLE, str(folder / "cache"))
    OWN.parent.mkdir(parents=True)
    OWN.write_text("{{ view.header }}\n// mine\n")
    return found


def whole(line: str = LINE) -> tuple[int, str]:
    """A run that does the whole work."""
    ran = run(f"{line} --profile")
    return ran.status, ran.err


def test_a_template_is_compiled_once(compiled: list[str]) -> None:
    assert whole()[0] == 0
    assert "typescript/index.ts.j2" in compiled
    first = tree(Path("generated"))
    compiled.clear()
    assert whole()[0] == 0
    assert compiled == []
    assert tree(Path("generated")) == first


def test_another_text_or_folder_is_compiled_anew(compiled: list[str]) -> None:
    whole()
    made = Path("generated/typescript/src/index.ts")
    at = OWN.stat()
    OWN.write_text(OWN.read_text().replace("mine", "mind"))
    os.utime(OWN, ns=(at.st_atime_ns, at.st_mtime_ns))
    whole()
    assert "// mind" in made.read_text()
    Path("mine").rename("yours")
    compiled.clear()
    whole(LINE.replace("mine", "yours"))
    assert compiled == ["typescript/index.ts.j2"]


def test_errors_keep_their_place(compiled: list[str]) -> None:
    OWN.write_text("{{ view.header }}\n\n{{ view.nothing }}\n")
    first, second = whole(), whole()
    assert first[0] == 1
    assert "mine/typescript/index.ts.j2:3:1: error[template]" in first[1]
    assert second == first


def test_a_broken_cache_is_no_cache(compiled: list[str], folder: Path) -> None:
    whole()
    first = tree(Path("generated"))
    kept = sorted((folder / "cache").glob("*.template"))
    assert kept
    for path, bad in zip(kept, (b"", b"x", b"\0" * 99), strict=False):
        path.write_bytes(bad)
    compiled.clear()
    assert whole()[0] == 0
    assert len(compiled) == min(3, len(kept))
    assert tree(Path("generated")) == first
