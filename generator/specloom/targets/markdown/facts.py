"""Markdown's facts: what the pages say of a model in every dialect alike.

Enters: the model. Leaves: encoded descriptions, and the notes of a property that do not
depend on a language. Promises: each is worked out once, whatever the number of
dialects, and all of them tell the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ...code import Code, join
from ...doctext import cell, page_text, resolve_links, summary
from ...ir import (
    Alias,
    BooleanType,
    ConstType,
    Decl,
    DeclRef,
    Docs,
    EnumBody,
    Field,
    IntegerType,
    ListType,
    MapType,
    Model,
    Mutability,
    NullableType,
    Number,
    NumberRules,
    NumberType,
    Record,
    StringType,
    TupleType,
    Type,
    UnionBody,
)
from .text import cell_code, escape, json_code
from .unions import conditions

_MUTABILITY: Mapping[Mutability, Code] = {
    "always": Code("can be changed at any time"),
    "never": Code("cannot be changed"),
    "until-audio": Code("fixed once the model has answered with audio"),
    "between-responses": Code("can be changed between responses"),
    "once": Code("cannot be changed once set"),
}
_MOST_VALUES = 12
_FIRST_VALUES = 6
"""So many are shown where there are more than fit."""
_MOST_OPTIONS = 6
_LONGEST_EXAMPLE = 60
_DEEPEST = 3
"""So many lists or maps within each other are described; the rest have pages."""


def bracketed(note: str) -> Code:
    """A note as the notes column has it."""
    return Code(f"[{note}]")


class FieldFacts:
    """What the row of a property says in every dialect."""

    def __init__(self, facts: Facts, field: Field, use: int) -> None:
        self.field = field
        self.use = use
        """The same number for all properties that a language types alike."""
        self._facts = facts
        self._notes: dict[tuple[Code, bool], Code] = {}

    @cached_property
    def description(self) -> tuple[Code, bool]:
        """The description as a cell, and whether that is all of it."""
        text = self.field.docs.description
        if not text:
            return self._facts.short(self.field.docs, self.field.type), True
        short, whole = cell(self._facts.settled(text))
        return Code(short), whole

    @property
    def text(self) -> tuple[Code, ...]:
        """The description in full."""
        return self._facts.text(self.field.docs.description)

    def notes(self, default: Code, values: bool) -> Code:
        """The notes, with the language's own on the default, which may be empty.

        ``values``: those of a named enumeration are told.
        """
        if (default, values) not in self._notes:
            rules = map(bracketed, self._facts.rules(self.field.type, values=values))
            notes = [*self._status(), default, *rules, *self._history()]
            self._notes[default, values] = join(" ", filter(None, notes))
        return self._notes[default, values]

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
            yield bracketed(f"described since {escape_date(docs.since)}")
        if docs.mutability is not None:
            yield bracketed(_MUTABILITY[docs.mutability])
        for example in docs.examples[:1]:
            if not isinstance(example, list | dict):
                shown = json_code(example)
                if len(shown) < _LONGEST_EXAMPLE:
                    yield bracketed(f"example {shown}")


def escape_date(date: str) -> Code:
    """A date as it is; anything else as text."""
    return Code(date) if date.replace("-", "").isalnum() else escape(date)


class Facts:
    """What there is to say of the declarations of a model."""

    def __init__(self, model: Model, base_url: str | None) -> None:
        self.model = model
        self._base_url = base_url
        self._summaries: dict[str, Code] = {}
        self._pages: dict[str, tuple[Code, ...]] = {}
        self._fields: dict[str, tuple[FieldFacts, ...]] = {}
        self._conditions: dict[str, tuple[Code, ...]] = {}
        self._uses: dict[tuple[Type, bool], int] = {}

    def fields_of(self, id_: str, record: Record) -> tuple[FieldFacts, ...]:
        """The facts of each property of a declared record."""
        if id_ not in self._fields:
            self._fields[id_] = tuple(map(self._field, record.fields))
        return self._fields[id_]

    def _field(self, field: Field) -> FieldFacts:
        use = self._uses.setdefault((field.type, field.required), len(self._uses))
        return FieldFacts(self, field, use)

    def conditions(self, id_: str, union: UnionBody) -> tuple[Code, ...]:
        """When each alternative of a declared union is chosen."""
        if id_ not in self._conditions:
            self._conditions[id_] = conditions(union)
        return self._conditions[id_]

    def settled(self, description: str) -> str:
        """A description with its links settled."""
        return resolve_links(description, self._base_url)

    def text(self, description: str) -> tuple[Code, ...]:
        """A description in full, as lines of a page."""
        if description not in self._pages:
            lines = page_text(self.settled(description))
            self._pages[description] = tuple(map(Code, lines))
        return self._pages[description]

    def summary(self, decl: Decl) -> Code:
        """One sentence about a declaration, for tables and lists; may be empty."""
        if decl.id not in self._summaries:
            docs = decl.docs
            short = self._sentence(docs.description)
            self._summaries[decl.id] = short or escape(docs.title)
        return self._summaries[decl.id]

    def short(self, docs: Docs, type_: Type) -> Code:
        """One sentence about a use of a type, else about what the type declares."""
        if docs.description:
            return self._sentence(docs.description)
        match type_:
            case NullableType(inner=inner):
                return self.short(docs, inner)
            case DeclRef(id=id_):
                return self.summary(self.model.decls[id_]) or escape(docs.title)
            case _:
                return escape(docs.title)

    def _sentence(self, description: str) -> Code:
        """The first sentence; one that leads over to a list ends here."""
        short = cell(summary(self.settled(description)))[0]
        return Code(f"{short[:-1]}." if short.endswith(":") else short)

    # --- rules ------------------------------------------------------------------------

    def rules(self, type_: Type, *, values: bool, depth: int = 0) -> list[str]:
        """What a value of a type has to fulfil beyond its type, in short phrases."""
        match type_:
            case NullableType(inner=inner):
                return self.rules(inner, values=values, depth=depth)
            case DeclRef(id=id_):
                return self._declared(self.model.decls[id_], values, depth)
            case ConstType(value=value):
                return [f"always {json_code(value)}"]
            case IntegerType(rules=rules, format=format_):
                return [*_bounds(rules), *_format(format_)]
            case NumberType(rules=rules, format=format_):
                return [*_bounds(rules), *_format(format_)]
            case StringType(rules=rules, format=format_):
                notes = list(_span("length", rules.min_length, rules.max_length))
                if rules.pattern is not None:
                    notes.append(f"pattern {cell_code(rules.pattern)}")
                return [*notes, *_format(format_)]
            case ListType(item=item):
                return [*_counted(type_), *self._inner("item", item, values, depth)]
            case TupleType():
                return list(_counted(type_))
            case MapType(value=value):
                low, high = type_.min_properties, type_.max_properties
                notes = list(_span("properties", low, high))
                if type_.key_pattern is not None:
                    notes.append(f"names match {cell_code(type_.key_pattern)}")
                return [*notes, *self._inner("value", value, values, depth)]
            case _:
                return []

    def _inner(self, what: str, type_: Type, values: bool, depth: int) -> list[str]:
        if depth == _DEEPEST:
            return []
        notes = self.rules(type_, values=values, depth=depth + 1)
        return [f"each {what}: {', '.join(notes)}"] if notes else []

    def _declared(self, decl: Decl, values: bool, depth: int) -> list[str]:
        match decl.body:
            case EnumBody() as enum:
                return [f"values {_values(enum)}"] if values else []
            case Alias(type=type_):
                return self.rules(type_, values=values, depth=depth)
            case UnionBody(branches=branches):
                options = [self._option(branch.type) for branch in branches]
                said = [option for option in options if option is not None]
                fits = len(said) == len(options) <= _MOST_OPTIONS
                return [f"one of: {' or '.join(said)}"] if fits else []
            case Record():
                return []

    def _option(self, type_: Type) -> str | None:
        """A scalar alternative in a few words; nothing for any other."""
        match type_:
            case BooleanType():
                return "boolean"
            case IntegerType():
                return " ".join(["integer", *self.rules(type_, values=True)])
            case NumberType():
                return " ".join(["number", *self.rules(type_, values=True)])
            case StringType():
                return " ".join(["string", *self.rules(type_, values=True)])
            case ConstType(value=value):
                return json_code(value)
            case DeclRef(id=id_):
                match self.model.decls[id_].body:
                    case EnumBody(values=values) as enum if (
                        len(values) <= _MOST_OPTIONS
                    ):
                        return _values(enum)
                    case _:
                        return None
            case _:
                return None


def _values(enum: EnumBody) -> str:
    shown = [json_code(value) for value in enum.values]
    if len(shown) > _MOST_VALUES:
        shown[_FIRST_VALUES:] = [Code(f"{len(shown) - _FIRST_VALUES} more")]
    if enum.open:
        shown.append(Code("or any other string"))
    return ", ".join(shown)


def number(value: Number) -> Code:
    """A number as people write it: 1 for 1.0."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return Code(int(value) if is_whole else value)


def _bounds(rules: NumberRules) -> Iterator[str]:
    low, high = rules.minimum, rules.maximum
    if low is not None and high is not None:
        yield f"range {number(low)} to {number(high)}"
    elif low is not None:
        yield f"minimum {number(low)}"
    elif high is not None:
        yield f"maximum {number(high)}"
    if rules.exclusive_minimum is not None:
        yield f"above {number(rules.exclusive_minimum)}"
    if rules.exclusive_maximum is not None:
        yield f"below {number(rules.exclusive_maximum)}"
    if rules.multiple_of is not None:
        yield f"multiple of {number(rules.multiple_of)}"


def _format(format_: str | None) -> Iterator[str]:
    if format_ is not None:
        yield f"format {cell_code(format_)}"


def _counted(type_: ListType | TupleType) -> Iterator[str]:
    yield from _span("items", type_.min_items, type_.max_items)
    if type_.unique:
        yield "unique items"


def _span(what: str, low: int | None, high: int | None) -> Iterator[str]:
    if low is not None and low == high:
        yield f"{what} exactly {low}"
    elif low is not None and high is not None:
        yield f"{what} {low} to {high}"
    elif low is not None:
        yield f"{what} at least {low}"
    elif high is not None:
        yield f"{what} at most {high}"
