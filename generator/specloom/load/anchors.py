"""Anchors: the files of a spec in; the schemas in them that have a name of their own.

``$anchor`` names a schema within its resource, and ``$dynamicAnchor`` also offers it to
every ``$dynamicRef`` that is followed while the resource applies (JSON Schema 2020-12
Core, section 8.2.2). Promises that each file is searched once, when first asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..diagnostics import Location
from ..json_value import Json
from .identities import Identities, dialect_of, own_names
from .nearest import nearest
from .source import failure
from .subschemas import subschemas

RECURSIVE = "#"
"""The name, which no anchor can have, of what ``$recursiveAnchor: true`` declares."""


class Anchors:
    """The anchors of all files, by display path, that are there when it is asked.

    The first file is the entry.
    """

    def __init__(
        self, files: Mapping[str, Json], identities: Mapping[str, Identities]
    ) -> None:
        self._files, self._identities = files, identities
        self._plain: dict[str, dict[str, list[str]]] = {}
        self._dynamic: dict[str, dict[str, list[str]]] = {}

    def find(self, resource: Location, name: str, at: Location) -> Location:
        """The schema that an anchor names; ``at`` is where it is referred to.

        Those of other resources in the file are only looked at where this one has none:
        many write it so.

        Raises:
            SpecloomError: ``ref-not-found`` or ``ref-ambiguous``.
        """
        file = resource.file
        if file not in self._plain:
            entry = next(iter(self._files.values()))
            dialect = dialect_of(self._files[file], entry)
            self._plain[file] = find_anchors(self._files[file], dialect)
        anchors = self._plain[file]
        pointers = anchors.get(name, [])
        home_of = self._identities[file].home
        own = [one for one in pointers if home_of(one) == resource.pointer]
        pointers = own or pointers
        if len(pointers) == 1:
            return Location(file, pointers[0])
        if pointers:
            message = f"the anchor `{name}` is at `#{pointers[0]}` and `#{pointers[1]}`"
            hint = "rename one, or use a JSON Pointer"
            raise failure("ref-ambiguous", message, at, hint)
        hint = nearest(name, anchors)
        if "/" in name:
            hint = f"write `#/{name}` if a JSON Pointer is meant"
        raise failure("ref-not-found", f"{file} has no anchor `{name}`", at, hint)

    def dynamic(self, name: str) -> dict[Location, list[Location]]:
        """The schemas that declare a dynamic anchor, by their resource.

        :data:`RECURSIVE` counts at the top of a resource alone.
        """
        found: dict[Location, list[Location]] = {}
        for file, content in self._files.items():
            if file not in self._dynamic:
                self._dynamic[file] = find_dynamic_anchors(content)
            home_of = self._identities[file].home
            for pointer in self._dynamic[file].get(name, ()):
                home = home_of(pointer)
                if name != RECURSIVE or pointer == home:
                    places = found.setdefault(Location(file, home), [])
                    places.append(Location(file, pointer))
        return found


def find_anchors(content: Json, dialect: str) -> dict[str, list[str]]:
    """Anchor -> pointers of the schemas that declare it, in document order.

    An anchor is ``$anchor`` or ``$dynamicAnchor`` (JSON Schema 2020-12 Core, section
    8.2.2), or an ``$id`` of the form ``#name`` (draft-07 Core, section 8.2.3).
    """
    own_name = own_names(dialect)

    def names(schema: dict[str, Json]) -> set[str]:
        declared = (schema.get("$anchor"), schema.get("$dynamicAnchor"))
        found = {x for x in declared if isinstance(x, str)}
        identity = own_name(schema)
        return found | {identity[1:]} if identity.startswith("#") else found

    return _named(content, names)


def find_dynamic_anchors(content: Json) -> dict[str, list[str]]:
    """The same for ``$dynamicAnchor`` alone, and ``$recursiveAnchor``.

    JSON Schema 2020-12 Core, section 8.2.2; 2019-09 Core, section 8.2.4.2.1.
    """
    return _named(content, _dynamic_anchors_of)


def _named(
    content: Json, names_of: Callable[[dict[str, Json]], set[str]]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pointer, schema, _ in subschemas(content):
        for name in sorted(names_of(schema)):
            found.setdefault(name, []).append(pointer)
    return found


def _dynamic_anchors_of(schema: dict[str, Json]) -> set[str]:
    name = schema.get("$dynamicAnchor")
    names = {name} if isinstance(name, str) else set[str]()
    return names | {RECURSIVE} if schema.get("$recursiveAnchor") is True else names
