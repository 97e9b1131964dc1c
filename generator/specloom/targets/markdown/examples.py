"""Markdown's examples: the values that the spec gives, laid out as JSON.

Enters: JSON. Leaves: encoded lines for a code block. Promises: they say the value to
the letter.
"""

from __future__ import annotations

import json

from ...code import Code
from ...ir import Json

_WIDTH = 60


def json_text(value: Json) -> Code:
    """JSON in lines, what fits on one being on one; what cannot be seen is escaped."""
    return Code("".join(map(_visible, _laid_out(value, ""))))


def _laid_out(value: Json, margin: str) -> str:
    """A value whose first line begins behind ``margin`` and something."""
    flat = _flat(value)
    if len(margin) + len(flat) <= _WIDTH or not value:
        return flat
    inner = f"{margin}  "
    match value:
        case dict():
            lines = [
                f"{inner}{_flat(key)}: {_laid_out(item, inner)}"
                for key, item in value.items()
            ]
            return "{\n" + ",\n".join(lines) + f"\n{margin}}}"
        case list():
            lines = [f"{inner}{_laid_out(item, inner)}" for item in value]
            return "[\n" + ",\n".join(lines) + f"\n{margin}]"
        case _:
            return flat


def _flat(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _visible(char: str) -> str:
    if char.isprintable() or char == "\n":
        return char
    return json.dumps(char).strip('"')
