"""Conditions: what a generated check asks, as expressions that can be negated.

Enters: single tests in both spellings. Leaves: source text, positive for a ``return``
and negative for an ``if`` that gives up, laid out as prettier would. Promises: each
test stands after those that it relies on, so that compilers narrow types on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ...code import Code, join
from .layout import INDENT, WIDTH, listed, width


@dataclass(frozen=True, slots=True)
class Test:
    """One test, and the same negated; ``needs`` are the functions that it calls.

    ``arguments`` end a call that may be broken where they stand.
    """

    yes: Code
    no: Code
    needs: tuple[str, ...] = ()
    arguments: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; with no part it is always so."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; with no part it is never so."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Test | All | AnyOf
ALWAYS = All(())
NEVER = AnyOf(())


_OPPOSITES = {"===": "!==", ">=": "<", "<=": ">", ">": "<=", "<": ">="}


def call(function: str, arguments: Iterable[str], *needs: str) -> Test:
    """A call such as ``testNumber(value)``; by default it needs the function."""
    given = tuple(map(Code, arguments))
    text = Code(f"{function}({', '.join(given)})")
    return Test(text, Code(f"!{text}"), needs or (function,), given)


def compare(left: str, operator: str, right: str) -> Test:
    """A comparison; ``left`` has to be of a type that both of its forms order."""
    opposite = _OPPOSITES[operator]
    return Test(Code(f"{left} {operator} {right}"), Code(f"{left} {opposite} {right}"))


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Every one of these, with nothing said that goes without saying."""
    parts = _flat(All, conditions)
    if NEVER in parts:
        return NEVER
    return parts[0] if len(parts) == 1 else All(parts)


def any_of(conditions: Iterable[Condition]) -> Condition:
    """One of these at least."""
    parts = _flat(AnyOf, conditions)
    if ALWAYS in parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def _flat(
    kind: type[All | AnyOf], conditions: Iterable[Condition]
) -> tuple[Condition, ...]:
    parts: dict[Condition, None] = {}
    for part in conditions:
        parts.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    return tuple(parts)


def negated(condition: Condition) -> Condition:
    """What holds exactly if a condition does not."""
    match condition:
        case Test():
            yes, no = condition.no, condition.yes
            return Test(yes, no, condition.needs, condition.arguments)
        case All(parts=parts):
            return AnyOf(tuple(map(negated, parts)))
        case AnyOf(parts=parts):
            return All(tuple(map(negated, parts)))


def needs(condition: Condition) -> Iterator[str]:
    """The functions that a condition calls."""
    if isinstance(condition, Test):
        yield from condition.needs
    else:
        for part in condition.parts:
            yield from needs(part)


def compares(condition: Condition) -> bool:
    """Whether a condition compares a value with literals, which narrows its type."""
    if isinstance(condition, Test):
        text = condition.yes
        return not (condition.arguments or text.startswith("typeof ")) and "==" in text
    return any(map(compares, condition.parts))


def narrows(condition: Condition) -> bool:
    """Whether compilers learn from a condition of which type a scalar is."""
    if isinstance(condition, Test):
        return "==" in condition.yes or condition.yes.lstrip("!").startswith("test")
    return any(map(narrows, condition.parts))


# --- layout ---------------------------------------------------------------------------


def returned(condition: Condition, indent: str) -> Code:
    """The statement that returns a condition; the first line is not indented."""
    line = Code(f"return {_line(condition)};")
    if width(line) + len(indent) <= WIDTH:
        return line
    if isinstance(condition, Test):
        return Code(f"{_test(condition, indent, 1, 'return ')};")
    inner = indent + INDENT
    line = _line(condition)
    if width(line) + len(inner) > WIDTH:
        line = _lines(condition, inner, 0)
    return Code(f"return (\n{inner}{line}\n{indent});")


def guarded(condition: Condition, indent: str) -> Code:
    """The statements that return false unless a condition holds."""
    fault = negated(condition)
    head = f"if ({_line(fault)}) {{"
    inner = indent + INDENT
    if width(head) + len(indent) > WIDTH:
        head = f"if (\n{inner}{_lines(fault, inner, 0)}\n{indent}) {{"
    return Code(f"{head}\n{inner}return false;\n{indent}}}")


def _line(condition: Condition) -> Code:
    match condition:
        case Test(yes=yes):
            return yes
        case All(parts=()):
            return Code("true")
        case AnyOf(parts=()):
            return Code("false")
        case All(parts=parts) | AnyOf(parts=parts):
            return join(_operator(condition), map(_operand, parts))


def _operator(condition: All | AnyOf) -> str:
    return " && " if isinstance(condition, All) else " || "


def _operand(part: Condition) -> Code:
    text = _line(part)
    return text if isinstance(part, Test) else Code(f"({text})")


def _test(test: Test, indent: str, after: int, prefix: str = "") -> Code:
    """A test, a call with its arguments on lines of their own if it has to be."""
    if not test.arguments:
        return Code(prefix + test.yes)
    function = test.yes.removesuffix(f"{join(', ', test.arguments)})")[:-1]
    return listed(prefix + function, "()", test.arguments, indent, after)


def _lines(condition: Condition, indent: str, after: int) -> Code:
    """A condition with each part on a line; it stands behind an indentation.

    ``after`` columns are needed behind its end.
    """
    if isinstance(condition, Test):
        return _test(condition, indent, after)
    sign = _operator(condition).rstrip()
    last = len(condition.parts) - 1
    lines: list[Code] = []
    for index, part in enumerate(condition.parts):
        end = after if index == last else len(sign)
        text = _operand(part)
        if len(indent) + width(text) + end > WIDTH:
            text = (
                _test(part, indent, end)
                if isinstance(part, Test)
                else Code(f"({_lines(part, indent + INDENT, end + 1)})")
            )
        lines.append(text if index == last else Code(text + sign))
    return join(f"\n{indent}", lines)
