"""Lines of CommonMark: what a line is or starts, told from the line alone.

In: one line, without the indentation and the list markers that it stands behind.
Out: a match or a yes. What was open before the line is the reader's to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from .characters import literal, show_controls
from .inline import CodeSpan, definition, scan
from .spans import fence

_LINE_BREAK = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")
ITEM = re.compile(r"([-+*]|[0-9]{1,9}[.)])( +|$)")
HEADING = re.compile(r"(#{1,6})(?: +|$)")
CLOSING_HASHES = re.compile(r"(?:^| +)#+$")
FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
UNDERLINE = re.compile(r"=+$|-+$")
DELIMITER_ROW = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|?$")
_PIPE = re.compile(r"(?<!\\)\|")
FINAL_HASHES = re.compile(r"(?:^|(?<= ))#+$")
_LABELLED = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:")

# Where HTML starts and what ends it; None is a blank line (CommonMark, section 4.6).
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup"
    "|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame"
    "|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem"
    "|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td"
    "|tfoot|th|thead|title|tr|track|ul"
)
_RAW_TAGS = "script|pre|style|textarea"
_LONE_TAG = r"<(?:/[A-Za-z][\w-]*\s*|[A-Za-z][\w-]*(?:\s[^<>]*)?/?)>$"


def clean_lines(markdown: str) -> Iterator[str]:
    """Split a text into lines without controls, tabs or trailing space."""
    for line in _LINE_BREAK.split(markdown):
        yield show_controls(line.expandtabs(4).rstrip(" "))


def undented(lines: Sequence[str]) -> list[str]:
    """Lines without the margin that all of them have."""
    margin = min(len(line) - len(line.lstrip(" ")) for line in lines if line)
    return [line[margin:] for line in lines]


@cache  # which few texts ask for
def _html() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    return (
        (
            re.compile(rf"<(?:{_RAW_TAGS})(?=[\s>]|$)", re.IGNORECASE),
            re.compile(rf"</(?:{_RAW_TAGS})>", re.IGNORECASE),
        ),
        (re.compile("<!--"), re.compile("-->")),
        (re.compile(r"<\?"), re.compile(r"\?>")),
        (re.compile("<![A-Za-z]"), re.compile(">")),
        (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
        (re.compile(rf"</?(?:{_BLOCK_TAGS})(?=[\s/>]|$)", re.IGNORECASE), None),
    )


def is_lone_tag(text: str) -> bool:
    """Whether a line is one tag: HTML too, that may not interrupt a paragraph."""
    return text[:1] == "<" and re.match(_LONE_TAG, text) is not None


def starts_html(text: str) -> tuple[bool, re.Pattern[str] | None]:
    """Whether HTML starts here that may interrupt a paragraph, and what ends it."""
    if text[0] == "<":
        for start, end in _html():
            if start.match(text):
                return True, end
    return False, None


def is_rule(text: str) -> bool:
    """Whether a line is a thematic break."""
    marks = text.replace(" ", "")
    return len(marks) >= 3 and marks[0] in "*-_" and marks == marks[0] * len(marks)


def interrupts(text: str) -> bool:
    """Whether a line starts a block even in the middle of a paragraph."""
    return bool(
        text[0] == ">"
        or ITEM.match(text)
        or HEADING.match(text)
        or FENCE.match(text)
        or is_rule(text)
        or starts_html(text)[0]
    )


def guarded(text: str) -> str:
    """Escape the start of a text that its lines didn't make a block, but a line would.

    Such texts are rare: an entity or a deeply nested marker at their start.
    """
    if not text or text[0].isalpha():
        return text
    if text.startswith("```"):
        # Unless these open a code span, which no line break will part.
        if isinstance(scan(text)[0], CodeSpan):
            return text
        return re.sub("^`+", lambda marks: literal(marks[0]), text)
    if interrupts(text) or is_lone_tag(text) or _LABELLED.match(text):
        return re.sub("^[0-9]*", r"\g<0>\\", text)
    return text


def ends_in_paragraph(quoted: str) -> bool:
    """Whether the next line can continue a quote that leaves out its marker."""
    text = quoted.lstrip("> ")
    if item := ITEM.match(text):
        text = text[item.end() :]
    return bool(text) and not (interrupts(text) or definition(text))


def split_row(row: str) -> list[str]:
    """Split a table row at the pipes that are borders, not escaped (GFM 4.10)."""
    return _PIPE.split(row)


def row_width(row: str) -> int:
    """How many cells a table row has, with a border at either end or without."""
    cells = split_row(row)
    return len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1])


def closed(lines: list[str], end: re.Pattern[str]) -> list[str]:
    """End a fence if its author didn't, and put its first line at the left margin."""
    first = lines[0].lstrip(" ")
    inner = len(lines[0]) - len(first)
    if len(lines) == 1 or not end.search(lines[-1]):
        lines = [*lines, " " * inner + first[: _mark_count(first)]]
    # A line of code that only its indentation keeps from ending the fence keeps it.
    if any(end.search(line.lstrip(" ")) for line in lines[1:-1]):
        return lines
    margin = re.compile(f"^ {{0,{inner}}}")
    return [margin.sub("", line) for line in lines]


def _mark_count(line: str) -> int:
    return len(line) - len(line.lstrip(line[0]))


def fenced(code: str) -> list[str]:
    """A fence around code, which nothing in the code ends."""
    marks = fence(code, 3)
    return [marks, *code.split("\n"), marks]
