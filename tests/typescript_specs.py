"""Specs that try what TypeScript bindings can get wrong.

``HOSTILE`` holds text that wants to leave its literal or comment, and names that
languages, editors and file systems keep for themselves; ``RECURSIVE`` every way of
nesting that compilers dislike; ``KEYWORDS`` each assertion. All are schemas by name.
"""

from __future__ import annotations

from typing import Any

Schemas = dict[str, Any]

ATTACK = (
    "*/ export const x = 1; // @param {@link Foo} `a @b` \u2028 \u202e ${x}"
    " </script> \\ \"'"
)
"""Text that no place may let out."""

RESERVED = (
    "class new readonly get set constructor __proto__ toString hasOwnProperty valueOf"
    " prototype static async delete in of as is type declare abstract public private"
    " never unknown default export import enum await yield let"
).split()
ODD = (
    "1",
    "01",
    "a b",
    "a-b",
    "é",
    "日本",
    "*/",
    "'",
    '"',
    "`",
    "${x}",
    "\\",
    "\n",
    "",
)

TEXT: Schemas = {"type": "string"}
COUNT: Schemas = {"type": "integer"}
CLOSED: Schemas = {"additionalProperties": False}


def ref(name: str) -> Schemas:
    """A reference to one of the schemas of the same spec."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(required: str = "", /, **properties: Any) -> Schemas:
    """An object; names of required properties are separated by spaces."""
    made: Schemas = {"type": "object", "properties": properties}
    return made | ({"required": required.split()} if required else {})


def several(*members: Any, keyword: str = "anyOf") -> Schemas:
    """A union."""
    return {keyword: list(members)}


HOSTILE: Schemas = {
    "Said": {
        **record(old={**TEXT, "description": ATTACK, "default": ATTACK}),
        "description": f"{ATTACK}\n\n- item @foo\n\n```ts\n@decorator\n/** */\n```\n",
        "deprecated": True,
    },
    "Fixed": {"enum": [ATTACK, *ODD]},
    "Names": {
        "type": "object",
        "required": ["class", "__proto__", "constructor"],
        "properties": dict.fromkeys((*RESERVED, *ODD, ATTACK), TEXT),
    },
    "Patterns": record(
        slash={**TEXT, "pattern": "^.*/$"},
        quote={**TEXT, "pattern": "`\"'\\u2028"},
        format={**TEXT, "format": "date */ @x"},
    ),
    # Names that the language, the runtime or a file system has already.
    **{
        name: record(list={"type": "array", "items": {"type": ["string", "integer"]}})
        for name in (
            "Array Schema Violation ViolationCode DecodeError Record Error Object"
            " string object never any unknown con index runtime schemas __proto__"
            " constructor ParseFoo FooSchema Foo IsFoo ValidateFoo a/b ../../etc"
        ).split()
    },
    "日本": TEXT,
    "Wörld-thing": TEXT,
}

RECURSIVE: Schemas = {
    "Tree": record(children={"type": "array", "items": ref("Tree")}, value=ref("Json")),
    "Json": several(
        {"type": ["null", "boolean", "number", "string"]},
        {"type": "array", "items": ref("Json")},
        {"type": "object", "additionalProperties": ref("Json")},
    ),
    "Lists": {"type": "array", "items": ref("Lists")},
    "Maps": {"type": "object", "additionalProperties": ref("Maps")},
    "Pairs": {"type": "array", "prefixItems": [TEXT, ref("Pairs")]},
    "Either": several(TEXT, {"type": "array", "items": ref("Either")}),
    "NullLists": {"type": ["array", "null"], "items": ref("NullLists")},
    "Left": several(TEXT, record("right", right=ref("Right")), keyword="oneOf"),
    "Right": several(COUNT, ref("Left")),
    "Doubtful": several(ref("DoubtfulText"), ref("DoubtfulCount")),
    "DoubtfulText": record(inner=ref("Doubtful"), x=TEXT),
    "DoubtfulCount": record(inner=ref("Doubtful"), x=COUNT),
    "Unsure": {  # a tag that either alternative may lack
        **several(
            {**record(n={"enum": [1, 2]}, inner=ref("Unsure")), **CLOSED},
            {**record("name", name=TEXT), **CLOSED},
            keyword="oneOf",
        ),
        "type": "object",
    },
    "Twice": {  # several rules ask the same of what is in a list or an object
        "allOf": [
            {"type": "array", "items": ref("Twice")},
            {"type": "array", "items": ref("Twice"), "maxItems": 3},
        ]
    },
    "Again": {
        "type": ["array", "string"],
        "items": ref("Again"),
        "not": {"items": {"not": ref("Again")}, "type": "array", "minItems": 1},
    },
    "Alike": {
        "type": "object",
        "properties": {"a": ref("Alike")},
        "patternProperties": {"^a": ref("Alike")},
    },
    "Unlike": several(
        {"type": "array", "items": ref("Unlike"), "minItems": 1},
        {"type": "array", "items": ref("Unlike"), "maxItems": 0},
        TEXT,
        keyword="oneOf",
    ),
}


def _tagged(tag: Any, kind: str) -> Schemas:
    return record("k", k={"const": tag}, v={"type": kind})


WIDE: Schemas = {
    # As many properties as straight code takes, and more: compilers give up on those.
    f"Wide{count}": record(
        **{f"p{i}": {**TEXT, "minLength": 2} for i in range(count // 2)},
        **{f"q{i}": {"enum": ["a", 3, None]} for i in range(count // 2)},
    )
    for count in (300, 2000)
}

KEYWORDS: Schemas = {
    "Nothing": False,
    "Anything": True,
    "Null": {"type": "null"},
    "Closed": {"type": "object", "additionalProperties": False},
    "ClosedOne": {**record(a=TEXT), "additionalProperties": False},
    "Extra": {**record("a", a=TEXT, b=TEXT), "additionalProperties": COUNT},
    "ExtraNull": {**record("a", a=TEXT), "additionalProperties": {"type": "null"}},
    "Patterned": {
        "type": "object",
        "patternProperties": {"^x-": TEXT, "^\\d+$": COUNT},
        "additionalProperties": False,
    },
    "Forbidden": record(a=False, b=True),
    "Keys": {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3},
        "additionalProperties": {"type": "number"},
        "minProperties": 1,
        "maxProperties": 2,
    },
    "Tuple": {
        "type": "array",
        "prefixItems": [TEXT, {"type": ["integer", "null"]}, {"enum": ["a", "b"]}],
        "minItems": 1,
    },
    "ClosedTuple": {
        "type": "array",
        "prefixItems": [TEXT, COUNT],
        "items": False,
        "minItems": 2,
    },
    "RestTuple": {
        "type": "array",
        "prefixItems": [TEXT],
        "items": {"type": ["integer", "string"]},
    },
    "OneOf": several(
        COUNT,
        {"type": "number", "minimum": 3},
        {**TEXT, "maxLength": 2},
        {**TEXT, "minLength": 2},
        keyword="oneOf",
    ),
    "Tagged": several(
        *map(_tagged, ("a", 1, True, None), ("string", "integer", "null", "array")),
        keyword="oneOf",
    ),
    "TaggedDeep": several(
        ref("Tagged"),
        record("k z", k={"enum": ["z", "y"]}, z=TEXT),
        {"type": "null"},
    ),
    "TagTwice": several(
        record("k", k={"const": "a"}, v=COUNT),
        record("k", k={"enum": ["a", "b"]}, v={"minimum": 3}),
        keyword="oneOf",
    ),
    "Open": several(TEXT, {"enum": ["alpha", "beta"]}),
    "Mixed": {"enum": ["a", 1, 1.5, True, None, [1, 2], {"a": [1]}, -0.0, 1e21, -3]},
    "ConstObject": {"const": {"a": 1, "__proto__": 2}},
    "ConstList": {"const": [1, "a", None]},
    "Numbers": record(
        tenths={"type": "number", "multipleOf": 0.1},
        cents={"type": "number", "multipleOf": 0.01, "minimum": -1e-7},
        even={"multipleOf": 2},
        tiny={"type": "number", "multipleOf": 1e-8},
        between={"exclusiveMinimum": 0, "exclusiveMaximum": 1},
        huge={"multipleOf": 1e300},
    ),
    "Strings": record(
        letters={**TEXT, "pattern": "^\\p{L}{2}$"},
        size={**TEXT, "minLength": 2, "maxLength": 3},
    ),
    "Unique": {"type": "array", "uniqueItems": True, "minItems": 1, "maxItems": 5},
    "Not": {"not": TEXT},
    "NotFixed": {**TEXT, "not": {"const": "x"}},
    "Both": {"allOf": [record("a", a=TEXT), record("b", b=COUNT)]},
    "Implied": {"properties": {"a": {"minLength": 2}}, "required": ["a"]},
    "Nullables": record(
        named={"anyOf": [ref("Both"), {"type": "null"}]},
        fixed={"type": ["string", "null"], "enum": ["a", "b", None]},
        items={
            "type": "array",
            "items": {**record(i=TEXT), "type": ["object", "null"]},
        },
        inline={**record(q=COUNT), "type": ["object", "null"]},
    ),
    "NullableNamed": {**record(q=COUNT), "type": ["object", "null"]},
    "Long": record(
        a_property_with_a_long_name={"enum": ["first_one", "second_one", "third_one"]},
        a_list_with_a_long_name={
            "type": "array",
            "items": {"enum": ["first_one", "second_one", "third_one"]},
        },
        a_map={
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {"enum": ["first_one", "second_one", "third_one"]},
            },
        },
        a_tuple={
            "type": "array",
            "prefixItems": [
                {"enum": ["first_one", "second_one"]},
                {"type": "array", "items": {"type": ["string", "integer", "boolean"]}},
                TEXT,
            ],
        },
    ),
}

ALL: Schemas = HOSTILE | RECURSIVE | WIDE | KEYWORDS
