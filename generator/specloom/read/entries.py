"""Entries: which schemas a document names, where they stand, and what they say.

Enters: the content of an entry document. Leaves: an entry for each schema that it
names, and for the bodies of an OpenAPI document where they are to be read
(``bodies.py``). Raises :class:`SpecloomError` where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from ..diagnostics import Diagnostics, Location, SpecloomError
from ..ir import Json
from .keywords import READERS
from .loaded import Loaded

Entry: TypeAlias = "tuple[str | None, Location, Json]"
"""A schema of the entry document: its name, location and content.

It has no name where it is but a ``$ref`` to what has one.
"""


def text(raw: dict[str, Json], key: str) -> str:
    """A member that should be a text; the empty string if it is none."""
    value = raw.get(key)
    return value if isinstance(value, str) else ""


_STATE = "say which OpenAPI it is, as in `openapi: 3.1.0`, if it is one"
_WANTED = "give OpenAPI 3.0 or 3.1 with `components.schemas`, or a JSON Schema"
_FOREIGN = {
    # what is no schema, by the key that says so: what to do
    "swagger": (
        "Swagger 2.0 is not read",
        "convert it to OpenAPI 3, which many tools do; its definitions become schemas",
    ),
    "asyncapi": (
        "AsyncAPI is not read",
        "put its schemas into a JSON Schema document, under `$defs`",
    ),
}
_NAME_ONE = "name one there, or have a body that is more than a scalar of some kind"


def not_a_spec(
    diagnostics: Diagnostics, at: Location, why: str, hint: str = _WANTED
) -> SpecloomError:
    """The error for a document that cannot be read, with all that was found."""
    diagnostics.error("not-a-spec", why, at, hint)
    return SpecloomError(*diagnostics)


def components(
    entry: dict[str, Json], document: Loaded, diagnostics: Diagnostics, *, bodies: bool
) -> Sequence[Entry]:
    """The schemas that an OpenAPI document names, and those of its bodies.

    The latter if ``bodies`` are asked for, or it names no schema.
    """
    at = document.start
    if not re.match(r"3\.[012](\.|$)", text(entry, "openapi")):
        place = at.child("openapi")
        if not isinstance(entry["openapi"], str):
            why = "the OpenAPI version must be a text"
            raise not_a_spec(diagnostics, place, why, "write it as in `openapi: 3.1.0`")
        raise not_a_spec(
            diagnostics, place, "the OpenAPI version is not 3.0, 3.1 or 3.2"
        )
    named = _schemas(entry, at, diagnostics)
    if named and not bodies:
        return named
    from .bodies import find_bodies  # which most specs do without

    taken = [name for name, _, _ in named]
    found = find_bodies(document, entry, diagnostics, taken)
    if not named and not found:
        why = "there are no `components.schemas`, and no bodies with a schema to name"
        raise not_a_spec(diagnostics, at, why, _NAME_ONE)
    return [*named, *found]


def _schemas(
    entry: dict[str, Json], at: Location, diagnostics: Diagnostics
) -> list[tuple[str, Location, Json]]:
    """What stands in ``components.schemas``."""
    components = entry.get("components", {})
    schemas = components.get("schemas") if isinstance(components, dict) else None
    if not schemas:
        return []
    place = at.child("components", "schemas")
    if not isinstance(schemas, dict):
        raise not_a_spec(diagnostics, place, "`schemas` must be an object here")
    return [(name, place.child(name), raw) for name, raw in schemas.items()]


def definitions(
    entry: dict[str, Json], at: Location, diagnostics: Diagnostics, stem: str
) -> Sequence[Entry]:
    """The schemas that a JSON Schema document names: itself, and its definitions."""
    for key, (why, hint) in _FOREIGN.items():
        if key in entry:
            raise not_a_spec(diagnostics, at.child(key), why, hint)
    found: list[Entry] = []
    whole = (text(entry, "title") or stem, at, entry)
    if any(key in READERS and key not in ("default", "format") for key in entry):
        found.append(whole)
    for group in ("$defs", "definitions"):
        members = entry.get(group)
        if isinstance(members, dict):
            place = at.child(group)
            found += [(name, place.child(name), raw) for name, raw in members.items()]
    is_schema = "$id" in entry or "json-schema.org/" in text(entry, "$schema")
    if not found and is_schema:
        found.append(whole)  # which asks nothing of a value
    if not found:
        hint = _STATE if {"paths", "components"} & entry.keys() else _WANTED
        raise not_a_spec(diagnostics, at, "the document holds no schema", hint)
    return found
