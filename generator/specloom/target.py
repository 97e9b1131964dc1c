"""Target: what a language or a kind of documentation has to provide.

A :class:`Target` lowers the model to pages: a path, a template and a view that holds
encoded text only. A :class:`Speller` says how one language names declarations and
properties and writes types; bindings and documentation share it, so that a page shows
the types that the binding really has. To add one, see CONTRIBUTING.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from .code import Code, TypeExpr, TypeRef, expr
from .diagnostics import Diagnostics
from .ir import (
    Alias,
    AnyType,
    Body,
    BooleanType,
    Branch,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    Field,
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
from .naming import allocate, fit_file
from .settings import settle_names
from .values import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """One file to be: where, laid out by which template, from what.

    ``path`` is relative to the target's folder, with ``/``. A template whose name does
    not end in ``.j2`` is a file that is copied as it is.
    """

    path: str
    template: str
    lower: Callable[..., object] | None = None
    """Makes what the template reads; is given ``decl``, where there is one."""
    finish: Callable[[str], str] | None = None
    """What is done to the text after the template, such as breaking long lines."""
    decl: Decl | None = None
    """The declaration that it is about, if it is not about them all.

    What it says of others has to be among what ``keys.py`` lists.
    """
    shows: Sequence[str] | Mapping[Any, str] | None = None
    """All that a page about the whole shows of declarations, where that is little.

    Of a page about one, what it may show beside that.
    """

    def view(self) -> object:
        """What the template reads; the same whenever, and in any process."""
        if self.lower is None:
            return None
        return self.lower() if self.decl is None else self.lower(self.decl)


@dataclass(frozen=True, slots=True)
class Run:
    """What a target is given: the model, and the settings of every target by name."""

    model: Model
    settings: Mapping[str, Any]
    docs_base_url: str | None = None
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    """Where a target tells what its language cannot say."""


class Target(Protocol):
    """Something that Specloom can write."""

    name: ClassVar[str]
    """Its name on the command line and of its folder in the output."""
    summary: ClassVar[str]
    """One line for ``specloom targets``."""
    settings_type: ClassVar[type]
    """A frozen dataclass: a default for each setting, its docstring is the help."""

    def pages(self, run: Run) -> Iterator[Page]:
        """Lower the model, in a deterministic order.

        What there is to report is reported here: views are made elsewhere.
        """
        ...


def enumeration(body: Body) -> EnumBody | None:
    """The fixed values that a declaration lists, of which there may be just one."""
    match body:
        case EnumBody():
            return body
        case Alias(type=ConstType(value=value)):
            return EnumBody((value,))
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Words:
    """What a language writes for the types that are the same wherever they stand."""

    any: TypeExpr
    """Any JSON value, null included."""
    never: TypeExpr
    """No value."""
    null: TypeExpr
    """Only null."""
    boolean: TypeExpr
    integer: TypeExpr
    """A whole number of any size: ``format`` asserts nothing."""
    number: TypeExpr
    string: TypeExpr
    list_of: tuple[str, str]
    """What stands before and behind the type of an array's items."""
    map_of: tuple[str, str]
    """The same for the values of an object that is used as a dictionary."""


class Speller(ABC):
    """How one language names things and writes types.

    A subclass fills in the class attributes without a default here, and the abstract
    methods.
    """

    language: ClassVar[str]
    """The name of the language, as in ``[language]`` of the configuration."""
    title: ClassVar[str]
    """The language's name for people."""
    settings_type: ClassVar[type]
    """The settings of the language, such as its package's name; as for a target."""
    words: ClassVar[Words]
    """Its types for what has no parts, and its forms of lists and dictionaries."""
    structural: ClassVar[bool] = False
    """Whether short enumerations and unions are written in place of use."""
    in_place_width: ClassVar[int] = 60
    """An expression longer than this gets a name of its own."""
    reserved_types: ClassVar[frozenset[str]] = frozenset()
    """Names that no generated type may have."""
    reserved_fields: ClassVar[frozenset[str]] = frozenset()
    """Names that no generated property may have."""
    reserved_files: ClassVar[frozenset[str]] = frozenset()
    """Names, without suffix, that no generated file may have."""
    file_suffix: ClassVar[str] = "_"
    """What is put behind a reserved name of a file."""

    def __init__(self, model: Model, settings: Any) -> None:
        self.model = model
        self.settings = settle_names(settings, model.title)
        self._names: dict[str, Code] = {
            decl.id: self._escaped(decl.name) for decl in model.decls.values()
        }
        self._field_names: dict[tuple[str, ...], Mapping[str, Code]] = {}
        self._stems: dict[str, str] = {}
        self._in_place: dict[str, TypeExpr | None] = {}

    def _escaped(self, name: str) -> Code:
        reserved = name in self.reserved_types
        return Code(f"{name}_" if reserved else name)

    # --- names ------------------------------------------------------------------------

    def type_name(self, decl: Decl) -> Code:
        """The name of a declaration's type."""
        return self._names[decl.id]

    def file_stem(self, decl: Decl) -> str:
        """The name, without suffix, of the file or page of a declaration."""
        if decl.id not in self._stems:
            self._stems[decl.id] = self._file_stem(self.type_name(decl))
        return self._stems[decl.id]

    def _file_stem(self, name: str) -> str:
        stem = self.file_style(name)
        if stem in self.reserved_files:
            return stem + self.file_suffix
        return fit_file(stem, self.file_suffix)

    def values_name(self, decl: Decl) -> Code | None:
        """The constant that lists the values of :func:`enumeration`, if any does."""
        return None

    @property
    def told_apart(self) -> Sequence[str]:
        """Names that would be others if no other declaration were called as it is.

        Those of types, files and properties are not among them.
        """
        return ()

    def file_style(self, name: str) -> str:
        """The case style of files; by default they are called like the types."""
        return str(name)

    def field_names(self, record: Record) -> Mapping[str, Code]:
        """The name of each property, by its name on the wire."""
        wires = tuple([item.wire_name for item in record.fields])
        if wires not in self._field_names:  # which many records have in common
            given = allocate(wires, self.field_style, reserved=self.reserved_fields)
            self._field_names[wires] = {
                wire: self._field_escaped(name) for wire, name in given.items()
            }
        return self._field_names[wires]

    def _field_escaped(self, name: str) -> Code:
        return Code(name)

    @abstractmethod
    def field_style(self, text: str) -> str:
        """The case style of properties."""

    # --- types ------------------------------------------------------------------------

    def written_in_place(self, decl: Decl) -> TypeExpr | None:
        """The expression that stands for an inline declaration, if it needs no name."""
        if not self.structural or not decl.inline or decl.owner is None:
            return None
        if decl.id not in self._in_place:
            self._in_place[decl.id] = self._try_in_place(decl)
        return self._in_place[decl.id]

    def _try_in_place(self, decl: Decl) -> TypeExpr | None:
        match decl.body:
            case EnumBody() as enum:
                made = self.enum(enum)
            case UnionBody() as union:
                made = self.union(union.branches)
            case Alias() | Record():  # named so that types are not nested deeper
                return None
        return made if len(made.text) <= self.in_place_width else None

    def declared(self) -> Iterator[Decl]:
        """The declarations that get a file or a page, in document order."""
        for decl in self.model.decls.values():
            if self.written_in_place(decl) is None:
                yield decl

    def spell(self, type_: Type) -> TypeExpr:
        """The expression of a type where it is used."""
        match type_:  # what is most common first
            case DeclRef(id=id_):
                if isinstance(self.model.resolve(type_), NullType):
                    # By name it would hide that null is said twice.
                    return self.words.null
                decl = self.model.decls[id_]
                return self.written_in_place(decl) or self.reference(decl)
            case AnyType():
                return self.words.any
            case NeverType():
                return self.words.never
            case NullType():
                return self.words.null
            case BooleanType():
                return self.words.boolean
            case IntegerType():
                return self.words.integer
            case NumberType():
                return self.words.number
            case StringType():
                return self.words.string
            case ConstType(value=value):
                return self.const(value)
            case ListType(item=item):
                return self.list(self.spell(item))
            case TupleType():
                return self.tuple(type_)
            case MapType(value=value):
                return self.map(self.spell(value))
            case NullableType(inner=inner):
                spelled = self.spell(inner)
                null = isinstance(self.model.resolve(inner), NullType)
                return spelled if null else self.nullable(spelled)

    def reference(self, decl: Decl) -> TypeExpr:
        """A use of a declared type."""
        return TypeExpr((TypeRef(decl.id, self.type_name(decl)),))

    @abstractmethod
    def field(self, field: Field) -> TypeExpr:
        """The type of a property, with the language's idiom for an absent one."""

    @abstractmethod
    def const(self, value: Json) -> TypeExpr:
        """One fixed value."""

    @abstractmethod
    def enum(self, enum: EnumBody) -> TypeExpr:
        """Fixed values written in place, or the definition of a named enumeration."""

    @abstractmethod
    def union(self, branches: Sequence[Branch]) -> TypeExpr:
        """Alternatives written in place, or the definition of a named union."""

    def list(self, item: TypeExpr) -> TypeExpr:
        """An array of one type."""
        before, behind = self.words.list_of
        return expr(before, item, behind)

    @abstractmethod
    def tuple(self, type_: TupleType) -> TypeExpr:
        """An array with a type for each position."""

    def map(self, value: TypeExpr) -> TypeExpr:
        """An object used as a dictionary."""
        before, behind = self.words.map_of
        return expr(before, value, behind)

    @abstractmethod
    def nullable(self, inner: TypeExpr) -> TypeExpr:
        """A type or null."""

    @abstractmethod
    def literal(self, value: Json) -> Code:
        """A JSON value as a literal of the language, for defaults and examples."""

    def default(self, field: Field, value: Json) -> Code:
        """The default of a property, as code would set it: with constants by name."""
        return self.literal(value)
