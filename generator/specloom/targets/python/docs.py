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
from ...doctext import reflow, resolve_links, summary
from ...ir import (
    MISSING,
    Alias,
    Decl,
    DeclRef,
    Docs,
    Field,
    IntegerType,
    Json,
    ListType,
    MapType,
    Model,
    NullableType,
    NumberRules,
    NumberType,
    StringType,
    TupleType,
    Type,
)
from ...naming import words
from . import literals as literals
from .layout import STEP, WIDTH
from .patterns import translate

_UNSEEN = partial(re.compile, f"[{literals.UNSEEN}]")
_UNSAFE: Callable[[], re.Pattern[str]] = partial(
    re.compile, rf'[\\{literals.UNSEEN}]|"""'
)
# PEP 263, PEP 484, and words that tools obey at any place of a comment.
_OBEYED = re.compile(
    r"\b(?:coding(?=[:=])|(?:type|fmt|isort|flake8|mypy|pylint|pyright|ruff|yapf)(?=:))"
)
_MUTABILITY = {
    "always": "Can be changed at any time.",
    "never": "Cannot be changed.",
    "until-audio": "Fixed once the model has answered with audio.",
    "between-responses": "Can be changed between responses.",
    "once": "Cannot be changed once set.",
}
LONGEST_DEFAULT = 60
"""The text of a longer default would say more than the description."""
_REMEMBERED = 1 << 14
"""Docstrings that are remembered: properties of one name are often said to be alike."""


def comment(text: str) -> Code:
    """One line of comment that asks nothing of the interpreter or a tool."""
    line = _OBEYED.sub(r"\g<0> ", " ".join(text.split()))
    if not literals.is_plain(line):
        line = _UNSEEN().sub(lambda found: literals.escape(found[0]), line)
    return Code(f"# {line}")


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

    def __init__(self, model: Model, base_url: str | None) -> None:
        self._model = model
        self._base_url = base_url

    def declaration(self, decl: Decl, depth: int) -> Code:
        """The docstring of a class or an alias."""
        docs = decl.docs
        about = docs.description or docs.title or _in_words(decl.name)
        facts = list(_history(docs))
        if isinstance(decl.body, Alias):
            facts = [*self._rules(decl.body.type), *facts]
        return _made(about, tuple(facts), depth, self._base_url)

    def property(self, field: Field) -> Code | None:
        """The docstring below a property, if there is something to say."""
        rules, default = self._rules(field.type), self._default(field)
        facts = (*rules, *default, *_history(field.docs))
        about = field.docs.description or field.docs.title or self._about(field.type)
        return _made(about, facts, 1, self._base_url) if about or facts else None

    def _about(self, type_: Type) -> str:
        """What is said of the declaration that a type is, in a sentence."""
        match type_:
            case NullableType(inner=inner):
                return self._about(inner)
            case DeclRef(id=id_):
                docs = self._model.decls[id_].docs
                return summary(docs.description) or docs.title
            case _:
                return ""

    # --- what a type alone does not say -----------------------------------------------

    def _rules(self, type_: Type) -> Iterator[str]:
        match type_:
            case NullableType(inner=inner):
                yield from self._rules(inner)
            case IntegerType(rules=rules) | NumberType(rules=rules):
                yield from _bounds(rules)
            case StringType(rules=rules, format=format_):
                yield from _span(rules.min_length, rules.max_length, "characters")
                if rules.pattern is not None:
                    known = translate(rules.pattern) is not None
                    unless = "" if known else ", which is not checked"
                    yield f"Matches `{rules.pattern}`{unless}."
                if format_ is not None:
                    yield f"Format `{format_}`."
            case ListType() | TupleType():
                yield from _span(type_.min_items, type_.max_items, "items")
                if type_.unique:
                    yield "No two items are equal."
            case MapType(min_properties=least, max_properties=most):
                yield from _span(least, most, "properties")
            case DeclRef(id=id_):
                decl = self._model.decls[id_]
                if decl.inline and isinstance(decl.body, Alias):
                    yield from self._rules(decl.body.type)
            case _:
                pass

    def _default(self, field: Field) -> Iterator[str]:
        if field.default is not MISSING:
            shown = literals.short_literal(field.default, LONGEST_DEFAULT)
            if shown is not None:
                yield f"The server's default is `{shown}`."


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


def _history(docs: Docs) -> Iterator[str]:
    if docs.deprecated:
        yield "Deprecated."
    if docs.read_only:
        yield "Set by the server only."
    if docs.write_only:
        yield "Never sent by the server."
    if docs.mutability is not None:
        yield _MUTABILITY[docs.mutability]
    if docs.since:
        yield f"Since {docs.since}."


def _shown(value: Json) -> str:
    return literals.literal(value)


def _bounds(rules: NumberRules) -> Iterator[str]:
    low, high = rules.minimum, rules.maximum
    if low is not None and high is not None:
        yield f"From {_shown(low)} to {_shown(high)}."
    elif low is not None:
        yield f"At least {_shown(low)}."
    elif high is not None:
        yield f"At most {_shown(high)}."
    if rules.exclusive_minimum is not None:
        yield f"Above {_shown(rules.exclusive_minimum)}."
    if rules.exclusive_maximum is not None:
        yield f"Below {_shown(rules.exclusive_maximum)}."
    if rules.multiple_of is not None:
        yield f"A multiple of {_shown(rules.multiple_of)}."


def _span(low: int | None, high: int | None, things: str) -> Iterator[str]:
    if low is not None and low == high:
        yield f"Exactly {_counted(low, things)}."
    elif low and high is not None:
        yield f"From {low} to {_counted(high, things)}."
    elif low:
        yield f"At least {_counted(low, things)}."
    elif high is not None:
        yield f"At most {_counted(high, things)}."


def _counted(count: int, things: str) -> str:
    singular = {"characters": "character", "items": "item", "properties": "property"}
    return f"{count} {singular[things] if count == 1 else things}"
