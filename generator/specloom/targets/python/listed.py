"""Listed: values that a schema names one by one, as conditions of Python.

Enters: a constant or an enumeration, and the schema that decides. Leaves:
:class:`Steps`, or None where only the tables can tell. A set of values is a constant of
the module that asks: to get at that of another module takes longer than to ask it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...ir import (
    ANYTHING,
    ByLiteral,
    ConstType,
    Decl,
    EnumBody,
    Only,
    Schema,
    UnionBody,
)
from ...naming import snake
from ...values import replace
from . import literals
from .alignment import is_any_string, is_only_number, listed_strings
from .blocks import Steps
from .checks import class_test
from .codec import Codec, call
from .layout import Group, Node


def fixed(type_: ConstType, schema: Schema, name: str, codec: Codec) -> Steps | None:
    """The steps for the only value that a type has."""
    value = type_.value
    if schema == ANYTHING:
        return Steps()
    if listed_strings(schema, codec.decls) == (value,):
        literal = literals.literal(value)
        return Steps((f"{name} != {literal}",), made=lambda _: literal)
    if is_only_number(schema, value):
        number = literals.literal(value)
        return Steps((class_test(name, "number"), f"{name} != {number}"))
    own = (schema.kinds, replace(schema, kinds=None)) == (
        ("boolean",),
        Schema(values=(value,)),
    )
    if isinstance(value, bool) and (own or schema == Schema(values=(value,))):
        return Steps((f"{name} is not {value}",))
    return None


def enumerated(decl: Decl, schema: Schema, name: str, codec: Codec) -> Steps | None:
    """The steps for an enumeration.

    A set is asked without a look at the class: what cannot be hashed is no string.
    """
    if is_any_string(schema, codec.decls):
        return Steps((class_test(name, "string"),))
    values = listed_strings(schema, codec.decls)
    if values is None:
        return None
    if len(values) == 1:
        return Steps((f"{name} != {literals.string(values[0])}",))
    known = frozen(values)
    title = f"_{_upper(codec.short(decl))}"
    if decl is codec.home:
        title = "VALUES"
        listed = codec.speller.values_name(decl)
        if listed is not None and decl.body == EnumBody(values):
            known = call("frozenset", listed)
    return Steps((f"{name} not in {codec.constant(title, known)}",))


def frozen(values: Sequence[str]) -> Node:
    """A set of strings."""
    inner = Group("{", tuple(map(literals.string, values)), "}")
    return Group("frozenset(", (inner,), ")")


def _upper(name: str) -> str:
    """The name of the set of an enumeration's values."""
    return f"{snake(name).upper() or 'OWN'}_VALUES"


def chosen(
    choice: ByLiteral, union: UnionBody, decls: Mapping[str, Decl]
) -> tuple[str, ...] | None:
    """The values of a choice, if listing them is all that their branches do."""
    found: list[str] = []
    for value, made in choice.cases:
        if not isinstance(value, str) or not isinstance(made, Only):
            return None
        listed = listed_strings(union.branches[made.branch].schema, decls)
        if listed is None or value not in listed:
            return None
        found.append(value)
    sure = choice.other is None or isinstance(choice.other, Only)
    return tuple(found) if sure else None
