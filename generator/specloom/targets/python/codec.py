"""Codec: the code that builds values from valid JSON and writes them back.

Enters: types and unions with their dispatch. Leaves: expressions and statements. Valid
JSON needs little: numbers become ``int`` where the type says so, objects become
instances, lists and dictionaries are copied; everything else stays as it is. What is
told apart by tag, kind or literal follows :class:`ir.Dispatch`; where only a trial
decides, the assertions of the branches are tried in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...code import Code
from ...ir import (
    Alias,
    AnyType,
    ByLiteral,
    ByTag,
    Choice,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    IntegerType,
    Kind,
    ListType,
    MapType,
    NullableType,
    Only,
    Record,
    Trial,
    TupleType,
    Type,
    UnionBody,
)
from ...naming import snake
from ..nominal import is_fixed
from . import literals as literals
from .layout import STEP, Group, Loop, Node, Pair, flat, lay
from .spelling import PythonSpeller
from .tables import Tables

_ITEMS = ("item", "part", "piece", "element")
_CONVERTED: tuple[Kind, ...] = ("number", "array", "object")
"""Kinds of value that some type holds in another form than JSON has them."""


@dataclass(slots=True)
class Codec:
    """Writes the code of one module, and remembers what the code refers to."""

    speller: PythonSpeller
    tables: Tables
    home: Decl
    """Whose module it is."""
    runtime: set[str] = field(default_factory=set[str])
    """Names of the runtime that the code uses."""
    helpers: dict[str, Decl] = field(default_factory=dict[str, Decl])
    """Unions written in place that need a function, by the function's name."""

    @property
    def _decls(self) -> Mapping[str, Decl]:
        return self.speller.model.decls

    # --- questions --------------------------------------------------------------------

    def is_plain(self, type_: Type) -> bool:
        """Whether valid JSON of a type is its value already."""
        return not any(self.converts(type_, kind) for kind in _CONVERTED)

    def converts(
        self, type_: Type, kind: Kind, seen: frozenset[str] = frozenset()
    ) -> bool:
        """Whether a type may hold values of a kind in another form than JSON."""
        match type_:
            case IntegerType():
                return kind == "number"
            case ListType() | TupleType():
                return kind == "array"
            case MapType():
                return kind == "object"
            case NullableType(inner=inner):
                return self.converts(inner, kind, seen)
            case DeclRef(id=id_):
                if id_ in seen:
                    return False
                return self.converts_body(self._decls[id_], kind, seen | {id_})
            case _:
                return False

    def converts_any(self, decl: Decl) -> bool:
        """Whether any value of a declaration has another form than JSON."""
        return any(self.converts_body(decl, kind) for kind in _CONVERTED)

    def converts_body(
        self, decl: Decl, kind: Kind, seen: frozenset[str] = frozenset()
    ) -> bool:
        """The same for what a declaration stands for."""
        match decl.body:
            case Record():
                return kind == "object"
            case EnumBody():
                return False
            case Alias(type=type_):
                return self.converts(type_, kind, seen)
            case UnionBody(branches=branches):
                return any(self.converts(b.type, kind, seen) for b in branches)

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
                match self._decls[id_].body:
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

    # --- expressions ------------------------------------------------------------------

    def build(self, type_: Type, source: str, depth: int = 0) -> Node:
        """An expression that makes a value of a type from valid JSON."""
        if self.is_plain(type_):
            return Code(source)
        match type_:
            case IntegerType():
                return _call(self.use("whole"), source)
            case NullableType(inner=inner):
                made = flat(self.build(inner, source, depth))
                return Code(f"None if {source} is None else {made}")
            case ListType(item=item, implied=implied):
                made_list = self._list(item, source, depth)
                return self._if("array", source, made_list) if implied else made_list
            case TupleType(implied=implied):
                made_tuple = self._tuple(type_, source, depth)
                return self._if("array", source, made_tuple) if implied else made_tuple
            case MapType(value=value, implied=implied):
                made_map = self._map(value, source, depth)
                return self._if("object", source, made_map) if implied else made_map
            case DeclRef(id=id_):
                return self._declared(self._decls[id_], source, depth)
            case _:
                return Code(source)

    def use(self, name: str) -> str:
        """A name of the runtime, which the module then imports."""
        self.runtime.add(name)
        return name

    def _list(self, item: Type, source: str, depth: int) -> Node:
        if self.is_plain(item):
            return _call("list", source)
        name = _variable(depth)
        made = self.build(item, name, depth + 1)
        return Loop("[", made, f"for {name} in {source}", "]")

    def _map(self, value: Type, source: str, depth: int) -> Node:
        if self.is_plain(value):
            return _call("dict", source)
        name = _variable(depth)
        made = self.build(value, name, depth + 1)
        clause = f"for key, {name} in {source}.items()"
        return Loop("{", Pair("key: ", made), clause, "}")

    def _tuple(self, type_: TupleType, source: str, depth: int) -> Node:
        """A tuple if its length is fixed; else a list, its first items one by one."""
        count = len(type_.prefix)
        if is_fixed(type_):
            items = [
                self.build(t, f"{source}[{i}]") for i, t in enumerate(type_.prefix)
            ]
            return Group("(", tuple(items), ")")
        if all(map(self.is_plain, (*type_.prefix, type_.rest))):
            return _call("list", source)
        name = _variable(depth)
        parts = [
            Code(
                f"*({flat(self.build(t, name, depth + 1))}"
                f" for {name} in {source}[{i}:{i + 1}])"
            )
            for i, t in enumerate(type_.prefix)
        ]
        rest = flat(self.build(type_.rest, name, depth + 1))
        parts.append(Code(f"*({rest} for {name} in {source}[{count}:])"))
        return Group("[", tuple(parts), "]")

    def _declared(self, decl: Decl, source: str, depth: int) -> Node:
        if self.speller.written_in_place(decl) is None:
            self.use("models")
            made = _call(f"models.{self.tables.reference(decl.id)}.construct", source)
            if isinstance(decl.body, Record) and decl.body.implied:
                return self._if("object", source, made)
            return made
        if isinstance(decl.body, Alias):
            return self.build(decl.body.type, source, depth)
        name = self._helper(decl)
        return _call(name, source)

    def _if(self, kind: str, source: str, made: Node) -> Code:
        """An expression for values of a kind; others stay as they are."""
        test = self.use(f"is_{kind}")
        return Code(f"{flat(made)} if {test}({source}) else {source}")

    def _helper(self, decl: Decl) -> str:
        """The name of the function for a union in place, without the module's own."""
        short = decl.name.removeprefix(self.home.name)
        for name in (f"_{snake(short)}" if short else "", f"_{snake(decl.name)}"):
            if name and self.helpers.setdefault(name, decl) is decl:
                return name
        raise ValueError(f"{decl.name} clashes with a helper")  # names are distinct

    # --- unions -----------------------------------------------------------------------

    def union(self, union: UnionBody, constant: str) -> Iterator[Code]:
        """The statements of a function that builds a member of a union from ``value``.

        ``constant`` names the table of tags, if :meth:`tags` gives one.
        """
        types = [branch.type for branch in union.branches]
        for kind, choice in union.dispatch.by_kind:
            if kind in ("array", "object") and any(
                self.converts(type_, kind) for type_ in types
            ):
                yield Code(f"if {self.use(f'is_{kind}')}(value):")
                for line in self._choice(union, choice, kind, constant):
                    yield Code(f"    {line}")
        whole = any(self.converts(type_, "number") for type_ in types)
        yield Code(f"return {self.use('whole')}(value)" if whole else "return value")

    def _choice(
        self, union: UnionBody, choice: Choice, kind: Kind, constant: str
    ) -> Iterator[str]:
        match choice:
            case Only(branch=branch):
                yield from self._return(union, branch, kind)
            case Trial(branches=branches):
                yield from self._trial(union, branches, kind)
            case ByLiteral():
                yield from self._trial(union, _all_of(choice), kind)
            case ByTag() if (tags := self.tags(union, choice)) is not None:
                yield from self._by_tag(union, choice, tags, constant)
            case ByTag():
                yield from self._trial(union, _all_of(choice), kind)

    def _return(self, union: UnionBody, branch: int, kind: Kind) -> Iterator[str]:
        type_ = union.branches[branch].type
        if not self.converts(type_, kind):
            yield "return value"
            return
        if isinstance(type_, NullableType):  # it is not null here
            type_ = type_.inner
        yield from _laid(self.build(type_, "value"), "return ")

    def _trial(
        self, union: UnionBody, branches: Sequence[int], kind: Kind
    ) -> Iterator[str]:
        """Try in order; the value is valid, so the last one needs no test."""
        *tested, last = branches
        for branch in tested:
            table = self.tables.inside(union.branches[branch].schema)
            group = Group(f"{self.use('accepts')}(", (table, Code("value")), ")")
            yield from _laid(group, "if ", ":")
            yield from (STEP + line for line in self._return(union, branch, kind))
        yield from self._return(union, last, kind)

    def tags(self, union: UnionBody, choice: ByTag) -> dict[str, Code] | None:
        """What each tag stands for, an attribute of the package, if all are so."""
        found: dict[str, Code] = {}
        for tag, made in choice.cases:
            if not isinstance(tag, str) or not isinstance(made, Only):
                return None
            type_ = union.branches[made.branch].type
            if not isinstance(type_, DeclRef):
                return None
            decl = self._decls[type_.id]
            if self.speller.written_in_place(decl) or not self.converts(
                type_, "object"
            ):
                return None
            found[tag] = self.tables.reference(decl.id)
        return found

    def _by_tag(
        self, union: UnionBody, choice: ByTag, tags: dict[str, Code], constant: str
    ) -> Iterator[str]:
        self.use("models")
        key = literals.string(choice.key)
        if choice.other is None and choice.absent is None:
            yield f"name = {constant}[value[{key}]]"
            yield "return getattr(models, name).construct(value)"
            return
        yield f"tag = value.get({key})"
        yield f"if isinstance(tag, str) and tag in {constant}:"
        yield f"    return getattr(models, {constant}[tag]).construct(value)"
        other, absent = choice.other, choice.absent
        if other == absent or other is None or absent is None:
            made = other if absent is None else absent
            assert made is not None
            yield from self._choice(union, made, "object", constant)
            return
        yield f"if {key} in value:"
        for line in self._choice(union, other, "object", constant):
            yield f"    {line}"
        yield from self._choice(union, absent, "object", constant)

    def tag_table(self, union: UnionBody, constant: str) -> Code | None:
        """The constant that says what each tag of a union stands for."""
        for _, choice in union.dispatch.by_kind:
            if isinstance(choice, ByTag):
                tags = self.tags(union, choice)
                if tags is not None:
                    pairs = [
                        Pair(f"{literals.string(tag)}: ", literals.string(name))
                        for tag, name in tags.items()
                    ]
                    group = Group("{", tuple(pairs), "}")
                    return lay(group, before=f"{constant} = ")
        return None


def _laid(node: Node, before: str, after: str = "") -> Iterator[str]:
    """The lines of a statement two levels deep, the levels left out."""
    first, *more = lay(node, depth=2, before=before, after=after).split("\n")
    yield first
    yield from (line.removeprefix(STEP * 2) for line in more)


def constant_name(function: str = "") -> str:
    """The name of the table of tags that a function uses."""
    return f"{function.upper()}_BY_TAG"


def _variable(depth: int) -> str:
    """A name for what a loop goes through, other than those around it."""
    return _ITEMS[depth] if depth < len(_ITEMS) else f"item_{depth}"


def _call(name: str, argument: str) -> Group:
    return Group(f"{name}(", (Code(argument),), ")")


def _all_of(choice: ByTag | ByLiteral) -> list[int]:
    """Every branch that a choice may lead to, in order."""
    made: list[Only | Trial | None] = [made for _, made in choice.cases]
    made.append(choice.other)
    if isinstance(choice, ByTag):
        made.append(choice.absent)
    found: set[int] = set()
    for one in made:
        match one:
            case Only(branch=branch):
                found.add(branch)
            case Trial(branches=branches):
                found.update(branches)
            case None:
                pass
    return sorted(found)
