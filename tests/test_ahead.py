"""Ahead: what another process has read is what this one would have read itself."""

from __future__ import annotations

import argparse
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from small_specs import openapi
from specloom import ahead, reader
from specloom.budgets import Budgets
from specloom.cache import CACHE_VARIABLE
from specloom.diagnostics import Location, SpecloomError
from specloom.load import halves, pieces, yaml_events
from specloom.load.document import Document
from specloom.shortcut.readings import Readings
from specloom.shortcut.told import Ahead
from stamped import settle
from yaml_edits import pointers

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork"),
    pytest.mark.skipif(yaml_events.IS_SLOW, reason="nothing is read ahead slowly"),
]
SPEC = Path("s.yaml")
BLOCK = (
    "a:\n  b: [1, 2.5, ~]\n  'c d': |\n    text\n  e/f~g: {é: 0x10}\nh:\n- i\n- -0.0\n"
)
TOLD = {
    "block": BLOCK,
    "flow": "a: {b: [c, {d: e}],\n  f: g}\n",
    "line breaks": BLOCK.replace("\n", "\r\n"),
    "anchors": "a: &a {b: [1]}\nc: *a\nd: [*a, &e x, *e]\n",
    "merge keys": "a: &a {b: 1}\nc: {<<: *a, d: 2}\n",
    "big numbers": f"a: {10**40}\nb: 1e300\nc: 12345678901234567890\n",
    "a scalar": "some text\n",
    "byte order mark": "\ufeff" + BLOCK,
    "directive": "%YAML 1.2\n--- !!map\na: 1\n",
    "many aliases": "a: &a [1, 2]\n"
    + "".join(f"b{n}: &b{n} [*{'b' + str(n - 1) if n else 'a'}]\n" for n in range(30)),
}
NOT_TOLD: dict[str, str | bytes] = {
    "nothing": "# no document\n",
    "JSON": '{"a": [1]}',
    "brackets": "{a: [1]}",
    "syntax": "a: 1\n b: 2\n",
    "duplicate": "a: 1\na: 2\n",
    "encoding": b"a: \xff\n",
    "nested too deep": "a: " + "[" * 600 + "]" * 600,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder, a cache, and two processors; no file is too small."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(ahead, "workers", lambda: 2)
    monkeypatch.setattr(ahead, "_SMALLEST", 0)
    return tmp_path


@contextmanager
def reading(**changes: Any) -> Iterator[Ahead | None]:
    """The spec being read ahead, and by the end no process more than before."""
    given = {"command": "check", "spec": SPEC, "config": None, **changes}
    args = argparse.Namespace(**given)
    with ahead.reading_ahead(args, time.time_ns(), alone=True) as found:
        yield found
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def write(text: str | bytes) -> None:
    SPEC.write_bytes(text.encode() if isinstance(text, str) else text)


def said(
    found: Ahead | None, *, places: bool = True, budgets: Budgets | None = None
) -> object:
    """The content and its places, or what is wrong."""
    try:
        readings = Readings(None, found)
        document = Document.load(SPEC, budgets=budgets or Budgets(), readings=readings)
    except SpecloomError as error:
        return error.diagnostics
    content = document.files["s.yaml"]
    at = list(pointers(content)) if places else []
    return repr(content), [document.place(Location("s.yaml", each)) for each in at]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that this process parses."""
    found: list[str] = []
    read = pieces.read

    def counted(text: str, *rest: Any) -> Any:
        found.append(text)
        return read(text, *rest)

    monkeypatch.setattr(pieces, "read", counted)
    return found


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_is_what_is_there(name: str, parsed: list[str]) -> None:
    write(TOLD[name])
    want = said(None)
    assert parsed
    parsed.clear()
    with reading() as found:
        assert said(found) == want
    assert not parsed


@pytest.mark.parametrize("name", NOT_TOLD)
def test_for_what_is_not_told_the_errors_are_the_same(name: str) -> None:
    write(NOT_TOLD[name])
    want = said(None, places=False)
    with reading() as found:
        assert found is not None
        assert found.told("0" * 64, "", sys.maxsize, sys.maxsize) is None
        assert said(found, places=False) == want


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (BLOCK + BLOCK.replace("a:", "x:").replace("h:", "y:"), True),
        (BLOCK * 2, False),
        (BLOCK + "x:\n" + "- y\n" * 20 + "z: ]\n", False),
        ("a: ]\nb: 12345678\n", False),
        ("a: &a 1\nb: 2\nc: *a\n", False),
    ],
    ids=["parted", "a key twice", "its end", "its beginning", "an anchor"],
)
def test_a_large_file_is_read_by_both(
    text: str, is_told: bool, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(text)
    want = said(None)
    parsed.clear()
    monkeypatch.setattr(halves, "_SMALLEST", 0)
    at = halves.parting(text)
    assert at is not None
    mine: list[str] = []
    read = halves.read

    def counted(part: str, *rest: int) -> Any:
        mine.append(part)
        return read(part, *rest)

    monkeypatch.setattr(halves, "read", counted)
    with reading() as found:
        assert said(found) == want
    assert mine == [text[:at]]
    assert bool(parsed) != is_told


def test_budgets_are_those_of_this_process(parsed: list[str]) -> None:
    write(TOLD["anchors"])
    for nodes in range(10, 22):
        for depth in range(1, 5):
            budgets = Budgets(nodes=nodes, depth=depth)
            want = said(None, budgets=budgets)
            parsed.clear()
            with reading() as found:
                assert said(found, budgets=budgets) == want
            assert bool(parsed) == (not isinstance(want[0], str))  # type: ignore[index]


def test_other_bytes_are_read_here(parsed: list[str]) -> None:
    write(BLOCK)
    with reading() as found:
        assert found is not None
        select.select([found._child.pipe], [], [])  # the old bytes are told of
        write("other: 1\n")
        assert said(found) == said(None)
    assert parsed == ["other: 1\n"] * 2


def test_a_second_file_is_read_here() -> None:
    write("a: {$ref: 't.yaml'}\n")
    Path("t.yaml").write_text("b: 1\n")
    with reading() as found:
        document = Document.load(SPEC, readings=Readings(None, found))
        at = document.resolve("t.yaml#/b", Location("s.yaml", "/a"))
        assert document.get(at) == 1
        assert document.place(at).line == 1


def test_who_ends_before_it_has_told_is_not_missed(
    parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(*_args: object, **_options: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(reader, "tell", tell)
    write(BLOCK)
    with reading() as found:
        assert found is not None
        assert said(found) == said(None)
    assert parsed == [BLOCK] * 2


@pytest.mark.parametrize("how", ["killed", "dismissed"])
def test_who_ends_later_leaves_places_open(how: str) -> None:
    write(BLOCK)
    want: Any = said(None)
    with reading() as found:
        assert found is not None
        document = Document.load(SPEC, readings=Readings(None, found))
        if how == "killed":
            os.kill(found._child.process, signal.SIGKILL)
        else:
            found.dismiss()
        assert repr(document.files["s.yaml"]) == want[0]
        at = Location("s.yaml", "/h")
        assert document.place(at) == at


def test_no_process_outlives_an_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does anybody wait for it."""

    def tell(*_args: object, **_options: object) -> None:
        time.sleep(600)

    monkeypatch.setattr(reader, "tell", tell)
    write(BLOCK)
    args = argparse.Namespace(command="lint", spec=SPEC, config=None)
    run = ahead.reading_ahead(args, time.time_ns(), alone=True)
    assert run.__enter__() is not None
    run.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    "changes",
    [
        {"command": "targets"},
        {"command": "generate", "watch": True, "check": False},
        {"spec": Path("none.yaml")},
        {"spec": Path("pipe.yaml")},
        {"spec": Path("s.JSON")},
        {"spec": None},
        {"spec": None, "config": Path("bad.toml")},
    ],
    ids=str,
)
def test_what_is_not_worth_a_process_has_none(changes: dict[str, Any]) -> None:
    write(BLOCK)
    os.mkfifo("pipe.yaml")
    Path("s.JSON").write_text("{}")
    Path("bad.toml").write_text("spec = 1\n")
    with reading(**changes) as found:
        assert found is None


def test_only_a_process_of_its_own_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    write(BLOCK)
    args = argparse.Namespace(command="lint", spec=SPEC, config=None)
    with ahead.reading_ahead(args, 0, alone=False) as found:
        assert found is None
    monkeypatch.setattr(ahead, "workers", lambda: 1)
    with reading() as found:
        assert found is None


def test_a_configuration_names_the_spec(parsed: list[str]) -> None:
    write(BLOCK)
    Path("specloom.toml").write_text('spec = "s.yaml"\n')
    with reading(spec=None) as found:
        assert said(found)
    assert not parsed


def test_a_large_file_is_kept_for_the_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole commands, each in a process of its own; the second parses what is new."""
    words = "\n      It has more words than it has need of." * 60
    schemas = "".join(f"S{n}:\n  description: |\n      {n}{words}\n" for n in range(90))
    before = openapi(schemas)
    program = (
        "import sys; from specloom import ahead; from specloom.load import yaml12\n"
        "ahead.workers = lambda: 2\n"
        "if sys.argv.pop() == 'again':\n"
        "    load = yaml12.load\n"
        "    def few(text, *rest):\n"
        "        assert len(text) < 50_000\n"
        "        return load(text, *rest)\n"
        "    yaml12.load = few\n"
        "from specloom.cli import main; sys.exit(main())"
    )

    def files(which: str, out: str) -> list[bytes]:
        command = [sys.executable, "-c", program, "generate", str(SPEC), "-o", out]
        subprocess.run([*command, "-t", "typescript", which], check=True)
        return [x.read_bytes() for x in sorted(Path(out).rglob("*.ts"))]

    write(before)
    settle()
    first = files("first", "out")
    assert len(list((folder / "cache").glob("*.reading"))) == 1
    write(before.replace("      42", "      Forty-two"))
    second = files("again", "out")
    assert first != second
    monkeypatch.setenv(CACHE_VARIABLE, "")
    assert second == files("first", "fresh")
