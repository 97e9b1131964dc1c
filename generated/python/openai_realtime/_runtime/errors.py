"""Errors: what was found wrong with JSON, and where."""

# Without `annotations` of `__future__`, for `NamedTuple` compiles each that is text:
# the first time that takes as long as importing ten modules.

from collections.abc import Sequence
from typing import NamedTuple


class Violation(NamedTuple):
    """One way in which JSON breaks the rules of its schema."""

    path: str
    """Where, such as `tools[0].name`; empty for the value as a whole."""
    code: str
    """Which rule: a keyword of JSON Schema, or `depth` or `json`."""
    message: str
    """What is wrong, in a short sentence."""

    def __str__(self) -> str:
        return self.shown("value")

    def shown(self, name: str) -> str:
        """The violation on one line; `name` stands for the value as a whole."""
        return f"{self.path or name}: {self.message} [{self.code}]"


TOO_DEEP = Violation("", "depth", "is nested too deeply")
"""Found where Python's own limit ends a pass before `MAX_DEPTH` does."""


class DecodeError(ValueError):
    """JSON is not what its schema asks for; `violations` tells all that is wrong."""

    def __init__(self, name: str, violations: Sequence[Violation]) -> None:
        super().__init__(name, violations)
        self.name = name
        self.violations = tuple(violations)

    def __str__(self) -> str:
        return "\n".join(item.shown(self.name) for item in self.violations)


class EncodeError(ValueError):
    """A value holds something that JSON cannot say."""
