"""Parts: what a keyword applies its assertions to, in a value and within it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from .alternatives import plan_of
from .registry import Table, table_of
from .values import is_array, is_object, matcher

Part: TypeAlias = "tuple[Table, Any, str | int | None]"
"""Assertions, what they apply to, and its key; None where that is the value itself."""


def parts(
    keyword: str, operand: Any, value: Any, table: dict[str, Any]
) -> Iterator[Part]:
    """What a keyword applies to which values; of a union, what can be meant."""
    if keyword == "$ref":
        yield table_of(operand), value, None
    elif keyword == "not" or keyword == "if":
        yield operand, value, None
    elif keyword == "allOf":
        for member in operand:
            yield member, value, None
    elif keyword == "anyOf" or keyword == "oneOf":
        for member in plan_of(operand).meant(value):
            yield member, value, None
    elif is_object(value):
        yield from _properties(keyword, operand, value, table)
    elif is_array(value):
        if keyword == "prefixItems":
            for index, (member, item) in enumerate(zip(operand, value)):
                yield member, item, index
        elif keyword == "items":
            for index in range(len(table.get("prefixItems", ())), len(value)):
                yield operand, value[index], index
        elif keyword == "contains":
            for index, item in enumerate(value):
                yield operand, item, index


def _properties(
    keyword: str, operand: Any, value: dict[Any, Any], table: dict[str, Any]
) -> Iterator[Part]:
    if keyword == "properties":
        for name, member in operand.items():
            if name in value:
                yield member, value[name], name
    elif keyword == "patternProperties":
        for pattern, member in operand.items():
            search = matcher(pattern)
            for name, item in value.items():
                if isinstance(name, str) and search(name):
                    yield member, item, name
    elif keyword == "additionalProperties":
        named = table.get("properties", ())
        patterns = [matcher(pattern) for pattern in table.get("patternProperties", ())]
        for name, item in value.items():
            if name in named:
                continue
            # A key that is no text, as dictionaries from YAML may have, has no pattern.
            if not isinstance(name, str) or not any(find(name) for find in patterns):
                yield operand, item, name
    elif keyword == "propertyNames":
        for name in value:
            yield operand, name, name
