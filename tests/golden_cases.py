"""Golden cases: the folders of `tests/cases`, each a small spec with what comes of it.

A case is a folder with `spec.yaml` (or `spec.json`), which may have files beside it, an
optional `specloom.toml` as any user would write it, and `expected/<target>/`: the files
that come out. A case that names no dialects is documented in the plain one only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from shell import word
from specloom.config import Config, load_config
from specloom.pipeline import Result, generate
from specloom.render import templates_folder
from specloom.targets import TARGETS
from specloom.targets.settings import SETTINGS, MarkdownSettings

FOLDER = Path(__file__).parent / "cases"
BRIEF = {"markdown": MarkdownSettings(dialects=("plain",))}


@dataclass(frozen=True)
class Case:
    """One folder of `tests/cases`."""

    folder: Path

    def __str__(self) -> str:
        return self.folder.name

    @property
    def spec(self) -> Path:
        """The entry file."""
        (found,) = self.folder.glob("spec.*")
        return found

    @property
    def config(self) -> Config:
        """What the case asks for besides the spec."""
        given = load_config(self._file, {}, SETTINGS) if self._file else Config()
        return replace(given, settings={**BRIEF, **given.settings})

    @property
    def flags(self) -> str:
        """What a command line says of it."""
        return f"--config {word(self._file)}" if self._file else ""

    @property
    def _file(self) -> Path | None:
        file = self.folder / "specloom.toml"
        return file if file.exists() else None

    def expected(self, target: str) -> Path:
        """Where the files of a target are kept."""
        return self.folder / "expected" / target


CASES = [Case(path) for path in sorted(FOLDER.iterdir()) if path.is_dir()]


@cache
def result(case: Case, target: str) -> Result:
    """What Specloom makes of a case for one target."""
    return generate(case.spec, [target], case.config)


@cache
def shipped(target: str) -> Mapping[str, str]:
    """The templates of a target that are copied as they are, and their text."""
    folder = templates_folder() / target
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".j2", ".pyc")
    }


def made(case: Case, target: str) -> dict[str, str]:
    """The files of a case below its target's folder, the copied ones left out."""
    copies = set(shipped(target).values())
    return {
        path.removeprefix(f"{target}/"): text
        for path, text in result(case, target).files.items()
        if text not in copies
    }


def copied(case: Case, target: str) -> dict[str, str]:
    """The files that :func:`made` leaves out."""
    copies = set(shipped(target).values())
    files = result(case, target).files
    return {path: text for path, text in files.items() if text in copies}


ALL = [(case, target) for case in CASES for target in TARGETS]
