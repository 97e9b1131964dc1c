"""Listing: the values of an enumeration at run time, from which its type is made.

Enters: an enumeration that has a name, and that of its constant. Leaves: the constant,
and the type that takes its values from there. Promises: the constant is a tuple in the
spec's order that compilers keep from change, and nothing else in the package needs it,
so that bundlers drop one that nobody uses.
"""

from __future__ import annotations

from ...code import Code, TypeExpr, expr
from ...ir import EnumBody
from . import literals
from .layout import INDENT, WIDTH, Tree, array, placed
from .spelling import ANY_OTHER_STRING


def listing(enum: EnumBody, name: Code) -> tuple[TypeExpr, Code]:
    """What an enumeration is, and the definition of the constant that this names."""
    other = f" | {ANY_OTHER_STRING}" if enum.open else ""
    values = array([literals.literal(value) for value in enum.values])
    constant = defined(name, values, behind=" as const;")
    return expr(f"(typeof {name})[number]{other}"), constant


def defined(name: Code, value: Tree, type_: str = "", behind: str = ";") -> Code:
    """The definition of a constant, below its name where the name fills the line."""
    label = f"export const {name}{type_} = "
    if len(label) < WIDTH:
        return Code(placed(label, value, "", len(behind)) + behind)
    moved = placed("", value, INDENT, len(behind))
    return Code(f"{label.rstrip()}\n{INDENT}{moved}{behind}")
