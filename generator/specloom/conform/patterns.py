"""Patterns: a regular expression enters, texts leave that it is meant to find.

Reads what patterns in schemas use of ECMA-262: characters, classes, groups,
alternatives, quantifiers, anchors. For what it cannot read (look-around, references
back, Unicode properties) there is no text; whether one fits is for a judge to say.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache

from ..values import dataclass

_ANCHOR = re.compile(r"\^|\$|\\[bB]")
_GROUP = re.compile(r"\((\?:|\?<[A-Za-z_]\w*>)?(?!\?)")
_CHARACTER = re.compile(
    r"\[(?:\\.|[^\]\\])*\]|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[^1-9kpP]"
    r"|[^()|*+?{\\\[^$]",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d+)(,?)(\d*)\})\??")
_BOUNDS: dict[str, tuple[int, int | None]] = {
    "*": (0, None),
    "+": (1, None),
    "?": (0, 1),
}
_LONGEST = 10_000
_PLAIN = [chr(code) for code in (*range(97, 123), *range(33, 127), 32, 9, 10, 0xE9)]


def example(pattern: str, repeats: int = 0, choice: int = 0) -> str | None:
    """A text for a pattern, None where it cannot be read.

    ``repeats`` asks for that many rounds of each quantifier that allows as many, and
    ``choice`` says which of the alternatives and characters to take.
    """
    reader = _Reader(pattern, repeats, choice)
    try:
        text = reader.alternatives()
    except (_UnreadableError, RecursionError):  # nested without end
        return None
    return text if reader.at == len(pattern) else None


class _UnreadableError(Exception):
    """The pattern uses what is not read here."""


@dataclass(slots=True)
class _Reader:
    """Walks a pattern from left to right and makes a text as it goes."""

    pattern: str
    repeats: int
    choice: int
    at: int = 0

    def sees(self, what: re.Pattern[str]) -> re.Match[str] | None:
        """What comes next, if it is this; goes past it."""
        found = what.match(self.pattern, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def alternatives(self) -> str:
        """Sequences parted by ``|``, up to the end of the group."""
        options = [self.sequence()]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            options.append(self.sequence())
        return options[self.choice % len(options)]

    def sequence(self) -> str:
        """Atoms, each as often as its quantifier asks."""
        text = ""
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            text += "" if self.sees(_ANCHOR) else self.atom() * self.count()
            if len(text) > _LONGEST:
                raise _UnreadableError
        return text

    def atom(self) -> str:
        """One character or group."""
        if self.sees(_GROUP):
            inner = self.alternatives()
            if not self.pattern.startswith(")", self.at):
                raise _UnreadableError
            self.at += 1
            return inner
        found = self.sees(_CHARACTER)
        fitting = _fitting(found[0]) if found else ""
        if not fitting:
            raise _UnreadableError
        return fitting[self.choice % len(fitting)]

    def count(self) -> int:
        """How often the atom before is repeated."""
        found = self.sees(_QUANTIFIER)
        if found is None:
            return 1
        if found[1]:
            low, high = _BOUNDS[found[1]]
        else:
            low = int(found[2])
            high = int(found[4]) if found[4] else None if found[3] else low
        if low > _LONGEST:
            raise _UnreadableError
        wanted = max(low, min(self.repeats, _LONGEST))
        return wanted if high is None else min(wanted, high)


@cache
def _fitting(atom: str) -> str:
    """Characters that a one-character pattern takes."""
    if len(atom) == 1 and atom != ".":
        return atom
    made = _compiled(atom)
    return "" if made is None else "".join(filter(made.fullmatch, _PLAIN))


def searches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text.

    The oracle's engine says so: Python's own could search until the end of time.
    """
    return _search(pattern)(text)


@cache
def _search(pattern: str) -> Callable[[str], bool]:
    from jsonschema_rs import Draft202012Validator

    try:
        return Draft202012Validator({"pattern": pattern}).is_valid
    except ValueError:  # a pattern that it cannot read finds nothing
        return lambda _: False


@cache
def _compiled(atom: str) -> re.Pattern[str] | None:
    """A pattern of one character; Python's dialect will do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what other dialects read otherwise
        try:
            return re.compile(atom)
        except re.error:
            return None
