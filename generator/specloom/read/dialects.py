"""Dialects: which version of the standard the schemas of a document follow.

Enters: a loaded document, and a place in it. Leaves: what only some versions say of a
schema there. A resource names its dialect with ``$schema`` (2020-12 core, section
8.1.1); one that names none has that of its file, and a file that of the entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from ..diagnostics import Diagnostics, Location
from ..ir import Json
from ..values import dataclass, field
from .loaded import Loaded

_REFS_ALONE = re.compile(r"3\.0|.*draft-0[3-7]")
_KNOWN = partial(
    re.compile,
    r"draft-0[3-7]|draft/20(19-09|20-12)/|json-schema\.org/schema|openapis\.org/oas/3",
)


@dataclass(slots=True)
class Dialects:
    """The dialects of a document, each looked for once."""

    document: Loaded
    _known: dict[Location, str] = field(default_factory=dict[Location, str])

    def of(self, at: Location) -> str:
        """The version of OpenAPI or the ``$schema`` that counts at a place, or ''."""
        scope = self.document.scope(at)
        known = self._known.get(scope)
        if known is None:
            places = (scope, Location(at.file), self.document.start)
            named = (_named(self.document.get(place)) for place in places)
            known = self._known[scope] = next(filter(None, named), "")
        return known

    def refs_stand_alone(self, at: Location) -> bool:
        """Whether keywords beside ``$ref`` are ignored at a place.

        OpenAPI 3.0.3 section 4.7.23 and JSON Schema draft-07 section 8.3, and before.
        """
        return _REFS_ALONE.match(self.of(at)) is not None


def _named(content: Json) -> str:
    """What a schema, or a whole document, says of its dialect."""
    said = None
    if isinstance(content, dict):
        said = content.get("openapi", content.get("$schema"))
    return said if isinstance(said, str) else ""


def report_unknown(
    entry: Mapping[str, Json], at: Location, diagnostics: Diagnostics
) -> None:
    """Report a dialect that somebody has made for themselves."""
    word = "jsonSchemaDialect" if "openapi" in entry else "$schema"
    said = entry.get(word)
    if isinstance(said, str) and _KNOWN().search(said) is None:
        diagnostics.warning(
            "dialect-unknown",
            f"`{said}` is no dialect that is known: it is read as JSON Schema 2020-12",
            at.child(word),
            "if its keywords mean the same, name the draft of the standard instead",
        )
