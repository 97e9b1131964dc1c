"""Which paths may be written, and what the record of them may say."""

from __future__ import annotations

import json
import unicodedata

import pytest

from specloom.diagnostics import SpecloomError
from specloom.write.manifest import digest, dump, parse, path_faults, require_safe

SAFE = [
    "python/__init__.py",
    "python/openai_realtime/models/session.py",
    "markdown/php/README.md",
    "python/.gitignore",
    "python/console.py",
    "python/com10.py",
    "python/a..b",
    "docs/größe.md",
    "docs/セッション.md",
    "docs/two words.md",
    "docs/" + "x" * 255,
]
UNSAFE = [
    "",
    "/etc/passwd",
    "../x",
    "python/../../x",
    "python/./x",
    "python//x",
    "python/",
    "python\\x",
    "C:/x",
    "C:x",
    "python/x.py:stream",
    "python/nul\0l",
    "python/line\nbreak",
    "python/\x7f",
    "python/\u202egnp.py",
    "python/.g\u200cit/config",
    "python/\ud800.py",
    "python/CON",
    "python/con.py",
    "python/NUL.tar.gz",
    "python/aux .py",
    "python/Com1.py",
    "python/LPT².py",
    "lpt9/x.py",
    "python/conin$",
    "python/x.",
    "python/x ",
    "python /x",
    ".git/hooks/pre-commit",
    "python/.GIT/config",
    "python/git~1/config",
    "docs/" + "x" * 256,
    "docs/" + "é" * 128,
    ".specloom-manifest.json",
    ".Specloom-temporary",
]
CLASHES = [
    ("python/Foo.py", "python/foo.py"),
    ("python/Models/a.py", "python/models/b.py"),
    ("docs/Größe.md", "docs/grösse.md"),
    ("docs/é.md", unicodedata.normalize("NFD", "docs/é.md")),
    ("docs/É.md", unicodedata.normalize("NFD", "docs/é.md")),
    ("docs/\u1fb4.md", "docs/\u03b1\u0345\u0301.md"),
    ("python/a", "python/a/b.py"),
    ("python/A", "python/a/b.py"),
]


@pytest.mark.parametrize("path", SAFE)
def test_safe_paths(path: str) -> None:
    require_safe([path])


@pytest.mark.parametrize("path", UNSAFE)
def test_unsafe_paths(path: str) -> None:
    with pytest.raises(SpecloomError) as caught:
        require_safe(["python/ok.py", path])
    assert [item.code for item in caught.value.diagnostics] == ["path-unsafe"]
    assert caught.value.diagnostics[0].hint


def test_every_unsafe_path_is_reported_with_its_reason() -> None:
    assert list(path_faults([*UNSAFE, *SAFE])) == sorted(UNSAFE)
    assert "'..'" in path_faults(["a/../b"])["a/../b"]
    assert "Windows device" in path_faults(["a/nul.md"])["a/nul.md"]


@pytest.mark.parametrize("pair", CLASHES)
def test_clashing_paths(pair: tuple[str, str]) -> None:
    for paths in (pair, pair[::-1]):
        with pytest.raises(SpecloomError) as caught:
            require_safe([*paths, "python/ok.py"])
        codes = [item.code for item in caught.value.diagnostics]
        assert codes == ["path-clash"]


def test_names_that_only_look_alike_do_not_clash() -> None:
    require_safe(["python/a.py", "python/a_.py", "markdown/a.py", "python/b/a.py"])


def test_manifest_is_sorted_json_with_one_file_a_line() -> None:
    entries = {"b/é.md": digest(b"2"), "a/x.py": digest(b"1")}
    data = dump(entries)
    assert data == dump(dict(reversed(entries.items())))
    expected = {"format": 1, "files": dict(sorted(entries.items()))}
    assert data.decode() == json.dumps(expected, indent=2, ensure_ascii=False) + "\n"
    assert parse(data, "m") == entries


def test_empty_manifest() -> None:
    assert dump({}) == b'{\n  "format": 1,\n  "files": {}\n}\n'
    assert parse(dump({}), "m") == {}


def test_both_sides_of_a_merge_may_stay() -> None:
    one, two = digest(b"1"), digest(b"2")
    text = f'{{"format": 1, "files": {{"a/x": "{one}", "a/x": "{two}"}}}}'
    assert parse(text.encode(), "m") == {"a/x": two}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "manifest-invalid"),
        ("<<<<<<< HEAD\n{}", "manifest-invalid"),
        ("\udcff", "manifest-invalid"),
        ("[" * 100_000, "manifest-invalid"),
        ('{"format": ' + "9" * 5000 + "}", "manifest-invalid"),
        ("[]", "manifest-invalid"),
        ("{}", "manifest-invalid"),
        ('{"format": "1", "files": {}}', "manifest-invalid"),
        ('{"format": true, "files": {}}', "manifest-invalid"),
        ('{"format": 1}', "manifest-invalid"),
        ('{"format": 1, "files": []}', "manifest-invalid"),
        ('{"format": 1, "files": {"a/x": 1}}', "manifest-invalid"),
        ('{"format": 1, "files": {"a/x": "abc"}}', "manifest-invalid"),
        ('{"format": 0, "files": {}}', "manifest-version"),
        ('{"format": 2, "files": {}}', "manifest-version"),
    ],
)
def test_bad_manifests(text: str, code: str) -> None:
    with pytest.raises(SpecloomError) as caught:
        parse(text.encode(errors="surrogateescape"), "out/m.json")
    [item] = caught.value.diagnostics
    assert item.code == code
    assert item.message.startswith("out/m.json ")
    assert len(item.message) < 200
    assert item.hint


@pytest.mark.parametrize("path", UNSAFE)
def test_a_manifest_with_an_unsafe_path_is_refused(path: str) -> None:
    text = json.dumps({"format": 1, "files": {"a/x": digest(b""), path: digest(b"")}})
    with pytest.raises(SpecloomError) as caught:
        parse(text.encode(), "m")
    [item] = caught.value.diagnostics
    assert item.code == "manifest-unsafe"
    assert repr(path) in item.message
