"""TypeScript literals: the only way from a spec's text into TypeScript source.

Enters: text and JSON values. Leaves: :class:`code.Code`. Promises: no text ends its
literal or key, whatever it holds; what a person cannot see (controls, directional
marks, lone surrogates, line separators) is written as an escape. String and number
forms are those that prettier leaves alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial

from ...code import Code, join
from ...ir import Json
from .layout import Tree, array, record

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b"}
# Controls, soft hyphen, zero-width and directional marks, separators, surrogates,
# tags and noncharacters: invisible, or read by a compiler as a line's end.
_INVISIBLE = (
    r"\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f"
)
_INVISIBLE_ONE = partial(re.compile, f"[{_INVISIBLE}]")
_UNSAFE = partial(re.compile, rf"[\\{_INVISIBLE}]")
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_LARGEST_SAFE = 2**53 - 1
_REMEMBERED = 1 << 14
"""Texts whose literals are kept: most stand in many places."""


@lru_cache(_REMEMBERED)
def string(text: str) -> Code:
    """A string literal, in the kind of quotes that needs fewer escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    if "\\" in text or not _all_visible(text):
        text = _UNSAFE().sub(_escape, text)
    body = text.replace(quote, "\\" + quote)
    return Code(quote + body + quote)


def _all_visible(text: str) -> bool:
    """Whether no character needs to be looked at, as in most texts."""
    return text.isascii() and text.isprintable()


def visible(text: str) -> str:
    """A text with what cannot be seen in it written as in a string literal."""
    if _all_visible(text):
        return text
    return _INVISIBLE_ONE().sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"


def number(value: int | float) -> Code:
    """A number literal, exact; a compiler rounds what a double cannot hold."""
    if isinstance(value, int):
        return Code(str(value))
    if not math.isfinite(value):
        return Code(
            "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
        )
    if value.is_integer() and abs(value) < 1e21:
        return Code("-0" if str(value) == "-0.0" else str(int(value)))
    mantissa, _, exponent = repr(value).partition("e")
    return Code(f"{mantissa}e{int(exponent)}" if exponent else mantissa)


def exact(value: int | float) -> Code:
    """A number literal that is written as it is read: a ``bigint`` if need be.

    A double may hold -9223372036854775808, but says -9223372036854776000 in a message.
    """
    rounded = isinstance(value, int) and not (is_exact(value) and _is_said(value))
    return Code(f"{value}n") if rounded else number(value)


@lru_cache(_REMEMBERED)
def key(name: str) -> Code:
    """A property's name in a type, quoted where it has to be."""
    return Code(name) if _IDENTIFIER.fullmatch(name) else string(name)


def _value_key(name: str) -> Code:
    """A property's name in an object literal.

    ``__proto__: x`` would set the prototype (ECMA-262, annex B.3.1), and quotes do not
    help; a computed name makes a property like any other.
    """
    return Code('["__proto__"]') if name == "__proto__" else key(name)


@lru_cache(_REMEMBERED)
def label(name: str) -> Code:
    """What stands before a property's value in an object literal."""
    return Code(f"{_value_key(name)}: ")


def literal(value: Json) -> Code:
    """A JSON value as an expression on one line."""
    match value:
        case None:
            return Code("null")
        case bool():
            return Code("true" if value else "false")
        case int() | float():
            return number(value)
        case str():
            return string(value)
        case list():
            return Code(f"[{join(', ', map(literal, value))}]")
        case dict():
            pairs = (f"{label(k)}{literal(v)}" for k, v in value.items())
            return Code(f"{{ {join(', ', pairs)} }}" if value else "{}")


def literal_type(value: Json) -> Code:
    """The type that has a JSON value as its only value, as far as there is one.

    Numbers that a double does not hold exactly have no literal type of their own.
    """
    match value:
        case int() | float() if not isinstance(value, bool):
            text = number(value)
            return text if is_exact(value) else Code("number")
        case list():
            return Code(f"[{join(', ', map(literal_type, value))}]")
        case dict():
            pairs = (f"{key(k)}: {literal_type(v)}" for k, v in value.items())
            return Code(f"{{ {join('; ', pairs)} }}" if value else "{}")
        case _:
            return literal(value)


def _is_said(value: int) -> bool:
    """Whether JavaScript writes a whole number that a double holds with its digits."""
    return abs(value) <= _LARGEST_SAFE or int(Decimal(repr(float(value)))) == value


def is_exact(value: Json) -> bool:
    """Whether a value is a scalar that has a literal type of its own."""
    if not isinstance(value, int | float):
        return not isinstance(value, list | dict)
    try:
        return math.isfinite(value) and float(value) == value
    except OverflowError:
        return False


def tree(value: Json, numbers: Callable[[int | float], Code] = number) -> Tree:
    """A JSON value as an expression that can be broken; ``numbers`` writes these."""
    match value:
        case list():
            return array([tree(item, numbers) for item in value])
        case dict():
            return record([(label(k), tree(v, numbers)) for k, v in value.items()])
        case int() | float() if not isinstance(value, bool):
            return numbers(value)
        case _:
            return literal(value)
