"""What tests share: the checkout, its own models, toolchains, `--update`.

Nothing here installs anything. What is missing makes its tests skip with a line that
says how to get it; where `CI=true`, a missing toolchain fails them instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from python_packages import imported
from small_specs import load_file
from specloom.ir import Model

# A test sees whole runs, unless it asks for the shortcut by naming a folder.
os.environ["SPECLOOM_CACHE_DIR"] = ""
# What other tools print is read, and CI may ask all of them for colours.
os.environ.pop("FORCE_COLOR", None)

CHECKOUT = Path(__file__).resolve().parent.parent

# Tools of package.json, by their file: both compilers would claim the name `tsc`.
NODE_TOOLS = {
    "tsc": "typescript/bin/tsc",  # the newest TypeScript, 7
    "tsc5": "typescript5/bin/tsc",  # TypeScript 5.9
    "openai": "openai/package.json",  # OpenAI's client, for its types
}
# Toolchains looked up on PATH, and how to get one.
TOOLCHAINS = {
    "node": "install Node.js 18 or newer with npm (apt-get install nodejs npm)",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare `--update`."""
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite what the golden cases expect instead of comparing with it",
    )


@pytest.fixture(scope="session")
def update(pytestconfig: pytest.Config) -> bool:
    """Whether golden expectations are to be rewritten."""
    return bool(pytestconfig.getoption("--update"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository."""
    return CHECKOUT


@pytest.fixture(scope="session")
def tool() -> Callable[[str], Path]:
    """A function from a tool's name to its executable; skips where it is missing."""
    return find_tool


@pytest.fixture(scope="session")
def node() -> Path:
    """The Node.js executable."""
    return find_tool("node")


@pytest.fixture(scope="session")
def shared_spec() -> Path:
    """OpenAI's whole spec, the newest copy beside the checkout; skips without one."""
    specs = sorted((CHECKOUT.parent / "shared" / "specs").glob("openai-*.yaml"))
    if not specs:
        pytest.skip("no ../shared/specs/openai-*.yaml beside the checkout")
    return specs[-1]


@pytest.fixture(scope="session")
def realtime_model() -> Model:
    """The model of the repository's own spec."""
    return load_file(CHECKOUT / "spec" / "openapi.yaml").model


@pytest.fixture(scope="session")
def realtime(
    realtime_model: Model, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """The Python package that the repository's own spec becomes, imported."""
    folder = tmp_path_factory.mktemp("realtime")
    with imported(realtime_model, "realtime_bindings", folder) as package:
        yield package


def find_tool(name: str) -> Path:
    """Return the executable of a name in `NODE_TOOLS` or `TOOLCHAINS`."""
    if name in NODE_TOOLS:
        find_tool("node")
        script = CHECKOUT / "node_modules" / NODE_TOOLS[name]
        return script if script.exists() else _missing(f"{name}: run `make setup`")
    found = shutil.which(name)
    return Path(found) if found else _missing(f"{name}: {TOOLCHAINS[name]}")


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing toolchain: {what}")
    pytest.skip(f"missing toolchain: {what}")
