"""Keywords: a dispatch table from each JSON Schema keyword to its reader.

Enters: one schema object as written. Leaves: a :class:`Draft`, the mutable form of
:class:`ir.Schema`. To add a keyword, write a reader and add a row to :data:`READERS`.
References: JSON Schema 2020-12 core and validation; OpenAPI 3.0.3 and 3.1.0 section 4
("Schema Object"); draft-07 where it differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from .diagnostics import Diagnostics, Location
from .ir import (
    KINDS,
    MISSING,
    NO_DOCS,
    NOWHERE,
    ArrayRules,
    Docs,
    Json,
    Kind,
    Missing,
    NumberRules,
    ObjectRules,
    Schema,
    StringRules,
)


class SubReader(Protocol):
    """What keyword readers ask of the reader that drives them."""

    diagnostics: Diagnostics

    def schema(self, raw: Json, at: Location) -> Schema:
        """Read a schema that stands at ``at``."""
        ...

    def reference(self, ref: str, at: Location) -> str:
        """Resolve a ``$ref`` to the identity of a declaration."""
        ...


@dataclass(slots=True)
class Draft:
    """A schema being read; the groups hold keyword arguments of the rule classes."""

    kinds: tuple[Kind, ...] | None = None
    values: tuple[Json, ...] | None = None
    number: dict[str, Any] = field(default_factory=dict[str, Any])
    string: dict[str, Any] = field(default_factory=dict[str, Any])
    array: dict[str, Any] = field(default_factory=dict[str, Any])
    object: dict[str, Any] = field(default_factory=dict[str, Any])
    ref: str | None = None
    all_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    not_: Schema | None = None
    format: str | None = None
    tag_hint: str | None = None
    default: Json | Missing = MISSING

    def freeze(self, docs: Docs = NO_DOCS, at: Location = NOWHERE) -> Schema:
        """The finished schema."""
        return Schema(
            kinds=self.kinds,
            values=self.values,
            number=NumberRules(**self.number) if self.number else None,
            string=StringRules(**self.string) if self.string else None,
            array=ArrayRules(**self.array) if self.array else None,
            object=ObjectRules(**self.object) if self.object else None,
            ref=self.ref,
            all_of=self.all_of,
            any_of=self.any_of,
            one_of=self.one_of,
            not_=self.not_,
            format=self.format,
            tag_hint=self.tag_hint,
            default=self.default,
            docs=docs,
            at=at,
        )


KeywordReader: TypeAlias = Callable[[SubReader, Draft, Json, Location], None]


def json_key(value: Json) -> str:
    """A text that is equal for two values exactly when JSON Schema calls them equal.

    Core, section 4.2.2: numbers by value (``1`` is ``1.0``), booleans are no numbers,
    objects without order.
    """
    match value:
        case bool() | None:
            return repr(value)
        case int() | float():
            return repr(int(value)) if value == int(value) else repr(value)
        case str():
            return "s" + repr(value)
        case list():
            return "[" + ",".join(map(json_key, value)) + "]"
        case dict():
            members = sorted((repr(k), json_key(v)) for k, v in value.items())
            return "{" + ",".join(f"{k}:{v}" for k, v in members) + "}"


def _wrong(reader: SubReader, at: Location, expected: str) -> None:
    keyword = at.pointer.rpartition("/")[2]
    reader.diagnostics.error("keyword-value", f"`{keyword}` must be {expected}", at)


def _count(group: str, name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            _wrong(reader, at, "a whole number, 0 or more")
        else:
            getattr(draft, group)[name] = value

    return read


def _bound(name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            _wrong(reader, at, "a number")
        elif name == "multiple_of" and value <= 0:
            _wrong(reader, at, "a number above 0")
        else:
            draft.number[name] = value

    return read


def _exclusive(name: str, inclusive: str) -> KeywordReader:
    """Both forms: a number (2020-12), or a flag on the bound (OpenAPI 3.0)."""
    read_number = _bound(name)

    def read(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
        if not isinstance(value, bool):
            read_number(reader, draft, value, at)
        elif value:
            draft.number[name] = inclusive

    return read


def settle_exclusive(draft: Draft) -> None:
    """Turn the flags that :func:`_exclusive` left into bounds."""
    for name in ("minimum", "maximum"):
        if isinstance(draft.number.get(f"exclusive_{name}"), str):
            bound = draft.number.pop(name, None)
            draft.number[f"exclusive_{name}"] = bound


def _type(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    names = value if isinstance(value, list) else [value]
    unknown = [name for name in names if name not in KINDS]
    if unknown or not names:
        expected = ", ".join(KINDS)
        _wrong(reader, at, f"one of {expected}, or a list of them")
        return
    kept: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind in names)
    if "number" in kept:
        kept = tuple(kind for kind in kept if kind != "integer")
    draft.kinds = kept


def _restrict_values(draft: Draft, values: list[Json]) -> None:
    unique: dict[str, Json] = {}
    for value in values:
        unique.setdefault(json_key(value), value)
    kept = list(unique.values())
    if draft.values is not None:
        allowed = {json_key(value) for value in draft.values}
        kept = [value for value in kept if json_key(value) in allowed]
    draft.values = tuple(kept)


def _enum(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    if not isinstance(value, list):
        _wrong(reader, at, "a list of values")
        return
    _restrict_values(draft, value)
    if not value:
        reader.diagnostics.warning(
            "enum-empty",
            "an empty `enum` accepts nothing",
            at,
            "remove it, or list values",
        )


def _const(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    _restrict_values(draft, [value])


def _pattern(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    if isinstance(value, str):
        draft.string["pattern"] = value
    else:
        _wrong(reader, at, "a regular expression")


def _unique(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    if isinstance(value, bool):
        draft.array["unique"] = value
    else:
        _wrong(reader, at, "true or false")


def _one(group: str, name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
        getattr(draft, group)[name] = reader.schema(value, at)

    return read


def _list(reader: SubReader, value: Json, at: Location) -> tuple[Schema, ...]:
    if not isinstance(value, list) or not value:
        _wrong(reader, at, "a list of schemas, at least one")
        return ()
    return tuple(reader.schema(item, at.child(i)) for i, item in enumerate(value))


def _many(name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
        setattr(draft, name, _list(reader, value, at))

    return read


def _prefix_items(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    draft.array["prefix"] = _list(reader, value, at)


def _items(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    if isinstance(value, list):  # draft-07, section 6.4.1
        draft.array["prefix"] = _list(reader, value, at)
    else:
        draft.array["items"] = reader.schema(value, at)


def _named(name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
        if not isinstance(value, dict):
            _wrong(reader, at, "a mapping from names to schemas")
            return
        draft.object[name] = tuple(
            (key, reader.schema(item, at.child(key))) for key, item in value.items()
        )

    return read


def _required(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    if isinstance(value, bool):
        reader.diagnostics.error(
            "keyword-value",
            "`required` must be a list of property names",
            at,
            "list the property in `required` of the object that has it",
        )
    elif not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        _wrong(reader, at, "a list of property names")
    else:
        names = [str(name) for name in value]
        draft.object["required"] = tuple(dict.fromkeys(names))


def _not(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    draft.not_ = reader.schema(value, at)


def _ref(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    if isinstance(value, str):
        draft.ref = reader.reference(value, at)
    else:
        _wrong(reader, at, "a URI reference")


def _format(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    if isinstance(value, str):
        draft.format = value
    else:
        _wrong(reader, at, "the name of a format")


def _default(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    draft.default = value


def _discriminator(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    """Only a hint, which asserts nothing (OpenAPI 3.1.0, section 4.8.25)."""
    name = value.get("propertyName") if isinstance(value, dict) else None
    if isinstance(name, str):
        draft.tag_hint = name
    else:
        _wrong(reader, at, "an object with a `propertyName`")


def _read_elsewhere(reader: SubReader, draft: Draft, value: Json, at: Location) -> None:
    """For a keyword that means something only beside another."""


READERS: Mapping[str, KeywordReader] = {
    "$ref": _ref,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _bound("minimum"),
    "maximum": _bound("maximum"),
    "exclusiveMinimum": _exclusive("exclusive_minimum", "minimum"),
    "exclusiveMaximum": _exclusive("exclusive_maximum", "maximum"),
    "multipleOf": _bound("multiple_of"),
    "minLength": _count("string", "min_length"),
    "maxLength": _count("string", "max_length"),
    "pattern": _pattern,
    "items": _items,
    "prefixItems": _prefix_items,
    "additionalItems": _read_elsewhere,  # in `settle_items`
    "minItems": _count("array", "min_items"),
    "maxItems": _count("array", "max_items"),
    "uniqueItems": _unique,
    "properties": _named("properties"),
    "patternProperties": _named("patterns"),
    "required": _required,
    "additionalProperties": _one("object", "additional"),
    "propertyNames": _one("object", "names"),
    "minProperties": _count("object", "min_properties"),
    "maxProperties": _count("object", "max_properties"),
    "allOf": _many("all_of"),
    "anyOf": _many("any_of"),
    "oneOf": _many("one_of"),
    "not": _not,
    "format": _format,
    "default": _default,
    "discriminator": _discriminator,
}
"""Keywords that decide what is accepted or how it is held."""

ANNOTATIONS = frozenset(
    "$schema $id id $anchor $comment $defs definitions title description examples"
    " example deprecated readOnly writeOnly nullable externalDocs xml"
    " contentEncoding contentMediaType contentSchema".split()
)
"""Keywords that are read elsewhere or that assert nothing."""

UNSUPPORTED = frozenset(
    "if then else contains minContains maxContains dependentRequired dependentSchemas"
    " dependencies unevaluatedItems unevaluatedProperties $dynamicRef $dynamicAnchor"
    " $recursiveRef $recursiveAnchor $vocabulary".split()
)
"""Keywords of the standards that Specloom does not read; each use is reported."""


def settle_items(
    reader: SubReader, draft: Draft, raw: Mapping[str, Json], at: Location
) -> None:
    """Read ``additionalItems``, which counts only beside an array of ``items``."""
    if isinstance(raw.get("items"), list) and "additionalItems" in raw:
        place = at.child("additionalItems")
        draft.array["items"] = reader.schema(raw["additionalItems"], place)


def settle_nullable(draft: Draft, docs: Docs, at: Location) -> Schema:
    """Apply ``nullable: true``: null is allowed, whatever else is said.

    OpenAPI 3.0.3 ties it to a ``type`` beside it; documents use it beside ``$ref``
    and combiners as well, and in 3.1, always with this meaning.
    """
    combined = draft.ref or draft.all_of or draft.any_of or draft.one_of or draft.not_
    if combined or (draft.kinds is None and draft.values is None):
        default, draft.default = draft.default, MISSING
        options = (draft.freeze(at=at), Schema(kinds=("null",)))
        return Schema(any_of=options, default=default, docs=docs, at=at)
    if draft.kinds is not None and "null" not in draft.kinds:
        draft.kinds = ("null", *draft.kinds)
    if draft.values is not None and None not in draft.values:
        draft.values = (*draft.values, None)
    return draft.freeze(docs, at)


_PATTERN_NOISE = re.compile(r"[^a-z]")


def similar_keyword(name: str) -> str:
    """A known keyword that differs only in case or punctuation, or ''."""
    bare = _PATTERN_NOISE.sub("", name.lower())
    known = (*READERS, *ANNOTATIONS, *UNSUPPORTED)
    return next((k for k in known if _PATTERN_NOISE.sub("", k.lower()) == bare), "")
