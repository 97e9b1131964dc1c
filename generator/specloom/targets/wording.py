"""Rules in words: what a spec asks of a value beyond what its type says.

Enters: types of the model. Leaves: sentences of plain English with Markdown code spans,
for the comments of code. Promises: the same sentences in every language; each says of
what it holds: the value, one kind of it, or what is in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from ..doctext import summary
from ..doctext.spans import code_span
from ..ir import (
    MISSING,
    Alias,
    BooleanType,
    ConstType,
    Decl,
    DeclRef,
    Docs,
    EnumBody,
    Field,
    IntegerType,
    Json,
    ListType,
    MapType,
    Missing,
    Model,
    Mutability,
    NullableType,
    Number,
    NumberRules,
    NumberType,
    StringType,
    TupleType,
    Type,
    UnionBody,
)
from ..naming import same_key, words
from ..values import dataclass
from .examples import telling
from .meanings import listing
from .nominal import is_fixed

MUTABILITY: Mapping[Mutability, str] = {
    "always": "can be changed at any time",
    "never": "cannot be changed",
    "until-audio": "fixed once the model has answered with audio",
    "between-responses": "can be changed between responses",
    "once": "cannot be changed once set",
}
_HOLDERS = {"each item": "a list", "each value": "an object"}
"""What has them."""
_PLURALS = {"property": "properties"}
_LONGEST_VALUE = 60
_LONGEST_FRACTION = 12
"""Digits behind the point; what is smaller has an exponent."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One thing that is asked."""

    what: str
    """The noun and what it is like: ``a number from 0 to 1``."""
    of: tuple[str, ...] = ()
    """Where, from the outside: ``each value``, ``each item``."""
    is_one: bool = False
    """Whether it is asked of one alternative of several."""

    def within(self, place: str) -> _Rule:
        return _Rule(self.what, (place, *self.of), self.is_one)

    def sentence(self) -> str:
        verb = "may be" if self.is_one else "is"
        if self.of:
            said = f"{' of '.join(reversed(self.of))} {verb} {self.what}"
        else:
            said = f"it may be {self.what}" if self.is_one else self.what
        return _sentence(said)


@dataclass(frozen=True, slots=True)
class Wording:
    """Says what the types of a model ask, as one language needs to be told."""

    model: Model
    named: Callable[[str], bool]
    """Whether a declaration has a name of its own, and so tells its rules itself."""
    checks: Callable[[str], bool]
    """Whether the code checks a pattern."""
    visible: Callable[[str], str]
    """Spells out what cannot be seen in a text."""
    literal: Callable[[Json], str]
    """Writes a value as code."""
    has_integers: bool
    """Whether the type of a number tells that it is whole."""

    def about(self, field: Field) -> str:
        """What a property is about, or else what its type declares, in Markdown."""
        type_ = field.type
        while isinstance(type_, NullableType):
            type_ = type_.inner
        said = field.docs.description or title(field.docs, field.wire_name)
        if not isinstance(type_, DeclRef):
            return said
        decl = self.model.decls[type_.id]
        if not self.named(decl.id):
            return f"{said}{self.values(decl)}"
        if said:
            return said
        names = decl.name, field.wire_name
        said = summary(decl.docs.description) or title(decl.docs, *names)
        if said.endswith(":"):
            said = f"{said[:-1]}."  # what it leads over to is told there
        return unless_echo(said, *names)

    def values(self, decl: Decl) -> str:
        """What the values of an enumeration mean, as a list in Markdown, or ''."""
        return listing(decl, self.literal)

    def of_field(self, field: Field) -> list[str]:
        """What a property asks, and an example of it, in sentences."""
        return [
            *self.of(field.type),
            *self._example(field.docs, field.type, field.default),
        ]

    def of(self, type_: Type) -> list[str]:
        """What a type asks, in sentences."""
        return [rule.sentence() for rule in self._rules(type_)]

    def of_declared(self, decl: Decl) -> list[str]:
        """What a declaration that is no object of its own asks, in sentences."""
        asked = [rule.sentence() for rule in self._declared(decl)]
        if isinstance(decl.body, Alias):
            asked += self._example(decl.docs, decl.body.type, MISSING)
        return asked

    def _example(
        self, docs: Docs, type_: Type, default: Json | Missing
    ) -> Iterator[str]:
        value = telling(self.model, docs, type_, default)
        if value is not None and len(shown := self.literal(value)) <= _LONGEST_VALUE:
            yield f"For example, {code_span(shown)}."

    def _declared(self, decl: Decl) -> Iterator[_Rule]:
        match decl.body:
            case Alias(type=type_):
                yield from self._rules(type_)
            case UnionBody(branches=branches):
                for branch in branches:
                    yield from map(_possible, self._rules(branch.type))
            case _:
                pass

    def _rules(self, type_: Type) -> Iterator[_Rule]:
        match type_:
            case NullableType(inner=inner):
                yield from self._rules(inner)
            case DeclRef(id=id_) if not self.named(id_):
                yield from self._declared(self.model.decls[id_])
            case IntegerType(rules=rules):
                if not self.has_integers or _range(rules):
                    yield _Rule(f"a whole number{_range(rules)}")
            case NumberType(rules=rules):
                yield from _noun("a number", _range(rules))
            case StringType():
                yield from _noun("a string", self._string(type_))
            case ListType(item=item):
                yield from _noun("a list", self._list(type_))
                yield from _inside("each item", self._rules(item))
            case TupleType():
                yield from _noun("a list", self._list(type_))
            case MapType(value=value):
                yield from _noun("an object", self._map(type_))
                yield from _inside("each value", self._rules(value))
            case _:
                pass

    def _string(self, type_: StringType) -> str:
        said = _of(type_.rules.min_length, type_.rules.max_length, "character")
        if type_.rules.pattern is not None:
            said += f" that matches {self._pattern(type_.rules.pattern)}"
        if type_.format:
            comma = "," if said else ""
            said += f"{comma} in the format {code_span(self.visible(type_.format))}"
        return said

    def _list(self, type_: ListType | TupleType) -> str:
        said, rule = _items(type_), type_.contained
        if rule is None:
            return said
        many = _count(rule.least, rule.most, "item")
        exactly = "exactly " if rule.least == rule.most else ""
        what = None if rule.type is None else self._one(rule.type)
        verb = "that is" if many.endswith("item") else "that are each"
        form = "of a certain form" if what is None else f"{verb} {what}"
        return f"{said}{',' if said else ''} with {exactly}{many} {form}"

    def _one(self, type_: Type) -> str | None:
        """A value of a type in a few words, if there are such."""
        match type_:
            case ConstType(value=bool() | int() | float() | str() as value):
                text = json.dumps(value, ensure_ascii=False)
                short = len(text) <= _LONGEST_VALUE
                return code_span(self.visible(text)) if short else None
            case DeclRef(id=id_):
                return f"a {code_span(self.model.decls[id_].name)}"
            case BooleanType():
                return "a boolean"
            case IntegerType(rules=rules):
                return f"a whole number{_range(rules)}"
            case NumberType(rules=rules):
                return f"a number{_range(rules)}"
            case StringType():
                return f"a string{self._string(type_)}"
            case _:
                return None

    def _map(self, type_: MapType) -> str:
        said = _of(type_.min_properties, type_.max_properties, "property")
        if type_.key_pattern is not None:
            said += f" with names that match {self._pattern(type_.key_pattern)}"
        return said

    def _pattern(self, pattern: str) -> str:
        unless = "" if self.checks(pattern) else " (which is not checked)"
        return f"{code_span(self.visible(pattern))}{unless}"


def title(docs: Docs, *names: str) -> str:
    """The title, if it is more than one of these names in other letters."""
    key = same_key(docs.title) if docs.title else ""
    return "" if key in map(same_key, names) else docs.title


def unless_echo(said: str, *names: str) -> str:
    """What is said of something elsewhere, if none of its names there says as much.

    ``License Simple`` tells nothing that ``NullableLicenseSimple`` does not. What is
    twice as long as a name is not looked at.
    """
    short = len(said) <= 2 * max(map(len, names))
    told = _words(said) if short else set[str]()
    return "" if told and any(told <= _words(name) for name in names) else said


def _words(text: str) -> set[str]:
    return {word.lower() for word in words(text)}


def listed(decl: Decl) -> str:
    """What is in a list of an enumeration's values."""
    but_null = " but null" if decl.nullable else ""
    if not isinstance(decl.body, EnumBody):
        return f"Its only value{but_null}."
    if decl.body.open:
        return "The values that are known; any other string is accepted as well."
    return f"All values{but_null}, in the order of the spec."


def occasions(docs: Docs) -> Iterator[str]:
    """Who sets a value, and when it may change, in sentences."""
    if docs.read_only:
        yield "Set by the server only."
    if docs.write_only:
        yield "Never sent by the server."
    if docs.mutability is not None:
        yield _sentence(MUTABILITY[docs.mutability])


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}."


def _noun(noun: str, said: str) -> Iterable[_Rule]:
    return [_Rule(f"{noun}{said}")] if said else []


def _possible(rule: _Rule) -> _Rule:
    """What an alternative asks, as a rule of the union."""
    if not rule.of:
        return _Rule(rule.what, is_one=True)
    holder = _HOLDERS.get(rule.of[0])
    return rule.within(holder) if holder else rule


def _inside(place: str, rules: Iterable[_Rule]) -> Iterator[_Rule]:
    return (rule.within(place) for rule in rules)


def _items(type_: ListType | TupleType) -> str:
    fixed = isinstance(type_, TupleType) and is_fixed(type_)
    said = "" if fixed else _of(type_.min_items, type_.max_items, "item")
    if not type_.unique:
        return said
    return f"{said}, all different" if said else " of different items"


def _range(rules: NumberRules) -> str:
    low, high = rules.minimum, rules.maximum
    said: list[str] = []
    if low is not None:
        both = f"from {number(low)} to {number(high)}" if high is not None else ""
        said.append(both or f"of at least {number(low)}")
    if rules.exclusive_minimum is not None:
        said.append(f"above {number(rules.exclusive_minimum)}")
    if low is None and high is not None:
        said.append(f"{'' if said else 'of '}at most {number(high)}")
    if rules.exclusive_maximum is not None:
        said.append(f"below {number(rules.exclusive_maximum)}")
    range_ = f" {' and '.join(said)}" if said else ""
    if rules.multiple_of is not None:
        range_ += f" that is a multiple of {number(rules.multiple_of)}"
    return range_


def number(value: Number) -> str:
    """A number as people write it: 1 for 1.0, and 0.00001."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = str(value)
    if "e-" in text:
        plain = f"{Decimal(text):f}"
        return plain if len(plain) <= _LONGEST_FRACTION else text
    return text


def _of(low: int | None, high: int | None, one: str) -> str:
    size = _count(low, high, one)
    return f" of {size}" if size else ""


def _count(low: int | None, high: int | None, one: str) -> str:
    many = _PLURALS.get(one, f"{one}s")
    if high is None:
        return f"at least {low} {one if low == 1 else many}" if low else ""
    unit = one if high == 1 else many
    if low == high:
        return f"{high} {unit}"
    return f"{low} to {high} {unit}" if low else f"at most {high} {unit}"
