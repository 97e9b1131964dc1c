"""Markdown's facts: what the pages say of a model in every dialect alike.

Enters: the model. Leaves: encoded descriptions, and all else of a page that does not
depend on a language. Promises: each is worked out once, whatever the number of
dialects, and all of them tell the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from ...analyse import leaves, references
from ...code import Code, join
from ...doctext import cell, page_text, resolve_links, summary
from ...ir import (
    Branch,
    ConstType,
    Decl,
    DeclRef,
    Docs,
    EnumBody,
    Field,
    Model,
    NullableType,
    Record,
    Type,
    UnionBody,
)
from ...json_value import json_key
from ..markup import cell_code, escape, fenced, json_code
from ..meanings import meanings
from ..wording import MUTABILITY, title, unless_echo
from .examples import json_text
from .rules import Rules, bracketed
from .unions import conditions

_DEPRECATED = Code("**Deprecated.** It may go away; do not build on it.")
_READ_ONLY = Code("**Read-only.** The server sets it; do not send it.")
_WRITE_ONLY = Code("**Write-only.** You send it; the server never shows it.")
_LONGEST_EXAMPLE = 60
_MOST_EXAMPLES = 3


class Use:
    """A type as properties have it that every language types alike."""

    def __init__(self, type_: Type) -> None:
        self.refs = tuple(dict.fromkeys(references(type_)))
        """The declarations that it names."""


class FieldFacts:
    """What the row of a property says in every dialect."""

    __slots__ = "_facts", "_notes", "description", "field", "is_whole", "use"

    def __init__(self, facts: Facts, field: Field, use: Use) -> None:
        self.field = field
        self.use = use
        self.description, self.is_whole = facts.cell(field)
        """The description as a cell, and whether that is all of it."""
        self._facts = facts
        self._notes: dict[tuple[Code, bool], Code] = {}

    @property
    def text(self) -> Code:
        """The description in full."""
        return self._facts.text(self.field.docs.description)

    def notes(self, default: Code, values: bool) -> Code:
        """The notes, with the language's own on the default, which may be empty.

        ``values``: those of a named enumeration are told.
        """
        made = self._notes.get((default, values))
        if made is None:
            rules = self._facts.rules.notes(self.field.type, values=values)
            notes = [*self._status(), default, rules, *self._history()]
            made = self._notes[default, values] = join(" ", filter(None, notes))
        return made

    def _status(self) -> Iterator[Code]:
        """Whether it is there, may be null, and who sets it."""
        docs, required = self.field.docs, self.field.required
        yield bracketed("required" if required else "optional")
        if isinstance(self.field.type, NullableType):
            absent = "" if required else ": null differs from absent"
            yield bracketed(f"nullable{absent}")
        if docs.deprecated:
            yield bracketed("deprecated")
        if docs.read_only:
            yield bracketed("read-only")
        if docs.write_only:
            yield bracketed("write-only")

    def _history(self) -> Iterator[Code]:
        """Since when it is described, when it can change, and what it looks like."""
        docs = self.field.docs
        if docs.since:
            yield bracketed(f"described since {_date(docs.since)}")
        if docs.mutability is not None:
            yield bracketed(MUTABILITY[docs.mutability])
        for example in docs.examples[:1]:
            if not isinstance(example, list | dict):
                shown = json_code(example)
                if len(shown) < _LONGEST_EXAMPLE:
                    yield bracketed(f"example {shown}")


class BranchFacts:
    """What the row of an alternative says in every dialect."""

    def __init__(self, facts: Facts, branch: Branch, condition: Code) -> None:
        self.type = branch.type
        self.name = Code(f"**{branch.label}**")
        self.description = facts.short(branch.schema.docs, branch.type, branch.label)
        self._rules = facts.rules
        self._condition = condition
        self._notes: dict[bool, Code] = {}

    def notes(self, values: bool) -> Code:
        """When it is chosen, and its rules; ``values`` as for a property."""
        if values not in self._notes:
            rules = self._rules.notes(self.type, values=values)
            self._notes[values] = join(" ", filter(None, (self._condition, rules)))
        return self._notes[values]


class DeclFacts:
    """What the page of a declaration says in every dialect."""

    def __init__(self, facts: Facts, decl: Decl) -> None:
        self._facts = facts
        self._decl = decl
        self.text = facts.text(decl.docs.description) or escape(
            title(decl.docs, decl.name)
        )
        """The description in full, or else the title."""
        self.banners = tuple(_banners(decl.docs))
        self.remarks = tuple(_remarks(decl))
        self.examples = tuple(
            fenced("json", json_text(value))
            for value in decl.docs.examples[:_MOST_EXAMPLES]
        )
        """The first examples of the spec in JSON, to the letter."""

    @cached_property
    def fields(self) -> tuple[FieldFacts, ...]:
        """The properties, if it is a record."""
        body = self._decl.body
        fields = body.fields if isinstance(body, Record) else ()
        return tuple(map(self._facts.field, fields))

    @cached_property
    def cut(self) -> tuple[FieldFacts, ...]:
        """The properties of which a row cannot say all."""
        return tuple(facts for facts in self.fields if not facts.is_whole)

    @cached_property
    def branches(self) -> tuple[BranchFacts, ...]:
        """The alternatives, if it is a union."""
        body = self._decl.body
        if not isinstance(body, UnionBody):
            return ()
        return tuple(
            BranchFacts(self._facts, branch, condition)
            for branch, condition in zip(body.branches, conditions(body))
        )

    @cached_property
    def values(self) -> tuple[Code, ...]:
        """The values, if it is an enumeration."""
        body = self._decl.body
        values = body.values if isinstance(body, EnumBody) else ()
        # Beside other values a string keeps its quotes: "1" is not 1.
        texts = [value for value in values if isinstance(value, str)]
        if len(texts) == len(values):
            return tuple(map(cell_code, texts))
        return tuple(map(json_code, values))

    @cached_property
    def meanings(self) -> tuple[Code, ...]:
        """What the values mean, one cell each, if anything is said of any."""
        body = self._decl.body
        told = meanings(self._decl)
        if not told or not isinstance(body, EnumBody):
            return ()
        said = (told.get(json_key(value), "") for value in body.values)
        return tuple(map(self._facts.sentence, said))


_CONDITIONAL = Code("What is accepted also depends on how these values are combined.")


def _banners(docs: Docs) -> Iterator[Code]:
    if docs.deprecated:
        yield _DEPRECATED
    if docs.read_only:
        yield _READ_ONLY
    if docs.write_only:
        yield _WRITE_ONLY


def _remarks(decl: Decl) -> Iterator[Code]:
    if decl.nullable:
        yield Code("Null is accepted wherever it is used.")
    every = (decl.schema, *decl.schema.all_of)
    if any(part.conditions or part.unevaluated for part in every):
        yield _CONDITIONAL
    if decl.docs.since:
        yield Code(f"Described since {_date(decl.docs.since)}.")


def _date(date: str) -> Code:
    """A date as it is; anything else as text."""
    return Code(date) if date.replace("-", "").isalnum() else escape(date)


class Facts:
    """What there is to say of the declarations of a model."""

    def __init__(self, model: Model, base_url: str | None) -> None:
        self.model = model
        self.rules = Rules(model)
        self._base_url = base_url
        self._summaries: dict[str, Code] = {}
        self._texts: dict[str, Code] = {}
        self._decls: dict[str, DeclFacts] = {}
        self._uses: dict[tuple[Type, bool, str], Use] = {}

    def of(self, decl: Decl) -> DeclFacts:
        """The facts of a declaration."""
        if decl.id not in self._decls:
            self._decls[decl.id] = DeclFacts(self, decl)
        return self._decls[decl.id]

    def field(self, field: Field) -> FieldFacts:
        """The facts of a property."""
        # Equal types may be written in two ways: 1 and 1.0 are one value.
        fixed = [leaf for leaf in leaves(field.type) if isinstance(leaf, ConstType)]
        key = field.type, field.required, repr(fixed)
        use = self._uses.get(key)
        if use is None:
            use = self._uses[key] = Use(field.type)
        return FieldFacts(self, field, use)

    def text(self, description: str) -> Code:
        """A description in full, as lines of a page."""
        if description not in self._texts:
            lines = page_text(self._settled(description))
            self._texts[description] = join("\n", lines)
        return self._texts[description]

    def cell(self, field: Field) -> tuple[Code, bool]:
        """The description of a property for a table, and whether that is all of it."""
        if not field.docs.description:
            return self.short(field.docs, field.type, field.wire_name), True
        short, whole = cell(self._settled(field.docs.description))
        return Code(short), whole

    def summary(self, decl: Decl) -> Code:
        """One sentence about a declaration, for tables and lists; may be empty."""
        if decl.id not in self._summaries:
            docs = decl.docs
            said = unless_echo(docs.description, decl.name)
            named = unless_echo(title(docs, decl.name), decl.name)
            self._summaries[decl.id] = self.sentence(said) or escape(named)
        return self._summaries[decl.id]

    def short(self, docs: Docs, type_: Type, name: str) -> Code:
        """One sentence about a use of a type, else about what the type declares.

        ``name`` is what the reader sees beside it, and need not be told.
        """
        if docs.description:
            return self.sentence(docs.description)
        match type_:
            case NullableType(inner=inner):
                return self.short(docs, inner, name)
            case DeclRef(id=id_):
                said = self.summary(self.model.decls[id_])
                return said or escape(title(docs, name))
            case _:
                return escape(title(docs, name))

    def sentence(self, description: str) -> Code:
        """The first sentence; one that leads over to a list ends here."""
        short = cell(summary(self._settled(description)))[0]
        return Code(f"{short[:-1]}." if short.endswith(":") else short)

    def _settled(self, description: str) -> str:
        """A description with its links settled."""
        return resolve_links(description, self._base_url)
