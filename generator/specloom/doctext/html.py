"""HTML in descriptions, as the Markdown that says the same.

In: a line, or the parts of a text. Out: a line apart from the tags that make blocks of
it; parts without the tags that mark words as emphasis, code or links.
Promise: linear time. Only the tags listed here count, and most of them only if they
have an end, because a ``<name>`` in a description is often a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial

from ..values import dataclass, replace
from .characters import PUNCTUATION, literal, show_controls, unescaped
from .inline import (
    Autolink,
    CodeSpan,
    Inline,
    Link,
    RawHtml,
    merged,
    scan,
    uri,
    write,
)
from .lines import FENCE, starts_html
from .spans import code_span

LISTS = ("ul", "ol", "dl")
ITEMS = ("li", "dt")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REMARKS = ("note", "important", "warning", "caution", "tip")
"""Of DocBook, which some descriptions were written in before they were HTML."""
_PARAGRAPHS = ("p", "para", "div", "section", "center", "dd")
_MARKS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite", "var", "replaceable"), "*"),
    **dict.fromkeys(("code", "tt", "samp", "kbd"), "`"),
    **dict.fromkeys(("span", "font", "u", "small", "big"), ""),
    **dict.fromkeys(("sub", "sup"), "^"),
    "a": "[",
}
_RAISED = {
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "sup": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
}
_MAX_OPEN = 8  # words marked inside one another, which bounds how often they are read


def _tag(names: Sequence[str]) -> Callable[[], re.Pattern[str]]:
    source = rf"<(/?)({'|'.join(names)})(\s[^<>]*|/)?>"
    return partial(re.compile, source, re.IGNORECASE)


_BLOCK = _tag((*LISTS, *ITEMS, *HEADINGS, *REMARKS, *_PARAGRAPHS, "hr"))
_WORD = _tag((*_MARKS,))
BREAK = _tag(("br",))
_WHOLE = partial(re.compile, r"<(pre|table)(?=[\s>])", re.I)
_ENDS = {name: partial(re.compile, rf"</{name}\s*>", re.I) for name in ("pre", "table")}
_MORE = re.compile(r"[ \t]*(?=\S)").match
# What a block may stand behind: in code or a quote there is none, nor behind a
# backslash. The group is what the text of the line has before it.
_MARGIN = re.compile(
    r"(?! {4,}$)( *(?:[-+*] +|[0-9]{1,9}[.)] +)?)((?:</?)?[^\W\d_].*(?<!\\))?$"
).match
_UNENDED = frozenset(("p", "li", "dt", "dd", "hr"))
"""Tags of blocks that HTML wants no end of."""
_PRE = partial(re.compile, r"<pre(?:\s[^<>]*)?>(.*)</pre\s*>", re.I | re.S)
_HREF = partial(
    re.compile, r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)


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
        margin = _MARGIN(before)
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
    code = _WORD().sub("", BREAK().sub("\n", found[1]))
    text = show_controls(unescaped(code))
    return "\n".join([line.rstrip(" ") for line in text.split("\n")]).strip("\n")


def begins_text(line: str) -> bool:
    """Whether a line's first tag marks words, so that the line is no block of HTML."""
    return any(tag().match(line) for tag in (_WORD, BREAK))


def parted(text: str) -> list[str]:
    """Part a text at its ``<br>``."""
    if "<" not in text or not BREAK().search(text):
        return [text]
    out: list[list[Inline]] = [[]]
    for part in scan(text):
        if isinstance(part, RawHtml) and BREAK().fullmatch(part.source):
            out.append([])
        else:
            out[-1].append(part)
    return [text for parts in out if (text := write(parts).strip(" "))] or [""]


def unmarked(text: str) -> str:
    """Markdown for the tags of a text that mark words, and have both ends."""
    if "<" not in text or not _WORD().search(text):
        return text
    return write(_Marking(scan(text)).parts()).strip(" ")


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag whose end has not come yet, and its place among the parts that leave."""

    name: str
    index: int
    source: str


class _Marking:
    """One pass over the parts of a text, with a stack of what is open."""

    def __init__(self, parts: tuple[Inline, ...]) -> None:
        self.found = parts
        self.out: list[Inline] = []
        self.open: list[_Open] = []

    def parts(self) -> tuple[Inline, ...]:
        for index, part in enumerate(self.found):
            tag = _WORD().fullmatch(part.source) if isinstance(part, RawHtml) else None
            if not tag:
                self.out.append(part)
            elif not tag[1]:
                self.begin(tag[2].lower(), tag)
            elif not self.end(tag[2].lower(), index) and _MARKS[tag[2].lower()]:
                self.out.append(part)
        return merged(self.out)

    def begin(self, name: str, tag: re.Match[str]) -> None:
        """Open a tag, unless it closes itself.

        In other blocks may be the end of one that has attributes and marks nothing.
        """
        if (tag[3] or "").endswith("/"):
            return
        if len(self.open) < _MAX_OPEN:
            self.open.append(_Open(name, len(self.out), tag[0]))
            is_bare = _MARKS[name] or not tag[3]
            self.out.append(RawHtml(tag[0]) if is_bare else "")

    def end(self, name: str, index: int) -> bool:
        """Close the innermost tag of this name, and forget those inside it."""
        if not any(tag.name == name for tag in self.open):
            return False
        while (tag := self.open.pop()).name != name:
            self.out[tag.index] = ""
        inner = merged(self.out[tag.index + 1 :])
        before = write(self.out[tag.index - 1 : tag.index])[-1:] if tag.index else ""
        after = write(self.found[index + 1 : index + 2])[:1]
        del self.out[tag.index :]
        in_code = any(_MARKS[outer.name] == "`" for outer in self.open)
        self.out += inner if in_code else _marked(tag, inner, before, after)
        return True


def _marked(
    tag: _Open, inner: tuple[Inline, ...], before: str, after: str
) -> Iterator[Inline]:
    """Parts that had a tag before and behind them, as Markdown."""
    text = write(inner)
    words = text.strip(" ")
    if text[:1] == " ":
        yield " "
    match _MARKS[tag.name]:
        case "`":
            yield from _code(_plain(inner))
        case "[" if found := _HREF().search(tag.source):
            address = found[1] or found[2] or found[3] or ""
            yield from _link(words, uri(address.strip(" ")))
        case "*" | "**" as mark if words and _can_stress(words, before, after):
            yield f"{mark}"
            yield from scan(words)
            yield f"{mark}"
        case "^" if not _RAISED[tag.name].keys() >= {*map(ord, words)}:
            yield RawHtml(tag.source)
            yield from inner
            yield RawHtml(f"</{tag.name}>")
        case "^":
            yield words.translate(_RAISED[tag.name])
        case _:
            yield from scan(words)
    if text[-1:] == " " and words:
        yield " "


def _plain(parts: tuple[Inline, ...]) -> str:
    """What a reader sees of parts: text without escapes, code without backticks."""
    return write(
        parts,
        lambda text: re.sub(rf"\\({PUNCTUATION})", r"\1", text),
        lambda source: source.strip("`").strip(" "),
    )


def _code(text: str) -> Iterator[Inline]:
    """A code span of a text, if there is something in it."""
    if code := " ".join(text.split()):
        yield CodeSpan(code_span(code))


def _link(label: str, address: str) -> Iterator[Inline]:
    """A link, or its words alone where there is no address, or a link among them."""
    parts = scan(label)
    if not address or any(isinstance(part, Link | Autolink) for part in parts):
        yield from parts
    elif parts:
        bare = (
            re.sub(r"(\\.)|([\[\]])", _escaped_bracket, part)
            if isinstance(part, str)
            else part
            for part in parts
        )
        yield Link(False, tuple(bare), address, "")


def _escaped_bracket(found: re.Match[str]) -> str:
    return found[1] or literal(found[2])


def _can_stress(words: str, before: str, after: str) -> bool:
    """Whether asterisks around words are read as emphasis (CommonMark, section 6.2).

    Punctuation at their edge wants no letter on the other side; and an asterisk would
    be taken for one of ours.
    """
    return (
        "*" not in words + before + after
        and (words[0].isalnum() or not before.isalnum())
        and (words[-1].isalnum() or not after.isalnum())
    )
