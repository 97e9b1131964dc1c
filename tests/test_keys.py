"""Keys of pages: two of one key have one text, whatever was edited in between."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from editing import Documents, edited, read_documents, write_documents
from golden_cases import CASES, Case
from specloom.diagnostics import SpecloomError
from specloom.options import DEFAULTS, Options
from specloom.pipeline import generate

TARGETS = ("python", "typescript", "markdown")
EDITS_A_CASE = 4


class Collector:
    """Knows no text; keeps the key of each page."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}

    def text(self, path: str, key: str) -> None:
        """Whatever is asked for has to be made."""
        self.keys[path] = key


class Library:
    """All texts by path and key, of many versions of a spec."""

    def __init__(self, folder: Path, entry: str, options: Options) -> None:
        self._folder, self._entry, self._options = folder, entry, options
        self._texts: dict[tuple[str, str], str] = {}
        self.counts = Counter[str]()

    def add(self, documents: Documents) -> None:
        """Generate a version, if it is a good one."""
        write_documents(self._folder, documents)
        collector = Collector()
        with suppress(SpecloomError):
            made = generate(
                self._folder / self._entry, TARGETS, self._options, earlier=collector
            )
            self.counts["versions"] += 1
            for path, key in collector.keys.items():
                known = self._texts.setdefault((path, key), made.files[path])
                assert known == made.files[path], path
                self.counts["again" if known is not made.files[path] else "new"] += 1


def explore(library: Library, documents: Documents, seed: int, edits: int) -> None:
    """Edit the documents, and now and then what came of that."""
    random = Random(seed)
    library.add(documents)
    last = documents
    for _ in range(edits):
        last = edited(random.choice([documents, last]), random)
        library.add(last)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_edited_cases(case: Case, tmp_path: Path) -> None:
    names = [
        path.relative_to(case.folder).as_posix()
        for path in case.folder.rglob("*")
        if path.suffix in (".yaml", ".json") and "expected" not in path.parts
    ]
    library = Library(tmp_path, case.spec.name, case.config)
    explore(library, read_documents(case.folder, sorted(names)), 1, EDITS_A_CASE)


def test_edited_flagship(checkout: Path, tmp_path: Path) -> None:
    names = [path.name for path in sorted((checkout / "spec").glob("*.*"))]
    names.remove("README.md")
    library = Library(tmp_path, "openapi.yaml", DEFAULTS)
    explore(library, read_documents(checkout / "spec", names), 1, 10)
    assert library.counts["versions"] > 4
    assert library.counts["again"] > 1000


@pytest.mark.slow
def test_edited_full_spec(checkout: Path, shared_spec: Path, tmp_path: Path) -> None:
    library = Library(tmp_path, shared_spec.name, DEFAULTS)
    documents = read_documents(shared_spec.parent, [shared_spec.name])
    explore(library, documents, 2, 6)
    assert library.counts["versions"] > 3
    assert library.counts["again"] > 1000
