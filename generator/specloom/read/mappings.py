"""Mappings: which schema each value of a ``discriminator`` names.

Enters: the mappings of schemas without alternatives, as they are written, when all that
is referred to has been read. Leaves: the identity of the schema that each value names
(OpenAPI 3.1.1, section 4.8.25.4): what is the name of a schema is one, and all else is
a reference. Such a schema is read if nothing else has led to it. Promises: what leads
nowhere is reported, and left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..diagnostics import Diagnostics, Location, SpecloomError
from ..ir import Json
from .loaded import Loaded
from .roots import Root

Mappings = Mapping[Location, Mapping[str, str]]
"""For the place of a schema with a ``mapping``: the identity that each value names."""


class Reading(Protocol):
    """The reader, when it has read everything."""

    document: Loaded
    diagnostics: Diagnostics
    roots: dict[str, Root]
    mappings: dict[Location, Mapping[str, Json]]

    def known(self, target: Location) -> str:
        """The identity of the schema at a location, registered if it is new."""
        ...

    def read_all(self) -> bool:
        """Read what is registered and not yet read; whether there was anything."""
        ...


def settle_mappings(reader: Reading) -> Mappings:
    """The mappings that count, each value with the schema that it names."""
    found: dict[Location, Mapping[str, str]] = {}
    while reader.mappings:
        written, reader.mappings = reader.mappings, {}
        names: dict[str, str] = {}
        for root in reader.roots.values():
            if root.named:
                names.setdefault(root.name, root.id)
        for at, mapping in written.items():
            if _has_heirs(reader.document.get(at)):
                found[at] = dict(_settled(reader, names, at, mapping))
        reader.read_all()  # which may bring new mappings
    return found


def _has_heirs(raw: Json) -> bool:
    """Whether a schema leaves it to others to be made of it: it has no alternatives."""
    return isinstance(raw, dict) and not {"oneOf", "anyOf"} & raw.keys()


def _settled(
    reader: Reading, names: Mapping[str, str], at: Location, mapping: Mapping[str, Json]
) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for value, written in mapping.items():
        place = at.child("discriminator", "mapping", value)
        if not isinstance(written, str):
            _report(reader, place, "it is no text")
        elif written in names:
            found.append((value, names[written]))
        else:
            try:
                target = reader.document.resolve(written, place)
            except SpecloomError as error:
                _report(reader, place, error.diagnostics[0].message)
            else:
                found.append((value, reader.known(target)))
    return found


def _report(reader: Reading, place: Location, why: str) -> None:
    reader.diagnostics.warning(
        "mapping-ignored",
        f"this value of the `mapping` is left out: {why}",
        place,
        "give the name of a schema, or a `$ref` to one",
    )
