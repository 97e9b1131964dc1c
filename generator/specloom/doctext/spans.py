"""Spans: a text in, inline Markdown that shows it as code out.

Promises that it shows as it was, in the cell of a table too, and ends no cell. The text
is one line.
"""

from __future__ import annotations

import re

_TICKS = re.compile("`+")


def code_span(text: str) -> str:
    """A code span outside of tables (CommonMark 0.31, section 6.1)."""
    bare = text.strip(" ")
    if "`" not in text and (bare == text or not bare):
        return f"`{text}`"
    marks = fence(text)
    return f"{marks} {text} {marks}"


def fence(text: str, least: int = 1) -> str:
    """So many backticks, or as many more as nothing in a text is taken for."""
    return "`" * max(least, max(map(len, _TICKS.findall(text)), default=0) + 1)


def cell_spans(text: str) -> str:
    r"""Code in the cell of a table: what stands between pipes, and these as text.

    In code, GFM (section 4.10) asks for a backslash before a pipe, which other readers
    show; before a pipe that is text they all know it.
    """
    if "|" not in text:
        return code_span(text)
    first, *others = text.split("|")
    last = others.pop()
    parts = [_apart(first, first.rstrip(" "))]
    parts += (_apart(part, part.strip(" ")) for part in others)
    return r"\|".join([*parts, _apart(last, last.lstrip(" "))])


def _apart(part: str, inner: str) -> str:
    """Code, with the spaces that part it from a pipe outside."""
    before, _, after = part.partition(inner) if inner else ("", "", part)
    return f"{before}{code_span(inner) if inner else ''}{after}"
