r"""Patterns: a regular expression of ECMA-262 becomes Python's for the same texts.

Enters: a pattern of a schema. Leaves: a pattern for ``re.search``, or None where Python
has nothing that means the same, as for ``\p{Script=Greek}``. Categories of Unicode such
as ``\p{Lu}`` stay in it, always in a class: the runtime of generated packages puts
their characters there. JSON Schema asks for ECMA-262 with Unicode (2020-12 core,
section 6.4); the older rules fill in where these refuse a pattern. Promises: what comes
out compiles without a warning on every Python from 3.10.
"""

from __future__ import annotations

import re
import warnings
from functools import cache, partial

from ...values import dataclass
from ..properties import OTHERS_MEANING, PROPERTY, category
from .literals import escape

# ECMA-262, section 12.2 and 12.3: WhiteSpace and LineTerminator.
_SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_DOT = r"[^\n\r\u2028\u2029]"
_WORDS = "dDwWbB"
_CONTROLS = {"f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}
_GROUP = partial(re.compile, r"\(\?(?::|=|!|<=|<!)|\(\?<([A-Za-z_$][\w$]*)>|\((?!\?)")
_REPEAT = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??(?![*+?]|\{\d)")
_CODE = partial(
    re.compile,
    r"x([0-9A-Fa-f]{2})|u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|u([0-9a-f]{4})"
    r"|u\{([0-9a-f]+)\}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[1-9][0-9]*")
_CATEGORY = re.compile(r"\\[pP]\{[A-Z][a-z]?\}")
_PROPERTIES = {
    ("p", "Any"): r"\x00-\U0010ffff",
    ("p", "Assigned"): r"\P{Cn}",
    ("P", "Assigned"): r"\p{Cn}",
    ("p", "ASCII"): r"\x00-\x7f",
    ("P", "ASCII"): r"\x80-\U0010ffff",
}
"""What stands for them in a class."""


class _UntranslatableError(Exception):
    """Python has nothing that means the same."""


@cache
def translate(pattern: str) -> str | None:
    """The pattern as Python writes it; None if it cannot."""
    reader = _Reader(pattern)
    try:
        made = "".join(iter(reader.step, ""))
    except _UntranslatableError:
        return None
    written = f"(?a){made}" if reader.ascii else made
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            re.compile(_CATEGORY.sub("a", written))
        except (re.error, RecursionError, OverflowError, Warning):
            return None
    return written


@dataclass(slots=True)
class _Reader:
    pattern: str
    at: int = 0
    ascii: bool = False
    """Whether a class is used that Python would take for all of Unicode."""

    def step(self) -> str:
        """Translate the next term; the empty string at the end."""
        if self.at >= len(self.pattern):
            return ""
        char = self.pattern[self.at]
        if char == "\\":
            self.at += 1
            return self._escape()
        if char == "[":
            self.at += 1
            return self._class()
        if char == "(":
            return self._group()
        if repeat := _REPEAT.match(self.pattern, self.at):
            self.at = repeat.end()
            return repeat[0]
        if char in "*+?":
            raise _UntranslatableError  # Python takes it for a possessive quantifier
        self.at += 1
        if char in "{}]":
            return f"\\{char}"
        if char in "|)^":
            return char
        return {"$": r"\Z", ".": _DOT}.get(char) or _plain(char)

    def _group(self) -> str:
        found = _GROUP().match(self.pattern, self.at)
        if found is None:
            raise _UntranslatableError
        self.at = found.end()
        if found[1] is None:
            return found[0]
        return f"(?P<{_group_name(found[1])}>"

    def _escape(self) -> str:
        """What follows a backslash outside of a class."""
        char = self._next()
        if char in "sS":
            return f"[{'^' if char == 'S' else ''}{_SPACE}]"
        if char in _WORDS:
            self.ascii = True
            # `\B` of Python before 3.14 is not found in an empty text.
            return r"(?!\b)" if char == "B" else f"\\{char}"
        if char == "k" and (named := re.match(r"<(\w+)>", self.pattern[self.at :])):
            self.at += named.end()
            name = _group_name(named[1])
            return f"(?({name})(?P={name})|)"
        self.at -= 1
        if number := _NUMBER.match(self.pattern, self.at):
            # A group that takes no part is found anywhere (ECMA-262, 22.2.2.7.2).
            self.at = number.end()
            return f"(?({number[0]})\\{number[0]}|)"
        members = self._property()
        return f"[{members}]" if members else _plain(self._character())

    def _property(self) -> str:
        """The members of a class that a property of characters stands for, or ''."""
        found = PROPERTY().match(self.pattern, self.at)
        if found is None:
            return ""
        self.at = found.end()
        letter, of, name = found.groups()
        short = category(found)
        if short is not None and short != "LC":  # which is none of Unicode's own
            return f"\\{letter}{{{short}}}"
        members = None if of else _PROPERTIES.get((letter, name))
        if members is None:
            raise _UntranslatableError
        return members

    def _next(self) -> str:
        if self.at >= len(self.pattern):
            raise _UntranslatableError
        self.at += 1
        return self.pattern[self.at - 1]

    def _character(self) -> str:
        """The character that an escape stands for."""
        if code := _CODE().match(self.pattern, self.at):
            self.at = code.end()
            if code[2]:
                high, low = int(code[2], 16), int(code[3], 16)
                return chr(0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00))
            number = int(code[1] or code[4] or code[5], 16)
            if number > 0x10FFFF:
                raise _UntranslatableError
            return chr(number)
        char = self._next()
        if char == "c" and self.at < len(self.pattern):
            return chr(ord(self._next()) % 32)
        if char in "kc" or char in OTHERS_MEANING:
            raise _UntranslatableError
        return _CONTROLS.get(char, char)

    # --- classes ----------------------------------------------------------------------

    def _class(self) -> str:
        """A class, which is `[^]` for anything and `[]` for nothing."""
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        members: list[str] = []
        no_space = False
        while not self.pattern.startswith("]", self.at):
            member = self._member()
            if member == r"\S":
                no_space = True
            elif self._is_range(member):
                self.at += 1
                last = self._member()
                if len(last) == 1:
                    members.append(f"{_in_class(member)}-{_in_class(last)}")
                else:
                    members += [_in_class(member), r"\-", last]
            else:
                members.append(_in_class(member))
        self.at += 1
        return _joined("".join(members), negated, no_space)

    def _is_range(self, first: str) -> bool:
        rest = self.pattern[self.at : self.at + 2]
        return len(first) == 1 and len(rest) == 2 and rest[0] == "-" and rest[1] != "]"

    def _member(self) -> str:
        """A character, or a class of its own."""
        char = self._next()
        if char != "\\":
            return char
        kind = self._next()
        if kind in "dDwW":
            self.ascii = True
            return f"\\{kind}"
        if kind in "sS":
            return _SPACE if kind == "s" else r"\S"
        if kind == "b":
            return "\b"
        self.at -= 1
        return self._property() or self._character()


def _joined(members: str, negated: bool, no_space: bool) -> str:
    """A class; what is no space cannot be said inside one."""
    if no_space and _SPACE in members:
        return "(?!)" if negated else "(?s:.)"
    if no_space:
        if negated:
            return f"(?:(?![{members}])[{_SPACE}])" if members else f"[{_SPACE}]"
        return f"(?:[^{_SPACE}]|[{members}])" if members else f"[^{_SPACE}]"
    if not members:
        return "(?s:.)" if negated else "(?!)"
    return f"[{'^' if negated else ''}{members}]"


def _in_class(member: str) -> str:
    """A character of a class: every one that Python might give a meaning is escaped."""
    if len(member) > 1:
        return member
    if member in "\\]^-[&~|":
        return f"\\{member}"
    return _visible(member)


def _plain(char: str) -> str:
    """A character that means itself."""
    return f"\\{char}" if char in r"\.^$*+?{}[]|()" else _visible(char)


def _visible(char: str) -> str:
    """A character, escaped where an editor would hide it."""
    if char.isascii() and char.isprintable():
        return char
    return escape(char)


def _group_name(name: str) -> str:
    return name.replace("$", "_dollar_")
