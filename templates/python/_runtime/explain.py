"""Explain: all that is wrong with a value, in order, each with its place and rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from .alternatives import plan_of
from .errors import Violation
from .evaluated import UNEVALUATED, left_over, others
from .messages import path_text, show
from .parts import parts
from .registry import Table, table_of
from .values import (
    KINDS,
    MAX_DEPTH,
    containers,
    equal_items,
    is_array,
    is_object,
    is_sequence,
    kind_of,
)
from .verdict import HOLDS, Judge

Path: TypeAlias = "tuple[str | int, ...]"

MAX_LISTED = 8
"""Of more values than this, only the first are listed."""
_NOTHING = "no value is allowed here"


def _unexpected(kinds: str | list[str], value: Any) -> str:
    listed = [kinds] if isinstance(kinds, str) else kinds
    return f"expected {' or '.join(listed)}, got {kind_of(value)}"


def _unlisted(options: list[Any], value: Any) -> str:
    if not options:
        return _NOTHING
    listed = ", ".join(map(show, options[:MAX_LISTED]))
    more = len(options) - MAX_LISTED
    rest = f" and {more} more" if more > 0 else ""
    return f"{show(value)} is not one of {listed}{rest}"


def _unmatched(pattern: str | tuple[str, str], value: str) -> str:
    written = pattern if isinstance(pattern, str) else pattern[0]
    return f"{show(value)} does not match {written}"


def _equal(_: bool, value: list[Any]) -> str:
    first, second = equal_items(value) or (0, 0)
    return f"items {first} and {second} are equal"


def _size(value: Any, one: str, many: str) -> str:
    return f"has {len(value)} {one if len(value) == 1 else many}"


_TEXT = ("character", "characters")
_LIST = ("item", "items")
_OBJECT = ("property", "properties")
_MESSAGES: dict[str, Callable[[Any, Any], str]] = {
    "type": _unexpected,
    "const": lambda option, v: f"expected {show(option)}, got {show(v)}",
    "enum": _unlisted,
    "minimum": lambda bound, v: f"{show(v)} is below the minimum {show(bound)}",
    "maximum": lambda bound, v: f"{show(v)} is above the maximum {show(bound)}",
    "exclusiveMinimum": lambda bound, v: f"{show(v)} is not above {show(bound)}",
    "exclusiveMaximum": lambda bound, v: f"{show(v)} is not below {show(bound)}",
    "multipleOf": lambda unit, v: f"{show(v)} is not a multiple of {show(unit)}",
    "minLength": lambda least, v: f"{_size(v, *_TEXT)}, fewer than {least}",
    "maxLength": lambda most, v: f"{_size(v, *_TEXT)}, more than {most}",
    "pattern": _unmatched,
    "minItems": lambda least, v: f"{_size(v, *_LIST)}, fewer than {least}",
    "maxItems": lambda most, v: f"{_size(v, *_LIST)}, more than {most}",
    "uniqueItems": _equal,
    "minProperties": lambda least, v: f"{_size(v, *_OBJECT)}, fewer than {least}",
    "maxProperties": lambda most, v: f"{_size(v, *_OBJECT)}, more than {most}",
}


def explain(table: Table, value: Any) -> list[Violation]:
    """All that is wrong with plain JSON values, depth first in the order of rules."""
    return _distinct(_Explainer().violations(table, value, ()))


def _distinct(found: Iterator[Violation]) -> list[Violation]:
    """Violations in order, each told once though several rules may ask the same."""
    return list(dict.fromkeys(found))


class _Explainer:
    def __init__(self) -> None:
        self._judge = Judge()
        self._known: dict[tuple[int, int, Path], list[Violation]] = {}
        self._told: set[tuple[int, int, Path]] = set()

    def violations(self, table: Table, value: Any, path: Path) -> Iterator[Violation]:
        if isinstance(table, bool):
            if not table:
                yield Violation(path_text(path), "false", _NOTHING)
            return
        if "type" in table and not HOLDS["type"](table["type"], value):
            message = _unexpected(table["type"], value)
            yield Violation(path_text(path), "type", message)
            return
        for keyword in UNEVALUATED:
            if keyword in table:
                yield from self._left_over(keyword, table, value, path)
                return
        for keyword, operand in table.items():
            if keyword in HOLDS:
                if not HOLDS[keyword](operand, value):
                    yield from _broken(keyword, operand, value, path)
            elif keyword == "anyOf" or keyword == "oneOf":
                yield from self._union(keyword, operand, value, path)
            elif keyword == "not":
                if self._judge.accepts(operand, value):
                    message = "is excluded by the spec"
                    yield Violation(path_text(path), keyword, message)
            elif keyword == "contains" and is_array(value):
                count = sum(self._judge.matches(operand, item) for item in value)
                for code, message in _miscounted(table, count):
                    yield Violation(path_text(path), code, message)
            elif keyword == "if":
                meant = self._judge.meant(table, value)
                yield from self.violations(meant, value, path)
            elif keyword == "$ref":
                yield from self._referred(table_of(operand), value, path)
            elif keyword == "propertyNames":
                for inner, name, _ in parts(keyword, operand, value, table):
                    yield from self._name(inner, name, path)
            else:
                for inner, item, key in parts(keyword, operand, value, table):
                    yield from self._part(inner, item, path, key)

    def _referred(self, table: Table, value: Any, path: Path) -> Iterator[Violation]:
        """What is wrong by a schema with a name, told once however often it is asked.

        Each time would tell all that is in the value again, and what is in that.
        """
        key = id(table), id(value), path
        if key not in self._told:
            self._told.add(key)
            yield from self.violations(table, value, path)

    def _part(
        self, table: Table, value: Any, path: Path, key: str | int | None
    ) -> Iterator[Violation]:
        if key is not None:
            path = (*path, key)
        if table is False and isinstance(key, str):
            code = "additionalProperties"
            yield Violation(path_text(path), code, "is not allowed here")
        else:
            yield from self.violations(table, value, path)

    def _left_over(
        self, keyword: str, table: dict[str, Any], value: Any, path: Path
    ) -> Iterator[Violation]:
        """What is wrong with what is left over; all else is told beside this."""
        if self._judge.accepts(others(keyword, table), value):
            for key in left_over(keyword, table, value, self._judge):
                yield from self._part(table[keyword], value[key], path, key)

    def _name(self, table: Table, name: str, path: Path) -> Iterator[Violation]:
        for found in self.violations(table, name, path):
            message = f"the name {show(name)} is not allowed: {found.message}"
            yield Violation(path_text((*path, name)), "propertyNames", message)
            break

    def _union(
        self, keyword: str, union: list[Table], value: Any, path: Path
    ) -> Iterator[Violation]:
        """What is wrong by the member that was meant."""
        plan = plan_of(union)
        meant = plan.meant(value)
        matches = sum(self._judge.accepts(member, value) for member in meant)
        if matches == 1 or (matches and keyword == "anyOf"):
            return
        if matches:
            message = "matches more than one alternative"
            yield Violation(path_text(path), keyword, message)
        elif meant:
            reports = [self._report(member, value, path) for member in meant]
            yield from min(reports, key=len)
        elif plan.by_kind.get(kind_of(value)) and plan.tag is not None:
            message = _unlisted(plan.tag.values, value[plan.tag.name])
            yield Violation(path_text((*path, plan.tag.name)), "enum", message)
        elif plan.expected():
            message = _unexpected(plan.expected(), value)
            yield Violation(path_text(path), "type", message)
        else:
            yield Violation(path_text(path), keyword, "matches no alternative")

    def _report(self, table: Table, value: Any, path: Path) -> list[Violation]:
        """What is wrong by one member; kept, since unions in unions ask again."""
        key = id(table), id(value), path
        if key not in self._known:
            outer, self._told = self._told, set()
            self._known[key] = _distinct(self.violations(table, value, path))
            self._told = outer
        return self._known[key]


def _broken(keyword: str, operand: Any, value: Any, path: Path) -> Iterator[Violation]:
    if keyword == "required":
        for name in operand:
            if name not in value:
                yield Violation(path_text((*path, name)), keyword, "is missing")
    else:
        yield Violation(path_text(path), keyword, _MESSAGES[keyword](operand, value))


def _miscounted(table: dict[str, Any], count: int) -> Iterator[tuple[str, str]]:
    """The rules that so many matching items break, and what is said of them."""
    matching = f"has {count} matching {'item' if count == 1 else 'items'}"
    least, most = table.get("minContains"), table.get("maxContains")
    if least is None and count == 0:
        yield "contains", "has no matching item"
    if least is not None and count < least:
        yield "minContains", f"{matching}, fewer than {least}"
    if most is not None and count > most:
        yield "maxContains", f"{matching}, more than {most}"


def too_deep(value: Any) -> Violation:
    """The first place, level by level, where a value is nested too deep."""
    level: dict[int, tuple[Path, Any]] = {id(value): ((), value)}
    for _ in range(MAX_DEPTH):
        level = {
            id(item): ((*path, key), item)
            for path, outer in level.values()
            for key, item in containers(outer)
        }
    path, _ = next(iter(level.values()))
    message = f"is nested deeper than {MAX_DEPTH} levels"
    return Violation(path_text(path), "depth", message)


def unwritable(value: Any) -> str | None:
    """The first place where plain values hold what JSON cannot say, and what it is."""
    waiting: list[tuple[Path, Any]] = [((), value)]
    while waiting:
        path, item = waiting.pop()
        kind = kind_of(item)
        if kind not in KINDS and not is_sequence(item):
            return f"{path_text(path) or 'value'}: {kind} is no JSON"
        inner: list[tuple[str | int, Any]] = []
        if is_object(item):
            inner = [(str(key), held) for key, held in item.items()]
        elif is_sequence(item):
            inner = list(enumerate(item))
        waiting += (((*path, key), held) for key, held in reversed(inner))
    return None
