"""Markdown's bodies: the tables of a page, for each kind of declaration.

Enters: the facts of a model and the speller of a dialect. Leaves: the view of a
declaration's body. Promises: a type is shown as the language writes it, and nothing of
it that the language cannot write is missing from the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from ...code import Code, TypeExpr, TypeRef, expr, join
from ...ir import (
    MISSING,
    Alias,
    AnyType,
    Decl,
    EnumBody,
    NeverType,
    Record,
    UnionBody,
)
from ...target import Speller
from ..examples import default_of
from ..markup import (
    Anchors,
    Pages,
    cell_code,
    code_span,
    name_text,
    row,
    type_cell,
    type_text,
)
from ..nominal import NominalSpeller
from .facts import BranchFacts, DeclFacts, Facts, FieldFacts, Use
from .rules import bracketed
from .views import (
    AliasView,
    BodyView,
    Detail,
    EnumView,
    RecordView,
    UnionView,
)

_BARE_LITERAL = re.compile(r"-?[0-9][0-9.eE+-]*|[A-Za-z]+")
_NOTHING = Code("")
_OPEN = Code("Any other string is accepted too, and kept.")
_EXCLUSIVE = Code("A value that fits more than one alternative is not accepted.")


class _Use(NamedTuple):
    """How a language writes a type of properties."""

    type: Code
    see: Code
    """Links to what the spec names but the language has written out."""
    names_values: bool


class Bodies:
    """Lowers the bodies of declarations to tables."""

    def __init__(
        self, facts: Facts, speller: Speller, names: Mapping[str, Code], pages: Pages
    ) -> None:
        self._facts = facts
        self._speller = speller
        self._names = names
        self._pages = pages
        self._uses: dict[Use, _Use] = {}

    def body(self, decl: Decl, facts: DeclFacts) -> BodyView:
        """The tables of a declaration."""
        match decl.body:
            case Record() as record:
                return self._record(record, facts)
            case EnumBody() as enum:
                return self._enum(decl, enum, facts)
            case UnionBody() as union:
                return self._union(union, facts)
            case Alias(type=type_):
                notes = self._facts.rules.notes(type_, values=True)
                remark = self._listed(decl, "this value")
                return AliasView(self._cell(self._speller.spell(type_)), notes, remark)

    # --- records ----------------------------------------------------------------------

    def _record(self, record: Record, about: DeclFacts) -> RecordView:
        names = self._speller.field_names(record)
        details = {
            facts: Detail(_heading(names[facts.field.wire_name]), facts.text)
            for facts in about.cut
        }
        links = self._links(about.text, details) if details else {}
        rows = [
            self._property(facts, names[facts.field.wire_name], links.get(facts))
            for facts in about.fields
        ]
        return RecordView(tuple(rows), self._rest(record), tuple(details.values()))

    def _links(
        self, text: Code, details: Mapping[FieldFacts, Detail]
    ) -> dict[FieldFacts, Code]:
        """For each description that its cell cannot hold, a link to all of it."""
        anchors = Anchors([*text.split("\n"), "## Properties", "## Details"])
        links: dict[FieldFacts, Code] = {}
        for facts, detail in details.items():
            links[facts] = Code(f"[more](#{anchors.add(detail.heading)})")
            anchors.add_all(detail.text.split("\n"))
        return links

    def _property(self, facts: FieldFacts, name: Code, more: Code | None) -> Code:
        field = facts.field
        use = self._uses.get(facts.use)
        if use is None:
            use = self._uses[facts.use] = self._use(facts)
        default, value = _NOTHING, default_of(field)
        if value is not MISSING:
            literal = self._speller.default(field, value)
            default = bracketed(f"default to {_literal_cell(literal)}")
        notes = facts.notes(default, use.names_values)
        if name != field.wire_name:
            notes = join(" ", (notes, _wire_name(field.wire_name)))
        if use.see:
            notes = join(" ", (notes, use.see))
        description = facts.description
        if more:
            description = join(" ", filter(None, (description, more)))
        return row(_bold(name), use.type, description, notes)

    def _use(self, facts: FieldFacts) -> _Use:
        """How the language writes the type of a property."""
        made = self._speller.field(facts.field)
        see, names_values = _NOTHING, False
        if facts.use.refs:
            refs = made.refs
            links = [
                self._cell(expr(TypeRef(id_, self._names[id_])))
                for id_ in facts.use.refs
                if id_ in self._names and id_ not in refs
            ]
            see = bracketed(f"see {', '.join(links)}") if links else _NOTHING
            names_values = self._names_values(refs)
        return _Use(self._cell(made), see, names_values)

    def _names_values(self, refs: Iterable[str]) -> bool:
        """Whether a type refers to an enumeration, so that its values don't show."""
        decls = self._facts.model.decls
        return any(isinstance(decls[ref].body, EnumBody) for ref in refs)

    def _rest(self, record: Record) -> Code:
        """What the table does not list; anything goes where nothing is said."""
        match record.extra:
            case AnyType() if record.fields:
                return _NOTHING
            case AnyType():
                return Code("No property is named: any will do.")
            case NeverType():
                which = (
                    "Other properties are not" if record.fields else "No properties are"
                )
                return Code(f"{which} allowed.")
            case extra:
                made = self._speller.spell(extra)
                type_ = type_text(made, self._pages)
                values = self._names_values(made.refs)
                said = [type_, self._facts.rules.notes(extra, values=values)]
                held = join(" ", filter(None, said))
                return Code(f"Any other property holds a value of type {held}.")

    # --- the others -------------------------------------------------------------------

    def _enum(self, decl: Decl, enum: EnumBody, about: DeclFacts) -> EnumView:
        told = (about.meanings,) if about.meanings else ()
        rows = tuple(map(row, about.values, self._constants(decl, enum), *told))
        remarks = [self._listed(decl, "these values"), _OPEN if enum.open else _NOTHING]
        remark = join(" ", filter(None, remarks))
        return EnumView(Code(self._speller.title), bool(told), rows, remark)

    def _listed(self, decl: Decl, what: str) -> Code:
        """What lists the values of a declaration at run time."""
        constant = self._speller.values_name(decl)
        if constant is None:
            return _NOTHING
        return Code(f"At run time, {code_span(constant)} lists {what}.")

    def _constants(self, decl: Decl, enum: EnumBody) -> list[Code]:
        """How the language writes each value."""
        speller = self._speller
        if isinstance(speller, NominalSpeller) and speller.has_members(enum):
            members = speller.members(enum)
            return [cell_code(speller.member(decl, name)) for name in members]
        return [cell_code(speller.literal(value)) for value in enum.values]

    def _union(self, union: UnionBody, about: DeclFacts) -> UnionView:
        ambiguous = union.exclusive and not union.dispatch.disjoint
        rows = tuple(map(self._alternative, about.branches))
        return UnionView(rows, _EXCLUSIVE if ambiguous else _NOTHING)

    def _alternative(self, facts: BranchFacts) -> Code:
        made = self._speller.spell(facts.type)
        notes = facts.notes(self._names_values(made.refs))
        return row(facts.name, self._cell(made), facts.description, notes)

    def _cell(self, made: TypeExpr) -> Code:
        return type_cell(made, self._pages)


def _heading(name: Code) -> Code:
    """The heading of a property; one without a letter or digit needs a word to link."""
    text = name_text(name)
    return text if any(map(str.isalnum, name)) else Code(f"Property {text}")


def _literal_cell(literal: Code) -> Code:
    """A default: numbers and the like as they are, others as code."""
    return literal if _BARE_LITERAL.fullmatch(literal) else cell_code(literal)


@cache
def _bold(name: Code) -> Code:
    return Code(f"**{name_text(name)}**")


@cache
def _wire_name(name: str) -> Code:
    return bracketed(f"wire name {cell_code(name)}")
