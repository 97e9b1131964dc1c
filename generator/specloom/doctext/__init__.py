"""Descriptions: CommonMark read once, laid out for comments, table cells and pages.

In: a description as its author left it, untrusted.
Out: lines, or one line, of tidy Markdown. What a comment or page must not contain in
one particular language is that target's business.
Promise: linear time, no errors; the same blocks come out as went in, and code is never
touched. In cells and pages HTML, braces and links of unknown schemes are inert.

Control characters other than line breaks and tabs become ``U+202E`` text everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ..values import replace
from .inline import REMEMBERED, normalise, scan, write
from .lines import guarded, split_row
from .nodes import Block, Heading, Kind, ListItem, Paragraph, Verbatim
from .reader import blocks
from .rewrite import neutralise, resolve, unbreakable

__all__ = [
    "Block",
    "Heading",
    "Kind",
    "ListItem",
    "Paragraph",
    "Verbatim",
    "blocks",
    "cell",
    "page_text",
    "reflow",
    "resolve_links",
    "summary",
]

_MIN_WIDTH = 20  # of the text in deeply nested items
_MAX_QUOTES = 8  # one in another; what is deeper is text

# Spaces before words that would start a block, or underline a heading, if a line began
# with them; and behind a backslash, which before a line's end is a line break.
_OPENING = re.compile(
    r" (?:(?<=\\ )|(?=(?:[-+*_=:|]+|#{1,6}|[0-9]{1,9}[.)]|</?[A-Za-z][\w-]*)(?: |\Z)"
    r"|>|```|~~~|</?[A-Za-z][\w-]*[/>]|<[!?]))"
)

# First words that would be a block of their own if they alone were the first line.
_HOLDS_FIRST = re.compile(r"([-*_]{3,}|<[^ ]*) ")

_SENTENCE_END = re.compile(r"[.!?][)\"'*_\u2019\u201d]*(?= +(?:[^\sa-z]|$))")
# What people write for a heading: strong emphasis that ends like no sentence.
_STRONG = re.compile(r"(\*\*|__)(?!\s)[^*_`]*[^*_`\s.!?]\1:?")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|approx|resp|No|Fig|Dr|Mrs?|Ms|St|[A-Z]))\.$"
)


@lru_cache(REMEMBERED)
def summary(markdown: str) -> str:
    """The first sentence of a description, as one line of inline Markdown.

    It is taken from the first paragraph or list item, or else from the first heading;
    the empty string if there is none.
    """
    found = [block for block in blocks(markdown) if not isinstance(block, Verbatim)]
    found.sort(key=_is_heading)
    texts = [block.text for block in found if block.text]
    parts = scan(texts[0] if texts else "")
    for index, part in enumerate(parts):
        if isinstance(part, str):
            for end in _SENTENCE_END.finditer(part):
                stop = end.start() + 1
                if not _ABBREVIATION.search(part, max(0, stop - 8), stop):
                    return write([*parts[:index], part[: end.end()]])
    return write(parts)


def _is_heading(block: Block) -> bool:
    """Whether it is a heading, be it one that is only emphasised."""
    if isinstance(block, Paragraph):
        return _STRONG.fullmatch(block.text) is not None
    return isinstance(block, Heading)


@lru_cache(REMEMBERED)
def reflow(markdown: str, width: int) -> tuple[str, ...]:
    """Lay a description out in lines of at most ``width`` characters.

    Paragraphs are wrapped, list items with a hanging indent; verbatim lines stay as
    they are. Longer than the width are only those, headings, and words that can't be
    broken: a code span, a link's address, or what must not start a line.
    """
    return tuple(_lay_out(blocks(markdown), width))


@lru_cache(REMEMBERED)
def resolve_links(markdown: str, base_url: str | None) -> str:
    """Settle the links and images of a description that may stand on any page.

    ``http``, ``https`` and ``mailto`` links stay. Root-relative ones (``/docs/x``) are
    put behind ``base_url``, whole, if there is one. Any other becomes its text, since
    nothing says that its page exists. Returns Markdown with a paragraph a line.
    """
    if "[" not in markdown and "<" not in markdown:
        return markdown
    found = _edited(markdown, lambda text: resolve(text, base_url))
    return "\n".join(_lay_out(found, None))


@lru_cache(REMEMBERED)
def cell(markdown: str) -> tuple[str, bool]:
    """Put a description in one cell of a table (GFM section 4.10).

    Returns:
        Inline Markdown on one line, paragraphs and list items joined with ``<br/>``;
        and whether that is all. If not, the text ends before the first heading, table,
        quote, HTML or code block, none of which a cell can hold.
    """
    lines: list[str] = []
    for block in blocks(markdown):
        match block:
            case Paragraph(text):
                lines.append(neutralise(text, in_cell=True))
            case ListItem(_, marker, text):
                lines.append(f"{marker} {neutralise(text, in_cell=True)}".rstrip(" "))
            case Verbatim(_, "rule"):
                pass
            case Verbatim() | Heading():
                return "<br/>".join(lines), False
    return "<br/>".join(lines), True


@lru_cache(REMEMBERED)
def page_text(markdown: str) -> tuple[str, ...]:
    """Lay a description out as part of the body of a Markdown page.

    Each paragraph is one line. Headings go two levels down, below those of the page;
    an HTML block becomes a paragraph.
    """
    return tuple(_lay_out(_edited(markdown, neutralise, _for_page), None))


def _for_page(block: Block) -> Block:
    match block:
        case Heading(level):
            return replace(block, level=min(level + 2, 6))
        case Verbatim(lines, "html", indent):
            return Paragraph(
                normalise(" ".join(line.strip(" ") for line in lines if line)), indent
            )
        case Verbatim((opening, *others), "fence"):
            # Some readers look for tables before fences.
            return replace(block, lines=(opening.replace("|", ""), *others))
        case _:
            return block


def _edited(
    markdown: str,
    edit: Callable[[str], str],
    adapt: Callable[[Block], Block] = lambda block: block,
    quotes: int = _MAX_QUOTES,
) -> Iterator[Block]:
    """Blocks, each adapted first and then its inline text edited, in quotes too."""
    for block in map(adapt, blocks(markdown)):
        match block:
            case Verbatim(lines, "table"):
                rows = ("|".join(map(edit, split_row(line))) for line in lines)
                yield replace(block, lines=tuple(rows))
            case Verbatim(lines, "quote", indent) if quotes == 0:
                yield Paragraph("\\" + edit(" ".join(lines)), indent)
            case Verbatim(lines, "quote"):
                inner = "\n".join(line[1:].removeprefix(" ") for line in lines)
                found = _lay_out(_edited(inner, edit, adapt, quotes - 1), None)
                quoted = tuple(f"> {line}".rstrip(" ") for line in found)
                yield replace(block, lines=quoted or (">",))
            case Verbatim():
                yield block
            case Heading():
                yield replace(block, text=edit(block.text).strip(" "))
            # A link at the start that became its text may look like a block.
            case ListItem(indent, marker, text):
                yield ListItem(indent, marker, guarded(edit(text).strip(" ")))
            case Paragraph(text, indent):
                if edited := guarded(edit(text).strip(" ")):
                    yield Paragraph(edited, indent)


def _lay_out(found: Iterable[Block], width: int | None) -> Iterator[str]:
    """The lines of blocks; without a width each text is one line."""
    last: Block | None = None
    for block in found:
        if last and not _is_tight(last, block):
            yield ""
        margin = " " * block.indent
        match block:
            case Paragraph(text):
                yield from _wrapped(text, margin, margin, width)
            case ListItem(_, marker, text):
                margin += f"{marker} "
                yield from _wrapped(text, margin, " " * len(margin), width)
            case Heading(level, text):
                yield f"{margin}{'#' * level} {text}".rstrip(" ")
            case Verbatim(lines):
                yield from (f"{margin}{line}" if line else "" for line in lines)
        last = block


def _is_tight(last: Block, block: Block) -> bool:
    """Whether no blank line stands between two blocks.

    There is none between items of lists, except before a nested item that would not
    end its parent's paragraph, and none below a marker that stands alone.
    """
    if not isinstance(last, ListItem):
        return False
    nested = block.indent > last.indent
    if not isinstance(block, ListItem):
        return nested and not last.text
    interrupts = bool(block.text) and block.marker[:-1] in ("", "1")
    return interrupts or not nested or not last.text


def _wrapped(text: str, first: str, rest: str, width: int | None) -> Iterator[str]:
    """Wrap a text behind the margin of its first and of its other lines."""
    if width is None or len(first) + len(text) <= width:
        yield f"{first}{text}".rstrip(" ")
        return
    room = max(width - len(rest), min(width, _MIN_WIDTH))
    held = _held(text)
    margin, start = first, 0
    while len(held) - start > room:
        end = held.rfind(" ", start, start + room + 1)
        if end < 0:  # a word that is longer than a line
            end = held.find(" ", start + room)
        if end < 0:
            break
        yield margin + held[start:end].replace("\0", " ")
        margin, start = rest, end + 1
    yield margin + held[start:].replace("\0", " ")


def _held(text: str) -> str:
    """A text with NULs for the spaces where no line may end.

    No text has a NUL: `show_controls` has seen to it.
    """
    held = unbreakable(text)
    if first := _HOLDS_FIRST.match(held):
        held = f"{first[1]}\0{held[first.end() :]}"
    return _OPENING.sub("\0", held)
