"""What a reader of CommonMark makes of a text, with markdown-it as the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
# The judge of links is ours, so a link that markdown-it would refuse must show.
setattr(MARKDOWN, "validateLink", lambda url: True)  # noqa: B010


def tokens(found: Sequence[Token]) -> Iterator[Token]:
    for token in found:
        yield token
        yield from tokens(token.children or [])


def live(markdown: str) -> list[str]:
    """HTML, and targets of unknown schemes, that a Markdown reader finds."""
    out: list[str] = []
    for token in tokens(MARKDOWN.parse(markdown)):
        if token.type.startswith("html") and not re.fullmatch(
            r"(<br/>\s*)+", token.content
        ):
            out.append(token.content)
        for name in ("href", "src"):
            target = str(token.attrGet(name) or "")
            if re.match(r"\s*(?!https?:|mailto:)[A-Za-z][\w+.-]*:", target):
                out.append(target)
    return out


def rendered(markdown: str) -> str:
    """HTML without what layout may change: line ends, and whether a list is loose."""
    html = re.sub(r"\s+", " ", MARKDOWN.render(markdown))
    html = re.sub(r" *(</?(?:li|ul|ol|p|pre|blockquote|h\d)[^>]*>) *", r"\1", html)
    return re.sub(r"</?p>", "", html)
