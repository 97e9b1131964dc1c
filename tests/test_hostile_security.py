"""`SECURITY.md` says what is so: its tests and files exist, its figures are counted."""

from __future__ import annotations

import re
from pathlib import Path

from hostile_corpus import crossings, places
from hostile_payloads import PAYLOADS

HOLE = re.compile(r"CVE-\d{4}-\d+|GHSA(?:-[0-9a-z]{4}){3}")


def text(checkout: Path) -> str:
    return (checkout / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_exists_and_tests(checkout: Path) -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", text(checkout)))
    assert len(named) > 8
    for path in named:
        assert "\ndef test_" in (checkout / path).read_text(encoding="utf-8"), path


def test_every_promise_names_a_test(checkout: Path) -> None:
    part = text(checkout).partition("| promise | test |")[2].partition("\n\n")[0]
    rows = part.splitlines()[2:]
    assert len(rows) > 8
    assert [row for row in rows if "`tests/" not in row.rpartition(" | ")[2]] == []


def test_every_encoder_that_is_named_exists(checkout: Path) -> None:
    part = text(checkout).partition("## The encoders")[2].partition("\n## ")[0]
    package = checkout / "generator" / "specloom"
    for path in set(re.findall(r"`([\w/.*]+(?:\.py|/))`", part)):
        assert list(package.glob(path)), path


def test_each_known_hole_is_in_the_corpus(checkout: Path) -> None:
    told = text(checkout)
    payloads = set(HOLE.findall(" ".join(PAYLOADS)))
    assert payloads <= set(HOLE.findall(told))
    assert set(HOLE.findall(told)) - payloads == {"GHSA-rfr2-mq9m-x2qx"}


def test_the_figures_are_counted(checkout: Path) -> None:
    figures = f"{len(PAYLOADS)} payloads at {places()} places are {crossings():,} cros"
    assert figures in " ".join(text(checkout).split())
