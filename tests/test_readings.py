"""Readings: a run after an edit of a large file parses little, and says the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shell import folder, run
from small_specs import openapi
from specloom.cache import CACHE_VARIABLE
from specloom.load import yaml12
from specloom.shortcut.readings import Readings
from stamped import cache, same_as_fresh, settle

__all__ = ["cache", "folder"]  # fixtures, which pytest finds here

LINE = "generate api.yaml -t typescript"
COUNT = 60
WORDS = "\n    It says what it is in more words than it has need of.  " * 45
SCHEMAS = "".join(
    f"""
S{number}:
  type: object
  description: |
    The schema {number}.{WORDS}
  properties:
    next: {{$ref: '#/components/schemas/S{number + 1 if number % 9 else number}'}}
    other: {{$ref: 'more.yaml#/$defs/M'}}
"""
    for number in range(COUNT)
)
SPEC = openapi(f"{SCHEMAS}\nS{COUNT}: {{type: string}}\nOdd: {{typ: string}}\n")
MORE = "$defs:\n  M: {type: string, maxLength: 3}\nx-more:\n" + "- note\n" * 20_000


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that were parsed."""
    found: list[int] = []
    load = yaml12.load

    def counted(text: str, *rest: Any) -> yaml12.Composed:
        found.append(len(text))
        return load(text, *rest)

    monkeypatch.setattr(yaml12, "load", counted)
    return found


@pytest.fixture
def project(folder: Path, cache: Path, parsed: list[int]) -> Path:
    """A spec of two large files, generated."""
    Path("api.yaml").write_text(SPEC)
    Path("more.yaml").write_text(MORE)
    settle()
    assert run(LINE).status == 0
    assert sum(parsed) > len(SPEC)
    parsed.clear()
    return folder


def edit(old: str, new: str) -> None:
    text = Path("api.yaml").read_text()
    assert old in text
    Path("api.yaml").write_text(text.replace(old, new, 1))


def test_only_what_was_edited_is_parsed(project: Path, parsed: list[int]) -> None:
    for number in (17, 50, 17):
        edit(f"The schema {number}.", f"The Schema {number}, edited.")
        assert "written" in run(LINE).out
        assert sum(parsed) < len(SPEC) / 20
        parsed.clear()
        Path("api.yaml").write_text(SPEC)
        assert run(LINE).status == 0
        assert sum(parsed) < len(SPEC) / 20
        parsed.clear()
    run(f"{LINE} -o other")
    assert sum(parsed) < len(SPEC) / 20
    edit("S5:", "S5:  # edited")
    same_as_fresh(LINE)


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("S7:", "# note\n    S7:", 0),
        ("typ: string", "typo: string", 0),
        ("type: object", "tyype: object", 0),
        ("S20:", "S20: {}\n    N20:", 0),
        ("S30:", "'S30:", 1),
        ("S30:", "S31:", 1),
        ("    S30:", "   S30:", 1),
        ("schemas/S42'", "schemas/S4x'", 1),
        ("The schema 50.", "The schema 50.\n  type: object", 1),
    ],
)
def test_edits_say_what_they_say_to_a_first_run(
    old: str, new: str, status: int, project: Path
) -> None:
    edit(old, new)
    same_as_fresh(LINE, status)
    Path("api.yaml").write_text(SPEC)
    assert run(LINE).status == 0


def test_a_second_file_has_a_reading_of_its_own(
    project: Path, parsed: list[int]
) -> None:
    Path("more.yaml").write_text(MORE.replace("maxLength: 3", "maxLength: 4"))
    assert run(LINE).status == 0
    assert max(parsed) < len(MORE)
    same_as_fresh(LINE)


def test_a_broken_or_foreign_reading_is_none(
    project: Path, cache: Path, parsed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {path: path.read_bytes() for path in cache.glob("*.reading")}
    assert len(found) == 2
    (one, good), (other, _) = sorted(found.items(), key=lambda x: -len(x[1]))
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 1
    for bad in (b"", good[:3], good[:-1], b"\0" * 50, bytes(flipped), found[other]):
        one.write_bytes(bad)
        parsed.clear()
        assert run(LINE.replace("-t", "--verify --profile -t")).status == 0
        assert max(parsed) == len(SPEC)
    parsed.clear()
    monkeypatch.setenv(CACHE_VARIABLE, str(project / "api.yaml"))
    assert run(LINE).status == 0
    assert max(parsed) == len(SPEC)


def test_another_maker_reads_anew(project: Path, cache: Path) -> None:
    edit("S5:", "S5:  # edited")
    assert run(LINE).status == 0
    path = Path("api.yaml")
    assert Readings("another").get(path) is None
    assert Readings("another").get(Path("none.yaml")) is None


def test_check_knows_of_none(project: Path, parsed: list[int]) -> None:
    assert run("check api.yaml -t typescript").status == 0
    assert sum(parsed) > len(SPEC)
