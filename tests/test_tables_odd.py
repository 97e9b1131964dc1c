"""The tables of schemas that nobody would write, judged as those of golden cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fuzz.inventor import Inventor
from judging import Judged, check
from small_specs import openapi
from specloom.diagnostics import Severity, SpecloomError

# Schemas that are too odd for a golden case, each once the cause of a wrong answer.
ODD = """
    Base: {type: object, required: [id], properties: {id: {type: string}}}
    EmptyPatternBesideLeftOver:
      type: object
      anyOf:
        - {patternProperties: {'': {type: integer}}}
        - {required: [a]}
      unevaluatedProperties: false
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
