"""Modules of Python: one for each declaration.

Enters: the model. Leaves: views that the templates lay out. A record becomes a
dataclass; an enumeration, a union or an alias a type alias with the functions that read
it. Promises: a module imports another one only for a type alias, never in a circle;
everything else is found when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from ...code import Code, TypeExpr, join
from ...graphs import endless
from ...ir import Alias, Decl, EnumBody, MapType, NeverType, Record, UnionBody
from ...target import enumeration
from ..columns import width
from ..wording import listed
from . import literals
from .codec import Codec
from .depths import Depths, depths
from .docs import Docstrings, docstring
from .functions import decode as decode_alias, helpers
from .layout import STEP, STRING, WIDTH, Group, lay, lay_alias, lay_tuple, type_node
from .records import (
    Attribute,
    attribute,
    decode,
    extra,
    receiver,
    slots,
    wire_names,
    write,
)
from .spelling import PythonSpeller
from .tables import Tables
from .views import AliasView, Function, Imports, RecordView, Rules

_TYPING = re.compile(r"\b(?:Any|Literal|NoReturn)\b")
_STRING = re.compile(STRING)
_REMEMBERED = 1 << 12
"""Imports and types that are remembered: most occur over and over."""


class Modules:
    """Makes the view of each declaration's module."""

    def __init__(
        self, speller: PythonSpeller, header: Code, base_url: str | None
    ) -> None:
        self.speller = speller
        self.header = header
        self.tables = Tables(speller)
        self.decls = {decl.id: decl for decl in speller.declared()}
        self._circular: dict[str, bool] = {}
        self.docs = Docstrings(speller.model, self.decls.__contains__, base_url)

    def module(self, decl: Decl) -> RecordView | AliasView:
        """The view of a declaration's module."""
        if isinstance(decl.body, Record):
            return self._record(decl, decl.body)
        return self._alias(decl, self._aliased(decl))

    # --- records ----------------------------------------------------------------------

    def _record(self, decl: Decl, record: Record) -> RecordView:
        codec = Codec(self.speller, self.tables, decl, self._depths)
        names = self.speller.field_names(record)
        this = receiver(names.values())
        fields, spelled = self._attributes(record, names, this)
        decoded = decode(decl, record, names, codec)
        written = join(f"\n{STEP * 2}", write(record, names, codec))
        functions = tuple(helpers(codec))
        is_open = not isinstance(record.extra, NeverType)
        constants = [wire_names(record)] if is_open and record.fields else []
        constants += codec.constants.values()
        base = "OpenObject" if is_open else "JsonObject"
        always = not (decl.nullable or record.implied)
        _refusing(codec, decoded, functions)
        for name in _used(record, base, always):
            codec.use(name)
        name = self.speller.type_name(decl)
        return RecordView(
            header=self.header,
            imports=Imports(
                plain=import_("typing", {"TYPE_CHECKING", "Any", *_typing(spelled)}),
                siblings=import_("._runtime", codec.runtime),
                checked=join(f"\n{STEP}", self._siblings(decl, spelled, 1)),
            ),
            # `class` is no operator: brackets around the rest would not do.
            opening=lay(Group(f"class {name}(", (Code(base),), ")"), after=":"),
            docstring=self.docs.declaration(decl, 1),
            fields=join(f"\n{STEP}", (line for item in fields for line in item.lines)),
            receiver=this,
            parameters=join(f"\n{STEP * 2}", (item.parameter for item in fields)),
            stores=join(f"\n{STEP * 2}", (item.store for item in fields)),
            slots=slots(names.values()),
            decode=decoded,
            write=written,
            always=always,
            assertions=lay(self.tables.of(decl), depth=2, before="return "),
            constants=join("\n\n", constants),
            functions=functions,
            rules=tuple(self._rules(codec)),
            signature=_signature(name),
        )

    def _attributes(
        self, record: Record, names: Mapping[str, Code], this: Code
    ) -> tuple[list[Attribute], list[TypeExpr]]:
        """The attributes of a class, and the types in them."""
        spelled = [self.speller.field(item) for item in record.fields]
        fields = [
            attribute(names[item.wire_name], made, item, self.docs.property(item), this)
            for item, made in zip(record.fields, spelled)
        ]
        if not isinstance(record.extra, NeverType):
            others = MapType(record.extra)
            spelled.append(self.speller.spell(others))
            fields.append(extra(spelled[-1], self.docs.others(others), this))
        return fields, spelled

    # --- everything else --------------------------------------------------------------

    def _aliased(self, decl: Decl) -> TypeExpr:
        """What a declaration that is no record is another name for."""
        match decl.body:
            case Record():
                return self.speller.reference(decl)
            case UnionBody(branches=branches):
                return self.speller.union(branches)
            case EnumBody() as enum:
                return self.speller.enum(enum)
            case Alias(type=type_):
                return self.speller.spell(type_)

    def _alias(self, decl: Decl, made: TypeExpr) -> AliasView:
        codec = Codec(self.speller, self.tables, decl, self._depths)
        codec.use("Codec")
        name = self.speller.type_name(decl)
        quoted = self._is_circular(decl)
        value = literals.string(made.text) if quoted else type_node(made.text)
        decoded = decode_alias(decl, codec)
        functions = tuple(helpers(codec))
        _refusing(codec, decoded, functions)
        typing = {"Any", "TypeAlias", *_typing([made])}
        siblings = tuple(self._siblings(decl, [made], int(quoted)))
        if quoted and siblings:
            typing.add("TYPE_CHECKING")
        runtime = import_("._runtime", codec.runtime)
        return AliasView(
            header=self.header,
            imports=Imports(
                plain=import_("typing", typing),
                siblings=runtime if quoted else join("\n", [runtime, *siblings]),
                checked=join(f"\n{STEP}", siblings if quoted else ()),
            ),
            definition=lay_alias(name, value),
            docstring=self.docs.declaration(decl, 0),
            values=self._values(decl),
            assertions=lay(self.tables.of(decl), depth=1, before="return "),
            constants=join("\n\n", codec.constants.values()),
            decode=decoded,
            functions=functions,
            rules=tuple(self._rules(codec)),
            codec=_codec(name, decl.nullable),
        )

    def _values(self, decl: Decl) -> Code | None:
        """The constant that lists the values of an enumeration."""
        name, enum = self.speller.values_name(decl), enumeration(decl.body)
        if name is None or enum is None:
            return None
        of = self.speller.type_name(decl)
        values = Group("(", tuple(map(literals.node, enum.values)), ")")
        constant = lay_tuple(name, of, values)
        return join("\n", [constant, docstring([listed(decl)], 0)])

    def _is_circular(self, start: Decl) -> bool:
        """Whether an alias leads to itself, or to one that does: Python needs quotes.

        Only what it leads to is looked at, and that once for all.
        """
        edges: dict[str, set[str]] = {}
        waiting = [] if start.id in self._circular else [start.id]
        while waiting:
            id_ = waiting.pop()
            if id_ in self._circular:
                edges[id_] = {id_} if self._circular[id_] else set()
            elif id_ not in edges:
                edges[id_] = self._aliases(self.decls[id_])
                waiting += edges[id_]
        found = endless(edges)
        self._circular.update((id_, id_ in found) for id_ in edges)
        return self._circular[start.id]

    def _aliases(self, decl: Decl) -> set[str]:
        """The aliases that an alias names."""
        refs = self._aliased(decl).refs
        return {id_ for id_ in refs if not isinstance(self.decls[id_].body, Record)}

    # --- parts of a module ------------------------------------------------------------

    def _rules(self, codec: Codec) -> Iterator[Rules]:
        """The functions of tables that decoders ask."""
        for name, schema in codec.rules.items():
            table = lay(self.tables.inside(schema), depth=1, before="return ")
            yield Rules(Code(name), table)

    @cached_property
    def _depths(self) -> Depths:
        return depths(self.speller.model)

    def _siblings(
        self, decl: Decl, made: Sequence[TypeExpr], depth: int
    ) -> Iterator[Code]:
        """The imports of the types that expressions name."""
        ids = {id_ for expression in made for id_ in expression.refs} - {decl.id}
        found = {self.speller.file_stem(self.decls[id_]): id_ for id_ in ids}
        for stem in sorted(found):
            name = self.speller.type_name(self.decls[found[stem]])
            yield import_(f".{stem}", {name}, depth)


def _codec(name: Code, nullable: bool) -> Code:
    """The codec of a type alias."""
    # In quotes, since at run time the alias may be text, or None itself.
    of = f'"{name} | None"' if nullable else name
    before = f"_codec = Codec[{of}]"
    if width(f"{before}(") > WIDTH:
        before = f"_codec = Codec[\n{STEP}{of}\n]"
    arguments = literals.string(name), Code("assertions"), Code("construct")
    return lay(Group("(", arguments, ")"), before=before)


def _signature(name: str) -> Code:
    """The head of the function that decodes objects of a class."""
    arguments = ("data: Any", "depth: int = 0", f"cls: Any = {name}")
    group = Group("def construct(", tuple(map(Code, arguments)), ")")
    return lay(group, after=" -> Any:")


def _used(record: Record, base: str, always: bool) -> Iterator[str]:
    """What the template of a class takes from the runtime."""
    yield from ("FAULTS", base, "dataclass", "rebuild")
    if not always:
        yield "instance"
    if any(not item.required for item in record.fields):
        yield from ("UNSET", "Unset")


def _refusing(codec: Codec, decoded: Code, functions: Iterable[Function]) -> None:
    """Take the name of what is raised where a value is refused, if anything does."""
    if any("Reject" in body for body in (decoded, *(f.body for f in functions))):
        codec.use("Reject")


def import_(module: str, names: Iterable[str], depth: int = 0) -> Code:
    """An import, its names in the order that isort gives them."""
    return _import(module, frozenset(names), depth)


@lru_cache(_REMEMBERED)
def _import(module: str, names: frozenset[str], depth: int) -> Code:
    ordered = sorted(names, key=_rank) if len(names) > 1 else names
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) + len(STEP) * depth <= WIDTH:
        return Code(line)
    group = Group("(", tuple(map(Code, ordered)), ")")
    return lay(group, depth=depth, before=f"from {module} import ")


def _rank(name: str) -> tuple[bool, bool, str]:
    return not name.isupper(), name.islower(), name


def _typing(made: Iterable[TypeExpr]) -> set[str]:
    """What type expressions need of ``typing``; strings in them do not count."""
    return {name for m in made for name in _typing_of(m.text)}


@lru_cache(_REMEMBERED)
def _typing_of(text: str) -> tuple[str, ...]:
    return tuple(_TYPING.findall(_STRING.sub("", text)))
