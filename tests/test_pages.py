"""Pages of earlier runs: an edit gives what a run that knows of none gives."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from folders import tree
from shell import folder, run
from small_specs import openapi
from specloom import pipeline
from specloom.cache import CACHE_VARIABLE
from specloom.render import Renderer
from specloom.rendering import render
from specloom.shortcut import pages
from specloom.write import survey
from specloom.write.survey import read_regular
from stamped import OUTPUT, cache, fresh, same_as_fresh, settle

__all__ = ["cache", "folder"]  # fixtures, which pytest finds here

LINE = "generate api.yaml"
SPEC = """
A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}, odd: {typ: x}}}
B: {type: object, description: One., properties: {c: {type: string}}}
C: {type: object, properties: {d: {type: integer}}}
D: {type: object, properties: {c: {$ref: '#/components/schemas/C'}}}
"""
PAGE = OUTPUT / "typescript/src/models/c.ts"
PYTHON = "test/c.py"


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that were laid out."""
    found: list[str] = []
    text = Renderer.text

    def counted(self: Renderer, path: str, *rest: object) -> str:
        found.append(path)
        return text(self, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Renderer, "text", counted)
    return found


@pytest.fixture
def project(folder: Path, cache: Path, laid: list[str]) -> Path:
    """A spec, generated."""
    write(SPEC)
    settle()
    assert run(LINE).status == 0
    laid.clear()
    return folder


def write(spec: str) -> None:
    Path("api.yaml").write_text(openapi(spec))


def models(laid: list[str]) -> set[str]:
    """The declarations of which a module of TypeScript was laid out; forgets all."""
    found = {Path(path).stem for path in laid if "/src/models/" in path}
    laid.clear()
    return found


def test_what_an_edit_does_not_reach_is_not_made(
    project: Path, laid: list[str]
) -> None:
    write(SPEC.replace("One.", "Two."))
    assert "written" in run(LINE).out
    assert models(laid) == {"a", "b"}
    write(SPEC)
    run(LINE)
    assert models(laid) == {"a", "b"}
    write(SPEC.replace("integer", "number"))
    run(LINE)
    assert models(laid) == {"c", "d"}
    same_as_fresh(LINE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One.", "Two."),
        ("integer", "string"),
        ("{type: integer}", "{enum: [a, b]}"),
        ("B:", "b:\n  {type: string}\nB:"),
        ("{d: ", "{d: {$ref: '#/components/schemas/D'}, e: "),
        ("typ:", "typo:"),
        ("D:", "E:"),
        ("C: {type: object, properties: {d: {type: integer}}}", "C: {type: string}"),
        ("{$ref: '#/components/schemas/C'}", "{type: array}"),
    ],
)
def test_edited_and_reverted(old: str, new: str, project: Path) -> None:
    assert old in SPEC
    write(SPEC.replace(old, new))
    same_as_fresh(LINE)
    write(SPEC)
    same_as_fresh(LINE)


def edit_the_output() -> None:
    PAGE.write_text("edited")


def remove_the_output() -> None:
    PAGE.unlink()


def swap_in_a_link() -> None:
    Path("elsewhere.ts").write_bytes(PAGE.read_bytes())
    PAGE.unlink()
    PAGE.symlink_to(Path("elsewhere.ts").resolve())


@pytest.mark.parametrize("harm", [edit_the_output, remove_the_output, swap_in_a_link])
def test_harm_to_the_output_is_mended(
    harm: Callable[[], None], project: Path, laid: list[str]
) -> None:
    harm()
    write(SPEC.replace("One.", "Two."))
    run(LINE)
    assert models(laid) == {"a", "b", "c"}
    same_as_fresh(LINE)


def test_a_page_that_is_known_is_read_once(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Counter[str]()

    def counted(path: str) -> bytes | None:
        read[Path(path).as_posix()] += 1
        return read_regular(path)

    for reader in (pages, survey):
        monkeypatch.setattr(reader, "read_regular", counted)
    settle()
    write(SPEC.replace("One.", "Two."))
    assert run(LINE).status == 0
    assert read[PAGE.as_posix()] == 1


@pytest.mark.parametrize("waits", [True, False])
def test_another_run_writes_before_this_one_does(
    waits: bool, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before is not believed then, be it long ago or just now."""
    Path("other.yaml").write_text(openapi(SPEC.replace("integer", "string")))
    write(SPEC.replace("One.", "Two."))
    if waits:
        settle()
    whole = pipeline.Result.write

    def late(*arguments: Any, **named: Any) -> Any:
        monkeypatch.setattr(pipeline.Result, "write", whole)
        assert run("generate other.yaml").status == 0
        assert "string" in PAGE.read_text()
        return whole(*arguments, **named)

    monkeypatch.setattr(pipeline.Result, "write", late)
    assert run(LINE).status == 0
    assert "string" not in PAGE.read_text()
    assert tree(OUTPUT) == fresh(Path("fresh"), LINE)


def test_a_linked_folder_is_refused_whatever_is_known(project: Path) -> None:
    models = PAGE.parent
    shutil.move(models, "elsewhere")
    models.symlink_to(Path("elsewhere").resolve(), target_is_directory=True)
    write(SPEC.replace("One.", "Two."))
    assert "path-escapes" in run(LINE).err


def test_a_broken_record_is_none(
    project: Path, cache: Path, laid: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (record,) = cache.glob("*.pages")
    good = record.read_bytes()
    for number, bad in enumerate((b"", good[:3], good[:-1], b"\0" * 50, b"abcd" * 9)):
        record.write_bytes(bad)
        write(SPEC.replace("One.", f"{number}."))
        assert run(LINE).status == 0
        assert models(laid) == {"a", "b", "c", "d"}
    for where in ("", str(project / "api.yaml")):
        monkeypatch.setenv(CACHE_VARIABLE, where)
        assert run(LINE).status == 0
        assert models(laid) == {"a", "b", "c", "d"}


def test_targets_and_settings_and_templates(project: Path, laid: list[str]) -> None:
    """Runs for some targets leave the others; what is asked otherwise is made anew."""
    write(SPEC.replace("One.", "Two."))
    run(f"{LINE} --target python")
    assert models(laid) == set()
    assert f"python/{PYTHON}" not in laid
    run(LINE)
    assert models(laid) == {"a", "b"}
    Path("specloom.toml").write_text("docs_base_url = 'https://example.com/x'\n")
    run(LINE)
    assert models(laid) == {"a", "b", "c", "d"}
    own = Path("mine/typescript/module.ts.j2")
    own.parent.mkdir(parents=True)
    for text in ("// {{ view.header }}\n", "{{ view.header }}\n"):
        own.write_text(text)
        settle()
        run(f"{LINE} --templates mine")
        assert models(laid) == {"a", "b", "c", "d"}
        assert tree(OUTPUT) == fresh(Path("fresh"), f"{LINE} --templates mine")
        laid.clear()
    run(f"{LINE} --templates mine --verify --lenient")
    assert tree(OUTPUT) == fresh(Path("fresh"), f"{LINE} --templates mine --lenient")


def test_checks_and_other_folders_know_of_none(
    project: Path, laid: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    known = render

    def spied(*arguments: object) -> object:
        asked.append(arguments[-1])
        return known(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "render", spied)
    write(SPEC.replace("One.", "Two."))
    assert run("check api.yaml").status == 1
    assert run("generate api.yaml --check").status == 1
    assert asked == [None, None]
    laid.clear()
    run(f"{LINE} -o other")
    assert models(laid) == {"a", "b", "c", "d"}
    Path("other").rename("moved")
    run(f"{LINE} -o moved")
    assert models(laid) == {"a", "b", "c", "d"}


def test_specs_as_deep_as_may_be(project: Path) -> None:
    inner = "{type: string}"
    for _ in range(40):
        inner = f"{{type: array, items: {{type: object, properties: {{a: {inner}}}}}}}"
    for spec in (inner, inner.replace("string", "integer")):
        write(f"A: {spec}")
        same_as_fresh(LINE)
