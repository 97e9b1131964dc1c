"""Unevaluated: rules for what no other keyword has looked at, made to stand alone.

Enters: :class:`read.Source`, some of whose schemas ask something of the properties or
items that are left over (core, sections 11.2 and 11.3). Which these are depends on all
that stands beside the keyword, and behind each ``$ref`` and combiner there. Leaves: the
same, where these rules say it themselves, so that a schema can be taken apart:

- where it is known which properties are looked at, as ``additionalProperties`` beside
  all of them, and likewise ``items`` behind the leading ones;
- where it depends on the value, as a part of its own, whose ``within`` has a copy of
  what has to be asked. It asserts nothing that does not stand beside it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..ir import (
    ANYTHING,
    ArrayRules,
    Kind,
    ObjectRules,
    Schema,
    Unevaluated,
)
from ..json_value import value_kind
from ..parts import applied, edited
from ..read import Root, Source
from ..values import dataclass, field, replace

_NO_ITEMS, _NO_RULES = ArrayRules(), ObjectRules()


def settle_unevaluated(source: Source) -> Source:
    """The same spec, each of these rules standing alone."""
    if not source.has_unevaluated:
        return source
    settler = _Settler(source.roots)
    roots = {
        id_: replace(root, schema=settler.settled(root.schema))
        for id_, root in source.roots.items()
    }
    return replace(source, roots=roots)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is surely looked at in a value that some schemas accept."""

    names: Mapping[str, None]
    patterns: Mapping[str, None]
    count: int
    """Leading items."""
    all: bool

    def covers(self, other: _Seen) -> bool:
        return self.all or (
            not other.all
            and other.names.keys() <= self.names.keys()
            and other.patterns.keys() <= self.patterns.keys()
            and other.count <= self.count
        )

    def rules(self, kind: Kind, rest: Schema | None) -> Schema:
        """Assertions that look at the same, and ask something of the rest."""
        if kind == "array":
            array = ArrayRules(prefix=(ANYTHING,) * self.count, items=rest)
            return Schema(array=None if array == _NO_ITEMS else array)
        rules = ObjectRules(
            properties=tuple((name, ANYTHING) for name in self.names),
            patterns=tuple((text, ANYTHING) for text in self.patterns),
            additional=rest,
        )
        return Schema(object=None if rules == _NO_RULES else rules)


def _seen(schemas: list[Schema], kind: Kind) -> _Seen:
    """What these look at themselves, combiners aside."""
    names: dict[str, None] = {}
    patterns: dict[str, None] = {}
    count = 0
    every = any(rule.kind == kind for part in schemas for rule in part.unevaluated)
    for part in schemas:
        if kind == "array" and part.array is not None:
            count = max(count, len(part.array.prefix))
            every = every or part.array.items is not None
        if kind == "object" and part.object is not None:
            names |= dict.fromkeys(name for name, _ in part.object.properties)
            patterns |= dict.fromkeys(text for text, _ in part.object.patterns)
            every = every or part.object.additional is not None
    return _Seen(names, patterns, count, every)


@dataclass(slots=True)
class _Applied:
    """Schemas that surely apply to a value, and those of which it depends.

    A choice stands beside how it is said in another schema: as it is, or by the
    reference that has led to it.
    """

    sure: list[Schema] = field(default_factory=list[Schema])
    choices: list[tuple[Schema, Schema]] = field(
        default_factory=list[tuple[Schema, Schema]]
    )
    refs: set[str] = field(default_factory=set[str])
    """Which have been followed."""


@dataclass(slots=True)
class _Settler:
    roots: Mapping[str, Root]

    def settled(self, schema: Schema) -> Schema:
        """A schema whose rules, and those of all that is inside it, stand alone."""
        made = edited(schema, self.settled)
        for read, rule in zip(schema.unevaluated, made.unevaluated):
            made = self._one(_without(made, rule), rule, _without(schema, read))
        return made

    def _one(self, schema: Schema, rule: Unevaluated, read: Schema) -> Schema:
        """A schema with a rule that it had, standing alone.

        ``read`` is the schema whose rules do not yet stand alone: what is copied has
        its own as they were read, or else each level would double all below it.
        """
        own = _seen([schema], rule.kind)
        if own.all:
            return schema
        if rule.rest == ANYTHING:
            return _with_rest(schema, rule)  # which counts for what is around it
        found = _Applied()
        self._apply(read, rule.kind, found, None)
        seen = _seen(found.sure, rule.kind)
        if seen.all:
            return schema
        choices = [
            said
            for choice, said in found.choices
            if not seen.covers(self._most(choice, rule.kind))
        ]
        if choices:
            within = _joined(seen.rules(rule.kind, None), choices)
            made = replace(rule, within=replace(within, at=schema.at))
            return replace(schema, unevaluated=(*schema.unevaluated, made))
        if own == seen:
            return _with_rest(schema, rule)
        closing = replace(seen.rules(rule.kind, rule.rest), at=rule.rest.at)
        return replace(schema, all_of=(*schema.all_of, closing))

    def _apply(
        self, schema: Schema, kind: Kind, found: _Applied, by: Schema | None
    ) -> None:
        """Gather what applies to a value of a kind; ``by`` is a way to say it."""
        found.sure.append(schema)
        if schema.ref is not None and schema.ref not in found.refs:
            found.refs.add(schema.ref)
            led = by or Schema(ref=schema.ref, at=schema.at)
            self._apply(self.roots[schema.ref].schema, kind, found, led)
        for member in schema.all_of:
            self._apply(member, kind, found, by)
        for choice in _choices(schema, kind):
            union = choice.any_of or choice.one_of
            takers = [one for one in union if self._takes(one, kind, set())]
            if len(takers) == 1:  # such as beside null, which takes other values
                whole = None if len(union) == 1 else choice
                self._apply(takers[0], kind, found, by or whole)
            else:
                found.choices.append((choice, by or choice))

    def _most(self, schema: Schema, kind: Kind) -> _Seen:
        """What a schema may look at, whatever the value is."""
        every: dict[int, Schema] = {}
        waiting = [schema]
        while waiting:
            one = waiting.pop()
            if id(one) not in every:
                every[id(one)] = one
                waiting += applied(one)
                if one.ref is not None:
                    waiting.append(self.roots[one.ref].schema)
        found = _seen(list(every.values()), kind)
        arrays = [one.array for one in every.values() if one.array is not None]
        contained = kind == "array" and any(rules.contains for rules in arrays)
        return replace(found, all=True) if contained else found

    def _takes(self, schema: Schema, kind: Kind, refs: set[str]) -> bool:
        """Whether a schema may accept a value of a kind; ``refs`` are asked already."""
        if schema.kinds is not None and kind not in schema.kinds:
            return False
        if schema.values is not None and kind not in map(value_kind, schema.values):
            return False
        if schema.ref is not None and schema.ref not in refs:
            refs.add(schema.ref)
            if not self._takes(self.roots[schema.ref].schema, kind, refs):
                return False
        return all(self._takes(member, kind, refs) for member in schema.all_of)


def _choices(schema: Schema, kind: Kind) -> Iterator[Schema]:
    """What a schema looks at only in some values, each as a schema of its own."""
    at = schema.at
    if schema.any_of:
        yield Schema(any_of=schema.any_of, at=at)
    if schema.one_of:
        yield Schema(one_of=schema.one_of, at=at)
    for one in schema.conditions:
        yield Schema(conditions=(one,), at=at)
    if kind == "array" and schema.array is not None and schema.array.contains:
        yield Schema(array=ArrayRules(contains=schema.array.contains), at=at)


def _joined(seen: Schema, choices: Sequence[Schema]) -> Schema:
    """Rules for what is surely looked at, and all on which the rest depends."""
    first, *others = {id(said): said for said in choices}.values()
    if not others and first.array is None:
        return replace(first, array=seen.array, object=seen.object)
    return replace(seen, all_of=(first, *others))


def _without(schema: Schema, rule: Unevaluated) -> Schema:
    """A schema without one of its rules."""
    others = tuple(one for one in schema.unevaluated if one is not rule)
    return replace(schema, unevaluated=others)


def _with_rest(schema: Schema, rule: Unevaluated) -> Schema:
    """A schema that asks something of all that it does not look at itself."""
    if rule.kind == "array":
        array = replace(schema.array or _NO_ITEMS, items=rule.rest)
        return replace(schema, array=array)
    rules = replace(schema.object or _NO_RULES, additional=rule.rest)
    return replace(schema, object=rules)
