"""A smaller document: some schemas of a spec, with all that they refer to.

Enters: an OpenAPI document as plain JSON data, and names of its component schemas.
Leaves: the same document with these schemas and those they need, as written, in the
document's order; nothing else of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

PREFIX = "#/components/schemas/"


def references(node: Any) -> Iterator[str]:
    """The names of component schemas that a node refers to, at any depth."""
    if isinstance(node, dict):
        ref = node.get("$ref")
        if isinstance(ref, str) and ref.startswith(PREFIX):
            yield ref.removeprefix(PREFIX)
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def closure(document: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The document cut down to ``names`` and what they refer to.

    Raises:
        KeyError: a name that the document does not define.
    """
    schemas = document["components"]["schemas"]
    waiting, kept = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in kept:
            kept.add(name)
            waiting += references(schemas[name])
    chosen = {name: schema for name, schema in schemas.items() if name in kept}
    return {
        "openapi": document["openapi"],
        "info": document["info"],
        "paths": {},
        "components": {"schemas": chosen},
    }
