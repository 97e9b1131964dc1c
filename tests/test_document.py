"""Documents: which files are read and how, and what that may cost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from reading import Files, refused, write
from specloom.budgets import Budgets
from specloom.diagnostics import Location
from specloom.load import yaml_events
from specloom.load.document import Document


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in these tests are as a user types them, from the current folder."""
    monkeypatch.chdir(tmp_path)


CONTENT: list[tuple[str, str, bytes]] = [
    ("YAML", "s.yaml", "a: [no, é]".encode()),
    ("byte order mark", "s.yaml", b"\xef\xbb\xbf" + "a: [no, é]".encode()),
    ("UTF-16", "s.yaml", "\ufeffa: [no, é]".encode("utf-16-le")),
    ("UTF-16, big end first", "s.yaml", "\ufeffa: [no, é]".encode("utf-16-be")),
    ("CR LF", "s.yaml", "a:\r\n- no\r\n- é\r\n".encode()),
    ("JSON", "s.json", rb'{"a": ["no", "\u00e9"]}'),
    ("JSON, UTF-16", "s.JSON", '\ufeff{"a": ["no", "é"]}'.encode("utf-16-le")),
    ("JSON by another name", "s.yaml", b'\n{"a": ["no", "\\u00e9"]}'),
    ("flow YAML", "s.yaml", "{a: [no, é]}".encode()),
]


@pytest.mark.parametrize(
    ("name", "data"), [x[1:] for x in CONTENT], ids=[x[0] for x in CONTENT]
)
def test_content(name: str, data: bytes) -> None:
    write({name: data})
    document = Document.load(name)
    assert document.files == {name: {"a": ["no", "é"]}}
    assert document.get(Location(name, "/a/1")) == "é"


def test_json_in_a_yaml_file_may_hold_what_libyaml_refuses() -> None:
    write({"s.yaml": r'{"a": "\ud83d\ude00"}'})
    assert Document.load("s.yaml").files["s.yaml"] == {"a": "😀"}


REFUSED: list[tuple[str, Files, str, str, int | None, int | None]] = [
    # what, files (the first is the entry), code, part of the message, line, column
    ("missing", {"x/none": "a: 1"}, "file-not-found", "s.yaml", None, None),
    ("empty", {"s.yaml": ""}, "empty-file", "no document", None, None),
    ("comments only", {"s.yaml": "# x\n"}, "empty-file", "no document", None, None),
    ("empty JSON", {"s.json": "\n"}, "empty-file", "no document", None, None),
    ("null", {"s.json": "null"}, "empty-file", "no document", None, None),
    ("not UTF-8", {"s.yaml": b"a: 1\nb: \xc3\xa9\xff"}, "encoding", "UTF-8", 2, 5),
    ("cut UTF-16", {"s.yaml": b"\xff\xfea"}, "encoding", "UTF-16", 1, 1),
    ("NUL", {"s.yaml": "a: 1\nb: \0"}, "encoding", "NUL", 2, 4),
    ("packed", {"s.yaml": b"\x1f\x8b\x08\0"}, "encoding", "packed by gzip", None, None),
    ("UTF-16 unmarked", {"s.json": b"{\0}\0"}, "encoding", "NUL", 1, 2),
    ("bad YAML", {"s.yaml": "a: b: c"}, "yaml-syntax", "`: `", 1, 5),
    ("bad JSON", {"s.json": '{"a": 1,\n}'}, "json-syntax", "'}'", 2, 1),
    ("YAML as .json", {"s.json": "a: 1"}, "json-syntax", "'a'", 1, 1),
    ("bad flow YAML", {"s.yaml": "{a: [1}"}, "yaml-syntax", "brackets", 1, 7),
    ("twice in JSON", {"s.yaml": '{"a":1,\n"a":2}'}, "duplicate-key", "line 1", 2, 1),
]


@pytest.mark.parametrize(
    ("files", "code", "part", "line", "column"),
    [x[1:] for x in REFUSED],
    ids=[x[0] for x in REFUSED],
)
def test_refused(
    files: Files, code: str, part: str, line: int | None, column: int | None
) -> None:
    write(files)
    name = next((x for x in files if x.startswith("s.")), "s.yaml")
    finding = refused(Document.load, name)
    at = finding.location
    assert at is not None
    assert (finding.code, at.file, at.line, at.column) == (code, name, line, column)
    assert part in finding.message


def test_a_folder_is_no_spec() -> None:
    Path("spec").mkdir()
    finding = refused(Document.load, "spec")
    assert (finding.code, finding.location) == ("file-unreadable", Location("spec"))


def test_a_file_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    finding = refused(Document.load, "s.yaml")
    assert (finding.code, finding.location) == ("file-unreadable", Location("s.yaml"))
    assert "Permission denied" in finding.message


def test_bytes_and_nodes_are_counted_over_all_files() -> None:
    write({"a.yaml": "[1, 2, 3]", "b.json": "[4, 5, 6]"})
    document = Document.load("a.yaml", budgets=Budgets(input_bytes=18, nodes=8))
    assert document.resolve("b.json#/2", document.start)
    for budgets, code, name in (
        (Budgets(input_bytes=17), "budget-bytes", "`input_bytes`"),
        (Budgets(nodes=7), "budget-nodes", "`nodes`"),
        (Budgets(depth=0), "budget-depth", "`depth`"),
    ):
        finding = refused(_load_both, budgets)
        assert finding.code == code
        assert name in finding.hint


def test_a_file_that_is_too_large_is_not_read_for_the_place_of_the_error() -> None:
    write({"a.yaml": "a: [not, closed"})
    finding = refused(Document.load, "a.yaml", budgets=Budgets(input_bytes=10))
    assert finding.location == Location("a.yaml", "", 1, 1)
    assert finding.message.endswith("`a.yaml` has 15, and 10 are left")


def _load_both(budgets: Budgets) -> None:
    document = Document.load("a.yaml", budgets=budgets)
    document.resolve("b.json", document.start)


def test_a_slow_parser_is_mentioned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "IS_SLOW", True)
    write({"a.yaml": "a: no", "b.yaml": "b: 1", "c.json": '{"c": 1}'})
    assert Document.load("c.json").notices == ()
    document = Document.load("a.yaml")
    document.resolve("b.yaml", document.start)
    (notice,) = document.notices
    assert (notice.code, notice.location) == ("slow-yaml", Location("a.yaml"))
    assert document.files == {"a.yaml": {"a": "no"}, "b.yaml": {"b": 1}}
    monkeypatch.setattr(yaml_events, "IS_SLOW", not yaml.__with_libyaml__)
    notices = Document.load("a.yaml").notices
    assert [x.code for x in notices] == ["slow-yaml"] * yaml_events.IS_SLOW


@pytest.mark.slow
def test_a_whole_api_reads_as_with_pyyaml(shared_spec: Path) -> None:
    """Apart from YAML 1.1's timestamps, even the kinds of numbers agree."""
    if not yaml.__with_libyaml__:
        pytest.skip("takes minutes without libyaml")

    class Loader(yaml.CSafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [x for x in found if not x[0].endswith(":timestamp")]
        for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    document = Document.load(shared_spec)
    theirs = yaml.load(shared_spec.read_bytes(), Loader)
    assert json.dumps(document.get(document.start)) == json.dumps(theirs)
