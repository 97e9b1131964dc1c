r"""Patterns: whether engines of JavaScript compile a regular expression.

Enters: a pattern of a schema. Leaves: a verdict, as Node.js has it. The rules are
those of ECMA-262, section 22.2.1, for Unicode (the flag ``u``), and where they refuse a
pattern, the older ones of annex B.1.2. The runtime of generated packages respells for
the former what only the latter have: brackets alone, escapes of what is no letter or
digit, and sets of characters beside a hyphen. What only the newest engines know, such
as ``(?i:a)``, is refused, and so is a group's name that is spelled with escapes, and
``\A``, which would be the letter by the older rules. No text is matched here; reading
takes linear time.
"""

from __future__ import annotations

import re
from functools import cache, partial

from ...values import dataclass, field
from ..properties import OTHERS_MEANING, PROPERTY, is_property

_GROUP = partial(re.compile, r"\((?:\?(?:(:)|(=|!)|(<=|<!)|<([\w$]+)>)|(?!\?))")
_BRACES = re.compile(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_ESCAPE = partial(
    re.compile,
    r"c(?P<control>[A-Za-z])|x(?P<x>[0-9A-Fa-f]{2})"
    r"|u(?P<pair>[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|u(?P<u>[0-9A-Fa-f]{4})|u\{(?P<point>[0-9A-Fa-f]+)\}|(?P<nul>0)(?![0-9])",
)
_OLD_ESCAPE = partial(
    re.compile,
    r"c(?P<control>[A-Za-z0-9_])|x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})"
    r"|(?P<octal>[0-3][0-7]{0,2}|[4-7][0-7]?)",
)
_NAME = re.compile(r"k<([\w$]+)>")
_NUMBER = re.compile(r"[1-9][0-9]*")
_INFINITE = (1 << 31) - 1
"""What engines take greater numbers for."""
_CONTROLS = {"f": 12, "n": 10, "r": 13, "t": 9, "v": 11}


class _RefusedError(Exception):
    """No pattern by these rules."""


@cache
def compiles(pattern: str) -> bool:
    """Whether ``RegExp`` takes a pattern, with or without the flag ``u``."""
    return _reads(pattern, unicode=True) or _reads(pattern, unicode=False)


def _reads(pattern: str, *, unicode: bool) -> bool:
    units = pattern.encode("utf-16-le", "surrogatepass")
    if unicode:
        text = units.decode("utf-16-le", "surrogatepass")
    else:
        pairs = zip(units[::2], units[1::2])
        text = "".join(chr(low | high << 8) for low, high in pairs)
    try:
        _Reader(text, unicode).read()
    except _RefusedError:
        return False
    return True


@dataclass(slots=True)
class _Reader:
    """Walks a pattern from left to right."""

    text: str
    unicode: bool
    at: int = 0
    repeatable: bool = False
    """Whether a quantifier may follow."""
    open: list[bool] = field(default_factory=list[bool])
    """Of each open group: whether a quantifier may follow it."""
    groups: int = 0
    names: set[str] = field(default_factory=set[str])
    named: set[str | None] = field(default_factory=set[str | None])
    """The groups that are referred to by name; None where no name can be read."""
    numbered: int = 0
    """The highest number that is referred to."""

    def read(self) -> None:
        """Read all of it.

        Raises:
            _RefusedError: it is no pattern.
        """
        while self.at < len(self.text):
            self._term(self.text[self.at])
        numbered = self.unicode and self.numbered > self.groups
        unnamed = (self.unicode or self.names) and not self.named <= self.names
        if self.open or numbered or unnamed:
            raise _RefusedError

    def _term(self, char: str) -> None:
        if char == "(":
            self._group()
            return
        if char in "*+?":
            self._quantifier(1)
            return
        braces = _BRACES.match(self.text, self.at) if char == "{" else None
        if braces is not None:
            low, _, high = braces.groups()
            if high and _number(low) > _number(high):
                raise _RefusedError
            self._quantifier(len(braces[0]))
            return
        self.at += 1
        if char == ")":
            if not self.open:
                raise _RefusedError
            self.repeatable = self.open.pop()
        elif char == "[":
            self._class()
        elif char == "\\":
            self._escape()
        else:
            self.repeatable = char not in "|^$"

    def _quantifier(self, length: int) -> None:
        if not self.repeatable:
            raise _RefusedError
        self.at += length
        self.at += self.text.startswith("?", self.at)
        self.repeatable = False

    def _group(self) -> None:
        found = _GROUP().match(self.text, self.at)
        if found is None:
            raise _RefusedError
        self.at = found.end()
        plain, ahead, behind, name = found.groups()
        if name is not None:
            if name in self.names or not name.replace("$", "_").isidentifier():
                raise _RefusedError
            self.names.add(name)
        self.groups += not (plain or ahead or behind)
        self.open.append(not behind and not (ahead and self.unicode))
        self.repeatable = False

    def _escape(self) -> None:
        """What follows a backslash outside of a class."""
        self.repeatable = True
        if self.text.startswith(("b", "B"), self.at):
            self.at += 1
            self.repeatable = False
        elif self.text.startswith("k", self.at):
            found = _NAME.match(self.text, self.at)
            self.at = found.end() if found else self.at + 1
            self.named.add(found[1] if found else None)
        elif number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            self.numbered = max(self.numbered, _number(number[0]))
        else:
            self._character(inside=False)

    def _character(self, *, inside: bool) -> int | None:
        """The character that an escape stands for; None for a class of characters."""
        if self.at >= len(self.text):
            raise _RefusedError
        char = self.text[self.at]
        if char in "dDwWsS":
            self.at += 1
            return None
        if self.unicode and (found := PROPERTY().match(self.text, self.at)):
            if not is_property(found):
                raise _RefusedError
            self.at = found.end()
            return None
        escapes = _ESCAPE if self.unicode else _OLD_ESCAPE
        if found := escapes().match(self.text, self.at):
            self.at = found.end()
            return _value(found)
        self.at += 1
        if char in _CONTROLS:
            return _CONTROLS[char]
        if self.unicode and char.isascii() and char.isalnum():
            raise _RefusedError
        if char in OTHERS_MEANING:
            raise _RefusedError
        if char == "c":  # the backslash stands for itself
            self.at -= 1
            return ord("\\")
        if char == "k" and inside:
            self.named.add(None)
        return ord(char)

    def _class(self) -> None:
        self.repeatable = True
        self.at += self.text.startswith("^", self.at)
        while not self.text.startswith("]", self.at):
            first = self._member()
            rest = self.text[self.at : self.at + 2]
            if rest[:1] == "-" and rest != "-]":
                self.at += 1
                last = self._member()
                if first is not None and last is not None and first > last:
                    raise _RefusedError
        self.at += 1

    def _member(self) -> int | None:
        """A character of a class; None for a class in it."""
        if self.at >= len(self.text):
            raise _RefusedError
        char = self.text[self.at]
        self.at += 1
        if char != "\\":
            return ord(char)
        if self.text.startswith("b", self.at):
            self.at += 1
            return 8
        return self._character(inside=True)


def _number(digits: str) -> int:
    return _INFINITE if len(digits) > len(str(_INFINITE)) else int(digits)


def _value(found: re.Match[str]) -> int:
    """The code point, or code unit, of an escape."""
    kind, text = found.lastgroup, found[found.lastgroup or 0]
    match kind:
        case "control":
            return ord(text) % 32
        case "octal":
            return int(text, 8)
        case "pair":
            high, low = int(text[:4], 16), int(text[6:], 16)
            return 0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00)
        case _:
            if int(text, 16) > 0x10FFFF:
                raise _RefusedError
            return int(text, 16)
