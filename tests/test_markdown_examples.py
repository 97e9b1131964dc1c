"""Examples on the pages: JSON to the letter, and code that builds the same value."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import black
import pytest

from markdown_reading import PageText, page_path, pages
from rendering import rendered
from small_specs import schemas
from specloom.ir import Model
from specloom.target import Run, Target
from specloom.targets.languages import LANGUAGES
from specloom.targets.python import PythonTarget
from specloom.targets.typescript import TypeScriptTarget

Blocks = list[tuple[str, str]]


def blocks(page: PageText) -> Blocks:
    """The blocks of code below the heading of the examples: language and text."""
    below = page.source.partition("\n## Examples\n")[2]
    return re.findall(r"^```(\w+)\n(.*?)\n```$", below, re.DOTALL | re.MULTILINE)


def examples(model: Model, dialect: str) -> Iterator[tuple[str, Blocks]]:
    """The blocks of each page that the dialect has, by the name of the type."""
    language = LANGUAGES[dialect]
    speller = language(model, language.settings_type())
    found = pages(model, dialect)
    for decl in speller.declared():
        name = speller.type_name(decl)
        yield name, blocks(found[page_path(dialect, name)])


def write(model: Model, target: Target, folder: Path) -> None:
    files = rendered(target.name, target.pages(Run(model, {})))
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def test_every_example_is_shown_in_json(realtime_model: Model) -> None:
    shown = dict(examples(realtime_model, "plain"))
    for decl in realtime_model.decls.values():
        if not decl.inline:
            texts = [text for language, text in shown[decl.name] if language == "json"]
            assert [json.loads(text) for text in texts] == list(decl.docs.examples)


@pytest.mark.parametrize("dialect", ["python", "typescript"])
def test_every_example_is_shown_in_the_language(
    dialect: str, realtime_model: Model
) -> None:
    for name, found in examples(realtime_model, dialect):
        languages = [language for language, _ in found]
        assert languages == ["json", dialect] * (len(found) // 2), name


def test_python_examples_build_the_value(
    realtime_model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(realtime_model, PythonTarget(), tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "python"))
    for name, found in examples(realtime_model, "python"):
        for (_, given), (_, code) in zip(found[::2], found[1::2]):
            space: dict[str, Any] = {}
            exec(code, space)
            made = space["example"]
            plain = made.to_dict() if hasattr(made, "to_dict") else made
            assert plain == json.loads(given), name
            assert black.format_str(code, mode=black.Mode()) == f"{code}\n", name
    for module in [m for m in sys.modules if m.startswith("realtime_session_objects")]:
        monkeypatch.delitem(sys.modules, module)


@pytest.mark.slow
def test_typescript_examples_compile(
    realtime_model: Model, tmp_path: Path, tool: Callable[[str], Path]
) -> None:
    tsc = tool("tsc")
    write(realtime_model, TypeScriptTarget(), tmp_path)
    root = tmp_path / "typescript"
    for name, found in examples(realtime_model, "typescript"):
        for number, (_, code) in enumerate(found[1::2]):
            code = code.replace('"realtime-session-objects"', '"./index.js"')
            place = root / "src" / f"{name}{number}.ts"
            place.write_text(f"{code}\nexport {{ example }};\n", encoding="utf-8")
    done = subprocess.run(
        [tsc, "--noEmit", "--isolatedDeclarations", "false"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_an_example_that_is_not_of_its_type_is_shown_as_json_only() -> None:
    found = pages(
        schemas("""
            Job:
              type: object
              required: [id]
              properties:
                id: {type: integer}
                mode: {enum: [a, b]}
                parts: {type: array, items: {$ref: '#/components/schemas/Job'}}
              examples:
                - {id: 1, other: true, parts: [{id: 2, mode: a}]}
                - {id: one}
                - {mode: a}
            """).model
    )
    python = blocks(found[page_path("python", "Job")])
    assert [language for language, _ in python] == ["json", "python", "json", "json"]
    assert python[1][1] == (
        "from test import Job\n\n"
        'example = Job(id=1, parts=[Job(id=2, mode="a")],'
        ' additional_properties={"other": True})'
    )
    typescript = blocks(found[page_path("typescript", "Job")])
    assert [language for language, _ in typescript] == ["json"] * 3
