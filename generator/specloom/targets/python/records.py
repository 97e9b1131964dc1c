"""Records in Python: the fields of a dataclass and the code that reads and writes them.

Enters: a record. Leaves: declarations and statements. Promises: what is absent stays
absent and null stays null, both ways; no property of the spec hides what the class
itself needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import takewhile

from ...code import Code, TypeExpr
from ...ir import (
    ANYTHING,
    AnyType,
    ConstType,
    Decl,
    Field,
    NeverType,
    Record,
    Schema,
)
from ...values import dataclass
from ..columns import width
from . import literals
from .alignment import shape_schema
from .blocks import REJECT, Block
from .checks import lengths
from .codec import Codec, call
from .decoder import steps
from .layout import STEP, WIDTH, Group, Pair, lay, lay_parameter, lay_type
from .objects import Objects, objects
from .spelling import EXTRA, EXTRA_SLOT

_REMEMBERED = 1 << 12
"""Properties that are remembered: half of those of a large spec are said again."""
_LONG = 40
"""Of functions for more properties pyright no longer works out the variables' types."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a class."""

    lines: tuple[Code, ...]
    """Its declaration, and the docstring below it."""
    parameter: Code
    """What the constructor takes for it."""
    store: Code
    """The statement that keeps what the constructor got."""


def receiver(names: Collection[str]) -> Code:
    """What the constructor calls the object; checkers let it have another name so."""
    return Code("_self" if "self" in names else "self")


def attribute(
    name: str,
    made: TypeExpr,
    item: Field,
    docstring: Code | None,
    receiver: str,
) -> Attribute:
    """A property; one that can only have one value has it from the start."""
    default = None if item.required else "UNSET"
    if item.required and isinstance(item.type, ConstType):
        value = item.type.value
        default = literals.literal(value) if isinstance(value, str | int) else None
    return _attribute(name, made.text, default, docstring, receiver)


@lru_cache(_REMEMBERED)
def _attribute(
    name: str, type_: str, default: str | None, docstring: Code | None, receiver: str
) -> Attribute:
    declaration = lay_type(type_, depth=1, before=f"{name}: ")
    return Attribute(
        lines=(declaration,) if docstring is None else (declaration, docstring),
        parameter=lay_parameter(name, type_, default, depth=2),
        store=lay(Code(name), depth=2, before=f"{receiver}.{name} = "),
    )


def extra(made: TypeExpr, docstring: Code, receiver: str) -> Attribute:
    """The attribute that keeps all other properties."""
    return Attribute(
        lines=(lay_type(made.text, depth=1, before=f"{EXTRA}: "), docstring),
        parameter=lay_parameter(EXTRA, f"{made.text} | None", "None", depth=2),
        store=Code(f"{receiver}.{EXTRA_SLOT} = {EXTRA}"),
    )


def slots(names: Iterable[str]) -> Code:
    """The statement that keeps objects small: they have these attributes alone."""
    group = Group("(", tuple(map(literals.string, names)), ")")
    return lay(group, depth=1, before="__slots__ = ")


def wire_names(record: Record) -> Code:
    """The constant that holds the names of all properties of the spec."""
    names = tuple(literals.string(item.wire_name) for item in record.fields)
    return lay(Group("{", names, "}"), before="_PROPERTIES = ")


def decode(decl: Decl, record: Record, names: Mapping[str, Code], codec: Codec) -> Code:
    """The statements that check ``data`` and fill a new object ``self`` from it."""
    closed = isinstance(record.extra, NeverType)
    listed = frozenset(item.wire_name for item in record.fields) if closed else None
    asked = objects(decl.schema, codec.decls, listed)
    block = Block()
    _open(block, decl, record, codec)
    tests = codec.too_deep(0)
    for rules in asked.rules:
        tests += lengths("data", rules.min_properties, rules.max_properties)
    tests += [f"not {codec.accepts(rest, 'data')}" for rest in asked.rest]
    if tests:
        block.refuse(tests)
    block.add(f"self = {codec.use('new')}(cls)")
    optional = sum(not item.required for item in record.fields)
    typed = len(record.fields) >= _LONG
    if optional:
        if typed:
            block.declare("known", "int")
        block.add(f"known = {len(record.fields)}")
    for item in record.fields:
        target = f"self.{names[item.wire_name]}"
        field = _Property(item, literals.string(item.wire_name), target, codec, typed)
        field.write(block, asked.of_property(item.wire_name))
    known = "known" if optional else str(len(record.fields))
    _extra(block, record, asked, known, codec)
    block.add("return self")
    return block.body


def _open(block: Block, decl: Decl, record: Record, codec: Codec) -> None:
    """What becomes of a value that is no object."""
    with block.under("if data.__class__ is not dict:"):
        if decl.nullable or record.implied:
            unlike = call(codec.use("unlike"), Code(codec.own_rules), Code("data"))
            block.lay(unlike, before="return ")
        else:
            block.add(REJECT)


@dataclass(frozen=True, slots=True)
class _Property:
    """Writes the statements for one property."""

    item: Field
    key: Code
    target: str
    codec: Codec
    typed: bool
    """Whether local variables say their types."""

    def write(self, block: Block, schemas: tuple[Schema, ...] | None) -> None:
        """Check and store a property; where there are no schemas, a table has."""
        if self.item.required:
            self._given(block, schemas)
            return
        with block.under(f"if {self.key} in data:"):
            self._given(block, schemas)
        with block.under("else:"):
            block.add("known -= 1")
            block.add(f"{self.target} = UNSET")

    def _given(self, block: Block, schemas: tuple[Schema, ...] | None) -> None:
        read = Group("data[", (self.key,), "]")
        type_ = self.item.type
        schema = shape_schema(type_) if schemas is None else _all_of(schemas)
        made = steps(self.codec, type_, schema, "value", 1)
        if made.idle:
            block.lay(read, before=f"{self.target} = ")
            return
        asked = len(made.tests)  # a constant is compared without a variable
        direct = not asked or (asked == 1 and isinstance(type_, ConstType))
        if direct and made.then is None and not made.nullable:
            source = f"data[{self.key}]"
            if asked:
                made = steps(self.codec, type_, schema, source, 1)
            block.lay(made.write(block, source), before=f"{self.target} = ")
            return
        if self.typed:
            block.declare("value", "Any")
        block.lay(read, before="value = ")
        block.lay(made.write(block, "value"), before=f"{self.target} = ")


def _all_of(schemas: tuple[Schema, ...]) -> Schema:
    return schemas[0] if len(schemas) == 1 else Schema(all_of=schemas)


def _extra(
    block: Block, record: Record, asked: Objects, known: str, codec: Codec
) -> None:
    """What becomes of properties that the spec does not name."""
    if isinstance(record.extra, NeverType):
        block.refuse([f"len(data) != {known}"])
        return
    schema = asked.additional
    if schema is None:  # none is given, or a table has seen to it
        schema = shape_schema(record.extra) if asked.rest else ANYTHING
    target = f"self.{EXTRA_SLOT}"
    if isinstance(record.extra, AnyType) and schema == ANYTHING:
        names = "_PROPERTIES" if record.fields else "()"
        gathered = f"{codec.use('extras')}(data, {names}, {known})"
        block.add(f"{target} = None if len(data) == {known} else {gathered}")
        return
    block.add(f"{target} = None")
    with block.under(f"if len(data) != {known}:"):
        made = steps(codec, record.extra, schema, "value", 1)
        block.declare("extra", "dict[str, Any]")
        block.declare("key", "str")
        block.add("extra = {}")
        with block.under("for key, value in data.items():"):
            if record.fields:
                with block.under("if key in _PROPERTIES:"):
                    block.add("continue")
            block.lay(made.write(block, "value"), before="extra[key] = ")
        block.add(f"{target} = extra")


def write(record: Record, names: Mapping[str, Code], codec: Codec) -> Iterator[Code]:
    """The statements that fill ``data`` from an object."""

    tables = {item.wire_name: codec.encoder(item.type) for item in record.fields}

    def is_given(item: Field) -> bool:
        return item.required and tables[item.wire_name] is None

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
        wire, table = item.wire_name, tables[item.wire_name]
        encoders = None if table is None else codec.use(table)
        yield from _write(wire, item.required, _of_self(item, names), encoders)
    if not isinstance(record.extra, NeverType):
        rest = f"self.{EXTRA_SLOT}"
        yield Code(f"if {rest}:")
        if codec.encoder(record.extra) is not None:
            rest = f"{codec.use('encode')}({rest})"
        yield Code(f"{STEP}data.update({rest})")


@lru_cache(_REMEMBERED)
def _write(
    wire: str, required: bool, source: Code, encoders: str | None
) -> tuple[Code, ...]:
    """The statements for one property."""
    before = f"data[{literals.string(wire)}] = "
    if required and encoders is None:
        return (lay(source, depth=2, before=before),)
    name = Code("value")
    value = name if encoders is None else call(f"{encoders}[type(value)]", name)
    read = lay(source, depth=2, before="value = ")
    if required:
        return read, lay(value, depth=2, before=before)
    written = Code(STEP + lay(value, depth=3, before=before))
    opening = Code(f"if (value := {source}) is not UNSET:")
    if width(opening) + 2 * len(STEP) <= WIDTH:
        return opening, written
    return read, Code("if value is not UNSET:"), written


def _of_self(item: Field, names: Mapping[str, Code]) -> Code:
    return Code(f"self.{names[item.wire_name]}")
