"""HTML that marks words, as the Markdown that says the same.

In: a text. Out: it without the tags that mark words as emphasis, code or links, and
with images; or its parts between line breaks.
Promise: linear time. Only the tags listed here count, and most of them only if they
have an end, because a ``<name>`` in a description is often a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..values import dataclass
from .characters import PUNCTUATION, literal, unescaped
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
from .spans import code_span

_MARKS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite", "var", "replaceable"), "*"),
    **dict.fromkeys(("code", "tt", "samp", "kbd"), "`"),
    **dict.fromkeys(("span", "font", "u", "small", "big", "fullname"), ""),
    **dict.fromkeys(("sub", "sup"), "^"),
    "a": "[",
    "img": "!",
}
_RAISED = {
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "sup": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
}
_MAX_OPEN = 8  # words marked inside one another, which bounds how often they are read


def tags(names: Sequence[str]) -> Callable[[], re.Pattern[str]]:
    """A pattern of the tags with these names: what ends one, its name, and the rest.

    It is compiled when it is first asked for: most descriptions have no HTML.
    """
    source = rf"<(/?)({'|'.join(names)})(\s[^<>]*|/)?>"
    return partial(re.compile, source, re.IGNORECASE)


WORD = tags((*_MARKS,))
BREAK = tags(("br",))
_ATTRIBUTES = {
    name: partial(
        re.compile, rf"\s{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I
    )
    for name in ("href", "src", "alt")
}


def begins_text(line: str) -> bool:
    """Whether a line's first tag marks words, so that the line is no block of HTML."""
    return any(tag().match(line) for tag in (WORD, BREAK))


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
    if "<" not in text or not WORD().search(text):
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
            tag = WORD().fullmatch(part.source) if isinstance(part, RawHtml) else None
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
        if name == "img":
            self.out.append(_image(tag[0]))
        elif not (tag[3] or "").endswith("/") and len(self.open) < _MAX_OPEN:
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
        case "[":
            yield from _link(words, uri(_attribute(tag.source, "href")))
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


def _attribute(source: str, name: str) -> str:
    """What a tag says for an attribute, as it is written; often nothing."""
    found = _ATTRIBUTES[name]().search(source)
    return (found[1] or found[2] or found[3] or "").strip(" ") if found else ""


def _image(source: str) -> Inline:
    """An image, or what it shows in words; the tag if there is neither of them."""
    words = " ".join(unescaped(_attribute(source, "alt")).split())
    label, address = literal(words), uri(_attribute(source, "src"))
    if not words and not address.startswith("http"):
        return RawHtml(source)
    return Link(True, (label,), address, "") if address else label


def _link(label: str, address: str) -> Iterator[Inline]:
    """A link, or its words alone where there is no address, or a link among them."""
    parts = scan(label)
    linked = any(
        isinstance(part, Autolink) or (isinstance(part, Link) and not part.image)
        for part in parts
    )
    if not address or linked:
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
