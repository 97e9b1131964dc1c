"""Specloom: one canonical spec in; bindings and documentation in many languages out.

>>> from pathlib import Path
>>> result = specloom.generate(Path("openapi.yaml"), ["python"])
>>> result.write(Path("generated"))

``generate`` writes nothing. It raises :class:`SpecloomError`, which carries all that
was found, if there is an error.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .budgets import Budgets
    from .diagnostics import Diagnostic, Location, Severity, SpecloomError
    from .options import Options
    from .pipeline import Result, generate
    from .write import Drift, Written

__all__ = [
    "Budgets",
    "Diagnostic",
    "Drift",
    "Location",
    "Options",
    "Result",
    "Severity",
    "SpecloomError",
    "Written",
    "__version__",
    "generate",
]

_HOMES = {
    "Budgets": "budgets",
    "Diagnostic": "diagnostics",
    "Drift": "write",
    "Location": "diagnostics",
    "Options": "options",
    "Result": "pipeline",
    "Severity": "diagnostics",
    "SpecloomError": "diagnostics",
    "Written": "write",
    "generate": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, so that ``specloom --version`` imports nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
