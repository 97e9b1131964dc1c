"""Hostile specs: each payload wherever a spec can say something.

:func:`spoken` puts one payload at every place for text; :func:`named` makes names of
things of it. Both give cases too: instances with what a binding must say of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from hostile_payloads import CALM, PAYLOADS

Json = Any
Schemas = dict[str, Any]
Case = tuple[str, Json, bool]
"""The name of a schema, an instance, and whether it is valid."""


def ref(name: str) -> Schemas:
    token = name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
    return {"$ref": f"#/components/schemas/{token}"}


def literally(text: str) -> str:
    """A pattern for this text and nothing else, by the rules of ECMA-262."""

    def code(found: re.Match[str]) -> str:
        return f"\\u{{{ord(found[0]):x}}}"

    return f"^{re.sub(r'[^A-Za-z0-9 ]', code, text)}$"


def spoken(say: Callable[[str], str]) -> tuple[Schemas, list[Case]]:
    """The schemas that say something at each of ``PLACES``, for each payload.

    Args:
        say: what stands in the place of a payload; itself, or something calm.

    Returns:
        The schemas, and cases: a schema's name, an instance, whether it is valid.
    """
    schemas: Schemas = {}
    cases: list[Case] = []
    for index, payload in enumerate(PAYLOADS.values()):
        text = say(payload)
        name = f"Case{index:03}"
        schemas |= _spoken(name, text)
        cases += _judged(name, text)
    return schemas, cases


def _properties(name: str, text: str) -> Schemas:
    """The properties of a schema of :func:`spoken`, each saying the text elsewhere."""
    more, string = f"{text}?", {"type": "string"}
    return {
        "told": {**string, "title": text, "description": text, "format": text},
        "preset": {**string, "description": CALM, "default": text, "example": text},
        "shown": {**string, "examples": [text, more], "$comment": text},
        "fixed": {"const": text},
        "choice": {**ref(f"{name}Choice"), "description": text},
        "structured": {
            **ref(f"{name}Structured"),
            "description": CALM,
            "default": {"k": text},
        },
        "matching": {**string, "pattern": literally(text)},
        "map": {"type": "object", "patternProperties": {literally(text): string}},
        "old": {**string, "deprecated": True, "description": text, "x-since": text},
        "list": {"type": "array", "items": ref(f"{name}Kind")},
        "extended": {
            **string,
            "x-mutability": text,
            "x-enumNames": [text],
            "x-enum-varnames": [text],
            "x-python-type": text,
            "externalDocs": {"url": text, "description": text},
        },
        "union": {
            "oneOf": [ref(f"{name}One"), ref(f"{name}Other")],
            "discriminator": {
                "propertyName": "tag",
                "mapping": {text: f"#/components/schemas/{name}One"},
            },
        },
        "star": ref(f"{name}Base"),
    }


def _tagged(schema: Schemas) -> Schemas:
    """An object with a tag."""
    return {"type": "object", "required": ["tag"], "properties": {"tag": schema}}


def _spoken(name: str, text: str) -> Schemas:
    """A schema that says the text, and those that it refers to."""
    more = f"{text}?"
    return {
        name: {
            "type": "object",
            "description": text,
            "properties": _properties(name, text),
        },
        f"{name}One": _tagged({"const": text}),
        f"{name}Other": {"title": text, **_tagged({"const": more})},
        f"{name}Kind": {"title": text, "description": text, "enum": [text, more, 1]},
        f"{name}Choice": {"type": "string", "enum": [text, more], "description": text},
        f"{name}Structured": {"enum": [{"k": text}, [text], None]},
        f"{name}Base": {
            **_tagged({"type": "string"}),
            "discriminator": {
                "propertyName": "tag",
                "mapping": {text: f"{name}Heir", f"{name}Base": text},
            },
        },
        f"{name}Heir": {
            "allOf": [ref(f"{name}Base")],
            "properties": {"size": {"type": "integer"}},
            "x-ms-discriminator-value": text,
        },
    }


def _judged(name: str, text: str) -> list[Case]:
    """Instances of what :func:`_spoken` makes."""
    more = f"{text}?"
    good = {
        "told": text,
        "preset": text,
        "fixed": text,
        "choice": more,
        "structured": {"k": text},
        "matching": text,
        "map": {text: text},
        "list": [text, 1],
        "union": {"tag": more},
        "star": {"tag": text, "size": 1},
        text: [text],
    }
    bad: tuple[Schemas, ...] = (
        {"fixed": more},
        {"choice": f"{text}!"},
        {"structured": {"k": more}},
        {"matching": more},
        {"map": {text: 1}},
        {"list": [f"{text}!"]},
        {"union": {"tag": f"{text}!"}},
        {"star": {"size": 1}},
    )
    cases: list[Case] = [(name, good, True), *((name, it, False) for it in bad)]
    return [*cases, (f"{name}Kind", text, True), (f"{name}Kind", f"{text}!", False)]


def named() -> tuple[Schemas, list[Case]]:
    """Schemas and properties that are called like payloads."""
    schemas: Schemas = {}
    cases: list[Case] = []
    for index, text in enumerate(PAYLOADS.values()):
        user = f"User{index:03}"
        schemas |= _named(user, f"a{index}", text)
        cases += _judged_by_name(user, text)
    return schemas, cases


def _named(user: str, anchor: str, text: str) -> Schemas:
    """A schema that is called like the text, and those that refer to it."""
    number, anchored = {"type": "integer"}, f"{user}Anchored"
    return {
        text: {"type": "object", "properties": {text: number}},
        user: {
            "type": "object",
            "required": [text],
            "properties": {
                text: ref(text),
                "inner": {"type": "object", "properties": {text: {"enum": [text]}}},
                "union": {
                    "oneOf": [ref(anchored), number],
                    "discriminator": {"propertyName": text},
                },
                "star": ref(f"{user}Base"),
            },
            "patternProperties": {literally(f"x{text}"): number},
            f"x-{text}": text,
        },
        anchored: {
            "$anchor": anchor,
            "type": "object",
            "required": [text],
            "properties": {text: {"const": text}},
            "additionalProperties": False,
        },
        f"{user}Base": {
            "type": "object",
            "required": [text],
            "properties": {text: {"type": "string"}},
            "discriminator": {"propertyName": text},
        },
        f"{user}Heir": {
            "allOf": [ref(f"{user}Base")],
            "properties": {f"{text}-size": number},
        },
    }


def _judged_by_name(user: str, text: str) -> list[Case]:
    """Instances of what :func:`_named` makes."""
    anchored = f"{user}Anchored"
    return [
        (text, {text: 1}, True),
        (text, {text: "one"}, False),
        (user, {text: {text: 2}, "inner": {text: text}}, True),
        (user, {text: {}, "union": {text: text}, f"x{text}": 3}, True),
        (user, {text: {}, "star": {text: f"{user}Heir", f"{text}-size": 1}}, True),
        (user, {text: {}, "star": {text: 1}}, False),
        (user, {text: {text: "two"}}, False),
        (user, {}, False),
        (user, {text: {}, f"x{text}": "three"}, False),
        (anchored, {text: text}, True),
        (anchored, {text: f"{text}!"}, False),
        (anchored, {text: text, f"{text}!": 1}, False),
    ]


def document(schemas: Schemas, text: str = CALM) -> str:
    """A whole OpenAPI document; ``text`` stands at each of ``INFO_PLACES``."""
    return json.dumps(
        {
            "openapi": "3.1.0",
            "jsonSchemaDialect": text,
            "$comment": text,
            "info": {
                "title": text,
                "version": text,
                "description": text,
                "contact": {"name": text, "url": text, "email": text},
                "license": {"name": text, "identifier": text},
                "x-logo": {"url": text},
            },
            "servers": [{"url": text, "description": text}],
            "tags": [{"name": text, "description": text}],
            "paths": {f"/{text}": {"get": {"operationId": text, "tags": [text]}}},
            "components": {"schemas": schemas},
        }
    )


def batches() -> Iterator[tuple[str, str, list[Case]]]:
    """Every spec of the corpus: its name, its text, its cases."""
    schemas, cases = spoken(lambda payload: payload)
    yield "spoken", document(schemas), cases
    schemas, cases = named()
    yield "named", document(schemas), cases
    for index, payload in enumerate(PAYLOADS.values()):
        lamp = {"Lamp": {"type": "object", "properties": {"on": {"type": "boolean"}}}}
        yield f"info{index:03}", document(lamp, payload), [("Lamp", {"on": True}, True)]


def places() -> int:
    """How many places for text there are that each payload is put in."""
    mark = "\N{SNOWMAN}"
    about = json.loads(document({}, mark))
    return sum(
        json.dumps(made, ensure_ascii=False).count(mark)
        for made in (_spoken("Case", mark), _named("User", "a", mark), about)
    )


def crossings() -> int:
    """How many pairs of a payload and a place there are, for each target."""
    return len(PAYLOADS) * places()
