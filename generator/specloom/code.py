"""Code: text that a target's encoder has already made safe to print.

Templates print nothing else: the Jinja environment's ``finalize`` refuses any other
``str``. So the only ways into a generated file are the encoders of each target and
the joins below. Also here: layout helpers that every target shares.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import lru_cache

from .values import dataclass


class Code(str):
    """Encoded source text. Make one only in an encoder, or by joining others."""

    __slots__ = ()


def join(separator: str, parts: Iterable[str]) -> Code:
    """Join encoded parts; ``separator`` is the target's own punctuation."""
    return Code(separator.join(parts))


@dataclass(frozen=True, slots=True)
class TypeRef:
    """Part of a type expression that names a declaration, so that it can be a link."""

    decl: str
    """Identity of the declaration in the model."""
    text: Code
    """What the target's source says there, such as ``Prompt`` or ``models::Prompt``."""


@dataclass(frozen=True, slots=True)
class TypeExpr:
    """A type as one target spells it: text and references in order."""

    parts: tuple[Code | TypeRef, ...]

    @property
    def text(self) -> Code:
        """The whole expression as source text."""
        if len(self.parts) == 1:
            part = self.parts[0]
            return part if isinstance(part, str) else part.text
        return join("", [p if isinstance(p, str) else p.text for p in self.parts])

    @property
    def refs(self) -> tuple[str, ...]:
        """Identities of the declarations named, in order, without repeats."""
        found = [p.decl for p in self.parts if isinstance(p, TypeRef)]
        return tuple(dict.fromkeys(found)) if found else ()


def expr(*parts: str | TypeRef | TypeExpr) -> TypeExpr:
    """Concatenate parts into one type expression, merging neighbouring text.

    A plain ``str`` here is the target's own syntax, never text of a spec.
    """
    flat: list[Code | TypeRef] = []
    for part in parts:
        for item in part.parts if isinstance(part, TypeExpr) else (part,):
            if isinstance(item, str) and flat and isinstance(flat[-1], str):
                flat[-1] = Code(flat[-1] + item)
            else:
                flat.append(item if isinstance(item, Code | TypeRef) else Code(item))
    return TypeExpr(tuple(flat))


@lru_cache
def word(text: str) -> TypeExpr:
    """An expression that names nothing of the spec, such as ``bool``."""
    return expr(text)


def join_exprs(separator: str, parts: Iterable[TypeExpr]) -> TypeExpr:
    """Join type expressions with the target's own punctuation."""
    flat: list[str | TypeExpr] = []
    for part in parts:
        if flat:
            flat.append(separator)
        flat.append(part)
    return expr(*flat)


def wrap(text: str, width: int) -> list[str]:
    """Wrap one paragraph to ``width`` columns without splitting words or code."""
    return textwrap.wrap(
        text, width, break_long_words=False, break_on_hyphens=False
    ) or [""]
