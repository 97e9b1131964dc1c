"""Generated Python for tests: a model enters, an imported package leaves."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rendering import rendered
from specloom.diagnostics import Diagnostics
from specloom.ir import Model
from specloom.target import Run
from specloom.targets.python import PythonTarget
from specloom.targets.settings import PythonSettings


def texts(
    model: Model, package: str, diagnostics: Diagnostics | None = None
) -> dict[str, str]:
    """The files of a package, by their path inside it."""
    settings = {"python": PythonSettings(package=package)}
    found = Diagnostics() if diagnostics is None else diagnostics
    run = Run(model, settings, diagnostics=found)
    files = rendered("python", PythonTarget().pages(run))
    return {
        path.removeprefix(f"python/{package}/"): text for path, text in files.items()
    }


def write(model: Model, package: str, folder: Path) -> Path:
    """Put a package into a folder; returns the package's own."""
    root = folder / package
    for path, text in texts(model, package).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return root


@contextmanager
def imported(model: Model, package: str, folder: Path) -> Iterator[Any]:
    """The package, which is forgotten afterwards."""
    write(model, package, folder)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(package)
    finally:
        sys.path.remove(str(folder))
        for name in [m for m in sys.modules if m.partition(".")[0] == package]:
            del sys.modules[name]


def decoder(package: Any, name: str) -> Any:
    """The decoder of a schema, which asks no table unless it has to."""
    reference = package._schemas.SCHEMAS[name]
    return package._runtime.codec_of(name, reference)._construct
