"""Messages: how what is said of an error shows values and places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .values import is_object, is_sequence

SHOWN = 40
"""Messages show this many characters of a value."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


def show(value: Any) -> str:
    """A value as compact JSON, cut to what fits in a message."""
    text = _written(value, SHOWN + 1)
    return f"{text[:SHOWN]}…" if len(text) > SHOWN else text


def _written(value: Any, room: int) -> str:
    """The start of a value as JSON: at least `room` characters, if it has as many."""
    if isinstance(value, str):
        return _quoted(value[:room])
    if isinstance(value, float):
        return _number_text(value)
    if not is_object(value) and not is_sequence(value):
        return json.dumps(value, default=repr)
    parts: Iterator[tuple[str, Any]] = (("", item) for item in value)
    if is_object(value):
        parts = ((f"{_quoted(name)}:", item) for name, item in value.items())
    text, end = "{}" if is_object(value) else "[]"
    for name, item in parts:
        if len(text) >= room:
            break
        text += f",{name}" if len(text) > 1 else name
        text += _written(item, room - len(text))
    return text + end


def _quoted(text: Any) -> str:
    """A text as JSON; only what UTF-8 cannot say is escaped beside what has to be.

    The key of a dictionary may be no text, and is written as what it is.
    """
    quoted = json.dumps(text, ensure_ascii=False, default=repr)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _number_text(value: float) -> str:
    """A number in its shortest spelling: `2` for `2.0` (RFC 8785, section 3.2.2.3)."""
    text = json.dumps(value).removesuffix(".0")
    digits, _, exponent = text.partition("e")
    if not exponent:
        return text if value else "0"
    if -7 < int(exponent) < 21:
        from decimal import Decimal  # takes a while to import, and few need it

        return f"{Decimal(text):f}"
    return f"{digits}e{int(exponent):+}"


def path_text(path: tuple[Any, ...]) -> str:
    """A path as text: `tools[0].name`, `metadata["odd name"]`."""
    text = ""
    for key in path:
        if isinstance(key, int):
            text += f"[{key}]"
        elif isinstance(key, str) and _NAME.fullmatch(key):
            text += f".{key}" if text else key
        else:
            text += f"[{_quoted(key)}]"
    return text
