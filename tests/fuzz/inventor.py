"""Inventor: a source of chance enters, specs that nobody would write leave.

The schemas use every keyword that is supported and refer to one another. What people
write beside the rules (names, descriptions, defaults) is added by ``adorned``, and
``forms`` puts them into documents of every dialect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from .forms import FORMS, Form
from .words import (
    KEYS,
    MANY,
    NAMES,
    ODD_NAMES,
    ODD_PROPERTIES,
    PATTERNS,
    PROPERTIES,
    RARE,
    SCALARS,
    TEXTS,
)


class Inventor:
    """Makes schemas up; the same seed makes the same.

    Most methods take the names of the schemas that may be referred to in place, which
    are those further down, so that none is defined by itself; in what an object or a
    list holds, any schema may be.
    """

    def __init__(self, seed: int | str) -> None:
        self.random = Random(seed)
        self.names: tuple[str, ...] = NAMES
        self.properties: tuple[str, ...] = PROPERTIES
        if self.likely(0.1):
            self.names = tuple(self.random.sample(ODD_NAMES, 4))
        if self.likely(0.2):
            others = self.random.sample(ODD_PROPERTIES, 2)
            self.properties = (*PROPERTIES[:2], *others)
        self.form: Form = self.random.choices(*FORMS)[0]

    def document(self) -> dict[str, Any]:
        """A whole spec, whose schemas refer to each other."""
        schemas: dict[str, Any] = {}
        for at, name in enumerate(self.names):
            depth = 3 if self.likely(0.1) else 2
            schemas[name] = self.schema(depth, self.names[at + 1 :])
        first, *others = self.names
        chosen = self.random.random()
        if chosen < 0.25:
            schemas |= self.tagged(first, others)
        elif chosen < 0.35:
            schemas |= self.inherited(first, others)
        if self.likely(0.2):
            self.reach_inside(schemas)
        return self.form.document(schemas)

    def likely(self, chance: float) -> bool:
        return self.random.random() < chance

    def some(self) -> list[str]:
        """Names of one to three properties."""
        return self.random.sample(self.properties, self.random.randint(1, 3))

    def reference(self, near: Sequence[str]) -> dict[str, Any]:
        """A reference to one of some schemas."""
        if near is self.names and self.form.other and self.likely(0.5):
            return dict(self.form.other)
        return {"$ref": self.form.pointer(self.random.choice(near))}

    def scalar(self) -> Any:
        if self.likely(0.1):
            return {"type": "string", "pattern": self.random.choice(PATTERNS)}
        if self.likely(0.03):
            return {"enum": self.random.sample(MANY, self.random.randint(2, len(MANY)))}
        return self.random.choice(RARE if self.likely(0.3) else SCALARS)

    def inner(self, depth: int) -> Any:
        """A schema of what is inside an object or a list."""
        return self.schema(depth, self.names)

    def schema(self, depth: int, near: Sequence[str]) -> Any:
        if near and self.likely(0.3 if depth <= 0 else 0.15):
            return self.reference(near)
        if depth <= 0 or self.likely(0.2):
            return self.scalar()
        if self.likely(0.5):
            return self.object(depth, near) if self.likely(0.7) else self.array(depth)
        made = self.combined(depth, near)
        if near and self.likely(0.15):
            made |= self.reference(near)
        return made

    def combined(self, depth: int, near: Sequence[str]) -> dict[str, Any]:
        """A schema of alternatives and conditions."""
        made: dict[str, Any] = {}
        if self.likely(0.4):
            made = self.object(depth - 1, near)
        elif self.likely(0.1):
            made = self.array(depth - 1)
        elif self.likely(0.2):
            made["type"] = self.random.choice(("object", "array", "string"))
        count = 2 if self.likely(0.25) else 1
        for word in self.random.sample(("allOf", "anyOf", "oneOf"), count):
            length = self.random.randint(1, 3)
            made[word] = [self.schema(depth - 1, near) for _ in range(length)]
        if self.likely(0.15):
            made["unevaluatedProperties"] = self.rest()
        if self.likely(0.1):
            made["unevaluatedItems"] = self.rest()
        if self.likely(0.1):
            made["nullable"] = True
        if self.likely(0.1):
            made["not"] = self.schema(self.random.randint(0, 1), near)
        if self.likely(0.15):
            made["if"] = self.schema(self.random.randint(0, 1), near)
            for word in self.random.sample(("then", "else"), self.random.randint(0, 2)):
                made[word] = self.schema(depth - 1, near)
        return made

    def rest(self) -> Any:
        """What is asked of what nothing else is said of."""
        return False if self.likely(0.6) else self.inner(0)

    def object(self, depth: int, near: Sequence[str]) -> dict[str, Any]:
        made: dict[str, Any] = {
            "properties": {x: self.inner(depth - 1) for x in self.some()}
        }
        if self.likely(0.85):
            made["type"] = self.random.choice(("object", "object", ["object", "null"]))
        if self.likely(0.5):
            made["required"] = self.random.sample(self.properties, 2)
        if self.likely(0.25):
            made["additionalProperties"] = self.rest()
        if self.likely(0.15):
            keys = self.random.sample(KEYS, self.random.randint(1, 2))
            made["patternProperties"] = {x: self.inner(depth - 1) for x in keys}
        if self.likely(0.1):
            made["propertyNames"] = self.keys()
        if self.likely(0.1):
            made["if"] = {"required": self.some()}
            made["then"] = self.schema(depth - 1, near)
        if self.likely(0.1):
            first, *others = self.random.sample(self.properties, 2)
            made["dependentRequired"] = {first: others}
        if self.likely(0.1):
            first = self.random.choice(self.properties)
            made["dependentSchemas"] = {first: self.schema(depth - 1, near)}
        if self.likely(0.1):
            made["unevaluatedProperties"] = self.rest()
        if self.likely(0.1):
            made["minProperties"] = self.random.randint(0, 2)
        if self.likely(0.1):
            made["maxProperties"] = self.random.randint(0, 3)
        if self.likely(0.1):
            made["nullable"] = True
        if self.likely(0.05):
            del made["properties"]
            made["additionalProperties"] = self.inner(depth - 1)
        elif self.likely(0.03):
            crowd = {f"p{number}": self.inner(0) for number in range(70)}
            made["properties"] = {**crowd, **made["properties"]}
        return made

    def keys(self) -> Any:
        """What is asked of the names of properties."""
        listed = {"enum": self.some()}
        return self.random.choice(
            (listed, {"pattern": "^[a-z]$"}, {"maxLength": 1}, {"not": listed}, False)
        )

    def array(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {"items": self.inner(depth - 1)}
        if self.likely(0.8):
            made["type"] = self.random.choice(("array", "array", ["array", "null"]))
        if self.likely(0.25):
            length = self.random.randint(1, 2)
            made["prefixItems"] = [self.inner(depth - 1) for _ in range(length)]
        if self.likely(0.5) and "prefixItems" in made:
            del made["items"]
        if self.likely(0.1):
            made["unevaluatedItems"] = self.rest()
        if self.likely(0.3):
            made["minItems"] = self.random.randint(0, 2)
        if self.likely(0.2):
            made["maxItems"] = self.random.randint(0, 3)
        if self.likely(0.15):
            made["uniqueItems"] = True
        if self.likely(0.2):
            made["contains"] = self.inner(0)
            if self.likely(0.5):
                made["minContains"] = self.random.randint(0, 2)
            if self.likely(0.3):
                made["maxContains"] = self.random.randint(1, 2)
        return made

    # --- what many specs have ---------------------------------------------------------

    def tagged(self, union: str, members: Sequence[str]) -> dict[str, Any]:
        """A union, and its members with a property that tells them apart, or nearly."""
        tag = self.random.choice(self.properties)
        made: dict[str, Any] = {}
        for at, name in enumerate(members):
            near = members[at + 1 :]
            member = self.marked(tag, name, near)
            if self.likely(0.15):
                others = [self.marked(tag, f"{name}{n}", near) for n in range(2)]
                member = {self.random.choice(("oneOf", "anyOf")): [member, *others]}
            if self.likely(0.2):
                member = {"allOf": [member, self.schema(1, near)]}
            made[name] = member
        alternatives = [{"$ref": self.form.pointer(name)} for name in members]
        if self.likely(0.1):
            alternatives += [self.marked(tag, f"m{n}", members) for n in range(12)]
        whole: dict[str, Any] = {
            self.random.choice(("oneOf", "anyOf")): alternatives,
        }
        if self.likely(0.2):
            alternatives.append(self.random.choice(({"type": "null"}, self.scalar())))
        if self.likely(0.6):
            whole["discriminator"] = self.discriminator(tag, members)
        if self.likely(0.15):
            whole |= self.object(1, ())
        made[union] = whole
        return made

    def marked(self, tag: str, value: str, near: Sequence[str]) -> dict[str, Any]:
        """An object with a tag, that mostly has one value and has to be there."""
        made = self.object(1, near)
        values = [value, *self.random.choices(("x", "y", 1, None), k=2)]
        said = ({"const": value}, {"enum": [value]}, {"enum": values}, self.scalar())
        marks = {tag: self.random.choices(said, (6, 2, 1, 1))[0]}
        made["properties"] = {**made.get("properties", {}), **marks}
        if self.likely(0.9):
            made["required"] = sorted({*made.get("required", ()), tag})
        return made

    def inherited(self, base: str, heirs: Sequence[str]) -> dict[str, Any]:
        """A base, and others made of it by ``allOf``."""
        tag = self.random.choice(self.properties)
        first = self.object(1, ())
        first.setdefault("properties", {})[tag] = {"type": "string"}
        first["discriminator"] = self.discriminator(tag, heirs)
        made: dict[str, Any] = {base: first}
        for name in heirs:
            own = [self.object(1, ()) for _ in range(self.random.randint(0, 2))]
            parts = [{"$ref": self.form.pointer(base)}, *own]
            self.random.shuffle(parts)
            made[name] = {"allOf": parts}
            if self.likely(0.3):
                made[name] |= self.object(1, ())
        return made

    def discriminator(self, tag: str, members: Sequence[str]) -> dict[str, Any]:
        made: dict[str, Any] = {"propertyName": tag}
        if self.likely(0.5):
            made["mapping"] = {
                self.random.choice((name, "x")): self.form.pointer(name)
                for name in members
            }
        return made

    def reach_inside(self, schemas: Mapping[str, Any]) -> None:
        """Let a property refer to what stands somewhere inside a schema."""
        paths = list(_places(schemas, ()))
        owners = [schema for _, schema in paths if "properties" in schema]
        if owners:
            path, _ = self.random.choice(paths)
            properties = self.random.choice(owners)["properties"]
            properties[self.random.choice(self.properties)] = {
                "$ref": self.form.pointer(*path)
            }

    # --- what people write beside the rules -------------------------------------------

    def adorned(self, node: Any) -> Any:
        """A copy with odd property names, and text here and there."""
        if isinstance(node, list):
            return [self.adorned(item) for item in node]
        if not isinstance(node, dict):
            return node
        made = {key: self.adorned(value) for key, value in node.items()}
        if isinstance(made.get("properties"), dict) and self.likely(0.3):
            made["properties"][self.random.choice(TEXTS)] = self.random.choice(SCALARS)
        if "type" in made and self.likely(0.3):
            made |= self.words()
        return made

    def words(self) -> dict[str, Any]:
        """Some annotations, and an extension."""
        text = self.random.choice
        found: dict[str, Any] = {
            "title": text(TEXTS),
            "description": f"{text(TEXTS)} {text(TEXTS)}\n\n{text(TEXTS)}",
            "default": text(TEXTS),
            "examples": [text(TEXTS)],
            "example": {text(TEXTS): text(TEXTS)},
            "deprecated": True,
            "readOnly": True,
            "writeOnly": True,
            "x-since": text(TEXTS),
            "$comment": text(TEXTS),
        }
        chosen = self.random.sample(list(found), self.random.randint(1, 4))
        return {key: found[key] for key in chosen}


def _places(
    schemas: Mapping[str, Any], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Schemas and those inside them, with the path to each that all dialects have."""
    for name, schema in schemas.items():
        if isinstance(schema, dict):
            path = (*above, name)
            yield path, schema
            yield from _places(schema.get("properties", {}), (*path, "properties"))
            for word in ("allOf", "anyOf", "oneOf"):
                listed = {str(at): x for at, x in enumerate(schema.get(word, ()))}
                yield from _places(listed, (*path, word))
