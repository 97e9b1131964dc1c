"""Pieces: an edited text, of which only a part is parsed, against the whole reading.

The text holds what makes YAML hard to cut: block scalars, comments, lists in the column
of their key, quotes and brackets over many lines, line breaks of all kinds. Edits are
drawn at random, and most of them are hostile: they open what nothing closes, move
lines, and put in what reaches further than its own line.
"""

from __future__ import annotations

import sys
from random import Random
from typing import Any

import pytest

from specloom.diagnostics import SpecloomError
from specloom.load import cuts, pieces, yaml12, yaml_events
from specloom.load.pieces import Reading, first_reading, next_reading, restored
from specloom.load.yaml12 import Composed
from yaml_edits import TEXT, edited, pointers


def whole(text: str, limits: tuple[int, int]) -> Composed | None:
    try:
        return yaml12.load(text, "", *limits)
    except SpecloomError:
        return None


def same(reading: Reading, text: str, limits: tuple[int, int]) -> None:
    """A reading is what reading the whole gives, and is cut as that would be."""
    found = whole(text, limits)
    assert found is not None
    assert found.places is not None
    assert repr(reading.content) == repr(found.places.content)
    assert reading.data == text.encode()
    assert reading.nodes == found.nodes
    assert found.depth <= reading.depth <= limits[1]
    again = first_reading(text.encode(), text, found)
    assert again is not None
    assert reading.pieces == again.pieces
    for pointer in pointers(reading.content):
        assert reading.find(pointer) == found.places.find(pointer), pointer


@pytest.fixture
def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small texts are kept and cut, and large parts of them parsed."""
    monkeypatch.setattr(cuts, "_LARGE", 0)
    for name in ("_SMALLEST", "_MOST"):
        monkeypatch.setattr(pieces, name, 0)


def reading_of(text: str) -> Reading:
    found = first_reading(
        text.encode(), text, yaml12.load(text, "", sys.maxsize, sys.maxsize)
    )
    assert found is not None
    return found


LIMITS = (1000, 30)


@pytest.mark.parametrize("is_slow", [False, True])
@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_any_edit_gives_what_the_whole_reading_gives(
    is_slow: bool, breaks: str, cut_small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_events, "IS_SLOW", is_slow)
    random = Random(f"edits{breaks}")
    text = TEXT.replace("\n", breaks)
    old, partly, refused = reading_of(text), 0, 0
    for _ in range(300 if is_slow else 1500):
        new = old.data.decode()
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            new = edited(new, random)
        found = next_reading(old, new.encode(), *LIMITS)
        if found is None:
            refused += 1
            continue
        same(found, new, LIMITS)
        partly += found is not old
        # Go on from there, but not far: what is left is soon of no interest.
        old = found if random.random() < 0.8 else reading_of(text)
    assert partly > 50
    assert refused > 50


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("plain\n", "plainer\n"),
        ("    A:\n      type", "    New: {}\n    A:\n      type"),
        ("  responses:", "    Last: {}\n  responses:"),
        ("    D:\n", ""),
        ("    D:\n    E: !!str 12\n", ""),
        ("    C: plain\n      text\n", "    C:\n      c:\n        d: {e: [f]}\n"),
        ("'it''s'", "|\n    it's"),
        ("      c: {}\n", ""),
        ("  e: ~\n", "  e: ~\n  f:\n    g: 1"),
        ("      # no comment\n", "      # none\n"),
    ],
)
def test_usual_edits_do_not_need_the_whole(
    old: str, new: str, cut_small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert old in TEXT
    parsed: list[str] = []
    parse = yaml12.load

    def counted(text: str, *rest: Any) -> Composed:
        parsed.append(text)
        return parse(text, *rest)

    before, after = reading_of(TEXT), TEXT.replace(old, new, 1)
    with monkeypatch.context() as patch:
        patch.setattr(yaml12, "load", counted)
        found = next_reading(before, after.encode(), *LIMITS)
    assert found is not None
    assert sum(map(len, parsed)) < len(after) / 2
    same(found, after, LIMITS)
    same(restored(found.plain()), after, LIMITS)
    back = next_reading(found, TEXT.encode(), *LIMITS)
    assert back is not None
    same(back, TEXT, LIMITS)
    assert next_reading(found, after.encode(), *LIMITS) is found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "a",
        "{a: 1,\nb: 2}",
        "? a\n: 1\n",
        "&x a: 1\n",
        "a: &x 1\nb: *x\n",
        "a: {<<: {b: 1}}\n",
        "%YAML 1.2\n---\na: 1\n",
        "--- {a: 1}\n",
        "!!map\na: 1\n",
        "a: 1\n? b\n: 1\n",
        "a: 1\rb: 2\n",
        "a: 1\x85b: 2\n",
    ],
)
def test_what_cannot_be_cut_is_not_kept(text: str, cut_small: None) -> None:
    assert first_reading(text.encode(), text, yaml12.load(text, "", *LIMITS)) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x: 1\na:\n  b: 1\n  c: 2\n", 4),
        ("x: 1\na: # {\n\n  b: 1\n  c: 2\n", 4),
        ("x: 1\na: {\n  b: 1,\n  c: 2\n  }\n", 2),
        ("x: 1\na: !!map\n  b: 1\n  c: 2\n", 2),
        ("x: 1\na:\n  ? b\n  : 1\n", 2),
        ("x: 1\na:\n- b: 1\n  c: 2\n", 2),
    ],
)
def test_only_plain_block_mappings_are_cut(
    text: str, count: int, cut_small: None
) -> None:
    reading = reading_of(text)
    assert len(reading.pieces) == count
    same(reading, text, LIMITS)


def test_a_byte_order_mark_is_of_a_key_only_inside_a_text(
    cut_small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_events, "IS_SLOW", True)  # libyaml refuses it there
    text = "a: 1\n\ufeffb: 2\n"
    assert first_reading(text.encode(), text, yaml12.load(text, "", *LIMITS)) is None


def test_budgets_are_those_of_the_whole(cut_small: None) -> None:
    before = reading_of(TEXT)
    after = TEXT.replace("E: !!str 12", "E: [[[[[[1]]]]]]")
    want = yaml12.load(after, "", *LIMITS)
    for nodes in range(want.nodes - 8, want.nodes + 3):
        for depth in range(want.depth - 8, want.depth + 3):
            found = next_reading(before, after.encode(), nodes, depth)
            assert (found is not None) == (whole(after, (nodes, depth)) is not None)
    deep = reading_of(after)
    for text in (after, after.replace("openapi", "openapis")):
        assert next_reading(deep, text.encode(), want.nodes, want.depth) is not None
        assert next_reading(deep, text.encode(), want.nodes - 1, want.depth) is None
        assert next_reading(deep, text.encode(), want.nodes, want.depth - 1) is None


def test_small_and_very_large_texts_are_not_kept() -> None:
    for count, is_kept in ((1000, False), (20_000, True), (2_500_000, False)):
        text = "a: 1\n" + "# note\n" * count + "b: 2\n"
        composed = yaml12.load(text, "", *LIMITS)
        assert (first_reading(text.encode(), text, composed) is not None) == is_kept
