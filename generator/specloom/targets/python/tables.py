"""Tables in Python: the assertions of a declaration as a dictionary.

Enters: the schema of a declaration. Leaves: a literal to be laid out, in the keywords
of JSON Schema. A ``$ref`` names a class or a module of the package. A pattern that
Python writes in another way stands beside the spec's own; one that Python cannot say
is left out; ``unsaid.py`` tells of it.
"""

from __future__ import annotations

from functools import lru_cache

from ...code import Code
from ...ir import Decl, Json, Record, Schema
from ...tables import Outline, Table, assertions, patterns_within
from . import literals
from .layout import Group, Known, Node, Pair, flat
from .patterns import translate
from .spelling import PythonSpeller

_LISTS = frozenset(["allOf", "anyOf", "oneOf", "prefixItems"])
_SINGLES = frozenset(
    "additionalProperties items contains not propertyNames if then else"
    " unevaluatedProperties unevaluatedItems".split()
)

_REMEMBERED = 1 << 12
"""Tables of one keyword that are remembered."""


class Tables:
    """The tables of a model."""

    def __init__(self, speller: PythonSpeller) -> None:
        self._speller = speller
        self._outline = Outline(speller.declared())

    def reference(self, id_: str) -> Code:
        """What a ``$ref`` says: an attribute of the package."""
        decl = self._speller.model.decls[id_]
        if isinstance(decl.body, Record):
            return self._speller.type_name(decl)
        return Code(self._speller.file_stem(decl))

    def of(self, decl: Decl) -> Node:
        """The table of a declaration."""
        return _table(assertions(decl.schema, self.reference, self._outline))

    def inside(self, schema: Schema) -> Node:
        """The table of a schema inside a declaration."""
        found = self._outline.of(schema)
        return _table(assertions(found, self.reference, self._outline))


def _table(table: Json) -> Node:
    if not isinstance(table, dict):
        return literals.node(table)
    if len(table) == 1:
        [(keyword, operand)] = table.items()
        if isinstance(operand, str) and keyword != "pattern":
            return _single(keyword, operand)
    pairs: list[Node] = []
    for keyword, operand in _sayable(table).items():
        made = _operand(keyword, operand)
        if made is not None:
            pairs.append(Pair(f'"{keyword}": ', made))
    return Group("{", tuple(pairs), "}") if pairs else Code("True")


@lru_cache(_REMEMBERED)
def _single(keyword: str, operand: str) -> Node:
    """The table of one keyword, which most are."""
    pair = Pair(f'"{keyword}": ', literals.string(operand))
    group = Group("{", (pair,), "}")
    return Known(group, flat(group))


def _operand(keyword: str, operand: Json) -> Node | None:
    if isinstance(operand, str):
        return _pattern(operand) if keyword == "pattern" else literals.string(operand)
    if keyword in _SINGLES:
        return _table(operand)
    if keyword in _LISTS and isinstance(operand, list):
        return Group("[", tuple(map(_table, operand)), "]")
    if keyword in ("properties", "patternProperties") and isinstance(operand, dict):
        members = [(literals.string(name), _table(t)) for name, t in operand.items()]
        return Group("{", tuple(Pair(f"{k}: ", v) for k, v in members), "}")
    return literals.node(operand)


def _pattern(pattern: str) -> Node | None:
    made = translate(pattern)
    if made is None or made == pattern:
        return literals.string(pattern) if made else None
    return Group("(", (literals.string(pattern), literals.string(made)), ")")


def _sayable(table: Table) -> Table:
    """The table without properties by pattern that Python cannot tell.

    Nor does it ask anything of what they leave over.
    """
    if "unevaluatedProperties" in table:
        if None in map(translate, patterns_within(table)):
            table = {k: v for k, v in table.items() if k != "unevaluatedProperties"}
    patterns = table.get("patternProperties")
    if not isinstance(patterns, dict):
        return table
    said: Table = {}
    for pattern, member in patterns.items():
        made = translate(pattern)
        if made is not None:
            said[made] = {"allOf": [said[made], member]} if made in said else member
    if len(said) < len(patterns):
        # Some of the properties that it would judge have a pattern.
        table = {k: v for k, v in table.items() if k != "additionalProperties"}
    return {**table, "patternProperties": said}
