"""Descriptions: what is read, how it is laid out, and that nothing comes alive."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Sequence

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from spec_files import read_files
from specloom.doctext import (
    Block,
    Heading,
    ListItem,
    Paragraph,
    Verbatim,
    blocks,
    cell,
    page_text,
    reflow,
    resolve_links,
    summary,
)

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
            r"(<br>\s*)+", token.content
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


READ: list[tuple[str, tuple[Block, ...]]] = [
    ("", ()),
    (" \n\n", ()),
    ("One.", (Paragraph("One."),)),
    ("One\n two  three \r\nfour\n", (Paragraph("One two three four"),)),
    ("One.\n\n\n\nTwo.", (Paragraph("One."), Paragraph("Two."))),
    ("a\x0bb\x0cc\x85d\u2028e\u2029f", (Paragraph("a b c d e f"),)),
    ("see `a  b\n  c`  now", (Paragraph("see `a  b c` now"),)),
    ("hard  \nbreak\\\nhere", (Paragraph("hard break here"),)),
    ("a\x00b\u202ec\ud800\tx", (Paragraph("aU+0000bU+202EcU+D800 x"),)),
    (
        "Text:\n- a\n  b\n- c",
        (Paragraph("Text:"), ListItem(0, "-", "a b"), ListItem(0, "-", "c")),
    ),
    (
        "  * a\n    lazy\n      2. b\n\n    of a",
        (
            ListItem(0, "*", "a lazy 2. b"),
            Paragraph("of a", 2),
        ),
    ),
    (
        "1.  a\n    - b\n2)  c",
        (ListItem(0, "1.", "a"), ListItem(3, "-", "b"), ListItem(0, "2)", "c")),
    ),
    ("In\n2. of them", (Paragraph("In 2. of them"),)),
    ("-5 to +5\n- 1", (Paragraph("-5 to +5"), ListItem(0, "-", "1"))),
    ("- - a", (ListItem(0, "-", ""), ListItem(2, "-", "a"))),
    ("-\n\n  a", (ListItem(0, "-", ""), Paragraph("a"))),
    (
        "Say:\n```json\n- {}\n\n  x\n```\nend",
        (
            Paragraph("Say:"),
            Verbatim(("```json", "- {}", "", "  x", "```"), "fence"),
            Paragraph("end"),
        ),
    ),
    ("~~~~\na\n~~~", (Verbatim(("~~~~", "a", "~~~", "~~~~"), "fence"),)),
    (
        "- a\n   ```\n   b\n   ```",
        (ListItem(0, "-", "a"), Verbatim(("```", "b", "```"), "fence", 2)),
    ),
    # Only its indentation keeps the second line from ending the fence.
    (
        " ```\n    ```\n <b>\n ```",
        (Verbatim((" ```", "    ```", " <b>", " ```"), "fence"),),
    ),
    (
        "Say:\n\n    a\n\n      b\n\nend",
        (
            Paragraph("Say:"),
            Verbatim(("    a", "", "      b"), "indented"),
            Paragraph("end"),
        ),
    ),
    (
        "t\na | b\n--|:-:\n1 | 2\n\nend",
        (
            Paragraph("t"),
            Verbatim(("a | b", "--|:-:", "1 | 2"), "table"),
            Paragraph("end"),
        ),
    ),
    ("a\n--|--", (Paragraph("a --|--"),)),
    ("> a\nb\n\nc", (Verbatim(("> a", "> b"), "quote"), Paragraph("c"))),
    ("<div>\n*a*\n\nb", (Verbatim(("<div>", "*a*"), "html"), Paragraph("b"))),
    ("<!-- a\n\nb -->\nc", (Verbatim(("<!-- a", "", "b -->"), "html"), Paragraph("c"))),
    ("<https://a.b>", (Paragraph("<https://a.b>"),)),
    ("# A #\nb\n===\n\nc\n--", (Heading(1, "A"), Heading(1, "b"), Heading(2, "c"))),
    ("#hash\n####### x", (Paragraph("#hash ####### x"),)),
    ("a\n\n* * *\nb", (Paragraph("a"), Verbatim(("---",), "rule"), Paragraph("b"))),
    ("say &quot;x&quot; &amp; &lt;b&gt;", (Paragraph('say "x" & \\<b\\>'),)),
    ("`&lt;` &amp;lt; &bogus; R&D", (Paragraph("`&lt;` \\&lt; &bogus; R&D"),)),
    ("&#45; a\n\n&#35; b", (Paragraph("\\- a"), Paragraph("\\# b"))),
    (
        "[a][R] and [r], [x]\n\n[r]: <u v> 'T'",
        (Paragraph("[a](u%20v 'T') and [r](u%20v 'T'), [x]"),),
    ),
]


@pytest.mark.parametrize(("markdown", "want"), READ)
def test_blocks(markdown: str, want: tuple[Block, ...]) -> None:
    assert blocks(markdown) == want


@pytest.mark.parametrize(
    ("markdown", "want"),
    [
        ("", ""),
        ("One thing. And more.", "One thing."),
        ("No end", "No end"),
        ("Is it? `x` is.", "Is it?"),
        ("From 0.6 to 1.2. Default 0.8.", "From 0.6 to 1.2."),
        ("Use e.g. `a`, i.e. one. Then two.", "Use e.g. `a`, i.e. one."),
        ("See `a. B` and [c. D](https://e). F.", "See `a. B` and [c. D](https://e)."),
        ('He said "stop." Then left.', 'He said "stop."'),
        ("# Title\n\nThe text. More.", "The text."),
        ("# Title\n\n---", "Title"),
        ("- first. x\n- second", "first. x"),
        ("wrapped\nline. Two", "wrapped line."),
    ],
)
def test_summary(markdown: str, want: str) -> None:
    assert summary(markdown) == want


@pytest.mark.parametrize(
    ("markdown", "width", "want"),
    [
        ("", 20, []),
        ("one two three four", 10, ["one two", "three four"]),
        ("- one two three\n- four", 10, ["- one two", "  three", "- four"]),
        ("a\n- b\n- c\n\nd", 20, ["a", "", "- b", "- c", "", "d"]),
        (
            "a\n\n1. one two three four five\n   - six\n\n   seven",
            24,
            [
                *("a", "", "1. one two three four", "   five", "   - six"),
                *("", "   seven"),
            ],
        ),
        (
            "a list of all `the code` and [the link](/is/long 'so it') x",
            24,
            [
                *("a list of all `the code`", "and [the"),
                *("link](/is/long 'so it')", "x"),
            ],
        ),
        # None of these may start a line, nor may a backslash end one.
        ("a range of one to - 10", 17, ["a range of one", "to - 10"]),
        ("a range of one to 10. b", 18, ["a range of one", "to 10. b"]),
        ("this has one two # three", 17, ["this has one", "two # three"]),
        ("this is more > less, say", 13, ["this is", "more > less,", "say"]),
        ("this is wide <div> here", 17, ["this is", "wide <div> here"]),
        ("path is one of C:\\ or D", 18, ["path is one of", "C:\\ or D"]),
        ("above is the same --- ok", 18, ["above is the", "same --- ok"]),
        ("Say:\n```\na   b\n```", 20, ["Say:", "", "```", "a   b", "```"]),
    ],
)
def test_reflow(markdown: str, width: int, want: list[str]) -> None:
    lines = reflow(markdown, width)
    assert list(lines) == want
    assert rendered("\n".join(lines)) == rendered(markdown)


@pytest.mark.parametrize(
    ("markdown", "want", "without_base"),
    [
        ("[t](/docs/x#y)", "[t](https://a.b/docs/x#y)", "t"),
        ("![t](/i.png 'T')", "![t](https://a.b/i.png 'T')", "t"),
        ("[`t`](foo.md), [u](#a) [v](?q) [w]()", "`t`, u v w", None),
        ("[t](//evil.b/x)", "t", None),
        ("[t](https://a/b_(c)) <http://x>", "[t](https://a/b_(c)) <http://x>", None),
        ("[t](HTTPS://a 'T')", "[t](HTTPS://a 'T')", None),
        ("[t](mailto:a@b.c) <a@b.c>", "[t](mailto:a@b.c) <a@b.c>", None),
        ("[t](javascript:x) [u](data:a,b) [v](file:///x)", "t u v", None),
        ("[t](java&#115;cript:x) [t](<java\\script:x>)", "t t", None),
        ("<javascript:x*y*>", "javascript:x\\*y\\*", None),
        ("[[t](a.md)](https://b)", "[t]\\(https://b)", None),
        ("[![t](/i.png)](a.md)", "![t](https://a.b/i.png)", "t"),
        ("[no] [ref][x] [ ]", "[no] [ref][x] [ ]", None),
        ("[t][r]\n\n[r]: /d", "[t](https://a.b/d)", "t"),
        ("`[t](/x)` \\[t](/x)", "`[t](/x)` \\[t]\\(/x)", None),
        ("```\n[t](/x)\n```", "```\n[t](/x)\n```", None),
        ("> [t](x.md)\n> > [t](/x)", "> t\n>\n> > [t](https://a.b/x)", "> t\n>\n> > t"),
        ("|[a](x.md)|\n|-|", "|a|\n|-|", None),
        ("[- t](x.md)", "\\- t", None),
        ("plain  \ntext", "plain  \ntext", None),
    ],
)
def test_resolve_links(markdown: str, want: str, without_base: str | None) -> None:
    assert resolve_links(markdown, "https://a.b/") == want
    assert resolve_links(markdown, None) == (without_base or want)


@pytest.mark.parametrize(
    ("markdown", "want", "complete"),
    [
        ("", "", True),
        ("One\ntwo.\n\nThree.", "One two.<br>Three.", True),
        ("Of:\n- `a`\n- b\n  1. c", "Of:<br>- `a`<br>- b<br>1. c", True),
        ("a | b `c|d` \\| \\\\|", "a \\| b `c\\|d` \\| \\\\\\|", True),
        ("a <script> {x} `<b>{y}`", "a \\<script> \\{x\\} `<b>{y}`", True),
        ("a<br/>b <BR> c", "a<br>b <br> c", True),
        ("&lt;b&gt; &quot;x&quot;", '\\<b\\> "x"', True),
        ("odd ` tick", "odd \\` tick", True),
        ("half [link\n\n](javascript:x)", "half [link<br>]\\(javascript:x)", True),
        ("end \\", "end \\\\", True),
        ("[t](https://x/{a}|b)", "[t](https://x/%7Ba%7D%7Cb)", True),
        ("[t](javascript:x) [u](/x)", "t [u](/x)", True),
        ("<javascript:x> <https://x>", "javascript:x <https://x>", True),
        ("[`a`](javascript:x)``<b>``", "`a` ``<b>``", True),
        ("a\n\n---\n\nb", "a<br>b", True),
        ("Like:\n```\nx\n```\nend", "Like:", False),
        ("a\n\n|b|\n|-|", "a", False),
        ("# A\nb", "", False),
        ("a\n> b", "a", False),
        ("a\n<!-- b -->", "a", False),
        ("a\n\n    b", "a", False),
    ],
)
def test_cell(markdown: str, want: str, complete: bool) -> None:
    assert cell(markdown) == (want, complete)
    assert not live(want)


@pytest.mark.parametrize(
    ("markdown", "want"),
    [
        ("", ""),
        ("One\ntwo.\n- a\n  b", "One two.\n\n- a b"),
        ("# A\n\n##### B", "### A\n\n###### B"),
        ("<!-- a\n\n# b -->", "\\<!-- a # b -->"),
        ("<div>\n<p>x</p></div>", "\\<div> \\<p>x\\</p>\\</div>"),
        ("a <img src=x onerror=y> {b}", "a \\<img src=x onerror=y> \\{b\\}"),
        ("> a <b>\n> # x", "> a \\<b>\n>\n> ### x"),
        ("a|`<b>`\n-|-\n<b>|{", "a|`<b>`\n-|-\n\\<b>|\\{"),
        ("```html\n<b>{x}", "```html\n<b>{x}\n```"),
        ("```a|b\n|-|-|\n<b>\n```", "```ab\n|-|-|\n<b>\n```"),
        ("[# a](javascript:x)", "\\# a"),
    ],
)
def test_page_text(markdown: str, want: str) -> None:
    assert "\n".join(page_text(markdown)) == want
    assert not live(want)


PIECES = [
    *("a", "foo", "bar baz", "\n", "\n", "\n\n", "  ", "    ", "\t", "\r\n", "\u2028"),
    *("`", "``", "```", "~~~", "- ", "* ", "1. ", "2) ", "# ", "> ", "---", "==="),
    *("|", "|--|--|", "\n|-|-|\n", "[", "](", "](/x)", "](javascript:x)", "![", ")"),
    *('](foo.md "t")', "[r]: /d\n", "[r]", "[x][r]", "<b>", "</b>", "<script>"),
    *("<!--", "-->", "<div>", '<a href="`">', "<br>", "<?", "<pre>", "</pre>", "{{"),
    *("<javascript:x>", "<https://x.y/{a}|b>", "<a@b.c>", "{", "}", "\\", "\\`", "\\["),
    *("&lt;", "&#x60;", "&quot;", "&amp;", "&amp;lt;", "&#33;", "*", "**", "_", "!"),
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


def descriptions() -> Iterator[str]:
    def inside(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("description"), str):
                yield node["description"]
            for child in node.values():
                yield from inside(child)
        elif isinstance(node, list):
            for child in node:
                yield from inside(child)

    yield from inside(read_files())


def test_a_text_reads_the_same_below_an_empty_line() -> None:
    """One that is read at a glance is what the reader of lines makes of it."""
    words = (f"Word {text}" for text in hostile_texts(4, 1_500))
    for text in (*descriptions(), *words):
        assert blocks(text) == blocks(f"\n{text}"), text


def test_our_own_descriptions_render_the_same_when_wrapped() -> None:
    texts = list(descriptions())
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
    *("```\n", "[a]: b\n", '[a]: b "', "A. ", "- a\n\n\n", "a\n---\n", "<pre>\n\n"),
]


@pytest.mark.parametrize("piece", NESTED + REPEATED)
def test_time_is_linear(piece: str) -> None:
    text = piece * (30_000 // len(piece)) + "]" * 100 + '(x) `">'
    started = time.perf_counter()
    reflow(text, 80)
    cell(text)
    page_text(text)
    resolve_links(text, None)
    summary(text)
    # A quarter of a second where it is linear; minutes where it is not.
    assert time.perf_counter() - started < 10
