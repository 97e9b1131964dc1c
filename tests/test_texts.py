"""Texts come back as they were, kept plain or compressed."""

from __future__ import annotations

import pytest

from specloom.texts import Texts

GIVEN = {"a": "plain", "b": "é\u2028\U0001f600" * 9, "c": "half \ud83d", "d": ""}


@pytest.mark.parametrize("plain", [0, 6, 1000])
def test_texts_come_back_in_order(plain: int) -> None:
    texts = Texts[str](plain)
    for key, text in GIVEN.items():
        texts.add(key, text)
    assert texts == GIVEN
    assert list(texts.items()) == list(GIVEN.items())
    kept = [isinstance(text, str) for text in texts.kept.values()]
    assert kept[0] is (plain >= 5)
    assert all(kept) is (plain == 1000)
