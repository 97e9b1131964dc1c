"""Export: what was read becomes one document that any JSON Schema validator takes.

Enters: :class:`read.Source`, as it was read or relaxed. Leaves: an OpenAPI 3.1
document with every schema in ``components.schemas``, its assertions alone. It is how a
reading is shown to people and handed to other validators.
"""

from __future__ import annotations

from itertools import chain, count
from urllib.parse import quote

from .diagnostics import escape_token
from .json_value import Json
from .read import Source
from .tables import NameRef, assertions


def export(source: Source) -> dict[str, Json]:
    """The whole reading; ``$ref`` stays inside it."""
    names = component_names(source)
    to_ref = references(names)
    return {
        "openapi": "3.1.0",
        "info": {"title": source.title, "version": source.version},
        "components": {
            "schemas": {
                names[id_]: assertions(root.schema, to_ref)
                for id_, root in source.roots.items()
            }
        },
    }


def component_names(source: Source) -> dict[str, str]:
    """What each root is called here, by identity: as in the spec, wherever it can be.

    A schema in another file, or one inside another schema, gives way to a named one
    of the entry file, and has a number behind its name then.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for id_, root in sorted(source.roots.items(), key=lambda item: not item[1].named):
        numbered = (f"{root.name}-{number}" for number in count(2))
        names[id_] = next(x for x in chain((root.name,), numbered) if x not in taken)
        taken.add(names[id_])
    return names


def references(names: dict[str, str], base: str = "") -> NameRef:
    """From an identity to its ``$ref`` (RFC 6901, section 6) into the export."""
    refs = {
        id_: f"{base}#/components/schemas/{quote(escape_token(name), safe='~')}"
        for id_, name in names.items()
    }
    return refs.__getitem__
