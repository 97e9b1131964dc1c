"""Documents: which files are read, where a $ref leads, what is refused."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
import yaml

from specloom import yaml_events
from specloom.diagnostics import Diagnostic, Location, SpecloomError
from specloom.document import Budgets, Document

Files = dict[str, str | bytes]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in these tests are as a user types them, from the current folder."""
    monkeypatch.chdir(tmp_path)


def write(files: Files) -> None:
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)


def refused(run: object) -> Diagnostic:
    assert callable(run)
    with pytest.raises(SpecloomError) as caught:
        run()
    (finding,) = caught.value.diagnostics
    assert finding.hint
    return finding


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
    finding = refused(lambda: Document.load(name))
    at = finding.location
    assert at is not None
    assert (finding.code, at.file, at.line, at.column) == (code, name, line, column)
    assert part in finding.message


def test_a_folder_is_no_spec() -> None:
    Path("spec").mkdir()
    finding = refused(lambda: Document.load("spec"))
    assert (finding.code, finding.location) == ("file-unreadable", Location("spec"))


def test_a_file_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    finding = refused(lambda: Document.load("s.yaml"))
    assert (finding.code, finding.location) == ("file-unreadable", Location("s.yaml"))
    assert "Permission denied" in finding.message


SPEC: Files = {
    "spec/openapi.yaml": """\
components:
  schemas:
    Session: {type: object}
    Prompt: {$anchor: prompt, type: string}
    Voice: {$id: '#voice'}
    "a/b ~%c": {type: number}
    Link: {$ref: '#/components/schemas/Session'}
    Long: {$ref: '#/components/schemas/Link'}
    Documented: {$ref: '#/components/schemas/Session', description: more}
    Away: {$ref: 'audio/formats.yaml#/Pcm'}
    Loop: {$ref: 'audio/formats.yaml#/Loop'}
    Self: {$ref: '#/components/schemas/Self'}
    Broken: {$ref: '#/components/schemas/Sesion'}
    Odd: {$ref: 7}
list: [zero, one, {two: 2}]
twice: [{$anchor: same}, {$dynamicAnchor: same}]
alias: &shared {$anchor: once}
again: *shared
""",
    "spec/audio/formats.yaml": """\
Pcm: {$ref: '#/Wave'}
Wave: {type: string}
Loop: {$ref: '../openapi.yaml#/components/schemas/Loop'}
""",
    "spec/two words.json": '{"x": {}}',
    "outside.yaml": "x: 1",
}
ENTRY = "spec/openapi.yaml"
FORMATS = "spec/audio/formats.yaml"

RESOLVED = [
    # $ref, the file it is written in, the file and the pointer it names
    ("#/components/schemas/Session", ENTRY, ENTRY, "/components/schemas/Session"),
    ("#", ENTRY, ENTRY, ""),
    ("", ENTRY, ENTRY, ""),
    ("#/list/0", ENTRY, ENTRY, "/list/0"),
    ("#/list/2/two", ENTRY, ENTRY, "/list/2/two"),
    (
        "#/components/schemas/a~1b%20~0%25c",
        ENTRY,
        ENTRY,
        "/components/schemas/a~1b ~0%c",
    ),
    ("#/%63omponents%2Fschemas/Link", ENTRY, ENTRY, "/components/schemas/Link"),
    ("#prompt", ENTRY, ENTRY, "/components/schemas/Prompt"),
    ("#voice", ENTRY, ENTRY, "/components/schemas/Voice"),
    ("#once", ENTRY, ENTRY, "/alias"),
    ("openapi.yaml#/list", ENTRY, ENTRY, "/list"),
    ("audio/formats.yaml", ENTRY, FORMATS, ""),
    ("./audio/formats.yaml#", ENTRY, FORMATS, ""),
    ("audio/../audio//formats.yaml#/Wave", ENTRY, FORMATS, "/Wave"),
    ("two%20words.json#/x", ENTRY, "spec/two words.json", "/x"),
    ("../openapi.yaml#/list", FORMATS, ENTRY, "/list"),
    ("../two words.json", FORMATS, "spec/two words.json", ""),
    ("formats.yaml#/Pcm", FORMATS, FORMATS, "/Pcm"),
    ("#/Wave", FORMATS, FORMATS, "/Wave"),
    ("../openapi.yaml#prompt", FORMATS, ENTRY, "/components/schemas/Prompt"),
]


@pytest.mark.parametrize(("ref", "where", "file", "pointer"), RESOLVED)
def test_resolve(ref: str, where: str, file: str, pointer: str) -> None:
    write(SPEC)
    document = Document.load(ENTRY)
    document.resolve("audio/formats.yaml", document.start)
    target = document.resolve(ref, Location(where, "/any"))
    assert target == Location(file, pointer)
    assert document.resolve(ref, Location(where, "/other")) == target
    document.get(target)


LOST = [
    # $ref, code, part of the message, part of the hint
    ("#/components/schemas/Sesion", "ref-not-found", "`Sesion`", "`Session`"),
    ("#/componens", "ref-not-found", "`#` has no `componens`", "`components`"),
    ("#/definitions/X", "ref-not-found", "`definitions`", "there is only"),
    ("#/list/3", "ref-not-found", "`#/list` has no `3`", "3 items"),
    ("#/list/-", "ref-not-found", "`-`", "3 items"),
    ("#/list/01", "ref-not-found", "`01`", "counted from 0"),
    ("#/list/" + "9" * 5000, "ref-not-found", "999", "3 items"),
    ("#/list/0/x", "ref-not-found", "`#/list/0`", "single value"),
    ("#/components/schemas/Link/type", "ref-not-found", "`type`", "a $ref itself"),
    ("#/", "ref-not-found", "has no ``", ""),
    ("#promt", "ref-not-found", "anchor `promt`", "`prompt`"),
    ("#components/schemas", "ref-not-found", "anchor", "`#/components/schemas`"),
    ("#same", "ref-ambiguous", "`#/twice/0` and `#/twice/1`", "rename"),
    ("audio/formatz.yaml#/x", "ref-not-found", "no file", "`formats.yaml`"),
    ("nowhere/x.yaml", "ref-not-found", "no file", "spelling"),
    ("Session", "ref-not-found", "no file", "`#/components/schemas/Session`"),
    ("x" * 5000 + ".yaml", "file-unreadable", "cannot be read", "path"),
    ("audio", "file-unreadable", "not a file", "YAML or JSON"),
    ("../outside.yaml", "ref-outside", "outside.yaml", "--allow-ref"),
    ("../none.yaml", "ref-outside", "none.yaml", "--allow-ref"),
    ("%2e%2e/outside.yaml", "ref-outside", "outside.yaml", "--allow-ref"),
    ("/etc/passwd", "ref-outside", "absolute", "--allow-ref"),
    ("https://example.com/x.yaml#/a", "ref-remote", "URL", "copy"),
    ("http:x.yaml", "ref-remote", "URL", "copy"),
    ("file:///etc/passwd", "ref-remote", "URL", "copy"),
    ("//example.com/x.yaml", "ref-remote", "URL", "copy"),
    ("urn:uuid:1", "ref-remote", "URL", "copy"),
    ("#/a~2", "ref-syntax", "~", "~0"),
    ("#/a~", "ref-syntax", "~", "~1"),
    ("audio/formats.yaml?v=1", "ref-syntax", "query", "%3F"),
    ("%ff.yaml", "ref-syntax", "UTF-8", "%"),
    ("#/%ff", "ref-syntax", "UTF-8", "%"),
    ("a%00.yaml", "ref-syntax", "NUL", "%00"),
]


@pytest.mark.parametrize(
    ("ref", "code", "part", "advice"), LOST, ids=[x[0][:40] for x in LOST]
)
def test_resolve_refuses(ref: str, code: str, part: str, advice: str) -> None:
    write(SPEC)
    document = Document.load(ENTRY)
    at = Location(ENTRY, "/paths/x/$ref")
    finding = refused(lambda: document.resolve(ref, at))
    assert (finding.code, finding.location) == (code, at)
    assert part in finding.message
    assert advice in finding.hint


def test_get_refuses_what_is_not_there() -> None:
    write(SPEC)
    document = Document.load(ENTRY)
    for at in (Location(ENTRY, "/components/schema"), Location("spec/opanapi.yaml")):
        finding = refused(lambda at=at: document.get(at))
        assert (finding.code, finding.location) == ("ref-not-found", at)
        assert "did you mean" in finding.hint


FOLLOWED = [
    ("#/components/schemas/Session", ENTRY, "/components/schemas/Session"),
    ("#/components/schemas/Long", ENTRY, "/components/schemas/Session"),
    ("#/components/schemas/Documented", ENTRY, "/components/schemas/Documented"),
    ("#/components/schemas/Away", FORMATS, "/Wave"),
    ("#/components/schemas/Odd", ENTRY, "/components/schemas/Odd"),
]


@pytest.mark.parametrize(("ref", "file", "pointer"), FOLLOWED)
def test_follow(ref: str, file: str, pointer: str) -> None:
    write(SPEC)
    document = Document.load(ENTRY)
    assert document.follow(ref, document.start) == Location(file, pointer)


@pytest.mark.parametrize("name", ["Self", "Loop"])
def test_a_circle_of_refs_is_refused(name: str) -> None:
    write(SPEC)
    document = Document.load(ENTRY)
    ref = f"#/components/schemas/{name}"
    finding = refused(lambda: document.follow(ref, document.start))
    assert (finding.code, finding.location) == ("ref-cycle", document.start)
    assert f"{ENTRY}{ref} -> " in finding.message


def test_a_fault_further_on_is_reported_where_it_is_written() -> None:
    write(SPEC)
    document = Document.load(ENTRY)
    ref = "#/components/schemas/Broken"
    finding = refused(lambda: document.follow(ref, document.start))
    assert finding.code == "ref-not-found"
    assert finding.location == Location(ENTRY, "/components/schemas/Broken/$ref")


def test_a_chain_of_refs_has_a_budget() -> None:
    chain = {f"s{i}": {"$ref": f"#/s{i + 1}"} for i in range(64)}
    write({"s.json": json.dumps({**chain, "s64": {"type": "string"}})})
    document = Document.load("s.json")
    assert document.follow("#/s1", document.start) == Location("s.json", "/s64")
    finding = refused(lambda: document.follow("#/s0", document.start))
    assert finding.code == "ref-chain"
    assert "`ref_chain`" in finding.hint


def test_files_are_loaded_when_a_ref_names_them() -> None:
    write(SPEC)
    document = Document.load(Path(ENTRY))
    assert document.entry == Path(ENTRY)
    assert document.root == Path("spec")
    assert document.start == Location(ENTRY)
    assert list(document.files) == [ENTRY]
    document.follow("#/components/schemas/Away", document.start)
    assert list(document.files) == [ENTRY, FORMATS]


DISPLAYS = [
    # the entry as typed, its sibling's display path
    ("spec/openapi.yaml", "spec/audio/formats.yaml"),
    ("./spec/openapi.yaml", "spec/audio/formats.yaml"),
    ("spec/../spec/openapi.yaml", "spec/audio/formats.yaml"),
]


@pytest.mark.parametrize(("typed", "sibling"), DISPLAYS)
def test_display_paths_are_as_typed(typed: str, sibling: str) -> None:
    write(SPEC)
    document = Document.load(typed)
    target = document.resolve("audio/formats.yaml", document.start)
    assert (document.start.file, target.file) == (typed, sibling)
    back = document.resolve("../openapi.yaml", target)  # not read a second time
    assert back == document.start


def test_display_paths_from_a_folder_inside_and_of_an_absolute_entry(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(SPEC)
    absolute = str(tmp_path / ENTRY)
    document = Document.load(absolute)
    target = document.resolve("audio/formats.yaml", document.start)
    assert target.file == (tmp_path / FORMATS).as_posix()
    monkeypatch.chdir("spec/audio")
    document = Document.load("../openapi.yaml")
    target = document.resolve("audio/formats.yaml", document.start)
    assert target.file == "../audio/formats.yaml"


def test_a_fault_in_a_sibling_is_reported_there() -> None:
    write({"spec/s.yaml": "a: 1", "spec/b.yaml": "a: 1\na: 2"})
    document = Document.load("spec/s.yaml")
    finding = refused(lambda: document.resolve("b.yaml#/a", document.start))
    assert finding.code == "duplicate-key"
    assert finding.location == Location("spec/b.yaml", "/a", 2, 1)


def test_a_symlink_does_not_lead_outside() -> None:
    write(SPEC)
    Path("spec/link.yaml").symlink_to("../outside.yaml")
    Path("spec/up").symlink_to("..")
    Path("spec/loop.yaml").symlink_to("loop.yaml")
    document = Document.load(ENTRY)
    for ref in ("link.yaml", "up/outside.yaml"):
        finding = refused(lambda ref=ref: document.resolve(ref, document.start))
        assert finding.code == "ref-outside"
    finding = refused(lambda: document.resolve("loop.yaml", document.start))
    assert finding.code in ("ref-not-found", "file-unreadable")


def test_a_symlink_inside_is_the_same_file() -> None:
    write(SPEC)
    Path("spec/link.yaml").symlink_to("audio/formats.yaml")
    document = Document.load(ENTRY)
    first = document.resolve("link.yaml#/Wave", document.start)
    assert first == document.resolve("audio/formats.yaml#/Wave", document.start)


def test_a_display_path_opens_the_file_that_was_read() -> None:
    write({"spec/s.yaml": "a: 1", "spec/deep/er/x.yaml": "x: 1", "spec/y.yaml": "y: 1"})
    write({"spec/deep/y.yaml": "y: 2"})
    Path("spec/short").symlink_to("deep/er")
    document = Document.load("spec/s.yaml")
    target = document.resolve("short/../y.yaml#/y", document.start)
    assert document.get(target) == 2
    assert Path(target.file).read_text() == "y: 2"


def test_an_entry_that_is_a_symlink_is_allowed() -> None:
    write({"away/real.yaml": "a: {$ref: 'b.yaml'}", "spec/b.yaml": "b: 1"})
    Path("spec/s.yaml").symlink_to("../away/real.yaml")
    document = Document.load("spec/s.yaml")
    sibling = document.resolve("b.yaml", document.start)
    assert sibling == Location("spec/b.yaml")
    assert document.resolve("s.yaml#/a", sibling) == Location("spec/s.yaml", "/a")


def test_a_folder_can_be_allowed(tmp_path: Path) -> None:
    write(SPEC)
    write({"common/a.yaml": "a: {$ref: 'b.yaml'}", "common/b.yaml": "b: 1"})
    document = Document.load(ENTRY, allow_ref=("common",))
    target = document.resolve("../common/a.yaml#/a", document.start)
    assert target == Location("common/a.yaml", "/a")
    assert document.follow("b.yaml#/b", target) == Location("common/b.yaml", "/b")
    absolute = (tmp_path / "common" / "a.yaml").as_posix()
    assert document.resolve(absolute + "#/a", document.start) == target
    finding = refused(lambda: document.resolve("../outside.yaml", document.start))
    assert finding.code == "ref-outside"
    finding = refused(lambda: document.resolve(str(tmp_path / ENTRY), document.start))
    assert finding.code == "ref-outside"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_ref_to_a_pipe_does_not_hang() -> None:
    write(SPEC)
    os.mkfifo("spec/pipe.yaml")
    document = Document.load(ENTRY)
    finding = refused(lambda: document.resolve("pipe.yaml", document.start))
    assert finding.code == "file-unreadable"


def test_bytes_and_nodes_are_counted_over_all_files() -> None:
    write({"a.yaml": "[1, 2, 3]", "b.json": "[4, 5, 6]"})
    document = Document.load("a.yaml", budgets=Budgets(input_bytes=18, nodes=8))
    assert document.resolve("b.json#/2", document.start)
    for budgets, code, name in (
        (Budgets(input_bytes=17), "budget-bytes", "`input_bytes`"),
        (Budgets(nodes=7), "budget-nodes", "`nodes`"),
        (Budgets(depth=0), "budget-depth", "`depth`"),
    ):
        finding = refused(lambda b=budgets: _load_both(b))
        assert finding.code == code
        assert name in finding.hint


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
    start = time.perf_counter()
    document = Document.load(shared_spec)
    middle = time.perf_counter()
    theirs = yaml.load(shared_spec.read_bytes(), Loader)
    end = time.perf_counter()
    assert json.dumps(document.get(document.start)) == json.dumps(theirs)
    assert middle - start < end - middle
