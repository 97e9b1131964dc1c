"""How findings, summaries and progress look, and that nothing steers a terminal."""

from __future__ import annotations

import io
import json
import os
import re
import time
from pathlib import Path

import pytest

from specloom.diagnostics import Diagnostic, Location, Severity
from specloom.report import (
    Progress,
    Reporter,
    as_json,
    as_text,
    counted,
    in_order,
)
from specloom.streams import takes_colour

PLACED = Diagnostic(
    Severity.WARNING,
    "unknown-keyword",
    "`foo` is no keyword",
    Location("a/spec.yaml", "/components/foo", 12, 5),
    "did you mean `bar`?",
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_text() -> None:
    assert as_text(PLACED) == (
        "a/spec.yaml:12:5: warning[unknown-keyword] `foo` is no keyword\n"
        "  at /components/foo\n"
        "  hint: did you mean `bar`?"
    )
    bare = Diagnostic(Severity.ERROR, "no-spec", "no spec")
    assert as_text(bare) == "error[no-spec] no spec"
    file_only = Diagnostic(Severity.INFO, "x", "y", Location("f"))
    assert as_text(file_only) == "f: info[x] y"


def test_json() -> None:
    assert json.loads(as_json(PLACED)) == {
        "severity": "warning",
        "code": "unknown-keyword",
        "message": "`foo` is no keyword",
        "file": "a/spec.yaml",
        "line": 12,
        "column": 5,
        "pointer": "/components/foo",
        "hint": "did you mean `bar`?",
    }
    bare = json.loads(as_json(Diagnostic(Severity.ERROR, "no-spec", "no spec")))
    assert [key for key, value in bare.items() if value is None] == [
        "file", "line", "column", "pointer", "hint",
    ]  # fmt: skip


def test_text_of_a_spec_steers_nothing() -> None:
    nasty = "red \x1b[31m\x07 rtl \u202e bom \ufeff half \ud800\n  next\r\nline"
    item = Diagnostic(Severity.ERROR, "x", nasty, Location("f\x1b", "/\x9b"), nasty)
    shown = as_text(item)
    assert shown.count("\n") == 2
    assert "red \\u001b[31m\\u0007 rtl \\u202e bom \\ufeff half \\ud800 next" in shown
    assert all(char.isprintable() or char == "\n" for char in shown)
    assert "\n" not in as_json(item)
    assert as_json(item).isascii()


def test_very_long_text_is_cut_in_the_middle() -> None:
    item = Diagnostic(Severity.ERROR, "x", "a" * 5000 + "z", Location("f"))
    assert len(as_text(item)) < 500
    assert as_text(item).endswith("aaaz")


def test_order_is_by_file_and_place(tmp_path: Path) -> None:
    spec = tmp_path / "b.yaml"
    spec.write_text("one: 1\ntwo:\n  three: 3\n")
    at = Location(str(spec))
    items = [
        Diagnostic(Severity.ERROR, "third", "", at.child("two", "three")),
        Diagnostic(Severity.INFO, "second", "", at.child("two")),
        Diagnostic(Severity.ERROR, "first", "", at.child("one")),
        Diagnostic(Severity.ERROR, "other", "", Location(str(tmp_path / "c"), line=1)),
        Diagnostic(Severity.ERROR, "placeless", ""),
    ]
    ordered = in_order(items)
    assert [item.code for item in ordered] == [
        "placeless", "first", "second", "third", "other",
    ]  # fmt: skip
    assert [item.location and item.location.line for item in ordered[1:4]] == [1, 2, 3]


def test_colour_only_for_people_who_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert takes_colour(Terminal())
    assert not takes_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not takes_colour(Terminal())
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv("TERM", "dumb")
    assert not takes_colour(Terminal())
    assert "\x1b[1;33mwarning[unknown-keyword]\x1b[0m" in as_text(PLACED, colour=True)


def many(severity: Severity, number: int, code: str = "x") -> list[Diagnostic]:
    return [Diagnostic(severity, code, f"number {i:02}") for i in range(number)]


def shown(
    items: list[Diagnostic], *, machine: bool = False, everything: bool = False
) -> str:
    stream = io.StringIO()
    Reporter(stream, machine=machine).show(items, everything)
    return stream.getvalue()


def test_warnings_nobody_asked_for_are_cut_short() -> None:
    """Many of one code hide none of another."""
    warnings = many(Severity.WARNING, 13) + many(Severity.WARNING, 10, "y")
    text = shown(warnings + many(Severity.ERROR, 30))
    assert text.count("error[x]") == 30
    assert text.count("warning[x]") == text.count("warning[y]") == 10
    assert text.endswith("3 more warnings: see `specloom lint`\n")
    assert shown(many(Severity.WARNING, 10)).count("\n") == 10


def test_notes_are_for_those_who_ask() -> None:
    items = [*many(Severity.INFO, 2), *many(Severity.WARNING, 25)]
    assert "info" not in shown(items)
    assert shown(items, everything=True).count("\n") == 27
    assert shown(items, machine=True).count("\n") == 25


@pytest.mark.parametrize(
    ("number", "want"), [(0, "0 files"), (1, "1 file"), (1422, "1,422 files")]
)
def test_counts(number: int, want: str) -> None:
    assert counted(number, "file") == want


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let progress be shown at once."""
    monkeypatch.setattr(Progress, "_PATIENCE", 0.01)
    monkeypatch.setattr(Progress, "_PAUSE", 0.01)


def shows(stream: Terminal, text: str) -> None:
    """Wait until a text is shown."""
    deadline = time.monotonic() + 240
    while text not in stream.getvalue():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.usefixtures("impatient")
def test_progress_is_shown_late_and_erased() -> None:
    stream = Terminal()
    with Progress(stream) as progress:
        progress("python", 1200)
        shows(stream, "1,200")
    line = r"\r\x1b\[Kspecloom: python: 1,200 files \(\d+ s\)"
    assert re.search(line, stream.getvalue())
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.usefixtures("impatient")
def test_progress_tells_how_much_is_left() -> None:
    stream = Terminal()
    with Progress(stream) as progress:
        progress("markdown lower", 0, 2000)
        progress("markdown render", 500, 2000)
        shows(stream, "left")
    bar = re.escape("[#####---------------]")
    line = rf"specloom: markdown: 500 of 2,000 files {bar} \(\d+ s, about \d+ s left\)"
    assert re.search(line, stream.getvalue())
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.usefixtures("impatient")
def test_progress_keeps_to_one_line_of_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Terminal, "fileno", lambda _: 2)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((20, 5)))
    stream = Terminal()
    with Progress(stream) as progress:
        progress("python", 1200)
        shows(stream, "python")
    shown = stream.getvalue().split("\r\x1b[K")
    assert "specloom: python: 1" in shown
    assert max(map(len, shown)) == 19


def test_progress_of_short_work_or_into_a_file_is_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Progress, "_PATIENCE", 600)
    for stream in (Terminal(), io.StringIO()):
        with Progress(stream) as progress:
            progress("load", 0)
        assert stream.getvalue() == ""


def test_progress_of_a_quiet_run_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Progress, "_PATIENCE", 0)
    monkeypatch.setattr(Progress, "_PAUSE", 0.001)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    for quiet in (True, False):
        with Reporter(terminal, machine=False, quiet=quiet).progress() as progress:
            progress("load", 0)
            deadline = time.monotonic() + (0.05 if quiet else 60)
            while time.monotonic() < deadline and not terminal.getvalue():
                time.sleep(0.01)
        assert (terminal.getvalue() == "") is quiet
