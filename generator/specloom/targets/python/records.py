"""Records in Python: the fields of a dataclass and the code that reads and writes them.

Enters: a record. Leaves: declarations and statements. Promises: what is absent stays
absent and null stays null, both ways; no property of the spec hides what the class
itself needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from ...code import Code, TypeExpr
from ...ir import ConstType, Field, IntegerType, NeverType, NullableType, Record, Type
from . import literals as literals
from .codec import Codec
from .layout import (
    STEP,
    WIDTH,
    Group,
    Node,
    Pair,
    flat,
    lay,
    lay_parameter,
    type_node,
    width,
)
from .spelling import EXTRA
from .views import FieldView


def receiver(names: Collection[str]) -> Code:
    """What the constructor calls the object; checkers let it have another name so."""
    return Code("_self" if "self" in names else "self")


def attribute(
    name: str,
    made: TypeExpr,
    item: Field,
    docstring: Code | None,
    receiver: str,
) -> FieldView:
    """A property; one that can only have one value has it from the start."""
    default = None if item.required else "UNSET"
    if item.required and isinstance(item.type, ConstType):
        value = item.type.value
        default = literals.literal(value) if isinstance(value, str | int) else None
    return FieldView(
        declaration=lay(type_node(made.text), depth=1, before=f"{name}: "),
        docstring=docstring,
        parameter=lay_parameter(name, type_node(made.text), default, depth=2),
        store=lay(Code(name), depth=2, before=f"{receiver}.{name} = "),
    )


def extra(made: TypeExpr, receiver: str) -> FieldView:
    """The attribute that keeps all other properties."""
    return FieldView(
        declaration=lay(type_node(made.text), depth=1, before=f"{EXTRA}: "),
        docstring=Code(
            '"""Properties that the spec does not name, kept as they came."""'
        ),
        parameter=lay_parameter(
            EXTRA, type_node(f"{made.text} | None"), "None", depth=2
        ),
        store=Code(
            f"{receiver}.{EXTRA} = (\n{STEP * 3}"
            f"{{}} if {EXTRA} is None else {EXTRA}\n{STEP * 2})"
        ),
    )


def slots(names: Iterable[str]) -> Code:
    """The statement that keeps objects small: they have these attributes alone."""
    group = Group("(", tuple(map(literals.string, names)), ")")
    return lay(group, depth=1, before="__slots__ = ")


def wire_names(record: Record) -> Code:
    """The constant that holds the names of all properties of the spec."""
    names = tuple(literals.string(item.wire_name) for item in record.fields)
    return lay(Group("{", names, "}"), before="_PROPERTIES = ")


def build(record: Record, names: dict[str, Code], codec: Codec) -> Iterator[Code]:
    """The statements that fill a new object ``self`` from valid ``data``."""
    if any(_by_steps(item, codec) for item in record.fields):
        yield Code("value: Any")
    for item in record.fields:
        key = literals.string(item.wire_name)
        target = f"self.{names[item.wire_name]}"
        if _by_steps(item, codec):
            yield lay(_access(item, key), depth=2, before="value = ")
            yield Code(f"if {' and '.join(_tests(item))}:")
            node = codec.build(_valued(item.type), "value")
            yield Code("    " + lay(node, depth=3, before="value = "))
            yield Code(f"{target} = value")
        else:
            node = _access(item, key)
            if isinstance(_valued(item.type), IntegerType):  # leaves others as they are
                node = Group(f"{codec.use('whole')}(", (node,), ")")
            elif not codec.is_plain(item.type):
                node = codec.build(item.type, flat(node))
            yield lay(node, depth=2, before=f"{target} = ")
    if not isinstance(record.extra, NeverType):
        yield from _build_extra(record, codec)


def _by_steps(item: Field, codec: Codec) -> bool:
    """Whether a property that has a value is built, and one that has none is not."""
    plain = codec.is_plain(item.type) or isinstance(_valued(item.type), IntegerType)
    return not plain and bool(_tests(item))


def _tests(item: Field) -> list[str]:
    """What tells that a property has a value."""
    tests = [] if item.required else ["value is not UNSET"]
    nullable = isinstance(item.type, NullableType)
    return [*tests, "value is not None"] if nullable else tests


def _valued(type_: Type) -> Type:
    return type_.inner if isinstance(type_, NullableType) else type_


def _access(item: Field, key: Code) -> Node:
    """What ``data`` has for a property."""
    if item.required:
        return Group("data[", (key,), "]")
    return Group("data.get(", (key, Code("UNSET")), ")")


def _build_extra(record: Record, codec: Codec) -> Iterator[Code]:
    clause = "for key, item in data.items()"
    condition = "if key not in _PROPERTIES" if record.fields else ""
    line = f"    key: {flat(codec.build(record.extra, 'item'))}"
    yield Code(f"self.{EXTRA} = {{")
    whole = f"{line} {clause} {condition}".rstrip()
    if len(whole) + 8 <= WIDTH:
        yield Code(whole)
    else:
        yield Code(line)
        yield from (Code(f"    {part}") for part in (clause, condition) if part)
    yield Code("}")


def write(record: Record, names: dict[str, Code], codec: Codec) -> Iterator[Code]:
    """The statements that fill ``data`` from an object."""

    def is_given(item: Field) -> bool:
        return item.required and codec.is_scalar(item.type)

    given = tuple(takewhile(is_given, record.fields))
    others = record.fields[len(given) :]
    pairs = (
        Pair(f"{literals.string(item.wire_name)}: ", _of_self(item, names))
        for item in given
    )
    group = Group("{", tuple(pairs), "}")
    yield lay(group, depth=2, before="data: dict[str, Any] = ")
    if not all(map(is_given, others)):
        yield Code("value: Any")
    for item in others:
        yield from _write(item, _of_self(item, names), codec)
    if not isinstance(record.extra, NeverType):
        yield Code(f"if self.{EXTRA}:")
        yield Code(f"{STEP}data.update({codec.use('encode')}(self.{EXTRA}))")


def _write(item: Field, source: Code, codec: Codec) -> Iterator[Code]:
    """The statements for one property."""
    before = f"data[{literals.string(item.wire_name)}] = "
    scalar = codec.is_scalar(item.type)
    value = "value" if scalar else f"{codec.use('encoders')}[type(value)](value)"
    if item.required:
        if not scalar:
            yield lay(source, depth=2, before="value = ")
        yield lay(source if scalar else Code(value), depth=2, before=before)
        return
    opening = Code(f"if (value := {source}) is not UNSET:")
    if width(opening) + 2 * len(STEP) <= WIDTH:
        yield opening
    else:
        yield lay(source, depth=2, before="value = ")
        yield Code("if value is not UNSET:")
    yield Code(STEP + lay(Code(value), depth=3, before=before))


def _of_self(item: Field, names: dict[str, Code]) -> Code:
    return Code(f"self.{names[item.wire_name]}")
