"""Reading generated Markdown as a site would: links, anchors, tables, raw HTML.

Nothing here is shared with the generator: pages are parsed by markdown-it, and anchors
are made by GitHub's rule, written out once more.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rendering import rendered
from specloom.ir import Model
from specloom.target import Run
from specloom.targets.markdown import Markdown
from specloom.targets.markdown.dialects import DIALECTS
from specloom.targets.settings import MarkdownSettings

_READER = MarkdownIt("commonmark").enable("table")
FOLDERS = {"php": "docs/Model", "dart": "doc"}


@dataclass(frozen=True)
class PageText:
    """One page, and what a reader finds on it."""

    path: str
    source: str

    @cached_property
    def tokens(self) -> list[Token]:
        return _READER.parse(self.source)

    @cached_property
    def inline(self) -> list[Token]:
        return [child for token in self.tokens for child in token.children or ()]

    @property
    def paragraphs(self) -> list[str]:
        """What a reader sees, a paragraph, heading or cell each."""
        return [shown(token) for token in self.tokens if token.type == "inline"]

    @property
    def links(self) -> Iterator[str]:
        for token in self.inline:
            if token.type == "link_open":
                yield str(token.attrs["href"])

    @cached_property
    def anchors(self) -> set[str]:
        """What `#...` may name on this page: GitHub's slugs, repeats numbered."""
        found: set[str] = set()
        seen: Counter[str] = Counter()
        for at, token in enumerate(self.tokens):
            if token.type != "heading_open":
                continue
            children = self.tokens[at + 1].children or []
            text = "".join(
                t.content for t in children if t.type in ("text", "code_inline")
            )
            slug = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
            found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
        return found

    @property
    def html(self) -> list[str]:
        """Raw HTML other than line breaks."""
        raw = [t.content for t in self.inline if t.type == "html_inline"]
        raw += [t.content for t in self.tokens if t.type == "html_block"]
        return [tag for tag in raw if tag != "<br/>"]

    @cached_property
    def tables(self) -> list[list[list[Token]]]:
        """Each table as rows of inline tokens; the first row is the header."""
        tables: list[list[list[Token]]] = []
        for at, token in enumerate(self.tokens):
            if token.type == "table_open":
                tables.append([])
            elif token.type == "tr_open":
                tables[-1].append([])
            elif token.type in ("th_open", "td_open"):
                tables[-1][-1].append(self.tokens[at + 1])
        return tables

    @property
    def rows(self) -> dict[str, Row]:
        """The rows of the properties table by the name of the property."""
        for table in self.tables:
            if [cell.content for cell in table[0]][:2] == ["Name", "Type"]:
                return {row.name: row for row in (Row(*cells) for cells in table[1:])}
        return {}


@dataclass(frozen=True)
class Row:
    """A row of four cells."""

    name_cell: Token
    type_cell: Token
    description_cell: Token
    notes_cell: Token

    @property
    def name(self) -> str:
        return shown(self.name_cell)

    @property
    def type(self) -> str:
        return shown(self.type_cell)

    @property
    def notes(self) -> str:
        return shown(self.notes_cell)

    @property
    def type_links(self) -> list[str]:
        children = self.type_cell.children or []
        return [str(t.attrs["href"]) for t in children if t.type == "link_open"]


def shown(cell: Token) -> str:
    """What a reader sees of inline Markdown."""
    return "".join(t.content for t in cell.children or [] if t.type != "html_inline")


def pages(
    model: Model, *dialects: str, base_url: str | None = None
) -> dict[str, PageText]:
    """The pages of some dialects, or of all, by path below the target's folder."""
    settings = {"markdown": MarkdownSettings(dialects or tuple(DIALECTS))}
    made = Markdown().pages(Run(model, settings, base_url))
    files = rendered("markdown", made)
    found = {path.removeprefix("markdown/"): text for path, text in files.items()}
    return {path: PageText(path, text) for path, text in found.items()}


def page_path(dialect: str, name: str) -> str:
    return f"{dialect}/{FOLDERS.get(dialect, 'docs')}/{name}.md"


def dead_links(found: Mapping[str, PageText]) -> list[str]:
    """Each relative link or anchor that leads nowhere."""
    dead: list[str] = []
    for path, page in found.items():
        for link in page.links:
            if re.match(r"(https?|mailto):", link):
                continue
            file, _, anchor = unquote(link).partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
            target = target if file else path
            if target not in found or (anchor and anchor not in found[target].anchors):
                dead.append(f"{path}: {link}")
    return dead


def faults(page: PageText) -> list[str]:
    """What no page may have: HTML, entities but `&lt;`, tables that are not square."""
    wrong = [f"{page.path}: HTML {tag}" for tag in page.html]
    entities = re.findall(r"&(?!lt;)(?:#\w+|\w+);", page.source)
    wrong += [f"{page.path}: entity {entity}" for entity in entities]
    for line in page.source.splitlines():
        if line.startswith("**") and " | " in line:
            bars = len(re.findall(r"(?<!\\)\|", line))
            wrong += [f"{page.path}: {bars + 1} cells: {line}"] if bars != 3 else []
    return wrong
