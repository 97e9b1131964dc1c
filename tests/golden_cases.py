"""Golden cases: the folders of `tests/cases`, each a small spec with what comes of it.

A case is a folder with `spec.yaml` (or `spec.json`), which may have files beside it,
an optional `options.toml` with what `specloom generate` may be told, and
`expected/<target>/`, the files that come out.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "cases"


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
    def options(self) -> dict[str, Any]:
        """What the case tells Specloom besides the spec: `lenient`, `include` ..."""
        file = self.folder / "options.toml"
        return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}

    @property
    def expected(self) -> Path:
        """Where the files that come out are kept, by target."""
        return self.folder / "expected"


CASES = [Case(path) for path in sorted(FOLDER.iterdir()) if path.is_dir()]
