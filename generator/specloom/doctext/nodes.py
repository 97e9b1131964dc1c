"""The blocks of a description: a flat list, in document order.

A block that is inside a list says so by the column it stands in (``indent``), counted
as it is printed: not by how far its author had indented it.
"""

from __future__ import annotations

from typing import Literal

from ..values import dataclass

Kind = Literal["fence", "indented", "table", "html", "quote", "rule"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``indent`` is the column it starts in, more than 0 in a list."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class ListItem:
    """The marker of an item and its first paragraph, which may be empty.

    Whatever follows with an ``indent`` of at least ``indent + len(marker) + 1`` belongs
    to the item too.
    """

    indent: int
    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6, in either of CommonMark's two notations."""

    level: int
    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines to print as they are, behind ``indent`` spaces.

    A fence has its first and last line, even if the author forgot the last; indented
    code has its four spaces.
    """

    lines: tuple[str, ...]
    kind: Kind
    indent: int = 0


Block = Paragraph | ListItem | Heading | Verbatim
