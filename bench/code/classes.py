"""Classes for Python libraries that bring no generator, written from the outline.

Enters: an :class:`outline.Outline`. Leaves: the source of one module a library, where
unions are told apart in the best way that the library offers:

- pydantic, tuned by hand: strict, `discriminator` on every tagged union, nested too;
- mashumaro: `Discriminator` on the union, which looks a tag up in a dictionary;
- cattrs: a structure hook on each union, which does the same (`HOOKS`);
- msgspec: tagged structs.

mashumaro and msgspec know no tag below a tag: what shares one text is merged into one
class there, whose fields are the union of all. Where these differ, it takes anything.
Every module has `ROOTS`, from a schema's name to its type.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bench.code.outline import (
    ANY,
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
    Slot,
    Tagged,
)

Library: TypeAlias = Literal["pydantic", "mashumaro", "cattrs", "msgspec"]

HEADS: dict[Library, str] = {
    "pydantic": (
        "from pydantic import BaseModel, ConfigDict, Field\n\n\n"
        "class Base(BaseModel):\n"
        "    model_config = ConfigDict(strict=True, protected_namespaces=())\n"
    ),
    "mashumaro": (
        "from dataclasses import dataclass\n\n"
        "from mashumaro.config import BaseConfig\n"
        "from mashumaro.types import Discriminator\n\n\n"
        "class Omitting(BaseConfig):\n"
        "    omit_default = True\n\n\n"
        "def tag(cls: type) -> str:\n"
        "    return TAGS[cls.__name__]\n"
    ),
    "cattrs": "from dataclasses import dataclass\n",
    "msgspec": "from msgspec import UNSET, Struct, UnsetType\n",
}
NAMES = {
    "any": "Any",
    "null": "None",
    "boolean": "bool",
    "integer": "int",
    "number": "float",
    "string": "str",
}


def module(outline: Outline, library: Library) -> str:
    """The source of a library's module."""
    if library in ("mashumaro", "msgspec"):
        outline = merged(outline)
    writer = Writer(library, tags(outline))
    parts = [
        "from __future__ import annotations\n",
        "from typing import Annotated, Any, Literal, Union\n",
        HEADS[library],
        *(writer.declaration(one) for one in outline.classes.values()),
        "ROOTS: dict[str, Any] = {",
        *(
            f'    "{name}": {writer.node(node)},'
            for name, node in outline.roots.items()
        ),
        "}",
        *writer.dispatch(outline),
    ]
    return "\n".join([*parts, ""])


def tags(outline: Outline) -> dict[str, tuple[str, str]]:
    """For each class that a tagged union has: the tag's key and text."""
    found: dict[str, tuple[str, str]] = {}

    def see(node: Node) -> Node:
        if isinstance(node, Tagged):
            for text, case in node.cases:
                if isinstance(case, Ref):
                    found.setdefault(case.name, (node.key, text))
        return node

    mapped(outline, see)
    return found


def mapped(outline: Outline, change: Callable[[Node], Node]) -> Outline:
    """The outline with every node changed, the inner ones first."""

    def deep(node: Node) -> Node:
        match node:
            case Items(item):
                node = Items(deep(item))
            case Entries(value):
                node = Entries(deep(value))
            case Either(options):
                node = Either(tuple(map(deep, options)))
            case Tagged(key, cases):
                inner = [(text, deep(case)) for text, case in cases]
                node = Tagged(
                    key,
                    tuple((t, c) for t, c in inner if isinstance(c, Ref | Tagged)),
                )
            case Plain() | Fixed() | Ref():
                pass
        return change(node)

    classes = {
        name: replace(
            one, slots=tuple(replace(slot, node=deep(slot.node)) for slot in one.slots)
        )
        for name, one in outline.classes.items()
    }
    roots = {name: deep(node) for name, node in outline.roots.items()}
    return Outline(classes, roots)


def merged(outline: Outline) -> Outline:
    """The outline with one class in the place of each inner tagged union."""
    made: dict[str, Class] = {}

    def change(node: Node) -> Node:
        if not isinstance(node, Tagged):
            return node
        return Tagged(node.key, tuple((t, join(case)) for t, case in node.cases))

    def join(case: Ref | Tagged) -> Ref:
        if isinstance(case, Ref):
            return case
        refs = [join(inner) for _, inner in case.cases]
        classes = [made.get(ref.name) or outline.classes[ref.name] for ref in refs]
        name = "Or".join(one.name for one in classes)
        made[name] = Class(name, joined(classes))
        return Ref(name)

    changed = mapped(outline, change)
    return Outline(changed.classes | made, changed.roots)


def joined(classes: list[Class]) -> tuple[Slot, ...]:
    """The fields of several classes in one."""
    slots: dict[str, Slot] = {}
    for one in classes:
        for slot in one.slots:
            known = slots.setdefault(slot.name, slot)
            slots[slot.name] = replace(
                slot,
                node=either(known.node, slot.node),
                required=all(
                    any(s.name == slot.name and s.required for s in other.slots)
                    for other in classes
                ),
            )
    return tuple(slots.values())


def either(left: Node, right: Node) -> Node:
    """A node for what is one or the other; anything where that has no simple name."""
    if left == right:
        return left
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return Fixed(tuple(dict.fromkeys((*left.values, *right.values))))
    return Items(ANY) if isinstance(left, Items) and isinstance(right, Items) else ANY


@dataclass(frozen=True, slots=True)
class Writer:
    """Spells one library's classes and types."""

    library: Library
    tags: dict[str, tuple[str, str]]

    def declaration(self, one: Class) -> str:
        """A class; fields keep their names on the wire."""
        for slot in one.slots:
            if not slot.name.isidentifier() or keyword.iskeyword(slot.name):
                raise ValueError(f"{one.name}.{slot.name} is no Python name")
        head, skipped = self.head(one)
        lines = [self.slot(slot) for slot in one.slots if slot.name != skipped]
        if self.library == "mashumaro":
            lines += ["    class Config(Omitting):", "        pass"]
        return "\n".join(["", head, *(lines or ["    pass"]), ""])

    def head(self, one: Class) -> tuple[str, str | None]:
        """The first lines of a class, and the field that the library itself keeps."""
        match self.library:
            case "pydantic":
                return f"class {one.name}(Base):", None
            case "mashumaro" | "cattrs":
                return f"@dataclass(kw_only=True, slots=True)\nclass {one.name}:", None
            case "msgspec":
                bases = "Struct, kw_only=True, omit_defaults=True"
                if one.name not in self.tags:
                    return f"class {one.name}({bases}):", None
                key, text = self.tags[one.name]
                return (
                    f"class {one.name}({bases}, tag_field={key!r}, tag={text!r}):",
                    key,
                )

    def dispatch(self, outline: Outline) -> list[str]:
        """What a library is told beside the types, to look tags up."""
        if self.library == "mashumaro":
            tags = {name: text for name, (_, text) in self.tags.items()}
            return [f"TAGS = {tags!r}"]
        if self.library != "cattrs":
            return []
        unions: dict[str, None] = {}

        def see(node: Node) -> Node:
            if isinstance(node, Either | Tagged):
                options = node.options if isinstance(node, Either) else (node,)
                unions[f"({self.node(node)}, {', '.join(map(self.plan, options))})"] = (
                    None
                )
            return node

        mapped(outline, see)
        return ["HOOKS = [", *(f"    {union}," for union in unions), "]"]

    def plan(self, node: Node) -> str:
        """How cattrs is to read one alternative: a type, or a tag and its cases."""
        if not isinstance(node, Tagged):
            return self.node(node)
        cases = (f"{text!r}: {self.plan(case)}" for text, case in node.cases)
        return f"({node.key!r}, {{{', '.join(cases)}}})"

    def slot(self, slot: Slot) -> str:
        """One field. An optional one is absent by the library's own means."""
        spelled = self.node(slot.node)
        if slot.required:
            return f"    {slot.name}: {spelled}"
        match self.library:
            case "msgspec":
                return f"    {slot.name}: Union[{spelled}, UnsetType] = UNSET"
            case "pydantic" | "cattrs":
                return f"    {slot.name}: {spelled} = None"
            case "mashumaro":
                return f"    {slot.name}: Union[{spelled}, None] = None"

    def node(self, node: Node) -> str:
        """The annotation of a node."""
        match node:
            case Plain(kind):
                return NAMES[kind]
            case Fixed(values):
                return f"Literal[{', '.join(map(repr, values))}]"
            case Items(item):
                return f"list[{self.node(item)}]"
            case Entries(value):
                return f"dict[str, {self.node(value)}]"
            case Ref(name):
                return name
            case Either(options):
                return self.union(options)
            case Tagged():
                return self.tagged(node)

    def union(self, options: tuple[Node, ...]) -> str:
        """Alternatives without a tag; msgspec takes one of each kind at most."""
        maps = [node for node in options if isinstance(node, Ref | Entries | Tagged)]
        lists = [node for node in options if isinstance(node, Items)]
        if self.library == "msgspec" and (len(maps) > 1 or len(lists) > 1):
            return "Any"
        if maps == list(options[:-1]) and len(maps) == 1 and options[-1] == NULL:
            return f"Union[{self.node(maps[0])}, None]"
        return f"Union[{', '.join(map(self.node, options))}]"

    def tagged(self, node: Tagged) -> str:
        """Alternatives that a tag tells apart."""
        inner = f"Union[{', '.join(self.node(case) for _, case in node.cases)}]"
        match self.library:
            case "pydantic":
                return f"Annotated[{inner}, Field(discriminator={node.key!r})]"
            case "mashumaro":
                how = f"field={node.key!r}, include_supertypes=True"
                how = f"Discriminator({how}, variant_tagger_fn=tag)"
                return f"Annotated[{inner}, {how}]"
            case "cattrs" | "msgspec":
                return inner
