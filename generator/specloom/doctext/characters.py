"""Characters of Markdown: what they are written as, and which cannot be seen.

In: text, or an entity or URI in it (CommonMark 0.31, sections 2.4 and 2.5).
Out: the same without entities, without markup, or without anything invisible.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

PUNCTUATION = r"[!-/:-@\[-`{-~]"
ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"

ENTITIES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", "$": "&#36;"}
"""What every reader shows as it is; Python-Markdown shows a backslash before these."""


def literal(text: str) -> str:
    """Escape what could be markup in plain text."""
    return re.sub(r"[\\`*_{}\[\]()<>#!|~]", r"\\\g<0>", text)


def unescaped(text: str) -> str:
    """A text with the characters that its entities name."""
    if "&" not in text:
        return text
    from html import unescape  # and a table of 2,231 names

    return unescape(text)


def decode(entity: str, following: str) -> str:
    """The character that an entity names, as Markdown before what follows it."""
    char = unescaped(entity)
    if char == entity:  # no such entity: the text as it stands
        return entity
    if char == "&":  # must not start an entity with the letters behind it
        return "\\&" if re.match("[#A-Za-z&]", following) else "&"
    return literal(show_controls(char))


def percent_encoded(uri: str) -> str:
    """Encode the ASCII characters that no URI has."""
    return re.sub(r"[\x00-\x20\\\"<>`{|}]", lambda m: f"%{ord(m[0]):02X}", uri)


# C0 and C1 controls, directional and invisible formatting, surrogates, noncharacters.
# Line breaks and tabs are not here: whoever reads lines has dealt with them. Nor are
# the joiners U+200C and U+200D and the soft hyphen, which honest text has.
_CONTROL: Callable[[], re.Pattern[str]] = partial(
    re.compile,
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]",
)


def show_controls(text: str) -> str:
    """Show invisible control characters as text, ``U+202E`` for example.

    They are not dropped, because that could join what they keep apart (the halves of
    ``javascript:``), and because a reader should see that they are there.
    """
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL().sub(lambda m: f"U+{ord(m[0]):04X}", text)
