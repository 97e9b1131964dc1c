"""Modules of Python: one for each declaration.

Enters: the model. Leaves: views that the templates lay out. A record becomes a
dataclass; an enumeration, a union or an alias a type alias with the functions that read
it. Promises: a module imports another one only for a type alias, never in a circle;
everything else is found when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..code import Code, TypeExpr
from ..ir import (
    Alias,
    Decl,
    EnumBody,
    Field,
    NeverType,
    NullableType,
    Record,
    UnionBody,
)
from . import python_literals as literals
from .python_codec import Codec, constant_name
from .python_docs import Docstrings
from .python_layout import DEFAULT, Chain, Group, Node, flat, lay
from .python_spelling import EXTRA, PythonSpeller
from .python_tables import Tables

_TYPING = re.compile(r"\b(?:Any|Literal|NoReturn)\b")
_STRING = re.compile(r"""\"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")


@dataclass(frozen=True, slots=True)
class FieldView:
    """A property: its declaration, and the docstring below it."""

    declaration: Code
    docstring: Code | None


@dataclass(frozen=True, slots=True)
class Function:
    """A function written for a union in place."""

    name: Code
    lines: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Imports:
    """What a module needs of others, each a whole line or a broken one."""

    plain: tuple[Code, ...]
    siblings: tuple[Code, ...]
    checked: tuple[Code, ...]
    """Only for type checkers."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """A dataclass."""

    header: Code
    imports: Imports
    constants: tuple[Code, ...]
    opening: Code
    docstring: Code
    fields: tuple[FieldView, ...]
    build: tuple[Code, ...]
    write: tuple[Code, ...]
    assertions: Code
    functions: tuple[Function, ...]


@dataclass(frozen=True, slots=True)
class AliasView:
    """A type alias, and the codec of its values."""

    header: Code
    imports: Imports
    constants: tuple[Code, ...]
    definition: Code
    docstring: Code
    assertions: Code
    build: tuple[Code, ...]
    codec: Code
    functions: tuple[Function, ...]


class Modules:
    """Makes the view of each declaration's module."""

    def __init__(
        self, speller: PythonSpeller, header: Code, base_url: str | None
    ) -> None:
        self.speller = speller
        self.header = header
        self.docs = Docstrings(speller.model, base_url)
        self.tables = Tables(speller)
        self.decls = {decl.id: decl for decl in speller.declared()}

    def module(self, decl: Decl) -> RecordView | AliasView:
        """The view of a declaration's module."""
        codec = Codec(self.speller, self.tables, decl)
        match decl.body:
            case Record() as record:
                return self._record(decl, record, codec)
            case UnionBody() as union:
                made = self.speller.union(union.branches)
            case EnumBody() as enum:
                made = self.speller.enum(enum)
            case Alias(type=type_):
                made = self.speller.spell(type_)
        return self._alias(decl, made, codec)

    # --- records ----------------------------------------------------------------------

    def _record(self, decl: Decl, record: Record, codec: Codec) -> RecordView:
        names = self.speller.field_names(record)
        spelled = [self.speller.field(item) for item in record.fields]
        fields = [
            FieldView(
                _declaration(names[item.wire_name], made, item.required),
                self.docs.property(item),
            )
            for item, made in zip(record.fields, spelled)
        ]
        constants: list[Code] = []
        runtime = {"JsonObject"}
        if any(not item.required for item in record.fields):
            runtime |= {"UNSET", "Unset"}
        is_open = not isinstance(record.extra, NeverType)
        if is_open:
            spelled.append(self.speller.map(self.speller.spell(record.extra)))
            fields.append(_extra_view(spelled[-1]))
            if record.fields:
                constants.append(_wire_names(record))
        build = tuple(_build(record, names, codec))
        write = tuple(_write(record, names, codec, runtime))
        functions = tuple(self._functions(codec))
        constants += self._helper_constants(codec)
        typing = {"TYPE_CHECKING", "Any"} | _typing_names(spelled)
        return RecordView(
            header=self.header,
            imports=self._imports(
                decl,
                [
                    import_(
                        "dataclasses", {"dataclass"} | ({"field"} if is_open else set())
                    ),
                    import_("typing", typing),
                ],
                runtime | codec.runtime,
                (),
                [id_ for made in spelled for id_ in made.refs],
            ),
            constants=tuple(constants),
            opening=lay(
                Group(f"{self.speller.type_name(decl)}(", (Code("JsonObject"),), ")"),
                before="class ",
                after=":",
            ),
            docstring=self.docs.declaration(decl, 1),
            fields=tuple(fields),
            build=build,
            write=write,
            assertions=lay(self.tables.of(decl), depth=2, before="return "),
            functions=functions,
        )

    # --- everything else --------------------------------------------------------------

    def _alias(self, decl: Decl, made: TypeExpr, codec: Codec) -> AliasView:
        name = self.speller.type_name(decl)
        quoted = decl.id in self._circular
        value = literals.string(made.text) if quoted else type_node(made.text)
        constants: list[Code] = []
        build: list[Code] = []
        match decl.body:
            case UnionBody() as union if codec.converts_any(decl):
                table = codec.tag_table(union, constant_name())
                constants += [table] if table is not None else []
                build += codec.union(union, constant_name())
            case Alias(type=type_) if codec.converts_any(decl):
                node = codec.build(type_, "value")
                build.append(lay(node, depth=1, before="return "))
            case _:
                pass
        functions = tuple(self._functions(codec))
        constants += self._helper_constants(codec)
        plain = [
            import_("typing", {"Any", "TypeAlias"} | _typing_names([made])),
        ]
        eager, lazy = ((), made.refs) if quoted else (made.refs, ())
        if quoted:
            plain[-1] = import_(
                "typing", {"Any", "TYPE_CHECKING", "TypeAlias"} | _typing_names([made])
            )
        of = f"{name} | None" if decl.nullable else str(name)
        arguments = [literals.string(name), Code("assertions")]
        if build:
            arguments.append(Code("construct"))
        return AliasView(
            header=self.header,
            imports=self._imports(decl, plain, {"Codec"} | codec.runtime, eager, lazy),
            constants=tuple(constants),
            definition=lay(value, before=f"{name}: TypeAlias = "),
            docstring=self.docs.declaration(decl, 0),
            assertions=lay(self.tables.of(decl), depth=1, before="return "),
            build=tuple(map(Code, build)),
            codec=lay(
                Group(f"Codec[{of}](", tuple(arguments), ")"), before="_codec = "
            ),
            functions=functions,
        )

    @cached_property
    def _circular(self) -> frozenset[str]:
        """Aliases that lead to themselves, or to one that does: Python needs quotes."""
        edges = {
            decl.id: {id_ for id_ in self._alias_refs(decl) if id_ in self.decls}
            for decl in self.decls.values()
            if not isinstance(decl.body, Record)
        }
        edges = {id_: found & edges.keys() for id_, found in edges.items()}
        while ends := [id_ for id_, found in edges.items() if not found]:
            edges = {
                id_: found - set(ends)
                for id_, found in edges.items()
                if id_ not in ends
            }
        return frozenset(edges)

    def _alias_refs(self, decl: Decl) -> Sequence[str]:
        match decl.body:
            case UnionBody(branches=branches):
                return self.speller.union(branches).refs
            case Alias(type=type_):
                return self.speller.spell(type_).refs
            case _:
                return ()

    # --- parts of a module ------------------------------------------------------------

    def _helper_constants(self, codec: Codec) -> Iterator[Code]:
        """The tables of tags of unions written in place."""
        for name, decl in codec.helpers.items():
            if isinstance(decl.body, UnionBody):
                table = codec.tag_table(decl.body, constant_name(name))
                if table is not None:
                    yield table

    def _functions(self, codec: Codec) -> Iterator[Function]:
        """The functions of unions written in place; one may need another."""
        done: set[str] = set()
        while waiting := [name for name in codec.helpers if name not in done]:
            for name in waiting:
                done.add(name)
                decl = codec.helpers[name]
                assert isinstance(decl.body, UnionBody)
                lines = tuple(map(Code, codec.union(decl.body, constant_name(name))))
                yield Function(Code(name), lines)

    def _imports(
        self,
        decl: Decl,
        plain: Sequence[Code],
        runtime: set[str],
        eager: Iterable[str],
        lazy: Iterable[str],
    ) -> Imports:
        siblings = [import_("._runtime", runtime), *self._from(decl, eager, 0)]
        return Imports(tuple(plain), tuple(siblings), tuple(self._from(decl, lazy, 1)))

    def _from(self, decl: Decl, ids: Iterable[str], depth: int) -> Iterator[Code]:
        stems = {
            self.speller.file_stem(found): self.speller.type_name(found)
            for found in (self.decls[id_] for id_ in ids)
            if found is not decl
        }
        for stem in sorted(stems):
            yield import_(f".{stem}", {stems[stem]}, depth)


def import_(module: str, names: set[str] | set[Code], depth: int = 0) -> Code:
    """An import of names from a module."""
    ordered = sorted(names, key=lambda name: (not name.isupper(), name.islower(), name))
    items = tuple(map(Code, ordered))
    line = f"from {module} import {', '.join(items)}"
    if len(line) + 4 * depth <= 88:
        return Code(line)
    return lay(Group("(", items, ")"), depth=depth, before=f"from {module} import ")


def _typing_names(made: Iterable[TypeExpr]) -> set[str]:
    """What type expressions need of ``typing``; strings in them do not count."""
    return {n for m in made for n in _TYPING.findall(_STRING.sub("", m.text))}


def _declaration(name: Code, made: TypeExpr, required: bool) -> Code:
    after = "" if required else DEFAULT
    return lay(type_node(made.text), depth=1, before=f"{name}: ", after=after)


def _extra_view(made: TypeExpr) -> FieldView:
    value = Code("field(default_factory=dict[str, Any])")
    return FieldView(
        lay(value, depth=1, before=f"{EXTRA}: {made.text} = "),
        Code('"""Properties that the spec does not name, kept as they came."""'),
    )


def _wire_names(record: Record) -> Code:
    names = tuple(literals.string(item.wire_name) for item in record.fields)
    return lay(Group("{", names, "}"), before="_PROPERTIES = ")


def _build(record: Record, names: dict[str, Code], codec: Codec) -> Iterator[Code]:
    """The statements that fill a new object ``self`` from valid ``data``."""
    plain = {item.wire_name: codec.is_plain(item.type) for item in record.fields}
    if any(not plain[item.wire_name] and not _is_sure(item) for item in record.fields):
        yield Code("value: Any")
    for item in record.fields:
        target, key = names[item.wire_name], literals.string(item.wire_name)
        if plain[item.wire_name]:
            yield lay(_access(item, key), depth=2, before=f"self.{target} = ")
        elif _is_sure(item):
            node = codec.build(item.type, f"data[{key}]")
            yield lay(node, depth=2, before=f"self.{target} = ")
        else:
            yield lay(_access(item, key), depth=2, before="value = ")
            inner = item.type
            tests = [] if item.required else ["value is not UNSET"]
            if isinstance(inner, NullableType):
                inner = inner.inner
                tests.append("value is not None")
            yield Code(f"if {' and '.join(tests)}:")
            node = codec.build(inner, "value")
            yield Code("    " + lay(node, depth=3, before="value = "))
            yield Code(f"self.{target} = value")
    if not isinstance(record.extra, NeverType):
        yield from _build_extra(record, codec)


def _access(item: Field, key: Code) -> Group:
    """What ``data`` has for a property."""
    if item.required:
        return Group("data[", (key,), "]")
    return Group("data.get(", (key, Code("UNSET")), ")")


def _is_sure(item: Field) -> bool:
    return item.required and not isinstance(item.type, NullableType)


def _build_extra(record: Record, codec: Codec) -> Iterator[Code]:
    made = flat(codec.build(record.extra, "item"))
    clause = "for key, item in data.items()"
    clause += " if key not in _PROPERTIES" if record.fields else ""
    yield Code(f"self.{EXTRA} = {{")
    line = f"    key: {made} {clause}"
    if len(line) + 8 <= 88:
        yield Code(line)
    else:
        yield Code(f"    key: {made}")
        yield Code("    for key, item in data.items()")
        if record.fields:
            yield Code("    if key not in _PROPERTIES")
    yield Code("}")


def _write(
    record: Record, names: dict[str, Code], codec: Codec, runtime: set[str]
) -> Iterator[Code]:
    """The statements that fill ``data`` from an object."""
    for item in record.fields:
        source, key = f"self.{names[item.wire_name]}", literals.string(item.wire_name)
        scalar = codec.is_scalar(item.type)
        if not scalar:
            runtime.add("encode")
        value = Code(source) if scalar else Group("encode(", (Code(source),), ")")
        if item.required:
            yield lay(value, depth=2, before=f"data[{key}] = ")
        else:
            yield Code(f"if {source} is not UNSET:")
            yield Code("    " + lay(value, depth=3, before=f"data[{key}] = "))
    if not isinstance(record.extra, NeverType):
        runtime.add("encode")
        yield Code(f"data.update(encode(self.{EXTRA}))")


_TYPE_TOKEN = re.compile(rf"{_STRING.pattern}|\[|\]| \| |, |[^\[\]|, \"']+")


def type_node(text: str) -> Node:
    """A type expression as a tree, to be laid out."""
    tokens = _TYPE_TOKEN.findall(text)
    tokens.reverse()
    return _chain(tokens)


def _chain(tokens: list[str]) -> Node:
    operands = [_operand(tokens)]
    while tokens and tokens[-1] == " | ":
        tokens.pop()
        operands.append(_operand(tokens))
    return operands[0] if len(operands) == 1 else Chain(tuple(operands))


def _operand(tokens: list[str]) -> Node:
    head = tokens.pop()
    if not tokens or tokens[-1] != "[":
        return Code(head)
    items: list[Node] = []
    while tokens.pop() != "]":
        items.append(_chain(tokens))
    return Group(f"{head}[", tuple(items), "]")
