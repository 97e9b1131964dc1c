"""How Python names declarations and properties, and writes types.

Enters: types of the model. Leaves: type expressions for Python 3.10 under
``from __future__ import annotations``. Promises: what it writes is legal, a checker
takes it as meant, and no name hides another that the same module uses. Bindings and
documentation share this speller.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from ...code import Code, TypeExpr, TypeRef, expr, join_exprs, word
from ...ir import (
    Branch,
    Decl,
    EnumBody,
    Field,
    Json,
    Model,
    TupleType,
)
from ...naming import snake
from ...target import Speller, Words, enumeration
from ..nominal import is_fixed
from ..settings import PYTHON_KEYWORDS as KEYWORDS, PythonSettings
from . import literals

EXPORTS = frozenset(
    "UNSET DecodeError EncodeError JsonObject Unset Violation"
    " decode decode_json encode encode_json validate".split()
)
"""What a generated package offers beside the spec's own types."""
METHODS = frozenset("from_dict from_json to_dict to_json validate assertions".split())
EXTRA = "additional_properties"
"""The attribute that keeps properties which the spec does not name."""
EXTRA_SLOT = "_extra"
"""Where it does: None while there are none."""

# What a class body evaluates, or an annotation in it mentions.
_IN_CLASS = "bool classmethod dict float int list staticmethod str tuple".split()
_IN_MODULE = frozenset(
    "Any ByTag Codec FAULTS INFINITY Literal NoReturn OpenObject Reject Self TypeAlias"
    " Union".split()
)
# A module is an attribute of the package as well, where it must hide nothing.
_IN_PACKAGE = "annotations dict getattr globals import_module list sorted str".split()
_NO_MODULES = KEYWORDS | EXPORTS | {*_IN_PACKAGE}

_REMEMBERED = 1 << 12
"""Unions that are remembered: most occur over and over."""
_UNSET = word("Unset")


class PythonSpeller(Speller):
    """Python: dataclasses, unions with ``|``, ``Literal`` for fixed values."""

    language: ClassVar[str] = "python"
    title: ClassVar[str] = "Python"
    settings_type: ClassVar[type] = PythonSettings
    words: ClassVar[Words] = Words(
        any=word("Any"),
        never=word("NoReturn"),  # `Never` is as new as Python 3.11
        null=word("None"),
        boolean=word("bool"),
        integer=word("int"),
        number=word("float"),  # takes an `int` as well (typing, "special cases")
        string=word("str"),
        list_of=("list[", "]"),
        map_of=("dict[str, ", "]"),
    )
    structural: ClassVar[bool] = True
    reserved_types: ClassVar[frozenset[str]] = KEYWORDS | EXPORTS | _IN_MODULE
    reserved_fields: ClassVar[frozenset[str]] = KEYWORDS | METHODS | {EXTRA, *_IN_CLASS}
    reserved_files: ClassVar[frozenset[str]] = _NO_MODULES

    settings: PythonSettings

    def __init__(self, model: Model, settings: PythonSettings) -> None:
        super().__init__(model, settings)
        self.package = Code(self.settings.package)
        self._optional: dict[str, TypeExpr] = {}

    # --- names ------------------------------------------------------------------------

    def file_style(self, name: str) -> str:
        """``snake_case``."""
        return snake(name)

    def field_style(self, text: str) -> str:
        """``snake_case``."""
        return snake(text)

    def values_name(self, decl: Decl) -> Code | None:
        """A tuple; one that held a list or a dictionary could change."""
        enum = enumeration(decl.body)
        if enum is None or any(isinstance(x, list | dict) for x in enum.values):
            return None
        return Code(f"{self.file_stem(decl).upper()}_VALUES")

    # --- types ------------------------------------------------------------------------

    def field(self, field: Field) -> TypeExpr:
        """An optional property may be ``UNSET``."""
        made = self.spell(field.type)
        if field.required:
            return made
        if made.text not in self._optional:  # which tells the types of a model apart
            self._optional[made.text] = _joined(made, _UNSET)
        return self._optional[made.text]

    def const(self, value: Json) -> TypeExpr:
        """A ``Literal`` where Python has one for the value, else its type."""
        match value:
            case int() if not _has_literal(value):
                return self.words.integer
            case bool() | str() | int():
                return expr(f"Literal[{literals.literal(value)}]")
            case float():
                return self.words.number
            case list():
                return self.list(self.words.any)
            case dict():
                return self.map(self.words.any)
            case None:
                return self.words.null

    def enum(self, enum: EnumBody) -> TypeExpr:
        """One ``Literal`` of all values; an open one takes any string beside them."""
        fixed = [value for value in enum.values if _has_literal(value)]
        others = [value for value in enum.values if not _has_literal(value)]
        members = [self.const(value) for value in others]
        if fixed:
            listed = ", ".join(map(literals.literal, fixed))
            members.insert(0, expr(f"Literal[{listed}]"))
        if enum.open:
            members.append(self.words.string)
        return _joined(*members)

    def union(self, branches: Sequence[Branch]) -> TypeExpr:
        """``A | B``."""
        return _joined(*(self.spell(branch.type) for branch in branches))

    def tuple(self, type_: TupleType) -> TypeExpr:
        """A ``tuple`` if its length is fixed, else a list of what may be in it."""
        items = [self.spell(item) for item in type_.prefix]
        if is_fixed(type_):
            return expr("tuple[", join_exprs(", ", items), "]")
        return self.list(_joined(*items, self.spell(type_.rest)))

    def nullable(self, inner: TypeExpr) -> TypeExpr:
        """``T | None``."""
        return _joined(inner, self.words.null)

    def literal(self, value: Json) -> Code:
        """A JSON value as an expression."""
        return literals.literal(value)


def _has_literal(value: Json) -> bool:
    """Whether a ``Literal`` may have a value: mypy takes whole numbers of 63 bits."""
    if isinstance(value, int):
        return abs(value) < 2**63
    return isinstance(value, str)


def split_union(made: TypeExpr) -> list[TypeExpr]:
    """The operands of an expression's outermost ``|``."""
    if " | " not in made.text:
        return [made]
    members: list[TypeExpr] = []
    parts: list[str | TypeRef] = []
    depth = 0
    for part in made.parts:
        if isinstance(part, TypeRef):
            parts.append(part)
            continue
        begin = 0
        for match in literals.TOKEN.finditer(part):
            token = match[0]
            depth += (token == "[") - (token == "]")
            if token == " | " and depth == 0:
                parts += [part[begin : match.start()]] if match.start() > begin else []
                members.append(expr(*parts))
                parts, begin = [], match.end()
        parts += [part[begin:]] if len(part) > begin else []
    return [*members, expr(*parts)]


@lru_cache(_REMEMBERED)
def _joined(*members: TypeExpr) -> TypeExpr:
    """A union without repeats, null and absence last; beside ``Any`` only absence."""
    parts: dict[str, TypeExpr] = {}
    for member in members:
        for part in split_union(member):
            parts.setdefault(part.text, part)
    if "Any" in parts:
        parts = {text: part for text, part in parts.items() if text in ("Any", "Unset")}
    if len(parts) > 1:
        parts.pop("NoReturn", None)
    last = [parts.pop(text) for text in ("None", "Unset") if text in parts]
    return join_exprs(" | ", [*parts.values(), *last])
