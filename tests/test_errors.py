"""Errors: each folder of `tests/errors` is a bad spec and what Specloom says of it.

`expected.txt` is what `specloom lint` prints, which includes everything that stops
`specloom generate`. `--update` rewrites it, to be read in the diff.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from specloom.config import Config, load_config
from specloom.diagnostics import Severity, SpecloomError
from specloom.lint import lint
from specloom.pipeline import generate
from specloom.rendering import silent
from specloom.report import as_text, in_order
from specloom.targets import TARGETS
from specloom.targets.settings import SETTINGS

ERROR = re.compile(r"(\S+: )?error\[")
FOLDER = Path(__file__).parent / "errors"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def config() -> Config:
    """What the case in the current folder asks for."""
    own = Path("specloom.toml")
    return load_config(own, {}, SETTINGS) if own.exists() else Config()


def spec() -> Path:
    """The entry file of the case in the current folder."""
    (found,) = Path().glob("spec.*")
    return found


@pytest.mark.parametrize("name", CASES)
def test_findings(name: str, update: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER / name)
    found = lint(spec(), config(), None, silent)
    got = "".join(as_text(item) + "\n" for item in in_order(found))
    expected = Path("expected.txt")
    if update:
        expected.write_text(got, encoding="utf-8", newline="\n")
    assert got
    assert got == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_an_error_of_lint_stops_generation_and_nothing_else_does(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER / name)
    text = Path("expected.txt").read_text(encoding="utf-8")
    stopping = [line for line in text.splitlines() if ERROR.match(line)]
    if stopping:
        with pytest.raises(SpecloomError) as caught:
            generate(spec(), list(TARGETS), config())
        errors = [x for x in caught.value.diagnostics if x.severity is Severity.ERROR]
        told = [as_text(item).splitlines()[0] for item in in_order(errors)]
        assert told == stopping
    else:
        assert generate(spec(), list(TARGETS), config()).files
