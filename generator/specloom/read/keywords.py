"""Keywords: a dispatch table from each JSON Schema keyword to its reader.

Enters: a draft of the schema that is read, a keyword and its value as written. Leaves:
what that means in the :class:`draft.Draft`. To add a keyword, write a reader and add a
row to :data:`READERS`.
References: JSON Schema 2020-12 core and validation; OpenAPI 3.0.3 and 3.1.0 section 4
("Schema Object"); earlier drafts where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sys import intern
from typing import Literal

from ..ir import KINDS, Json, Kind, Schema, Unevaluated
from ..json_value import json_key
from .conditions import dependencies
from .draft import Draft, KeywordReader, SubReader, wrong

LONGEST_NAME = 40
"""More of a name is not compared with others, which would take long."""


def _count(group: str, name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            wrong(reader, draft, keyword, "a whole number, 0 or more")
        else:
            draft.group(group)[name] = value

    return read


def _bound(name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            wrong(reader, draft, keyword, "a number")
        elif name == "multiple_of" and value <= 0:
            wrong(reader, draft, keyword, "a number above 0")
        else:
            draft.group("number")[name] = value

    return read


def _exclusive(name: str, inclusive: str) -> KeywordReader:
    """Both forms: a number (2020-12), or a flag on the bound (OpenAPI 3.0)."""
    read_number = _bound(name)

    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        if not isinstance(value, bool):
            read_number(reader, draft, keyword, value)
        elif value:
            draft.group("number")[name] = inclusive

    return read


def _type(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, str) and value in _SINGLE:
        draft.kinds = _SINGLE[value]
        return
    names = value if isinstance(value, list) else [value]
    unknown = [name for name in names if name not in KINDS]
    if unknown or not names:
        expected = f"one of {', '.join(KINDS)}, or a list of them"
        wrong(
            reader, draft, keyword, expected, _meant_kind(unknown[0]) if unknown else ""
        )
        return
    kept: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind in names)
    if "number" in kept:
        kept = tuple(kind for kind in kept if kind != "integer")
    draft.kinds = kept


_SINGLE: Mapping[str, tuple[Kind, ...]] = {kind: (kind,) for kind in KINDS}


def _meant_kind(name: Json) -> str:
    if name is None:
        return "put 'null' in quotes: it is the name of a type here"
    if isinstance(name, dict):
        return "what is a property called `type` stands under `properties`"
    return _did_you_mean(str(name), KINDS)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    import difflib  # which most runs do not need

    near = difflib.get_close_matches(name[:LONGEST_NAME], tuple(known), 1)
    return f"did you mean `{near[0]}`?" if near else ""


def _restrict_values(draft: Draft, values: list[Json]) -> None:
    unique: dict[str, Json] = {}
    for value in values:
        # Many schemas list the same texts.
        once = intern(value) if isinstance(value, str) else value
        unique.setdefault(json_key(value), once)
    kept = list(unique.values())
    if draft.values is not None:
        allowed = {json_key(value) for value in draft.values}
        kept = [value for value in kept if json_key(value) in allowed]
    draft.values = tuple(kept)


def _enum(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if not isinstance(value, list):
        wrong(reader, draft, keyword, "a list of values")
        return
    _restrict_values(draft, value)
    if not value:
        reader.diagnostics.warning(
            "enum-empty",
            "an empty `enum` accepts nothing",
            draft.at.child(keyword),
            "remove it, or list values",
        )


def _const(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    _restrict_values(draft, [value])


def _pattern(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, str):
        draft.group("string")["pattern"] = value
    else:
        wrong(reader, draft, keyword, "a regular expression")


def _unique(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, bool):
        draft.group("array")["unique"] = value
    else:
        wrong(reader, draft, keyword, "true or false")


def _nullable(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, bool):
        draft.nullable = value
    else:
        wrong(reader, draft, keyword, "true or false")


def _one(group: str, name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        draft.group(group)[name] = reader.schema(value, draft.at.child(keyword))

    return read


def _list(
    reader: SubReader, draft: Draft, keyword: str, value: Json
) -> tuple[Schema, ...]:
    if not isinstance(value, list) or not value:
        hint = "list what is allowed, or remove the keyword" if value == [] else ""
        wrong(reader, draft, keyword, "a list of schemas, at least one", hint)
        return ()
    place = draft.at.child(keyword)
    return tuple([reader.schema(x, place.child(i)) for i, x in enumerate(value)])


def _many(name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        setattr(draft, name, _list(reader, draft, keyword, value))

    return read


def _prefix_items(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    draft.group("array")["prefix"] = _list(reader, draft, keyword, value)


def _items(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, list):  # draft-07, section 6.4.1
        draft.group("array")["prefix"] = _list(reader, draft, keyword, value)
    else:
        draft.group("array")["items"] = reader.schema(value, draft.at.child(keyword))


def _named(name: str) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        if not isinstance(value, dict):
            wrong(reader, draft, keyword, "a mapping from names to schemas")
            return
        place = draft.at.child(keyword)
        draft.group("object")[name] = tuple(
            [(key, reader.schema(x, place.child(key))) for key, x in value.items()]
        )

    return read


def _required(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, bool):
        reader.diagnostics.error(
            "keyword-value",
            "`required` must be a list of property names",
            draft.at.child(keyword),
            "list the property in `required` of the object that has it",
        )
    elif not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        wrong(reader, draft, keyword, "a list of property names")
    else:
        names = [intern(str(name)) for name in value]
        draft.group("object")["required"] = tuple(dict.fromkeys(names))


def _not(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    draft.not_ = reader.schema(value, draft.at.child(keyword))


def _unevaluated(kind: Literal["array", "object"]) -> KeywordReader:
    def read(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
        rest = reader.schema(value, draft.at.child(keyword))
        draft.unevaluated += (Unevaluated(kind=kind, rest=rest),)
        reader.has_unevaluated = True

    return read


def _ref(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, str):
        draft.ref = reader.reference(value, draft.at.child(keyword))
    else:
        wrong(reader, draft, keyword, "a URI reference")


def _dynamic(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    from .dynamic import read_dynamic, read_recursive  # which few specs need

    read = read_dynamic if keyword == "$dynamicRef" else read_recursive
    read(reader, draft, keyword, value)


def _format(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    if isinstance(value, str):
        draft.format = value
    else:
        wrong(reader, draft, keyword, "the name of a format")


def _default(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    draft.default = value


def _discriminator(reader: SubReader, draft: Draft, keyword: str, value: Json) -> None:
    """Only a hint, which asserts nothing (OpenAPI 3.1.0, section 4.8.25)."""
    said = value if isinstance(value, dict) else {}
    name, mapping = said.get("propertyName"), said.get("mapping")
    if isinstance(name, str):
        draft.tag_hint = name
        if isinstance(mapping, dict):
            reader.mappings[draft.at] = mapping
    else:
        wrong(reader, draft, keyword, "an object with a `propertyName`")


def _read_elsewhere(*_: object) -> None:
    """For a keyword that means something only beside another."""


READERS: Mapping[str, KeywordReader] = {
    "$ref": _ref,
    "$dynamicRef": _dynamic,
    "$recursiveRef": _dynamic,
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
    "contains": _one("contains", "schema"),
    "minContains": _count("contains", "least"),
    "maxContains": _count("contains", "most"),
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
    "if": _read_elsewhere,  # in `settle_condition`, with what stands beside it
    "then": _read_elsewhere,
    "else": _read_elsewhere,
    "unevaluatedItems": _unevaluated("array"),
    "unevaluatedProperties": _unevaluated("object"),
    "dependentRequired": dependencies,
    "dependentSchemas": dependencies,
    "dependencies": dependencies,
    "format": _format,
    "default": _default,
    "discriminator": _discriminator,
    "nullable": _nullable,
}
"""Keywords that decide what is accepted or how it is held."""
