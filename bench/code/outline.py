"""Outline: the model reduced to what the classes of other libraries can say.

Enters: the IR. Leaves: classes with fields, whose types are a handful of nodes. It is
the one source of every peer that has no generator of its own (`classes.py`,
`scripts.py`), so that all of them read the same shapes. Ranges, lengths and patterns
are left out: the peers check less than we do, which is to their advantage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from specloom.ir import (
    Alias,
    AnyType,
    BooleanType,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    IntegerType,
    Json,
    ListType,
    MapType,
    Model,
    NeverType,
    NullableType,
    NullType,
    NumberType,
    Record,
    StringType,
    TupleType,
    Type,
    UnionBody,
)

Kind: TypeAlias = Literal["any", "null", "boolean", "integer", "number", "string"]
_DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Plain:
    """Any value of a kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Fixed:
    """One of some strings."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    item: Node


@dataclass(frozen=True, slots=True)
class Entries:
    """A dictionary with free keys."""

    value: Node


@dataclass(frozen=True, slots=True)
class Ref:
    """A class, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Either:
    """One of several, with nothing that tells them apart but themselves."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of several, told apart by a property with a fixed text.

    A case is a class, or an inner :class:`Tagged` where several share the text.
    """

    key: str
    cases: tuple[tuple[str, Ref | Tagged], ...]


Node: TypeAlias = Plain | Fixed | Items | Entries | Ref | Either | Tagged

ANY, NULL = Plain("any"), Plain("null")


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a class."""

    name: str
    node: Node
    required: bool


@dataclass(frozen=True, slots=True)
class Class:
    """An object with named fields."""

    name: str
    slots: tuple[Slot, ...]

    def texts(self) -> dict[str, str]:
        """The fields that hold one fixed text each.

        Where such a field may be absent, a tag is not a sure sign; but all payloads
        have it, and who writes classes by hand for them would rely on it.
        """
        return {
            slot.name: slot.node.values[0]
            for slot in self.slots
            if isinstance(slot.node, Fixed) and len(slot.node.values) == 1
        }


@dataclass(frozen=True, slots=True)
class Outline:
    """Every class by name, and the node of every named schema by its name."""

    classes: dict[str, Class] = field(default_factory=dict[str, Class])
    roots: dict[str, Node] = field(default_factory=dict[str, Node])


def outline(model: Model) -> Outline:
    """The outline of a whole model."""
    drawn = Outline()
    drawer = Drawer(model, drawn)
    for decl in model.decls.values():
        if isinstance(decl.body, Record):
            drawer.record(decl, decl.body)
    for decl in model.decls.values():
        if decl.wire_name is not None:
            drawn.roots[decl.wire_name] = drawer.node(DeclRef(decl.id), 0)
    return drawn


@dataclass(frozen=True, slots=True)
class Drawer:
    """From the IR's types to nodes; aliases, enumerations and unions are inlined."""

    model: Model
    drawn: Outline

    def record(self, decl: Decl, body: Record) -> Class:
        """The class of a record, made once."""
        known = self.drawn.classes.get(decl.name)
        if known is None:
            # A record may stand inside itself, so its name is there before its fields.
            self.drawn.classes[decl.name] = Class(decl.name, ())
            known = Class(
                decl.name,
                tuple(
                    Slot(item.wire_name, self.node(item.type, 0), item.required)
                    for item in body.fields
                ),
            )
            self.drawn.classes[decl.name] = known
        return known

    def node(self, type_: Type, depth: int) -> Node:
        """The node of a type."""
        match type_:
            case AnyType() | NeverType() | TupleType():
                return ANY
            case NullType():
                return NULL
            case BooleanType():
                return Plain("boolean")
            case IntegerType():
                return Plain("integer")
            case NumberType():
                return Plain("number")
            case StringType():
                return Plain("string")
            case ConstType(value):
                return fixed((value,))
            case ListType():
                return Items(self.node(type_.item, depth))
            case MapType():
                return Entries(self.node(type_.value, depth))
            case NullableType():
                return self.either((self.node(type_.inner, depth), NULL))
            case DeclRef():
                decl = self.model.decls[type_.id]
                return ANY if depth > _DEEPEST else self.body(decl, depth + 1)

    def body(self, decl: Decl, depth: int) -> Node:
        """The node of a declaration."""
        match decl.body:
            case Record():
                self.record(decl, decl.body)
                return Ref(decl.name)
            case EnumBody(values, is_open):
                return Plain("string") if is_open else fixed(values)
            case UnionBody():
                nodes = [self.node(branch.type, depth) for branch in decl.body.branches]
                return self.either(nodes)
            case Alias(type_):
                return self.node(type_, depth)

    def either(self, options: Iterable[Node]) -> Node:
        """A union without doublets, its classes under their tags."""
        found: dict[Node, None] = dict.fromkeys(flattened(options))
        if ANY in found:
            return ANY
        plain = Plain("string") in found
        refs = [node for node in found if isinstance(node, Ref)]
        rest = [
            node
            for node in found
            if not isinstance(node, Ref) and not (plain and isinstance(node, Fixed))
        ]
        nodes = [*self.tagged(refs), *rest]
        return nodes[0] if len(nodes) == 1 else Either(tuple(nodes))

    def tagged(self, refs: list[Ref], used: tuple[str, ...] = ()) -> list[Node]:
        """The classes of a union: under a tag that all have, if there is one."""
        if len(refs) < 2:
            return [*refs]
        texts = {ref: self.drawn.classes[ref.name].texts() for ref in refs}
        for key in texts[refs[0]]:
            if key in used or not all(key in found for found in texts.values()):
                continue
            groups: dict[str, list[Ref]] = {}
            for ref in refs:
                groups.setdefault(texts[ref][key], []).append(ref)
            if len(groups) == 1:
                continue
            cases: list[tuple[str, Ref | Tagged]] = []
            for text, group in groups.items():
                inner = self.tagged(group, (*used, key))
                if len(inner) != 1 or not isinstance(inner[0], Ref | Tagged):
                    return [*refs]
                cases.append((text, inner[0]))
            return [Tagged(key, tuple(cases))]
        return [*refs]


def fixed(values: tuple[Json, ...]) -> Node:
    """A node for fixed values; only texts are told apart."""
    texts = tuple(value for value in values if isinstance(value, str))
    if len(texts) == len(values):
        return Fixed(texts)
    if all(isinstance(value, bool) for value in values):
        return Plain("boolean")
    if all(isinstance(value, int) for value in values):
        return Plain("integer")
    return ANY


def flattened(options: Iterable[Node]) -> Iterator[Node]:
    """The alternatives, with those of inner unions in their place."""
    for node in options:
        match node:
            case Either(inner):
                yield from flattened(inner)
            case Tagged(_, cases):
                yield from flattened(case for _, case in cases)
            case Plain() | Fixed() | Items() | Entries() | Ref():
                yield node
