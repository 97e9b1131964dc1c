"""Writing where the file system takes names that differ in case only for one.

Such a system is imitated, so that every machine runs these tests: each call of `os`
gets the spelling that is on disk, if there is one.
"""

# ruff: noqa: PTH102, PTH110, PTH208

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from folders import attempt, put, tree
from specloom.diagnostics import SpecloomError
from specloom.write import check, write

RENAMES = [
    ({"python/Foo.py": "1"}, {"python/foo.py": "1"}),
    ({"python/Foo.py": "1"}, {"python/foo.py": "2"}),
    ({"python/A/a.py": "1", "python/A/b.py": ""}, {"python/a/a.py": "1"}),
    ({"python/A/a.py": "1"}, {"python/a": "2"}),
    ({"python/A": "1"}, {"python/a/a.py": "2"}),
    ({"Python/a.py": "1"}, {"python/A.py": "1", "python/b.py": "1"}),
]
CALLS = ("open", "lstat", "stat", "unlink", "rmdir", "mkdir", "replace", "scandir")


@pytest.fixture(autouse=True)
def case_insensitive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let names below the test's folder be found in any case."""

    def spelled(argument: Any) -> Any:
        if not isinstance(argument, str) or not argument.startswith(f"{tmp_path}/"):
            return argument
        found = str(tmp_path)
        for name in argument[len(found) + 1 :].split("/"):
            there = os.listdir(found) if os.path.exists(found) else []
            same = [other for other in there if other.lower() == name.lower()]
            found = f"{found}/{name if name in there else (*same, name)[0]}"
        return found

    def wrapped(call: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *arguments, **rest: call(*map(spelled, arguments), **rest)

    with monkeypatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, wrapped(getattr(os, name)))
        yield


def test_the_imitation(tmp_path: Path) -> None:
    put(tmp_path, {"Folder/File": "text"})
    assert os.lstat(f"{tmp_path}/folder/FILE").st_size == 4
    with pytest.raises(FileExistsError):
        os.mkdir(f"{tmp_path}/FOLDER")
    assert tree(tmp_path).keys() == {"Folder", "Folder/File"}


@pytest.mark.parametrize(("old", "new"), RENAMES)
def test_a_rename_in_case_only(
    tmp_path: Path, old: dict[str, str], new: dict[str, str]
) -> None:
    write(tmp_path / "want", new)
    want = tree(tmp_path / "want")
    assert new.keys() <= want.keys()
    at, done = 0, False
    while not done:
        at += 1
        root = tmp_path / f"stopped-{at}"
        write(root, old)
        done = attempt(root, new, at, "after").ended
        write(root, new)
        assert tree(root) == want
        assert check(root, new) == ()
    assert at > 5


def test_somebody_elses_file_in_another_case(tmp_path: Path) -> None:
    put(tmp_path, {"python/Mine.py": "mine"})
    before = tree(tmp_path)
    with pytest.raises(SpecloomError, match=r"did not write: python/mine\.py"):
        write(tmp_path, {"python/mine.py": ""})
    with pytest.raises(SpecloomError, match="a file where a folder must be"):
        write(tmp_path, {"python/mine.py/x": ""})
    assert tree(tmp_path) == before
