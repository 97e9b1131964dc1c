"""Markdown's encoders and notes: hostile text in, harmless and legible Markdown out."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import markdown
import pytest
from markdown_it import MarkdownIt

from markdown_reading import PageText, dead_links, faults, page_path, pages, shown
from small_specs import schemas
from specloom.code import Code, TypeRef, expr
from specloom.targets.markdown.dialects import DIALECTS
from specloom.targets.markup import (
    Anchors,
    cell_code,
    code_span,
    escape,
    fenced,
    hidden,
    name_text,
    type_cell,
)

READER = MarkdownIt("commonmark").enable("table")

TEXTS = [
    "plain",
    "a_b *c* **d**",
    "`x` ``y`` `",
    "`",
    " padded ",
    "[link](https://example.com)",
    "<b>&lt;</b> &quot;",
    "~~no~~ $x$ {x}",
    "R&D AT&T; &amp &#36; a & b",
    "back\\slash\\",
    "#",
]


@pytest.mark.parametrize("text", TEXTS)
def test_escaped_text_shows_as_it_was(text: str) -> None:
    page = PageText("x", f"x {escape(text)} x")
    assert page.tokens[1].children is not None
    assert shown(page.tokens[1]) == f"x {text} x"
    assert not list(page.links)
    made = markdown.markdown(page.source, extensions=["tables"])
    assert unescape(made) == f"<p>x {text} x</p>"


@pytest.mark.parametrize("text", TEXTS)
def test_code_shows_as_it_was(text: str) -> None:
    (inline,) = (t for t in READER.parse(f"x {code_span(text)} x") if t.children)
    assert [t.content for t in inline.children or []] == ["x ", text, " x"]


@pytest.mark.parametrize("text", [*TEXTS, "a|b", "a\\|b", "^(a|b)$", "|"])
def test_code_in_a_cell_shows_as_it_was_and_ends_no_cell(text: str) -> None:
    source = f"A | B\n--- | ---\n{cell_code(text)} | end\n"
    row = PageText("x", source).tables[0][1]
    assert shown(row[0]) == text
    assert shown(row[1]) == "end"


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("input_audio", "input_audio"),
        ("r#type", "r#type"),
        ("hate/threatening", "`hate/threatening`"),
        ("*", "`*`"),
        ("_x", "`_x`"),
        ("", '`""`'),
        ("a|b", "`a`\\|`b`"),
        ("a\nb", "`aU+000Ab`"),
    ],
)
def test_a_name_is_code_if_it_could_be_markup(name: str, want: str) -> None:
    assert name_text(name) == want


def test_a_type_has_code_and_links() -> None:
    made = expr("Option<Vec<", TypeRef("id", Code("models::Tool")), ">> | ", "x")
    pages = {"id": Code("Tool")}
    assert type_cell(made, pages) == (
        "`Option<Vec<`[`models::Tool`](Tool.md)`>>` \\| `x`"
    )


def test_spaces_stand_outside_of_code() -> None:
    made = expr("array of ", TypeRef("id", name_text("Tool")), " | null")
    pages = {"id": Code("Tool")}
    assert type_cell(made, pages) == "`array of` [`Tool`](Tool.md) \\| `null`"


def test_a_fence_is_longer_than_what_is_inside() -> None:
    assert fenced("json", '"```"') == '````json\n"```"\n````'


def test_a_hidden_line_shows_nothing() -> None:
    line = hidden('From "A\\B" (1)\n# not a heading')
    assert MarkdownIt("commonmark").render(f"{line}\n\n# Title\n") == (
        "<h1>Title</h1>\n"
    )


def test_anchors_are_those_of_github() -> None:
    anchors = Anchors(["# The `x` & [y](z) thing", "```", "# no", "```", "## Details"])
    headings = ["Details", "input_audio", "`hate/threatening`", "Details 1", "Details"]
    assert [anchors.add(heading) for heading in headings] == [
        "details-1",
        "input_audio",
        "hatethreatening",
        "details-1-1",
        "details-2",
    ]


HOSTILE = r"""
    Odd|Name`<b>:
      description: "A | pipe, <script>f(1)</script> {{ jinja }} &quot;x&quot; [x](/y)"
      type: object
      required: ["a|b"]
      properties:
        "a|b": {type: string, pattern: '^(a|b\|c)`$', description: "`x | y`"}
        "<b>": {enum: ["a|b", "`", "<i>", "*"], default: "a|b"}
        "": {const: "x\n# y", description: "# Heading\n\ntext"}
        details:
          description: |
            First.

            | a | b |
            | - | - |
            | 1 | 2 |

            # Details

            ```
            # no heading
            ```
        examples: {description: "> quoted only"}
        "[x](y)": {type: number, format: "]|[", title: "T | t"}
    """


@pytest.fixture(scope="module")
def hostile() -> dict[str, PageText]:
    return pages(schemas(HOSTILE).model)


def test_a_hostile_spec_gives_harmless_pages(hostile: dict[str, PageText]) -> None:
    assert dead_links(hostile) == []
    assert [f for page in hostile.values() for f in faults(page)] == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_hostile_spec_loses_nothing(
    dialect: str, hostile: dict[str, PageText]
) -> None:
    page = hostile[page_path(dialect, "OddNameB")]
    rows = list(page.rows.values())
    assert len(rows) == 6
    assert "^(a|b\\|c)`$" in rows[0].notes
    told = rows[1].notes + rows[1].type.replace(" | ", ", ")
    assert '"a|b", "`", "<i>", "*"' in told or "Literal[" in told
    text = 'A | pipe, <script>f(1)</script> {{ jinja }} "x" x'
    assert text in page.paragraphs


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_no_cell_can_hold_has_a_section(
    dialect: str, hostile: dict[str, PageText]
) -> None:
    page = hostile[page_path(dialect, "OddNameB")]
    cell = page.rows["details"].description_cell
    assert cell.content == "First. [more](#details-1)"
    assert "\n| 1 | 2 |\n" in page.source
    assert page.rows["examples"].description_cell.content == "[more](#examples)"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_words_of_the_spec_on_a_page(dialect: str) -> None:
    found = pages(
        schemas("""
            Job:
              description: A job. See [the guide](/guide).
              deprecated: true
              type: object
              additionalProperties: false
              properties:
                tags:
                  type: array
                  minItems: 1
                  maxItems: 4
                  uniqueItems: true
                  items: {type: string, minLength: 2, pattern: '^[a-z]+$'}
                labels:
                  type: object
                  maxProperties: 16
                  additionalProperties: {type: string, maxLength: 64}
                rate: {type: number, exclusiveMinimum: 0, multipleOf: 0.25}
                secret: {type: string, writeOnly: true, deprecated: true}
                state: {$ref: '#/components/schemas/State'}
            State:
              description: "Where a job is:\\n\\n- `on`\\n- `off`"
              enum: [on, off]
            """).model,
        dialect,
        base_url="https://example.com/docs/",
    )
    page = found[page_path(dialect, "Job")]
    assert "> **Deprecated.**" in page.source
    assert "[the guide](https://example.com/docs/guide)" in page.source
    assert "Other properties are not allowed." in page.source
    rows = page.rows
    wants = {
        "tags": "[items 1 to 4] [unique items]"
        " [each item: length at least 2, pattern ^[a-z]+$]",
        "labels": "[properties at most 16] [each value: length at most 64]",
        "rate": "[above 0] [multiple of 0.25]",
        "secret": "[optional] [deprecated] [write-only]",
    }
    assert {
        name: want for name, want in wants.items() if want not in rows[name].notes
    } == {}
    assert shown(rows["state"].description_cell) == "Where a job is."


class _Shown(HTMLParser):
    """The words of a page as a browser shows them, and the number of its cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.cells = 0
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.cells += tag in ("td", "th")
        self.text += " " if tag in ("td", "th", "br") else ""


def test_readers_agree() -> None:
    for path, page in pages(schemas(HOSTILE).model).items():
        ours = _Shown(MarkdownIt("commonmark").enable("table").render(page.source))
        read = markdown.markdown(page.source, extensions=["tables", "fenced_code"])
        theirs = _Shown(read)
        assert theirs.text.split() == ours.text.split(), path
        assert theirs.cells == ours.cells
