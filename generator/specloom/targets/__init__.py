"""Targets: everything that Specloom can write, by name; the list is explicit.

A target is imported when it is first asked for: a run pays for what it writes.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..target import Target
from .registry import Registry


def _python() -> Target:
    from .python import PythonTarget

    return PythonTarget()


def _typescript() -> Target:
    from .typescript import TypeScriptTarget

    return TypeScriptTarget()


def _markdown() -> Target:
    from .markdown import Markdown

    return Markdown()


TARGETS: Mapping[str, Target] = Registry(
    {"python": _python, "typescript": _typescript, "markdown": _markdown}
)
