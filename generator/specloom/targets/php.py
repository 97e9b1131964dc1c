"""PHP: how a PHP 8.1 library names things and writes types.

Enters: the model and the settings of ``[php]``. Leaves: names, types as a doc comment
writes them (``list<T>``, ``array<string, T>``) and literals. A record is a final class,
an enumeration of strings or of integers a backed enum, a union of objects an interface
that they implement. PHP has no type aliases: any other union or alias is written out
where it is used, as far as that stays readable, and is as general as a native type
from there on. Promises: every name is legal, without regard to case where PHP has none.

An absent property is ``null``; where null means something else it is ``Absent``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from ..code import Code, TypeExpr, TypeRef, expr, join_exprs, word
from ..ir import (
    Alias,
    Decl,
    DeclRef,
    EnumBody,
    Field,
    Json,
    Kind,
    ListType,
    MapType,
    Model,
    NullableType,
    Record,
    TupleType,
    UnionBody,
)
from ..naming import pascal, snake
from ..target import Words
from .nominal import NominalSpeller, escaped
from .settings import PhpSettings

# Keywords, and names of types and soft keywords that no class should have (manual,
# appendix "List of keywords"). Class names have no case.
RESERVED = frozenset(
    "__halt_compiler abstract and array as bool boolean break callable case catch class"
    " clone const continue declare default die do double echo else elseif empty"
    " enddeclare endfor endforeach endif endswitch endwhile enum eval exit extends"
    " false final finally float fn for foreach from function global goto if implements"
    " include include_once instanceof insteadof int integer interface isset iterable"
    " list match mixed namespace never new null numeric object or parent print private"
    " protected public readonly require require_once resource return scalar self static"
    " string switch throw trait true try unset use var void while xor yield".split()
)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SIMPLE = re.compile(r"[\\A-Za-z_][\\A-Za-z0-9_]*")
_TOKENS = re.compile(
    r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^'\"|<>{}?]+|.", re.DOTALL
)
_NATIVE: Mapping[Kind, str] = {
    "null": "null",
    "boolean": "bool",
    "integer": "int",
    "number": "int|float",
    "string": "string",
    "array": "array",
    "object": "array|object",
}

WRITTEN_OUT = 160
"""A written-out union or alias longer than this is given as a native type."""


class Php(NominalSpeller):
    """Spells for PHP."""

    language: ClassVar[str] = "php"
    title: ClassVar[str] = "PHP"
    settings_type: ClassVar[type] = PhpSettings
    words: ClassVar[Words] = Words(
        any=word("mixed"),
        never=word("never"),
        null=word("null"),
        boolean=word("bool"),
        integer=word("int"),
        number=word("int|float"),  # as json_decode gives them
        string=word("string"),
        list_of=("list<", ">"),
        map_of=("array<string, ", ">"),
    )
    reserved_types: ClassVar[frozenset[str]] = RESERVED
    reserved_fields: ClassVar[frozenset[str]] = frozenset(["this"])
    reserved_members: ClassVar[frozenset[str]] = frozenset(["class"])
    folded_members: ClassVar[bool] = True

    def __init__(self, model: Model, settings: PhpSettings) -> None:
        super().__init__(model, settings)
        self.namespace = Code(self.settings.namespace)
        self._objects: dict[str, bool] = {}
        self._written: dict[str, TypeExpr] = {}
        self._writing: set[str] = set()

    # --- names ------------------------------------------------------------------------

    def _escaped(self, name: str) -> Code:
        return Code(f"{name}_" if name.lower() in self.reserved_types else name)

    def field_style(self, text: str) -> str:
        """The name on the wire, as far as it is an identifier."""
        return text if _IDENTIFIER.fullmatch(text) else snake(text)

    def member_style(self, text: str) -> str:
        """``PascalCase``."""
        return pascal(text)

    def member(self, decl: Decl, name: Code) -> Code:
        """``RealtimeAudioFormat::Pcm16``."""
        return Code(f"{self.type_name(decl)}::{name}")

    def has_members(self, enum: EnumBody) -> bool:
        """A backed enum has strings or integers, not both."""
        return {type(value) for value in enum.values} in ({str}, {int})

    def class_name(self, decl: Decl) -> Code:
        """The fully qualified name."""
        return Code(f"\\{self.namespace}\\Model\\{self.type_name(decl)}")

    def has_class(self, decl: Decl) -> bool:
        """Whether the declaration is a class, an interface or an enum in PHP."""
        match decl.body:
            case EnumBody() as enum:
                return self.has_members(enum)
            case Record():
                return True
            case _:
                return self._is_object(decl)

    def _is_object(self, decl: Decl) -> bool:
        """Whether every value is an object of a class; an alias has none of its own."""
        match decl.body:
            case Record():
                return True
            case UnionBody(branches=branches):
                if decl.id not in self._objects:
                    self._objects[decl.id] = False  # while a recursive one is decided
                    self._objects[decl.id] = all(
                        isinstance(branch.type, DeclRef)
                        and self._is_object(self.model.decls[branch.type.id])
                        for branch in branches
                    )
                return self._objects[decl.id]
            case EnumBody() | Alias():
                return False

    # --- types ------------------------------------------------------------------------

    def reference(self, decl: Decl) -> TypeExpr:
        """A class, or what the declaration stands for."""
        if self.has_class(decl):
            made = expr(TypeRef(decl.id, self.class_name(decl)))
            is_open = isinstance(decl.body, EnumBody) and decl.body.open
            return expr(made, "|string") if is_open else made
        if decl.id not in self._written:
            if decl.id in self._writing:
                return self._native(decl)
            self._writing.add(decl.id)
            made = self.definition(decl)
            self._writing.discard(decl.id)
            if len(made.text) > WRITTEN_OUT:
                made = self._native(decl)
            elif not made.refs:
                made = expr(TypeRef(decl.id, made.text))
            self._written[decl.id] = made
        return self._written[decl.id]

    def definition(self, decl: Decl) -> TypeExpr:
        """What a declaration that is no class stands for."""
        match decl.body:
            case Alias(type=type_):
                return self.spell(type_)
            case UnionBody(branches=branches):
                return self.union(branches)
            case EnumBody() as enum:
                return self.enum(enum)
            case Record():
                return self.reference(decl)

    def _native(self, decl: Decl) -> TypeExpr:
        """The native types of a declaration's values, linked as one."""
        match decl.body:
            case UnionBody(dispatch=dispatch):
                text = "|".join(_NATIVE[kind] for kind, _ in dispatch.by_kind)
            case Alias(type=ListType() | TupleType() | MapType()):
                text = "array"
            case _:
                text = "mixed"
        return expr(TypeRef(decl.id, Code(text)))

    def field(self, field: Field) -> TypeExpr:
        """An optional property is null, or ``Absent`` where null has a meaning."""
        made = self.spell(field.type)
        if field.required:
            return made
        if isinstance(field.type, NullableType):
            return expr(self.either([made]), f"|\\{self.namespace}\\Absent")
        return self.nullable(made)

    def const(self, value: Json) -> TypeExpr:
        """A literal type."""
        if isinstance(value, list | dict):
            return word("array")
        return expr(self.literal(value))

    def either(self, options: Sequence[TypeExpr]) -> TypeExpr:
        """A union type, in which nothing stands twice."""
        distinct: dict[str, TypeExpr] = {}
        for option in options:
            distinct |= {member.text: member for member in _options(option)}
        if "mixed" in distinct:
            return self.words.any
        if "null" in distinct:  # by custom the last
            distinct["null"] = distinct.pop("null")
        return join_exprs("|", distinct.values())

    def fixed_tuple(self, items: Sequence[TypeExpr]) -> TypeExpr:
        """An array shape."""
        return expr("array{", join_exprs(", ", items), "}")

    def nullable(self, inner: TypeExpr) -> TypeExpr:
        """``?T`` for one name, else a union with null."""
        if inner.text in ("mixed", "null"):
            return inner
        if _SIMPLE.fullmatch(inner.text):
            return expr("?", inner)
        return self.either([inner, self.words.null])

    # --- literals ---------------------------------------------------------------------

    def text(self, value: str) -> Code:
        """Single-quoted if all of it can be seen, else with escapes."""
        if value.isprintable():
            return Code(f"'{escaped(value, _IN_SINGLE)}'")
        return Code(f'"{escaped(value, _IN_DOUBLE)}"')

    def mapping(self, pairs: Iterable[tuple[Code, Code]]) -> Code:
        """An array with keys."""
        return self.items([Code(f"{key} => {value}") for key, value in pairs])


_IN_SINGLE = {"'": "\\'", "\\": "\\\\"}
_IN_DOUBLE = {
    '"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t",
}  # fmt: skip


def _options(made: TypeExpr) -> Iterator[TypeExpr]:
    """The members of a union type; ``?T`` is one of two."""
    option: list[str | TypeRef] = []
    depth = 0
    for part in made.parts:
        if isinstance(part, TypeRef):
            option.append(part)
            continue
        for token in _TOKENS.findall(part):
            depth += (token in "<{") - (token in ">}")
            if token == "|" and depth == 0:
                yield expr(*option)
                option.clear()
            elif token == "?" and not option:
                yield expr("null")
            else:
                option.append(token)
    yield expr(*option)
