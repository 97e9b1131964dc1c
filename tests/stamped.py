"""A project for the tests of the shortcut, generated and with nothing to do."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from folders import tree
from shell import Ran, run, word
from small_specs import openapi
from specloom import commands
from specloom.cache import CACHE_VARIABLE
from specloom.shortcut.stamp import settled, shape

SHARED = "type: string\nmaxLength: 10\n"
SPEC = "A: {$ref: 'shared.yaml'}\nB: {type: object, properties: {a: {typ: x}}}"
CONFIG = 'spec = "api.yaml"\ntargets = ["typescript"]\ntemplates = "mine"\n'
OUTPUT = Path("generated")
NOW = time.time_ns  # also where a test has put the clock wrong
INDEX = OUTPUT / "typescript/src/index.ts"
MODEL = OUTPUT / "typescript/src/models/a.ts"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder, empty at first."""
    found = tmp_path.parent / f"{tmp_path.name}-cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(found))
    return found


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands of whole runs; a run that was cut short is not in it."""
    found: list[str] = []
    whole = commands.run

    def counted(args: Any, arguments: list[str], *rest: Any) -> int:
        found.append(" ".join(arguments))
        return whole(args, arguments, *rest)

    monkeypatch.setattr(commands, "run", counted)
    return found


@pytest.fixture
def project(folder: Path, cache: Path) -> Path:
    """A spec of two files, its configuration and one template; generated, settled."""
    Path("shared.yaml").write_text(SHARED)
    Path("api.yaml").write_text(openapi(SPEC))
    Path("specloom.toml").write_text(CONFIG)
    own = Path("mine/typescript/index.ts.j2")
    own.parent.mkdir(parents=True)
    own.write_text("{{ view.header }}\n// mine\n")
    settle()
    assert run("generate").status == 0
    settle()
    assert run("generate").status == 0
    return folder


def settle() -> None:
    """Wait until what is there can be vouched for, however coarse its times are."""
    with tempfile.TemporaryFile(dir=".") as file:  # which no folder shows, on Linux
        file.write(b"x")
        file.flush()
        now = shape(os.fstat(file.fileno()))
        while settled(now, NOW()) != now:
            time.sleep(0.01)


def said(ran: Ran) -> tuple[int, str, str]:
    """All that a run says, but for the seconds."""
    return ran.status, ran.out.rpartition(" in ")[0], ran.err


def fresh(where: Path, line: str = "generate") -> dict[str, bytes | None]:
    """What a run leaves in an empty folder that knows of no earlier run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, "")
        assert run(f"{line} -o {word(where)}").status == 0
    return tree(where)


def same_as_fresh(line: str, status: int = 0) -> None:
    """Run a line, and hold that a run without a past says and leaves the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, "")
        want = said(run(f"{line} -o fresh-said"))
    got = said(run(line))
    assert got[0] == want[0] == status
    assert got[2] == want[2]
    if not status:
        assert tree(OUTPUT) == fresh(Path("fresh"), line)


def edit_spec() -> None:
    Path("api.yaml").write_text(openapi(SPEC.replace("B:", "C:")))


def edit_referenced_spec_keeping_its_times() -> None:
    at = Path("shared.yaml").stat()
    Path("shared.yaml").write_text(SHARED.replace("10", "20"))
    os.utime("shared.yaml", ns=(at.st_atime_ns, at.st_mtime_ns))


def edit_config() -> None:
    Path("specloom.toml").write_text(CONFIG + '[typescript]\npackage = "@a/b"\n')


def edit_a_template() -> None:
    Path("mine/typescript/index.ts.j2").write_text("{{ view.header }}\n// mind\n")
