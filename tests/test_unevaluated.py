"""What is left over, settled: where it is known beforehand, and where values decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from python_packages import imported
from small_specs import schemas
from specloom.ir import NeverType, Record
from specloom.tables import assertions

BASE = """
    Base: {type: object, properties: {a: {type: string}}}
    Listed: {type: array, prefixItems: [{type: string}]}
    Either:
      anyOf: [{properties: {b: {type: string}}}, {properties: {c: {type: string}}}]
    Asked: {not: {$ref: '#/components/schemas/Sub'}}
    Sub: {type: string}
"""
A = "{$ref: '#/components/schemas/Base'}"
EITHER = "{$ref: '#/components/schemas/Either'}"
LISTED = "{$ref: '#/components/schemas/Listed'}"


def table_of(given: str) -> Any:
    model = schemas(f"{BASE}\n    X: {given}\n").model
    (decl,) = [decl for decl in model.decls.values() if decl.wire_name == "X"]
    names = {decl.id: decl.name for decl in model.decls.values()}
    return assertions(decl.schema, names.__getitem__)


REF = {"$ref": "Base"}
CLOSED_A = {"properties": {"a": True}, "additionalProperties": False}


@pytest.mark.parametrize(
    ("given", "want"),
    [
        (
            "{properties: {a: {}}, unevaluatedProperties: false}",
            {"properties": {"a": True}, "additionalProperties": False},
        ),
        (f"{{$ref: '{A[8:-2]}', unevaluatedProperties: false}}", [CLOSED_A]),
        (f"{{allOf: [{A}], unevaluatedProperties: false}}", [REF, CLOSED_A]),
        (
            f"{{allOf: [{A}], unevaluatedProperties: {{type: string}}}}",
            [REF, {**CLOSED_A, "additionalProperties": {"type": "string"}}],
        ),
        # Only one alternative takes objects.
        (
            f"{{anyOf: [{A}, {{type: 'null'}}], unevaluatedProperties: false}}",
            [CLOSED_A],
        ),
        # No alternative looks at more than is looked at anyway.
        (
            "{properties: {a: {}}, anyOf: [{required: [a]}, {properties: {a: {}}}],"
            " unevaluatedProperties: false}",
            {"additionalProperties": False},
        ),
        # All is looked at already, here and in what this is made of.
        (
            "{additionalProperties: {type: string}, unevaluatedProperties: false}",
            {"additionalProperties": {"type": "string"}},
        ),
        (
            f"{{allOf: [{{allOf: [{A}], unevaluatedProperties: true}}],"
            " unevaluatedProperties: false}",
            [{"allOf": [REF], "additionalProperties": True}],
        ),
        # The value decides.
        (
            f"{{$ref: '{A[8:-2]}', oneOf: [{{properties: {{b: {{}}}}}}, {{}}],"
            " unevaluatedProperties: false}",
            [
                {
                    "unevaluatedProperties": False,
                    "properties": {"a": True},
                    "oneOf": [{"properties": {"b": True}}, True],
                }
            ],
        ),
        (
            f"{{allOf: [{A}, {EITHER}], unevaluatedProperties: false}}",
            [
                REF,
                {"$ref": "Either"},
                {
                    "unevaluatedProperties": False,
                    "properties": {"a": True},
                    "$ref": "Either",
                },
            ],
        ),
        # What only objects have to match is not asked of other values.
        (
            "{anyOf: [{type: integer}, {oneOf: [{type: string}, {properties: {b: {}}},"
            " {type: object}], minProperties: 1}], unevaluatedProperties: false}",
            [
                {
                    "unevaluatedProperties": False,
                    "anyOf": [
                        {"type": "integer"},
                        {
                            "oneOf": [
                                {"type": "string"},
                                {"properties": {"b": True}},
                                {"type": "object"},
                            ],
                            "minProperties": 1,
                        },
                    ],
                }
            ],
        ),
        (
            "{if: {properties: {b: {}}}, unevaluatedProperties: false}",
            [{"unevaluatedProperties": False, "if": {"properties": {"b": True}}}],
        ),
        # Arrays.
        (
            "{prefixItems: [{}], unevaluatedItems: false}",
            {"prefixItems": [True], "items": False},
        ),
        (
            f"{{allOf: [{LISTED}], unevaluatedItems: false}}",
            [{"$ref": "Listed"}, {"prefixItems": [True], "items": False}],
        ),
        (
            "{contains: {const: 1}, minContains: 0, unevaluatedItems: false}",
            [
                {
                    "unevaluatedItems": False,
                    "allOf": [{"contains": {"const": 1}, "minContains": 0}],
                }
            ],
        ),
        (
            "{items: {type: string}, unevaluatedItems: false}",
            {"items": {"type": "string"}},
        ),
    ],
)
def test_a_rule_stands_alone(given: str, want: Any) -> None:
    table = table_of(given)
    if isinstance(want, list):
        assert table["allOf"] == want
    else:
        assert "allOf" not in table
        assert {key: table[key] for key in want} == want
    kept = {"unevaluatedProperties", "unevaluatedItems"} & table.keys()
    assert not kept, "as the spec says it a schema cannot be taken apart"


def test_an_object_is_closed_where_that_is_known() -> None:
    model = schemas(
        f"{BASE}\n    X: {{allOf: [{A}], unevaluatedProperties: false}}"
    ).model
    body = next(d.body for d in model.decls.values() if d.wire_name == "X")
    assert isinstance(body, Record)
    assert isinstance(body.extra, NeverType)
    assert [item.wire_name for item in body.fields] == ["a"]


def test_what_is_said_of_a_closed_object_has_a_place() -> None:
    given = """
    X:
      anyOf:
        - {type: array}
        - {type: object, properties: {a: {minLength: 2}}}
      unevaluatedProperties: false
    """
    (finding,) = schemas(given).found
    assert finding.code == "implied-type"
    assert finding.location is not None
    assert finding.location.pointer == "/components/schemas/X/anyOf/1/properties/a"


def test_what_a_lone_condition_refers_to_is_read() -> None:
    lone = "{if: {$ref: '#/components/schemas/Base'}, unevaluatedProperties: false}"
    table = table_of(lone)
    assert table["if"] == REF
    assert table_of("{if: {$ref: '#/components/schemas/Base'}}") is True


DECODED = """
    Unsaid:
      type: object
      anyOf: [{patternProperties: {'[': {type: string}}}, {properties: {a: {}}}]
      unevaluatedProperties: false
    Tree:
      type: object
      if: {properties: {next: {$ref: '#/components/schemas/Tree'}}}
      anyOf:
        - {required: [next], properties: {next: {$ref: '#/components/schemas/Tree'}}}
        - {properties: {next: {$ref: '#/components/schemas/Tree'}, leaf: {}}}
      unevaluatedProperties: false
    Nest:
      type: array
      contains: {$ref: '#/components/schemas/Nest'}
      minContains: 0
      unevaluatedItems: {type: integer}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("unevaluated")
    with imported(schemas(DECODED).model, "small_unevaluated", folder) as made:
        yield made


def test_a_pattern_that_cannot_be_said_leaves_nothing_over(package: Any) -> None:
    assert package.encode(package.decode("Unsaid", {"b": 1})) == {"b": 1}


def chain(innermost: Any) -> Any:
    for _ in range(60):
        innermost = {"next": innermost}
    return innermost


def nest(innermost: Any) -> Any:
    for _ in range(60):
        innermost = [innermost, 2]
    return innermost


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("Tree", chain({"leaf": 1}), chain({"branch": 1})),
        ("Nest", nest([1]), nest(["1"])),
    ],
)
def test_what_is_nested_is_judged_once(
    name: str, right: Any, wrong: Any, package: Any
) -> None:
    """Were each level judged twice by the one around it, this would have no end."""
    assert package.encode(package.decode(name, right)) == right
    with pytest.raises(package.DecodeError):
        package.decode(name, wrong)
