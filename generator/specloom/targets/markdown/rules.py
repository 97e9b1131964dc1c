"""Markdown's rules: what a value has to fulfil beyond its type, in short phrases.

Enters: the model and its types. Leaves: phrases that a cell can hold, the same in every
dialect. Promises: what is said of a type is what its assertions ask, no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ...code import Code, join
from ...ir import (
    Alias,
    BooleanType,
    Branch,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    IntegerType,
    ListType,
    MapType,
    Model,
    NullableType,
    NumberRules,
    NumberType,
    Record,
    StringType,
    TupleType,
    Type,
    UnionBody,
)
from ..markup import cell_code, json_code
from ..wording import number

_MOST_VALUES = 12
_FIRST_VALUES = 6
"""So many are shown where there are more than fit."""
_MOST_OPTIONS = 6
_DEEPEST = 3
"""So many lists or maps within each other are described; the rest have pages."""

_KINDS: Mapping[type[Type], str] = {
    IntegerType: "integer",
    NumberType: "number",
    StringType: "string",
    ListType: "list",
    TupleType: "list",
    MapType: "object",
}


@lru_cache(1 << 12)
def bracketed(note: str) -> Code:
    """A note as the notes column has it."""
    return Code(f"[{note}]")


class Rules:
    """Says what the types of a model ask."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def notes(self, type_: Type, *, values: bool) -> Code:
        """The rules of a type as the notes column has them.

        ``values``: those of a named enumeration are told.
        """
        return join(" ", map(bracketed, self.of(type_, values=values)))

    def of(self, type_: Type, *, values: bool, depth: int = 0) -> list[str]:
        """The rules of a type, and of what is inside."""
        match type_:
            case NullableType(inner=inner):
                return self.of(inner, values=values, depth=depth)
            case DeclRef(id=id_):
                return self._declared(self._model.decls[id_], values, depth)
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
                said = (*_counted(type_), *self._contained(type_))
                return [*said, *self._inner("item", item, values, depth)]
            case TupleType():
                return [*_counted(type_), *self._contained(type_)]
            case MapType(value=value):
                low, high = type_.min_properties, type_.max_properties
                notes = list(_span("properties", low, high))
                if type_.key_pattern is not None:
                    notes.append(f"names match {cell_code(type_.key_pattern)}")
                return [*notes, *self._inner("value", value, values, depth)]
            case _:
                return []

    def _contained(self, type_: ListType | TupleType) -> Iterator[str]:
        """How many items are of a kind of their own."""
        rule = type_.contained
        if rule is not None:
            what = None if rule.type is None else self._option(rule.type)
            if what is None and isinstance(rule.type, DeclRef):
                what = cell_code(self._model.decls[rule.type.id].name)
            (many,) = _span("contains", rule.least, rule.most)
            yield f"{many} of a certain form" if what is None else f"{many}: {what}"

    def _inner(self, what: str, type_: Type, values: bool, depth: int) -> list[str]:
        if depth >= _DEEPEST:
            return []
        notes = self.of(type_, values=values, depth=depth + 1)
        return [f"each {what}: {', '.join(notes)}"] if notes else []

    def _declared(self, decl: Decl, values: bool, depth: int) -> list[str]:
        match decl.body:
            case EnumBody() as enum:
                return [f"values {_values(enum)}"] if values else []
            case Alias(type=type_):
                return self.of(type_, values=values, depth=depth)
            case UnionBody(branches=branches):
                options = [self._option(branch.type) for branch in branches]
                said = [option for option in options if option is not None]
                fits = len(said) == len(options) <= _MOST_OPTIONS
                if fits:
                    return [f"one of: {' or '.join(said)}"]
                return self._possible(branches, depth)
            case Record():
                return []

    def _possible(self, branches: Iterable[Branch], depth: int) -> list[str]:
        """The rules of alternatives beside some that a cell cannot show."""
        types = [branch.type for branch in branches if type(branch.type) in _KINDS]
        if depth >= _DEEPEST or len(types) > _MOST_OPTIONS:
            return []
        return [
            f"if {_KINDS[type(type_)]}: {', '.join(rules)}"
            for type_ in types
            if (rules := self.of(type_, values=True, depth=depth + 1))
        ]

    def _option(self, type_: Type) -> str | None:
        """A scalar alternative in a few words; nothing for any other."""
        match type_:
            case BooleanType():
                return "boolean"
            case IntegerType() | NumberType() | StringType():
                rules = " and ".join(self.of(type_, values=True))
                return f"{_KINDS[type(type_)]} {rules}".rstrip(" ")
            case ConstType(value=value):
                return json_code(value)
            case DeclRef(id=id_):
                match self._model.decls[id_].body:
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


def _bounds(rules: NumberRules) -> Iterator[str]:
    low, high = rules.minimum, rules.maximum
    if low is not None:
        to = "" if high is None else f" to {number(high)}"
        yield f"range {number(low)}{to}" if to else f"minimum {number(low)}"
    if rules.exclusive_minimum is not None:
        yield f"above {number(rules.exclusive_minimum)}"
    if low is None and high is not None:
        yield f"maximum {number(high)}"
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
    elif low and high is not None:
        yield f"{what} {low} to {high}"
    elif low:  # at least 0 are all
        yield f"{what} at least {low}"
    elif high is not None:
        yield f"{what} at most {high}"
