"""Refusals: the schemas of which a binding does not claim to check everything.

Enters: what was read, and what was found on the way. Leaves: the schemas that use what
Specloom cannot read and has reported as unsupported, themselves or by a
reference. Cases for them are answered with the code ``unsupported``.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..analyse import schema_references
from ..diagnostics import Diagnostic, Location, unescape_token
from ..read import Source
from .protocol import Violation


def refusals(source: Source, found: Iterable[Diagnostic]) -> dict[str, Violation]:
    """The answer for each schema that is refused, by identity."""
    users: dict[str, list[str]] = {}
    for root in source.roots.values():
        for id_ in schema_references(root.schema):
            users.setdefault(id_, []).append(root.id)
    refused: dict[str, Violation] = {}
    for item in found:
        if item.code != "unsupported-keyword" or item.location is None:
            continue
        keyword = unescape_token(item.location.pointer.rpartition("/")[2])
        waiting = _owners(source, item.location)
        message = f"uses `{keyword}`, which is not supported"
        while waiting:
            id_ = waiting.pop()
            if id_ not in refused:
                refused[id_] = Violation("", "unsupported", message)
                waiting += users.get(id_, ())
    return refused


def _owners(source: Source, at: Location) -> list[str]:
    """The innermost roots whose content a location is in: one, and its variants."""
    around = [
        (place.pointer, root.id)
        for root in source.roots.values()
        for place in (root.at, root.heir_of)
        if place is not None
        and place.file == at.file
        and f"{at.pointer}/".startswith(f"{place.pointer}/")
    ]
    inner = max((pointer for pointer, _ in around), key=len)
    return [id_ for pointer, id_ in around if pointer == inner]
