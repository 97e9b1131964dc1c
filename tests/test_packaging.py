"""The wheel stands alone: built, installed into a fresh environment, it generates.

Nothing is fetched: the build uses the installed hatchling, and the environment borrows
the dependencies of the one that runs the tests, but no path to the checkout, so that
`specloom` there is the wheel's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]

TARGETS = ("python", "typescript", "markdown")
SPEC = """\
openapi: 3.1.0
info: {title: Tea house, version: 1.2.3}
paths: {}
components:
  schemas:
    Tea:
      type: object
      description: What is in the pot.
      required: [leaf]
      properties:
        leaf: {type: string, enum: [green, black]}
        minutes: {type: integer, minimum: 1, default: 3}
        milk: {type: [boolean, 'null']}
"""


@pytest.fixture(scope="module")
def archives(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and with the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "-o", folder, checkout)
    return folder


@pytest.fixture(scope="module")
def environment(archives: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    offline = ("--quiet", "--no-index", "--no-deps")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", *offline)
    run(*pip, only(archives, "*.whl"))
    dependencies = sysconfig.get_path("purelib")
    (site_packages(folder) / "dependencies.pth").write_text(dependencies)
    return folder


def test_wheel_holds_the_package_and_the_templates(
    checkout: Path, archives: Path
) -> None:
    want = {f"specloom/{f}" for f in files(checkout / "generator" / "specloom")}
    want |= {f"specloom/templates/{f}" for f in files(checkout / "templates")}
    with ZipFile(only(archives, "*.whl")) as wheel:
        held = {n for n in wheel.namelist() if ".dist-info/" not in n}
    assert held == want


def test_sdist_holds_the_spec(checkout: Path, archives: Path) -> None:
    want = {f"spec/{f}" for f in files(checkout / "spec")}
    with tarfile.open(only(archives, "*.tar.gz")) as sdist:
        held = {name.partition("/")[2] for name in sdist.getnames()}
    assert want
    assert want <= held


def test_wheel_generates_with_its_own_templates(
    environment: Path, tmp_path: Path
) -> None:
    specloom = (environment / "bin" / "specloom",)
    ours = generate(tmp_path / "wheel", *specloom)
    assert {Path(file).parts[0] for file in ours} >= set(TARGETS)
    assert ours == generate(tmp_path / "checkout", sys.executable, "-m", "specloom")

    # The same command without the wheel's templates finds no others.
    templates = site_packages(environment) / "specloom" / "templates"
    hidden = templates.rename(templates.with_name("hidden"))
    try:
        with pytest.raises(subprocess.CalledProcessError):
            generate(tmp_path / "hidden", *specloom)
    finally:
        hidden.rename(templates)


def generate(folder: Path, *specloom: str | Path) -> dict[str, bytes]:
    """Generate into a new folder and return what is there but for dot files."""
    folder.mkdir()
    (folder / "tea.yaml").write_text(SPEC)
    targets = [word for target in TARGETS for word in ("-t", target)]
    run(*specloom, "generate", "tea.yaml", *targets, "-o", "out", cwd=folder)
    out = folder / "out"
    return {file: (out / file).read_bytes() for file in files(out)}


def files(folder: Path) -> set[str]:
    """Return the paths of a folder's files; caches and dot files are left out."""
    paths = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return {
        path.as_posix()
        for path in paths
        if not any(part.startswith((".", "__pycache__")) for part in path.parts)
    }


def only(folder: Path, pattern: str) -> Path:
    """Return the one file of a folder that matches."""
    (path,) = folder.glob(pattern)
    return path


def site_packages(environment: Path) -> Path:
    return only(environment, "lib/python*/site-packages")


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a command in a bare environment; its output is shown when it fails."""
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "SPECLOOM_CACHE_DIR": "",
    }
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300
    )
    print(*command, done.stdout, done.stderr, sep="\n")
    done.check_returncode()
