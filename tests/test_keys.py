"""Keys of pages: two of one key have one text, whatever was edited in between."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from editing import Documents, edited, read_documents, write_documents
from golden_cases import CASES, Case
from specloom.diagnostics import SpecloomError
from specloom.options import DEFAULTS, Options
from specloom.pipeline import Result, generate
from specloom.rendering import Earlier

TARGETS = ("python", "typescript", "markdown")
EDITS_A_CASE = 4
MANY_EDITS = 30


class Library:
    """All texts by path and key, of many versions of a spec."""

    def __init__(self, folder: Path, entry: str, options: Options) -> None:
        self._folder, self._spec, self._options = folder, folder / entry, options
        self._texts: dict[tuple[str, str], str] = {}
        self._asked: dict[str, str] = {}
        self.counts = Counter[str]()

    def text(self, path: str, key: str) -> str | None:
        """The text that another version had for a path, under the same key."""
        self._asked[path] = key
        return self._texts.get((path, key))

    def add(self, documents: Documents) -> None:
        """Generate a version, if it is a good one, with what is known and without."""
        write_documents(self._folder, documents)
        want = self._made(None)
        self._asked.clear()
        got = self._made(self)
        assert isinstance(got, Result) == isinstance(want, Result)
        assert got.diagnostics == want.diagnostics
        self.counts["versions"] += 1
        if isinstance(got, Result) and isinstance(want, Result):
            for path, text in want.files.items():
                assert got.files[path] == text, path
            for asked in self._asked.items():
                self.counts["again" if asked in self._texts else "new"] += 1
                self._texts[asked] = want.files[asked[0]]

    def _made(self, earlier: Earlier | None) -> Result | SpecloomError:
        try:
            return generate(self._spec, TARGETS, self._options, earlier=earlier)
        except SpecloomError as error:
            return error


def explore(library: Library, documents: Documents, seed: int, edits: int) -> None:
    """Edit the documents, and now and then what came of that."""
    random = Random(seed)
    library.add(documents)
    last = documents
    for _ in range(edits):
        last = edited(random.choice([documents, last]), random)
        library.add(last)


def explore_case(case: Case, folder: Path, edits: int) -> None:
    names = [
        path.relative_to(case.folder).as_posix()
        for path in case.folder.rglob("*")
        if path.suffix in (".yaml", ".json") and "expected" not in path.parts
    ]
    library = Library(folder, case.spec.name, case.config)
    explore(library, read_documents(case.folder, sorted(names)), 1, edits)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_edited_cases(case: Case, tmp_path: Path) -> None:
    explore_case(case, tmp_path, EDITS_A_CASE)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=str)
def test_cases_edited_often(case: Case, tmp_path: Path) -> None:
    explore_case(case, tmp_path, MANY_EDITS)


def test_a_constant_that_another_schema_hides(tmp_path: Path) -> None:
    kinds = {"enum": ["a", "b", "c"], "description": "Kinds."}
    for others in ("FooValues", "FooSchema", "Foo"):
        library = Library(tmp_path, "spec.json", DEFAULTS)
        for names in (["ParseFoo"], ["ParseFoo", others], ["ParseFoo"]):
            library.add({"spec.json": {"$defs": dict.fromkeys(names, kinds)}})
        assert library.counts["versions"] == 3


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
