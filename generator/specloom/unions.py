"""Unions: what ``anyOf``, ``oneOf`` and lists of types mean for the shape of a value.

Enters: the alternatives, shaped but not yet named. Leaves: one shape. Here null leaves
a union, fixed values become an enumeration, a string beside them opens it,
alternatives that say the same fall together, and each one left gets a label from its
context: its title, its tag, the schema it names, its kind, a property of its own;
never its position.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from .ir import (
    ConstType,
    DeclRef,
    EnumBody,
    IntegerType,
    Json,
    NeverType,
    NumberRules,
    NumberType,
    Schema,
    StringType,
    Type,
)
from .keywords import json_key
from .naming import join_names, pascal
from .read import Root
from .shapes import ANY, NEVER, ProtoBranch, ProtoUnion, Shape, is_shapeless
from .tables import assertions

LONGEST_TITLE = 48
"""A title longer than this is a sentence, not a name."""


def accepts_null(
    schema: Schema, roots: Mapping[str, Root], seen: frozenset[str] = frozenset()
) -> bool | None:
    """Whether null is accepted by intent; None where nothing is said either way."""
    found: list[bool | None] = []
    if schema.values is not None:
        found.append(None in schema.values)
    if schema.kinds is not None:
        found.append("null" in schema.kinds)
    target = _target(schema, roots)
    if target is not None and target.id not in seen:
        found.append(accepts_null(target.schema, roots, seen | {target.id}))
    found += [accepts_null(member, roots, seen) for member in schema.all_of]
    for group in (schema.any_of, schema.one_of):
        if group:
            members = [accepts_null(member, roots, seen) for member in group]
            every = all(item is False for item in members)
            found.append(True if True in members else False if every else None)
    if False in found:
        return False
    return True if True in found else None


def is_only_null(schema: Schema) -> bool:
    """Whether a schema accepts null and nothing else."""
    return schema.kinds == ("null",) or schema.values == (None,)


def unite(
    branches: Iterable[ProtoBranch],
    *,
    exclusive: bool,
    tag_hint: str | None,
    expand: Callable[[Type], Shape],
) -> Shape:
    """The shape of a value that matches one of the alternatives."""
    flat = list(_flatten(branches))
    if any(is_shapeless(branch.shape) for branch in flat):
        return ANY
    kept = _distinct(_join_values(flat, expand))
    if not kept:
        return NEVER
    if len(kept) == 1:
        return kept[0].shape
    return ProtoUnion(tuple(kept), exclusive, tag_hint)


def _flatten(branches: Iterable[ProtoBranch]) -> Iterable[ProtoBranch]:
    for branch in branches:
        if not isinstance(branch.shape, ProtoUnion):
            yield branch
            continue
        for inner in branch.shape.branches:
            both = Schema(all_of=(branch.schema, inner.schema), at=inner.schema.at)
            label = join_names(branch.label, inner.label)
            yield replace(inner, schema=both, label=label)


def _join_values(
    branches: Sequence[ProtoBranch], expand: Callable[[Type], Shape]
) -> list[ProtoBranch]:
    """Put fixed values together; beside a plain string they are an open enumeration."""
    string = any(isinstance(branch.shape, StringType) for branch in branches)
    joined: list[int] = []
    values: dict[str, Json] = {}
    opened = string
    for index, branch in enumerate(branches):
        shape = branch.shape
        if string and isinstance(shape, DeclRef):
            shape = expand(shape)
        if not isinstance(shape, EnumBody | ConstType | StringType):
            continue
        listed = _values(shape)
        if not string or all(isinstance(value, str) for value in listed):
            joined.append(index)
            values.update((json_key(value), value) for value in listed)
            opened = opened or (isinstance(shape, EnumBody) and shape.open)
    if len(joined) < 2 or not values:
        return list(branches)
    first = branches[joined[0]]
    one = replace(
        first,
        shape=EnumBody(tuple(values.values()), open=opened),
        schema=Schema(
            any_of=tuple(branches[index].schema for index in joined),
            at=first.schema.at,
        ),
    )
    return [
        one if index == joined[0] else branch
        for index, branch in enumerate(branches)
        if index not in joined[1:]
    ]


def _values(shape: Shape) -> tuple[Json, ...]:
    match shape:
        case EnumBody(values=values):
            return values
        case ConstType(value=value):
            return (value,)
        case _:
            return ()


def _distinct(branches: Sequence[ProtoBranch]) -> list[ProtoBranch]:
    """Drop alternatives that can hold nothing new."""
    any_number = any(
        isinstance(b.shape, NumberType) and b.shape.rules == NumberRules()
        for b in branches
    )
    kept: list[ProtoBranch] = []
    for branch in branches:
        whole = any_number and isinstance(branch.shape, IntegerType)
        if isinstance(branch.shape, NeverType) or whole:
            continue
        if all(branch.shape != other.shape for other in kept):
            kept.append(branch)
    return kept


# --- labels ---------------------------------------------------------------------------


def labels(members: Sequence[Schema], roots: Mapping[str, Root]) -> list[str]:
    """A distinct PascalCase label for each alternative, from what it says of itself."""
    objects = [_object_of(member, roots) for member in members]
    strategies = (
        [_title_label(member) for member in members],
        _tag_labels(members, roots),
        [_named_label(member, roots) for member in members],
        [_kind_label(member, found) for member, found in zip(members, objects)],
        _property_labels(objects, required=True),
        _property_labels(objects, required=False),
        [_item_label(member, roots) for member in members],
        [pascal(member.format) if member.format else "" for member in members],
        [_digest_label(member) for member in members],
    )
    chosen: list[str] = []
    counts = [Counter(names) for names in strategies]
    for index in range(len(members)):
        options = (
            names[index]
            for names, count in zip(strategies, counts)
            if names[index] and count[names[index]] == 1
        )
        label = next((name for name in options if name not in chosen), "")
        chosen.append(label or _digest_label(members[index]))
    return chosen


def _title_label(member: Schema) -> str:
    title = member.docs.title
    return pascal(title) if title and len(title) <= LONGEST_TITLE else ""


def _named_label(member: Schema, roots: Mapping[str, Root]) -> str:
    root = _target(member, roots)
    return pascal(root.name) if root is not None else ""


def _target(schema: Schema, roots: Mapping[str, Root]) -> Root | None:
    return None if schema.ref is None else roots.get(schema.ref)


def _object_of(
    member: Schema, roots: Mapping[str, Root], seen: frozenset[str] = frozenset()
) -> dict[str, tuple[Schema, bool]]:
    """The properties that an alternative names, each with whether it is required."""
    found: dict[str, tuple[Schema, bool]] = {}
    parts = list(member.all_of)
    target = _target(member, roots)
    if target is not None and target.id not in seen:
        parts.append(target.schema)
        seen |= {target.id}
    for part in parts:
        found.update(_object_of(part, roots, seen))
    if member.object is not None:
        required = member.object.required
        for name, schema in member.object.properties:
            found[name] = (schema, name in required)
        for name in required:
            found[name] = (found[name][0] if name in found else Schema(), True)
    return found


def fixed_tags(
    members: Sequence[Schema], roots: Mapping[str, Root]
) -> tuple[str, list[str]] | None:
    """The property that tells objects apart by a text of their own, and the texts.

    None unless there are two objects or more and each requires the property. A text
    is "" for an alternative that is no object.
    """
    objects = [_object_of(member, roots) for member in members]
    tagged = [found for found in objects if found]
    for key in tagged[0] if len(tagged) > 1 else ():
        if not all(key in found and found[key][1] for found in tagged):
            continue
        tags = [_fixed_text(found[key][0], roots) if found else "" for found in objects]
        if len({tag for tag in tags if tag}) == len(tagged):
            return key, tags
    return None


def _tag_labels(members: Sequence[Schema], roots: Mapping[str, Root]) -> list[str]:
    found = fixed_tags(members, roots)
    tags = found[1] if found else [""] * len(members)
    return [
        pascal(tag) if tag else _constant_label(member)
        for member, tag in zip(members, tags)
    ]


def _constant_label(member: Schema) -> str:
    text = member.values[0] if member.values and len(member.values) == 1 else ""
    return pascal(text) if isinstance(text, str) and text else ""


def _fixed_text(schema: Schema, roots: Mapping[str, Root]) -> str:
    root = _target(schema, roots)
    values = (schema if root is None else root.schema).values or ()
    return values[0] if len(values) == 1 and isinstance(values[0], str) else ""


_KIND_LABELS = {"array": "List", "object": "Object", "integer": "Integer"}


def _kind_label(member: Schema, properties: Mapping[str, object]) -> str:
    if member.values is not None:
        return "Option" if len(member.values) > 1 else ""
    kinds = [kind for kind in member.kinds or () if kind != "null"]
    if not kinds and (properties or member.object):
        kinds = ["object"]
    if not kinds and member.array:
        kinds = ["array"]
    return _KIND_LABELS.get(kinds[0], kinds[0].capitalize()) if len(kinds) == 1 else ""


def _item_label(member: Schema, roots: Mapping[str, Root]) -> str:
    """What a list holds: a schema's name, or a kind."""
    if member.array is None or member.array.items is None:
        return ""
    items = member.array.items
    inner = _named_label(items, roots) or _kind_label(items, {})
    if not inner and (items.any_of or items.one_of):
        inner = "Union"
    return f"{inner}List" if inner else ""


def _property_labels(
    objects: Sequence[Mapping[str, tuple[Schema, bool]]], *, required: bool
) -> list[str]:
    """The first property that no other alternative names, the required ones first."""
    count = Counter(name for found in objects for name in found)
    return [
        next(
            (
                pascal(name)
                for name, (_, needed) in found.items()
                if count[name] == 1 and (needed or not required)
            ),
            "",
        )
        for found in objects
    ]


def _digest_label(member: Schema) -> str:
    """The last resort: letters from what the schema says, wherever it stands."""
    text = json.dumps(assertions(member, str))
    digest = hashlib.sha256(text.encode()).hexdigest()
    letters = digest[:6].translate(str.maketrans("0123456789", "ghijklmnop"))
    return "Variant" + letters.capitalize()
