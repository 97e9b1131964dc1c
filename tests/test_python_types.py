"""Type checkers at their strictest have nothing to say, or what they should."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from python_packages import write
from small_specs import schemas
from specloom.ir import Model

USER = Path(__file__).with_name("python_user.txt")


@pytest.fixture(scope="module")
def folder(realtime_model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated package and its user side by side."""
    root = tmp_path_factory.mktemp("types")
    write(realtime_model, "realtime_types", root)
    kinds = ("integer", "[string, 'null']", "boolean")
    wide = [f"    p{n}: {{ type: {kinds[n % 3]} }}" for n in range(120)]
    more = [
        "Rest:",
        "  additionalProperties: {type: string}",
        "  properties:",
        *wide[:2],
    ]
    made = schemas(
        "\n".join(["Wide:", "  type: object", "  properties:", *wide, *more])
    )
    write(made.model, "wide_types", root)
    shutil.copy(USER, root / "user.py")
    settings = {"strict": ["."], "pythonVersion": "3.10"}
    (root / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return root


def wanted() -> set[tuple[str, int]]:
    """The lines of the user that are wrong."""
    lines = USER.read_text(encoding="utf-8").splitlines()
    wrong = (i for i, line in enumerate(lines, 1) if line.endswith("# error"))
    return {("user.py", number) for number in wrong}


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def test_mypy(folder: Path) -> None:
    options = ["--strict", "--python-version=3.10", "--cache-dir=.mypy_cache"]
    options += ["--config-file=", "--show-error-codes"]
    output = run("mypy", *options, "realtime_types", "user.py", folder=folder)
    found = re.findall(r"^(?:.*/)?([\w/]+\.py):(\d+): error", output, re.MULTILINE)
    assert {(path, int(line)) for path, line in found} == wanted(), output
    assert "Success" in run("mypy", *options, "realtime_types", folder=folder)


def test_pyright(folder: Path, node: Path) -> None:
    del node  # pyright runs on it
    output = run("pyright", "--outputjson", "-p", ".", folder=folder)
    found = json.loads(output)["generalDiagnostics"]
    places = {
        (Path(item["file"]).name, item["range"]["start"]["line"] + 1) for item in found
    }
    assert places == wanted(), output


def test_the_user_program_runs(folder: Path) -> None:
    lines = USER.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.endswith("# error")]
    program = "\n".join([*kept, "print(read(convert(build())))", ""])
    (folder / "running.py").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "running.py"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.endswith("server_vad 0.5\n[]\n")
