"""Dart: how a Dart 3 package names things and writes types.

Enters: the model and the settings of ``[dart]``. Leaves: names, null-safe types and
literals. A record is a class, a closed enumeration an ``enum``, an open one an
extension type over its values, a union a sealed class, an alias a ``typedef``.
Promises: every name is legal, and shadows nothing of ``dart:core``.

An absent property is null; where null means something else it is an ``Optional``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from ..code import Code, TypeExpr, expr, word
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
from .nominal import NominalSpeller, escaped
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
            case list():
                return self.list(self.words.any)
            case dict():
                return self.map(self.words.any)
            case _:
                return super().const(value)

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

    def text(self, value: str) -> Code:
        """Single-quoted."""
        return Code(f"'{escaped(value, _ESCAPES)}'")


_ESCAPES = {
    "'": "\\'", "\\": "\\\\", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t",
}  # fmt: skip
