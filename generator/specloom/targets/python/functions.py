"""Functions: the decoders of a module that build no object of their own.

Enters: a declaration that is no record, or what stands in place inside one. Leaves: the
statements of a function of ``value`` and ``depth``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...code import Code
from ...ir import Alias, Decl, EnumBody, Record, Rounds, Schema, UnionBody
from .alignment import shape_schema, without_null
from .blocks import Block, Steps
from .codec import Codec
from .decoder import steps
from .layout import Group, lay
from .listed import enumerated
from .unions import Union
from .views import Function


def decode(decl: Decl, codec: Codec) -> Code:
    """The statements that decode a value of a declaration."""
    block = Block()
    schema = decl.schema
    asked = False
    if decl.nullable:
        valued = without_null(schema, codec.decls)
        if valued is None:
            block.refuse([f"not {codec.accepts(schema, 'value')}"])
            asked = True
        else:
            schema = valued
        with block.under("if value is None:"):
            block.add("return None")
    match decl.body:
        case UnionBody() as union:
            Union(codec, decl, union, None if asked else schema).write(block)
        case EnumBody():
            made = Steps() if asked else _enumerated(decl, schema, codec)
            block.lay(made.write(block, "value"), before="return ")
        case Alias(type=type_):
            wanted = shape_schema(type_) if asked else schema
            made = steps(codec, type_, wanted, "value", 0)
            block.lay(made.write(block, "value"), before="return ")
        case Record():
            raise TypeError("a record has a class, and is decoded beside it")
    return block.body


def _enumerated(decl: Decl, schema: Schema, codec: Codec) -> Steps:
    """How a value of an enumeration is checked in its own function."""
    made = enumerated(decl, schema, "value", codec)
    return made or Steps((f"not {codec.accepts(schema, 'value')}",))


def helpers(codec: Codec) -> Iterator[Function]:
    """The functions that the code of a module calls; one may call another."""
    done: set[str] = set()
    while waiting := [name for name in codec.helpers if name not in done]:
        for name in waiting:
            done.add(name)
            id_, rounds = codec.helpers[name]
            decl = codec.decls[id_]
            arguments = [Code("value: Any")]
            if decl.id in codec.depths.counted:
                arguments.append(Code("depth: int"))
            head = lay(Group(f"def {name}(", tuple(arguments), ")"), after=" -> Any:")
            yield Function(head, _helper(decl, rounds, codec))


def _helper(decl: Decl, rounds: Rounds, codec: Codec) -> Code:
    if not rounds or not isinstance(decl.body, UnionBody):
        return decode(decl, codec)
    block = Block()
    schema = without_null(decl.schema, codec.decls) if decl.nullable else decl.schema
    Union(codec, decl, decl.body, schema).write_rest(block, rounds)
    return block.body
