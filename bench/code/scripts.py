"""Schemas for JavaScript libraries, written from the outline and from assertions.

Enters: an :class:`outline.Outline`, or the schemas as :mod:`specloom.export` gives
them. Leaves: the source of one ES module with `ROOTS` for zod or valibot, where a
tagged union is the library's own (`discriminatedUnion`, `variant`); and one JSON Schema
for ajv, whose tagged unions have the `discriminator` that ajv looks tags up by.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from bench.closure import PREFIX
from bench.code.outline import (
    NULL,
    Class,
    Either,
    Entries,
    Fixed,
    Items,
    Node,
    Outline,
    Plain,
    Ref,
    Tagged,
)

Checker: TypeAlias = Literal["zod", "zod mini", "valibot"]

IMPORTS: dict[Checker, str] = {
    "zod": 'import { z as l } from "zod";',
    "zod mini": 'import * as l from "zod/mini";',
    "valibot": 'import * as l from "valibot";',
}
INTEGERS: dict[Checker, str] = {
    "zod": "l.int()",
    "zod mini": "l.int()",
    "valibot": "l.pipe(l.number(), l.integer())",
}
NAMES = {
    "any": "l.unknown()",
    "null": "l.null()",
    "boolean": "l.boolean()",
    "number": "l.number()",
    "string": "l.string()",
}


def script(outline: Outline, checker: Checker) -> str:
    """The source of a library's module."""
    order = list(ordered(outline))
    lines = [IMPORTS[checker]]
    lines += [
        f"const {name} = {declared(outline.classes[name], checker)};" for name in order
    ]
    lines.append("export const ROOTS = {")
    lines += [
        f"  {json.dumps(name)}: {spelled(node, checker)},"
        for name, node in outline.roots.items()
    ]
    return "\n".join([*lines, "};", ""])


def only(outline: Outline, root: str) -> Outline:
    """The part of an outline that one named schema needs."""
    kept: dict[str, Class] = {}

    def visit(node: Node) -> None:
        for name in names(node):
            if name not in kept:
                kept[name] = outline.classes[name]
                for slot in kept[name].slots:
                    visit(slot.node)

    visit(outline.roots[root])
    return Outline(kept, {root: outline.roots[root]})


def ordered(outline: Outline) -> Iterator[str]:
    """The names of the classes, each after those that it refers to.

    Raises:
        ValueError: a class refers to itself; no payload that is measured needs one.
    """
    done: dict[str, bool] = {}

    def visit(name: str) -> Iterator[str]:
        if name in done:
            if not done[name]:
                raise ValueError(f"{name} refers to itself")
            return
        done[name] = False
        for slot in outline.classes[name].slots:
            for inner in names(slot.node):
                yield from visit(inner)
        done[name] = True
        yield name

    for name in outline.classes:
        yield from visit(name)


def names(node: Node) -> Iterator[str]:
    """The classes that a node refers to."""
    match node:
        case Ref(name):
            yield name
        case Items(inner) | Entries(inner):
            yield from names(inner)
        case Either(options):
            for option in options:
                yield from names(option)
        case Tagged(_, cases):
            for _, case in cases:
                yield from names(case)
        case Plain() | Fixed():
            pass


def declared(one: Class, checker: Checker) -> str:
    """The schema of a class."""
    fields: list[str] = []
    for slot in one.slots:
        made = spelled(slot.node, checker)
        made = made if slot.required else f"l.optional({made})"
        fields.append(f"  {json.dumps(slot.name)}: {made},")
    return "\n".join(["l.object({", *fields, "})"])


def spelled(node: Node, checker: Checker) -> str:
    """The schema of a node."""
    match node:
        case Plain(kind):
            return INTEGERS[checker] if kind == "integer" else NAMES[kind]
        case Fixed((value,)):
            return f"l.literal({json.dumps(value)})"
        case Fixed(values):
            word = "picklist" if checker == "valibot" else "enum"
            return f"l.{word}({json.dumps(values)})"
        case Items(item):
            return f"l.array({spelled(item, checker)})"
        case Entries(value):
            return f"l.record(l.string(), {spelled(value, checker)})"
        case Ref(name):
            return name
        case Either(options):
            rest = [option for option in options if option != NULL]
            inner = ", ".join(spelled(option, checker) for option in rest)
            made = inner if len(rest) == 1 else f"l.union([{inner}])"
            return f"l.nullable({made})" if len(rest) < len(options) else made
        case Tagged(key, cases):
            word = "variant" if checker == "valibot" else "discriminatedUnion"
            inner = ", ".join(spelled(case, checker) for _, case in cases)
            return f"l.{word}({json.dumps(key)}, [{inner}])"


def discriminated(document: Any) -> Any:
    """A JSON Schema whose tagged unions say so in the way that ajv reads."""
    schemas = document["components"]["schemas"]

    def target(node: Any) -> Any:
        while isinstance(node, dict) and set(node) == {"$ref"}:
            node = schemas[node["$ref"].removeprefix(PREFIX)]
        return node

    def changed(node: Any) -> Any:
        if isinstance(node, list):
            return [changed(item) for item in node]
        if not isinstance(node, dict):
            return node
        made = {key: changed(value) for key, value in node.items()}
        for word in ("anyOf", "oneOf"):
            branches = [target(branch) for branch in node.get(word, ())]
            key = tag_of(branches)
            if key is not None:
                made["oneOf"] = made.pop(word)
                made |= {"type": "object", "discriminator": {"propertyName": key}}
        return made

    return changed(document)


def tag_of(branches: list[Any]) -> str | None:
    """The property whose fixed text tells the branches apart, if there is one."""
    if len(branches) < 2 or not all(isinstance(branch, dict) for branch in branches):
        return None
    for key in branches[0].get("required", ()):
        texts = [fixed_text(branch, key) for branch in branches]
        if None not in texts and len(set(texts)) == len(texts):
            return str(key)
    return None


def fixed_text(branch: dict[str, Any], key: str) -> str | None:
    """The one text that a required property may have."""
    schema = branch.get("properties", {}).get(key, {})
    values = [schema["const"]] if "const" in schema else schema.get("enum", [])
    single = len(values) == 1 and isinstance(values[0], str)
    return values[0] if single and key in branch.get("required", ()) else None
