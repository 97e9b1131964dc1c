"""Identities: a document in; the URIs that its schemas give themselves out.

``$id`` names a schema, and what a ``$ref`` inside it is relative to (JSON Schema
2020-12 Core, section 8.2.1; ``id`` up to draft-04). Bundles hold many such schemas in
one file. Promises: nothing is fetched; a URI is a name here, and leads only to what is
already loaded, or to a file where a neighbour of that name would stand.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit

from ..json_value import Json
from ..values import dataclass
from .subschemas import subschemas

_OLD = re.compile(r"draft-0[34]")
_REFS_ALONE = re.compile(r"draft-0[3-7]")


@dataclass(frozen=True, slots=True)
class Identities:
    """The schemas of one document that name themselves.

    ``places`` has the pointer of each by its URI, ``uris`` the other way round.
    """

    places: dict[str, str]
    uris: dict[str, str]

    def home(self, pointer: str) -> str:
        """The pointer of the innermost schema with a URI around a place, or ''."""
        while pointer and pointer not in self.uris:
            pointer = pointer.rpartition("/")[0] if self.uris else ""
        return pointer


def dialect_of(content: Json, entry: Json) -> str:
    """The ``$schema`` of a document; that of the entry where it names none, or ''."""
    for document in (content, entry):
        said = document.get("$schema") if isinstance(document, dict) else None
        if isinstance(said, str):
            return said
    return ""


def may_identify(text: str, dialect: str) -> bool:
    """Whether a file's text has the look of any identity: quickly told."""
    return "$id" in text or _OLD.search(dialect) is not None


def own_names(dialect: str) -> Callable[[dict[str, Json]], str]:
    """What a schema of a dialect calls itself, or ''.

    Up to draft-07 ``$ref`` hides what stands beside it (core, section 8.3).
    """
    keyword = "id" if _OLD.search(dialect) else "$id"
    refs_alone = _REFS_ALONE.search(dialect) is not None

    def own_name(schema: dict[str, Json]) -> str:
        name = schema.get(keyword)
        hidden = refs_alone and "$ref" in schema
        return name if isinstance(name, str) and not hidden else ""

    return own_name


def find_identities(content: Json, text: str, dialect: str, url: str) -> Identities:
    """The identities in a document, which has been read from a text.

    Of two schemas with one URI the first counts, and rather what surely is a schema.
    The document itself has the ``url`` that it is a copy of, if it is one; its own
    ``$id`` comes before that (JSON Schema 2020-12 Core, section 9.1.1).
    """
    found = Identities({url: ""}, {"": url}) if url else Identities({}, {})
    if not may_identify(text, dialect):
        return found
    own_name = own_names(dialect)
    doubtful: list[tuple[str, str]] = []
    for pointer, schema, certain in subschemas(content):
        name = own_name(schema)
        if not name:
            continue
        base = found.uris.get(found.home(pointer), "")
        uri = absolute(base, name)
        if uri in ("", base):
            continue
        found.uris[pointer] = uri
        if certain:
            found.places.setdefault(uri, pointer)
        else:
            doubtful.append((uri, pointer))
    for uri, pointer in doubtful:
        found.places.setdefault(uri, pointer)
    return found


def absolute(base: str, ref: str) -> str:
    """The URI that a reference names, without its fragment; '' if it is no URI."""
    try:
        return urldefrag(urljoin(base, ref))[0]
    except ValueError:  # a bracket that opens an IPv6 address, and no more
        return ""


def neighbour(base: str, uri: str) -> str:
    """The path from one URI to another on the same host, or ''.

    Where neither names a host, from one relative path to another.
    """
    here, there = urlsplit(base), urlsplit(uri)
    if here.netloc != there.netloc or not there.path.strip("/"):
        return ""
    if not here.netloc and (here.scheme or there.scheme or ".." in there.path):
        return ""
    folder = posixpath.dirname(here.path)
    return posixpath.relpath(f"/{there.path}", f"/{folder}")
