"""Columns, with black as the judge."""

from __future__ import annotations

import sys
import unicodedata

from black.strings import str_width

from specloom.targets.columns import width


def test_every_assigned_character_is_as_wide_as_black_finds_it() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    assigned = [c for c in every if c >= " " and unicodedata.category(c) != "Cn"]
    assert [c for c in assigned if width(c) != str_width(c)] == []


def test_a_line_is_as_wide_as_its_characters() -> None:
    assert width("") == 0
    assert width("plain") == 5
    assert width("caf\N{LATIN SMALL LETTER E WITH ACUTE} \N{EN DASH}") == 6
    assert width("\N{WHITE HEAVY CHECK MARK} \N{HANGUL SYLLABLE GA}") == 5
