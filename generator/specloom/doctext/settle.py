"""Settling texts: what only the whole description, or a whole text, can say.

In: a block as its lines gave it, and the definitions of all references. Out: the same
with its texts on one line each, references resolved, and HTML as Markdown; a ``<br>``
makes two blocks of it. Tables and quotes keep their lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..values import replace
from .inline import Definitions, normalise
from .lines import FINAL_HASHES, guarded
from .marks import parted, unmarked
from .nodes import Block, Heading, ListItem, Paragraph, Verbatim


def settled(block: Block, definitions: Definitions) -> Iterator[Block]:
    """The block, and paragraphs that follow inside it."""
    match block:
        case Verbatim(lines, "table" | "quote" as kind):
            edited = lines
            if definitions:
                edited = tuple(normalise(line, definitions) for line in edited)
            if kind == "table":
                edited = tuple(map(unmarked, edited))
            yield replace(block, lines=edited)
        case Verbatim():
            yield block
        case Heading():
            text = " ".join(_lines(block.text, definitions))
            yield replace(block, text=FINAL_HASHES.sub(r"\\\g<0>", text))
        case Paragraph(text, indent):
            for line in _lines(text, definitions):
                if line:
                    yield Paragraph(line, indent)
        case ListItem(indent, marker, text):
            first, *others = _lines(text, definitions)
            yield replace(block, text=first)
            for line in others:
                yield Paragraph(line, indent + len(marker) + 1)


def _lines(text: str, definitions: Definitions) -> list[str]:
    return [guarded(line) for line in parted(unmarked(normalise(text, definitions)))]
