"""Docs in Python: docstrings and comments that a spec cannot break out of.

Enters: descriptions and what else the model tells people. Leaves: docstrings as PEP 257
and black want them, and sentences about what a type alone cannot say. Promises: no
text of a spec ends a docstring or a comment, or hides in one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from ...code import Code, wrap
from ...doctext import reflow, resolve_links
from ...doctext.spans import code_span
from ...ir import MISSING, Decl, Docs, Field, MapType, Model
from ...naming import words
from ..examples import default_of
from ..wording import Wording, occasions, title
from . import literals
from .layout import STEP, WIDTH
from .patterns import translate

_UNSAFE: Callable[[], re.Pattern[str]] = partial(
    re.compile, rf'[\\{literals.UNSEEN}]|"""'
)
# PEP 263, PEP 484, and words that tools obey at any place of a comment.
_OBEYED = re.compile(
    r"\b(?:coding(?=[:=])|(?:type|fmt|isort|flake8|mypy|pylint|pyright|ruff|yapf)(?=:))"
)
_SAYS_DEPRECATED = partial(re.compile, r"[\s*_`]*deprecated\b", re.IGNORECASE)
_SAID_OF_OTHERS = "Properties that the spec does not name, kept as they came."
LONGEST_DEFAULT = 60
"""The text of a longer default would say more than the description."""
_REMEMBERED = 1 << 14
"""Docstrings that are remembered: properties of one name are often said to be alike."""


def comment(text: str) -> Code:
    """One line of comment that asks nothing of the interpreter or a tool."""
    line = _OBEYED.sub(r"\g<0> ", " ".join(text.split()))
    return Code(f"# {literals.visible(line)}")


def docstring(lines: Sequence[str], depth: int) -> Code:
    """A docstring at a level of indentation, its first line without it."""
    pad = STEP * depth
    first, *rest = [_escape(line.rstrip(" ")) for line in lines]
    if first.startswith('"'):
        first = f" {first}"
    if rest:
        body = [first, *(f"{pad}{line}" if line else "" for line in rest), pad]
        return Code('"""' + "\n".join(body) + '"""')
    if first.endswith('"') or (len(first) - len(first.rstrip("\\"))) % 2:
        first = f"{first} "
    return Code(f'"""{first}"""')


def _escape(text: str) -> str:
    if literals.is_plain(text):
        return text
    return _UNSAFE().sub(
        lambda m: '""\\"' if m[0] == '"""' else literals.escape(m[0]), text
    )


class Docstrings:
    """Makes the docstrings of a model."""

    def __init__(
        self, model: Model, named: Callable[[str], bool], base_url: str | None
    ) -> None:
        self._base_url = base_url
        self._wording = Wording(
            model,
            named,
            checks=lambda pattern: translate(pattern) is not None,
            visible=literals.visible,
            literal=literals.literal,
            has_integers=True,
        )

    def declaration(self, decl: Decl, depth: int) -> Code:
        """The docstring of a class or an alias."""
        docs = decl.docs
        about = docs.description or title(docs, decl.name) or _in_words(decl.name)
        about += self._wording.values(decl)
        facts = (*self._wording.of_declared(decl), *_history(docs))
        return _made(about, facts, depth, self._base_url)

    def property(self, field: Field) -> Code | None:
        """The docstring below a property, if there is something to say."""
        rules = self._wording.of_field(field)
        facts = (*rules, *_default(field), *_history(field.docs))
        about = self._wording.about(field)
        return _made(about, facts, 1, self._base_url) if about or facts else None

    def others(self, type_: MapType) -> Code:
        """The docstring below the attribute that keeps all other properties."""
        return _made(_SAID_OF_OTHERS, (*self._wording.of(type_),), 1, None)


@lru_cache(_REMEMBERED)
def _made(about: str, facts: tuple[str, ...], depth: int, base_url: str | None) -> Code:
    """A docstring of a description and of sentences behind it."""
    width = WIDTH - len(STEP) * depth
    settled = resolve_links(about, base_url)
    lines = _behind_quotes(settled, width) if about else []
    if len(lines) == 1 and len(lines[0]) + 6 > width and not facts:
        lines = list(reflow(settled, width - 6))
    if facts:
        lines += ["", *wrap(" ".join(facts), width)] if lines else []
        lines = lines or wrap(" ".join(facts), width - 3)
    return docstring(lines or [""], depth)


def _behind_quotes(text: str, width: int) -> list[str]:
    """Wrap a text whose first line has the opening quotes before it."""
    if text[:1].isalpha():
        first, *rest = reflow(f"xxx{text}", width)
        if first.startswith("xxx"):  # or it is a heading
            return [first[3:], *rest]
    lines = list(reflow(text, width))
    if not lines or len(lines[0]) + 3 <= width:
        return lines
    bare = text.lstrip()
    return (
        list(reflow(text, width - 3)) if bare == text else _behind_quotes(bare, width)
    )


def _in_words(name: str) -> str:
    """``RealtimeSession`` gives the words ``Realtime session``."""
    first, *rest = words(name)
    lower = [word if word.isupper() else word.lower() for word in rest]
    return " ".join([first, *lower]) + "."


def _default(field: Field) -> Iterator[str]:
    default = default_of(field)
    if default is not MISSING:
        shown = literals.short_literal(default, LONGEST_DEFAULT)
        if shown is not None:
            yield f"The server's default is {code_span(shown)}."


def _history(docs: Docs) -> Iterator[str]:
    if docs.deprecated and not _SAYS_DEPRECATED().match(docs.description):
        yield "Deprecated."
    yield from occasions(docs)
    if docs.since:
        yield f"Since {docs.since}."
