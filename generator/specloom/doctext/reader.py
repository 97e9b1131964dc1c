"""Reading CommonMark by its lines: which block each line of a description is in.

In: a description as its author left it: hard-wrapped, indented, with any line breaks.
Out: a flat tuple of blocks, each with the column it stands in.
Promise: linear time; a block's text is one line of valid inline Markdown, and no text
starts with something that would make it another kind of block.

This reads what descriptions use, after CommonMark 0.31 section 4 and 5 and the tables
of GFM 4.10. Lists may nest ``_MAX_DEPTH`` deep; the inside of quotes, tables and code
is kept as lines, and so is HTML, but for the tags that ``html.py`` lists: they are read
as the Markdown that they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..values import dataclass, replace
from .html import (
    HEADINGS,
    ITEMS,
    LISTS,
    REMARKS,
    Tag,
    apart,
    ended,
    holds_tags,
    pieces,
    whole,
)
from .inline import REMEMBERED, definition, normalise, reference_key
from .lines import (
    CLOSING_HASHES,
    DELIMITER_ROW,
    FENCE,
    HEADING,
    ITEM,
    UNDERLINE,
    clean_lines,
    guarded,
    is_lone_tag,
    is_rule,
    row_width,
    starts_html,
    undented,
)
from .marks import begins_text, parted
from .nodes import Block, Heading, Kind, ListItem, Paragraph, Verbatim
from .settle import settled
from .verbatim import Open

_MAX_DEPTH = 16  # of lists: keeps indentation, and so the output, linear in the input


@lru_cache(REMEMBERED)
def blocks(markdown: str) -> tuple[Block, ...]:
    """Read a description. Any text is one: there are no errors in Markdown."""
    text = markdown.rstrip(" \n")
    if text[:1].isalpha() and text.isascii() and text.isprintable() and "<" not in text:
        return (Paragraph(normalise(text)),)  # most are one line that starts no block
    tags = ended(markdown)
    found = _read(apart(clean_lines(markdown)), tags)
    match found:
        case (Verbatim(lines, "indented"),):
            # Nobody describes something by code alone: it was the margin of a comment.
            return _read(undented(lines), tags)
        case _:
            return found


def _read(lines: Iterable[str], tags: frozenset[str]) -> tuple[Block, ...]:
    reader = _Reader(tags)
    for line in lines:
        reader.line(line)
    return reader.finish()


@dataclass(slots=True)
class _HtmlList:
    """A list of HTML whose end has not come yet."""

    ordered: bool
    depth: int
    """How many lists it is in."""
    items: int = 0


class _Reader:
    """What is open while lines come in, and the blocks read, their text still raw."""

    def __init__(self, ended: frozenset[str]) -> None:
        self.ended = ended  # tags of HTML that count
        self.blocks: list[Block] = []
        self.definitions: dict[str, tuple[str, str]] = {}
        self.containers: list[tuple[int, int]] = []  # columns: in the source, in ours
        self.paragraph: list[str] = []
        self.verbatim: Open | None = None
        self.fresh = False  # the last block is an item that has nothing in it yet
        self.lists: list[_HtmlList] = []
        self.within = False  # a block of HTML: how far it is indented says nothing

    def finish(self) -> tuple[Block, ...]:
        """Close what is open and settle all texts."""
        if self.verbatim:
            self.shut(self.verbatim)
        self.close(0)
        # References may point forward, so texts could not be settled before.
        return tuple(
            each for block in self.blocks for each in settled(block, self.definitions)
        )

    def line(self, line: str) -> None:
        """Take the next line."""
        rest = line.lstrip(" ")
        column = len(line) - len(rest)
        if self.verbatim and self.continues(self.verbatim, line, column):
            return
        if not rest:
            self.flush()
            if self.fresh and not self.lists:
                # An item that starts with a blank line ends there.
                self.close(len(self.containers) - 1)
            return
        depth = sum(source <= column for source, _ in self.containers)
        if self.lists:
            depth = min(self.lists[-1].depth + 1, len(self.containers))
        if self.within:
            column = self.base(depth)
        while opened := self.item(rest, column, depth):
            rest, column = opened
            if not rest:
                return
            depth = len(self.containers)
        if column - self.base(depth) < 4:
            is_kept = holds_tags(rest)
        else:
            is_kept = not self.paragraph and rest[0] != "<"
        text, others = (rest, []) if is_kept else pieces(rest, self.ended)
        if text:
            self.leaf(text, column, depth)
        elif not self.lists:
            self.close(depth)
        for piece in others:
            if isinstance(piece, Tag):
                self.tag(piece)
            elif piece:
                is_inside = self.paragraph or begins_text(piece)
                self.paragraph.append(piece if is_inside else guarded(piece))

    def tag(self, tag: Tag) -> None:
        """Begin or end a block of HTML."""
        if tag.name in LISTS:
            self.flush()
            if not tag.ends:
                ordered = tag.name == "ol"
                self.lists.append(_HtmlList(ordered, len(self.containers)))
            elif self.lists:
                self.close(self.lists.pop().depth)
        elif tag.name in ITEMS and self.lists and not tag.ends:
            self.close(self.lists[-1].depth)
            self.begin_item(self.lists[-1])
        elif tag.name in HEADINGS and tag.ends and (text := self.take_paragraph()):
            level = HEADINGS.index(tag.name) + 1
            self.add(Heading(level, text, self.indent()))
        else:
            self.flush()
            if tag.name == "hr":
                self.add(Verbatim(("---",), "rule", self.indent()))
            elif tag.name in REMARKS and not tag.ends:
                self.paragraph.append(f"**{tag.name.capitalize()}**")
                self.flush()
        self.within = not tag.ends or bool(self.lists)

    def begin_item(self, its: _HtmlList) -> None:
        """Open an item of a list of HTML, if lists are not too deep already."""
        if its.depth >= _MAX_DEPTH:
            return
        its.items += 1
        marker = f"{its.items}." if its.ordered else "-"
        indent = self.indent()
        self.blocks.append(ListItem(indent, marker, ""))
        self.fresh = True
        self.containers.append((self.base(its.depth) + 2, indent + len(marker) + 1))

    def item(self, rest: str, column: int, depth: int) -> tuple[str, int] | None:
        """Open a list item if one starts here; return the rest and where it stands."""
        found = ITEM.match(rest)
        if (
            not found
            or depth == _MAX_DEPTH
            or column - self.base(depth) >= 4
            or is_rule(rest)
        ):
            return None
        marker, space = found.groups()
        rest = rest[found.end() :]
        inside_paragraph = self.paragraph and depth == len(self.containers)
        if inside_paragraph and not (rest and marker[:-1] in ("", "1")):
            return None
        self.close(depth)
        indent = self.indent()
        self.blocks.append(ListItem(indent, marker, ""))
        self.fresh = True
        width = len(marker) + (len(space) if rest and len(space) <= 4 else 1)
        self.containers.append((column + width, indent + len(marker) + 1))
        return rest, column + len(marker) + len(space)

    def leaf(self, rest: str, column: int, depth: int) -> None:
        """Take a line without its list markers."""
        inner = column - self.base(depth)
        if inner >= 4 and not self.paragraph:
            self.start("indented", " " * inner + rest, depth)
        elif inner >= 4 or rest[0].isalpha() or not self.block(rest, inner, depth):
            # Text continues a paragraph from wherever it stands (lazy continuation).
            if not self.paragraph:
                self.close(depth)
            self.paragraph.append(rest)

    def block(self, rest: str, inner: int, depth: int) -> bool:
        """Start the block that this line starts, if it does."""
        continues = bool(self.paragraph) and depth == len(self.containers)
        is_html, end = starts_html(rest)
        end = end or whole(rest, self.ended)
        if found := HEADING.match(rest):
            self.close(depth)
            text = CLOSING_HASHES.sub("", rest[found.end() :])
            self.add(Heading(len(found[1]), text, self.indent()))
        elif found := FENCE.match(rest):
            marks = found[1] or found[2]
            end = re.compile(f"^ {{0,3}}{marks[0]}{{{len(marks)},}}$")
            self.start("fence", " " * inner + rest, depth, end)
        elif rest[0] == ">":
            self.start("quote", rest, depth)
        elif continues and UNDERLINE.match(rest):
            if text := self.take_paragraph():
                self.add(Heading(1 if rest[0] == "=" else 2, text, self.indent()))
            else:  # there were definitions only
                self.paragraph.append(rest)
        elif is_rule(rest):
            self.close(depth)
            self.add(Verbatim(("---",), "rule", self.indent()))
        elif (
            continues
            and "|" in rest
            and DELIMITER_ROW.match(rest)
            and row_width(self.paragraph[-1]) == row_width(rest)
        ):
            header = self.paragraph.pop()
            self.start("table", header, depth).lines.append(rest)
        elif is_html or (
            not self.paragraph and is_lone_tag(rest) and not begins_text(rest)
        ):
            started = self.start("html", " " * inner + rest, depth, end)
            if end and end.search(rest):
                self.shut(started)
        else:
            return False
        return True

    def start(
        self, kind: Kind, line: str, depth: int, end: re.Pattern[str] | None = None
    ) -> Open:
        self.close(depth)
        self.verbatim = Open(kind, [line], self.base(depth), end)
        return self.verbatim

    def continues(self, block: Open, line: str, column: int) -> bool:
        """Take a line that belongs to the open verbatim block, or end the block."""
        belongs = block.take(line, column)
        if block.is_over:
            self.shut(block)
        return belongs

    def shut(self, block: Open) -> None:
        """Add a verbatim block that has ended."""
        self.verbatim = None
        self.add(block.finished(self.indent()))

    def flush(self) -> None:
        """End the open paragraph."""
        if (text := self.take_paragraph()) and parted(text) != [""]:
            last = self.blocks[-1] if self.fresh else None
            if isinstance(last, ListItem):
                self.blocks[-1] = replace(last, text=text)
                self.fresh = False
            else:
                self.add(Paragraph(text, self.indent()))

    def take_paragraph(self) -> str:
        """Lines of the open paragraph, after the definitions at its start."""
        text, offset = "\n".join(self.paragraph), 0
        self.paragraph.clear()
        while found := definition(text, offset):
            label, bracketed, bare, title = found.groups("")
            target = bracketed or bare, title
            self.definitions.setdefault(reference_key(label), target)
            offset = found.end()
        return text[offset:]

    def close(self, depth: int) -> None:
        """End the open paragraph and all but so many lists."""
        self.flush()
        if depth < len(self.containers):
            del self.containers[depth:]
            self.fresh = False

    def add(self, block: Block) -> None:
        self.blocks.append(block)
        self.fresh = False

    def base(self, depth: int) -> int:
        """Column in the source where the content of so many lists starts."""
        return self.containers[depth - 1][0] if depth else 0

    def indent(self) -> int:
        """Column in our blocks where the content of the open lists starts."""
        return self.containers[-1][1] if self.containers else 0
