"""A write that is killed, fails or meets another one: the next run mends all.

Every call with which a write changes the disk is made to fail in turn, the process
dying before, within or after it, or the system refusing it.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from folders import attempt, put, tree
from specloom.diagnostics import SpecloomError
from specloom.write import Written, check, lock, write
from specloom.write.lock import exclusive
from specloom.write.manifest import MANIFEST

OLD = {
    "python/same.py": "same\n",
    "python/changed.py": "before\n",
    "python/stale.py": "stale\n",
    "python/gone/deep/stale.py": "",
    "python/becomes_folder": "file\n",
    "python/becomes_file/a.py": "a\n",
    "python/Renamed.py": "renamed\n",
    "markdown/kept.md": "kept\n",
}
NEW = {
    "python/same.py": "same\n",
    "python/changed.py": "after\n",
    "python/empty.py": "",
    "python/adopted.py": "adopted\n",
    "python/new/deep/a.py": "new\n",
    "python/becomes_folder/a.py": "a\n",
    "python/becomes_file": "file\n",
    "python/renamed.py": "renamed\n",
}
FOREIGN = {"python/mine.py": "mine\n", "python/adopted.py": "adopted\n"}
SCOPE = {"python"}


def clean(root: Path, *, new: bool) -> dict[str, bytes | None]:
    """The folder that uninterrupted writes leave, first of OLD and then of NEW."""
    write(root, OLD)
    put(root, FOREIGN)
    if new:
        write(root, NEW, scope=SCOPE)
    return tree(root)


@pytest.mark.parametrize("how", ["before", "within", "after", "full"])
@pytest.mark.parametrize("cold", [False, True])
def test_the_next_run_mends_a_write_stopped_anywhere(
    tmp_path: Path, how: str, cold: bool
) -> None:
    want = clean(tmp_path / "want", new=True)
    back = clean(tmp_path / "back", new=False)
    for at in range(1, 1000):
        root = tmp_path / str(at)
        if not cold:
            write(root, OLD)
        put(root, FOREIGN)
        files, scope = (OLD, None) if cold else (NEW, SCOPE)
        stopped = attempt(root, files, at, how, scope)
        if stopped.ended:
            assert stopped.calls > 20
            return
        if how == "full" and at > 1:  # the first makes the folder, which is there
            assert f"cannot write {root}/" in str(stopped.error)
            assert "No space left" in str(stopped.error)
        assert {path: (root / path).read_text() for path in FOREIGN} == FOREIGN
        if cold or at % 2:
            write(root, OLD)
            put(root, FOREIGN)  # a file may have been adopted, and is stale now
            assert tree(root) == back, f"stopped {how} call {at}"
        write(root, NEW, scope=SCOPE)
        assert tree(root) == want, f"stopped {how} call {at}"
        assert check(root, NEW, scope=SCOPE) == ()
    pytest.fail("it never ended")


def test_a_write_killed_again_and_again_ends_whole(tmp_path: Path) -> None:
    want = clean(tmp_path / "want", new=True)
    root = tmp_path / "root"
    clean(root, new=False)
    kills = 0
    while not attempt(root, NEW, kills + 1, "after", SCOPE).ended:
        kills += 1
    assert kills > 10
    assert tree(root) == want


def test_a_failed_swap_names_the_file_it_was_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, target: str) -> None:
        raise PermissionError(errno.EACCES, "in use", source, None, target)

    write(tmp_path, {"a/x": "1"})
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SpecloomError) as caught:
        write(tmp_path, {"a/x": "2"})
    assert str(caught.value) == f"cannot write {tmp_path}/a/x: in use"


def test_a_short_write_is_continued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: call(handle, data[:2]))
    write(tmp_path, {"a/x": "some text"})
    assert (tmp_path / "a/x").read_text() == "some text"


def test_a_folder_that_the_system_keeps_does_not_stop_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, "in use", path)

    write(tmp_path, {"a/old/x": "", "a/y": ""})
    monkeypatch.setattr(os, "rmdir", refuse)
    assert write(tmp_path, {"a/y": ""}) == Written((), (), 1, ("a/old/x",))


def test_an_unreadable_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a/x": ""})
    call = os.open

    def refuse(path: Any, *rest: Any) -> int:
        if str(path).endswith("a/x"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return call(path, *rest)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(SpecloomError, match=r"cannot write .*/a/x: Permission denied"):
        write(tmp_path, {"a/x": ""})
    with pytest.raises(SpecloomError, match=r"cannot check .*/a/x: Permission denied"):
        check(tmp_path, {"a/x": ""})


def test_a_second_writer_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 600)
    waiting = threading.Thread(target=write, args=(tmp_path, NEW))
    with exclusive(str(tmp_path)):
        waiting.start()
        time.sleep(0.15)
        assert tree(tmp_path).keys() <= {".specloom-lock"}
    waiting.join()
    assert check(tmp_path, NEW) == ()


def test_a_writer_that_never_ends_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0.1)
    with exclusive(str(tmp_path)), pytest.raises(SpecloomError) as caught:
        write(tmp_path, NEW)
    [item] = caught.value.diagnostics
    assert item.code == "busy"
    assert str(tmp_path) in item.message
    assert not (tmp_path / MANIFEST).exists()


def test_a_dead_writer_holds_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import sys, time; from specloom.write.lock import exclusive\n"
        "with exclusive(sys.argv[1]): print('held', flush=True); time.sleep(600)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with monkeypatch.context() as patch:
            patch.setattr(lock, "_PATIENCE", 0.0)
            with pytest.raises(SpecloomError, match="another run"):
                write(tmp_path, NEW)
        child.kill()
    write(tmp_path, NEW)
    assert check(tmp_path, NEW) == ()


def test_a_file_system_without_locks_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_try_lock", refuse)
    write(tmp_path, NEW)
    assert check(tmp_path, NEW) == ()


def test_targets_generated_side_by_side(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from specloom.write import lock, write\n"
        "lock._PATIENCE = 600\n"
        "root, target = sys.argv[1:]\n"
        "files = {f'{target}/{n}.txt': f'{n}\\n' for n in range(300)}\n"
        "write(Path(root), files, scope={target})\n"
    )
    targets = ["python", "typescript", "markdown"]
    command = [sys.executable, "-c", program, str(tmp_path)]
    children = [subprocess.Popen([*command, target]) for target in targets]
    assert [child.wait() for child in children] == [0, 0, 0]
    files = {f"{t}/{n}.txt": f"{n}\n" for t in targets for n in range(300)}
    assert check(tmp_path, files) == ()
