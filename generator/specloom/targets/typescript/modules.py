"""Modules of TypeScript: one declaration becomes its type, its table and its checks.

Enters: declarations of the model. Leaves: views that the template of a module lays out.
Promises: a module imports exactly what it uses, types apart from values; its layout is
prettier's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from ...code import Code, TypeExpr, expr, join
from ...doctext.spans import code_span
from ...ir import (
    MISSING,
    Alias,
    AnyType,
    Body,
    Decl,
    EnumBody,
    Field,
    MapType,
    NeverType,
    Record,
    Type,
    UnionBody,
)
from ...target import enumeration
from ...values import dataclass
from ..columns import width
from ..examples import default_of
from ..wording import Wording, listed as said_of_list, title
from . import literals
from .checks import Check, Checks
from .comments import comment, documented
from .exports import functions
from .layout import INDENT, WIDTH, listed, placed, type_tree
from .listing import defined, listing
from .patterns import compiles
from .spelling import SCHEMA, VERB, TypeScriptSpeller, joined
from .tables import Tables


@dataclass(frozen=True, slots=True)
class Module:
    """What the template of a module lays out."""

    header: Code
    imports: Code
    comment: Code
    interface: Code | None
    """The name, where the type is an interface."""
    members: tuple[Code, ...]
    """Its members, each with its comment and the blank line before that."""
    alias: Code | None
    """The whole definition, where it is not."""
    values: Code | None
    """The constant that lists the values of an enumeration."""
    table_comment: Code
    table: Code
    functions: tuple[Code, ...]
    """What stands behind the table, each with its comment."""


RUNTIME = frozenset(
    "own passes testArrayOf testBoolean testClosed testInteger testLength testMapOf"
    " testMultiple testNumber testObject testOpen testPattern testShallow testString"
    "".split()
)
"""What checks call that every package holds."""
_REMEMBERED = 1 << 12
"""Imports that are remembered: those of one declaration stand in many modules."""
_SAID_OF_TABLE = comment("What a value has to be, in the terms of JSON Schema.")


class Modules:
    """Lowers the declarations of one model; knows how each calls its table."""

    def __init__(
        self, speller: TypeScriptSpeller, header: Code, base_url: str | None
    ) -> None:
        self.speller = speller
        self.header = header
        self.base_url = base_url
        self.decls = decls = {decl.id: decl for decl in speller.declared()}
        self._wording = Wording(
            speller.model,
            decls.__contains__,
            checks=compiles,
            visible=literals.visible,
            literal=literals.literal,
            has_integers=False,
        )
        names = {id_: speller.constant(d, SCHEMA) for id_, d in decls.items()}
        self.tables = tables = Tables(names, decls.values())
        self.checks = Checks(
            # Not of this object, which would then hold itself, and outlive its use.
            lambda id_: Code(f"{VERB}{speller.type_name(decls[id_])}"),
            tables.names,
            lambda id_: tables.schema(decls[id_]),
        )

    def path(self, id_: str) -> str:
        """How a module refers to another."""
        return f"./{self.speller.file_stem(self.decls[id_])}.js"

    def module(self, decl: Decl) -> Module:
        """The view of one declaration."""
        name = self.speller.type_name(decl)
        table, table_refs = self.tables.tree(decl)
        constant = self.tables.names[decl.id]
        check = self.checks.of(decl.id)
        members: tuple[Code, ...] = ()
        alias = interface = values = None
        if isinstance(decl.body, Record) and _is_interface(decl.body):
            interface = name
            members, types = self._members(decl.body)
        else:
            made, values = self._aliased(decl)
            types = made.refs
            alias = _typed(f"export type {name} = ", made, "")
        return Module(
            header=self.header,
            imports=join("\n", self._imports(decl, check, table_refs, types)),
            comment=self._comment(decl),
            interface=interface,
            members=members,
            alias=alias,
            table_comment=_SAID_OF_TABLE,
            values=values,
            table=defined(constant, table, type_=": Schema"),
            functions=functions(decl, name, constant, check),
        )

    # --- types ------------------------------------------------------------------------

    def _aliased(self, decl: Decl) -> tuple[TypeExpr, Code | None]:
        """What a type stands for, and the list of its values where there is one."""
        name, enum = self.speller.values_name(decl), enumeration(decl.body)
        if name is None or enum is None:
            return self._definition(decl.body), None
        made, constant = listing(enum, name)
        return made, join("\n", [comment(said_of_list(decl)), constant])

    def _definition(self, body: Body) -> TypeExpr:
        match body:
            case EnumBody():
                return self.speller.enum(body)
            case UnionBody(branches=branches):
                return self.speller.union(branches)
            case Alias(type=type_):
                return self.speller.spell(type_)
            case Record():  # closed, without properties
                return self.speller.map(self.speller.words.never)

    def _members(self, record: Record) -> tuple[tuple[Code, ...], tuple[str, ...]]:
        """The members of an interface, and the declarations that they name."""
        names = self.speller.field_names(record)
        members: list[Code] = []
        types: list[TypeExpr] = []
        for item in record.fields:
            made = self.speller.field(item)
            types.append(made)
            mark = "" if item.required else "?"
            line = _typed(f"{names[item.wire_name]}{mark}: ", made, INDENT)
            members.append(_member(self._field_comment(item), line, bool(members)))
        if not isinstance(record.extra, AnyType | NeverType):
            # An index signature has to admit what the named properties hold.
            absent = (
                [] if all(f.required for f in record.fields) else [expr("undefined")]
            )
            other = self.speller.spell(record.extra)
            said = self._comment_of_others(record.extra, other)
            types.append(joined([other, *types, *absent]))
            line = _typed("[name: string]: ", types[-1], INDENT)
            members.append(_member(said, line, bool(members)))
        return tuple(members), tuple(ref for made in types for ref in made.refs)

    # --- comments ---------------------------------------------------------------------

    def _comment(self, decl: Decl) -> Code:
        said = decl.docs.description or title(decl.docs, decl.name)
        said += self._wording.values(decl)
        rules = self._wording.of_declared(decl)
        return documented(said, decl.docs, rules, MISSING, self.base_url, "")

    def _field_comment(self, field: Field) -> Code:
        said = self._wording.about(field)
        rules = self._wording.of_field(field)
        default = default_of(field)
        return documented(said, field.docs, rules, default, self.base_url, INDENT)

    def _comment_of_others(self, type_: Type, made: TypeExpr) -> Code:
        said = f"Any other property holds a value of type {code_span(made.text)}."
        return comment(" ".join([said, *self._wording.of(MapType(type_))]), INDENT)

    # --- imports ----------------------------------------------------------------------

    def _imports(
        self,
        decl: Decl,
        check: Check | None,
        tables: Iterable[str],
        types: Iterable[str],
    ) -> Iterator[Code]:
        """What a module takes from the runtime and from other modules."""
        called: Collection[str] = check.needs if check is not None else ()
        homes: Mapping[str, str] = check.homes if check is not None else {}
        runtime = {"accepts", "parse", "validate"} | RUNTIME.intersection(called)
        yield import_(tuple(sorted(runtime)), "../runtime.js")
        yield import_(("Schema", "Violation"), "../runtime.js", types=True)
        values: dict[str, set[str]] = {}
        for name, id_ in homes.items():
            if name in called:
                values.setdefault(id_, set()).add(name)
        for id_ in tables:
            values.setdefault(id_, set()).add(self.tables.names[id_])
        named = set(types)
        for id_ in sorted((values.keys() | named) - {decl.id}, key=self.path):
            path = self.path(id_)
            if id_ in values:
                yield import_(tuple(sorted(values[id_])), path)
            if id_ in named:
                name = self.speller.type_name(self.decls[id_])
                yield import_((name,), path, types=True)


def _member(said: Code, line: Code, behind: bool) -> Code:
    """A member of an interface, whether it stands ``behind`` another or not."""
    if not said:
        return Code(INDENT + line)
    gap = "\n" if behind else ""
    return Code(f"{gap}{INDENT}{said}\n{INDENT}{line}")


def _typed(label: str, made: TypeExpr, indent: str) -> Code:
    """A definition: a label and its type, on as many lines as it takes."""
    line = f"{label}{made.text};"
    if width(line) <= WIDTH - len(indent):
        return Code(line)
    return Code(placed(label, type_tree(made), indent, 1) + ";")


def _is_interface(record: Record) -> bool:
    """Whether a record has something that an interface can say."""
    return bool(record.fields) or not isinstance(record.extra, NeverType)


@lru_cache(_REMEMBERED)
def import_(names: tuple[str, ...], path: str, *, types: bool = False) -> Code:
    """An import of names that fit on one line, or each on its own."""
    kind = "import type" if types else "import"
    tail = f" from {literals.string(path)};"
    line = f"{kind} {{ {', '.join(names)} }}{tail}"
    if len(names) == 1 or width(line) <= WIDTH:  # prettier never breaks a single one
        return Code(line)
    return Code(listed(f"{kind} ", "{}", names, "", len(tail)) + tail)
