"""Descriptions: what is read, how it is laid out, and that nothing comes alive."""

from __future__ import annotations

import pytest

from commonmark import live, rendered
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
    ("<nav>\n*a*\n\nb", (Verbatim(("<nav>", "*a*"), "html"), Paragraph("b"))),
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
        ("**For b models only**\n\nThe text. More.", "The text."),
        ("**Never do this.**\n\nThe text.", "**Never do this.**"),
        ("**Alone**", "**Alone**"),
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
        ("this is wide <nav> here", 17, ["this is", "wide <nav> here"]),
        ("path is one of C:\\ or D", 18, ["path is one of", "C:\\ or D"]),
        ("above is the same --- ok", 18, ["above is the", "same --- ok"]),
        ("Say:\n```\na   b\n```", 20, ["Say:", "", "```", "a   b", "```"]),
    ],
)
def test_reflow(markdown: str, width: int, want: list[str]) -> None:
    lines = reflow(markdown, width)
    assert list(lines) == want
    assert rendered("\n".join(lines)) == rendered(markdown)


HTML = [
    ("<p>One.</p> <p>Two</p>\n<p>Three", "One.\n\nTwo\n\nThree"),
    ("One.<br/>Two.<br> <br>Three. </br>", "One.\n\nTwo.\n\nThree."),
    ("<br>\nOne<br>", "One"),
    ("Of: <ul> <li>a</li>\n  <li> <p>b</p> </li></ul> End.", "Of:\n\n- a\n- b\n\nEnd."),
    (
        "<ol><li>a<ul><li>b<li><p>c</p> <p>d</p></ul><li>e\n- f\n- g</ol>\n\nEnd",
        "1. a\n   - b\n   - c\n\n     d\n\n2. e\n   - f\n   - g\n\nEnd",
    ),
    ("<dl><dt>a</dt> <dd>The first.</dd></dl>", "- a\n\n  The first."),
    ("- <p>a</p>\n- b <br> c\n\nd", "- a\n- b\n\n  c\n\nd"),
    ("    <ul>\n        <li>a</li>\n\n        <li>b</li>\n    </ul>", "- a\n- b"),
    ("        One,\n        two.\n\n        * three", "One, two.\n\n* three"),
    ("Say:\n\n    <p>a</p>", "Say:\n\na"),
    ("<h2>A b</h2> c <hr> d", "## A b\n\nc\n\n---\n\nd"),
    ("<note><p>Mind the gap.</p></note>", "**Note**\n\nMind the gap."),
    ("a <B>bold </B>b, <i>c</i>", "a **bold** b, *c*"),
    ("an <i>a</i> <b/> b: <code />c", "an *a* b: c"),
    ("H<sub>2</sub>O, 10<sup>-3</sup>", "H₂O, 10⁻³"),
    ("<a href=' /x '>y</a>", "[y](/x)"),
    ("- a <img src='/b c' alt='[d]'/>\n- e", "- a ![\\[d\\]](/b%20c)\n- e"),
    ("<a href=/a><img src=/b alt=c> d</a> <img alt=e>", "[![c](/b) d](/a) e"),
    ("<fullname>A</fullname> <p>b</p>", "A\n\nb"),
    # What marks nothing may end in another block.
    ("<span class=a>b<ul><li>c</ul></span>", "b\n\n- c"),
    ("un<b>(x)</b>fit, <b> </b><i>*</i>, <b><i>c</i></b>", "un(x)fit, *, *c*"),
    ("<code>a&lt;b</code> <code>`</code> <code> </code>", "`a<b` `` ` ``"),
    ("<code>a-<i>b</i> <b>*</b></code>", "`a-b *`"),
    ("a|b\n-|-\n<b>c</b>|d<br>e", "a|b\n-|-\n**c**|d<br>e"),
    (
        '<a class=x href="https://x.y/?a=b&amp;c">d [e]</a>',
        "[d \\[e\\]](https://x.y/?a=b&c)",
    ),
    ("<a>Get</a> <a href=''>it</a> <a href='/x'>[y](/z)</a>", "Get it [y](/z)"),
    (
        "Say:\n<pre><code>a &lt; b\n\n  c</code></pre>\nd",
        "Say:\n\n```\na < b\n\n  c\n```\n\nd",
    ),
    # Code and tables have lines of their own, wherever they begin and end.
    ("- Say <pre>a\n    b</pre> and", "- Say\n\n  ```\n  a\n    b\n  ```\n\n  and"),
    (
        "x<pre>a</pre><pre>b</pre>y",
        "x\n\n```\na\n```\n\n```\nb\n```\n\ny",
    ),
    (
        "At <table border=1><thead><tr><th>a</th><th>b</th></tr></thead>\n\n<tr>"
        "<td><code>c|d</code></td><td>e<br>f</td></tr></table> end",
        "At\n\n| a | b |\n| --- | --- |\n| `c\\|d` | e f |\n\nend",
    ),
    (
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "|  |  |\n| --- | --- |\n| a | b |\n| c |  |",
    ),
    ("<p>x</p><pre>a</pre><p>y</p>", "x\n\n```\na\n```\n\ny"),
    ("A:\n\n    <pre>a</pre> b", "A:\n\n    <pre>a</pre> b"),
    ("<table><tr><tr><th>a</th><tr><td>b</table>", "| a |\n| --- |\n| b |"),
    ("<table><tr><td><ul><li>a</ul></table>", "<table><tr><td><ul><li>a</ul></table>"),
    ("`<pre>` a <pre> b", "`<pre>` a <pre> b"),
    ("a `<pre>x</pre>` b", "a `<pre>x</pre>` b"),
    ("> a <pre>x</pre> b", "> a <pre>x</pre> b"),
    ("the <table name> of", "the <table name> of"),
    # What is no tag of these, or has no end, or is code, stays as it is.
    (
        "a <name>, <b>, </i>, <u>, x<sup>n</sup>",
        "a <name>, <b>, </i>, <u>, x<sup>n</sup>",
    ),
    ("`<p>` and\n```\n<p>x</p>\n```", "`<p>` and\n\n```\n<p>x</p>\n```"),
    ("a <!-- <p> --> b </p>", "a <!-- <p> --> b"),
    ("at /<section>/<note>, <ul>", "at /<section>/<note>, <ul>"),
    ("Say:\n\n    a\n    <p>", "Say:\n\n    a\n    <p>"),
]


@pytest.mark.parametrize(("html", "markdown"), HTML)
def test_html(html: str, markdown: str) -> None:
    assert "\n".join(reflow(html, 80)) == markdown
    assert blocks(markdown) == blocks(html)


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
        ("<a href='/x'>t</a>", "[t](https://a.b/x)", "t"),
        ("<p><a href='javascript:x'>t</a></p>", "t", None),
    ],
)
def test_resolve_links(markdown: str, want: str, without_base: str | None) -> None:
    assert resolve_links(markdown, "https://a.b/") == want
    assert resolve_links(markdown, None) == (without_base or want)


@pytest.mark.parametrize(
    ("markdown", "want", "complete"),
    [
        ("", "", True),
        ("One\ntwo.\n\nThree.", "One two.<br/>Three.", True),
        ("Of:\n- `a`\n- b\n  1. c", "Of:<br/>- `a`<br/>- b<br/>1. c", True),
        ("a | b `c|d` \\| \\\\|", "a \\| b `c`\\|`d` \\| \\\\\\|", True),
        ("a <script> {x} `<b>{y}`", "a &lt;script> \\{x\\} `<b>{y}`", True),
        ("a<br/>b <BR> c", "a<br/>b<br/>c", True),
        ("&lt;b&gt; &quot;x&quot;", '&lt;b\\> "x"', True),
        ("odd ` tick", "odd \\` tick", True),
        ("half [link\n\n](javascript:x)", "half [link<br/>]\\(javascript:x)", True),
        ("end \\", "end \\\\", True),
        ("[t](https://x/{a}|b)", "[t](https://x/%7Ba%7D%7Cb)", True),
        ("[t](javascript:x) [u](/x)", "t [u](/x)", True),
        ("<javascript:x> <https://x>", "javascript:x <https://x>", True),
        ("[`a`](javascript:x)``<b>``", "`a` ``<b>``", True),
        ("a\n\n---\n\nb", "a<br/>b", True),
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
        ("<!-- a\n\n# b -->", "&lt;!-- a # b -->"),
        ("<nav>\n<p>x</p></nav>", "&lt;nav> &lt;p>x&lt;/p>&lt;/nav>"),
        ("a <img src=x onerror=y> {b}", "a &lt;img src=x onerror=y> \\{b\\}"),
        ("an <img> and <img src='https://x.y'>", "an &lt;img> and ![](https://x.y)"),
        ("<img src='javascript:x' alt='](y:z)'>", "\\]\\(y:z\\)"),
        ("> a <b>\n> # x", "> a &lt;b>\n>\n> ### x"),
        ("a|`<b>`\n-|-\n<b>|{", "a|`<b>`\n-|-\n&lt;b>|\\{"),
        ("```html\n<b>{x}", "```html\n<b>{x}\n```"),
        ("```a|b\n|-|-|\n<b>\n```", "```ab\n|-|-|\n<b>\n```"),
        ("[# a](javascript:x)", "\\# a"),
    ],
)
def test_page_text(markdown: str, want: str) -> None:
    assert "\n".join(page_text(markdown)) == want
    assert not live(want)
