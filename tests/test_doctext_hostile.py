"""Texts at random, hostile ones and our own: inert, the same when wrapped, quick."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from commonmark import MARKDOWN, live, rendered
from growing import TOO_MUCH, growth
from spec_files import descriptions, read_files
from specloom.doctext import blocks, cell, page_text, reflow, resolve_links, summary

PIECES = [
    *("a", "foo", "bar baz", "\n", "\n", "\n\n", "  ", "    ", "\t", "\r\n", "\u2028"),
    *("`", "``", "```", "~~~", "- ", "* ", "1. ", "2) ", "# ", "> ", "---", "==="),
    *("|", "|--|--|", "\n|-|-|\n", "[", "](", "](/x)", "](javascript:x)", "![", ")"),
    *('](foo.md "t")', "[r]: /d\n", "[r]", "[x][r]", "<b>", "</b>", "<script>"),
    *("<!--", "-->", "<div>", '<a href="`">', "<br>", "<?", "<pre>", "</pre>", "{{"),
    *("<javascript:x>", "<https://x.y/{a}|b>", "<a@b.c>", "{", "}", "\\", "\\`", "\\["),
    *("&lt;", "&#x60;", "&quot;", "&amp;", "&amp;lt;", "&#33;", "*", "**", "_", "!"),
    *("<p>", "</p>", "<ul>", "</ul>", "<li>", "<ol>", "<dl>", "<dt>", "<h3>", "</h3>"),
    *("<i>", "</i>", "<code>", "</code>", '<a href="/y">', "</a>", "<note>", "<hr/>"),
    *("<table>", "</table>", "<tr>", "<th>", "<td>", "</td>", "<tr><td>", "</pre>"),
    *("(", '"', "'", "\x00", "\u202e", "\ud800", "=", "+", "-", ". ", "http://x"),
]


def hostile_texts(seed: int, count: int) -> Iterator[str]:
    source = random.Random(seed)
    for _ in range(count):
        yield "".join(source.choices(PIECES, k=source.randint(1, 14)))


def test_hostile_text_stays_in_its_cell_and_inert() -> None:
    before = "x"
    for text in hostile_texts(1, 1_500):
        row = f"|a|b|\n|-|-|\n|{before}|{cell(text)[0]}|\n"
        found = MARKDOWN.parse(row)
        assert sum(token.type == "td_open" for token in found) == 2, row
        assert found[-1].type == "table_close", row
        assert not live(row), row
        before = cell(text)[0]


def test_hostile_text_is_inert_on_a_page() -> None:
    for text in hostile_texts(2, 1_500):
        assert not live("\n".join(page_text(text))), text


def test_reflowed_text_reads_as_the_same_blocks() -> None:
    for text in hostile_texts(3, 1_500):
        for width in (80, 12):
            assert blocks("\n".join(reflow(text, width))) == blocks(text), text


def test_a_text_reads_the_same_below_an_empty_line() -> None:
    """One that is read at a glance is what the reader of lines makes of it."""
    words = (f"Word {text}" for text in hostile_texts(4, 1_500))
    for text in (*descriptions(read_files()), *words):
        assert blocks(text) == blocks(f"\n{text}"), text


def test_our_own_descriptions_render_the_same_when_wrapped() -> None:
    texts = list(descriptions(read_files()))
    assert texts
    for text in texts:
        for width in (88, 40):
            wrapped = "\n".join(reflow(text, width))
            assert rendered(wrapped) == rendered(text)
        assert cell(text)[1] or "```" in text


NESTED = ["[", "![", "> ", "- ", "> - ", "* ", "(", "[a](((", "![a](b)["]
REPEATED = [
    *("`", "`` ` ", "<", "<!--", "<?", '<a b="', "<a b='", " x='<a y", "[a](", "]("),
    *('[a](b "', "[a](<", "&amp;", "\\", "\\\n", "1. ", "#", "|-|-|\n", "a|b\n|-|-|\n"),
    *("<p>a", "<li>", "<ul>", "<ul><li>", "<ol>\n<li>a\n", "<b>", "<b>a</b>", "<code>"),
    *(
        "<i><b>",
        "</b>",
        "<code>`</code>",
        "<a href=x>[",
        "<br>a",
        "<br>",
        "<pre>a</pre>",
        "b<pre>a",
        "<table><tr><td>a",
        "a<table>a</table>b",
        "<td>a<tr>",
    ),
    *("```\n", "[a]: b\n", '[a]: b "', "A. ", "- a\n\n\n", "a\n---\n", "<pre>\n\n"),
]
OTHERS = count()


@pytest.mark.parametrize("piece", NESTED + REPEATED)
def test_time_is_linear(piece: str) -> None:
    def make(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece)) + "]" * 100 + '(x) `">'

        def work() -> None:
            new = f"{text}{next(OTHERS)}"  # or it would be remembered
            reflow(new, 80)
            cell(new)
            page_text(new)
            resolve_links(new, None)
            summary(new)

        return work

    assert growth(make, 2_000) < TOO_MUCH
