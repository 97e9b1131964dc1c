"""References: where a $ref leads, through which files, and where it must not lead."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reading import Files, refused, write
from specloom.diagnostics import Location
from specloom.load.document import Document


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in these tests are as a user types them, from the current folder."""
    monkeypatch.chdir(tmp_path)


SPEC: Files = {
    "spec/openapi.yaml": """\
components:
  schemas:
    Session: {type: object}
    Prompt: {$anchor: prompt, type: string}
    Voice: {$id: '#voice'}
    "a/b ~%c": {type: number}
    Link: {$ref: '#/components/schemas/Session'}
    Away: {$ref: 'audio/formats.yaml#/Pcm'}
list: [zero, one, {two: 2}]
twice: [{$anchor: same}, {$dynamicAnchor: same}]
alias: &shared {$anchor: once}
again: *shared
""",
    "spec/audio/formats.yaml": """\
Pcm: {$ref: '#/Wave'}
Wave: {type: string}
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
    finding = refused(document.resolve, ref, at)
    assert (finding.code, finding.location) == (code, at)
    assert part in finding.message
    assert advice in finding.hint


def test_get_refuses_what_is_not_there() -> None:
    write(SPEC)
    document = Document.load(ENTRY)
    for at in (Location(ENTRY, "/components/schema"), Location("spec/opanapi.yaml")):
        finding = refused(document.get, at)
        assert (finding.code, finding.location) == ("ref-not-found", at)
        assert "did you mean" in finding.hint


def test_files_are_loaded_when_a_ref_names_them() -> None:
    write(SPEC)
    document = Document.load(Path(ENTRY))
    assert document.entry == Path(ENTRY)
    assert document.root == Path("spec")
    assert document.start == Location(ENTRY)
    assert list(document.files) == [ENTRY]
    document.resolve("audio/formats.yaml#/Pcm", document.start)
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
    finding = refused(document.resolve, "b.yaml#/a", document.start)
    assert finding.code == "duplicate-key"
    assert finding.location == Location("spec/b.yaml", "/a", 2, 1)


def test_a_symlink_does_not_lead_outside() -> None:
    write(SPEC)
    Path("spec/link.yaml").symlink_to("../outside.yaml")
    Path("spec/up").symlink_to("..")
    Path("spec/loop.yaml").symlink_to("loop.yaml")
    document = Document.load(ENTRY)
    for ref in ("link.yaml", "up/outside.yaml"):
        finding = refused(document.resolve, ref, document.start)
        assert finding.code == "ref-outside"
    finding = refused(document.resolve, "loop.yaml", document.start)
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
    assert document.resolve("b.yaml#/b", target) == Location("common/b.yaml", "/b")
    absolute = (tmp_path / "common" / "a.yaml").as_posix()
    assert document.resolve(absolute + "#/a", document.start) == target
    finding = refused(document.resolve, "../outside.yaml", document.start)
    assert finding.code == "ref-outside"
    finding = refused(document.resolve, str(tmp_path / ENTRY), document.start)
    assert finding.code == "ref-outside"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_ref_to_a_pipe_does_not_hang() -> None:
    write(SPEC)
    os.mkfifo("spec/pipe.yaml")
    document = Document.load(ENTRY)
    finding = refused(document.resolve, "pipe.yaml", document.start)
    assert finding.code == "file-unreadable"
