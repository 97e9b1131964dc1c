"""Rust: how a serde crate names things and writes types.

Enters: the model and the settings of ``[rust]``. Leaves: names, type expressions and
literals as a hand-written crate on ``serde`` and ``serde_json`` would have them: a
struct for a record, an enum for an enumeration or a union, ``type`` for an alias, all
in the module ``models``. Promises: what it writes is legal in the 2024 edition.

An absent property is ``None``; one that may be null as well is a nested ``Option``, so
that ``Some(None)`` is null. What contains itself by value stands in a ``Box``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from ..code import Code, TypeExpr, TypeRef, expr, join, word
from ..graphs import endless, inverted
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
    MapType,
    Model,
    NullableType,
    Record,
    TupleType,
    Type,
    UnionBody,
)
from ..naming import pascal, snake
from ..target import Words
from .nominal import NominalSpeller, escaped
from .settings import RUST_KEYWORDS as KEYWORDS, RustSettings

# These cannot even be raw identifiers.
NEVER_RAW = frozenset(["self", "Self", "super", "crate"])
# Types and traits that the prelude brings into every module, and serde's two derives.
PRELUDE = frozenset(
    "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Default"
    " DoubleEndedIterator Drop Eq Err ExactSizeIterator Extend Fn FnMut FnOnce From"
    " FromIterator Future Into IntoFuture IntoIterator Iterator None Ok Option Ord"
    " PartialEq PartialOrd Result Send Sized Some String Sync ToOwned ToString TryFrom"
    " TryInto Unpin Vec"
    " Debug Deserialize Hash Serialize".split()
)


class Rust(NominalSpeller):
    """Spells for Rust."""

    language: ClassVar[str] = "rust"
    title: ClassVar[str] = "Rust"
    settings_type: ClassVar[type] = RustSettings
    words: ClassVar[Words] = Words(
        any=word("serde_json::Value"),
        never=word("std::convert::Infallible"),
        null=word("()"),  # the unit type, which serde writes as null
        boolean=word("bool"),
        integer=word("i64"),
        number=word("f64"),
        string=word("String"),
        list_of=("Vec<", ">"),
        map_of=("std::collections::HashMap<String, ", ">"),
    )
    reserved_types: ClassVar[frozenset[str]] = PRELUDE | {"Self"}
    reserved_fields: ClassVar[frozenset[str]] = NEVER_RAW
    reserved_members: ClassVar[frozenset[str]] = frozenset(["Self", "Other"])

    def __init__(self, model: Model, settings: RustSettings) -> None:
        super().__init__(model, settings)
        self.crate = Code(self.settings.crate)
        self._endless = _recursive(model)

    # --- names ------------------------------------------------------------------------

    def field_style(self, text: str) -> str:
        """``snake_case``."""
        return snake(text)

    def member_style(self, text: str) -> str:
        """``PascalCase``."""
        return pascal(text)

    def _field_escaped(self, name: str) -> Code:
        """A keyword is a raw identifier."""
        return Code(f"r#{name}" if name in KEYWORDS else name)

    def member(self, decl: Decl, name: Code) -> Code:
        """``models::RealtimeAudioFormat::Pcm16``."""
        return Code(f"models::{self.type_name(decl)}::{name}")

    def has_members(self, enum: EnumBody) -> bool:
        """An enum can stand for scalars of any kind."""
        return not any(isinstance(value, list | dict) for value in enum.values)

    # --- types ------------------------------------------------------------------------

    def spell(self, type_: Type) -> TypeExpr:
        """As ever, but what contains itself by value gets a box to end it."""
        match type_:
            case DeclRef(id=id_) if id_ in self._endless:
                return expr("Box<", super().spell(type_), ">")
            case ListType(item=DeclRef() as item):
                return self.list(super().spell(item))
            case MapType(value=DeclRef() as value):
                return self.map(super().spell(value))
            case _:
                return super().spell(type_)

    def reference(self, decl: Decl) -> TypeExpr:
        """``models::Prompt``."""
        name = Code(f"models::{self.type_name(decl)}")
        return TypeExpr((TypeRef(decl.id, name),))

    def field(self, field: Field) -> TypeExpr:
        """An optional property is an ``Option``."""
        made = self.spell(field.type)
        return made if field.required else self.nullable(made)

    def either(self, options: Sequence[TypeExpr]) -> TypeExpr:
        """One type if they agree, else any value."""
        return options[0] if len(set(options)) == 1 else self.words.any

    def nullable(self, inner: TypeExpr) -> TypeExpr:
        """``Option<T>``."""
        return expr("Option<", inner, ">")

    # --- literals ---------------------------------------------------------------------

    def text(self, value: str) -> Code:
        """In double quotes."""
        return Code(f'"{escaped(value, _ESCAPES)}"')

    def literal(self, value: Json) -> Code:
        """A literal; objects and mixed lists by the macro ``json!``."""
        match value:
            case None:
                return Code("None")
            case bool() | int() | str():
                return self.data(value)
            case float():
                return self.real(value)
            case list() if len(kinds := {type(item) for item in value}) <= 1 and (
                kinds <= {str, bool, int, float}
            ):
                return self.items([self.literal(item) for item in value])
            case _:
                return Code(f"serde_json::json!({self.data(value)})")

    def default(self, field: Field, value: Json) -> Code:
        """Null is ``Some(None)`` where ``None`` would leave the property out."""
        if value is None and not field.required:
            return Code("Some(None)")
        return super().default(field, value)

    def variant(self, decl: Decl, branch: Branch, value: Json) -> Code:
        """``models::RealtimeTokenLimit::Inf``, or the value inside of a variant."""
        name = Code(f"models::{self.type_name(decl)}::{branch.label}")
        if isinstance(branch.type, ConstType):
            return name
        return Code(f"{name}({self.value(branch.type, value)})")

    def items(self, items: Sequence[Code]) -> Code:
        """``vec![...]``."""
        return Code(f"vec![{join(', ', items)}]")

    def real(self, value: int | float) -> Code:
        """Always with a point or an exponent, as ``f64`` demands."""
        return Code(repr(float(value)))


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _recursive(model: Model) -> set[str]:
    """Declarations that would be of infinite size: those on a cycle by value.

    And what lies between two cycles, which does no harm.
    """
    edges = {
        decl.id: frozenset(_held(decl)) & model.decls.keys()
        for decl in model.decls.values()
    }
    return endless(edges) & endless(inverted(edges))


def _held(decl: Decl) -> Iterator[str]:
    match decl.body:
        case Record(fields=fields):
            for field in fields:
                yield from _by_value(field.type)
        case UnionBody(branches=branches):
            for branch in branches:
                yield from _by_value(branch.type)
        case Alias(type=type_):
            yield from _by_value(type_)
        case EnumBody():
            pass


def _by_value(type_: Type) -> Iterator[str]:
    match type_:
        case DeclRef(id=id_):
            yield id_
        case NullableType(inner=inner):
            yield from _by_value(inner)
        case TupleType(prefix=prefix):
            for item in prefix:
                yield from _by_value(item)
        case _:
            pass
