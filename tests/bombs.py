"""What large specs and bombs are made of: rows, nests and alternatives of schemas."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Schemas = dict[str, Any]


def ref(name: object) -> Schemas:
    return {"$ref": f"#/components/schemas/{name}"}


def document(schemas: Schemas, **more: Any) -> str:
    info = {"title": "Bomb", "version": "1"}
    whole = {"openapi": "3.1.0", "info": info, "components": {"schemas": schemas}}
    return json.dumps({**whole, **more})


def row(length: int, step: Callable[[int], Any], last: Any) -> str:
    """Schemas L0, L1, ... of which each refers to the next one."""
    schemas = {f"L{i}": step(i) for i in range(length)}
    return document({**schemas, f"L{length}": last})


def nested(levels: int, wrap: Callable[[Any], Any]) -> str:
    schema: Any = {"type": "string"}
    for _ in range(levels):
        schema = wrap(schema)
    return document({"Deep": schema})


def both(keyword: str) -> Callable[[int], Schemas]:
    return lambda i: {keyword: [ref(f"L{i + 1}"), ref(f"L{i + 1}")]}


def mixed(i: int) -> Schemas:
    """An alternation of products, each with a property of its own."""
    parts = [{"properties": {f"{k}{i}": {"type": "string"}}} for k in "ab"]
    return {"oneOf": [{"allOf": [ref(f"L{i + 1}"), part]} for part in parts]}


END: Schemas = {"type": "object", "properties": {"a": {"type": "string"}}}
