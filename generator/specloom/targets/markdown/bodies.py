"""Markdown's bodies: the tables of a page, for each kind of declaration.

Enters: the facts of a model and the speller of a dialect. Leaves: the view of a
declaration's body. Promises: a type is shown as the language writes it, and nothing of
it that the language cannot write is missing from the notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...analyse import references
from ...code import Code, TypeExpr, TypeRef, expr, join
from ...ir import (
    MISSING,
    Alias,
    AnyType,
    Branch,
    Decl,
    EnumBody,
    Json,
    NeverType,
    Record,
    Type,
    UnionBody,
)
from ...target import Speller
from ..nominal import NominalSpeller
from .facts import Facts, FieldFacts, bracketed
from .text import (
    Anchors,
    Pages,
    cell_code,
    json_code,
    name_text,
    type_cell,
    type_text,
)
from .views import (
    AliasView,
    BodyView,
    Detail,
    EnumView,
    RecordView,
    Row,
    UnionView,
    Value,
)

_BARE_LITERAL = re.compile(r"-?[0-9][0-9.eE+-]*|[A-Za-z]+")
_NOTHING = Code("")


class Bodies:
    """Lowers the bodies of declarations to tables."""

    def __init__(self, facts: Facts, speller: Speller, pages: Pages) -> None:
        self._facts = facts
        self._speller = speller
        self._pages = pages
        self._uses: dict[int, tuple[Code, Code, bool]] = {}

    def body(self, decl: Decl, text: Sequence[Code]) -> BodyView:
        """The tables of a declaration, which stand below ``text``."""
        match decl.body:
            case Record() as record:
                return self._record(decl, record, text)
            case EnumBody() as enum:
                return self._enum(decl, enum)
            case UnionBody() as union:
                return self._union(decl, union)
            case Alias(type=type_):
                rules = map(bracketed, self._facts.rules(type_, values=True))
                made = self._cell(self._speller.spell(type_))
                return AliasView(made, join(" ", rules))

    # --- records ----------------------------------------------------------------------

    def _record(self, decl: Decl, record: Record, text: Sequence[Code]) -> RecordView:
        names = self._speller.field_names(record)
        fields = self._facts.fields_of(decl.id, record)
        details = {
            facts: Detail(_heading(names[facts.field.wire_name]), facts.text)
            for facts in fields
            if not facts.description[1]
        }
        links = self._links(text, details) if details else {}
        rows = tuple(
            self._property(facts, names[facts.field.wire_name], links.get(facts))
            for facts in fields
        )
        return RecordView(rows, self._rest(record), tuple(details.values()))

    def _links(
        self, text: Sequence[Code], details: Mapping[FieldFacts, Detail]
    ) -> dict[FieldFacts, Code]:
        """For each description that its cell cannot hold, a link to all of it."""
        anchors = Anchors([*text, "## Properties", "## Details"])
        links: dict[FieldFacts, Code] = {}
        for facts, detail in details.items():
            links[facts] = Code(f"[more](#{anchors.add(detail.heading)})")
            anchors.add_all(detail.lines)
        return links

    def _property(self, facts: FieldFacts, name: Code, more: Code | None) -> Row:
        field = facts.field
        if facts.use not in self._uses:
            made = self._speller.field(field)
            see = self._unnamed(field.type, made)
            self._uses[facts.use] = self._cell(made), see, self._names_values(made)
        type_, see, names_values = self._uses[facts.use]
        default = _NOTHING
        if field.default is not MISSING:
            literal = self._speller.default(field, field.default)
            default = bracketed(f"default to {_literal_cell(literal)}")
        notes = facts.notes(default, names_values)
        if name != field.wire_name:
            wire_name = bracketed(f"wire name {cell_code(field.wire_name)}")
            notes = Code(f"{notes} {wire_name}")
        if see:
            notes = Code(f"{notes} {see}")
        description = facts.description[0]
        if more:
            description = join(" ", filter(None, (description, more)))
        return Row(Code(f"**{name_text(name)}**"), type_, description, notes)

    def _unnamed(self, type_: Type, made: TypeExpr) -> Code:
        """Links to what the spec names but the language has written out."""
        refs = made.refs
        links = [
            self._cell(expr(TypeRef(id_, self._pages[id_])))
            for id_ in dict.fromkeys(references(type_))
            if id_ in self._pages and id_ not in refs
        ]
        return bracketed(f"see {', '.join(links)}") if links else _NOTHING

    def _names_values(self, made: TypeExpr) -> bool:
        """Whether a type refers to an enumeration, so that its values don't show."""
        decls = self._facts.model.decls
        return any(isinstance(decls[ref].body, EnumBody) for ref in made.refs)

    def _rest(self, record: Record) -> Code:
        """What the table does not list; anything goes where nothing is said."""
        match record.extra:
            case AnyType() if record.fields:
                return _NOTHING
            case AnyType():
                return Code("No property is named: any will do.")
            case NeverType():
                return Code("Other properties are not allowed.")
            case extra:
                type_ = type_text(self._speller.spell(extra), self._pages)
                return Code(f"Any other property holds a value of type {type_}.")

    # --- the others -------------------------------------------------------------------

    def _enum(self, decl: Decl, enum: EnumBody) -> EnumView:
        remark = "Any other string is accepted too, and kept." if enum.open else ""
        return EnumView(
            Code(self._speller.title),
            tuple(
                map(Value, map(_value_cell, enum.values), self._constants(decl, enum))
            ),
            Code(remark),
        )

    def _constants(self, decl: Decl, enum: EnumBody) -> list[Code]:
        """How the language writes each value."""
        speller = self._speller
        if isinstance(speller, NominalSpeller) and speller.has_members(enum):
            members = speller.members(enum)
            return [cell_code(speller.member(decl, name)) for name in members]
        return [cell_code(speller.literal(value)) for value in enum.values]

    def _union(self, decl: Decl, union: UnionBody) -> UnionView:
        remark = ""
        if union.exclusive and not union.dispatch.disjoint:
            remark = "A value that fits more than one alternative is not accepted."
        conditions = self._facts.conditions(decl.id, union)
        rows = map(self._alternative, union.branches, conditions)
        return UnionView(tuple(rows), Code(remark))

    def _alternative(self, branch: Branch, condition: Code) -> Row:
        made = self._speller.spell(branch.type)
        values = self._names_values(made)
        rules = map(bracketed, self._facts.rules(branch.type, values=values))
        return Row(
            Code(f"**{branch.label}**"),
            self._cell(made),
            self._facts.short(branch.schema.docs, branch.type),
            join(" ", filter(None, [condition, *rules])),
        )

    def _cell(self, made: TypeExpr) -> Code:
        return type_cell(made, self._pages)


def _heading(name: Code) -> Code:
    """The heading of a property; one without a letter or digit needs a word to link."""
    text = name_text(name)
    return text if any(map(str.isalnum, name)) else Code(f"Property {text}")


def _literal_cell(literal: Code) -> Code:
    """A default: numbers and the like as they are, others as code."""
    return literal if _BARE_LITERAL.fullmatch(literal) else cell_code(literal)


def _value_cell(value: Json) -> Code:
    return cell_code(value) if isinstance(value, str) else json_code(value)
