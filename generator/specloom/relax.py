"""Relax: the lenient reading, a rewrite of the assertions before anything is shaped.

Enters and leaves: :class:`read.Source`. Live servers send null where a spec forgets it,
and values that it does not list yet. Under the lenient reading an optional property
also accepts null, an enumeration of texts accepts any text, and a union told apart by a
tag accepts objects with a tag that it does not know. All other assertions stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .ir import MISSING, NO_DOCS, ArrayRules, Docs, ObjectRules, Schema
from .read import Root, Source
from .unions import accepts_null, fixed_tags

NULL = Schema(kinds=("null",))
TEXT = Schema(kinds=("string",))


def relax(source: Source) -> Source:
    """The same spec, read leniently."""
    roots = {
        id_: replace(root, schema=_relaxed(root.schema, source.roots))
        for id_, root in source.roots.items()
    }
    return replace(source, roots=roots)


def _relaxed(schema: Schema, roots: Mapping[str, Root]) -> Schema:
    def all_relaxed(members: tuple[Schema, ...]) -> tuple[Schema, ...]:
        return tuple(_relaxed(member, roots) for member in members)

    schema = replace(
        schema,
        array=_relaxed_array(schema.array, roots),
        object=_relaxed_object(schema.object, roots),
        all_of=all_relaxed(schema.all_of),
        any_of=_with_unknown(schema.any_of, all_relaxed(schema.any_of), roots),
        one_of=_with_unknown(schema.one_of, all_relaxed(schema.one_of), roots),
    )
    return _opened(schema)


def _relaxed_array(
    rules: ArrayRules | None, roots: Mapping[str, Root]
) -> ArrayRules | None:
    if rules is None:
        return None
    return replace(
        rules,
        prefix=tuple(_relaxed(member, roots) for member in rules.prefix),
        items=None if rules.items is None else _relaxed(rules.items, roots),
    )


def _relaxed_object(
    rules: ObjectRules | None, roots: Mapping[str, Root]
) -> ObjectRules | None:
    if rules is None:
        return None
    properties: list[tuple[str, Schema]] = []
    for name, member in rules.properties:
        relaxed = _relaxed(member, roots)
        if name not in rules.required and accepts_null(member, roots) is not True:
            relaxed = _or_null(relaxed)
        properties.append((name, relaxed))
    extra = rules.additional
    return replace(
        rules,
        properties=tuple(properties),
        patterns=tuple(
            (text, _relaxed(member, roots)) for text, member in rules.patterns
        ),
        additional=None if extra is None else _relaxed(extra, roots),
    )


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
    known = Schema(values=schema.values)
    loose = replace(schema, values=None)
    options = (known, TEXT)
    if schema.any_of:
        return replace(loose, all_of=(*schema.all_of, Schema(any_of=options)))
    return replace(loose, any_of=options)


def _with_unknown(
    members: tuple[Schema, ...], relaxed: tuple[Schema, ...], roots: Mapping[str, Root]
) -> tuple[Schema, ...]:
    """A tagged union with one more alternative, for tags that it does not list."""
    found = fixed_tags(members, roots)
    if found is None:
        return relaxed
    key, tags = found
    known = Schema(values=tuple(tag for tag in tags if tag))
    other = Schema(kinds=("string",), not_=known)
    unknown = Schema(
        kinds=("object",),
        object=ObjectRules(properties=((key, other),), required=(key,)),
        docs=Docs(
            title="Unknown",
            description=f"An object with a `{key}` that the spec does not list.",
        ),
        at=members[0].at,
    )
    return (*relaxed, unknown)
