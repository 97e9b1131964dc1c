"""Labels: what the alternatives of a union are called within it.

Enters: the schemas of the alternatives. Leaves: a PascalCase label for each, from its
context: its title, its tag, the schema it names, its kind, a property of its own;
never its position, so that one more alternative renames no other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..ir import Json, Kind, Schema
from ..naming import pascal
from ..parts import asserted
from ..read import Root, referred_root
from ..tables import assertions
from .tags import fixed_tags, properties_of, values_of

_LITERAL_PATTERN = partial(
    re.compile, r"\^([A-Za-z0-9 _/@:-]*[A-Za-z0-9][A-Za-z0-9 _/@:-]*)\$"
)
"""A pattern that one text matches."""
_TAG_NAMES = ("type", "kind", "object")
_WORD = partial(re.compile, r"[A-Za-z]+(?:[_.-][A-Za-z]+)*")
_FEW = 3
"""So many properties can be told in a name."""
LONGEST_TITLE = 48
"""A title longer than this is a sentence, not a name."""


def labels(members: Sequence[Schema], roots: Mapping[str, Root]) -> list[str]:
    """A distinct PascalCase label for each alternative, from what it says of itself."""
    made: list[str] = []
    used: set[str] = set()
    tried: list[tuple[list[str], Counter[str]]] = []
    untried = _strategies(members, roots)

    def proposals() -> Iterator[tuple[list[str], Counter[str]]]:
        yield from tried
        for names in untried:  # which no alternative before this one has needed
            tried.append((names, Counter(names)))
            yield tried[-1]

    def own(index: int) -> Iterator[str]:
        """The names of an alternative that no other one has by the same rule."""
        for names, count in proposals():
            if names[index] and count[names[index]] == 1:
                yield names[index]

    for index, member in enumerate(members):
        label = next((name for name in own(index) if name not in used), "")
        made.append(label or _digest_label(member))
        used.add(made[-1])
    return made


def _strategies(
    members: Sequence[Schema], roots: Mapping[str, Root]
) -> Iterator[list[str]]:
    """Names for all alternatives, by one rule after the other; few are ever needed."""
    yield [_title_label(member) for member in members]
    yield _tag_labels(members, roots)
    yield [_named_label(member, roots) for member in members]
    objects = [properties_of(member, roots) for member in members]
    yield [_kind_label(member, found) for member, found in zip(members, objects)]
    yield _property_labels(objects, required=True)
    yield _property_labels(objects, required=False)
    yield [_item_label(member, roots) for member in members]
    yield [pascal(member.format) if member.format else "" for member in members]
    yield _fixed_labels(members, objects)
    yield [_residual_label(member, found) for member, found in zip(members, objects)]
    yield [_example_label(found) for found in objects]
    needed = [{name: x for name, x in found.items() if x[1]} for found in objects]
    yield _property_labels(needed, required=True)
    yield _typed_labels(objects)
    yield [_only_label(found) for found in objects]
    yield [_digest_label(member) for member in members]


def _title_label(member: Schema) -> str:
    title = member.docs.title
    return pascal(title) if title and len(title) <= LONGEST_TITLE else ""


def _named_label(member: Schema, roots: Mapping[str, Root]) -> str:
    root = referred_root(member, roots)
    return pascal(root.name) if root is not None else ""


def _tag_labels(members: Sequence[Schema], roots: Mapping[str, Root]) -> list[str]:
    """The tag of each alternative, if all have one value; and what is one value."""
    own = [_value_label(member.values, "value") for member in members]
    found = fixed_tags(members, roots)
    if found is None or any(len(values) > 1 for values in found.values):
        return own
    tags = [_value_label(values, found.key) for values in found.values]
    return [tag or label for tag, label in zip(tags, own)]


def _value_label(values: Sequence[Json] | None, key: str) -> str:
    """The label of an only value; one that is no text has its key before it."""
    match values:
        case (str(text),):
            return pascal(text) if text else ""
        case (bool() | int() | float() as value,):
            return pascal(f"{key} {json.dumps(value)}")
        case _:
            return ""


_KIND_LABELS = {"array": "List", "object": "Object", "integer": "Integer"}


def _kind_label(member: Schema, properties: Mapping[str, object]) -> str:
    if member.values is not None:
        return "Option" if len(member.values) > 1 else ""
    kinds: list[Kind] = [kind for kind in member.kinds or () if kind != "null"]
    if not kinds and (properties or member.object):
        kinds = ["object"]
    if not kinds and member.array:
        kinds = ["array"]
    return _kind_name(kinds[0]) if len(kinds) == 1 else ""


def _kind_name(kind: Kind) -> str:
    return _KIND_LABELS.get(kind, kind.capitalize())


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


def _fixed_labels(
    members: Sequence[Schema], objects: Sequence[Mapping[str, tuple[Schema, bool]]]
) -> list[str]:
    """The one text, or one of two, that each alternative, or a property of it, can be.

    The property is the one that tells most of them apart; it need not be required,
    and its text may be given by a pattern such as ``^task$``.
    """
    best = [_fixed_label(member, "value") for member in members]
    for key in dict.fromkeys(name for found in objects for name in found):
        made = [
            _fixed_label(found[key][0], key) if key in found else ""
            for found in objects
        ]
        best = max(best, made, key=lambda labels: len(set(filter(None, labels))))
    return best


def _fixed_label(schema: Schema, key: str) -> str:
    pattern = schema.string.pattern if schema.string is not None else None
    text = _LITERAL_PATTERN().fullmatch(pattern) if pattern else None
    if text:
        return pascal(text[1])
    values = values_of(schema)
    made = [_value_label((value,), key) for value in values]
    return "Or".join(made) if 0 < len(made) <= 2 and all(made) else ""


def _residual_label(
    member: Schema, properties: Mapping[str, tuple[Schema, bool]]
) -> str:
    """What is any value, any value of some kinds, a union itself, or all the rest."""
    said = asserted(member)
    if said in ((), ("kinds",)):
        return "Or".join(_kind_name(kind) for kind in member.kinds or ()) or "Anything"
    if member.any_of or member.one_of:
        return "Union"
    tells = [member, *(schema for schema, _ in properties.values())]
    return "Other" if any(schema.not_ is not None for schema in tells) else ""


def _example_label(properties: Mapping[str, tuple[Schema, bool]]) -> str:
    """The example of what is a tag by its name, if it is one word."""
    for key in _TAG_NAMES:
        match properties[key][0].docs.examples if key in properties else ():
            case (str(text),) if _WORD().fullmatch(text):
                return pascal(text)
            case _:
                pass
    return ""


def _typed_labels(objects: Sequence[Mapping[str, tuple[Schema, bool]]]) -> list[str]:
    """The first property that no other alternative has of the same kind, and the kind.

    Only what several alternatives name is left to be tried so.
    """
    kinds = [
        {name: _kind_label(schema, {}) for name, (schema, _) in found.items()}
        for found in objects
    ]
    count = Counter(item for found in kinds for item in found.items())
    return [
        next(
            (
                pascal(name) + kind
                for name, kind in found.items()
                if kind and count[name, kind] == 1
            ),
            "",
        )
        for found in kinds
    ]


def _only_label(properties: Mapping[str, object]) -> str:
    """All properties there are, if they are few: others have more."""
    few = 0 < len(properties) <= _FEW
    return "".join(map(pascal, properties)) + "Only" if few else ""


def _digest_label(member: Schema) -> str:
    """The last resort: letters from what the schema says, wherever it stands."""
    text = json.dumps(assertions(member, str))
    digest = hashlib.sha256(text.encode()).hexdigest()
    letters = digest[:6].translate(str.maketrans("0123456789", "ghijklmnop"))
    return "Variant" + letters.capitalize()
