"""Verdict: whether plain JSON values are valid, as JSON Schema 2020-12 decides it.

A rule that does not concern the kind of value at hand holds: `minimum` ignores strings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .evaluated import UNEVALUATED, left_over
from .parts import parts
from .registry import Table, through
from .values import (
    INFINITY,
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


COUNTED: dict[str, tuple[int, float]] = {
    "anyOf": (1, INFINITY),
    "oneOf": (1, 1),
    "not": (0, 0),
    "if": (0, 1),
    "contains": (1, INFINITY),
}
"""How many of what a keyword asks have to hold, and how many may; of others all do."""


class Judge:
    """Judges one value and all that is in it.

    Verdicts are kept, so that what several rules ask of one value is tried only once:
    each would ask for all that is in it, and in that.
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
                continue
            if keyword in UNEVALUATED:
                for left in left_over(keyword, table, value, self):
                    if not self.accepts(operand, value[left]):
                        return False
                return True  # what is behind it is asserted beside it as well
            counted, matches = COUNTED.get(keyword), 0
            for inner, item, _ in parts(keyword, operand, value, table):
                if item is value or isinstance(item, BOXES):
                    inner = through(inner)
                    key = id(inner), id(item)
                    accepted = self._known.get(key)
                    if accepted is None:
                        accepted = self._known[key] = self.accepts(inner, item)
                else:  # a scalar inside of it, which few rules ask about
                    accepted = self.accepts(inner, item)
                if counted is None and not accepted:
                    return False
                matches += accepted
                if matches and keyword == "anyOf":
                    break
            if counted is not None and not _is_right(matches, keyword, table, value):
                return False
            if keyword == "if" and not self.accepts(self.meant(table, value), value):
                return False
        return True

    def matches(self, table: Table, value: Any) -> bool:
        """Whether a value is valid; the verdict is kept."""
        table = through(table)
        key = id(table), id(value)
        if key not in self._known:
            self._known[key] = self.accepts(table, value)
        return self._known[key]

    def meant(self, table: dict[str, Any], value: Any) -> Table:
        """What `if`, `then` and `else` ask of a value."""
        branch = "then" if self.matches(table["if"], value) else "else"
        asked: Table = table.get(branch, True)
        return asked


def _is_right(matches: int, keyword: str, table: dict[str, Any], value: Any) -> bool:
    """Whether so many of what a keyword asks may hold."""
    least, most = COUNTED[keyword]
    if keyword == "contains":
        least, most = table.get("minContains", least), table.get("maxContains", most)
        return not is_array(value) or least <= matches <= most
    return least <= matches <= most
