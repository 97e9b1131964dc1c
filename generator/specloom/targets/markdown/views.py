"""Markdown's views: what its templates read. Encoded text in order, no decisions.

A row of a table is one text: its cells, with pipes between them.
"""

from __future__ import annotations

from typing import TypeAlias

from ...code import Code
from ...values import dataclass


@dataclass(frozen=True, slots=True)
class Detail:
    """A description that its cell could not hold."""

    heading: Code
    text: Code


@dataclass(frozen=True, slots=True)
class RecordView:
    """The properties of an object."""

    rows: tuple[Code, ...]
    remark: Code
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class EnumView:
    """The values of an enumeration; ``described`` if rows end in what they mean."""

    language: Code
    described: bool
    rows: tuple[Code, ...]
    remark: Code


@dataclass(frozen=True, slots=True)
class UnionView:
    """The alternatives of a union."""

    rows: tuple[Code, ...]
    remark: Code


@dataclass(frozen=True, slots=True)
class AliasView:
    """What a name stands for."""

    type: Code
    notes: Code
    remark: Code


BodyView: TypeAlias = RecordView | EnumView | UnionView | AliasView


@dataclass(frozen=True, slots=True)
class PageView:
    """The page of one declaration: ``body`` and all that is around it."""

    header: Code
    title: Code
    banners: tuple[Code, ...]
    text: Code
    facts: tuple[Code, ...]
    import_heading: Code
    import_block: Code
    body: BodyView
    examples: tuple[Code, ...]
    models_link: Code
    index_link: Code


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index."""

    name: Code
    path: Code
    summary: Code


@dataclass(frozen=True, slots=True)
class IndexView:
    """The index of one dialect."""

    header: Code
    title: Code
    text: Code
    reading: tuple[Code, ...]
    using: tuple[Code, ...]
    heading: Code
    entries: tuple[Entry, ...]
