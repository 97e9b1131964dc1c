"""How TypeScript names declarations and writes types.

Enters: types of the model. Leaves: type expressions. Promises: an expression holds
every value of its type that JSON.parse can give, and no keyword narrows it silently.
Bindings and documentation share this speller.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from ...code import Code, TypeExpr, expr, join_exprs, word
from ...ir import (
    Branch,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    Field,
    Json,
    Model,
    NeverType,
    Record,
    TupleType,
    Type,
)
from ...naming import camel, kebab
from ...target import Speller, Words, enumeration
from ..settings import TypeScriptSettings
from . import literals
from .layout import split

VERB = "matches"
"""What the name of every check begins with."""
_VERBS = ("parse", "is", "validate", VERB)
"""What the names of the functions of a module begin with."""
SCHEMA, VALUES = "Schema", "Values"
"""What the names of its constants end with."""
ANY_OTHER_STRING = "(string & {})"
"""Any string, in a form that does not swallow the literals beside it in a union."""


class TypeScriptSpeller(Speller):
    """TypeScript: interfaces under their wire names, unions of literals."""

    language: ClassVar[str] = "typescript"
    title: ClassVar[str] = "TypeScript"
    settings_type: ClassVar[type] = TypeScriptSettings
    words: ClassVar[Words] = Words(
        any=word("unknown"),
        never=word("never"),
        null=word("null"),
        boolean=word("boolean"),
        integer=word("number"),  # a double, as JSON.parse makes it, whatever its size
        number=word("number"),
        string=word("string"),
        list_of=("Array<", ">"),
        map_of=("{ [key: string]: ", " }"),
    )
    structural: ClassVar[bool] = True
    file_suffix: ClassVar[str] = "-model"
    # What a generated module takes from its runtime and from the language.
    reserved_types: ClassVar[frozenset[str]] = frozenset(
        ["Array", "DecodeError", "Schema", "Violation", "ViolationCode"]
    )

    settings: TypeScriptSettings

    def __init__(self, model: Model, settings: TypeScriptSettings) -> None:
        super().__init__(model, settings)

    # --- names ------------------------------------------------------------------------

    def file_style(self, name: str) -> str:
        """``kebab-case``."""
        return kebab(name)

    def field_style(self, text: str) -> str:
        """The wire's own spelling."""
        return text

    def field_names(self, record: Record) -> dict[str, Code]:
        """Properties have their names on the wire, in quotes where they need them."""
        return {item.wire_name: literals.key(item.wire_name) for item in record.fields}

    def constant(self, decl: Decl, what: str) -> Code:
        """A constant of a declaration; ``parseX`` of a type ``XSchema`` comes first."""
        name = f"{camel(self.type_name(decl))}{what}"
        return Code(f"{name}_" if name in self._functions else name)

    @cached_property
    def _functions(self) -> frozenset[str]:
        """What the functions of all modules are called."""
        types = list(map(self.type_name, self.declared()))
        return frozenset(f"{verb}{name}" for name in types for verb in _VERBS)

    @property
    def told_apart(self) -> Sequence[str]:
        """The constants that a function of another module would hide."""
        made = (
            self.constant(decl, what)
            for decl in self.declared()
            if self.type_name(decl).lower().startswith(_VERBS)
            for what in (SCHEMA, VALUES)
        )
        return [name for name in made if name.endswith("_")]

    def values_name(self, decl: Decl) -> Code | None:
        """The constant of an enumeration, if a compiler reads in it what is meant.

        It takes a list or an object for one that must not be changed, and rounds a
        number that a double does not hold.
        """
        enum = enumeration(decl.body)
        if enum is None or not all(map(literals.is_exact, enum.values)):
            return None
        return self.constant(decl, VALUES)

    # --- types ------------------------------------------------------------------------

    def field(self, field: Field) -> TypeExpr:
        """The type of a property; that it may be absent stands at its name."""
        return self.spell(field.type)

    def const(self, value: Json) -> TypeExpr:
        """One fixed value."""
        return expr(literals.literal_type(value))

    def enum(self, enum: EnumBody) -> TypeExpr:
        """A union of literals; an open one still completes in editors."""
        values = [self.const(value) for value in enum.values]
        return joined([*values, expr(ANY_OTHER_STRING)] if enum.open else values)

    def union(self, branches: Sequence[Branch]) -> TypeExpr:
        """A union of the alternatives; a string beside literals does not hide them."""
        literal = any(self._has_literals(branch.type) for branch in branches)
        members: list[TypeExpr] = []
        for branch in branches:
            made = self.spell(branch.type)
            if made.text == "string" and literal:
                made = expr(ANY_OTHER_STRING)
            members.append(made)
        return joined(members)

    def _has_literals(self, type_: Type) -> bool:
        """Whether a type lists texts, so that ``string`` beside it would hide them."""
        match self.model.resolve(type_):
            case ConstType(value=str()):
                return True
            case DeclRef(id=id_):
                body = self.model.decls[id_].body
                return isinstance(body, EnumBody)
            case _:
                return False

    def list(self, item: TypeExpr) -> TypeExpr:
        """An array of one type."""
        return expr(item, "[]") if _is_simple(item) else super().list(item)

    def tuple(self, type_: TupleType) -> TypeExpr:
        """An array with a type for each position, present if the spec says so."""
        prefix = type_.prefix
        if type_.max_items is not None:
            prefix = prefix[: type_.max_items]
        needed = type_.min_items or 0
        members = [
            made if index < needed else _optional(made)
            for index, made in enumerate(map(self.spell, prefix))
        ]
        rest_allowed = type_.max_items is None or type_.max_items > len(prefix)
        if rest_allowed and not isinstance(type_.rest, NeverType):
            members.append(_rest(self.spell(type_.rest)))
        return expr("[", join_exprs(", ", members), "]")

    def nullable(self, inner: TypeExpr) -> TypeExpr:
        """A type or null."""
        return joined([inner, self.words.null])

    def literal(self, value: Json) -> Code:
        """A JSON value as an expression."""
        return literals.literal(value)


def _is_simple(made: TypeExpr) -> bool:
    """Whether ``[]`` may follow an expression that people still read at a glance."""
    return made.text.replace("[]", "").isidentifier()


def _optional(made: TypeExpr) -> TypeExpr:
    """An element that may be absent."""
    if len(split(made, " | ")) > 1:
        return expr("(", made, ")?")
    return expr(made, "?")


def _rest(item: TypeExpr) -> TypeExpr:
    """The elements behind the last position.

    Not ``...Array<T>``: of a tuple with that, compilers ask all at once what its
    elements are, and a type that refers to itself has no answer yet.
    """
    return expr("...", item, "[]") if _is_simple(item) else expr("...(", item, ")[]")


def joined(members: Sequence[TypeExpr]) -> TypeExpr:
    """A union without repeats; ``unknown`` leaves nothing for the others to say."""
    parts: dict[str, TypeExpr] = {}
    for member in members:
        for part in split(member, " | "):
            parts.setdefault(part.text, part)
    if "unknown" in parts:
        return parts["unknown"]
    if len(parts) > 1:
        parts.pop("never", None)
    null = parts.pop("null", None)
    ordered = [*parts.values(), *([null] if null is not None else [])]
    return join_exprs(" | ", ordered)
