"""Around: what a schema asks of each alternative of the one union in it.

Enters: a schema that has alternatives. Leaves: the schema without them, so that what
is true of each can be said beside it, without spelling out all the others.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..ir import ANYTHING, Schema
from ..read import Root, referred_root
from ..values import replace
from .nulls import is_only_null


def around_branches(
    schema: Schema, named: str | None, roots: Mapping[str, Root]
) -> Schema:
    """What a schema asks of each alternative of the one union in it.

    ``named`` is the identity of a schema that has one. Where it cannot be said which
    of several unions the alternatives are those of, that is the whole schema.
    """
    groups = (schema.ref, schema.all_of, schema.any_of, schema.one_of)
    combined = any(groups) or schema.conditions or schema.unevaluated
    if _has_several_kinds(schema) and not combined:
        return ANYTHING  # each alternative repeats the keywords
    rest, unions = _without_unions(schema, roots, frozenset())
    if unions == 1:
        return rest
    return schema if named is None else Schema(ref=named)


def _has_several_kinds(schema: Schema) -> bool:
    kinds = [kind for kind in schema.kinds or () if kind != "null"]
    return len(kinds) > 1 and schema.values is None


def _without_unions(
    schema: Schema, roots: Mapping[str, Root], seen: frozenset[str]
) -> tuple[Schema, int]:
    """A schema without the alternatives in it; how many unions form its shape.

    Those behind a reference are counted and stay, and those of a list of types where
    it does not only narrow others.
    """
    count = 0
    root = referred_root(schema, roots)
    if root is not None and root.id not in seen:
        count += _without_unions(root.schema, roots, seen | {root.id})[1]
    groups: dict[str, tuple[Schema, ...]] = {"all_of": schema.all_of}
    for name in ("any_of", "one_of"):
        group = getattr(schema, name)
        valued = tuple(m for m in group if not is_only_null(m, roots))
        count += len(valued) > 1
        groups[name] = valued if len(valued) == 1 else ()
    for name, members in groups.items():
        stripped = [_without_unions(member, roots, seen) for member in members]
        count += sum(found for _, found in stripped)
        groups[name] = tuple(rest for rest, _ in stripped if rest != ANYTHING)
    return replace(
        schema,
        all_of=groups["all_of"],
        any_of=groups["any_of"],
        one_of=groups["one_of"],
    ), count or int(_has_several_kinds(schema))
