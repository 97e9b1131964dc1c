"""Forms: made-up schemas by their names enter, a document that has them leaves.

There is one for each dialect that is read, and one whose schemas are resources of their
own. What the schemas say in the words of JSON Schema 2020-12 is said in those of the
dialect, as far as it has its own; the rest stays, as each keyword is read everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

Schemas = Mapping[str, Any]

DRAFTS = "http://json-schema.org/draft-0{}/schema#"
RELEASES = "https://json-schema.org/draft/{}/schema"
HOME = "https://example.com/"


@dataclass(frozen=True, slots=True)
class Form:
    """How a document holds its schemas.

    ``prefix`` and ``suffix`` stand around a name in a reference. ``other`` is a
    reference to something else, which only what is inside an object or a list may be:
    to the root, or one that depends on how one came there.
    """

    prefix: str
    document: Callable[[Schemas], dict[str, Any]]
    other: Mapping[str, str] = field(default_factory=dict[str, str])
    suffix: str = ""

    def pointer(self, *path: str) -> str:
        """The reference to the schema of a name, or to what is inside it."""
        name, *inner = (quote(escaped(token)) for token in path)
        whole = f"{self.prefix}{name}{self.suffix}"
        mark = "#" if inner and "#" not in whole else ""
        return "/".join((whole + mark, *inner))


def escaped(token: str) -> str:
    """A token of a JSON pointer (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def _openapi(version: str, said: Callable[[Any], Any]) -> Form:
    def document(schemas: Schemas) -> dict[str, Any]:
        info = {"title": "Made up", "version": "1"}
        every = {name: said(schema) for name, schema in schemas.items()}
        return {"openapi": version, "info": info, "components": {"schemas": every}}

    return Form("#/components/schemas/", document)


def _operations() -> Form:
    """A document whose schemas are those of requests, and have no names."""

    def document(schemas: Schemas) -> dict[str, Any]:
        paths: dict[str, Any] = {}
        for name, schema in schemas.items():
            content = {"application/json": {"schema": schema}}
            done = {"204": {"description": "Done."}}
            paths[name] = {
                "post": {"requestBody": {"content": content}, "responses": done}
            }
        info = {"title": "Made up", "version": "1"}
        return {"openapi": "3.1.0", "info": info, "paths": paths}

    suffix = "/post/requestBody/content/application~1json/schema"
    return Form("#/paths/", document, suffix=suffix)


def _rooted() -> Form:
    """A schema that holds the others, which may refer to it."""

    def document(schemas: Schemas) -> dict[str, Any]:
        made = Form("#/$defs/", document)
        held = {name: {"$ref": made.pointer(name)} for name in schemas}
        home = {"$schema": RELEASES.format("2020-12"), "title": "Whole"}
        return {**home, "type": "object", "properties": held, "$defs": dict(schemas)}

    return Form("#/$defs/", document, {"$ref": "#"})


def _collection(dialect: str, word: str, said: Callable[[Any], Any]) -> Form:
    def document(schemas: Schemas) -> dict[str, Any]:
        every = {name: said(schema) for name, schema in schemas.items()}
        return {"$schema": dialect, word: every}

    return Form(f"#/{word}/", document)


def _bundle(year: str, declared: Schemas, call: Mapping[str, str]) -> Form:
    """Every schema is a resource with an anchor, which calls find from outside."""

    def document(schemas: Schemas) -> dict[str, Any]:
        every: dict[str, Any] = {}
        for name, schema in schemas.items():
            said = schema if isinstance(schema, dict) else {"allOf": [schema]}
            if year == "2019-09":
                said = lists(said)
            every[name] = {"$id": HOME + quote(name), **declared, **said}
        return {"$schema": RELEASES.format(year), "$defs": every}

    return Form(HOME, document, call)


def spread(document: Any, entry: str, other: str) -> dict[str, Any]:
    """The document in two files, the second of which has half of the schemas.

    One whose references are no pointers into it stays one file.
    """
    outer, word = document.get("components", document), "schemas"
    word = next((x for x in (word, "$defs", "definitions") if x in outer), "")
    if not word or "$id" in json.dumps(document):
        return {entry: document}
    home = f"#/components/{word}" if outer is not document else f"#/{word}"
    names = list(outer[word])[::2]
    moved = {f"{home}/{quote(escaped(name))}": name for name in names}

    def turned(node: Any, *, away: bool) -> Any:
        """A copy in which references lead where their schemas are now."""
        if isinstance(node, list):
            return [turned(item, away=away) for item in node]
        if isinstance(node, dict):
            return {key: turned(value, away=away) for key, value in node.items()}
        if not isinstance(node, str) or not node.startswith("#"):
            return node
        if any(node == ref or node.startswith(f"{ref}/") for ref in moved):
            return f"{'' if away else other}#{node.removeprefix(home)}"
        return f"{f'../{entry}' if away else ''}{node}"

    parts = {name: turned(outer[word].pop(name), away=True) for name in names}
    return {entry: turned(document, away=False), other: parts}


def same(schema: Any) -> Any:
    """What needs no other words."""
    return schema


def lists(schema: Any) -> Any:
    """Lists of ``items``, as in JSON Schema 2019-09 and before."""
    return _everywhere(schema, _items)


def old(schema: Any) -> Any:
    """The words of JSON Schema draft-07."""
    return _everywhere(schema, _items, _dependencies)


def oldest(schema: Any) -> Any:
    """The words of draft-04 and OpenAPI 3.0."""
    return _everywhere(schema, _items, _dependencies, _flags)


def _everywhere(node: Any, *steps: Callable[[dict[str, Any]], None]) -> Any:
    """A copy with what is a schema rewritten; what is none has no such words."""
    if isinstance(node, list):
        return [_everywhere(item, *steps) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _everywhere(value, *steps) for key, value in node.items()}
    for step in steps:
        step(made)
    return made


def _items(schema: dict[str, Any]) -> None:
    if isinstance(schema.get("prefixItems"), list):
        if "items" in schema:
            schema["additionalItems"] = schema["items"]
        schema["items"] = schema.pop("prefixItems")


def _dependencies(schema: dict[str, Any]) -> None:
    for word in ("dependentRequired", "dependentSchemas"):
        if word in schema:
            schema.setdefault("dependencies", {}).update(schema.pop(word))


def _flags(schema: dict[str, Any]) -> None:
    for bound in ("minimum", "maximum"):
        flag = f"exclusive{bound.capitalize()}"
        if isinstance(schema.get(flag), int | float) and bound not in schema:
            schema[bound], schema[flag] = schema[flag], True


_ANCHOR = "node"
FORMS: tuple[tuple[Form, ...], tuple[int, ...]] = (
    (
        _openapi("3.1.0", same),
        _openapi("3.0.3", oldest),
        _collection(RELEASES.format("2020-12"), "$defs", same),
        _collection(RELEASES.format("2019-09"), "$defs", lists),
        _collection(DRAFTS.format(7), "definitions", old),
        _collection(DRAFTS.format(4), "definitions", oldest),
        _bundle("2020-12", {"$dynamicAnchor": _ANCHOR}, {"$dynamicRef": f"#{_ANCHOR}"}),
        _bundle("2019-09", {"$recursiveAnchor": True}, {"$recursiveRef": "#"}),
        _operations(),
        _rooted(),
    ),
    (8, 2, 2, 1, 2, 1, 2, 1, 1, 1),
)
"""The forms, and how often each is to be chosen."""
