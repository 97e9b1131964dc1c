"""Parts: the schemas inside a schema, listed and replaced.

Enters: a :class:`schema.Schema`. Leaves: in which attributes it asserts anything, the
schemas directly inside it, and the same schema with others in their place. Promises one
order of the parts, whoever asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import attrgetter, is_
from typing import TypeAlias

from .schema import ANYTHING, Conditional, Schema
from .values import fields, replace

_ASSERTIONS = tuple(item.name for item in fields(Schema) if item.compare)
_assertions_of = attrgetter(*_ASSERTIONS)
_NONE_OF_THEM = _assertions_of(ANYTHING)


def asserted(schema: Schema) -> tuple[str, ...]:
    """The names of the attributes in which a schema asserts anything, in order."""
    said = zip(_ASSERTIONS, _assertions_of(schema), _NONE_OF_THEM)
    return tuple([name for name, value, nothing in said if value != nothing])


def referred(schema: Schema) -> str | None:
    """The declaration that a schema refers to, if it does nothing else."""
    return schema.ref if schema.ref and asserted(schema) == ("ref",) else None


def applied(schema: Schema) -> list[Schema]:
    """The parts of a schema that apply to the same value (core, section 10.2)."""
    found = [*schema.all_of, *schema.any_of, *schema.one_of]
    if schema.not_ is not None:
        found.append(schema.not_)
    if schema.conditions:  # which is faster than a loop over nothing
        for one in schema.conditions:
            found += (one.when, one.then, one.otherwise)
    if schema.unevaluated:
        found += [one.within for one in schema.unevaluated if one.within is not None]
    return found


def parts(schema: Schema) -> list[Schema]:
    """The schemas that stand directly inside a schema, first those :func:`applied`."""
    found = applied(schema)
    if schema.array is not None or schema.object is not None or schema.unevaluated:
        found += held(schema)
    return found


def held(schema: Schema) -> list[Schema]:
    """The parts of a schema that apply to what a value holds (core, section 10.3)."""
    found: list[Schema] = []
    array, rules = schema.array, schema.object
    if array is not None:
        found += array.prefix
        if array.items is not None:
            found.append(array.items)
        if array.contains is not None:
            found.append(array.contains.schema)
    if rules is not None:
        found += [member for _, member in rules.properties]
        if rules.patterns:
            found += [member for _, member in rules.patterns]
        if rules.additional is not None:
            found.append(rules.additional)
        if rules.names is not None:
            found.append(rules.names)
    if schema.unevaluated:
        found += [one.rest for one in schema.unevaluated]
    return found


def edited(schema: Schema, edit: Callable[[Schema], Schema]) -> Schema:
    """A schema with each schema directly inside it replaced.

    It is the same object where nothing is.
    """
    old = parts(schema)
    new = [edit(part) for part in old]
    if all(map(is_, old, new)):
        return schema
    left = iter(new)
    return _with_held(_with_applied(schema, left), left)


def _with_applied(schema: Schema, left: Iterator[Schema]) -> Schema:
    """A schema with other parts of those that :func:`applied` lists, in that order."""
    return replace(
        schema,
        all_of=_as_many(schema.all_of, left),
        any_of=_as_many(schema.any_of, left),
        one_of=_as_many(schema.one_of, left),
        not_=_if_any(schema.not_, left),
        conditions=tuple(
            [
                Conditional(when=next(left), then=next(left), otherwise=next(left))
                for _ in schema.conditions
            ]
        ),
        unevaluated=tuple(
            [
                replace(one, within=_if_any(one.within, left))
                for one in schema.unevaluated
            ]
        ),
    )


def _with_held(schema: Schema, left: Iterator[Schema]) -> Schema:
    """The same for those that :func:`held` lists."""
    array, rules = schema.array, schema.object
    if array is not None:
        array = replace(
            array,
            prefix=_as_many(array.prefix, left),
            items=_if_any(array.items, left),
            contains=array.contains and replace(array.contains, schema=next(left)),
        )
    if rules is not None:
        rules = replace(
            rules,
            properties=_named(rules.properties, left),
            patterns=_named(rules.patterns, left),
            additional=_if_any(rules.additional, left),
            names=_if_any(rules.names, left),
        )
    unevaluated = [replace(one, rest=next(left)) for one in schema.unevaluated]
    return replace(schema, array=array, object=rules, unevaluated=tuple(unevaluated))


def _as_many(old: Sequence[Schema], left: Iterator[Schema]) -> tuple[Schema, ...]:
    return tuple(islice(left, len(old)))


def _if_any(old: Schema | None, left: Iterator[Schema]) -> Schema | None:
    return None if old is None else next(left)


_Named: TypeAlias = tuple[tuple[str, Schema], ...]


def _named(old: _Named, left: Iterator[Schema]) -> _Named:
    return tuple([(name, next(left)) for name, _ in old])
