"""Markdown's encoders: text of a spec becomes parts of a page, and nothing more.

Enters: untrusted text, or type expressions of a language. Leaves: :class:`code.Code`
that a page, or a cell of a table (GFM section 4.10), can hold. Promises: what is
encoded shows as it was, ends no cell, and neither starts nor ends other markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from ..code import Code, TypeExpr, TypeRef
from ..doctext import spans
from ..doctext.characters import ENTITIES, show_controls
from ..doctext.inline import (
    Autolink,
    CodeSpan,
    Inline,
    Link,
    RawHtml,
    scan,
)
from ..ir import Json

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|!~$]|&(?=[#A-Za-z])")
_PLAIN_NAME = re.compile(r"(?:r#)?[A-Za-z0-9]+(?:[_.:-][A-Za-z0-9]+)*_?")
_encoded = json.JSONEncoder(ensure_ascii=False).encode

Pages = Mapping[str, Code]
"""The file of a declaration's page, without its suffix, by identity."""


def escape(text: str) -> Code:
    """Text as text: one line on which no character is markup."""
    return Code(_MARKUP.sub(_escaped, _visible(text)))


def _escaped(found: re.Match[str]) -> str:
    return ENTITIES.get(found[0], f"\\{found[0]}")


def code_span(text: str) -> Code:
    """A code span outside of tables; nothing at all shows as two quotes."""
    return Code(spans.code_span(_visible(text) or '""'))


@cache
def cell_code(text: str) -> Code:
    """Code in a cell; nothing at all shows as two quotes."""
    return Code(spans.cell_spans(_visible(text) or '""'))


def json_code(value: Json) -> Code:
    """JSON in a cell."""
    return cell_code(_encoded(value))


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    breaks = "\n\t\u2028\u2029"
    broken = {char: f"U+{ord(char):04X}" for char in breaks}
    return show_controls("".join(broken.get(char, char) for char in text))


def row(*cells: Code) -> Code:
    """A row of a table; there are too many for templates to put them together."""
    return Code(" | ".join(cells))


@cache
def name_text(name: str) -> Code:
    """The name of a property as it is; one that could be markup is code."""
    return Code(name) if _PLAIN_NAME.fullmatch(name) else cell_code(name)


def type_cell(made: TypeExpr, pages: Pages) -> Code:
    """A type in a cell: text as code, each reference as a link to its page."""
    return Code("".join([_type_part(part, pages, cell_code) for part in made.parts]))


def type_text(made: TypeExpr, pages: Pages) -> Code:
    """A type outside of tables."""
    return Code("".join([_type_part(part, pages, code_span) for part in made.parts]))


def link(name: str, page: str) -> Code:
    """A link to the page of a declaration, outside of tables."""
    return Code(_link(code_span(name), page))


def _link(text: str, page: str) -> str:
    return f"[{text}]({page}.md)"


def _type_part(
    part: Code | TypeRef, pages: Pages, encode: Callable[[str], Code]
) -> str:
    if isinstance(part, TypeRef):
        return _link(encode(part.text), pages[part.decl])
    # A space at either end of code would be lost, or be seen as part of it.
    inner = part.strip(" ")
    if not inner:
        return part
    before, _, after = part.partition(inner)
    return f"{before}{encode(inner)}{after}"


def fenced(language: str, text: str) -> Code:
    """A fenced code block; ``language`` is one word of ours, ``text`` is encoded."""
    marks = spans.fence(text, 3)
    return Code(f"{marks}{language}\n{text}\n{marks}")


def hidden(text: str) -> Code:
    """A line that no reader shows: a link definition that nothing refers to.

    An HTML comment would do the same, but there are readers that show or refuse HTML.
    """
    # Site builders look for braces and tags even here.
    quoted = re.sub(r'[\\"{}<]', r"\\\g<0>", _visible(text))
    return Code(f'[//]: # "{quoted}"')


class Anchors:
    """The anchors of one page's headings, as GitHub makes them, in document order."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._counts: dict[str, int] = {}
        self.add_all(lines)

    def add(self, heading: str) -> Code:
        """The anchor of the next heading, given as inline Markdown."""
        kept = re.sub(r"[^\w\- ]", "", _plain(scan(heading)).lower())
        slug = unique = kept.replace(" ", "-")
        while unique in self._counts:
            self._counts[slug] += 1
            unique = f"{slug}-{self._counts[slug]}"
        self._counts[unique] = 0
        return Code(unique)

    def add_all(self, lines: Iterable[str]) -> None:
        """Count the headings among the lines of a text."""
        fence = ""
        for line in lines:
            mark = re.match(r" *(```+|~~~+)", line)
            if mark and not fence:
                fence = mark[1]
            elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
                fence = ""
            elif not fence and (found := re.match(r" *#{1,6} +(.*)", line)):
                self.add(found[1])


def _plain(parts: Iterable[Inline]) -> str:
    """What a reader sees of inline Markdown."""
    out: list[str] = []
    for part in parts:
        match part:
            case str():
                out.append(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", part))
            case CodeSpan(source):
                out.append(source.strip("`"))
            case Link(label=label):
                out.append(_plain(label))
            case Autolink(target):
                out.append(target)
            case RawHtml(source):
                out.append(source)
    return "".join(out).strip(" ")
