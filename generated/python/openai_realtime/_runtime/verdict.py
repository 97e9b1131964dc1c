"""Verdict: whether plain JSON values are valid, as JSON Schema 2020-12 decides it.

A rule that does not concern the kind of value at hand holds: `minimum` ignores strings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .alternatives import plan_of
from .evaluated import UNEVALUATED, left_over
from .parts import parts
from .registry import Table, through
from .values import (
    comparable,
    equal_items,
    is_array,
    is_multiple,
    is_number,
    is_object,
    is_of_kind,
    items_of,
    kind_of,
    matcher,
)

BOXES: tuple[type[object], ...] = (list, dict)
"""The kinds of value that hold others."""


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


class Judge:
    """Judges one value and all that is in it.

    Verdicts are kept, so that what several rules ask of one value is not tried again and
    again: each would ask for all that is in it, and in that.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}

    def accepts(self, table: Table, value: Any) -> bool:
        """Whether a value is valid.

        A level of nesting costs few calls, for Python does not allow many.
        """
        if isinstance(table, dict) and "$ref" in table:
            table = through(table)
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
            elif keyword == "if" or keyword == "contains":
                for item in [value] if keyword == "if" else items_of(value):
                    key = id(operand), id(item)
                    if key not in self._known:
                        self._known[key] = self.accepts(operand, item)
                if keyword == "contains":
                    if self.miscounted(table, value) is not None:
                        return False
                elif not self.accepts(self.meant(table, value), value):
                    return False
            elif keyword in UNEVALUATED:
                for left in left_over(keyword, table, value, self):
                    if not self.accepts(operand, value[left]):
                        return False
                return True  # what is behind it is asserted beside it as well
            else:
                unwanted = keyword == "not"
                own = [(operand, value, None)] if unwanted else None
                for inner, item, _ in own or parts(keyword, operand, value, table):
                    if isinstance(item, BOXES):
                        inner = through(inner)
                        key = id(inner), id(item)
                        accepted = self._known.get(key)
                        if accepted is None:
                            accepted = self._known[key] = self.accepts(inner, item)
                    else:
                        accepted = self.accepts(inner, item)
                    if accepted is unwanted:
                        return False
        return True

    def matches(self, table: Table, value: Any) -> bool:
        """Whether a value is valid; the verdict is kept."""
        key = id(table), id(value)
        if key not in self._known:
            self._known[key] = self.accepts(table, value)
        return self._known[key]

    def miscounted(self, table: dict[str, Any], value: Any) -> int | None:
        """How many items are as `contains` asks, if these are too few or too many."""
        if not is_array(value):
            return None
        count = sum(self.matches(table["contains"], item) for item in value)
        least, most = table.get("minContains", 1), table.get("maxContains", count)
        return None if least <= count <= most else count

    def meant(self, table: dict[str, Any], value: Any) -> Table:
        """What `if`, `then` and `else` ask of a value."""
        branch = "then" if self.matches(table["if"], value) else "else"
        asked: Table = table.get(branch, True)
        return asked
