"""Markdown's examples: the values that the spec gives, in JSON and in the language.

Enters: a declaration with examples of the spec. Leaves: fenced blocks. Promises: what
is shown in JSON is the example to the letter.
"""

from __future__ import annotations

import json

from ..code import Code
from ..ir import Decl, Json
from ..target import Speller
from .markdown_text import fenced

_MOST = 3


def examples(speller: Speller, fence: str, decl: Decl) -> tuple[Code, ...]:
    """The blocks of a declaration's examples."""
    return tuple(
        fenced("json", json_text(value)) for value in decl.docs.examples[:_MOST]
    )


def json_text(value: Json) -> Code:
    """JSON in lines, with what cannot be seen escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return Code("".join(map(_visible, text)))


def _visible(char: str) -> str:
    if char.isprintable() or char == "\n":
        return char
    return json.dumps(char).strip('"')
