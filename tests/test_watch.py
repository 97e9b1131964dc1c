"""`--watch`, driven as a user would: the real process, edits, and what it says then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shell import folder, run
from small_specs import openapi
from specloom.watching import Sources, file_time, places
from watched import DONE, FAILED, PATIENCE, Watching

__all__ = ["folder"]  # a fixture, which pytest finds here
pytest.importorskip("watchfiles", reason='pip install "specloom[watch]"')

SPEC = "A: {$ref: 'parts/shared.yaml'}\nB: {type: string}"
CONFIG = 'spec = "api.yaml"\ntargets = ["typescript"]\ntemplates = "mine"\n'
MODELS = Path("generated/typescript/src/models")


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    """A watched project of two specs, a configuration and a template, made once."""
    Path("parts").mkdir()
    Path("parts/shared.yaml").write_text("type: string\nmaxLength: 10\n")
    Path("api.yaml").write_text(openapi(SPEC))
    Path("specloom.toml").write_text(CONFIG)
    Path("mine/typescript").mkdir(parents=True)
    own = Path("mine/typescript/index.ts.j2")
    own.write_text("{{ view.header }}\n// mine\n")
    found = Watching()
    try:
        found.until(DONE)
        found.until("watching")
        yield found
    finally:
        found.close()


def models() -> set[str]:
    return {path.stem for path in MODELS.iterdir()}


def save(path: str, text: str) -> None:
    """Save as careful editors do: another file is put in the place of the old one."""
    Path("new~").write_text(text)
    Path("new~").replace(path)


def says(path: Path, text: str) -> Callable[[], bool]:
    return lambda: text in path.read_text()


def test_what_was_read_is_watched(watching: Watching) -> None:
    assert models() == {"a", "b"}
    Path("api.yaml").write_text(openapi(SPEC.replace("B", "C")))
    watching.until_it(lambda: models() == {"a", "c"})
    save("parts/shared.yaml", "type: string\nmaxLength: 77\n")
    watching.until_it(says(MODELS / "a.ts", "77"))
    Path("mine/typescript/index.ts.j2").write_text("{{ view.header }}\n// yours\n")
    watching.until_it(says(Path("generated/typescript/src/index.ts"), "// yours"))
    Path("specloom.toml").write_text(CONFIG + 'include = ["C"]\n')
    watching.until("1 model")
    watching.until_it(lambda: models() == {"c"})
    assert watching.end() == 130


def test_what_does_not_matter_is_left(watching: Watching) -> None:
    Path("notes.txt").write_text("x")
    Path("parts/other.yaml").write_text("x: 1")
    (MODELS / "b.ts").write_text("edited")
    time.sleep(0.6)  # or it would be one with the next
    save("parts/shared.yaml", "type: string\nmaxLength: 77\n")
    assert watching.until("watching").count(DONE) == 1
    assert "77" in (MODELS / "a.ts").read_text()


def test_a_bad_edit_is_reported_in_its_place_and_survived(watching: Watching) -> None:
    good = Path("api.yaml").read_text()
    for bad, want in (
        (good[: len(good) // 2] + "\n  - x", "api.yaml:"),
        (good.replace("type: string", "type: strin"), "api.yaml:6:"),
        ("", "error[empty-file]"),
        (
            good.replace("shared.yaml", "none.yaml"),
            "there is no file `parts/none.yaml`",
        ),
    ):
        Path("api.yaml").write_text(bad)
        said = watching.until(FAILED)
        while want not in said:
            said = watching.until(FAILED)
        assert models() == {"a", "b"}
    shutil.copy("parts/shared.yaml", "parts/none.yaml")
    watching.until(DONE)
    Path("specloom.toml").write_text("targets = [")
    watching.until("specloom.toml:1:")
    Path("specloom.toml").write_text(CONFIG)
    watching.until(DONE)
    assert watching.process.poll() is None


def test_files_that_go_and_come_back(watching: Watching) -> None:
    Path("api.yaml").rename("kept.yaml")
    watching.until("there is no file api.yaml")
    Path("kept.yaml").rename("api.yaml")
    watching.until(DONE)
    for number in ("55", "56"):  # as a change of branches does
        shutil.copytree("parts", "other")
        Path("other/shared.yaml").write_text(f"type: string\nmaxLength: {number}\n")
        shutil.rmtree("parts")
        Path("other").rename("parts")
        watching.until_it(says(MODELS / "a.ts", number))
    save("parts/shared.yaml", "type: string\nmaxLength: 66\n")
    watching.until_it(says(MODELS / "a.ts", "66"))


def test_a_folder_that_is_made_anew_is_watched_anew(watching: Watching) -> None:
    """Most systems give it the number of the one that has just gone."""
    for number in ("57", "58"):
        shutil.rmtree("parts")
        Path("parts").mkdir()
        Path("parts/shared.yaml").write_text(f"type: string\nmaxLength: {number}\n")
        watching.until_it(says(MODELS / "a.ts", number))
        time.sleep(0.6)  # or it would be one with the next
    save("parts/shared.yaml", "type: string\nmaxLength: 66\n")
    watching.until_it(says(MODELS / "a.ts", "66"))


def test_many_saves_at_once_end_with_the_last(watching: Watching) -> None:
    for number in range(100, 140):
        save("parts/shared.yaml", f"type: string\nmaxLength: {number}\n")
    watching.until_it(says(MODELS / "a.ts", "139"))
    watching.until_it(lambda: run("check").status == 0)  # or it has not ended yet


def test_interrupted_at_work_it_ends_too(watching: Watching) -> None:
    os.utime("api.yaml")
    assert watching.end() == 130


def test_without_the_library_it_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    ran = run("generate pets.yaml --watch")
    assert ran.status == 1
    assert 'pip install "specloom[watch]"' in ran.err


@pytest.mark.parametrize("line", ["generate --watch --check", "check --watch"])
def test_watching_is_for_generating(folder: Path, line: str) -> None:
    assert run(line).status == 2


def test_wrong_usage_ends_at_once(folder: Path) -> None:
    ran = run("generate pets.yaml --watch -t nope")
    assert ran.status == 2
    assert "there is no target `nope`" in ran.err


def test_after_a_failure_what_is_around_the_spec_matters_and_nothing_else() -> None:
    sources = Sources(
        files={"/site/api/spec.yaml": (1, 2, 3, 4, 5), "/site/specloom.toml": None},
        trees=(),
        around=("/site/api",),
        output=("/site/api/generated",),
        failed=True,
    )
    there = ["api/spec.yaml", "specloom.toml", "api/parts/new.yaml"]
    elsewhere = ["log.txt", "apis/x.yaml", "api/.x.swp", "api/generated/x.py"]
    assert all(sources.matter(f"/site/{path}") for path in there)
    assert not any(sources.matter(f"/site/{path}") for path in elsewhere)


def went_by(*files: Path, trees: tuple[str, ...] = ()) -> Sources:
    return Sources(files=places(files), trees=trees, around=(), output=())


def test_what_changes_while_nobody_watches_is_seen(folder: Path) -> None:
    """Also if the clock of the system has not ticked since."""
    spec, missing, tree = folder / "pets.yaml", folder / "no.toml", folder / "mine"
    long_after = file_time() + 10**10
    began = file_time()
    assert not went_by(spec, missing).touched_since(long_after)
    spec.write_text("x: 1")
    assert went_by(spec, missing).touched_since(began)
    found = went_by(spec, missing, trees=(str(tree), str(missing)))
    assert not found.touched_since(long_after)
    tree.mkdir()
    (tree / "record.py.j2").write_text("")
    assert not found.touched_since(long_after)
    assert found.touched_since(began)
    missing.write_text("")
    assert found.touched_since(long_after)
    found = went_by(spec, missing)
    missing.unlink()
    assert found.touched_since(long_after)
    found = went_by(missing)
    missing.mkdir()
    assert found.touched_since(long_after)
    assert not went_by(missing).touched_since(began)


def test_an_older_file_in_the_place_of_one_is_seen(folder: Path) -> None:
    spec, other = folder / "pets.yaml", folder / "other.yaml"
    shutil.copy2(spec, other)
    found = went_by(spec)
    other.replace(spec)
    assert found.touched_since(file_time() + 10**10)


def test_a_bad_edit_is_reported_once_though_the_report_is_beside_the_spec(
    folder: Path,
) -> None:
    Path("api.yaml").write_text("openapi: 3.1.0\nnot: [closed\n", encoding="utf-8")
    command = [sys.executable, "-m", "specloom", "generate", "api.yaml", "--watch"]
    with Path("log.txt").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + PATIENCE
        while b"watching" not in Path("log.txt").read_bytes():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        time.sleep(1.5)
    finally:
        process.kill()
        process.wait()
    assert Path("log.txt").read_text(encoding="utf-8").count(FAILED) == 1
