"""Conditions: what a generated check asks, as expressions that can be negated.

Enters: single tests in both spellings. Leaves: source text, positive for a ``return``
and negative for an ``if`` that gives up, laid out as prettier would. Promises: each
test stands after those that it relies on, so that compilers narrow types on the way.
Conditions are tuples, since many are made and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from ...code import Code, join
from ..columns import width
from .layout import INDENT, WIDTH, listed


class Test(NamedTuple):
    """One test, and the same negated; ``needs`` are the functions that it calls.

    ``arguments`` end a call that may be broken where they stand.
    """

    yes: Code
    no: Code
    needs: tuple[str, ...] = ()
    arguments: tuple[Code, ...] = ()


class OddError(Exception):
    """What a schema asks is long or doubtful to say: only its table can judge."""


Sign: TypeAlias = Literal["&&", "||"]


class Joined(NamedTuple):
    """Several conditions, of which all hold (``&&``), or one at least (``||``).

    With no part the first holds always, and the second never.
    """

    sign: Sign
    parts: tuple[Condition, ...]


Condition: TypeAlias = Test | Joined
ALWAYS = Joined("&&", ())
NEVER = Joined("||", ())


_OPPOSITES = {"===": "!==", ">=": "<", "<=": ">", ">": "<=", "<": ">="}
_OPPOSITE_SIGNS: dict[Sign, Sign] = {"&&": "||", "||": "&&"}


def call(function: str, arguments: tuple[Code, ...], *needs: str) -> Test:
    """A call such as ``testNumber(value)``; by default it needs the function."""
    text = f"{function}({', '.join(arguments)})"
    return Test(Code(text), Code(f"!{text}"), needs or (function,), arguments)


def compare(left: str, operator: str, right: str) -> Test:
    """A comparison; ``left`` has to be of a type that both of its forms order."""
    opposite = _OPPOSITES[operator]
    return Test(Code(f"{left} {operator} {right}"), Code(f"{left} {opposite} {right}"))


def all_of(conditions: Sequence[Condition]) -> Condition:
    """Every one of these, with nothing said that goes without saying."""
    return _joined("&&", conditions, NEVER)


def any_of(conditions: Sequence[Condition]) -> Condition:
    """One of these at least."""
    return _joined("||", conditions, ALWAYS)


def _joined(sign: Sign, conditions: Sequence[Condition], decided: Joined) -> Condition:
    """Conditions in one; ``decided`` is the one that makes others needless."""
    if len(conditions) == 1:
        return conditions[0]
    parts: dict[Condition, None] = {}
    for one in conditions:
        if isinstance(one, Joined) and one.sign == sign:
            parts.update(dict.fromkeys(one.parts))
        else:
            parts[one] = None
    if len(parts) == 1:
        return next(iter(parts))
    return decided if decided in parts else Joined(sign, tuple(parts))


def negated(condition: Condition) -> Condition:
    """What holds exactly if a condition does not."""
    if isinstance(condition, Test):
        return Test(condition.no, condition.yes, condition.needs, condition.arguments)
    sign = _OPPOSITE_SIGNS[condition.sign]
    return Joined(sign, tuple(map(negated, condition.parts)))


def needs(conditions: Iterable[Condition]) -> set[str]:
    """The functions that conditions call."""
    found: set[str] = set()
    waiting = list(conditions)
    while waiting:
        one = waiting.pop()
        if isinstance(one, Test):
            found.update(one.needs)
        else:
            waiting += one.parts
    return found


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
    text = _line(condition)
    room = WIDTH - len(indent) - len("return ;")
    if width(text) <= room:
        return Code(f"return {text};")
    if isinstance(condition, Test):
        return Code(f"{call_text(condition, indent, 1, 'return ')};")
    inner = indent + INDENT
    if width(text) + len(inner) > WIDTH:
        text = _lines(condition, inner, 0)
    return Code(f"return (\n{inner}{text}\n{indent});")


def guarded(condition: Condition, indent: str) -> Code:
    """The statements that return false unless a condition holds."""
    inner = indent + INDENT
    denied = negated(condition)
    head = f"if ({_line(denied)}) {{"
    if width(head) + len(indent) > WIDTH:
        head = f"if (\n{inner}{_lines(denied, inner, 0)}\n{indent}) {{"
    return Code(f"{head}\n{inner}return false;\n{indent}}}")


def _line(condition: Condition) -> str:
    if isinstance(condition, Test):
        return condition.yes
    if not condition.parts:
        return "true" if condition == ALWAYS else "false"
    return f" {condition.sign} ".join(map(_operand, condition.parts))


def _operand(part: Condition) -> str:
    return part.yes if isinstance(part, Test) else f"({_line(part)})"


def call_text(test: Test, indent: str, after: int, prefix: str = "") -> str:
    """A test, a call with its arguments on lines of their own if it has to be."""
    line = prefix + test.yes
    if not test.arguments or width(line) <= WIDTH - len(indent) - after:
        return line
    function = test.yes.removesuffix(f"{join(', ', test.arguments)})")[:-1]
    return listed(prefix + function, "()", test.arguments, indent, after)


def _lines(condition: Condition, indent: str, after: int) -> str:
    """A condition with each part on a line; it stands behind an indentation.

    ``after`` columns are needed behind its end.
    """
    if isinstance(condition, Test):
        return call_text(condition, indent, after)
    last = len(condition.parts) - 1
    lines: list[str] = []
    for index, part in enumerate(condition.parts):
        sign = "" if index == last else f" {condition.sign}"
        end = len(sign) or after
        text = _operand(part)
        if len(indent) + width(text) + end > WIDTH:
            text = (
                call_text(part, indent, end)
                if isinstance(part, Test)
                else f"({_lines(part, indent + INDENT, end + 1)})"
            )
        lines.append(text + sign)
    return f"\n{indent}".join(lines)
