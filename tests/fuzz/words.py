"""Words: what made-up schemas are made of, where it is not made by chance.

Names of schemas and properties, schemas without parts, patterns, and the texts that
people may write beside the rules.
"""

from __future__ import annotations

from typing import Any

NAMES = ("A", "B", "C", "D")
ODD_NAMES = ("Unset", "a-b", "a_b", "\u65e5\u672c", "object", "Error", "parse", "1")
PROPERTIES = ("a", "b", "t", "x-a")
ODD_PROPERTIES = (
    *("__proto__", "constructor", "toString", "hasOwnProperty", "class", "self"),
    *("A", "a b", "", "1", "\u00e9", "e\u0301", "\U0001f600", "$ref", "type", "~/%"),
)
SCALARS: tuple[Any, ...] = (
    {"type": "string"},
    {"type": "integer"},
    {"type": "number", "minimum": 1},
    {"type": "boolean"},
    {"type": "null"},
    {"type": ["string", "null"]},
    {"type": ["integer", "string"], "minimum": 2},
    {"type": "string", "nullable": True},
    {"minLength": 2},
    {"const": "x"},
    {"const": True},
    {"enum": ["x", "y", None]},
    {"enum": [1, 2, "x"]},
    {},
    True,
    False,
)
RARE: tuple[Any, ...] = (
    {"type": "string", "pattern": "^[a-z]+$", "maxLength": 3},
    {"type": "number", "multipleOf": 0.1, "exclusiveMaximum": 5},
    {"type": "integer", "exclusiveMinimum": 0, "maximum": 2**53},
    {"type": "string", "format": "date-time"},
    {"type": "integer", "format": "int32", "nullable": True},
    {"type": "number", "format": "date"},
    {"type": "string", "enum": ["x", "y"], "nullable": True},
    {"type": ["array", "object", "boolean"]},
    {"type": ["object", "string"], "minProperties": 1, "minLength": 1},
    {"type": "array"},
    {"type": "object"},
    {"const": {"a": [1, None]}},
    {"const": 1},
    {"const": 1.0},
    {"const": None},
    {"const": ""},
    {"const": []},
    {"const": {}},
    {"const": 2**53 + 1},
    {"const": 1e300},
    {"enum": []},
    {"enum": [None]},
    {"enum": [1, True, 0, False]},
    {"enum": [[], {}, 1.5, "\u00e9"]},
    {"enum": [2**64, -(2**63), 0.1, -0.0]},
    {"enum": ["x", "X", "x ", "__proto__", "constructor"]},
    {"type": "string", "const": "x", "enum": ["x", "y"]},
    {"type": "integer", "enum": [1, 1.5, "x"]},
    {"minimum": 2**53 + 1},
    {"maximum": -0.5, "multipleOf": 0.01},
    {"multipleOf": 3, "exclusiveMinimum": -3},
    {"type": "integer", "multipleOf": 2.5},
    {"multipleOf": 1e-7},
    {"minLength": 1, "maxLength": 1},
    {"maxLength": 0},
    {"minimum": 1, "minLength": 1, "minItems": 1, "minProperties": 1},
    {"type": "array", "items": False},
    {"required": ["a"]},
    {"minItems": 1, "uniqueItems": True},
    {"maxProperties": 1},
    {"not": {}},
    {"not": {"type": "string"}},
    {"not": {"required": ["a"]}},
)
"""What few schemas have, each a trap of its own."""
PATTERNS = (
    "^[a-z]+$", "^.$", "\\d", "^\\w*$", "^[^a]*$", "^a|b$", "^(x|yy)?$", "\\s", "^$",
    "(?=a)", "a{2,}", "^\u00e9", "\\u00e9$", "[\\w-]", "\\bx\\b", "^\\p{L}+$", "^\\S+$",
    "^\\B$", "^.{1,2}\\-?$", "^[\\w.-]{2}$", "^[^\\@]{1,2}\\@?$", "\\_\\p{Lu}",
    "^.?]$",
)  # fmt: skip
MANY: tuple[Any, ...] = (*(f"v{n}" for n in range(120)), *range(-20, 20), 0.5, None)
"""Fixed values, of which a schema may list many."""
KEYS = ("^x-", "a$", "^[a-c]$", "", "^(t|x-a)$", "_")
"""Patterns of the names of properties."""
TEXTS = (
    "x",
    "class",
    "None",
    "constructor",
    "__proto__",
    "a b",
    "a-b",
    "aB",
    "1st",
    "",
    "\u65e5\u672c",
    "\U0001f600",
    "*/",
    '"""',
    "`${x}`",
    "{{ x }}",
    "{% x %}",
    "\\",
    "'; x = 1 #",
    "<!-- x --> <script>x</script>",
    "a\rb\u2028c\u2029d\ne",
    "| [x](javascript:x) |",
    "\u202e\u2066\ufeff",
    "?>",
    "../../x",
    "```\nx\n```",
    "x" * 300,
)
"""What has broken out of generated code somewhere, or come close to it."""
