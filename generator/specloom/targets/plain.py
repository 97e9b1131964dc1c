"""Plain: the JSON on the wire itself, spelled in JSON's own terms.

Enters: the model. Leaves: names as the spec has them, and types such as ``array of
string`` or ``"auto" | "none"``. Promises: what it says holds for every language.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import ClassVar

from ..code import Code, TypeExpr, expr, join_exprs, word
from ..ir import (
    Branch,
    EnumBody,
    Field,
    Json,
    NeverType,
    Record,
    TupleType,
)
from ..target import Speller, Words
from .settings import PlainSettings


class Plain(Speller):
    """Spells for nobody's language."""

    language: ClassVar[str] = "plain"
    title: ClassVar[str] = "JSON"
    settings_type: ClassVar[type] = PlainSettings
    words: ClassVar[Words] = Words(
        any=word("any value"),
        never=word("no value"),
        null=word("null"),
        boolean=word("boolean"),
        integer=word("integer"),
        number=word("number"),
        string=word("string"),
        list_of=("array of ", ""),
        map_of=("object of ", ""),
    )
    structural: ClassVar[bool] = True

    def field_style(self, text: str) -> str:
        """As it is."""
        return text

    def field_names(self, record: Record) -> dict[str, Code]:
        """The names on the wire, which need no change to be told apart."""
        return {field.wire_name: Code(field.wire_name) for field in record.fields}

    def field(self, field: Field) -> TypeExpr:
        """On the wire an optional property is simply not there."""
        return self.spell(field.type)

    def const(self, value: Json) -> TypeExpr:
        """The value."""
        return expr(self.literal(value))

    def enum(self, enum: EnumBody) -> TypeExpr:
        """The values."""
        options = [self.const(value) for value in enum.values]
        return join_exprs(" | ", [*options, expr("string")] if enum.open else options)

    def union(self, branches: Sequence[Branch]) -> TypeExpr:
        """The alternatives."""
        return join_exprs(" | ", [self.spell(branch.type) for branch in branches])

    def list(self, item: TypeExpr) -> TypeExpr:
        """``array of string``."""
        return super().list(_grouped(item))

    def tuple(self, type_: TupleType) -> TypeExpr:
        """``[string, integer, ...any value]``."""
        items = [self.spell(item) for item in type_.prefix]
        if not isinstance(type_.rest, NeverType):
            items.append(expr("...", _grouped(self.spell(type_.rest))))
        return expr("[", join_exprs(", ", items), "]")

    def map(self, value: TypeExpr) -> TypeExpr:
        """``object of string``: any names, with values of one type."""
        if value == self.words.any:
            return word("object")
        return super().map(_grouped(value))

    def nullable(self, inner: TypeExpr) -> TypeExpr:
        """``string | null``."""
        return expr(inner, " | null")

    def literal(self, value: Json) -> Code:
        """JSON, with what cannot be seen escaped."""
        text = _encoded(value)
        return Code(text if text.isprintable() else "".join(map(_escaped, text)))


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _grouped(made: TypeExpr) -> TypeExpr:
    return expr("(", made, ")") if " | " in made.text else made


def _escaped(char: str) -> str:
    if char.isprintable():
        return char
    octets = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{octets[at : at + 4]}" for at in range(0, len(octets), 4))
