"""The README tells the truth: its example is made and run, and links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from markdown_reading import PageText
from shell import folder, run

__all__ = ["folder"]

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^specloom (.+)$", re.MULTILINE)
_PRINTED = re.compile(r"(?:^|  )# (.*)$", re.MULTILINE)
_PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md", "docs/*.md")


class Example:
    """The example of the README: what is typed, and what is shown of what it makes."""

    def __init__(self, readme: str) -> None:
        text = readme.partition("\n## An example\n")[2].partition("\n## ")[0]
        blocks = _BLOCK.findall(text)
        (self.spec,) = (block for kind, block in blocks if kind == "yaml")
        (self.command,) = _COMMAND.findall(text)
        self.shown, self.program = (block for kind, block in blocks if kind == "python")
        (self.interface,) = (block for kind, block in blocks if kind == "ts")
        self.row = text.rstrip().splitlines()[-1]


@pytest.fixture
def example(checkout: Path, folder: Path) -> Example:
    """The example, generated in the current folder."""
    found = Example((checkout / "README.md").read_text(encoding="utf-8"))
    (folder / "lamp.yaml").write_text(found.spec, encoding="utf-8")
    assert run(found.command).status == 0
    return found


def test_the_example_shows_what_is_generated(example: Example) -> None:
    module = Path("out/python/lamps/lamp.py").read_text(encoding="utf-8")
    assert example.shown in module
    module = Path("out/typescript/src/models/lamp.ts").read_text(encoding="utf-8")
    assert example.interface in module
    page = Path("out/markdown/rust/docs/Lamp.md").read_text(encoding="utf-8")
    # Its links lead to other pages, and those of the README to the example.
    assert _unlinked(example.row) in _unlinked(page).splitlines()


def _unlinked(text: str) -> str:
    return re.sub(r"\]\([^)]*\)", "]", text)


def test_the_example_prints_what_it_says(example: Example) -> None:
    want = _PRINTED.findall(example.program)
    assert len(want) > 4
    environment = {**os.environ, "PYTHONPATH": "out/python"}
    program = [sys.executable, "-c", example.program]
    done = subprocess.run(
        program, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == want


def test_the_configuration_is_one(checkout: Path, folder: Path) -> None:
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    (settings,) = (text for kind, text in _BLOCK.findall(readme) if kind == "toml")
    (folder / "specloom.toml").write_text(settings, encoding="utf-8")
    (folder / "pets.yaml").rename(folder / "openapi.yaml")
    ran = run("generate")
    assert (ran.status, ran.err.count("warning")) == (0, 0), ran.err
    assert (folder / "generated/python/acme_models/pet.py").is_file()


def test_links_lead_somewhere(checkout: Path) -> None:
    paths = sorted(path for form in _PAGES for path in checkout.glob(form))
    pages = {path: PageText(path.name, path.read_text("utf-8")) for path in paths}
    assert len(pages) > len(_PAGES)
    for path, page in pages.items():
        for link in page.links:
            if "://" in link:
                continue
            name, _, anchor = link.partition("#")
            target = Path(os.path.normpath(path.parent / name)) if name else path
            assert target.exists(), f"{path.name}: {link}"
            if anchor:
                assert anchor in pages[target].anchors, f"{path.name}: {link}"
