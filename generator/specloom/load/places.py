"""Places: a loaded YAML document in; the line and column of a JSON Pointer out.

The composer notes, as it goes, where each key and each item begins. A pointer is then
followed through the values themselves, so that an alias or a merge key leads to where
the value is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..json_value import Json
from ..values import dataclass, field
from .references import is_index, split_pointer


class Mark(Protocol):
    """Where something begins: all count from 0, in characters; ``index`` in a text."""

    index: int
    line: int
    column: int


class Finder(Protocol):
    """Knows where the values of a document are written."""

    def find(self, pointer: str, /) -> tuple[int, int] | None:
        """As :meth:`Places.find`; None if that is not known any more."""
        ...


@dataclass(frozen=True, slots=True)
class Places:
    """Where a document's values are written, as long as these are the same objects.

    ``members`` holds for each mapping and list, by its ``id``, where its keys or items
    begin, in their order.
    """

    content: Json
    start: Mark
    members: Mapping[int, Sequence[Mark]]
    _keys: dict[int, dict[str, Mark]] = field(
        default_factory=dict[int, dict[str, Mark]]
    )

    def find(self, pointer: str) -> tuple[int, int]:
        """Line and column, both from 1, of a member's key or of an item.

        For a pointer that leads nowhere, those of the nearest ancestor that is there.
        """
        node, mark = self.content, self.start
        for token in split_pointer(pointer):
            if isinstance(node, dict) and token in node:
                mark = self._of_keys(node)[token]
                node = node[token]
            elif isinstance(node, list) and is_index(token, node):
                mark = self.members[id(node)][int(token)]
                node = node[int(token)]
            else:
                break
        return mark.line + 1, mark.column + 1

    def _of_keys(self, node: dict[str, Json]) -> dict[str, Mark]:
        if id(node) not in self._keys:
            self._keys[id(node)] = dict(zip(node, self.members[id(node)], strict=True))
        return self._keys[id(node)]
