"""Literals of Python: text and JSON of a spec as source that cannot break out.

Enters: untrusted text and JSON values. Leaves: :class:`Code` and layout nodes.
Promises: a literal evaluates to exactly its value on every Python from 3.10 on,
whatever the text holds; what cannot be seen is escaped; the quotes are those that black
prefers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache, partial

from ...code import Code
from ...ir import Json
from .layout import STRING, Group, Node, Pair, flat, within

# What an editor hides, reorders or breaks a line at: controls, soft hyphen, bidi and
# zero-width characters, line separators, surrogates, tags. Named here and not asked of
# `unicodedata`, whose answer depends on the version of Python.
UNSEEN = (
    "\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\uffff\U000e0000-\U000e0fff"
)
_UNSEEN: Callable[[], re.Pattern[str]] = partial(re.compile, f"[{UNSEEN}]")
_ESCAPED = partial(re.compile, rf"[\\{UNSEEN}]")
_PLAIN = re.compile(r"[ !#-\[\]-~]*")
_REMEMBERED = 1 << 14
"""Strings that are remembered: a name is written at many places."""
_SHORT = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
TOKEN = re.compile(rf"{STRING}|\[|\]| \| |, ")
"""What a type expression is made of, beside names."""
MOST_DIGITS = 4000
"""Python refuses to read a longer decimal integer; a hexadecimal one is read."""


def is_plain(text: str) -> bool:
    """Whether a text is ASCII that needs no escape."""
    return _PLAIN.fullmatch(text) is not None


def escape(char: str) -> str:
    """One character as an escape sequence."""
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@lru_cache(_REMEMBERED)
def string(text: str) -> Code:
    """A string literal, with single quotes where these save escapes."""
    if is_plain(text):
        return Code(f'"{text}"')
    body = _ESCAPED().sub(lambda match: escape(match[0]), text)
    quote = "'" if text.count('"') > text.count("'") else '"'
    return Code(quote + body.replace(quote, f"\\{quote}") + quote)


def visible(text: str) -> str:
    """A text with what cannot be seen in it written as in a string literal."""
    if is_plain(text):
        return text
    return _UNSEEN().sub(lambda match: escape(match[0]), text)


def number(value: int | float) -> Code:
    """A number literal, as `black` has it; those that JSON lacks are calls."""
    if isinstance(value, int):
        long = value.bit_length() > MOST_DIGITS * 3
        return Code(hex(value).upper().replace("X", "x") if long else repr(value))
    if not math.isfinite(value):
        return Code(f'float("{value}")')
    return Code(repr(value).replace("e+", "e"))


def node(value: Json) -> Node:
    """Any JSON, to be laid out as a literal."""
    match value:
        case None | bool():
            return Code(repr(value))
        case int() | float():
            return number(value)
        case str():
            return string(value)
        case list():
            return Group("[", tuple(map(node, value)), "]")
        case dict():
            pairs = (Pair(f"{string(key)}: ", node(v)) for key, v in value.items())
            return Group("{", tuple(pairs), "}")


def literal(value: Json) -> Code:
    """Any JSON on one line."""
    made = node(value)
    return made if isinstance(made, Code) else Code(flat(made))


def short_literal(value: Json, room: int) -> Code | None:
    """The same, if it has no more characters than there is room for."""
    made = within(node(value), room)
    return None if made is None else Code(made)
