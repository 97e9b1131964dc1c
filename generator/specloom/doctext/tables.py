"""Tables of HTML, as the rows of Markdown that say the same.

In: the HTML of one table. Out: the lines of a table (GFM 4.10), or None for what they
cannot say.
Promise: linear time; a cell is one line, and nothing in it ends it.
"""

from __future__ import annotations

import re
from functools import partial

from .inline import normalise
from .lines import split_row
from .marks import BREAK, unmarked

_TABLE = partial(re.compile, r"<table(?:\s[^<>]*)?>(.*)</table\s*>", re.I | re.S)
_ROW = partial(re.compile, r"<tr(?:\s[^<>]*)?>", re.I)
_CELL = partial(re.compile, r"<t[hd](?:\s[^<>]*)?>", re.I)
_HEADER = partial(re.compile, r"<th(?:\s[^<>]*)?>", re.I)
_PARTS = partial(
    re.compile,
    r"</?(?:t(?:r|h|d|head|body|foot)|colgroup|col|p)(?:\s[^<>]*|/)?>",
    re.I,
)
_OTHER = partial(re.compile, r"<(?:table|ul|ol|dl|pre|caption|div)\b", re.I)


def rows(html: str) -> list[str] | None:
    """The lines of a table, if a block of HTML is one, its cells without blocks."""
    found = _TABLE().fullmatch(html)
    if not found or _OTHER().search(found[1]):
        return None
    before, *parts = _ROW().split(found[1])
    parts = [part for part in parts if _CELL().search(part)]
    table = [[_cell(cell) for cell in _CELL().split(part)[1:]] for part in parts]
    if not table or _PARTS().sub("", before).strip():
        return None
    columns = max(map(len, table))
    if not _HEADER().search(parts[0]):
        table.insert(0, [])  # Markdown has no table without a header
    table.insert(1, ["---"] * columns)
    return [_row(row + [""] * (columns - len(row))) for row in table]


def _cell(html: str) -> str:
    text = BREAK().sub(" ", _PARTS().sub(" ", html))
    return "\\|".join(split_row(unmarked(normalise(text).strip(" "))))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
