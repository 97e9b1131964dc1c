"""Identities: a document in; the URIs that its schemas give themselves out.

``$id`` names a schema, and what a ``$ref`` inside it is relative to (JSON Schema
2020-12 Core, section 8.2.1; ``id`` up to draft-04). Bundles hold many such schemas in
one file. Promises: nothing is fetched; a URI is a name here, and leads only to what is
already loaded, or to a file where a neighbour of that name would stand.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import urldefrag, urljoin, urlsplit

from specloom.diagnostics import escape_token
from specloom.load.source import Json
from specloom.values import dataclass

_DATA = frozenset("enum const default example examples".split())
"""Keywords that hold values, in which ``$id`` names nothing."""
_OLD = re.compile(r"draft-0[34]")


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


NO_IDENTITIES = Identities({}, {})


def may_identify(text: str) -> bool:
    """Whether a file's text has the look of any identity: quickly told."""
    return any(word in text for word in ("$id", "draft-03", "draft-04"))


def find_identities(content: Json) -> Identities:
    """The identities in a document; of two schemas with one URI the first counts."""
    keyword = "$id"
    if isinstance(content, dict) and _OLD.search(str(content.get("$schema"))):
        keyword = "id"
    found = Identities({}, {})
    seen: set[int] = set()  # a node that YAML aliases share is visited once
    todo: list[tuple[str, str, Json]] = [("", "", content)]
    while todo:
        pointer, base, node = todo.pop()
        if not isinstance(node, (dict, list)) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, list):
            below = [(f"{pointer}/{i}", base, x) for i, x in enumerate(node)]
        else:
            name = node.get(keyword)
            if isinstance(name, str) and (uri := absolute(base, name)) not in (
                "",
                base,
            ):
                base = uri
                found.uris[pointer] = uri
                found.places.setdefault(uri, pointer)
            below = [
                (f"{pointer}/{escape_token(key)}", base, x)
                for key, x in node.items()
                if key not in _DATA
            ]
        todo.extend(reversed(below))
    return found


def absolute(base: str, ref: str) -> str:
    """The URI that a reference names, without its fragment; '' if it is no URI."""
    try:
        return urldefrag(urljoin(base, ref))[0]
    except ValueError:  # a bracket that opens an IPv6 address, and no more
        return ""


def neighbour(base: str, uri: str) -> str:
    """The path from one URI to another on the same host, or ''."""
    here, there = urlsplit(base), urlsplit(uri)
    if not here.netloc or here.netloc != there.netloc or not there.path.strip("/"):
        return ""
    return posixpath.relpath(there.path, posixpath.dirname(here.path) or "/")
