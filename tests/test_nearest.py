"""Nearest: which names a hint offers for one that is not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from specloom.load.nearest import nearest

PARTS = ("Audio", "Batch", "Chat", "File", "Image", "Model", "Run", "Speech", "Vector")
MANY = [f"{a}{b}{c}" for a in PARTS for b in PARTS for c in ("Item", "List", "Param")]


@pytest.mark.parametrize(
    ("name", "names", "want"),
    [
        ("Pett", ["Pet", "Owner"], "did you mean `Pet`?"),
        ("Pat", ["Pet", "Put", "Owner"], "did you mean `Put` or `Pet`?"),
        ("zzz", ["Pet", "Owner"], "there is only `Pet`, `Owner`"),
        ("zzz", ["x" * 101, "Pet"], "there is only `Pet`"),
        ("zzz", [], "check the spelling"),
        ("zzz", MANY, "check the spelling"),
        ("Pet" * 40, ["Pet" * 40 + "s", "Pet"], "there is only `Pet`"),
    ],
)
def test_hints(name: str, names: list[str], want: str) -> None:
    assert nearest(name, names) == want
    assert nearest(name, dict.fromkeys(names)) == want


@pytest.mark.parametrize(
    "slip",
    [
        lambda name: name[1:],
        lambda name: name[:-1],
        lambda name: name[:5] + name[6:],
        lambda name: name[:4] + "x" + name[4:],
        lambda name: name.lower(),
    ],
    ids=["first", "last", "lacks one", "has one more", "case"],
)
def test_one_slip_is_found_among_many(slip: Callable[[str], str]) -> None:
    found = [name for name in MANY if f"`{name}`" in nearest(slip(name), MANY)]
    assert len(found) > 0.98 * len(MANY)
    for name in MANY:
        assert nearest(slip(name), MANY) == nearest(slip(name), MANY[::-1])


def test_few_names_of_many_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def matches(_: str, names: list[str]) -> list[str]:
        compared.append(len(names))
        return []

    monkeypatch.setattr("difflib.get_close_matches", matches)
    for name in ("Audio", "zzz", "ModelRunItem", "A"):
        nearest(name, [f"{x}{i}" for x in MANY for i in range(20)])
    assert max(compared) <= 32
