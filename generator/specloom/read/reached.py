"""Reached: what a schema is called to which only a ``$ref`` leads.

Enters: where it stands, and the schemas that have a name. Leaves: the name that it
would have if nothing referred to it: that of the named schema around it, and what lies
between the two: the names of properties, ``Item`` of a list, ``Value`` of a map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from ..diagnostics import Diagnostics, Location, unescape_token
from ..naming import join_names
from ..values import dataclass, field
from .loaded import Loaded

DEFINITIONS = ("schemas", "$defs", "definitions")
_MEMBERS = frozenset(
    "properties patternProperties dependentSchemas dependencies".split()
).union(DEFINITIONS)
_LISTS = frozenset(
    "items prefixItems additionalItems unevaluatedItems contains".split()
)
_MAPS = frozenset("additionalProperties unevaluatedProperties".split())
_LAYOUT = frozenset(
    "components paths responses requestBody parameters content schema"
    " allOf anyOf oneOf".split()
)


@dataclass(slots=True)
class Names:
    """The names of an entry document's schemas, and the bodies' if they have some."""

    document: Loaded
    given: dict[Location, str] = field(default_factory=dict[Location, str])
    _bodies: dict[Location, str] | None = None

    def within(self, at: Location) -> str | None:
        """The name by the nearest schema with a name, or body, around a place."""
        name = name_within(at, self.given)
        if name is None and "content" in tokens_of(at):
            name = name_within(at, self._named_bodies())
        return name

    def _named_bodies(self) -> Mapping[Location, str]:
        entry = self.document.get(self.document.start)
        if self._bodies is None and isinstance(entry, dict):
            from .bodies import find_bodies  # which most specs do without

            found = find_bodies(
                self.document, entry, Diagnostics(), self.given.values()
            )
            self._bodies = {body.at: body.name for body in found if body.name}
        return self._bodies or {}


def tokens_of(at: Location) -> list[str]:
    """The unescaped tokens of a location's pointer."""
    return [unescape_token(token) for token in at.pointer.split("/")[1:]]


def name_within(at: Location, names: Mapping[Location, str]) -> str | None:
    """The name by the nearest schema of ``names`` around a place; None if none is."""
    tokens, pointer = tokens_of(at), at.pointer
    for length in range(len(tokens), -1, -1):
        found = names.get(Location(at.file, pointer))
        if found is not None:
            return reduce(join_names, _steps(tokens[length:]), found)
        pointer = pointer.rpartition("/")[0]
    return None


def name_alone(at: Location) -> str:
    """The name by the words of a pointer, where no schema with a name is around."""
    tokens = tokens_of(at)
    return " ".join(_steps(tokens)) or tokens[-1]


def _steps(tokens: Sequence[str]) -> Iterator[str]:
    """What each step of a pointer adds to a name, if anything."""
    waiting = iter(tokens)
    for token in waiting:
        if token in _MEMBERS:
            yield next(waiting, token)
        elif token in _LISTS:
            yield "Item"
        elif token in _MAPS:
            yield "Value"
        elif token not in _LAYOUT and not token.isdigit():
            yield token
