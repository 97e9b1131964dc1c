"""What a write does to a folder, what it refuses, and that `check` foretells it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from folders import put, tree
from specloom.diagnostics import SpecloomError
from specloom.write import Drift, Written, check, write
from specloom.write.manifest import MANIFEST, digest

FILES = {
    "python/pkg/__init__.py": "",
    "python/pkg/session.py": "class Session: ...\n",
    "markdown/plain/Session.md": "# Sitzung – ä\n",
}
links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")


def put_manifest(root: Path, *paths: str) -> None:
    root.mkdir(exist_ok=True)
    entries = {path: digest(b"") for path in paths}
    text = json.dumps({"format": 1, "files": entries})
    (root / MANIFEST).write_text(text)


def drifts(
    root: Path, files: Mapping[str, str], scope: Collection[str] | None = None
) -> dict[str, str]:
    return {drift.path: drift.kind for drift in check(root, files, scope=scope)}


def refused(root: Path, files: Mapping[str, str]) -> str:
    """Write, which must be refused and change nothing; return the code."""
    before = tree(root)
    with pytest.raises(SpecloomError) as caught:
        write(root, files)
    assert tree(root) == before
    item = caught.value.diagnostics[0]
    assert item.hint
    return item.code


def test_a_first_write_creates_all(tmp_path: Path) -> None:
    root = tmp_path / "deep" / "generated"
    assert write(root, FILES) == Written(tuple(sorted(FILES)), (), 0, ())
    files = {path: data for path, data in tree(root).items() if data is not None}
    assert files.pop(MANIFEST)
    assert files == {path: text.encode() for path, text in FILES.items()}


def test_line_ends_are_written_as_given(tmp_path: Path) -> None:
    write(tmp_path, {"a/x": "one\ntwo\r\n"})
    assert (tmp_path / "a/x").read_bytes() == b"one\ntwo\r\n"


def test_an_unchanged_write_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    stamps = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in tmp_path.rglob("*")}
    assert write(tmp_path, FILES) == Written((), (), 3, ())
    after = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in tmp_path.rglob("*")}
    assert after == stamps


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    files = {**FILES, "python/pkg/session.py": "x = 1\n", "python/new/a.py": ""}
    written = write(tmp_path, files)
    assert written == Written(("python/new/a.py",), ("python/pkg/session.py",), 2, ())
    assert check(tmp_path, files) == ()


def test_stale_files_and_the_folders_they_empty_go(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "python/old/deep/a.py": "", "python/pkg/b.py": ""})
    removed = ("python/old/deep/a.py", "python/pkg/b.py")
    assert write(tmp_path, FILES) == Written((), (), 3, removed)
    write(tmp_path / "clean", FILES)
    assert tree(tmp_path / "clean").items() <= tree(tmp_path).items()
    assert not (tmp_path / "python/old").exists()
    assert write(tmp_path, {}).removed == tuple(sorted(FILES))
    assert tmp_path.exists()


def test_the_folder_depends_on_the_files_alone(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "else" / "two"
    write(one, {"python/old.py": "x", **FILES})
    write(one, FILES)
    write(two, dict(reversed(FILES.items())))
    assert tree(one) == tree(two)
    assert str(tmp_path) not in (one / MANIFEST).read_text()


def test_other_targets_stay_when_out_of_scope(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "markdown/old.md": "", "python/old.py": ""})
    python = {path: text for path, text in FILES.items() if path.startswith("python/")}
    assert drifts(tmp_path, python, {"python"}) == {"python/old.py": "orphaned"}
    assert write(tmp_path, python, scope={"python"}).removed == ("python/old.py",)
    assert check(tmp_path, python, scope=["python"]) == ()
    assert (tmp_path / "markdown/old.md").exists()
    assert write(tmp_path, FILES).removed == ("markdown/old.md",)


def test_targets_written_one_by_one_give_the_same_folder(tmp_path: Path) -> None:
    for target in ("markdown", "python"):
        part = {path: text for path, text in FILES.items() if path.startswith(target)}
        write(tmp_path / "one", part, scope={target})
    write(tmp_path / "two", FILES)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_files_of_others_are_never_touched(tmp_path: Path) -> None:
    put(tmp_path, {"python/mine.py": "mine", "python/old/mine.py": "mine", "n": ""})
    write(tmp_path, {**FILES, "python/old/a.py": ""})
    write(tmp_path, FILES)
    assert (tmp_path / "python/mine.py").read_text() == "mine"
    assert (tmp_path / "python/old/mine.py").read_text() == "mine"
    assert check(tmp_path, FILES) == ()


def test_a_file_in_the_way_that_is_not_ours(tmp_path: Path) -> None:
    files = {f"python/{name}.py": "" for name in "abcdefg"}
    put(tmp_path, dict.fromkeys(files, "mine"))
    with pytest.raises(SpecloomError) as caught:
        write(tmp_path, files)
    [item] = caught.value.diagnostics
    assert item.code == "not-ours"
    assert item.message.endswith(
        "python/a.py, python/b.py, python/c.py, python/d.py, python/e.py and 2 more"
    )
    assert "-o" in item.hint
    assert refused(tmp_path, files) == "not-ours"
    assert drifts(tmp_path, files)["python/a.py"] == "edited"


def test_an_identical_file_is_adopted(tmp_path: Path) -> None:
    put(tmp_path, FILES)
    assert drifts(tmp_path, FILES) == {MANIFEST: "missing"}
    assert write(tmp_path, FILES) == Written((), (), 3, ())
    assert write(tmp_path, {}).removed == tuple(sorted(FILES))


def test_an_edited_file_is_written_again(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    put(tmp_path, {"python/pkg/session.py": "edited"})
    assert write(tmp_path, FILES).changed == ("python/pkg/session.py",)
    assert check(tmp_path, FILES) == ()


def test_check_tells_the_four_kinds_apart_and_writes_nothing(tmp_path: Path) -> None:
    old = {f"a/{name}": name for name in ("edited", "outdated", "missing", "orphaned")}
    write(tmp_path, old)
    put(tmp_path, {"a/edited": "by hand"})
    (tmp_path / "a/missing").unlink()
    new = {"a/edited": "edited", "a/outdated": "new", "a/missing": "", "a/new": ""}
    before = tree(tmp_path)
    assert check(tmp_path, new) == (
        Drift("a/edited", "edited"),
        Drift("a/missing", "missing"),
        Drift("a/new", "missing"),
        Drift("a/orphaned", "orphaned"),
        Drift("a/outdated", "outdated"),
    )
    assert tree(tmp_path) == before


def test_check_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    root = tmp_path / "none"
    assert set(drifts(root, FILES)) == {*FILES, MANIFEST}
    assert set(drifts(root, FILES).values()) == {"missing"}
    assert not root.exists()


def test_check_sees_a_manifest_that_a_write_would_change(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    put_manifest(tmp_path, *FILES, "gone/x")
    assert drifts(tmp_path, FILES) == {MANIFEST: "outdated"}
    write(tmp_path, FILES)
    assert check(tmp_path, FILES) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"python/a": "1"}, {"python/a/b.py": "2", "python/a/c/d.py": "3"}),
        ({"python/a/b.py": "1", "python/a/c/d.py": "2"}, {"python/a": "3"}),
        ({"python": "1"}, {"python/x/y.py": "1"}),
        ({"python/Foo.py": "1"}, {"python/foo.py": "1"}),
        ({"python/Foo.py": "1"}, {"python/foo.py": "2"}),
        ({"python/Pkg/a.py": "1"}, {"python/pkg/a.py": "1", "python/pkg/b.py": ""}),
    ],
)
def test_a_new_file_takes_a_stale_ones_place(
    tmp_path: Path, old: dict[str, str], new: dict[str, str]
) -> None:
    root = tmp_path / "one"
    write(root, old)
    assert set(drifts(root, new)) == {*old, *new}
    assert write(root, new) == Written(tuple(sorted(new)), (), 0, tuple(sorted(old)))
    write(tmp_path / "two", new)
    assert tree(root) == tree(tmp_path / "two")


@pytest.mark.parametrize(
    ("disk", "path"),
    [
        ({"python/a.py/mine": ""}, "python/a.py"),
        ({"python/a": "mine"}, "python/a/b.py"),
        ({"python/a": "mine"}, "python/a/b/c.py"),
        ({"python/old/mine": ""}, "python/old"),
    ],
)
def test_somebody_elses_file_blocks_a_path(
    tmp_path: Path, disk: dict[str, str], path: str
) -> None:
    write(tmp_path, {"python/old/x": ""})
    put(tmp_path, disk)
    assert refused(tmp_path, {"python/new.py": "", path: ""}) == "path-blocked"
    with pytest.raises(SpecloomError, match="cannot write"):
        check(tmp_path, {path: ""})


def test_an_empty_folder_of_others_blocks_a_path_too(tmp_path: Path) -> None:
    write(tmp_path, {"python/old/x": ""})
    (tmp_path / "python/old/mine").mkdir()
    assert refused(tmp_path, {"python/old": ""}) == "path-blocked"


@pytest.mark.parametrize(
    ("path", "code"), [("../x", "path-unsafe"), ("python/PKG/b.py", "path-clash")]
)
def test_bad_paths_stop_before_anything(tmp_path: Path, path: str, code: str) -> None:
    root = tmp_path / "out"
    with pytest.raises(SpecloomError) as caught:
        write(root, {**FILES, path: ""})
    assert caught.value.diagnostics[0].code == code
    assert tree(tmp_path) == {}


def test_text_that_has_no_utf_8(tmp_path: Path) -> None:
    assert refused(tmp_path, {"a/x": "", "a/y": "\ud800"}) == "text-unsafe"


@pytest.mark.parametrize("text", ["", "{", '{"format": 7, "files": {}}'])
def test_an_unreadable_manifest_stops_all(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    assert refused(tmp_path, FILES).startswith("manifest-")
    with pytest.raises(SpecloomError, match="manifest"):
        check(tmp_path, FILES)


def test_a_manifest_cannot_reach_out(tmp_path: Path) -> None:
    put(tmp_path, {"precious": "", "out/.git/config": ""})
    for path in ("../precious", str(tmp_path / "precious"), ".git/config"):
        put_manifest(tmp_path / "out", path)
        assert refused(tmp_path / "out", FILES) == "manifest-unsafe"
    assert (tmp_path / "precious").exists()


@links
@pytest.mark.parametrize("inside", [False, True])
def test_no_write_through_a_linked_folder(tmp_path: Path, inside: bool) -> None:
    root, other = tmp_path / "root", tmp_path / "root" / "o" if inside else tmp_path
    put(root, {"o/x": ""})
    (root / "python").symlink_to(other, target_is_directory=True)
    assert refused(root, FILES) == "path-escapes"
    with pytest.raises(SpecloomError, match="is a link"):
        check(root, FILES)


@links
def test_no_removal_through_a_linked_folder(tmp_path: Path) -> None:
    put(tmp_path, {"precious": "mine"})
    put_manifest(tmp_path / "root", "python/precious")
    (tmp_path / "root/python").symlink_to(tmp_path, target_is_directory=True)
    assert refused(tmp_path / "root", {}) == "path-escapes"
    assert (tmp_path / "precious").exists()


@links
def test_a_linked_file_is_replaced_and_its_target_kept(tmp_path: Path) -> None:
    root = tmp_path / "root"
    put(tmp_path, {"precious": "mine", "same": "text"})
    (root / "a").mkdir(parents=True)
    (root / "a/x").symlink_to(tmp_path / "precious")
    assert refused(root, {"a/x": "mine"}) == "not-ours"
    put_manifest(root, "a/x", "a/y")
    (root / "a/y").symlink_to(tmp_path / "same")
    assert drifts(root, {"a/x": "text"}) == {"a/x": "edited", "a/y": "orphaned"}
    assert write(root, {"a/x": "text"}) == Written((), ("a/x",), 0, ("a/y",))
    assert not (root / "a/x").is_symlink()
    assert (tmp_path / "precious").read_text() == "mine"
    assert (tmp_path / "same").exists()


@links
def test_the_manifest_is_not_read_through_a_link(tmp_path: Path) -> None:
    put_manifest(tmp_path, "a/x")
    root = tmp_path / "root"
    root.mkdir()
    (root / MANIFEST).symlink_to(tmp_path / MANIFEST)
    assert refused(root, FILES) == "manifest-invalid"


@links
def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "root").symlink_to(tmp_path / "real", target_is_directory=True)
    write(tmp_path / "root", FILES)
    assert (tmp_path / "real/python/pkg/session.py").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_stop_a_run(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    os.mkfifo(tmp_path / "a/x")
    assert refused(tmp_path, {"a/x": ""}) == "not-ours"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    put(tmp_path, {"out": "mine"})
    with pytest.raises(SpecloomError, match="out: it is not a folder") as caught:
        write(tmp_path / "out", FILES)
    assert caught.value.diagnostics[0].code == "write-failed"
    with pytest.raises(SpecloomError, match="cannot check") as caught:
        check(tmp_path / "out", FILES)
    assert caught.value.diagnostics[0].code == "check-failed"
