"""HTML that makes blocks, as the Markdown that says the same.

In: a line. Out: it apart from the tags that make blocks of it.
Promise: linear time. Only the tags listed here count, and most of them only if they
have an end, because a ``<name>`` in a description is often a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import partial

from ..values import dataclass, replace
from .characters import show_controls, unescaped
from .inline import Inline, Link, RawHtml, scan, write
from .lines import FENCE, starts_html
from .marks import BREAK, WORD, tags

LISTS = ("ul", "ol", "dl")
ITEMS = ("li", "dt")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REMARKS = ("note", "important", "warning", "caution", "tip")
"""Of DocBook, which some descriptions were written in before they were HTML."""
_PARAGRAPHS = ("p", "para", "div", "section", "center", "dd")
_BLOCK = tags((*LISTS, *ITEMS, *HEADINGS, *REMARKS, *_PARAGRAPHS, "hr"))
_WHOLE = partial(re.compile, r"<(pre|table)(?=[\s>])", re.I)
_ENDS = {name: partial(re.compile, rf"</{name}\s*>", re.I) for name in ("pre", "table")}
_MORE = re.compile(r"[ \t]*(?=\S)").match
# What a block may stand behind: in code or a quote there is none, nor behind a
# backslash. The group is what the text of the line has before it.
_MARGIN = partial(
    re.compile,
    r"(?! {4,}$)( *(?:[-+*] +|[0-9]{1,9}[.)] +)?)((?:</?)?[^\W\d_].*(?<!\\))?$",
)
_UNENDED = frozenset(("p", "li", "dt", "dd", "hr"))
"""Tags of blocks that HTML wants no end of."""
_PRE = partial(re.compile, r"<pre(?:\s[^<>]*)?>(.*)</pre\s*>", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that begins or ends a block; its name is in lower case."""

    name: str
    ends: bool


def ended(markdown: str) -> frozenset[str]:
    """The tags of blocks that count in a text: those that have an end or need none."""
    if "</" not in markdown:
        return _UNENDED
    return _UNENDED.union(
        (tag[2].lower() for tag in _BLOCK().finditer(markdown) if tag[1]),
        (name for name, end in _ENDS.items() if end().search(markdown)),
    )


def pieces(line: str, counting: Container[str]) -> tuple[str, list[str | Tag]]:
    """Part a line at the tags of blocks that no code span holds; most lines have none.

    Returns the text before the first tag, and what follows: tags, and texts between.
    """
    if "<" not in line or not _has_block(line, counting):
        return line, []
    texts: list[list[Inline]] = [[]]
    tags: list[Tag] = []
    for part in _opened(scan(line), counting):
        tag = _BLOCK().fullmatch(part.source) if isinstance(part, RawHtml) else None
        if tag and tag[2].lower() in counting:
            tags.append(Tag(tag[2].lower(), bool(tag[1])))
            texts.append([])
        else:
            texts[-1].append(part)
    first, *others = (write(parts).strip(" ") for parts in texts)
    return first, [piece for pair in zip(tags, others, strict=True) for piece in pair]


def _has_block(text: str, counting: Container[str]) -> bool:
    """Whether there is a tag that counts in a text, be it in a code span."""
    return any(tag[2].lower() in counting for tag in _BLOCK().finditer(text))


def _opened(parts: Iterable[Inline], counting: Container[str]) -> Iterator[Inline]:
    """Parts without the links that a block begins or ends in: it ends them."""
    for part in parts:
        if isinstance(part, Link) and _has_block(write(part.label), counting):
            yield "![" if part.image else "["
            yield from _opened(part.label, counting)
            yield write([replace(part, image=False, label=())]).removeprefix("[")
        else:
            yield part


def apart(lines: Iterable[str]) -> list[str]:
    """Lines of which code and tables, if they have an end, have some of their own.

    A text with code of Markdown, which may hold tags, stays as it is.
    """
    lines = list(lines)
    markdown = "\n".join(lines)
    if "</" not in markdown or "`" in markdown or "~~~" in markdown:
        return lines
    out: list[str] = []
    at = 0
    while found := _WHOLE().search(markdown, at):
        ends = _ENDS[found[1].lower()]().search(markdown, found.end())
        if not ends:
            break
        begins = markdown.rfind("\n", at, found.start()) + 1 or at
        before = markdown[begins : found.start()]
        block = markdown[found.start() : ends.end()]
        margin = _MARGIN().match(before)
        pad = " " * len(margin[1]) if margin else ""
        if margin and margin[2]:
            out += [markdown[at:begins], before.rstrip(" "), "\n\n", pad]
            at = found.start()
            block = _indented(block, pad)
        out += [markdown[at : found.start()], block]
        at = ends.end()
        if margin and (more := _MORE(markdown, at)):
            out += ["\n\n", pad]
            at = more.end()
    return "".join([*out, markdown[at:]]).split("\n")


def _indented(block: str, pad: str) -> str:
    """A block whose lines stand at least as far right as what they are in."""
    lines = block.split("\n")
    if all(line.startswith(pad) for line in lines[1:] if line.strip()):
        return block
    return f"\n{pad}".join(lines)


def whole(line: str, counting: Container[str]) -> re.Pattern[str] | None:
    """What ends the table that begins a line, if anything does."""
    found = _WHOLE().match(line)
    name = found[1].lower() if found else ""
    return _ENDS[name]() if name in counting else None


def holds_tags(line: str) -> bool:
    """Whether a line begins a fence, a quote or other HTML, which is kept as lines."""
    is_other = starts_html(line)[0] and not _BLOCK().match(line)
    return line[0] == ">" or is_other or FENCE.match(line) is not None


def preformatted(html: str) -> str | None:
    """The code in a ``<pre>``, if a block of HTML is one and nothing else."""
    if not (found := _PRE().fullmatch(html)):
        return None
    code = WORD().sub("", BREAK().sub("\n", found[1]))
    text = show_controls(unescaped(code))
    return "\n".join([line.rstrip(" ") for line in text.split("\n")]).strip("\n")
