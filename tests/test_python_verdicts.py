"""Verdicts of generated Python: those of JSON Schema, and how they are worded."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from equality import same
from python_packages import imported
from small_specs import schemas
from spec_files import bundle, read_spec

VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 0.5, 3.0, 2**53 + 1, 1e3, "", "x", "auto", "inf",
    "server_vad", "sess_1", [], [1], ["text"], {}, {"type": "server_vad"}, {"a": 1},
    {"type": "function"}, {"type": None},
]  # fmt: skip


def mutants(value: Any) -> Iterator[Any]:
    """The value with one node replaced, left out, doubled or added."""
    yield from copy.deepcopy(VALUES)
    if isinstance(value, dict):
        yield {**value, "a field of tomorrow": 1}
        for key, item in value.items():
            yield {other: value[other] for other in value if other != key}
            for changed in mutants(item):
                yield {**value, key: changed}
    elif isinstance(value, list):
        yield [*value, *value]
        for index, item in enumerate(value):
            yield value[:index] + value[index + 1 :]
            for changed in mutants(item):
                yield [*value[:index], changed, *value[index + 1 :]]


def attempt(package: Any, name: str, instance: Any) -> tuple[Any, str]:
    """The decoded value, and what is said against it."""
    try:
        return package.decode(name, instance), ""
    except package.DecodeError as error:
        return None, str(error)


SPEC = read_spec()


@pytest.mark.parametrize("name", SPEC)
def test_an_independent_validator_agrees(name: str, realtime: Any) -> None:
    judge = jsonschema_rs.Draft202012Validator(bundle(SPEC, name))
    verdicts = set()
    for example in SPEC[name]["examples"]:
        for instance in (example, *mutants(example)):
            wanted = judge.is_valid(instance)
            verdicts.add(wanted)
            value, said = attempt(realtime, name, instance)
            assert (said == "") is wanted, (instance, said)
            if wanted:
                assert same(realtime.encode(value), instance), instance
                assert realtime.validate(name, value) == []
    assert verdicts == {True, False}


KEYWORDS = """
    Const: {const: {a: 1}}
    Enum: {enum: [1, two, [3]]}
    Many: {enum: [a, b, c, d, e, f, g, h, i, j]}
    Low: {type: number, minimum: 1, exclusiveMaximum: 3}
    High: {type: number, exclusiveMinimum: 1, maximum: 3}
    Tenth: {type: number, multipleOf: 0.1}
    Text: {type: string, minLength: 2, maxLength: 3}
    Letter: {type: string, minLength: 1, maxLength: 1}
    Word: {type: string, pattern: '^\\w+$'}
    Items: {type: array, minItems: 2, maxItems: 3, uniqueItems: true}
    Pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
    Open: {type: object, minProperties: 1, maxProperties: 2}
    Names: {type: object, propertyNames: {maxLength: 2}, additionalProperties: true}
    Closed:
      type: object
      properties: {a: {type: integer}, b: false}
      required: [a]
      additionalProperties: false
    Prefixed:
      type: object
      patternProperties: {'^x-': {type: integer}}
      additionalProperties: {type: string}
    Not: {type: integer, not: {multipleOf: 2}}
    Nothing: false
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}}}
    Dog:
      type: object
      required: [kind, name]
      properties: {kind: {const: dog}, name: {type: string}}
    Pet:
      oneOf:
        - $ref: '#/components/schemas/Cat'
        - $ref: '#/components/schemas/Dog'
    Scalar: {anyOf: [{type: integer, maximum: 5}, {type: string, maxLength: 1}]}
    Twice: {oneOf: [{type: integer}, {type: number, minimum: 5}]}
    Near:
      anyOf:
        - {type: object, required: [a, b], properties: {a: {}, b: {}}}
        - {type: object, required: [c], properties: {c: {type: string}}}
    Either: {anyOf: [{type: string, minLength: 3}, {type: string, pattern: '^a'}]}
    Both: {allOf: [{type: object, required: [a]}, {type: object, required: [b]}]}
    Tree:
      type: object
      properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}
    One: {type: array, contains: {const: a}}
    Some: {type: array, contains: {const: a}, minContains: 2, maxContains: 3}
    Left:
      anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      properties: {a: {type: integer}}
      unevaluatedProperties: false
    Rest:
      type: array
      contains: {const: a}
      unevaluatedItems: {type: integer}
    Whole: {type: integer}
    Maybe: {type: [string, 'null']}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("keywords")
    with imported(schemas(KEYWORDS).model, "small_keywords", folder) as package:
        yield package


LONG = "y" * 50


@pytest.mark.parametrize(
    ("name", "instance", "want"),
    [
        ("Const", {"a": 1.0}, ""),
        ("Const", {"a": True}, 'Const: expected {"a":1}, got {"a":true} [const]'),
        ("One", ["b", "a", "a"], ""),
        ("One", ["b"], "One: has no matching item [contains]"),
        ("Some", ["a"], "Some: has 1 matching item, fewer than 2 [minContains]"),
        ("Some", ["a"] * 4, "Some: has 4 matching items, more than 3 [maxContains]"),
        ("Left", {"kind": "dog", "name": "x", "a": 1}, ""),
        (
            "Left",
            {"kind": "cat", "name": "x", "a": 1},
            "name: is not allowed here [additionalProperties]",
        ),
        ("Left", {"kind": "dog"}, "name: is missing [required]"),
        ("Rest", [1, "a", 2], ""),
        ("Rest", [1, "a", "b"], "[2]: expected integer, got string [type]"),
        ("Rest", ["b"], "Rest: has no matching item [contains]"),
        ("Enum", 1.0, ""),
        ("Enum", [3.0], ""),
        ("Enum", True, 'Enum: true is not one of 1, "two", [3] [enum]'),
        ("Enum", LONG, f'Enum: "{LONG[:39]}… is not one of 1, "two", [3] [enum]'),
        (
            "Many",
            "k",
            'Many: "k" is not one of "a", "b", "c", "d", "e", "f", "g", "h" and 2 more'
            " [enum]",
        ),
        ("Low", 1, ""),
        ("Low", 0.5, "Low: 0.5 is below the minimum 1 [minimum]"),
        ("Low", 3, "Low: 3 is not below 3 [exclusiveMaximum]"),
        ("Low", "1", "Low: expected number, got string [type]"),
        ("High", 1, "High: 1 is not above 1 [exclusiveMinimum]"),
        ("High", 3.5, "High: 3.5 is above the maximum 3 [maximum]"),
        ("Tenth", 0.3, ""),
        ("Tenth", 1e300, ""),
        ("Tenth", 0.35, "Tenth: 0.35 is not a multiple of 0.1 [multipleOf]"),
        ("Text", "\U0001f600\U0001f600", ""),
        ("Text", "", "Text: has 0 characters, fewer than 2 [minLength]"),
        ("Text", "x", "Text: has 1 character, fewer than 2 [minLength]"),
        ("Text", "four", "Text: has 4 characters, more than 3 [maxLength]"),
        ("Word", "a\n", 'Word: "a\\n" does not match ^\\w+$ [pattern]'),
        ("Word", "é", 'Word: "é" does not match ^\\w+$ [pattern]'),
        ("Word", "\ud800", 'Word: "\\ud800" does not match ^\\w+$ [pattern]'),
        ("Items", [1], "Items: has 1 item, fewer than 2 [minItems]"),
        ("Items", [1, 2, 3, 4], "Items: has 4 items, more than 3 [maxItems]"),
        ("Items", [1, True, 1.0], "Items: items 0 and 2 are equal [uniqueItems]"),
        ("Items", [{"a": [1]}, {"a": [True]}], ""),
        ("Pair", [], ""),
        ("Pair", ["a", 2, 3], "[2]: no value is allowed here [false]"),
        ("Pair", [1, 2], "[0]: expected string, got integer [type]"),
        ("Open", {}, "Open: has 0 properties, fewer than 1 [minProperties]"),
        (
            "Open",
            {"a": 1, "b": 2, "c": 3},
            "Open: has 3 properties, more than 2 [maxProperties]",
        ),
        (
            "Names",
            {"long": 1},
            'long: the name "long" is not allowed: has 4 characters, more than 2'
            " [propertyNames]",
        ),
        ("Closed", {}, "a: is missing [required]"),
        (
            "Closed",
            {"a": 1.5, "b": 1, "c d": 1},
            "a: expected integer, got number [type]\n"
            "b: is not allowed here [additionalProperties]\n"
            '["c d"]: is not allowed here [additionalProperties]',
        ),
        ("Prefixed", {"x-a": 1, "b": "c"}, ""),
        (
            "Prefixed",
            {"x-a": "1", "b": 2},
            '["x-a"]: expected integer, got string [type]\n'
            "b: expected string, got integer [type]",
        ),
        ("Not", 2, "Not: is excluded by the spec [not]"),
        ("Nothing", 1, "Nothing: no value is allowed here [false]"),
        ("Pet", {"kind": "cat"}, ""),
        ("Pet", {"kind": "dog"}, "name: is missing [required]"),
        ("Pet", {"kind": "cow"}, 'kind: "cow" is not one of "cat", "dog" [enum]'),
        ("Pet", {}, "kind: is missing [required]"),
        ("Pet", 1, "Pet: expected object, got integer [type]"),
        ("Scalar", 6, "Scalar: 6 is above the maximum 5 [maximum]"),
        ("Scalar", "ab", "Scalar: has 2 characters, more than 1 [maxLength]"),
        ("Scalar", 1.5, "Scalar: expected integer or string, got number [type]"),
        ("Twice", 6, "Twice: matches more than one alternative [oneOf]"),
        ("Near", {}, "c: is missing [required]"),
        ("Near", {"c": 1}, "c: expected string, got integer [type]"),
        ("Either", "b", "Either: has 1 character, fewer than 3 [minLength]"),
        ("Both", {}, "a: is missing [required]\nb: is missing [required]"),
        (
            "Tree",
            {"children": [{}, {"children": [{"children": 1}]}]},
            "children[1].children[0].children: expected array, got integer [type]",
        ),
        ("Whole", 3.0, ""),
        ("Whole", 3.5, "Whole: expected integer, got number [type]"),
        ("Whole", False, "Whole: expected integer, got boolean [type]"),
        ("Maybe", None, ""),
        ("Maybe", 1, "Maybe: expected null or string, got integer [type]"),
    ],
)
def test_a_verdict(name: str, instance: Any, want: str, small: Any) -> None:
    value, said = attempt(small, name, instance)
    assert said == want
    if not want:
        assert same(small.encode(value), instance)


def test_unions_in_unions_are_not_tried_again_and_again(tmp_path: Path) -> None:
    spec = schemas("""
        Step:
          oneOf:
            - allOf:
                - $ref: '#/components/schemas/Next'
                - properties: {a: {type: integer}}
            - allOf:
                - $ref: '#/components/schemas/Next'
                - properties: {b: {type: integer}}
            - type: integer
        Next:
          type: object
          required: [x]
          properties: {x: {$ref: '#/components/schemas/Step'}}
    """)
    good: Any = 1
    bad: Any = "not a number"
    for _ in range(60):
        good = {"x": good, "a": 1, "b": 1.5}
        bad = {"x": bad}
    with imported(spec.model, "small_steps", tmp_path) as package:
        assert same(package.encode(package.decode("Step", good)), good)
        with pytest.raises(package.DecodeError):
            package.decode("Step", bad)
