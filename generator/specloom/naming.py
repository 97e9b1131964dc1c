"""Naming: from any text of a spec to identifiers, by rules a reader can predict.

In: wire names, titles, tags and enum values, which are untrusted Unicode.
Out: ASCII identifiers in the case style that a target asks for, distinct in a scope.
Promise: no counters and no state. A name follows from its own text and, only when
two names of one scope clash, from how each of them is spelled.

A style is a function ``str -> str`` such as :func:`snake`; it gives letters, digits
and its own separator, never the empty string. Only :func:`allocate` knows reserved
words and keeps a digit from coming first.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

_DEVICES = frozenset(
    ["aux", "con", "nul", "prn"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789"]
)

_LONGEST_FILE = 200
"""Most systems take 255 bytes, the ending included."""
_DIGITS = 16

_REMEMBERED = 1 << 14
"""Texts of which each function remembers its answer: the common ones, at least."""

Style = Callable[[str], str]
"""A case style: any text in, the same words spelled the style's way out."""

_CHARACTER_NAMES = {
    "\t": "tab", "\n": "newline", "\r": "return", " ": "space", "!": "bang",
    '"': "quote", "#": "hash", "$": "dollar", "%": "percent", "&": "ampersand",
    "'": "apostrophe", "(": "open paren", ")": "close paren", "*": "asterisk",
    "+": "plus", ",": "comma", "-": "hyphen", ".": "dot", "/": "slash",
    ":": "colon", ";": "semicolon", "<": "less", "=": "equal", ">": "greater",
    "?": "question", "@": "at", "[": "open bracket", "\\": "backslash",
    "]": "close bracket", "^": "caret", "_": "underscore", "`": "backtick",
    "{": "open brace", "|": "pipe", "}": "close brace", "~": "tilde",
}  # fmt: skip

_SEGMENT = re.compile(r"[A-Za-z0-9]+")
_PASCAL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
# Of a segment with both cases. Digits stay with the letters before them, or, at the
# start of a word, with those behind them.
_WORD = re.compile(
    r"[A-Z]?[a-z][a-z0-9]*"  # most words
    r"|U[0-9A-F]{4,6}(?![0-9a-z])"  # a code point, as `_to_ascii` writes it
    r"|[0-9]*[A-Z]{2,}s[0-9]*(?![0-9a-z])"  # a plural acronym: IDs, URLs
    r"|[0-9]*[A-Z]+(?![a-z])(?:[0-9][a-z0-9]*)?"  # an acronym: HTTP, SHA256
    r"|[0-9]+[A-Z]?[a-z][a-z0-9]*"
    r"|[0-9]+"
)


def _code_point(char: str) -> str:
    return f"U{ord(char):04X}"


def _character_name(char: str) -> str:
    return _CHARACTER_NAMES.get(char) or _code_point(char)


def _to_ascii(text: str) -> str:
    """Strip accents; set any other non-ASCII character apart as its code point."""
    if text.isascii():
        return text
    out: list[str] = []
    for char in text:
        plain = "".join(
            c
            for c in unicodedata.normalize("NFKD", char)
            if not unicodedata.category(c).startswith("M")
        )
        out.append(plain if plain.isascii() else f" {_code_point(char)} ")
    return "".join(out)


@lru_cache(_REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """Split a text at separators and changes of case.

    ``HTTPServerError`` gives ``HTTP Server Error`` and ``gpt-4o_mini`` gives
    ``gpt 4o mini``. Each word is ASCII letters and digits, in the case it had. An
    apostrophe separates nothing (``user's`` is one word). The result is empty for a
    text of punctuation only.
    """
    plain = _to_ascii(
        text.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    found: list[str] = []
    for segment in _SEGMENT.findall(plain):
        # With one case only there is no change of case to split at: X2Y, g711.
        if segment == segment.lower() or segment == segment.upper():
            found.append(segment)
        else:
            found.extend(_WORD.findall(segment))
    return tuple(found)


@lru_cache(_REMEMBERED)
def spell(text: str) -> str:
    """Name the punctuation of a text that would otherwise not start with a letter.

    ``$`` gives ``dollar``, ``+1`` gives ``plus 1``, ``-1`` gives ``minus 1`` and the
    empty string ``empty``. Any other text comes back as it is, ``2024-01-01`` too: to
    put a word before a digit is the caller's choice.
    """
    if not text:
        return "empty"
    found = words(text)
    if found and not found[0][0].isdigit():
        return text
    head = re.match(r"[^A-Za-z0-9]*", text)
    assert head is not None  # the pattern matches anywhere
    lead, rest = head[0], text[head.end() :]
    if lead == "-" and rest:
        return f"minus {rest}"
    names = [_character_name(char) for char in lead]
    return " ".join([*names, rest] if rest else names)


def _capitalised(text: str) -> list[str]:
    """Split a text into words that start with a capital, acronyms left as written."""
    found = words(text)
    # SERVER_ERROR is two words in capitals, not two acronyms; GPT-4 is one.
    if text.isascii() and text == text.upper():
        spoken = sum(not word.isdigit() for word in found)
        found = tuple(word.capitalize() for word in found) if spoken > 1 else found
    return [word[0].upper() + word[1:] for word in found]


@lru_cache(_REMEMBERED)
def pascal(text: str) -> str:
    """Spell as ``PascalCase``; what is PascalCase already is kept to the letter."""
    if _PASCAL_CASE.fullmatch(text):
        return text
    return "".join(_capitalised(spell(text)))


@lru_cache(_REMEMBERED)
def camel(text: str) -> str:
    """Spell as ``camelCase``: the first word lower-case, acronyms in others kept."""
    first, *others = _capitalised(spell(text))
    return first.lower() + "".join(others)


@lru_cache(_REMEMBERED)
def snake(text: str) -> str:
    """Spell as ``snake_case``."""
    return "_".join(words(spell(text))).lower()


@lru_cache(_REMEMBERED)
def kebab(text: str) -> str:
    """Spell as ``kebab-case``."""
    return "-".join(words(spell(text))).lower()


@lru_cache(_REMEMBERED)
def join_names(parent: str, child: str) -> str:
    """Join two names in PascalCase, saying words they share at the seam only once.

    ``RealtimeSession`` and ``Realtime Session Config`` give ``RealtimeSessionConfig``.
    The result always differs from ``parent``: where the child adds no word of its own
    (``Session``, ``session``) nothing is merged and it is ``SessionSession``.
    """
    head, tail = pascal(parent), _capitalised(spell(child))
    left = [word.lower() for word in words(head)]
    right = [word.lower() for word in tail]
    for shared in range(min(len(left), len(right) - 1), 0, -1):
        if left[-shared:] == right[:shared]:
            return head + "".join(tail[shared:])
    return head + pascal(child)


@lru_cache(_REMEMBERED)
def same_key(name: str) -> str:
    """The strictest equality that any target or file system applies.

    Case and separators don't count. Two names with different keys have different
    spellings in every style of this module.
    """
    return "".join(words(spell(name))).lower()


def fit_file(stem: str, suffix: str = "_") -> str:
    """A file's name that every system takes, whatever its ending.

    Windows takes none of its devices' names. A long one is cut, and ends in a digest
    of the whole, so that it depends on nothing but itself.
    """
    if len(stem) > _LONGEST_FILE:
        digest = hashlib.sha256(stem.encode()).hexdigest()[:_DIGITS]
        return f"{stem[: _LONGEST_FILE - _DIGITS - 1]}_{digest}"
    return stem + suffix if stem.lower() in _DEVICES else stem


def stem(text: str, style: Style, prefix: str) -> str:
    """The identifier of a text by itself; ``prefix`` comes before a digit."""
    name = style(text)
    return style(f"{prefix} {text}") if name[0].isdigit() else name


def allocate(
    wires: Sequence[str],
    style: Style,
    *,
    reserved: Collection[str] = (),
    prefix: str = "field",
    suffix: str = "_",
    folded: bool = False,
) -> dict[str, str]:
    """Give every wire name of one scope an identifier of its own, in document order.

    Rules, in order:

    1. ``prefix`` comes before a leading digit, ``suffix`` after a ``reserved`` name.
    2. A wire name spelled exactly like its identifier has it.
    3. Of the others that want the same identifier, the first in document order has it.
    4. Every other one gets a word that says how it is spelled (``hyphen``, ``upper``,
       ``camel``), and where that is taken too, the hex of its UTF-8 bytes after an x.

    So a name added at the end renames no earlier one but one that it spells exactly.

    Args:
        wires: the names as they are on the wire, in document order; repeats count once.
        style: the case style, :func:`snake` for example.
        reserved: words that may not be identifiers; a set, where there are many.
        prefix: a word that starts with a letter.
        suffix: what may end an identifier; not empty.
        folded: compare identifiers and reserved words without regard to case.
    """
    fold = str.lower if folded else str
    forbidden = {fold(word) for word in reserved} if folded else reserved

    def free(text: str) -> str:
        name = stem(text, style, prefix)
        while fold(name) in forbidden:
            name += suffix
        return name

    names = {wire: free(wire) for wire in wires}
    if len(set(map(fold, names.values()))) == len(names):
        return names  # most scopes
    taken: set[str] = set()
    # Exact spellings first, then the others in document order.
    for wire in sorted(names, key=lambda wire: names[wire] != wire):
        own, distinctions = stem(wire, style, prefix), _distinctions(wire)
        while fold(names[wire]) in taken:
            names[wire] = free(f"{own} {next(distinctions)}")
        taken.add(fold(names[wire]))
    return names


def _distinctions(wire: str) -> Iterator[str]:
    """Words that tell a wire name from one with the same identifier, without end."""
    yield _how_spelled(wire)
    # A name can be spelled like another's bytes; their repetition can't go on for ever.
    octets = text = "x" + wire.encode("utf-8", "surrogatepass").hex()
    while True:
        yield text
        text = f"{text} {octets}"


def _how_spelled(wire: str) -> str:
    """One word, or two, for the way a wire name is spelled."""
    for char in wire:
        if char != "_" and not (char.isascii() and char.isalnum()):
            return _character_name(char)
    letters = [char for char in wire if char.isalpha()]
    if not letters:
        return "underscore" if "_" in wire else "digits" if wire else "blank"
    if wire.strip("_") != wire or "__" in wire:
        return "underscore"
    if all(char.isupper() for char in letters):
        return "upper"
    if all(char.islower() for char in letters):
        return "snake" if "_" in wire else "lower"
    if "_" in wire:
        return "mixed"
    return "pascal" if wire[0].isupper() else "camel"
