"""What comes of the golden cases compiles: each tool looks at all of them in one run.

So a case that shows a new turn of a spec is type-checked without a line of test code.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from golden_cases import CASES, result
from typescript_package import STRICTEST, run

IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path.insert(0, ".")
for package in sys.argv[1:]:
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, package + "."):
        importlib.import_module(module.name)
    for name in found.__all__:
        getattr(found, name)
"""


def written(target: str, root: Path, *, apart: bool) -> Path:
    """Every case's files of a target, each case in a folder of its own if apart."""
    for case in CASES:
        place = root / str(case) if apart else root
        for path, text in result(case, target).files.items():
            file = place / path.removeprefix(f"{target}/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
    return root


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python packages of all cases side by side."""
    return written("python", tmp_path_factory.mktemp("python"), apart=False)


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The TypeScript packages of all cases below one folder."""
    return written("typescript", tmp_path_factory.mktemp("typescript"), apart=True)


def packages(python: Path) -> list[str]:
    found = sorted(path.parent.name for path in python.glob("*/py.typed"))
    assert len(found) == len(CASES)
    return found


def module(*command: str, folder: Path) -> None:
    """Run a Python module on a folder; fail with what it says."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *command],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_python_imports(python: Path) -> None:
    module("-c", IMPORT_ALL, *packages(python), folder=python)


def test_black_changes_nothing(python: Path) -> None:
    module("-m", "black", "--check", "-q", "-t", "py310", ".", folder=python)


@pytest.mark.slow
def test_mypy_has_nothing_to_say(python: Path) -> None:
    options = ["--strict", "--config-file=", "--python-version=3.10"]
    module("-m", "mypy", *options, *packages(python), folder=python)


@pytest.mark.slow
@pytest.mark.parametrize("compiler", ["tsc", "tsc5"])
def test_typescript_compiles(
    compiler: str, typescript: Path, tool: Callable[[str], Path]
) -> None:
    settings = {"compilerOptions": STRICTEST, "include": ["*/src"]}
    (typescript / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    run("node", str(tool(compiler)), "--noEmit", "-p", ".", cwd=typescript)
