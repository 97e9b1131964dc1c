r"""Hostile text, and specs that say it wherever a spec can say something.

A payload tries to leave the place it stands in and, if code runs it, to leave a trace:
it writes the file that the environment variable ``SPECLOOM_CANARY`` names. The names of
payloads cite the published hole of some generator that they are modelled on.

:func:`spoken` puts one payload at every place for text; :func:`named` makes names of
things of it. Both give cases too: instances with what a binding must say of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

Json = Any
Schemas = dict[str, Any]
Case = tuple[str, Json, bool]
"""The name of a schema, an instance, and whether it is valid."""

CANARY = "SPECLOOM_CANARY"
PY = f'__import__("pathlib").Path(__import__("os").environ["{CANARY}"]).touch()'
JS = f'process.getBuiltinModule("fs").writeFileSync(process.env.{CANARY}, "")'
SHELL = f'touch "${CANARY}"'
CALM = "calm text"

PAYLOADS = {
    "CVE-2016-5641 literal, double quotes, Python": f'" + str({PY}) + "',
    "CVE-2016-5641 literal, double quotes, JavaScript": f'" + {JS} + "',
    "CVE-2020-15142 literal, single quotes, Python": f"' + str({PY}) + '",
    "CVE-2020-15142 literal, single quotes, JavaScript": f"'; {JS}; '",
    "GHSA-2hx3-vp6r-mg3f default, Python": f"None\n{PY}\n",
    "CVE-2026-23947 enumeration, JavaScript": f'a"; }} ; {JS}; enum x {{ y = "',
    "CVE-2026-24132 enumeration, Python": f'A = "a"\n    {PY}\n    B = "b"',
    "CVE-2026-25141 end of comment": f"*/ {JS} /*",
    "GHSA-3hrf-2gc2-mx32 newline in a comment": f"x\n{PY}\n#\n{JS}\n//",
    "GHSA-j884-q54q-mmx3 carriage return": f"x\r{PY}\r#\r{JS}\r//\r\n",
    "GHSA-gpcc-36pq-8qxr identifier, Python": f"a: int = {PY}",
    "GHSA-gpcc-36pq-8qxr identifier, JavaScript": f"a; static {{ {JS} }} b",
    "GHSA-m34r-v34r-rf9q type of an extension": f"int\n    z: str = {PY}",
    "GHSA-rjwr-m7qx-3fjr a sink that was missed": f"{{{JS}}}\n${{{JS}}}",
    "GHSA-jwgf-6xff-4hvp and missed again": f"`}}); {JS}; ({{`",
    "CVE-2020-15141 path upward": "../../../canary",
    "GHSA-4vv7-jj25-4gh6 absolute path": "/tmp/specloom-canary",
    "path of Windows": "..\\..\\C:\\canary",
    "path with percents": "..%2f..%2fcanary",
    "device": "CON",
    "device with an ending": "nul.txt",
    "trailing dots": "name. . .",
    "dots": "..",
    "CVE-2021-42574 bidirectional": "\u202e\u2066 //\u2069\u2066 if admin \u202c",
    "unseen": "a\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\U000e0001\U000e0041",
    "line separators": f"x\u2028{JS}\u2029{JS}\x85{PY}\v{PY}\f{PY}\x1c{PY}\x1d\x1e",
    "controls": "\x00\x01\x07\x08\x1b[31m\x7f\x9b",
    "noncharacters": "\ufffe\uffff\U0010ffff\ue000",
    "combining": "e\u0301 \u0344 \u212b \ufb01 \u0130 \u1e9e",
    "triple quotes": f'"""\n{PY}\n"""',
    "triple single quotes": f"'''\n{PY}\n'''",
    "quotes at the end": 'x"',
    "two quotes at the end": 'x""',
    "backslash at the end": "x\\",
    "backslashes": '\\" \\\\" \\N{BULLET} \\x41 \\u0041 \\101 \\\n\\',
    "template literal": f"`; {JS}; `",
    "interpolation": f"${{{JS}}} $x #{{x}} {{x!r}} %(x)s %s {{0.__class__}}",
    "coding of Python": "coding: utf-7 +AAo-import os",
    "pragmas of Python": "type: ignore # type: ignore # mypy: ignore-errors # noqa",
    "pragmas of TypeScript": "@ts-nocheck @ts-ignore @ts-expect-error eslint-disable",
    "tags of JSDoc": "@import {x} from 'y'\n@type {import('fs')}\n{@link x} @jsx h",
    "triple slash": '/ <reference path="/etc/passwd" />\n/// <amd-module name="x"/>',
    "source map": "# sourceMappingURL=data:application/json;base64,e30=",
    "shebang": f"!/bin/sh\n{SHELL}\n#!/bin/sh",
    "shell": f"$({SHELL}) `{SHELL}` ; {SHELL} | {SHELL} &",
    "Jinja": "{{ 7 * 7 }}{% raw %}{# x #}{{ self.__class__ }}#}%}}}",
    "Liquid and Vue": "{{ site }}{% include x %}{{ constructor.constructor('1')() }}",
    "MDX": f"{{{JS}}} <X y={{{JS}}}/> import x from 'y'\nexport const z = 1",
    "PHP": f"<?php {SHELL} ?> <?= 1 ?>",
    "PHP heredoc": f"<<<EOT\nx\nEOT;\n{SHELL}",
    "Dart interpolation": "$canary ${canary()} r'''$x'''",
    "Rust doc test": f'```rust\npanic!();\n```\n```\n{PY}\n``` "# r#"x"#',
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "HTML block": "<div>\n\n<iframe src='javascript:alert(1)'></iframe>\n\n</div>",
    "HTML comment": "--> <!-- x --!> <![CDATA[ ]]> ]]>",
    "HTML entities": "&lt;script&gt; &#60;b&#62; &colon; &NewLine; &amp;lt;",
    "link": "[x](javascript:alert(1)) [y](<javascript:a>) ![z](data:text/html,x)",
    "link by parts": "](javascript:alert(1)) [x][a]\n\n[a]: javascript:alert(1)",
    "autolink": '<javascript:alert(1)> <a href="<vbscript:x>"> <data:text/html,x>',
    "hidden scheme": "[x](java\nscript:x) [y](&#106;avascript:x) [z](\\javascript:x)",
    "table cell": "a | b \\| c \\\\| d `|` `\\|` `` `\\\\| `` |",
    "table": "| a | b |\n|---|---|\n| c | d |",
    "code fence": f"```\n# x\n```\n~~~\n{PY}\n~~~~",
    "open code": "`` a ``` b ` c",
    "headings": "# x\n\nx\n---\n\nx\n===\n\n***",
    "lists and quotes": "- x\n  1. y\n> z\n>> q\n\n    code\n+ [ ] x",
    "front matter": "---\nlayout: x\n---\n",
    "TOML": '"\n[tool.x]\ny = """\n',
    "JSON": '", "scripts": {"postinstall": "x"}, "y": "',
    "prototype": "__proto__",
    "constructor": "constructor",
    "dunder": "__init__",
    "keyword": "class",
    "empty": "",
    "blank": " \t\n ",
    "very long": "x" * 600,
    "very long words": f"{'word ' * 150}{PY}",
}


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
        made, judged = _spoken(f"Case{index:03}", text)
        schemas |= made
        cases += judged
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


def _spoken(name: str, text: str) -> tuple[Schemas, list[Case]]:
    more = f"{text}?"
    one = {
        "type": "object",
        "required": ["tag"],
        "properties": {"tag": {"const": text}},
    }
    other = {
        "title": text,
        "type": "object",
        "required": ["tag"],
        "properties": {"tag": {"const": more}},
    }
    schemas = {
        name: {
            "type": "object",
            "description": text,
            "properties": _properties(name, text),
        },
        f"{name}One": one,
        f"{name}Other": other,
        f"{name}Kind": {"title": text, "description": text, "enum": [text, more, 1]},
        f"{name}Choice": {"type": "string", "enum": [text, more], "description": text},
        f"{name}Structured": {"enum": [{"k": text}, [text], None]},
        f"{name}Base": {
            "type": "object",
            "required": ["tag"],
            "properties": {"tag": {"type": "string"}},
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
    cases += [(f"{name}Kind", text, True), (f"{name}Kind", f"{text}!", False)]
    return schemas, cases


def named() -> tuple[Schemas, list[Case]]:
    """Schemas and properties that are called like payloads."""
    schemas: Schemas = {}
    cases: list[Case] = []
    for index, text in enumerate(PAYLOADS.values()):
        made, judged = _named(index, text)
        schemas |= made
        cases += judged
    return schemas, cases


def _named(index: int, text: str) -> tuple[Schemas, list[Case]]:
    number = {"type": "integer"}
    user, anchored = f"User{index:03}", f"User{index:03}Anchored"
    schemas: Schemas = {
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
            "$anchor": f"a{index}",
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
    cases: list[Case] = [
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
    return schemas, cases


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
    lamp = document({}, mark)
    return sum(
        json.dumps(made, ensure_ascii=False).count(mark)
        for made in (_spoken("Case", mark)[0], _named(0, mark)[0], json.loads(lamp))
    )


def crossings() -> int:
    """How many pairs of a payload and a place there are, for each target."""
    return len(PAYLOADS) * places()
