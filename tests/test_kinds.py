"""Given the keywords of one schema, the type that they make (see `notation`)."""

from __future__ import annotations

import pytest

from small_specs import shape

TYPES = [
    ("{type: boolean}", "boolean"),
    ("{type: integer, format: int64}", "integer(int64)"),
    ("{type: integer, minimum: 0, maximum: 10}", "integer(0..10)"),
    ("{type: number, multipleOf: 0.5}", "number(*0.5)"),
    ("{type: [integer, number]}", "number"),
    (
        "{type: string, minLength: 1, pattern: '^a', format: uri}",
        "string(1.. /^a/ uri)",
    ),
    # both forms of an exclusive bound
    ("{type: number, exclusiveMinimum: 3, exclusiveMaximum: 9}", "number(<3..<9)"),
    ("{type: number, minimum: 3, exclusiveMinimum: true}", "number(<3..)"),
    ("{type: number, maximum: 9, exclusiveMaximum: false}", "number(..9)"),
    ("{type: number, exclusiveMinimum: true}", "number"),
    # everything and nothing
    ("true", "any"),
    ("false", "never"),
    ("{}", "any"),
    ("{format: date-time}", "any"),
    ("{not: {type: string}}", "any"),
    ("{type: [boolean, number, string, array, object, 'null']}", "any"),
    # implied types
    ("{minimum: 3}", "number(3..)~"),
    ("{pattern: '^a'}", "string(/^a/)~"),
    ("{items: {type: string}}", "[string]~"),
    ("{properties: {a: {type: string}}}", "{a?: string}~"),
    ("{required: [a]}", "{a: any}~"),
    ("{additionalProperties: false}", "{|  |}~"),
    ("{minLength: 1, minimum: 2}", "any"),
    # fixed values
    ("{const: x}", '"x"'),
    ("{enum: [x]}", '"x"'),
    ("{type: string, enum: [x]}", '"x"'),
    ("{enum: [a, b, a]}", '"a" | "b"'),
    ("{enum: [a, b], const: b}", '"b"'),
    ("{enum: [1, 1.0, true]}", "1 | true"),
    ("{enum: [a, 1, true]}", '"a" | 1 | true'),
    ("{type: string, enum: [a, 1]}", '"a"'),
    ("{type: integer, enum: [1, 2.5, 3.0]}", "1 | 3.0"),
    ("{type: number, enum: [1, 2.5, x]}", "1 | 2.5"),
    ("{const: {a: 1}}", '{"a": 1}'),
    ("{enum: [[1], {a: 2}]}", '[1] | {"a": 2}'),
    ("{enum: []}", "never"),
]


@pytest.mark.parametrize(("given", "want"), TYPES)
def test_types(given: str, want: str) -> None:
    line = shape(f"A: {given}")
    assert line.removeprefix("A?: ").removeprefix("A: ") == want


CONTAINERS = [
    ("{type: object}", "{*: any}"),
    ("{type: object, additionalProperties: true}", "{*: any}"),
    ("{type: object, additionalProperties: {type: integer}}", "{*: integer}"),
    ("{type: object, additionalProperties: false}", "{|  |}"),
    ("{type: object, properties: {}, additionalProperties: false}", "{|  |}"),
    ("{type: object, maxProperties: 3, minProperties: 1}", "{*: any}(1..3)"),
    (
        "{type: object, propertyNames: {pattern: '^[a-z]+$'}}",
        "{/^[a-z]+$/: any}",
    ),
    # patterns: a dictionary where nothing else is allowed, else no promise
    (
        "{type: object, patternProperties: {^x-: {type: string}},"
        " additionalProperties: false}",
        "{/^x-/: string}",
    ),
    ("{type: object, patternProperties: {^x-: {type: string}}}", "{*: any}"),
    (
        "{type: object, patternProperties: {^x-: {type: string}},"
        " additionalProperties: {type: string}}",
        "{*: string}",
    ),
    (
        "{type: object, patternProperties: {^x-: {type: string}, ^y-: {type: integer}},"
        " additionalProperties: false}",
        "{*: any}",
    ),
    (
        "{type: object, properties: {a: {type: string}},"
        " patternProperties: {^x-: {type: integer}}, additionalProperties: false}",
        "{a?: string, *: integer}",
    ),
    (
        "{type: object, properties: {a: {}}, additionalProperties: {type: integer}}",
        "{a?: any, *: integer}",
    ),
    (
        "{type: object, properties: {a: {}}, additionalProperties: false}",
        "{| a?: any |}",
    ),
    ("{type: object, properties: {no: false, yes: true}}", "{no?: never, yes?: any}"),
    ("{type: object, properties: {a: {}}, required: [b, a]}", "{a: any, b: any}"),
    (
        "{type: object, required: [b], additionalProperties: {type: integer}}",
        "{b: integer, *: integer}",
    ),
    ("{type: array}", "[any]"),
    ("{type: array, items: true}", "[any]"),
    ("{type: array, items: false}", "[never]"),
    (
        "{type: array, items: {type: string}, minItems: 1, uniqueItems: true}",
        "[string](1.. unique)",
    ),
    # tuples: 2020-12, then draft-07
    ("{type: array, prefixItems: [{type: string}]}", "[string, ...any]"),
    (
        "{type: array, prefixItems: [{type: string}, {type: integer}], items: false,"
        " minItems: 2}",
        "[string, integer](2..)",
    ),
    (
        "{type: array, prefixItems: [{type: string}], items: {type: boolean}}",
        "[string, ...boolean]",
    ),
    ("{type: array, items: [{type: string}]}", "[string, ...any]"),
    (
        "{type: array, items: [{type: string}], additionalItems: false}",
        "[string]",
    ),
    (
        "{type: array, items: [{type: string}], additionalItems: {type: boolean}}",
        "[string, ...boolean]",
    ),
    ("{type: array, items: {type: string}, additionalItems: false}", "[string]"),
]


@pytest.mark.parametrize(("given", "want"), CONTAINERS)
def test_containers(given: str, want: str) -> None:
    assert shape(f"A: {given}") == f"A: {want}"
