"""Codec: what the code of one module refers to, and questions about its types.

Enters: the declaration whose module it is. Leaves: names of the runtime, of constants
and of functions, each asked for where the code that needs it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...code import Code
from ...ir import (
    Alias,
    AnyType,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    IntegerType,
    ListType,
    MapType,
    NullableType,
    NumberType,
    Record,
    Rounds,
    Schema,
    StringType,
    TupleType,
    Type,
    UnionBody,
)
from ...naming import snake
from ...parts import referred
from ...values import dataclass, field
from . import literals
from .depths import MAX_DEPTH, Depths
from .layout import Group, Node, lay
from .spelling import PythonSpeller
from .tables import Tables

_ENCODERS = (None, "copiers", "encoders")
"""Each does all that the one before it does."""
_SIBLING = "_decode_"
"""What the decoders of other modules are called, after which their names follow."""
_RULES = "_rules"
"""What the functions of tables are called, with a number behind it from the second."""
_OF_CODEC = re.compile(rf"{_SIBLING}.*|{_RULES}(_[0-9]+)?|_codec")
"""Names of a module that its other functions keep away from."""


@dataclass(slots=True)
class Codec:
    """Remembers what the code of one module refers to."""

    speller: PythonSpeller
    tables: Tables
    home: Decl
    """Whose module it is."""
    depths: Depths
    """Whose decoders count levels."""
    runtime: set[str] = field(default_factory=set[str])
    """Names of the runtime that the code uses."""
    helpers: dict[str, tuple[str, Rounds]] = field(
        default_factory=dict[str, tuple[str, Rounds]]
    )
    """What needs a function of its own, by the function's name: the identity of a
    declaration, and the rounds of its branches that are not decided yet.
    """
    constants: dict[str, Code] = field(default_factory=dict[str, Code])
    """What is made once, by name."""
    rules: dict[str, Schema] = field(default_factory=dict[str, Schema])
    """Tables that the module asks, each made by a function of this name."""

    @property
    def decls(self) -> Mapping[str, Decl]:
        """Every declaration of the model."""
        return self.speller.model.decls

    # --- names ------------------------------------------------------------------------

    def use(self, name: str) -> str:
        """A name of the runtime, which the module then imports."""
        self.runtime.add(name)
        return name

    def decoder(self, decl: Decl) -> str:
        """The function that decodes what has a module; of a sibling, bound when used.

        An attribute of the package is looked up anew each time, and not at once.
        """
        if decl is self.home:
            return "construct"
        stem = self.speller.file_stem(decl)
        found = call(self.use("sibling"), Code("globals()"), literals.string(stem))
        return self.constant(f"{_SIBLING}{stem}", found)

    def constant(self, name: str, value: Node) -> str:
        """A constant of the module; one of the same name and value is shared."""
        text = lay(value, before=f"{name} = ")
        if self.constants.setdefault(name, text) == text:
            return name
        return self.constant(f"{name}_", value)

    def helper(self, decl: Decl) -> str:
        """The function that decodes what stands in place of a name."""
        return self.function(f"_{snake(self.short(decl)) or 'value'}", decl)

    def function(self, name: str, decl: Decl, rounds: Rounds = ()) -> str:
        """A function for some branches of a union, or for all of a declaration."""
        wanted = decl.id, rounds
        known = next((k for k, made in self.helpers.items() if made == wanted), None)
        if known is not None:
            return known
        if _OF_CODEC.fullmatch(name):
            name = f"_{name}"
        while name in self.helpers:
            name += "_"
        self.helpers[name] = wanted
        return name

    def too_deep(self, level: int) -> list[str]:
        """The condition that a list or object stands too deep, if it may at all."""
        if self.home.id not in self.depths.unbounded:
            return []
        return [f"depth > {MAX_DEPTH - 1 - level}"]

    def decoded(self, function: str, decl: Decl, source: str, level: int = 0) -> Node:
        """A call of the decoder of a declaration, which may have to know the depth."""
        if decl.id not in self.depths.counted:
            return call(function, Code(source))
        depth = f"depth + {level}" if level else "depth"
        return call(function, Code(source), Code(depth))

    def short(self, decl: Decl) -> str:
        """The name of a declaration inside the module, without the module's own."""
        return decl.name.removeprefix(self.home.name)

    def accepts(self, schema: Schema, name: str) -> str:
        """The condition that the tables accept a value."""
        asked = self.asked(schema)
        made = "table_of" if asked.startswith('"') else "table_from"
        return f"{self.use('accepts')}({self.use(made)}({asked}), {name})"

    def asked(self, schema: Schema) -> Code:
        """The table of a schema: what a ``$ref`` to it says, or what makes it."""
        if schema is self.home.schema:
            return Code(self.own_rules)
        target = referred(schema)
        if target is not None:
            return literals.string(self.tables.reference(target))
        known = next((k for k, rules in self.rules.items() if rules is schema), None)
        if known is None:
            known = f"{_RULES}_{len(self.rules) + 1}" if self.rules else _RULES
            self.rules[known] = schema
        return Code(known)

    @property
    def own_rules(self) -> str:
        """The function that makes the table of the module's own declaration."""
        if isinstance(self.home.body, Record):
            return f"{self.speller.type_name(self.home)}.assertions"
        return "assertions"

    def in_place(self, decl: Decl) -> bool:
        """Whether a declaration is written out where it is used, and has no module."""
        return self.speller.written_in_place(decl) is not None

    # --- questions --------------------------------------------------------------------

    def is_scalar(self, type_: Type, seen: frozenset[str] = frozenset()) -> bool:
        """Whether a value is the same in Python and JSON, and nothing is inside it."""
        match type_:
            case AnyType() | ListType() | TupleType() | MapType():
                return False
            case ConstType(value=value):
                return not isinstance(value, list | dict)
            case NullableType(inner=inner):
                return self.is_scalar(inner, seen)
            case DeclRef(id=id_):
                if id_ in seen:
                    return True
                seen |= {id_}
                match self.decls[id_].body:
                    case Record():
                        return False
                    case EnumBody(values=values):
                        return not any(isinstance(v, list | dict) for v in values)
                    case Alias(type=inner):
                        return self.is_scalar(inner, seen)
                    case UnionBody(branches=branches):
                        return all(self.is_scalar(b.type, seen) for b in branches)
            case _:
                return True

    def encoder(self, type_: Type, seen: frozenset[str] = frozenset()) -> str | None:
        """The table of the runtime that says how a value is written.

        None where it is written as it is: a scalar, or what is typed ``Any``.
        """
        match type_:
            case StringType() | IntegerType() | NumberType() | AnyType():
                return None
            case ListType(item=inner) | MapType(value=inner):
                kept = self.encoder(inner, seen) is None
                return "copiers" if kept else "encoders"
            case NullableType(inner=inner):
                return self.encoder(inner, seen)
            case DeclRef(id=id_) if id_ not in seen:
                seen |= {id_}
                match self.decls[id_].body:
                    case Alias(type=inner):
                        return self.encoder(inner, seen)
                    case UnionBody(branches=branches):
                        found = {self.encoder(b.type, seen) for b in branches}
                        return max(found, key=_ENCODERS.index)
                    case Record() | EnumBody():
                        pass
            case _:
                pass
        return None if self.is_scalar(type_) else "encoders"

    def is_whole(self, type_: Type, seen: frozenset[str] = frozenset()) -> bool:
        """Whether a number of a type may be held as another that is equal."""
        match type_:
            case IntegerType():
                return True
            case NullableType(inner=inner):
                return self.is_whole(inner, seen)
            case DeclRef(id=id_) if id_ not in seen:
                seen |= {id_}
                match self.decls[id_].body:
                    case Alias(type=inner):
                        return self.is_whole(inner, seen)
                    case UnionBody(branches=branches):
                        return any(self.is_whole(b.type, seen) for b in branches)
                    case _:
                        return False
            case _:
                return False


def call(name: str, *arguments: Node) -> Group:
    """A call."""
    return Group(f"{name}(", arguments, ")")
