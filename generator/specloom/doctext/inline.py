"""Inline Markdown: where a line's code spans, links and autolinks are.

In: the text of one paragraph, heading or table cell (CommonMark 0.31, section 6).
Out: its parts, and the way back to text.
Promise: linear time for any text; no recursion that the text could make deep.

Emphasis has no parts: nobody here needs it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial

from ..values import dataclass
from .characters import (
    ENTITY,
    PUNCTUATION,
    decode,
    literal,
    percent_encoded,
    unescaped,
)


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A code span, its backticks included."""

    source: str


@dataclass(frozen=True, slots=True)
class Autolink:
    """What stands between the angle brackets of ``<https://...>`` or ``<a@b.c>``."""

    target: str


@dataclass(frozen=True, slots=True)
class RawHtml:
    """A tag, comment, declaration or instruction, as written."""

    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """An inline link or image; reference links have become inline ones."""

    image: bool
    label: tuple[Inline, ...]
    destination: str
    """Without escapes and entities; characters that no URI has are percent-encoded."""
    title: str
    """As written, with its quotes; often empty."""


Inline = str | CodeSpan | Autolink | RawHtml | Link
"""A part of a text; a ``str`` is Markdown that has none of the others in it."""

Definitions = Mapping[str, tuple[str, str]]
"""Reference label, as :func:`reference_key` gives it, to raw destination and title."""

REMEMBERED = 1 << 14
"""Descriptions whose reading is kept, for other targets: those of most specs."""

_TOKEN = re.compile(rf"\\(?:{PUNCTUATION}|\n)|`+|<|!?\[|\]|{ENTITY}")
_SPECIAL = re.compile(r"[\\`<\[&]")
_ESCAPED = re.compile(rf"\\({PUNCTUATION})")
_UNSETTLED = re.compile(rf"  |\\\n|{ENTITY}")
_SPACE = re.compile(r"[ \t\n]+")
# A `partial` is compiled by the first text that asks for it: many runs have none.
_AUTOLINK = partial(
    re.compile,
    r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*"
    r"|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>",
)
_VALUE = r"[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\""
_TAG = partial(
    re.compile,
    r"<(?:/[A-Za-z][A-Za-z0-9-]*\s*|[A-Za-z][A-Za-z0-9-]*"
    rf"(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:{_VALUE}))?)*\s*/?)>",
)
# Starts of other raw HTML, and what ends it (CommonMark, section 6.6).
_DELIMITED = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
# Parentheses nest twice at most: enough for real addresses, and never quadratic.
_PLAIN = r"[^\s()\\]|\\."
_BARE = rf"(?!<)(?:{_PLAIN}|\((?:{_PLAIN}|\((?:{_PLAIN})*\))*\))*"
_DESTINATION = rf"<((?:[^<>\n\\]|\\.)*)>|({_BARE})"
_TITLE = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)"
_RESOURCE = partial(
    re.compile, rf"\(\s*(?:{_DESTINATION})(?:\s+({_TITLE}))?\s*\)", re.DOTALL
)
_LABEL = r"\[((?:[^\[\]\\]|\\.){1,999})\]"
_REFERENCE = partial(re.compile, _LABEL)
_DEFINITION = partial(
    re.compile,
    rf"[ ]*{_LABEL}:\s*(?:<((?:[^<>\n\\]|\\.)*)>|((?!<)\S+))"
    rf"(?:\s+({_TITLE}))?[ ]*(?:\n|\Z)",
    re.DOTALL,
)

_MAX_OPEN_BRACKETS = 32  # bounds the nesting of parts, and so every recursion over them


def reference_key(label: str) -> str:
    """The form in which reference labels are compared (CommonMark, section 4.7)."""
    return " ".join(label.split()).casefold()


def definition(text: str, offset: int = 0) -> re.Match[str] | None:
    """A link reference definition: label, destination in brackets, bare one, title."""
    return _DEFINITION().match(text, offset) if "]:" in text else None


def scan(text: str, definitions: Definitions | None = None) -> tuple[Inline, ...]:
    """Split a text into its parts; white space outside code is one space.

    Entities (``&quot;``) become the characters they name, escaped where those would
    be markup. References to ``definitions`` become inline links.
    """
    if not _SPECIAL.search(text):
        return (_collapsed(text),)
    return _Scanner(text, definitions).scan() if definitions else _scanned(text)


@lru_cache(REMEMBERED)
def _scanned(text: str) -> tuple[Inline, ...]:
    return _Scanner(text, {}).scan()


def write(
    parts: Iterable[Inline],
    text: Callable[[str], str] = str,
    code: Callable[[str], str] = str,
    html: Callable[[str], str] = str,
) -> str:
    """Turn parts back into Markdown, each kind of source edited on the way."""
    out: list[str] = []
    for part in parts:
        match part:
            case str():
                out.append(text(part))
            case CodeSpan(source):
                out.append(code(source))
            case RawHtml(source):
                out.append(html(source))
            case Autolink(target):
                out.append(f"<{target}>")
            case Link(image, label, destination, title):
                resource = f"{destination} {text(title)}" if title else destination
                out.append(
                    f"{'!' * image}[{write(label, text, code, html)}]({resource})"
                )
    return "".join(out)


def normalise(text: str, definitions: Definitions | None = None) -> str:
    """Put a text on one line: what :func:`scan` settles, as Markdown again."""
    if not definitions and not _UNSETTLED.search(text):
        return text.replace("\n", " ")  # most texts
    return write(scan(text, definitions)).strip(" ")


class _Scanner:
    """One pass over a text; brackets are matched with a stack, as section 6.3 asks."""

    def __init__(self, text: str, definitions: Definitions) -> None:
        self.text = text
        self.definitions = definitions
        self.parts: list[Inline] = []
        self.openers: list[tuple[int, int]] = []  # index in parts, offset behind it
        self.linked = 0  # links don't nest: a "[" among the parts before can't open one
        self.runs: dict[int, list[int]] | None = None
        self.decodes_backticks = "`" in unescaped(text.replace("`", ""))
        self.absent: set[str] = set()  # ends of raw HTML that are not further on

    def scan(self) -> tuple[Inline, ...]:
        offset = 0
        while token := _TOKEN.search(self.text, offset):
            self.parts.append(self.text[offset : token.start()])
            offset = self.take(token)
        self.parts.append(self.text[offset:])
        return merged(self.parts)

    def take(self, token: re.Match[str]) -> int:
        """Append what a token starts; return the offset behind it."""
        source, end = token[0], token.end()
        part: Inline = source
        match source[0]:
            case "`":
                if closer := self.closing_run(len(source), end):
                    end = closer
                    part = CodeSpan(self.text[token.start() : end].replace("\n", " "))
                elif self.decodes_backticks:  # which this run must not take for its end
                    part = literal(source)
            case "<":
                if found := _AUTOLINK().match(self.text, token.start()):
                    part, end = Autolink(found[1]), found.end()
                elif closer := self.end_of_html(token.start()):
                    end = closer
                    part = RawHtml(self.text[token.start() : end].replace("\n", " "))
            case "&":
                part = decode(source, self.text[end : end + 1])
            case "]":
                return self.close_bracket(end)
            case "[" | "!":
                if len(self.openers) < _MAX_OPEN_BRACKETS:
                    self.openers.append((len(self.parts), end))
            case _:
                part = " " if source == "\\\n" else source  # a hard line break
        self.parts.append(part)
        return end

    def closing_run(self, length: int, start: int) -> int:
        """The offset behind the next run of so many backticks, or 0."""
        if self.runs is None:
            self.runs = {}
            for run in re.finditer("`+", self.text):
                self.runs.setdefault(len(run[0]), []).append(run.end())
        ends = self.runs.get(length, [])
        index = bisect.bisect_left(ends, start + length)
        return ends[index] if index < len(ends) else 0

    def end_of_html(self, start: int) -> int:
        """The offset behind the raw HTML that starts here, or 0."""
        if found := _TAG().match(self.text, start):
            return found.end()
        for opening, closing in _DELIMITED.items():
            if self.text.startswith(opening, start):
                if closing not in self.absent:  # so that one search is enough
                    end = self.text.find(closing, start + len(opening))
                    if end >= 0:
                        return end + len(closing)
                    self.absent.add(closing)
                return 0
        return 0

    def close_bracket(self, end: int) -> int:
        if not self.openers:
            self.parts.append("]")
            return end
        index, start = self.openers.pop()
        image = self.parts[index] == "!["
        found = self.resource(start, end) if image or index >= self.linked else None
        if found is None:
            self.parts.append("]")
            return end
        destination, title, end = found
        label = merged(self.parts[index + 1 :])
        del self.parts[index:]
        self.parts.append(Link(image, label, uri(destination), _SPACE.sub(" ", title)))
        if not image:
            self.linked = len(self.parts)
        return end

    def resource(self, start: int, end: int) -> tuple[str, str, int] | None:
        """Destination, title and end of a link whose label is between the offsets."""
        following = self.text[end : end + 1]
        if following == "(" and (found := _RESOURCE().match(self.text, end)):
            return found[1] or found[2] or "", found[3] or "", found.end()
        if not self.definitions:
            return None
        if following == "[" and (found := _REFERENCE().match(self.text, end)):
            label, end = found[1], found.end()
        else:
            label = self.text[start : end - 1]
            end += 2 * self.text.startswith("[]", end)
        target = self.definitions.get(reference_key(label))
        return target and (*target, end)


def merged(parts: Iterable[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring texts and collapse their white space."""
    out: list[Inline] = []
    texts: list[str] = []
    for part in (*parts, None):
        if isinstance(part, str):
            texts.append(part)
            continue
        if texts and (text := _collapsed("".join(texts))):
            out.append(text)
        texts.clear()
        if part is not None:
            out.append(part)
    return tuple(out)


def _collapsed(text: str) -> str:
    """A text with its white space as one space, which most have already."""
    is_odd = "  " in text or "\n" in text or "\t" in text
    return _SPACE.sub(" ", text) if is_odd else text


def uri(source: str) -> str:
    """The destination of a link as a URI reference (RFC 3986) without markup."""
    decoded = re.sub(ENTITY, lambda m: unescaped(m[0]), _ESCAPED.sub(r"\1", source))
    quoted = percent_encoded(decoded)
    if re.fullmatch(_BARE, quoted):
        return quoted
    return quoted.replace("(", "%28").replace(")", "%29")
