"""JSON values: what they are called, what kind they are of, when two are equal.

Enters: values as Python has them after ``load``. Leaves: the words and the comparison
of JSON Schema, which every phase shares. Promises that ``true`` is no number.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Number: TypeAlias = int | float

Kind: TypeAlias = Literal[
    "null", "boolean", "integer", "number", "string", "array", "object"
]
"""A JSON Schema type name (2020-12 validation, section 6.1.1)."""

KINDS: tuple[Kind, ...] = (
    "null",
    "boolean",
    "integer",
    "number",
    "string",
    "array",
    "object",
)

WIRE_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "integer")
"""The kinds that can be told apart by looking at a value."""


def value_kind(value: Json) -> Kind:
    """The wire kind of a JSON value; numbers are all of one."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"


def is_kind(value: Json, kind: Kind) -> bool:
    """Whether a value is of a kind; ``3.0`` is an integer (core, section 4.2.3)."""
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return value_kind(value) == ("number" if kind == "integer" else kind)


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
