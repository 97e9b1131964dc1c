"""Nominal languages: what Rust, PHP and Dart have in common as spellers.

Enters: the model. Leaves: a :class:`NominalSpeller`, which adds to a speller the names
of an enumeration's members and the literals that use them. Promises: the members of
one enumeration have names of their own, whatever their values are.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from ..code import Code, TypeExpr, expr, join, join_exprs
from ..ir import (
    Alias,
    Branch,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    Field,
    Json,
    ListType,
    Model,
    NeverType,
    NullableType,
    NumberType,
    TupleType,
    Type,
    UnionBody,
)
from ..naming import allocate
from ..target import Speller
from .examples import same_json


def is_fixed(tuple_: TupleType) -> bool:
    """Whether every position is obligatory and nothing may follow the last one."""
    length = len(tuple_.prefix)
    closed = isinstance(tuple_.rest, NeverType) or tuple_.max_items == length
    return closed and (tuple_.min_items or 0) >= length


class NominalSpeller(Speller):
    """A language where an enumeration is a type with a name and members."""

    reserved_members: ClassVar[frozenset[str]] = frozenset()
    """Names that no member of an enumeration may have."""
    folded_members: ClassVar[bool] = False
    """Whether the case of these names does not count."""

    def __init__(self, model: Model, settings: Any) -> None:
        super().__init__(model, settings)
        self._members: dict[tuple[str, ...], tuple[Code, ...]] = {}

    @abstractmethod
    def member_style(self, text: str) -> str:
        """The case style of an enumeration's members."""

    @abstractmethod
    def member(self, decl: Decl, name: Code) -> Code:
        """The expression that names a member of a declared enumeration."""

    def members(self, enum: EnumBody) -> tuple[Code, ...]:
        """The name of each value's member, in the order of the values."""
        texts = [v if isinstance(v, str) else json.dumps(v) for v in enum.values]
        if len(set(texts)) < len(texts):  # both 1 and "1"
            texts = [
                text if isinstance(value, str) else f"json {text}"
                for text, value in zip(texts, enum.values)
            ]
        known = self._members.get(tuple(texts))
        if known is None:
            names = allocate(
                texts,
                self.member_style,
                reserved=self.reserved_members,
                prefix="value",
                folded=self.folded_members,
            )
            known = tuple(Code(names[text]) for text in texts)
            self._members[tuple(texts)] = known
        return known

    # --- literals ---------------------------------------------------------------------

    @abstractmethod
    def text(self, value: str) -> Code:
        """A string literal, whatever is in it."""

    def real(self, value: int | float) -> Code:
        """A literal of the language's type for any number."""
        return Code(repr(value))

    def items(self, items: Sequence[Code]) -> Code:
        """A list literal."""
        return Code(f"[{join(', ', items)}]")

    def literal(self, value: Json) -> Code:
        """As data is written."""
        return self.data(value)

    def data(self, value: Json) -> Code:
        """JSON in the language's own notation for data, which is much like JSON."""
        match value:
            case None:
                return Code("null")
            case bool():
                return Code("true" if value else "false")
            case int() | float():
                return Code(repr(value))
            case str():
                return self.text(value)
            case list():
                return Code(f"[{join(', ', map(self.data, value))}]")
            case dict():
                pairs = [(self.text(key), self.data(x)) for key, x in value.items()]
                return self.mapping(pairs)

    def mapping(self, pairs: Iterable[tuple[Code, Code]]) -> Code:
        """An object among data."""
        return Code(f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}")

    def has_members(self, enum: EnumBody) -> bool:
        """Whether the language has an enumeration type for these values."""
        return all(isinstance(value, str) for value in enum.values)

    def default(self, field: Field, value: Json) -> Code:
        """The default, with the members of enumerations by name."""
        return self.value(field.type, value)

    def value(self, type_: Type, value: Json) -> Code:
        """A JSON value of a type, with the members of enumerations by name."""
        match type_, value:
            case NullableType(inner=inner), _ if value is not None:
                return self.value(inner, value)
            case ListType(item=item), list():
                return self.items([self.value(item, each) for each in value])
            case NumberType(), int() | float() if not isinstance(value, bool):
                return self.real(value)
            case DeclRef(id=id_), _:
                decl = self.model.decls[id_]
                match decl.body:
                    case Alias(type=inner):
                        return self.value(inner, value)
                    case EnumBody() as enum if self.has_members(enum):
                        for name, known in zip(self.members(enum), enum.values):
                            if same_json(known, value):
                                return self.member(decl, name)
                    case UnionBody(branches=branches):
                        for branch in branches:
                            if self._holds(branch.type, value):
                                return self.variant(decl, branch, value)
                    case _:
                        pass
            case _:
                pass
        return self.literal(value)

    def _holds(self, type_: Type, value: Json) -> bool:
        """Whether a type lists a value."""
        match type_:
            case ConstType(value=known):
                return same_json(known, value)
            case DeclRef(id=id_):
                body = self.model.decls[id_].body
                listed = body.values if isinstance(body, EnumBody) else ()
                return any(same_json(known, value) for known in listed)
            case _:
                return False

    def variant(self, decl: Decl, branch: Branch, value: Json) -> Code:
        """A value of a declared union that one alternative lists."""
        return self.value(branch.type, value)

    # A declared enumeration or union is referred to by its name, so that written in
    # place only the JSON kinds of their values matter, and each language knows these.

    def const(self, value: Json) -> TypeExpr:
        """The type of the value."""
        match value:
            case bool():
                return self.words.boolean
            case str():
                return self.words.string
            case int():
                return self.words.integer
            case float():
                return self.words.number
            case _:
                return self.words.any

    def enum(self, enum: EnumBody) -> TypeExpr:
        """The type of the values on the wire."""
        return self.either([self.const(value) for value in enum.values])

    def union(self, branches: Sequence[Branch]) -> TypeExpr:
        """The type of the values of all alternatives."""
        return self.either([self.spell(branch.type) for branch in branches])

    def tuple(self, type_: TupleType) -> TypeExpr:
        """A type with a place for each item if its length is fixed, else a list."""
        items = [self.spell(item) for item in type_.prefix]
        if is_fixed(type_):
            return self.fixed_tuple(items)
        return self.list(self.either([*items, self.spell(type_.rest)]))

    def fixed_tuple(self, items: Sequence[TypeExpr]) -> TypeExpr:
        """``(A, B)``, and ``(A,)`` for a single item."""
        comma = "," if len(items) == 1 else ""
        return expr("(", join_exprs(", ", items), comma, ")")

    @abstractmethod
    def either(self, options: Sequence[TypeExpr]) -> TypeExpr:
        """The narrowest type for values of any of several types, without a name."""


def escaped(text: str, escapes: Mapping[str, str]) -> str:
    r"""A text with these escapes, and with ``\u{...}`` for what cannot be seen."""
    if text.isprintable() and escapes.keys().isdisjoint(text):
        return text
    return "".join([escapes.get(char) or _seen(char) for char in text])


def _seen(char: str) -> str:
    return char if char.isprintable() else f"\\u{{{ord(char):x}}}"
