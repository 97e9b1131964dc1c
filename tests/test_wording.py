"""Rules in words: what comments of code say of a type, as sentences."""

from __future__ import annotations

import json

import pytest

from small_specs import schemas
from specloom.ir import Docs, Field, Record
from specloom.targets.wording import Wording, number, title, unless_echo

SAID = [
    ("{type: number}", []),
    ("{type: number, minimum: -2.0, maximum: 2}", ["A number from -2 to 2."]),
    ("{type: number, minimum: 0.5}", ["A number of at least 0.5."]),
    ("{type: number, maximum: 2}", ["A number of at most 2."]),
    (
        "{type: number, exclusiveMinimum: 0.00001, maximum: 2, multipleOf: 0.5}",
        ["A number above 0.00001 and at most 2 that is a multiple of 0.5."],
    ),
    (
        "{type: number, minimum: 0, exclusiveMaximum: 1}",
        ["A number of at least 0 and below 1."],
    ),
    ("{type: integer, minimum: 1}", ["A whole number of at least 1."]),
    (
        "{type: string, minLength: 1, maxLength: 1, pattern: 'a`b'}",
        ["A string of 1 character that matches `` a`b ``."],
    ),
    (
        "{type: string, pattern: '(', format: uri}",
        ["A string that matches `(` (which is not checked), in the format `uri`."],
    ),
    ("{type: array, uniqueItems: true}", ["A list of different items."]),
    (
        "{type: [array, 'null'], maxItems: 1, uniqueItems: true}",
        ["A list of at most 1 item, all different."],
    ),
    (
        "{type: array, prefixItems: [{}, {}], minItems: 2, items: false}",
        [],
    ),
    ("{type: array, prefixItems: [{}], minItems: 2}", ["A list of at least 2 items."]),
    (
        "{type: object, maxProperties: 2, propertyNames: {pattern: ^x}}",
        ["An object of at most 2 properties with names that match `^x`."],
    ),
    (
        "{type: object, additionalProperties: {type: array, maxItems: 3,"
        " items: {type: string, maxLength: 5}}}",
        [
            "Each value is a list of at most 3 items.",
            "Each item of each value is a string of at most 5 characters.",
        ],
    ),
    (
        "{oneOf: [{const: auto}, {type: integer, minimum: 1}, {type: array,"
        " items: {type: string, minLength: 1}}]}",
        [
            "It may be a whole number of at least 1.",
            "Each item of a list is a string of at least 1 character.",
        ],
    ),
    (
        "{type: array, items: {anyOf: [{type: integer, minimum: 1}, {type: string}]}}",
        ["Each item may be a whole number of at least 1."],
    ),
    ("{$ref: '#/components/schemas/Named'}", []),
]


@pytest.mark.parametrize(("schema", "want"), SAID)
def test_what_a_type_asks(schema: str, want: list[str]) -> None:
    wording, field = worded(schema)
    assert wording.of(field.type) == want


AT_LEAST_0 = "A whole number of at least 0."
EXAMPLES = [
    ("{type: string, examples: [a b, c]}", ['For example, `"a b"`.']),
    ("{type: integer, minimum: 0, example: 3}", [AT_LEAST_0, "For example, `3`."]),
    ("{type: array, items: {type: string}, example: [a]}", ['For example, `["a"]`.']),
    ("{type: [string, 'null'], example: null}", []),
    ("{type: string, example: 3}", []),
    ("{type: string, example: ab, default: ab}", []),
    ("{type: string, example: ab, description: Such as ab.}", []),
    (f"{{type: string, example: {'a' * 60}}}", []),
    ("{type: boolean, example: true}", []),
    ("{enum: [a, b], example: a}", []),
    ("{$ref: '#/components/schemas/Named', example: abc}", ['For example, `"abc"`.']),
    ("{$ref: '#/components/schemas/B', example: {c: 1}}", []),
]


@pytest.mark.parametrize(("schema", "want"), EXAMPLES)
def test_an_example_is_told_where_nothing_else_tells_it(
    schema: str, want: list[str]
) -> None:
    wording, field = worded(schema)
    assert wording.of_field(field) == want


def worded(schema: str) -> tuple[Wording, Field]:
    """The wording of a model, and its property of a schema."""
    model = schemas(f"""
        A: {{type: object, properties: {{a: {schema}}}}}
        B: {{type: object, properties: {{c: {{type: integer}}}}}}
        Named: {{type: string, maxLength: 3}}
    """).model
    wording = Wording(
        model,
        lambda id_: not model.decls[id_].inline,
        checks=lambda pattern: pattern != "(",
        visible=str,
        literal=json.dumps,
        has_integers=True,
    )
    (made,) = (decl for decl in model.decls.values() if decl.name == "A")
    assert isinstance(made.body, Record)
    return wording, made.body.fields[0]


@pytest.mark.parametrize(
    ("text", "want"),
    [("First Name", ""), ("first-name", ""), ("Given name", "Given name"), ("", "")],
)
def test_a_title_says_more_than_the_name(text: str, want: str) -> None:
    assert title(Docs(title=text), "first_name") == want


@pytest.mark.parametrize(
    ("value", "want"),
    [(1.0, "1"), (1e-5, "0.00001"), (1e-30, "1e-30"), (2.5, "2.5"), (1e300, "1e+300")],
)
def test_numbers_are_written_as_people_do(value: float, want: str) -> None:
    assert number(value) == want


@pytest.mark.parametrize(
    ("said", "names", "want"),
    [
        ("License Simple", ["NullableLicenseSimple", "license"], ""),
        ("branch protection.", ["BranchProtection", "protection"], ""),
        ("The license", ["License", "license"], "The license"),
        ("Owner of a lamp", ["LampOwner", "owner"], "Owner of a lamp"),
        ("Lamp owner " * 9, ["LampOwner", "owner"], "Lamp owner " * 9),
        ("!", ["Lamp", "lamp"], "!"),
        ("", ["Lamp", "lamp"], ""),
    ],
)
def test_what_a_name_says_is_not_said_again(
    said: str, names: list[str], want: str
) -> None:
    assert unless_echo(said, *names) == want
