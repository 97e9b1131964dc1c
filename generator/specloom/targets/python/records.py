"""Records in Python: the fields of a dataclass and the code that reads and writes them.

Enters: a record. Leaves: declarations and statements. Promises: what is absent stays
absent and null stays null, both ways; no property of the spec hides what the class
itself needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...code import Code, TypeExpr
from ...ir import ConstType, Field, IntegerType, NeverType, NullableType, Record, Type
from . import literals as literals
from .codec import Codec
from .layout import WIDTH, Group, Node, flat, lay, type_node
from .spelling import EXTRA
from .views import FieldView


def declaration(name: Code, made: TypeExpr, item: Field) -> Code:
    """A field; one that can only have one value has it."""
    after = "" if item.required else " = UNSET"
    if item.required and isinstance(item.type, ConstType):
        value = item.type.value
        after = f" = {literals.literal(value)}" if isinstance(value, str | int) else ""
    return lay(type_node(made.text), depth=1, before=f"{name}: ", after=after)


def extra(made: TypeExpr) -> FieldView:
    """The field that keeps all other properties."""
    value = Code("field(default_factory=dict[str, Any])")
    return FieldView(
        lay(value, depth=1, before=f"{EXTRA}: {made.text} = "),
        Code('"""Properties that the spec does not name, kept as they came."""'),
    )


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
    for item in record.fields:
        source, key = f"self.{names[item.wire_name]}", literals.string(item.wire_name)
        scalar = codec.is_scalar(item.type)
        value = (
            Code(source)
            if scalar
            else Group(f"{codec.use('encode')}(", (Code(source),), ")")
        )
        if item.required:
            yield lay(value, depth=2, before=f"data[{key}] = ")
        else:
            yield Code(f"if {source} is not UNSET:")
            yield Code("    " + lay(value, depth=3, before=f"data[{key}] = "))
    if not isinstance(record.extra, NeverType):
        yield Code(f"data.update({codec.use('encode')}(self.{EXTRA}))")
