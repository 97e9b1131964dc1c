"""A shell for tests: a folder with a small spec in it, and `specloom` to run there."""

from __future__ import annotations

import io
import json
import shlex
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from small_specs import openapi
from specloom import cli

PETS = """
Pet:
  type: object
  required: [name]
  properties:
    name: {type: string}
    kind: {$ref: '#/components/schemas/Kind'}
Kind: {type: string, enum: [cat, dog]}
Other: {type: object, properties: {a: {type: string}}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with `pets.yaml` in it, and no configuration above."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPECLOOM_TRACEBACK", raising=False)
    Path("pets.yaml").write_text(openapi(PETS))
    return tmp_path


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings that `--format json` printed."""
        return [json.loads(line) for line in self.out.splitlines()]


def word(path: Path) -> str:
    """A path as a word of a line of arguments."""
    return shlex.quote(str(path))


def run(line: str) -> Ran:
    """Run `specloom` with a line of arguments."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = cli.main(shlex.split(line))
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
    return Ran(status, out.getvalue(), err.getvalue())


def files(folder: str = "generated") -> set[str]:
    """Every file below a folder, by its path there."""
    root = Path(folder)
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
