"""Tables in TypeScript: the assertions of a declaration as an object literal.

Enters: the schema of a declaration. Leaves: a tree of literals, and the declarations
that it refers to. What has a table of its own, inline or not, is referred to, so that
nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from ...code import Code
from ...ir import Decl, Json, Schema
from ...tables import Outline, Table, assertions, patterns_within
from . import literals
from .layout import Group, Tree, array, group, record
from .patterns import compiles

_LISTS = frozenset(["allOf", "anyOf", "oneOf", "prefixItems"])
_MAPS = frozenset(["properties", "patternProperties"])
_PATTERNED = frozenset("pattern patternProperties unevaluatedProperties".split())
_REF = Code("$ref: () => ")
_SINGLES = frozenset(
    "additionalProperties items contains not propertyNames if then else"
    " unevaluatedProperties unevaluatedItems".split()
)

# Every object inherits these: compilers expect what is inherited in a property that is
# called so, unless they are told better.
_INHERITED = frozenset(
    "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString"
    " toString valueOf".split()
)

_REMEMBERED = 1 << 12
"""Tables of one keyword that are remembered."""


class Tables:
    """The tables of a model, given the name of each."""

    def __init__(self, names: Mapping[str, Code], decls: Iterable[Decl]) -> None:
        self.names = names
        self._outline = Outline(decls)
        self._schemas: dict[str, Schema] = {}

    def schema(self, decl: Decl) -> Schema:
        """The assertions of a declaration, with references for what has a table."""
        if decl.id not in self._schemas:
            self._schemas[decl.id] = self._outline.inside(decl.schema)
        return self._schemas[decl.id]

    def tree(self, decl: Decl) -> tuple[Tree, tuple[str, ...]]:
        """The table of a declaration, and the declarations it refers to, in order."""
        used: dict[str, None] = {}

        def name_ref(id_: str) -> str:
            used[id_] = None
            return self.names[id_]

        table = assertions(self.schema(decl), name_ref)
        return _tree(table), tuple(used)


def _tree(table: Json) -> Tree:
    """A table as an object literal; what ``$ref`` names is looked up on use."""
    if not isinstance(table, dict):
        return literals.tree(table, literals.exact)
    if len(table) == 1:
        [(keyword, operand)] = table.items()
        if isinstance(operand, str) and keyword != "pattern":
            return _single(keyword, operand)
    if not _PATTERNED.isdisjoint(table):
        table = _sayable(table)
    return record([_member(keyword, value) for keyword, value in table.items()])


def _sayable(table: Table) -> Table:
    """The table without patterns that JavaScript has not."""
    said = {k: v for k, v in table.items() if k != "pattern" or compiles(str(v))}
    if not all(map(compiles, patterns_within(table))):
        said.pop("unevaluatedProperties", None)  # which depends on all of them
    patterns = said.get("patternProperties")
    if isinstance(patterns, dict) and not all(map(compiles, patterns)):
        del said["patternProperties"]
        kept: Table = {k: v for k, v in patterns.items() if compiles(k)}
        said |= {"patternProperties": kept} if kept else {}
        # Some of the properties that it would judge have a pattern.
        said.pop("additionalProperties", None)
    return said


@lru_cache(_REMEMBERED)
def _single(keyword: str, operand: str) -> Tree:
    """The table of one keyword, which most are."""
    return record([_member(keyword, operand)])


def _member(keyword: str, value: Json) -> tuple[Code, Tree]:
    if keyword == "$ref":
        return _REF, Code(value)
    label = literals.label(keyword)
    if isinstance(value, str):
        return label, literals.string(value)
    if keyword in _SINGLES:
        return label, _tree(value)
    if keyword in _LISTS and isinstance(value, list):
        return label, array([_tree(item) for item in value])
    if keyword in _MAPS and isinstance(value, dict):
        return label, record([_named(name, member) for name, member in value.items()])
    return label, literals.tree(value, literals.exact)


def _named(name: str, table: Json) -> tuple[Code, Tree]:
    tree = _tree(table)
    if name in _INHERITED and isinstance(tree, Group):
        tree = group(tree.open, tree.items, Code("} as Schema"))
    return literals.label(name), tree
