"""Verdict: whether plain JSON values are valid, as JSON Schema 2020-12 decides it.

A rule that does not concern the kind of value at hand holds: `minimum` ignores strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from .alternatives import plan_of
from .registry import Table, table_of
from .values import (
    comparable,
    equal_items,
    is_array,
    is_multiple,
    is_number,
    is_object,
    is_of_kind,
    kind_of,
    matcher,
)

Part: TypeAlias = "tuple[Table, Any, str | int | None]"
"""Assertions, what they apply to, and its key; None where that is the value itself."""


def _matches(pattern: str | tuple[str, str], value: str) -> bool:
    """A pattern that Python writes in another way stands as a pair, Python's last."""
    written = pattern if isinstance(pattern, str) else pattern[1]
    return bool(matcher(written)(value))


def _is_one_of(value: Any, options: list[Any]) -> bool:
    if isinstance(value, str):
        return value in options
    key = comparable(value)
    return any(comparable(option) == key for option in options)


HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda kinds, v: is_of_kind(kind_of(v), kinds),
    "const": lambda option, v: _is_one_of(v, [option]),
    "enum": lambda options, v: _is_one_of(v, options),
    "minimum": lambda bound, v: not is_number(v) or v >= bound,
    "maximum": lambda bound, v: not is_number(v) or v <= bound,
    "exclusiveMinimum": lambda bound, v: not is_number(v) or v > bound,
    "exclusiveMaximum": lambda bound, v: not is_number(v) or v < bound,
    "multipleOf": lambda divisor, v: not is_number(v) or is_multiple(v, divisor),
    "minLength": lambda least, v: not isinstance(v, str) or len(v) >= least,
    "maxLength": lambda most, v: not isinstance(v, str) or len(v) <= most,
    "pattern": lambda pattern, v: not isinstance(v, str) or _matches(pattern, v),
    "minItems": lambda least, v: not is_array(v) or len(v) >= least,
    "maxItems": lambda most, v: not is_array(v) or len(v) <= most,
    "uniqueItems": lambda _, v: not is_array(v) or equal_items(v) is None,
    "required": lambda names, v: not is_object(v) or all(n in v for n in names),
    "minProperties": lambda least, v: not is_object(v) or len(v) >= least,
    "maxProperties": lambda most, v: not is_object(v) or len(v) <= most,
}
"""The keywords that hold no other assertions: what each asks of a value."""


def parts(
    keyword: str, operand: Any, value: Any, table: dict[str, Any]
) -> Iterator[Part]:
    """What the other keywords, unions apart, apply their assertions to."""
    if keyword == "$ref":
        yield table_of(operand), value, None
    elif keyword == "allOf":
        for member in operand:
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


def _properties(
    keyword: str, operand: Any, value: dict[str, Any], table: dict[str, Any]
) -> Iterator[Part]:
    if keyword == "properties":
        for name, member in operand.items():
            if name in value:
                yield member, value[name], name
    elif keyword == "patternProperties":
        for pattern, member in operand.items():
            for name, item in value.items():
                if matcher(pattern)(name):
                    yield member, item, name
    elif keyword == "additionalProperties":
        named = table.get("properties", ())
        patterns = [matcher(pattern) for pattern in table.get("patternProperties", ())]
        for name, item in value.items():
            if name not in named and not any(search(name) for search in patterns):
                yield operand, item, name
    elif keyword == "propertyNames":
        for name in value:
            yield operand, name, name


class Judge:
    """Judges one value and all that is in it.

    Verdicts on the members of a union are kept, so that unions in unions are not tried
    again and again.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}

    def accepts(self, table: Table, value: Any) -> bool:
        """Whether a value is valid.

        A level of nesting costs few calls, for Python does not allow many.
        """
        while isinstance(table, dict) and "$ref" in table and len(table) == 1:
            table = table_of(table["$ref"])
        if isinstance(table, bool):
            return table
        for keyword, operand in table.items():
            holds = HOLDS.get(keyword)
            if holds is not None:
                if not holds(operand, value):
                    return False
            elif keyword == "anyOf" or keyword == "oneOf":
                matches = 0
                for member in plan_of(operand).meant(value):
                    key = id(member), id(value)
                    accepted = self._known.get(key)
                    if accepted is None:
                        accepted = self._known[key] = self.accepts(member, value)
                    matches += accepted
                    if accepted and keyword == "anyOf":
                        break
                if matches != 1:
                    return False
            elif keyword == "not":
                if self.accepts(operand, value):
                    return False
            elif keyword == "contains":
                if self.miscounted(table, value) is not None:
                    return False
            elif keyword == "if":
                if not self.accepts(self.meant(table, value), value):
                    return False
            else:
                for inner, item, _ in parts(keyword, operand, value, table):
                    if not self.accepts(inner, item):
                        return False
        return True

    def miscounted(self, table: dict[str, Any], value: Any) -> int | None:
        """How many items are as `contains` asks, if these are too few or too many."""
        if not is_array(value):
            return None
        count = sum(self.accepts(table["contains"], item) for item in value)
        least, most = table.get("minContains", 1), table.get("maxContains", count)
        return None if least <= count <= most else count

    def meant(self, table: dict[str, Any], value: Any) -> Table:
        """What `if`, `then` and `else` ask of a value."""
        branch = "then" if self.accepts(table["if"], value) else "else"
        asked: Table = table.get(branch, True)
        return asked
