"""TSDoc comments: what the spec says to people, in the comments of TypeScript.

Enters: documentation, types, defaults. Leaves: comments. Promises: no
text ends its comment, starts a tag (``@x``, ``{@x}``) or hides a character; Markdown
stays Markdown, since editors render it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ...code import Code, join
from ...doctext import reflow, resolve_links
from ...doctext.characters import show_controls
from ...doctext.spans import code_span
from ...ir import MISSING, Docs, Json, Missing
from ..columns import width
from ..wording import occasions
from . import literals
from .layout import NOTHING, WIDTH

# Where compilers and TSDoc see a tag, even in code spans and fences.
_TAG = re.compile(r"(?<![^\s{}()*\"'`,;:])@")

_REMEMBERED = 1 << 13
"""Comments that are remembered: properties of one name are often said to be alike."""


def line_comment(text: str) -> Code:
    """A ``//`` comment of one line that asks nothing of the compiler."""
    return Code(f"// {_untagged(show_controls(' '.join(text.split())))}")


@lru_cache
def comment(text: str, indent: str = "") -> Code:
    """A TSDoc comment of one sentence, on one line if it fits.

    The first line comes without its indentation.
    """
    lines = reflow(text, WIDTH - len(indent) - len(" * "))
    return _comment([_safe(line) for line in lines], indent)


def _comment(lines: Sequence[str], indent: str) -> Code:
    if not lines:
        return NOTHING
    if len(lines) == 1 and width(f"{indent}/** {lines[0]} */") <= WIDTH:
        return Code(f"/** {lines[0]} */")
    inner = (f" * {line}".rstrip() for line in lines)
    return join(f"\n{indent}", ("/**", *inner, " */"))


def _safe(text: str) -> str:
    return _untagged(text.replace("*/", "*\\/"))


def _untagged(text: str) -> str:
    if "@" not in text:
        return text
    # The compiler's `stripInternal` looks for these letters, wherever they stand.
    return _TAG.sub(r"\\@", text).replace("@internal", "@ internal")


def documented(
    about: str,
    docs: Docs,
    rules: Iterable[str],
    default: Json | Missing,
    base_url: str | None,
    indent: str,
) -> Code:
    """The comment of a type or property: what it is about, its rules, its tags.

    It is empty where there is nothing to say; indentation as in :func:`comment`.
    """
    asked = " ".join([*rules, *occasions(docs)])
    return _documented(about, asked, (*_tags(docs, default),), base_url, indent)


@lru_cache(_REMEMBERED)
def _documented(
    about: str, asked: str, tags: tuple[str, ...], base_url: str | None, indent: str
) -> Code:
    room = WIDTH - len(indent) - len(" * ")
    lines: list[str] = []
    for text in (resolve_links(about, base_url), asked):
        if text and (block := reflow(text, room)):
            lines += ("", *map(_safe, block))
    lines += ("", *tags) if tags else ()
    return _comment(lines[1:], indent)


def _tags(docs: Docs, default: Json | Missing) -> Iterator[str]:
    if default is not MISSING:
        yield f"@defaultValue {_safe(code_span(literals.literal(default)))}"
    if docs.since:
        yield f"@since {_safe(show_controls(' '.join(docs.since.split())))}"
    if docs.deprecated:
        yield "@deprecated"
