"""The shortcut: a run that would change nothing ends early, and says what it said.

Its output is that of a run that knows nothing of earlier ones, however those ended.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from folders import CHANGING, Interruption, Killed, tree
from golden_cases import CASES, Case
from shell import Ran, folder, run, word
from small_specs import openapi
from specloom.cache import CACHE_VARIABLE, cache_folder
from specloom.shortcut import stamp
from stamped import (
    MODEL,
    SPEC,
    cache,
    edit_spec,
    fresh,
    project,
    runs,
    said,
    settle,
)

__all__ = ["cache", "folder", "project", "runs"]  # fixtures, which pytest finds here


def test_a_run_without_changes_says_the_same(project: Path, runs: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, "")
        want = said(run("generate"))
    assert "warning[unknown-keyword]" in want[2]
    assert runs == ["generate"]
    for line in ("generate", "generate --verify", "generate"):
        assert said(run(line)) == want
    assert runs == ["generate"]
    machine = [run("generate --format json") for _ in range(2)]
    assert machine[0].findings == machine[1].findings
    assert runs[1:] == ["generate --format json"]


def test_a_quiet_run_stays_quiet(project: Path, runs: list[str]) -> None:
    for option in ("-q", "--quiet", "-qt typescript"):
        for _ in range(2):
            assert run(f"generate {option}") == Ran(0, "", "")
        assert runs == [f"generate {option}"]
        runs.clear()
    assert "warning[unknown-keyword]" in run("generate").err
    assert runs == []


def test_colour_is_for_terminals(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[" not in run("generate").err
    monkeypatch.setattr("specloom.streams.takes_colour", lambda _stream: True)
    assert "\x1b[1;33mwarning[unknown-keyword]" in run("generate").err


def test_nothing_heavy_is_imported(project: Path) -> None:
    script = (
        "import sys; from specloom.cli import main; first = main(['generate'])\n"
        "print(first, *sys.modules)"
    )

    def modules() -> set[str]:
        command = [sys.executable, "-c", script]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        status, *names = ran.stdout.splitlines()[-1].split()
        assert status == "0"
        return set(names)

    heavy = {"jinja2", "yaml", "dataclasses", "argparse", "re", "json", "pathlib"}
    edit_spec()
    assert heavy <= modules()
    settle()
    modules()  # which hashes what the first one has just written
    assert not modules() & heavy


def test_verify_believes_no_times(
    project: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    same = (1, 1, 1)
    monkeypatch.setattr(stamp, "shape", lambda _found: same)
    monkeypatch.setattr("specloom.shortcut.record.shape", lambda _found: same)
    run("generate --verify")
    settle()
    run("generate --verify")
    runs.clear()
    good = MODEL.read_text()
    MODEL.write_text("edited")
    run("generate")
    assert runs == []
    assert MODEL.read_text() == "edited"
    run("generate --verify")
    assert runs == ["generate --verify"]
    assert MODEL.read_text() == good
    edit_spec()
    run("generate --verify")
    assert runs == ["generate --verify"] * 2


def test_check_is_always_complete(project: Path, runs: list[str]) -> None:
    assert run("check").status == 0
    assert run("generate --check").status == 0
    assert runs == ["check", "generate --check"]


def test_a_stamp_that_is_not_ours_or_broken_is_none(
    project: Path, cache: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = cache.rglob("*.stamp")
    good = path.read_bytes()
    for bad in (b"", good[:3], good[:-1], good[:100], b"\0" * 50, good[:4] + b"x"):
        path.write_bytes(bad)
        run("generate")
        assert runs == ["generate"], bad[:20]
        runs.clear()
    path.write_bytes(good)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    run("generate")
    assert runs == ["generate"]


def test_without_a_cache_folder_there_is_no_shortcut(
    project: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("file").write_text("")
    for where in ("", str(project / "file"), str(project / "file/below")):
        monkeypatch.setenv(CACHE_VARIABLE, where)
        assert run("generate").status == 0
    assert len(runs) == 3


@pytest.mark.parametrize(
    ("variables", "want"),
    [
        ({"XDG_CACHE_HOME": "/x/cache"}, "/x/cache/specloom"),
        ({"XDG_CACHE_HOME": "relative"}, None),
        ({"XDG_CACHE_HOME": "", "HOME": "/x/me"}, "/x/me/.cache/specloom"),
        ({"SPECLOOM_CACHE_DIR": "/y", "XDG_CACHE_HOME": "/x"}, "/y"),
    ],
)
def test_where_the_cache_is(
    variables: dict[str, str], want: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv(CACHE_VARIABLE)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == want


def test_old_stamps_go_and_other_files_stay(project: Path, cache: Path) -> None:
    old = ["0123abcd.stamp", "0123abcd.stamp.77", "ff00ff00ff.template"]
    kept = [
        "thesis.stamp",
        "0123abcd",
        "ff00ff00ff.template.d/x",
        "notes.txt",
        ".stamp.txt",
    ]
    for name in (*old, *kept):
        (cache / name).parent.mkdir(exist_ok=True)
        (cache / name).write_bytes(b"")
        then = time.time() - 31 * 24 * 3600
        os.utime(cache / name, (then, then))
    young = cache / "00000000.stamp"
    young.write_bytes(b"")
    edit_spec()
    run("generate")
    assert young.exists()
    assert not [name for name in old if (cache / name).exists()]
    assert [name for name in kept if (cache / name).exists()] == kept


def test_errors_leave_no_stamp(folder: Path, cache: Path, runs: list[str]) -> None:
    Path("pets.yaml").write_text("{}")
    for _ in range(2):
        assert run("generate pets.yaml").status == 1
    assert len(runs) == 2
    assert not cache.exists()


@pytest.mark.parametrize("how", ["before", "after"])
def test_killed_anywhere_the_next_run_is_right(
    project: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The old spec, the new one, each begun on the other's output and broken off."""
    texts = {"old": openapi(SPEC), "new": openapi(SPEC.replace("B:", "C:"))}
    want = {}
    for name, text in texts.items():
        Path("api.yaml").write_text(text)
        want[name] = fresh(project / name)
    names = [*CHANGING, "makedirs"]
    for at in range(1, 1000):
        for name in ("new", "old"):
            Path("api.yaml").write_text(texts["old"])
            run("generate")
            Path("api.yaml").write_text(texts["new"])
            interruption = Interruption(at, how)
            with pytest.MonkeyPatch.context() as patch:
                for call in names:
                    wrapped = interruption.wrap(call, getattr(os, call))
                    patch.setattr(os, call, wrapped)
                with suppress(Killed):
                    assert run("generate").status == 0
            Path("api.yaml").write_text(texts[name])
            run("generate")
            assert tree(Path("generated")) == want[name], f"{name}, {how} call {at}"
        if interruption.calls < at:
            assert at > 10
            return
    pytest.fail("it never ended")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_output_is_the_same_with_every_shortcut(
    case: Case, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cold, warm, verified, edited and reverted, on every golden case."""
    monkeypatch.chdir(tmp_path)  # nothing is put beside what other tests go by
    here = tmp_path / "case"
    shutil.copytree(case.folder, here, ignore=shutil.ignore_patterns("expected"))
    (spec,) = here.glob("spec.*")
    out = here / "out"
    line = f"generate {word(spec)} -o {word(out)}"
    if (here / "specloom.toml").exists():
        line += f" --config {word(here / 'specloom.toml')}"
    settle()
    run(line)
    cold = tree(out)
    run(line)
    assert tree(out) == cold
    run(f"{line} --verify")
    assert tree(out) == cold
    good = spec.read_text(encoding="utf-8")
    edited = good.replace("title:", "title: Edited", 1)
    for text, same in ((edited, False), (good, True)):
        spec.write_text(text, encoding="utf-8")
        ran = run(line)
        assert ran.status == 0
        assert (tree(out) == cold) is same or "title:" not in good
