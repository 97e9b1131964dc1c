"""The tables of schemas that nobody would write, judged as those of golden cases."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from judging import Judged, check
from small_specs import openapi
from specloom.diagnostics import Severity, SpecloomError

# Schemas that are too odd for a golden case, each once the cause of a wrong answer.
ODD = """
    Base: {type: object, required: [id], properties: {id: {type: string}}}
    UnionInAllOf:
      allOf:
        - $ref: '#/components/schemas/Base'
        - oneOf:
            - {required: [t], properties: {t: {const: x}, x: {type: string}}}
            - {required: [t], properties: {t: {const: y}, y: {type: string}}}
    TwoUnions:
      allOf:
        - oneOf:
            - {type: object, required: [p], properties: {p: {const: 1}}}
            - {type: object, required: [p], properties: {p: {const: 2}}}
        - oneOf:
            - {type: object, required: [q], properties: {q: {const: 3}}}
            - {type: object, required: [q], properties: {q: {const: 4}}}
    UnionBesideTypes:
      type: [string, integer]
      oneOf: [{minLength: 2}, {minimum: 3}]
    NullOnOneSide:
      allOf:
        - {type: object, properties: {a: {type: [string, 'null']}}}
        - {properties: {a: {type: string}}}
    MergedEnums:
      allOf:
        - {type: object, properties: {a: {enum: [x, y, z]}}}
        - {properties: {a: {enum: [y, z, q]}}}
    MergedObjects:
      allOf:
        - {type: object, properties: {a: {type: object, properties: {b: {}}}}}
        - {properties: {a: {required: [c], additionalProperties: {type: integer}}}}
    TwinShapes:
      anyOf:
        - {type: array, items: {type: string}, not: {maxItems: 1}}
        - {type: array, items: {type: string}, not: {minItems: 3}}
        - {type: array, items: {type: integer}}
    ImpliedBranch: {anyOf: [{type: string}, {properties: {a: {type: string}}}]}
    NullByReference: {oneOf: [{$ref: '#/components/schemas/Null'}, {type: string}]}
    Null: {type: 'null'}
    ImpossibleBoth: {allOf: [{type: string}, {type: integer}]}
    ImpossibleEnum: {enum: []}
    Fractions: {type: integer, enum: [1, 2.5, 3.0]}
    OneAndTrue: {enum: [1, true, 0, false]}
    ExclusiveOpen: {oneOf: [{type: string}, {enum: [a, b]}]}
    RequiredOnly:
      type: object
      properties: {a: {}, b: {}}
      anyOf: [{required: [a]}, {required: [b]}]
    NullByNameOnly:
      type: array
      items: {type: [object, 'null'], properties: {a: {}}, oneOf: [true, {}]}
    NotNull: {not: {type: 'null'}}
    NamedKeys: {type: object, propertyNames: {enum: [a, b]}}
    NullOnBothSides:
      allOf:
        - {type: object, properties: {a: {type: [string, 'null']}, b: {type: 'null'}}}
        - properties: {a: {minLength: 2}, b: {type: [integer, 'null']}}
    UnionBehindAnotherName: {$ref: '#/components/schemas/ExclusiveKinds'}
    ExclusiveKinds: {oneOf: [{type: string}, {type: object}]}
    UnionOfNames:
      anyOf: [{$ref: '#/components/schemas/UnionBehindAnotherName'}, {const: 1}]
    UnionByReferenceBesideUnion:
      $ref: '#/components/schemas/ExclusiveKinds'
      anyOf: [{minLength: 2}, {type: object, required: [a]}]
    EnumAndConst: {enum: [a, b], const: b}
    ImpliedAndConst: {required: [a], allOf: [{const: x}]}
    ImpliedString: {anyOf: [{minLength: 3}, {const: x}]}
    OpenAndImplied:
      allOf: [{$ref: '#/components/schemas/ExclusiveOpen'}, {required: [a]}]
    OneLoop:
      type: object
      properties: {next: {$ref: '#/components/schemas/OneLoop'}, x: {type: string}}
    OtherLoop:
      type: object
      properties: {next: {$ref: '#/components/schemas/OtherLoop'}, y: {type: string}}
    BothLoops:
      allOf:
        - {$ref: '#/components/schemas/OneLoop'}
        - {$ref: '#/components/schemas/OtherLoop'}
    Tree:
      anyOf:
        - {type: string}
        - {type: array, items: {$ref: '#/components/schemas/Tree'}}
"""


def test_odd_schemas(tmp_path: Path) -> None:
    entry = tmp_path / "spec.yaml"
    entry.write_text(openapi(ODD), encoding="utf-8")
    check(Judged(entry))


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


class Inventor:
    """Makes schemas up, of every keyword that is supported."""

    def __init__(self, seed: int) -> None:
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
        if self.likely(0.1):
            made["nullable"] = True
        if self.likely(0.1):
            made["not"] = self.random.choice(SCALARS)
        return {**made, **self.reference()} if self.likely(0.15) else made

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
            made["minProperties"] = self.random.randint(0, 2)
        return made

    def array(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {"items": self.schema(depth - 1)}
        if self.likely(0.8):
            made["type"] = "array"
        if self.likely(0.25):
            made["prefixItems"] = [self.schema(depth - 1)]
        if self.likely(0.3):
            made["minItems"] = self.random.randint(0, 2)
        if self.likely(0.2):
            made["maxItems"] = self.random.randint(1, 3)
        if self.likely(0.15):
            made["uniqueItems"] = True
        return made


@pytest.mark.parametrize("seed", range(24))
def test_schemas_that_are_made_up(seed: int, tmp_path: Path) -> None:
    entry = tmp_path / "spec.json"
    entry.write_text(json.dumps(Inventor(seed).document()), encoding="utf-8")
    errors: set[str] = set()
    try:
        check(Judged(entry, 60), met=False)
    except SpecloomError as error:
        found = error.diagnostics
        errors = {item.code for item in found if item.severity is Severity.ERROR}
    assert errors <= {"ref-cycle"}
