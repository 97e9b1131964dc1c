"""Changes: whatever a run depends on is changed, and the next run is a whole one.

They leave as few traces as may be; output is compared with that of a run that knows
nothing of earlier ones.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from folders import tree
from shell import folder, run
from small_specs import openapi
from specloom import cli, pipeline
from specloom.cache import CACHE_VARIABLE
from specloom.shortcut import stamp
from specloom.write.manifest import MANIFEST, TEMPORARY
from stamped import (
    INDEX,
    MODEL,
    OUTPUT,
    SHARED,
    SPEC,
    cache,
    edit_a_template,
    edit_config,
    edit_referenced_spec_keeping_its_times,
    edit_spec,
    fresh,
    project,
    runs,
    settle,
)

__all__ = ["cache", "folder", "project", "runs"]  # fixtures, which pytest finds here


def add_a_template() -> None:
    folder = Path("mine/typescript")
    (folder / "package.json.j2").write_text("{}\n")


def edit_output_keeping_its_times() -> None:
    at = MODEL.stat()
    MODEL.write_bytes(MODEL.read_bytes().replace(b"10", b"11"))
    os.utime(MODEL, ns=(at.st_atime_ns, at.st_mtime_ns))


def swap_outputs() -> None:
    for one, other in ((MODEL, "x"), (INDEX, MODEL), ("x", INDEX)):
        Path(one).rename(other)


def remove_output() -> None:
    INDEX.unlink()


def remove_output_folder() -> None:
    shutil.rmtree("generated/typescript")


def put_a_folder_in_the_place_of_output() -> None:
    INDEX.unlink()
    INDEX.mkdir()
    INDEX.rmdir()


def claim_more_in_the_manifest() -> None:
    manifest = Path("generated", MANIFEST)
    text = manifest.read_text()
    digest = "0" * 64
    text = text.replace('"files": {', f'"files": {{\n    "typescript/x": "{digest}",')
    manifest.write_text(text)


def remove_the_manifest() -> None:
    Path("generated", MANIFEST).unlink()


def leave_a_temporary_file() -> None:
    Path("generated", TEMPORARY).write_text("left")


CHANGES = [
    edit_spec,
    edit_referenced_spec_keeping_its_times,
    edit_config,
    add_a_template,
    edit_a_template,
    edit_output_keeping_its_times,
    swap_outputs,
    remove_output,
    remove_output_folder,
    put_a_folder_in_the_place_of_output,
    claim_more_in_the_manifest,
    remove_the_manifest,
    leave_a_temporary_file,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda x: x.__name__)
def test_a_change_is_always_seen(
    project: Path, runs: list[str], change: Callable[[], None]
) -> None:
    change()
    adopted = "claim" in change.__name__ or "remove_the" in change.__name__
    assert run("generate").status == 0
    assert runs == ["generate"]
    want = fresh(project / "fresh")
    got = tree(Path("generated"))
    assert got == want or (adopted and got.keys() == want.keys())
    assert run("check").status == 0


def test_a_nearer_configuration_is_seen(
    project: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("inner").mkdir()
    monkeypatch.chdir("inner")
    for _ in range(3):
        run("generate")
        settle()
    assert runs == ["generate"]
    Path("pyproject.toml").write_text("[tool.other]\n")
    run("generate")
    assert runs == ["generate"] * 2
    settle()
    run("generate")
    Path("pyproject.toml").write_text('[tool.specloom]\nspec = "none.yaml"\n')
    assert "none.yaml" in run("generate").err


def test_a_moved_link_of_the_spec_is_followed(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        Path(name).mkdir()
        Path(name, "api.yaml").write_text(openapi(f"{name}: {{type: string}}"))
    Path("now").symlink_to("one")
    one, two = (Path(name, "api.yaml").stat() for name in ("one", "two"))
    real = stamp.shape

    def alike(found: os.stat_result) -> tuple[int, ...]:
        """Both were written at once, as far as the file system knows."""
        return real(one if found.st_ino == two.st_ino else found)

    monkeypatch.setattr(stamp, "shape", alike)
    settle()
    for _ in range(2):
        run("generate now/api.yaml -t typescript")
        settle()
    Path("now").unlink()
    Path("now").symlink_to("two")
    run("generate now/api.yaml -t typescript")
    assert "two.ts" in {path.name for path in Path("generated").rglob("*")}


def test_output_behind_a_link_is_refused_as_ever(project: Path) -> None:
    Path("generated/typescript").rename("elsewhere")
    Path("generated/typescript").symlink_to(project / "elsewhere")
    assert "path-escapes" in run("generate").err


def put_the_missing_file() -> None:
    Path("missing.yaml").write_text(SHARED)


def put_a_file_for_the_link() -> None:
    Path("link.yaml").unlink()
    Path("link.yaml").write_text(SHARED)


@pytest.mark.parametrize("mend", [put_the_missing_file, put_a_file_for_the_link])
def test_what_a_broken_reference_missed_is_seen(
    project: Path, runs: list[str], mend: Callable[[], None]
) -> None:
    away = project.parent / f"{project.name}-away.yaml"
    Path("link.yaml").symlink_to(away)
    refs = "C: {$ref: missing.yaml}\nD: {$ref: link.yaml}"
    Path("api.yaml").write_text(openapi(f"{SPEC}\n{refs}"))
    for _ in range(3):
        settle()
        assert run("generate --skip-broken").status == 0
    assert runs == ["generate --skip-broken"]
    mend()
    assert run("generate --skip-broken").status == 0
    assert runs == ["generate --skip-broken"] * 2
    assert tree(OUTPUT) == fresh(project / "fresh", "generate --skip-broken")


def test_a_touched_file_is_the_same_file(project: Path, runs: list[str]) -> None:
    for path in (Path("api.yaml"), MODEL, Path("generated", MANIFEST)):
        os.utime(path)
        path.rename("x")
        Path("x").rename(path)
    for _ in range(3):
        run("generate")
    assert runs == []


def test_times_too_coarse_to_tell_are_not_believed(
    project: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system that keeps two seconds, and edits that take less."""
    tick = 2_000_000_000

    def coarse(found: os.stat_result) -> tuple[int, int, int]:
        mtime, ctime = found.st_mtime_ns, found.st_ctime_ns
        return found.st_size, mtime // tick * tick, ctime // tick * tick

    monkeypatch.setattr(stamp, "shape", coarse)
    monkeypatch.setattr("specloom.shortcut.record.shape", coarse)
    for number in range(20, 24):
        Path("shared.yaml").write_text(SHARED.replace("10", str(number)))
        run("generate")
        run("generate")
        assert str(number) in MODEL.read_text()
        MODEL.write_text(MODEL.read_text().replace(str(number), "99"))
        run("generate")
        assert str(number) in MODEL.read_text()


@pytest.mark.parametrize("seconds", [-100, 100])
def test_a_wrong_clock_costs_time_only(
    project: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + seconds * 10**9)
    for number in range(20, 24):
        Path("shared.yaml").write_text(SHARED.replace("10", str(number)))
        run("generate")
        assert str(number) in MODEL.read_text()
        settle()
        run("generate")
        MODEL.write_text(MODEL.read_text().replace(str(number), "99"))
        run("generate")
        assert str(number) in MODEL.read_text()


def test_what_changes_during_a_run_is_seen_by_the_next(
    project: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipeline.generate
    for change in (edit_spec, edit_config, edit_a_template):

        def late(*arguments: object, change: Callable[[], None] = change) -> object:
            made = whole(*arguments)  # type: ignore[arg-type]
            change()
            return made

        settle()
        shutil.rmtree("generated")
        with monkeypatch.context() as patch:
            patch.setattr(pipeline, "generate", late)
            run("generate")
        runs.clear()
        run("generate")
        assert runs == ["generate"], change.__name__
        assert tree(Path("generated")) == fresh(project / change.__name__)


def copy_of_specloom(root: Path) -> None:
    """As it is installed; but for bytecode, which others may write just now."""
    package = Path(cli.__file__).parent
    without = shutil.ignore_patterns("__pycache__")
    for source, at in (
        (package, "a/specloom"),
        (package.parents[1] / "templates", "templates"),
    ):
        shutil.copytree(source, root / at, ignore=without)


def test_other_libraries_or_another_specloom_run_anew(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("installed")
    copy_of_specloom(root)
    (root / "libraries").mkdir()
    (root / "libraries/jinja2.py").write_text("")
    script = (
        "import sys; from specloom import cli, commands\n"
        "import jinja2.environment\n"
        "whole = commands.run\n"
        "commands.run = lambda *rest: print('whole') or whole(*rest)\n"
        "sys.path.append(sys.argv[1]); import added\n"
        "cli.main(['generate', 'pets.yaml', '-t', 'typescript'])"
    )
    (root / "libraries/added.py").write_text("")
    environment = {
        **os.environ,
        "PYTHONPATH": str(root / "a"),
        "PYTHONPYCACHEPREFIX": str(root / "bytecode"),  # so that no folder changes
        CACHE_VARIABLE: str(root / "cache"),
    }

    def whole() -> bool:
        settle()
        command = [sys.executable, "-c", script, str(root / "libraries")]
        ran = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        )
        return ran.stdout.startswith("whole")

    assert whole()
    assert not whole()
    (root / "libraries/new-1.0.dist-info").mkdir()
    assert whole()
    assert not whole()
    with (root / "a/specloom/naming.py").open("a") as stream:
        stream.write("\n")
    assert whole()
    assert not whole()
    with (root / "templates/typescript/index.ts.j2").open("a") as stream:
        stream.write("\n")
    assert whole()
    assert not whole()
    environment["PYTHONPATH"] += os.pathsep + str(root / "libraries")
    (root / "libraries/jinja2.py").unlink()
    assert whole()
