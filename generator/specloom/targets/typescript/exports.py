"""Exports: the functions that a module offers for its declaration.

Enters: the names of a declaration, of its table and of its check. Leaves: functions
that parse, accept and validate, with what they are made of before them. Promises: each
runs the check first, where there is one, and the table has the last word.
"""

from __future__ import annotations

from ...code import Code
from ...ir import Decl
from ..columns import width
from . import literals
from .checks import Check
from .conditions import Test, any_of, call, call_text, returned
from .functions import VALUE
from .layout import INDENT, WIDTH
from .spelling import VERB

_SAID_OF_CHECKS = (
    "/**\n"
    " * Whether a value passes at first sight; if not, its table decides.\n"
    " *\n"
    " * @internal\n"
    " */\n"
)
_SAID_OF_PARSE = (
    "/** Check a value and return it; throw a DecodeError if it does not pass. */\n"
)
_SAID_OF_IS = "/** Whether a value passes the checks. */\n"
_SAID_OF_VALIDATE = "/** Everything that is wrong with a value. */\n"


def functions(
    decl: Decl, name: Code, table: Code, check: Check | None
) -> tuple[Code, ...]:
    """What a module offers, and before it what that is made of."""
    type_ = f"{name} | null" if decl.nullable else name
    parse = call("parse", (literals.string(name), table, VALUE))
    accepts = call("accepts", (table, VALUE))
    validate = call("validate", (table, VALUE))
    made: list[Code] = []
    if check is None:
        parsed, accepted, found = (
            returned(one, INDENT) for one in (parse, accepts, validate)
        )
    else:
        made += check.others
        made.append(Code(_SAID_OF_CHECKS + check.function))
        quick = call(f"{VERB}{name}", (VALUE,))
        parsed = _either(quick, f"(value as {type_})", parse)
        accepted = returned(any_of((quick, accepts)), INDENT)
        found = _either(quick, "[]", validate)
    return (
        *made,
        _exported(_SAID_OF_PARSE, f"parse{name}", type_, parsed),
        _exported(_SAID_OF_IS, f"is{name}", f"value is {type_}", accepted),
        _exported(_SAID_OF_VALIDATE, f"validate{name}", "Violation[]", found),
    )


def _exported(said: str, name: str, type_: str, result: Code) -> Code:
    head = f"export function {name}(value: unknown): {type_} {{"
    if width(head) > WIDTH:
        head = f"export function {name}(\n{INDENT}value: unknown,\n): {type_} {{"
    return Code(f"{said}{head}\n{INDENT}{result}\n}}")


def _either(test: Test, yes: str, no: Test) -> Code:
    """A statement that returns one of two values."""
    line = f"return {test.yes} ? {yes} : {no.yes};"
    if width(line) + len(INDENT) <= WIDTH:
        return Code(line)
    inner = 2 * INDENT
    asked = call_text(test, INDENT, 0, "return ")
    other = call_text(no, inner + INDENT, 1)
    return Code(f"{asked}\n{inner}? {yes}\n{inner}: {other};")
