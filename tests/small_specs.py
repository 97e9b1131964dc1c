"""Small specs for tests: a few lines of YAML enter, a model and findings leave.

The lines go through a real file and the real loader, so that a table of tests reads
what a user would write.
"""

from __future__ import annotations

import tempfile
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from notation import notation
from specloom.budgets import DEFAULT_BUDGETS
from specloom.build import build
from specloom.build.relax import relax
from specloom.cost import afford
from specloom.diagnostics import Diagnostic, Diagnostics
from specloom.ir import Model
from specloom.load.document import Document
from specloom.read import Source, read


@dataclass(frozen=True)
class Built:
    """What became of a spec; ``model`` is there when nothing stood against it."""

    source: Source
    model: Model
    found: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        """Each finding as `code pointer`."""
        return [
            f"{x.code} {x.location.pointer if x.location else ''}" for x in self.found
        ]


def openapi(schemas: str, version: str = "3.1.0") -> str:
    """An OpenAPI document with these schemas, given as YAML."""
    head = f"openapi: {version}\ninfo: {{title: Test, version: '1'}}\n"
    inner = textwrap.indent(textwrap.dedent(schemas).strip("\n"), "    ")
    return f"{head}components:\n  schemas:\n{inner}\n"


def load(
    files: Mapping[str, str], *, lenient: bool = False, bodies: bool = False
) -> Built:
    """Build the spec whose entry is the first of these files.

    Raises:
        SpecloomError: The loader or the reader refuses the spec.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return load_file(folder / next(iter(files)), lenient=lenient, bodies=bodies)


def load_file(entry: Path, *, lenient: bool = False, bodies: bool = False) -> Built:
    """Build a spec that is on disk."""
    diagnostics = Diagnostics()
    source = read(Document.load(entry), diagnostics, bodies=bodies)
    afford(source.roots, DEFAULT_BUDGETS, diagnostics)
    diagnostics.raise_errors()
    source = relax(source) if lenient else source
    return Built(source, build(source, diagnostics), tuple(diagnostics))


def schemas(text: str, version: str = "3.1.0", *, lenient: bool = False) -> Built:
    """Build an OpenAPI document with these schemas."""
    return load({"spec.yaml": openapi(text, version)}, lenient=lenient)


def shape(text: str, version: str = "3.1.0", *, lenient: bool = False) -> str:
    """The model of these schemas, in the notation of `notation`."""
    return notation(schemas(text, version, lenient=lenient).model)


def lines(text: str) -> str:
    """A block of text without its margin."""
    return textwrap.dedent(text).strip("\n")
