"""Views of Python modules: what the templates lay out, all of it encoded."""

from __future__ import annotations

from ...code import Code
from ...values import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A function that decodes what is written in place."""

    signature: Code
    body: Code


@dataclass(frozen=True, slots=True)
class Rules:
    """A function that makes a table which a decoder asks."""

    name: Code
    table: Code


@dataclass(frozen=True, slots=True)
class Imports:
    """What a module needs of others."""

    plain: Code
    siblings: Code
    checked: Code
    """Only for type checkers; often empty."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """A dataclass."""

    header: Code
    imports: Imports
    opening: Code
    """The first line, from ``class`` to the colon."""
    docstring: Code
    fields: Code
    """The attributes, each with the docstring below it."""
    receiver: Code
    """The first parameter of the constructor: ``self``, if no property is so called."""
    parameters: Code
    """What the constructor takes for the attributes."""
    stores: Code
    """The statements that keep what the constructor got."""
    slots: Code
    signature: Code
    """The head of the function that decodes."""
    decode: Code
    """Statements that check ``data`` and fill ``self`` from it."""
    always: bool
    """Whether what is decoded is always an object."""
    write: Code
    """Statements that fill ``data`` from ``self``."""
    assertions: Code
    constants: Code
    functions: tuple[Function, ...]
    rules: tuple[Rules, ...]


@dataclass(frozen=True, slots=True)
class AliasView:
    """A type alias, and the codec of its values."""

    header: Code
    imports: Imports
    definition: Code
    docstring: Code
    values: Code | None
    """The constant that lists the values of an enumeration."""
    assertions: Code
    constants: Code
    decode: Code
    """Statements that check a value and build it."""
    functions: tuple[Function, ...]
    rules: tuple[Rules, ...]
    codec: Code
