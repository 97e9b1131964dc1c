"""Inventor: a source of chance enters, specs that nobody would write leave.

The schemas use every keyword that is supported and refer to one another. What people
write beside the rules (names, descriptions, defaults) is added by ``adorned``.
"""

from __future__ import annotations

from random import Random
from typing import Any

NAMES = ("A", "B", "C", "D")
PROPERTIES = ("a", "b", "t", "x-a")
SCALARS: tuple[Any, ...] = (
    {"type": "string"},
    {"type": "integer"},
    {"type": "number", "minimum": 1},
    {"type": "boolean"},
    {"type": "null"},
    {"type": ["string", "null"]},
    {"type": ["integer", "string"], "minimum": 2},
    {"type": "string", "nullable": True},
    {"minLength": 2},
    {"const": "x"},
    {"const": True},
    {"enum": ["x", "y", None]},
    {"enum": [1, 2, "x"]},
    {},
    True,
    False,
)
RARE: tuple[Any, ...] = (
    {"type": "string", "pattern": "^[a-z]+$", "maxLength": 3},
    {"type": "number", "multipleOf": 0.1, "exclusiveMaximum": 5},
    {"type": "integer", "exclusiveMinimum": 0, "maximum": 2**53},
    {"type": "string", "format": "date-time"},
    {"const": {"a": [1, None]}},
    {"const": 1},
    {"const": 1.0},
    {"enum": [1, True, 0, False]},
    {"enum": [[], {}, 1.5, "\u00e9"]},
    {"type": "array", "items": False},
)
TEXTS = (
    "x",
    "class",
    "None",
    "constructor",
    "__proto__",
    "a b",
    "a-b",
    "aB",
    "1st",
    "",
    "\u65e5\u672c",
    "\U0001f600",
    "*/",
    '"""',
    "`${x}`",
    "{{ x }}",
    "{% x %}",
    "\\",
    "'; x = 1 #",
    "<!-- x --> <script>x</script>",
    "a\rb\u2028c\u2029d\ne",
    "| [x](javascript:x) |",
    "\u202e\u2066\ufeff",
    "?>",
    "../../x",
    "```\nx\n```",
    "x" * 300,
)
"""What has broken out of generated code somewhere, or come close to it."""


class Inventor:
    """Makes schemas up; the same seed makes the same."""

    def __init__(self, seed: int | str) -> None:
        self.random = Random(seed)

    def document(self) -> dict[str, Any]:
        """A whole spec, whose schemas refer to each other."""
        schemas = {name: self.schema(2) for name in NAMES}
        info = {"title": "Made up", "version": "1"}
        return {"openapi": "3.1.0", "info": info, "components": {"schemas": schemas}}

    def likely(self, chance: float) -> bool:
        return self.random.random() < chance

    def reference(self) -> dict[str, Any]:
        return {"$ref": f"#/components/schemas/{self.random.choice(NAMES)}"}

    def schema(self, depth: int) -> Any:
        if depth <= 0 or self.likely(0.2):
            return self.reference() if self.likely(0.3) else self.random.choice(SCALARS)
        if self.likely(0.1):
            return self.reference()
        if self.likely(0.5):
            return self.object(depth) if self.likely(0.7) else self.array(depth)
        made = self.object(depth - 1) if self.likely(0.35) else {}
        count = 2 if self.likely(0.25) else 1
        for word in self.random.sample(("allOf", "anyOf", "oneOf"), count):
            length = self.random.randint(1, 3)
            made[word] = [self.schema(depth - 1) for _ in range(length)]
        if self.likely(0.15):
            made["unevaluatedProperties"] = self.rest()
        if self.likely(0.1):
            made["unevaluatedItems"] = self.rest()
        if self.likely(0.1):
            made["nullable"] = True
        if self.likely(0.1):
            made["not"] = self.random.choice(SCALARS)
        if self.likely(0.1):
            made |= {"if": self.schema(0), "else": self.schema(depth - 1)}
        return {**made, **self.reference()} if self.likely(0.15) else made

    def rest(self) -> Any:
        """What is asked of what nothing else is said of."""
        return False if self.likely(0.6) else self.schema(0)

    def object(self, depth: int) -> dict[str, Any]:
        names = self.random.sample(PROPERTIES, self.random.randint(1, 3))
        made: dict[str, Any] = {
            "properties": {x: self.schema(depth - 1) for x in names}
        }
        if self.likely(0.85):
            made["type"] = self.random.choice(("object", "object", ["object", "null"]))
        if self.likely(0.5):
            made["required"] = self.random.sample(PROPERTIES, 2)
        if self.likely(0.25):
            made["additionalProperties"] = self.schema(depth - 1)
        if self.likely(0.1):
            made["patternProperties"] = {"^x-": self.schema(depth - 1)}
        if self.likely(0.1):
            made["propertyNames"] = {"pattern": "^[a-z]$"}
        if self.likely(0.1):
            made["if"] = {"required": self.random.sample(PROPERTIES, 1)}
            made["then"] = self.schema(depth - 1)
        if self.likely(0.1):
            first, *others = self.random.sample(PROPERTIES, 2)
            made["dependentRequired"] = {first: others}
        if self.likely(0.1):
            made["unevaluatedProperties"] = self.rest()
        if self.likely(0.1):
            made["minProperties"] = self.random.randint(0, 2)
        return made

    def array(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {"items": self.schema(depth - 1)}
        if self.likely(0.8):
            made["type"] = "array"
        if self.likely(0.25):
            made["prefixItems"] = [self.schema(depth - 1)]
        if self.likely(0.5) and "prefixItems" in made:
            del made["items"]
        if self.likely(0.1):
            made["unevaluatedItems"] = self.rest()
        if self.likely(0.3):
            made["minItems"] = self.random.randint(0, 2)
        if self.likely(0.2):
            made["maxItems"] = self.random.randint(1, 3)
        if self.likely(0.15):
            made["uniqueItems"] = True
        if self.likely(0.2):
            made["contains"] = self.schema(0)
            if self.likely(0.5):
                made["minContains"] = self.random.randint(0, 2)
            if self.likely(0.3):
                made["maxContains"] = self.random.randint(1, 2)
        return made

    # --- what people write beside the rules -------------------------------------------

    def adorned(self, node: Any) -> Any:
        """A copy with rarer scalars, odd property names, and text here and there."""
        if isinstance(node, list):
            return [self.adorned(item) for item in node]
        if not isinstance(node, dict):
            return node
        made = {key: self.adorned(value) for key, value in node.items()}
        if set(made) == {"type"} and self.likely(0.3):
            made = dict(self.random.choice(RARE))
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
