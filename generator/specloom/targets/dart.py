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

from ..code import Code, TypeExpr, expr, join, join_exprs, word
from ..ir import (
    AnyType,
    Branch,
    Decl,
    EnumBody,
    Field,
    IntegerType,
    Json,
    Model,
    NullableType,
    NullType,
    NumberType,
    StringType,
    TupleType,
)
from ..naming import camel
from .nominal import NominalSpeller, is_fixed
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

    def any(self) -> TypeExpr:
        """Any value, null included."""
        return word("Object?")

    def never(self) -> TypeExpr:
        """A type without values."""
        return word("Never")

    def null(self) -> TypeExpr:
        """``Null``."""
        return word("Null")

    def boolean(self) -> TypeExpr:
        """``bool``."""
        return word("bool")

    def integer(self, type_: IntegerType) -> TypeExpr:
        """``int``."""
        return word("int")

    def number(self, type_: NumberType) -> TypeExpr:
        """Either kind, as a double cannot hold each int."""
        return word("num")

    def string(self, type_: StringType) -> TypeExpr:
        """``String``."""
        return word("String")

    def const(self, value: Json) -> TypeExpr:
        """The type of the value."""
        match value:
            case bool():
                return word("bool")
            case str():
                return word("String")
            case int():
                return word("int")
            case float():
                return word("num")
            case None:
                return self.null()
            case list():
                return word("List<Object?>")
            case dict():
                return word("Map<String, Object?>")

    def either(self, options: Sequence[TypeExpr]) -> TypeExpr:
        """One type if they agree, else their common supertype."""
        if len(set(options)) == 1:
            return options[0]
        empty = {"Null", "Object?"}
        optional = any(o.text in empty or o.text.endswith("?") for o in options)
        return word("Object?" if optional else "Object")

    def union(self, branches: Sequence[Branch]) -> TypeExpr:
        """Without a name only their common type is left."""
        return self.either([self.spell(branch.type) for branch in branches])

    def list(self, item: TypeExpr) -> TypeExpr:
        """``List<T>``."""
        return expr("List<", item, ">")

    def tuple(self, type_: TupleType) -> TypeExpr:
        """A record if its length is fixed."""
        items = [self.spell(item) for item in type_.prefix]
        if is_fixed(type_):
            comma = "," if len(items) == 1 else ""
            return expr("(", join_exprs(", ", items), comma, ")")
        return self.list(self.either([*items, self.spell(type_.rest)]))

    def map(self, value: TypeExpr) -> TypeExpr:
        """``Map<String, T>``."""
        return expr("Map<String, ", value, ">")

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
