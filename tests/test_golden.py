"""Golden cases: what comes out of each small spec is what is kept, to the byte.

`--update` (or `make golden`) rewrites `expected/`, to be read in the diff. The files of
a package's runtime are the same for every spec: they are copies of what is in
`templates/`, where they can be read, so that they are not kept with each case. That
each case has all of them, as they are, is a test of its own.
"""

from __future__ import annotations

import shutil
from collections import Counter
from difflib import unified_diff
from pathlib import Path

import pytest

from golden_cases import ALL, CASES, Case, copied, made, result, shipped
from specloom.diagnostics import Severity
from specloom.targets import TARGETS

each = pytest.mark.parametrize(
    ("case", "target"), ALL, ids=[f"{case}-{target}" for case, target in ALL]
)


def kept(folder: Path) -> dict[str, str]:
    """The files of a folder by their path in it; line ends are not touched."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in folder.rglob("*")
        if path.is_file()
    }


def difference(want: dict[str, str], got: dict[str, str]) -> str:
    """The first lines of what differs."""
    lines: list[str] = []
    for path in sorted(want.keys() | got.keys()):
        old, new = want.get(path, ""), got.get(path, "")
        names = (f"expected/{path}", f"made/{path}")
        lines += unified_diff(old.splitlines(), new.splitlines(), *names, lineterm="")
        if old != new and old.splitlines() == new.splitlines():
            lines.append(f"{path}: line ends differ, or one of two is missing")
    return "\n".join(lines[:60])


@each
def test_output_is_what_is_kept(case: Case, target: str, update: bool) -> None:
    folder, got = case.expected(target), made(case, target)
    if update:
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in got.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
    want = kept(folder)
    assert want, f"{folder} is empty: run the test with --update"
    assert got == want, difference(want, got)


@each
def test_the_runtime_is_the_same_in_every_case(case: Case, target: str) -> None:
    want = Counter(shipped(target).values())
    assert Counter(copied(case, target).values()) == want


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_says_what_it_shows(case: Case) -> None:
    first = case.spec.read_text(encoding="utf-8").splitlines()[:3]
    assert first[0].startswith("# ") or "$comment" in first[1]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_case_has_an_error(case: Case) -> None:
    found = result(case, next(iter(TARGETS))).diagnostics
    assert [item for item in found if item.severity is Severity.ERROR] == []


def test_nothing_is_kept_for_targets_that_are_gone() -> None:
    folders = {
        path.name for case in CASES for path in (case.folder / "expected").iterdir()
    }
    assert folders == set(TARGETS)
