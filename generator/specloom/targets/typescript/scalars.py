"""Scalars: what checks ask of numbers, texts and listed values.

Enters: rules and the name of a variable. Leaves: conditions. Promises: a comparison of
what JavaScript compares as JSON does; nothing else is said here.
"""

from __future__ import annotations

import re

from ...code import Code
from ...ir import Kind, NumberRules, StringRules
from . import literals
from .alternatives import Scalar
from .conditions import Condition, Test, call, compare
from .patterns import compiles

PREDICATES: dict[Kind, Code] = {
    "boolean": Code("testBoolean"),
    "integer": Code("testInteger"),
    "number": Code("testNumber"),
    "string": Code("testString"),
}
"""The functions of the runtime that know a kind."""

_LITERAL_START = re.compile(r"\^([A-Za-z0-9_\-:/@#%&=~,;<> \"']+)")


def equals(value: Code, scalar: Scalar) -> Test:
    """Whether a variable holds a scalar."""
    return compare(value, "===", spelled(scalar))


def spelled(scalar: Scalar) -> Code:
    """A scalar as a literal that no compiler rounds."""
    if isinstance(scalar, int | float) and not isinstance(scalar, bool):
        return literals.exact(scalar)
    return literals.literal(scalar)


def number_tests(rules: NumberRules | None, value: Code) -> list[Condition]:
    """What is asked of a variable that holds a number."""
    if rules is None:
        return []
    limits = (
        (">=", rules.minimum),
        ("<=", rules.maximum),
        (">", rules.exclusive_minimum),
        ("<", rules.exclusive_maximum),
    )
    tests: list[Condition] = [
        compare(value, operator, literals.exact(limit))
        for operator, limit in limits
        if limit is not None
    ]
    if rules.multiple_of is not None:
        divisor = literals.exact(rules.multiple_of)
        tests.append(call("testMultiple", (value, divisor)))
    return tests


def string_tests(rules: StringRules | None, value: Code) -> list[Condition]:
    """What is asked of a variable that holds a text."""
    if rules is None:
        return []
    tests: list[Condition] = []
    if rules.min_length or rules.max_length is not None:
        most = rules.max_length
        sizes = (rules.min_length or 0, *(() if most is None else (most,)))
        tests.append(call("testLength", (value, *map(literals.number, sizes))))
    if rules.pattern is not None and compiles(rules.pattern):
        start = _LITERAL_START.fullmatch(rules.pattern)
        if start is None:
            pattern = literals.string(rules.pattern)
            tests.append(call("testPattern", (value, pattern)))
        else:
            text = literals.string(start[1])
            tests.append(call(f"{value}.startsWith", (text,))._replace(needs=()))
    return tests
