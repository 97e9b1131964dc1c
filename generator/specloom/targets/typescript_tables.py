"""Tables in TypeScript: the assertions of a declaration as an object literal.

Enters: the schema of a declaration. Leaves: a tree of literals, and the declarations
that it refers to. What has a table of its own, inline or not, is referred to, so that
nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ..analyse import parts
from ..code import Code
from ..diagnostics import Location
from ..ir import Decl, Json, Schema
from ..tables import assertions
from . import typescript_literals as literals
from .typescript_layout import Group, Tree, array, record

_LISTS = frozenset(["allOf", "anyOf", "oneOf", "prefixItems"])
_MAPS = frozenset(["properties", "patternProperties"])
_SINGLES = frozenset(["additionalProperties", "items", "not", "propertyNames"])

# Every object inherits these: compilers expect what is inherited in a property that is
# called so, unless they are told better.
_INHERITED = frozenset(
    "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString"
    " toString valueOf".split()
)

NULL = Schema(kinds=("null",))


class Tables:
    """The tables of a model, given the name of each."""

    def __init__(self, names: Mapping[str, Code], decls: Iterable[Decl]) -> None:
        self.names = names
        self.homes: dict[Location, Decl] = {}
        for decl in decls:
            if decl.inline:
                self.homes.setdefault(decl.schema.at, decl)

    def tree(self, decl: Decl) -> tuple[Tree, tuple[str, ...]]:
        """The table of a declaration, and the declarations it refers to, in order."""
        used: dict[str, None] = {}

        def name_ref(id_: str) -> str:
            used[id_] = None
            return self.names[id_]

        table = assertions(_edited(decl.schema, self._outlined), name_ref)
        return _tree(table), tuple(used)

    def _outlined(self, schema: Schema) -> Schema:
        """A reference in place of a schema that has a table of its own."""
        home = self.homes.get(schema.at)
        if home is not None and home.schema == schema:
            return Schema(ref=home.id)
        if home is not None and home.schema == _without_null(schema):
            return Schema(any_of=(Schema(ref=home.id), NULL))
        return _edited(schema, self._outlined) if parts(schema) else schema


def _without_null(schema: Schema) -> Schema:
    kinds = schema.kinds or ()
    return replace(schema, kinds=tuple(kind for kind in kinds if kind != "null"))


def _edited(schema: Schema, edit: Callable[[Schema], Schema]) -> Schema:
    """A schema with each schema directly inside it replaced."""

    def optional(inner: Schema | None) -> Schema | None:
        return None if inner is None else edit(inner)

    def named(
        members: tuple[tuple[str, Schema], ...],
    ) -> tuple[tuple[str, Schema], ...]:
        return tuple((name, edit(member)) for name, member in members)

    array_, object_ = schema.array, schema.object
    return replace(
        schema,
        array=array_
        and replace(
            array_,
            prefix=tuple(map(edit, array_.prefix)),
            items=optional(array_.items),
        ),
        object=object_
        and replace(
            object_,
            properties=named(object_.properties),
            patterns=named(object_.patterns),
            additional=optional(object_.additional),
            names=optional(object_.names),
        ),
        all_of=tuple(map(edit, schema.all_of)),
        any_of=tuple(map(edit, schema.any_of)),
        one_of=tuple(map(edit, schema.one_of)),
        not_=optional(schema.not_),
    )


def _tree(table: Json) -> Tree:
    """A table as an object literal; what ``$ref`` names is looked up on use."""
    if not isinstance(table, dict):
        return literals.tree(table)
    return record([_member(keyword, value) for keyword, value in table.items()])


def _member(keyword: str, value: Json) -> tuple[Code, Tree]:
    if keyword == "$ref":
        return Code("$ref: () => "), Code(value)
    label = literals.label(keyword)
    if keyword in _SINGLES:
        return label, _tree(value)
    if keyword in _LISTS and isinstance(value, list):
        return label, array([_tree(item) for item in value])
    if keyword in _MAPS and isinstance(value, dict):
        return label, record([_named(name, member) for name, member in value.items()])
    return label, literals.tree(value)


def _named(name: str, table: Json) -> tuple[Code, Tree]:
    tree = _tree(table)
    if name in _INHERITED and isinstance(tree, Group):
        tree = replace(tree, close=Code("} as Schema"))
    return literals.label(name), tree
