"""Mapped: what a ``mapping`` names beside ``oneOf`` or ``anyOf``.

Enters: what was read of a spec. Leaves: a finding for each value of such a mapping that
means nothing. It ought to name one of the alternatives (OpenAPI 3.1.1, section 4.8.25),
or what is made of one by ``allOf``. Where there are no alternatives, reading and
building look at the mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .analyse import same_value
from .diagnostics import Diagnostics, Location, SpecloomError
from .json_value import Json
from .load.document import Document
from .parts import asserted
from .read import Source, identity
from .schema import Schema


def check_mappings(
    document: Document,
    source: Source,
    schemas: Iterable[Schema],
    found: Diagnostics,
) -> None:
    """Report each value that names no alternative, nor what is made of one."""
    names = {root.name: root.id for root in reversed(source.roots.values())}
    for schema in schemas:
        raw = document.get(schema.at) if schema.any_of or schema.one_of else None
        said = raw.get("discriminator") if isinstance(raw, dict) else None
        mapping = said.get("mapping") if isinstance(said, dict) else None
        if not isinstance(mapping, dict):
            continue
        listed = _alternatives(schema, source)
        for value, written in mapping.items():
            at = schema.at.child("discriminator", "mapping", value)
            id_, why = _named(document, names, written, at)
            if listed.isdisjoint(_made_of(id_, source)):
                found.warning(
                    "mapping-unused",
                    f"this value of the `mapping` means nothing: {why}",
                    at,
                    "name an alternative that is listed beside it, or leave it out",
                )


def _named(
    document: Document, names: Mapping[str, str], written: Json, at: Location
) -> tuple[str, str]:
    """What a value of a mapping names, and what is wrong if that is no alternative."""
    if not isinstance(written, str):
        return "", "it is no text"
    why = f"`{written}` is none of the alternatives"
    if written in names:
        return names[written], why
    raw: Json = {"$ref": written}
    try:
        while isinstance(raw, dict) and len(raw) == 1 and "$ref" in raw:
            at = document.resolve(str(raw["$ref"]), at)
            raw = document.get(at)
    except SpecloomError as error:
        return "", error.diagnostics[0].message
    return identity(at), why


def _alternatives(schema: Schema, source: Source) -> set[str]:
    """The roots among the alternatives of a schema, and of these."""
    seen: set[str] = set()
    waiting = [*schema.any_of, *schema.one_of]
    while waiting:
        one = waiting.pop()
        if one.ref is not None and one.ref not in seen:
            seen.add(one.ref)
            waiting.append(source.roots[one.ref].schema)
        waiting += (*one.any_of, *one.one_of)
        waiting += one.all_of if asserted(one) == ("all_of",) else ()
    return seen


def _made_of(id_: str, source: Source) -> set[str]:
    """A root and all that it applies to the very value it is applied to."""
    seen: set[str] = set()
    waiting = [id_] if id_ in source.roots else []
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += same_value(source.roots[one].schema)
    return seen
