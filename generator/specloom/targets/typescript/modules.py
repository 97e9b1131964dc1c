"""Modules of TypeScript: one declaration becomes its type, its table and its checks.

Enters: declarations of the model. Leaves: views that the template of a module lays out.
Promises: a module imports exactly what it uses, types apart from values; its layout is
prettier's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...code import Code, TypeExpr, expr
from ...ir import (
    MISSING,
    Alias,
    AnyType,
    Body,
    Decl,
    EnumBody,
    Field,
    NeverType,
    Record,
    Type,
    UnionBody,
)
from ...naming import camel
from . import literals as literals
from .comments import comment, documented, rules_of
from .layout import INDENT, NOTHING, WIDTH, Group, Tree, placed, type_tree
from .spelling import TypeScriptSpeller, joined
from .tables import Tables


@dataclass(frozen=True, slots=True)
class Member:
    """A property of an interface, or its index signature."""

    comment: tuple[Code, ...]
    line: Code


@dataclass(frozen=True, slots=True)
class Function:
    """One of the functions of a module."""

    comment: tuple[Code, ...]
    head: Code
    result: Code


@dataclass(frozen=True, slots=True)
class Module:
    """What the template of a module lays out."""

    header: Code
    imports: tuple[Code, ...]
    comment: tuple[Code, ...]
    interface: Code | None
    """The name, where the type is an interface."""
    members: tuple[Member, ...]
    alias: Code | None
    """The whole definition, where it is not."""
    table_comment: tuple[Code, ...]
    table: Code
    functions: tuple[Function, ...]


_VERBS = ("parse", "is", "validate")


class Modules:
    """Lowers the declarations of one model; knows how each calls its table."""

    def __init__(
        self, speller: TypeScriptSpeller, header: Code, base_url: str | None
    ) -> None:
        self.speller = speller
        self.header = header
        self.base_url = base_url
        self.decls = {decl.id: decl for decl in speller.declared()}
        self.tables = Tables(_table_names(speller, self.decls), self.decls.values())

    def path(self, id_: str) -> str:
        """How a module refers to another."""
        return f"./{self.speller.file_stem(self.decls[id_])}.js"

    def module(self, decl: Decl) -> Module:
        """The view of one declaration."""
        name = self.speller.type_name(decl)
        table, table_refs = self.tables.tree(decl)
        constant = self.tables.names[decl.id]
        imports = [
            import_(["accepts", "parse", "validate"], "../runtime.js"),
            import_(["Schema", "Violation"], "../runtime.js", types=True),
        ]
        members: tuple[Member, ...] = ()
        alias = interface = None
        if isinstance(decl.body, Record) and _is_interface(decl.body):
            interface = name
            members, types = self._members(decl.body)
        else:
            made = self._definition(decl.body)
            types = made.refs
            alias = Code(placed(f"export type {name} = ", type_tree(made), "", 1) + ";")
        return Module(
            header=self.header,
            imports=(*imports, *self._imports(decl, table_refs, types)),
            comment=self._comment(decl),
            interface=interface,
            members=members,
            alias=alias,
            table_comment=comment(
                "What a value has to be, in the terms of JSON Schema."
            ),
            table=_constant(constant, table),
            functions=_functions(decl, name, constant),
        )

    # --- types ------------------------------------------------------------------------

    def _definition(self, body: Body) -> TypeExpr:
        match body:
            case EnumBody():
                return self.speller.enum(body)
            case UnionBody(branches=branches):
                return self.speller.union(branches)
            case Alias(type=type_):
                return self.speller.spell(type_)
            case Record():  # closed, without properties
                return self.speller.map(self.speller.never())

    def _members(self, record: Record) -> tuple[tuple[Member, ...], tuple[str, ...]]:
        """The members of an interface, and the declarations that they name."""
        names = self.speller.field_names(record)
        members: list[Member] = []
        types: list[TypeExpr] = []
        for item in record.fields:
            made = self.speller.field(item)
            types.append(made)
            mark = "" if item.required else "?"
            line = placed(
                f"{names[item.wire_name]}{mark}: ", type_tree(made), INDENT, 1
            )
            members.append(Member(self._field_comment(item), Code(line + ";")))
        if not isinstance(record.extra, AnyType | NeverType):
            # An index signature has to admit what the named properties hold.
            absent = (
                [] if all(f.required for f in record.fields) else [expr("undefined")]
            )
            other = joined([self.speller.spell(record.extra), *types, *absent])
            types.append(other)
            line = placed("[name: string]: ", type_tree(other), INDENT, 1)
            members.append(
                Member(comment("Any other property.", INDENT), Code(line + ";"))
            )
        return tuple(members), expr(*types).refs

    # --- comments ---------------------------------------------------------------------

    def _comment(self, decl: Decl) -> tuple[Code, ...]:
        parts = self._parts(decl)
        rules = [rule for part in parts for rule in rules_of(part, self._in_place)]
        return documented(decl.docs, rules, MISSING, self.base_url, "")

    def _field_comment(self, field: Field) -> tuple[Code, ...]:
        rules = rules_of(field.type, self._in_place)
        return documented(field.docs, rules, field.default, self.base_url, INDENT)

    def _in_place(self, id_: str) -> tuple[Type, ...]:
        return () if id_ in self.decls else self._parts(self.speller.model.decls[id_])

    def _parts(self, decl: Decl) -> tuple[Type, ...]:
        """The alternatives of a declaration that is no object of its own."""
        match decl.body:
            case Alias(type=type_):
                return (type_,)
            case UnionBody(branches=branches):
                return tuple(branch.type for branch in branches)
            case _:
                return ()

    # --- imports ----------------------------------------------------------------------

    def _imports(
        self, decl: Decl, tables: Iterable[str], types: Iterable[str]
    ) -> Iterator[Code]:
        values = {id_ for id_ in tables if id_ != decl.id}
        named = {id_ for id_ in types if id_ != decl.id}
        for id_ in sorted(values | named, key=self.path):
            if id_ in values:
                yield import_([self.tables.names[id_]], self.path(id_))
            if id_ in named:
                name = self.speller.type_name(self.decls[id_])
                yield import_([name], self.path(id_), types=True)


def _is_interface(record: Record) -> bool:
    """Whether a record has something that an interface can say."""
    return bool(record.fields) or not isinstance(record.extra, NeverType)


def _table_names(
    speller: TypeScriptSpeller, decls: Mapping[str, Decl]
) -> dict[str, Code]:
    """The constant of each table; ``parseX`` of a type ``XSchema`` keeps its name."""
    types = [speller.type_name(decl) for decl in decls.values()]
    taken = {f"{verb}{name}" for name in types for verb in _VERBS}
    names: dict[str, Code] = {}
    for id_, name in zip(decls, types):
        constant = f"{camel(name)}Schema"
        names[id_] = Code(f"{constant}_" if constant in taken else constant)
    return names


def _constant(name: Code, table: Tree) -> Code:
    """The definition of a table, below its name where the name fills the line."""
    label = f"export const {name}: Schema = "
    if len(label) < WIDTH:
        return Code(placed(label, table, "", 1) + ";")
    return Code(f"{label.rstrip()}\n{INDENT}{placed('', table, INDENT, 1)};")


def _functions(decl: Decl, name: Code, constant: Code) -> tuple[Function, ...]:
    type_ = f"{name} | null" if decl.nullable else name
    value = Code("value")
    return (
        _function(
            "Check a value and return it; throw a DecodeError if it does not pass.",
            f"parse{name}",
            type_,
            _call("return parse", [literals.string(name), constant, value]),
        ),
        _function(
            "Whether a value passes the checks.",
            f"is{name}",
            f"value is {type_}",
            _call("return accepts", [constant, value]),
        ),
        _function(
            "Everything that is wrong with a value.",
            f"validate{name}",
            "Violation[]",
            _call("return validate", [constant, value]),
        ),
    )


def _function(said: str, name: str, type_: str, result: Code) -> Function:
    after = f"): {type_} {{"
    head = placed(
        f"export function {name}",
        Group(Code("("), ((NOTHING, Code("value: unknown")),), Code(")")),
        "",
        len(after) - 1,
    )
    return Function(comment(said), Code(head[:-1] + after), result)


def _call(function: str, arguments: Sequence[Code]) -> Code:
    items = tuple((NOTHING, argument) for argument in arguments)
    made = placed(function, Group(Code("("), items, Code(")")), INDENT, 1)
    return Code(made + ";")


def import_(names: Sequence[str], path: str, *, types: bool = False) -> Code:
    """An import of names that fit on one line, or of a single name."""
    kind = "import type" if types else "import"
    return Code(f"{kind} {{ {', '.join(names)} }} from {literals.string(path)};")
