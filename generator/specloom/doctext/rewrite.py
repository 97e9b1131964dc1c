"""Rewriting inline Markdown: links settled, markup made inert, places to break.

In: the text of one paragraph, heading or table cell.
Out: the same text, safe for the place it goes to.
Promise: what a Markdown reader may take for a link or a tag has either been judged
here, or is escaped in what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ..values import replace
from .characters import ENTITIES, PUNCTUATION, literal, percent_encoded
from .inline import (
    Autolink,
    CodeSpan,
    Inline,
    Link,
    RawHtml,
    merged,
    scan,
    write,
)
from .spans import cell_spans

# What is all there may be to rewrite: most texts have none of it.
_NOTABLE = re.compile(r"[\\`<>\[\]{}&|\t\n]|  ")
_KNOWN_SCHEME = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LINE_BREAK = re.compile("<br ?/?>", re.IGNORECASE)
# Each pattern has escapes, which stay, and single characters that need one.
_SEAM = re.compile(rf"\\{PUNCTUATION}|\](?=\()")
# A backslash at the end would escape whatever the text is put before.
_ACTIVE = rf"\\{PUNCTUATION}|[<{{}}`]|\](?=\()|\\\Z"
_ACTIVE_IN_CELL = rf"{_ACTIVE}|\|"


def _is_safe(target: str) -> bool:
    """Whether a target has a scheme that people click on, or none."""
    return bool(_KNOWN_SCHEME.match(target)) or not _SCHEME.match(target)


def _relinked(
    parts: Iterable[Inline], settle: Callable[[str], str | None]
) -> tuple[Inline, ...]:
    """Give links the destination that ``settle`` says; where it says None, their text.

    Autolinks stay if their scheme is known.
    """
    out: list[Inline] = []
    for part in parts:
        if isinstance(part, Autolink):
            uri = part.target
            out.append(
                Autolink(percent_encoded(uri)) if _is_safe(uri) else literal(uri)
            )
        elif isinstance(part, Link):
            label, destination = _relinked(part.label, settle), settle(part.destination)
            if destination is None:
                out.extend(label)
            else:
                out.append(replace(part, label=label, destination=destination))
        else:
            out.append(part)
    return merged(_apart(out))


def _apart(parts: Iterable[Inline]) -> Iterator[Inline]:
    """Keep the backticks of code spans apart that met when a link between them went."""
    last: Inline = ""
    for part in parts:
        if isinstance(part, CodeSpan) and isinstance(last, CodeSpan):
            yield " "
        yield part
        last = part


def _escape(found: re.Match[str]) -> str:
    source = found[0]
    if len(source) == 2:
        return source
    return "]\\" if source == "]" else f"\\{source}"


def _inert(found: re.Match[str]) -> str:
    return ENTITIES.get(found[0][-1]) or _escape(found)


def resolve(text: str, base_url: str | None) -> str:
    """Rewrite the links of a text; ``resolve_links`` has the rules."""
    if not _NOTABLE.search(text):
        return text

    def settle(destination: str) -> str | None:
        if _KNOWN_SCHEME.match(destination):
            return destination
        if base_url and destination.startswith("/") and destination[1:2] != "/":
            return base_url.rstrip("/") + destination
        return None

    # A label put in place of its link must not make a new one with what follows.
    return write(_relinked(scan(text), settle), lambda text: _SEAM.sub(_escape, text))


def neutralise(text: str, *, in_cell: bool = False) -> str:
    """Make a text safe to stand anywhere in a Markdown page, or in a table cell of it.

    Braces get a backslash, and so does what looks like half a code span or half a
    link, lest the text behind it completes it. Where a tag could begin there is
    ``&lt;``, as an entity stands wherever some readers know no backslash. ``<br/>``
    stays. Links keep their destination unless its scheme is unknown.
    """
    if not _NOTABLE.search(text):
        return text
    active = re.compile(_ACTIVE_IN_CELL if in_cell else _ACTIVE)

    def plain(text: str) -> str:
        return active.sub(_inert, text)

    def code(source: str) -> str:
        if not in_cell or "|" not in source:
            return source
        return cell_spans(_content(source))

    def html(source: str) -> str:
        is_break = _LINE_BREAK.fullmatch(source)
        return "<br/>" if is_break else plain(source)

    parts = _relinked(scan(text), lambda uri: uri if _is_safe(uri) else None)
    return write(parts, plain, code, html)


def _content(source: str) -> str:
    """What a code span shows (CommonMark 0.31, section 6.1)."""
    inner = source.strip("`")
    spaced = inner.startswith(" ") and inner.endswith(" ") and inner.strip(" ")
    return inner[1:-1] if spaced else inner


def unbreakable(text: str) -> str:
    """A normalised text with NULs for the spaces that belong to what is one thing.

    Those are in code spans, in tags, and between a link's parentheses.
    """
    if "`" not in text and "](" not in text and "<" not in text:
        return text
    return _glued(scan(text))


def _glued(parts: Iterable[Inline]) -> str:
    out: list[str] = []
    for part in parts:
        if isinstance(part, Link):
            head, _, tail = write([replace(part, label=())]).partition("]")
            tail = tail.replace(" ", "\0")
            out.append(f"{head}{_glued(part.label)}]{tail}")
        elif isinstance(part, CodeSpan | RawHtml):
            out.append(part.source.replace(" ", "\0"))
        else:
            out.append(write([part]))
    return "".join(out)
