"""Halves: a text that is parted anywhere says what the whole says, or nothing."""

from __future__ import annotations

from random import Random

import pytest

from specloom.diagnostics import SpecloomError
from specloom.load import halves, yaml12, yaml_events
from specloom.load.yaml12 import Composed
from yaml_edits import TEXT, edited, pointers

LIMITS = (1000, 30)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text is too short to be parted."""
    monkeypatch.setattr(halves, "_SMALLEST", 0)


def whole(text: str) -> Composed | None:
    try:
        return yaml12.load(text, "", *LIMITS)
    except SpecloomError:
        return None


def parted(text: str, at: int) -> Composed | None:
    first, second = halves.read(text[:at], *LIMITS), halves.read(text[at:], *LIMITS)
    if first is None or second is None:
        return None
    return halves.composed(first, second, at)


def same(found: Composed, text: str) -> None:
    """A reading is that of the whole, which there is."""
    want = whole(text)
    assert want is not None
    assert repr(found.content) == repr(want.content)
    assert found[1:] == want[1:]
    for pointer in pointers(want.content):
        assert found.find(pointer) == want.find(pointer), pointer
    assert found.places is not None
    assert want.places is not None
    for ours, theirs in ((found.places, want.places),):
        marks = [
            [(x.index, x.line, x.column) for x in each.members[id(each.content)]]
            for each in (ours, theirs)
        ]
        assert marks[0] == marks[1]


@pytest.mark.parametrize("is_slow", [False, True])
@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_parts_say_what_the_whole_says(
    is_slow: bool, breaks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a line begins with a letter, of a text that was edited."""
    monkeypatch.setattr(yaml_events, "IS_SLOW", is_slow)
    random, told, refused = Random(f"halves{breaks}"), 0, 0
    original = TEXT.replace("\n", breaks)
    for _ in range(100 if is_slow else 600):
        text = original
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            text = edited(text, random)
        for line in halves._LINE.finditer(text):
            found = parted(text, line.end())
            if found is None:
                refused += 1
            else:
                told += 1
                same(found, text)
    assert told > 100
    assert refused > 100


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a: 1\n", "a: 2\n"),
        ("a: &x 1\n", "b: *x\n"),
        ("a: &x 1\n", "b: 1\n"),
        ("a: 1\n", "b: {<<: {c: 1}}\n"),
        ("a: 1\n...\n", "b: 2\n"),
        ("a: 1\r...\n", "b: 2\n"),
        ("a: 1\n", "b: 2\n---\n"),
        ("%YAML 1.2\n---\na: 1\n", "b: 2\n"),
        ("!!map\na: 1\n", "b: 2\n"),
        ("{\na: 1}\n", "b: 2\n"),
        ("{}\n", "b: 2\n"),
        ("a: {b: 1,\n", "c: 2}\n"),
        ("a: 'b\n", "c: d'\n"),
        ("? a\n", "b: 1\n"),
        ("a: 1\n? b\n", "c: 1\n"),
        ("- a\n", "b: 1\n"),
        ("text\n", "more: 1\n"),
        ("# note\n", "a: 1\n"),
        ("a: 1\n", "text\n"),
        (" a: 1\n", "b: 1\n"),
        ("a: 1\n", "b: .inf\n"),
    ],
)
def test_what_is_in_doubt_is_not_said(first: str, second: str) -> None:
    assert parted(first + second, len(first)) is None


def test_budgets_are_those_of_the_whole() -> None:
    first, second = "a: [1, 2]\n", "b: {c: [3]}\n"
    found = parted(first + second, len(first))
    want = whole(first + second)
    assert found is not None
    assert want is not None
    assert (found.nodes, found.depth) == (want.nodes, want.depth) == (7, 3)


@pytest.mark.parametrize(
    ("lengths", "at"),
    [
        ([10, 20], 10),
        ([10, 10, 10], 10),
        ([5, 15, 10], 5),
        ([20, 10], None),
        ([1, 29], None),
        ([15, 15], 15),
        ([30], None),
    ],
    ids=str,
)
def test_the_first_part_is_the_smaller(lengths: list[int], at: int | None) -> None:
    text = "".join("k:" + " " * (length - 3) + "\n" for length in lengths)
    assert halves.parting(text) == at


def test_a_short_text_is_not_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "_SMALLEST", 13)
    assert halves.parting("a: 1\nbcde: 2") is None
    assert halves.parting("a: 1\nbcdef: 2") == 5
