"""Findings get the lines and columns of the places that they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom.diagnostics import Diagnostic, Diagnostics, Location, Severity
from specloom.load import yaml12, yaml_events
from specloom.load.positions import with_positions
from specloom.values import replace

YAML = """\
# a comment
openapi: 3.1.0
components:
  schemas:
    Base: {}
"""
JSON = """
{
  "openapi": "3.1.0"
}
"""


def warning(file: str, pointer: str) -> Diagnostic:
    return Diagnostic(Severity.WARNING, "x", "y", Location(file, pointer))


def test_findings_are_placed_once_and_stay_one() -> None:
    found = Diagnostics()
    found.add(warning("a.yaml", "/a"))
    found.place(lambda at: replace(at, line=3, column=4))
    found.add(warning("a.yaml", "/a"))
    found.add(warning("a.yaml", "/b"))
    assert [item.location for item in found] == [
        Location("a.yaml", "/a", 3, 4),
        Location("a.yaml", "/b"),
    ]


def test_diagnostics_get_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(YAML)
    Path("b.json").write_text(JSON)
    known = Diagnostic(Severity.ERROR, "x", "y", Location("a.yaml", "", 7, 7))
    nowhere = Diagnostic(Severity.ERROR, "x", "y")
    lost = warning("none.yaml", "/a")
    findings = [
        warning("a.yaml", "/components"),
        known,
        warning("b.json", "/openapi"),
        nowhere,
        lost,
        warning("a.yaml", "/components/schemas/Base"),
    ]
    got = with_positions(findings)
    assert got[0].location == Location("a.yaml", "/components", 3, 1)
    assert got[1:5:2] == [known, nowhere]
    assert got[2].location == Location("b.json", "/openapi", 3, 3)
    assert got[4] == lost
    assert got[5].location == Location("a.yaml", "/components/schemas/Base", 5, 5)


def test_many_diagnostics_read_their_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(YAML)
    reads: list[str] = []

    def parse(text: str) -> yaml_events.EventParser:
        reads.append(text)
        return yaml_events.parse(text)

    monkeypatch.setattr(yaml12, "parse", parse)
    found = with_positions(warning(str(path), f"/list/{i}") for i in range(100))
    assert all(x.location and x.location.line for x in found)
    assert len(reads) == 1


def test_no_file_is_read_when_all_places_are_known(tmp_path: Path) -> None:
    known = Diagnostic(Severity.ERROR, "x", "y", Location(str(tmp_path), "", 1, 1))
    assert with_positions([known]) == [known]
