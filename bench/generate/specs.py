"""Synthetic specs of any size, to see how time and memory grow.

Enters: a family and a number of schemas. Leaves: an OpenAPI document of exactly so many
component schemas, as plain JSON data, the same each time. Each family is made of one
thing that real specs have too: references far into each other, wide unions with tags,
and long chains of schemas that name the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = dict[str, Any]

PREFIX = "#/components/schemas/"
WIDTH = 64
"""Alternatives of each wide union, about those of the Realtime API's events."""


def _ref(name: str) -> Schema:
    return {"$ref": PREFIX + name}


def _record(about: str, properties: Mapping[str, Schema]) -> Schema:
    """An object with a few scalars, as most schemas of real specs have them."""
    return {
        "type": "object",
        "description": f"{about}. It is made up, and says nothing of *any* service.",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "description": "The `id`, unique in a project."},
            "count": {"type": "integer", "minimum": 0, "default": 1},
            "mode": {"type": "string", "enum": ["auto", "manual", "off"]},
            **properties,
        },
    }


def references(count: int) -> Iterator[tuple[str, Schema]]:
    """A tree of references; each eighth schema has inline objects four deep."""
    for index in range(count):
        children = (2 * index + 1, 2 * index + 2)
        inner: Schema = {"type": "array", "items": {"type": "string", "maxLength": 9}}
        for level in ("fourth", "third", "second", "first") if index % 8 == 0 else ():
            inner = {"type": "object", "properties": {level: inner}}
        near = {
            side: _ref(f"Node{child}")
            for side, child in zip(("left", "right"), children)
            if child < count
        }
        yield (
            f"Node{index}",
            _record(f"Node {index} of a tree", {"nested": inner, **near}),
        )


def unions(count: int) -> Iterator[tuple[str, Schema]]:
    """Objects with a tag, and beside each few of them their union."""
    for index in range(count):
        group, place = divmod(index, WIDTH + 1)
        if place < WIDTH and index + 1 < count:
            kind = {"type": "string", "const": f"event.{group}.{place}"}
            record = _record(f"Event {place} of group {group}", {"type": kind})
            record["required"].append("type")
            yield f"Event{group}Kind{place}", record
        else:
            members = [_ref(f"Event{group}Kind{member}") for member in range(place)]
            yield f"Group{group}", {"oneOf": members or [{"type": "string"}]}


def chains(count: int) -> Iterator[tuple[str, Schema]]:
    """Each schema names the next one: as a property, a list, a name for it, or null."""
    for index in range(count):
        following = _ref(f"Link{index + 1}") if index + 1 < count else {"type": "null"}
        link: Schema = _record(f"Link {index} of a chain", {"next": following})
        match index % 4:
            case 1:
                link = {"type": "array", "items": following}
            case 2:
                link = {"anyOf": [following, {"type": "null"}]}
            case 3:
                link = _record(
                    f"Link {index} of a chain",
                    {"others": {"type": "array", "items": following}},
                )
            case _:
                pass
        yield f"Link{index}", link


FAMILIES: Mapping[str, Callable[[int], Iterator[tuple[str, Schema]]]] = {
    "references": references,
    "unions": unions,
    "chains": chains,
}


def document(family: str, count: int) -> dict[str, Any]:
    """The whole document of one family."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Synthetic {family}", "version": str(count)},
        "paths": {},
        "components": {"schemas": dict(FAMILIES[family](count))},
    }
