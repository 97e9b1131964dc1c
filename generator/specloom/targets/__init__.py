"""Targets: everything that Specloom can write, by name; the list is explicit."""

from __future__ import annotations

from collections.abc import Mapping

from ..target import Target
from .markdown import Markdown
from .python import PythonTarget
from .typescript import TypeScriptTarget

TARGETS: Mapping[str, Target] = {
    target.name: target for target in (PythonTarget(), TypeScriptTarget(), Markdown())
}
