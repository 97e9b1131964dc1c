"""Relax: the lenient reading, a rewrite of the assertions before anything is shaped.

Enters and leaves: :class:`read.Source`. Live servers send null where a spec forgets it,
and values that it does not list yet. Under the lenient reading an optional property
also accepts null, an enumeration of texts accepts any text, and a union told apart by a
tag accepts objects with a tag that it does not know. The tags themselves stay as they
are, so that a union still knows its alternatives; as these may overlap all the same,
``oneOf`` is read as ``anyOf``. All other assertions stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from ..ir import MISSING, NO_DOCS, NULL, ArrayRules, Docs, ObjectRules, Schema
from ..json_value import json_key
from ..parts import parts
from ..read import Root, Source
from ..values import replace
from .nulls import accepts_null
from .tags import main_tags

TEXT = Schema(kinds=("string",))


def relax(source: Source) -> Source:
    """The same spec, read leniently."""
    relaxer = _Relaxer(source.roots)
    roots = {
        id_: replace(root, schema=relaxer.relaxed(root.schema))
        for id_, root in source.roots.items()
    }
    return replace(source, roots=roots)


class _Relaxer:
    def __init__(self, roots: Mapping[str, Root]) -> None:
        self.roots = roots
        self.tags = {
            tag.at
            for root in roots.values()
            for group in _unions(root.schema)
            if (found := main_tags(group, roots))
            for tag in found.schemas
            if tag is not None
        }
        """Where the schemas stand that list the values of a tag."""

    def relaxed(self, schema: Schema) -> Schema:
        array, object_ = schema.array, schema.object
        made = replace(
            schema,
            array=None if array is None else self._array(array),
            object=None if object_ is None else self._object(object_),
            all_of=self._all(schema.all_of),
            any_of=self._with_unknown(schema.any_of),
            one_of=(),
            conditions=tuple(
                replace(
                    one,
                    then=self.relaxed(one.then),
                    otherwise=self.relaxed(one.otherwise),
                )
                for one in schema.conditions
            ),
            unevaluated=tuple(
                replace(one, rest=self.relaxed(one.rest)) for one in schema.unevaluated
            ),
        )
        if schema.one_of:
            made = _with_options(made, self._with_unknown(schema.one_of))
        return made if schema.at in self.tags else _opened(made)

    def _all(self, members: tuple[Schema, ...]) -> tuple[Schema, ...]:
        return tuple(map(self.relaxed, members))

    def _array(self, rules: ArrayRules) -> ArrayRules:
        items = None if rules.items is None else self.relaxed(rules.items)
        return replace(rules, prefix=self._all(rules.prefix), items=items)

    def _object(self, rules: ObjectRules) -> ObjectRules:
        properties: list[tuple[str, Schema]] = []
        for name, member in rules.properties:
            relaxed = self.relaxed(member)
            nullable = accepts_null(member, self.roots) is True
            if name not in rules.required and not nullable:
                relaxed = _or_null(relaxed)
            properties.append((name, relaxed))
        extra = rules.additional
        return replace(
            rules,
            properties=tuple(properties),
            patterns=tuple((text, self.relaxed(m)) for text, m in rules.patterns),
            additional=None if extra is None else self.relaxed(extra),
        )

    def _with_unknown(self, members: tuple[Schema, ...]) -> tuple[Schema, ...]:
        """Alternatives, and if a tag tells them apart one for tags that none lists."""
        relaxed = self._all(members)
        found = main_tags(members, self.roots)
        values = () if found is None else chain.from_iterable(found.values)
        tags = tuple({json_key(value): value for value in values}.values())
        if found is None or not all(isinstance(tag, str) for tag in tags):
            return relaxed
        other = Schema(kinds=("string",), not_=Schema(values=tags))
        text = f"An object with a `{found.key}` that the spec does not list."
        unknown = Schema(
            kinds=("object",),
            object=ObjectRules(properties=((found.key, other),), required=(found.key,)),
            docs=Docs(title="Unknown", description=text),
            at=members[0].at,
        )
        return (*relaxed, unknown)


def _unions(schema: Schema) -> Iterator[tuple[Schema, ...]]:
    """The alternatives of each union in a schema."""
    yield from (group for group in (schema.any_of, schema.one_of) if group)
    for part in parts(schema):
        yield from _unions(part)


def _or_null(schema: Schema) -> Schema:
    """A schema or null; what it tells people moves to the outside."""
    inner = replace(schema, docs=NO_DOCS, default=MISSING)
    return Schema(
        any_of=(inner, NULL), docs=schema.docs, default=schema.default, at=schema.at
    )


def _opened(schema: Schema) -> Schema:
    """An enumeration of two texts or more also accepts any other text."""
    values = schema.values or ()
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < 2 or any(not isinstance(v, str | None) for v in values):
        return schema
    known = Schema(values=schema.values, at=schema.at)
    return _with_options(replace(schema, values=None), (known, TEXT))


def _with_options(schema: Schema, options: tuple[Schema, ...]) -> Schema:
    """A schema that also asks for one of these alternatives, at least."""
    if not schema.any_of:
        return replace(schema, any_of=options)
    asked = Schema(any_of=options, tag_hint=schema.tag_hint, at=schema.at)
    return replace(schema, all_of=(*schema.all_of, asked))
