"""Unsaid: patterns for which a language's own regular expressions have no words.

Enters: a run, and whether a pattern can be said. Leaves: a warning with its place for
each that cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics import Location
from ..ir import Model
from ..parts import parts
from ..target import Run


def report_unsaid(
    run: Run, language: str, says: Callable[[str], bool], hint: str
) -> None:
    """Report the patterns that ``says`` denies: bindings do not check them."""
    for at, pattern in _patterns(run.model):
        if not says(pattern):
            message = f"{language} cannot say the pattern `{pattern}`"
            run.diagnostics.warning(
                "pattern-untranslatable",
                f"{message}; it is not checked there",
                at,
                hint,
            )


def _patterns(model: Model) -> Iterator[tuple[Location, str]]:
    """The patterns of all schemas, and where they stand."""
    for decl in model.decls.values():
        waiting = [decl.schema] if decl.owner is None else []
        while waiting:
            schema = waiting.pop()
            if schema.string is not None and schema.string.pattern is not None:
                yield schema.at.child("pattern"), schema.string.pattern
            if schema.object is not None:
                for pattern, _ in schema.object.patterns:
                    yield schema.at.child("patternProperties"), pattern
            waiting += reversed(parts(schema))
