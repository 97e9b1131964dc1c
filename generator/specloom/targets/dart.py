"""Dart: how a Dart 3 package names things and writes types.

Enters: the model and the settings of ``[dart]``. Leaves: names, null-safe types and
literals. A record is a class, a closed enumeration an ``enum``, an open one an
extension type over its values, a union a sealed class, an alias a ``typedef``.
Promises: every name is legal, and shadows nothing of ``dart:core``.

An absent property is null; where null means something else it is an ``Optional``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from ..code import Code, TypeExpr, expr, join, word
from ..ir import (
    AnyType,
    Decl,
    EnumBody,
    Field,
    Json,
    Model,
    NullableType,
    NullType,
)
from ..naming import camel
from ..target import Words
from .nominal import NominalSpeller
from .settings import DART_KEYWORDS as KEYWORDS, DartSettings

# A member of such a name hides a type from its own class, or is one of Object's.
HIDING = frozenset(
    "bool double dynamic int num hashCode noSuchMethod runtimeType toString".split()
)
CORE = frozenset(
    "BigInt Comparable DateTime Deprecated Duration Enum Error Exception Expando"
    " Finalizer Function Future Invocation Iterable Iterator List Map MapEntry Match"
    " Never Null Object Pattern Record RegExp RegExpMatch RuneIterator Runes Set Sink"
    " StackTrace Stopwatch Stream String StringBuffer StringSink Symbol Type Uri"
    " UriData WeakReference ArgumentError AssertionError ConcurrentModificationError"
    " FormatException IndexError IntegerDivisionByZeroException NoSuchMethodError"
    " OutOfMemoryError RangeError StackOverflowError StateError TypeError"
    " UnimplementedError UnsupportedError".split()
)


class Dart(NominalSpeller):
    """Spells for Dart."""

    language: ClassVar[str] = "dart"
    title: ClassVar[str] = "Dart"
    settings_type: ClassVar[type] = DartSettings
    words: ClassVar[Words] = Words(
        any=word("Object?"),
        never=word("Never"),
        null=word("Null"),
        boolean=word("bool"),
        integer=word("int"),
        number=word("num"),  # either kind, as a double cannot hold each int
        string=word("String"),
        list_of=("List<", ">"),
        map_of=("Map<String, ", ">"),
    )
    reserved_types: ClassVar[frozenset[str]] = CORE | {"Optional"}
    reserved_fields: ClassVar[frozenset[str]] = (
        KEYWORDS | HIDING | frozenset("copyWith fromJson toJson validate".split())
    )
    reserved_members: ClassVar[frozenset[str]] = (
        KEYWORDS | HIDING | frozenset("fromJson index name toJson value values".split())
    )

    def __init__(self, model: Model, settings: DartSettings) -> None:
        super().__init__(model, settings)
        self.package = Code(self.settings.package)

    # --- names ------------------------------------------------------------------------

    def field_style(self, text: str) -> str:
        """``camelCase``."""
        return camel(text)

    def member_style(self, text: str) -> str:
        """``camelCase``."""
        return camel(text)

    def member(self, decl: Decl, name: Code) -> Code:
        """``RealtimeAudioFormat.pcm16``."""
        return Code(f"{self.type_name(decl)}.{name}")

    def has_members(self, enum: EnumBody) -> bool:
        """An enum can stand for scalars of any kind."""
        return not any(isinstance(value, list | dict) for value in enum.values)

    # --- types ------------------------------------------------------------------------

    def field(self, field: Field) -> TypeExpr:
        """An optional property is null, or absent as an ``Optional`` says."""
        made = self.spell(field.type)
        if field.required:
            return made
        if isinstance(field.type, NullableType | NullType | AnyType):
            return expr("Optional<", made, ">")
        return self.nullable(made)

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
            case None:
                return self.words.null
            case list():
                return self.list(self.words.any)
            case dict():
                return self.map(self.words.any)

    def either(self, options: Sequence[TypeExpr]) -> TypeExpr:
        """One type if they agree, else their common supertype."""
        if len(set(options)) == 1:
            return options[0]
        empty = {"Null", "Object?"}
        optional = any(o.text in empty or o.text.endswith("?") for o in options)
        return word("Object?" if optional else "Object")

    def nullable(self, inner: TypeExpr) -> TypeExpr:
        """``T?``."""
        return inner if inner.text.endswith("?") else expr(inner, "?")

    # --- literals ---------------------------------------------------------------------

    def literal(self, value: Json) -> Code:
        """A literal."""
        match value:
            case None:
                return Code("null")
            case bool():
                return Code("true" if value else "false")
            case int() | float():
                return Code(repr(value))
            case str():
                return string_literal(value)
            case list():
                return self.items([self.literal(item) for item in value])
            case dict():
                pairs = [
                    f"{string_literal(key)}: {self.literal(item)}"
                    for key, item in value.items()
                ]
                return Code(f"{{{', '.join(pairs)}}}")

    def items(self, items: Sequence[Code]) -> Code:
        """``[...]``."""
        return Code(f"[{join(', ', items)}]")

    def real(self, value: int | float) -> Code:
        """As written: ``num`` takes both."""
        return self.literal(value)


def string_literal(text: str) -> Code:
    """A single-quoted literal; what cannot be seen is escaped."""
    return Code("'" + _ODD.sub(_escaped, text) + "'")


_ESCAPES = {
    "'": "\\'", "\\": "\\\\", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t",
}  # fmt: skip


_ODD = re.compile(r"[^ -#%&(-\[\]-~]")


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if char in _ESCAPES:
        return _ESCAPES[char]
    return char if char.isprintable() else f"\\u{{{ord(char):x}}}"
