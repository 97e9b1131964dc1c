"""Nulls: whether null is among what a schema accepts.

Enters: one schema. Leaves: an answer by intent, which may differ from the letter where
no kind is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..ir import Schema
from ..parts import asserted
from ..read import Root, referred_root


def accepts_null(
    schema: Schema, roots: Mapping[str, Root], seen: frozenset[str] = frozenset()
) -> bool | None:
    """Whether null is accepted by intent; None where nothing is said either way."""
    if schema.kinds is not None and "null" not in schema.kinds:
        return False
    if schema.values is not None and None not in schema.values:
        return False
    told = True if schema.kinds is not None or schema.values is not None else None
    for found in _told_of_null(schema, roots, seen):
        if found is False:
            return False
        told = told or found
    return told


def _told_of_null(
    schema: Schema, roots: Mapping[str, Root], seen: frozenset[str]
) -> Iterator[bool | None]:
    """What each combiner says of null."""
    root = referred_root(schema, roots)
    if root is not None and root.id not in seen:
        yield accepts_null(root.schema, roots, seen | {root.id})
    for member in schema.all_of:
        yield accepts_null(member, roots, seen)
    for group in (schema.any_of, schema.one_of):
        if group:
            members = [accepts_null(member, roots, seen) for member in group]
            every = all(item is False for item in members)
            yield True if True in members else False if every else None


def is_only_null(schema: Schema, roots: Mapping[str, Root]) -> bool:
    """Whether a schema accepts null and nothing else."""
    if schema.kinds == ("null",) or schema.values == (None,):
        return True
    root = referred_root(schema, roots)
    if root is None or not is_only_null(root.schema, roots):
        return False
    return asserted(schema) == ("ref",)
