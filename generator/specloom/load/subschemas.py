"""Subschemas: a document's content in; the places in it where schemas may stand out.

Schemas are looked for everywhere but in values, such as those of ``enum``, so that what
stands in an OpenAPI document or below an unknown keyword is found too. Promises: each
place is told after those around it, in the order of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..diagnostics import escape_token
from ..json_value import Json

_DATA = frozenset("enum const default example examples".split())
"""Keywords that hold values, which are no schemas whatever they look like."""
_MAPS = frozenset(
    "$defs definitions dependencies dependentSchemas patternProperties properties"
    " schemas".split()
)
"""Keywords whose members are named by authors: ``default`` is a property there."""
_APPLICATORS = _MAPS | frozenset(
    "additionalItems additionalProperties allOf anyOf contains contentSchema else if"
    " items not oneOf prefixItems propertyNames then unevaluatedItems"
    " unevaluatedProperties".split()
)


class Place(NamedTuple):
    """An object in a document.

    ``certain`` tells whether JSON Schema makes it a schema: nothing but its keywords
    lead there.
    """

    pointer: str
    content: dict[str, Json]
    certain: bool


def subschemas(content: Json) -> Iterator[Place]:
    """All objects of a document that may be schemas."""
    seen: set[int] = set()  # a node that YAML aliases share is visited once
    todo: list[tuple[str, Json, bool, bool]] = [("", content, True, False)]
    while todo:
        pointer, node, certain, is_map = todo.pop()
        if not isinstance(node, (dict, list)) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, list):
            below = [(f"{pointer}/{i}", x, certain, False) for i, x in enumerate(node)]
        elif is_map:
            below = [
                (f"{pointer}/{escape_token(name)}", x, certain, False)
                for name, x in node.items()
            ]
        else:
            yield Place(pointer, node, certain)
            below = [
                (
                    f"{pointer}/{escape_token(key)}",
                    x,
                    certain and key in _APPLICATORS,
                    key in _MAPS,
                )
                for key, x in node.items()
                if key not in _DATA
            ]
        todo.extend(reversed(below))
