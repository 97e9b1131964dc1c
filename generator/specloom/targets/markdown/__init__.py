"""Markdown: documentation is a target like any other, in the dialect of each language.

Enters: the model and the settings of ``[markdown]`` and of each language. Leaves: one
folder a dialect, with an index and a page for every declaration that the language has.
Promises: a page tells the same facts in all dialects, and no link leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ...target import Page, Run
from ..languages import LANGUAGES
from ..settings import MarkdownSettings
from .book import Book
from .dialects import DIALECTS
from .facts import Facts


class Markdown:
    """Writes the documentation."""

    name: ClassVar[str] = "markdown"
    summary: ClassVar[str] = "one page a model, with types as each language has them"
    settings_type: ClassVar[type] = MarkdownSettings

    def pages(self, run: Run) -> Iterator[Page]:
        """The indexes and pages of each dialect, in the order of the settings."""
        settings = run.settings.get(self.name, MarkdownSettings())
        facts = Facts(run.model, run.docs_base_url)
        for name in dict.fromkeys(settings.dialects):
            language = LANGUAGES[name]
            own = run.settings.get(name, language.settings_type())
            book = Book(facts, language(run.model, own), DIALECTS[name])
            yield from book.pages()
