"""Examples of the spec as Python: calls of the classes, as a user would write them."""

from __future__ import annotations

from ...code import Code
from ...ir import (
    Alias,
    Decl,
    DeclRef,
    EnumBody,
    Json,
    ListType,
    MapType,
    NullableType,
    Record,
    TupleType,
    Type,
    UnionBody,
)
from ..examples import Shapes
from ..nominal import is_fixed
from . import literals
from .layout import STEP, WIDTH, Group, Node, Pair, lay
from .spelling import EXTRA, PythonSpeller

_NAME = "example"


def example_code(speller: PythonSpeller, decl: Decl, value: Json) -> Code | None:
    """A module that builds a value; None where the value is not of the type."""
    writer = _Writer(speller)
    if not writer.shapes.fits(DeclRef(decl.id), value):
        return None
    node = writer.declared(decl, value)
    before = f"{_NAME} = "
    if not isinstance(decl.body, Record):
        before = f"{_NAME}: {speller.type_name(decl)} = "
        writer.names.add(speller.type_name(decl))
    return Code(f"{writer.imports()}\n\n{lay(node, before=before)}")


class _Writer:
    """Writes values, and remembers the classes that it needs."""

    def __init__(self, speller: PythonSpeller) -> None:
        self.speller = speller
        self.shapes = Shapes(speller.model, closed=False)
        self.names: set[str] = set()

    def imports(self) -> str:
        """The statement that imports the classes."""
        names = sorted(self.names)
        head = f"from {self.speller.settings.package} import "
        line = head + ", ".join(names)
        if len(line) <= WIDTH:
            return line
        return "\n".join([f"{head}(", *(f"{STEP}{name}," for name in names), ")"])

    def value(self, type_: Type, value: Json) -> Node:
        """A value of a type that it fits."""
        match type_, value:
            case NullableType(inner=inner), _ if value is not None:
                return self.value(inner, value)
            case ListType(item=item), list():
                items = tuple(self.value(item, each) for each in value)
                return Group("[", items, "]")
            case TupleType(prefix=prefix) as tuple_, list() if is_fixed(tuple_):
                return Group("(", tuple(map(self.value, prefix, value)), ")")
            case MapType(value=item), dict():
                return self._dict(item, value)
            case DeclRef(id=id_), _:
                return self.declared(self.speller.model.decls[id_], value)
            case _:
                return literals.node(value)

    def declared(self, decl: Decl, value: Json) -> Node:
        """A value of a declaration that it fits."""
        match decl.body, value:
            case Record() as record, dict():
                return self._call(decl, record, value)
            case UnionBody() as union, _:
                chosen = self.shapes.branch(union, value)
                return (
                    literals.node(value)
                    if chosen is None
                    else self.value(chosen, value)
                )
            case Alias(type=type_), _:
                return self.value(type_, value)
            case ((EnumBody() | Record()), _):
                return literals.node(value)

    def _call(self, decl: Decl, record: Record, value: dict[str, Json]) -> Node:
        name = self.speller.type_name(decl)
        self.names.add(name)
        names = self.speller.field_names(record)
        arguments = [
            Pair(
                f"{names[field.wire_name]}=",
                self.value(field.type, value[field.wire_name]),
            )
            for field in record.fields
            if field.wire_name in value
        ]
        if rest := {key: item for key, item in value.items() if key not in names}:
            arguments.append(Pair(f"{EXTRA}=", self._dict(record.extra, rest)))
        return Group(f"{name}(", tuple(arguments), ")")

    def _dict(self, item: Type, value: dict[str, Json]) -> Node:
        pairs = (
            Pair(f"{literals.string(key)}: ", self.value(item, each))
            for key, each in value.items()
        )
        return Group("{", tuple(pairs), "}")
