"""Given an `allOf`, the shape of what satisfies all of it (see `notation`)."""

from __future__ import annotations

import pytest

from notation import notation
from small_specs import lines, schemas, shape
from specloom.diagnostics import SpecloomError
from specloom.ir import Record

BASE = """
    Base:
      type: object
      required: [id]
      properties: {id: {type: string}, kind: {type: string}}
"""
REF = "{$ref: '#/components/schemas/Base'}"

OBJECTS = [
    (
        "properties of both",
        f"{{allOf: [{REF}, {{type: object, properties: {{n: {{type: integer}}}}}}]}}",
        "A: {id: string, kind?: string, n?: integer}",
    ),
    ("one alone is that one", f"{{allOf: [{REF}]}}", "A: Base"),
    ("beside a description, too", f"{{allOf: [{REF}], description: mine}}", "A: Base"),
    ("twice the same", f"{{allOf: [{REF}, {REF}]}}", "A: Base"),
    ("what says nothing", f"{{allOf: [{REF}, {{}}, true]}}", "A: Base"),
    (
        "the same property twice",
        f"{{allOf: [{REF},"
        " {properties: {kind: {const: a}, id: {minLength: 3}}}]}",
        'A: {id: string(3..), kind?: "a"}',
    ),
    (
        "required in another member",
        f"{{allOf: [{REF}, {{required: [kind]}}]}}",
        "A: {id: string, kind: string}",
    ),
    (
        "required and nowhere described",
        f"{{allOf: [{REF}, {{required: [more]}}]}}",
        "A: {id: string, kind?: string, more: any}",
    ),
    (
        "a closed member",
        f"{{allOf: [{REF},"
        " {properties: {id: true}, additionalProperties: false}]}",
        "A: {| id: string, kind?: string |}",
    ),
    (
        "a dictionary",
        f"{{allOf: [{REF}, {{additionalProperties: {{type: string}}}}]}}",
        "A: {id: string, kind?: string, *: string}",
    ),
    (
        "a reference with siblings",
        "{$ref: '#/components/schemas/Base', properties: {n: {}}, required: [n]}",
        "A: {id: string, kind?: string, n: any}",
    ),
    (
        "a default from the later one",
        "{allOf: [{properties: {a: {default: 1}}}, {properties: {a: {default: 2}}}]}",
        "A: {a?: any = 2}~",
    ),
    (
        "no member names the kind, as dictionary or record",
        "{allOf: [{minProperties: 2}, {properties: {a: {}}}]}",
        "A: {a?: any}~",
    ),
    (
        "one of them names it",
        "{allOf: [{type: object, minProperties: 2}, {properties: {a: {}}}]}",
        "A: {a?: any}",
    ),
    (
        "no dictionary names the kind",
        "{allOf: [{minProperties: 2}, {additionalProperties: {type: string}}]}",
        "A: {*: string}~",
    ),
    (
        "one of two lists names the kind",
        "{allOf: [{prefixItems: [{type: string}]}, {type: array, minItems: 1}]}",
        "A: [string, ...any]",
    ),
]

UNIONS = [
    (
        "a union among the members",
        """
          allOf:
            - $ref: '#/components/schemas/Base'
            - oneOf:
                - {required: [t], properties: {t: {const: x}}}
                - {required: [t], properties: {t: {const: y}}}
        """,
        """
        A: X = AX / Y = AY [object by t: "x" X, "y" Y] exclusive
          AX: {t: "x", id: string, kind?: string}
          AY: {t: "y", id: string, kind?: string}
        """,
    ),
    (
        "properties beside alternatives",
        """
          type: object
          properties: {id: {type: string}}
          oneOf:
            - {required: [t], properties: {t: {const: x}}}
            - {required: [t], properties: {t: {const: y}}}
        """,
        """
        A: X = AX / Y = AY [object by t: "x" X, "y" Y] exclusive
          AX: {t: "x", id?: string}
          AY: {t: "y", id?: string}
        """,
    ),
    (
        "alternatives that the rest rules out",
        "{type: object, oneOf: [{type: string}, {properties: {a: {}}}]}",
        "A: {a?: any}",
    ),
    (
        "two unions",
        """
          allOf:
            - oneOf: [{type: string}, {type: integer}]
            - oneOf: [{type: string}, {type: boolean}]
        """,
        "A: string",
    ),
]

SCALARS = [
    ("bounds", "{allOf: [{type: integer, minimum: 2}, {maximum: 7}]}", "integer(2..7)"),
    (
        "the narrower bound",
        "{allOf: [{type: string, maxLength: 9}, {minLength: 2, maxLength: 5}]}",
        "string(2..5)",
    ),
    ("integer and number", "{allOf: [{type: integer}, {type: number}]}", "integer"),
    ("values of both", "{allOf: [{enum: [a, b, c]}, {enum: [b, c, d]}]}", '"b" | "c"'),
    ("one value of both", "{allOf: [{enum: [a, b]}, {enum: [b, c]}]}", '"b"'),
    ("values of a type", "{allOf: [{type: integer}, {enum: [1, 2.5, x]}]}", "1"),
    ("a contradiction", "{allOf: [{type: string}, {type: integer}]}", "never"),
    ("no common value", "{allOf: [{const: a}, {const: b}]}", "never"),
    (
        "lists",
        "{allOf: [{type: array, items: {type: string}}, {minItems: 1}]}",
        "[string](1..)",
    ),
    (
        "items of both",
        "{allOf: [{type: array, items: {type: string}}, {items: {minLength: 1}}]}",
        "[string(1..)]",
    ),
    (
        "an open enumeration and one of its values",
        "{allOf: [{anyOf: [{type: string}, {enum: [a]}]}, {const: b}]}",
        '"b"',
    ),
]


@pytest.mark.parametrize(
    ("given", "want"),
    [case[1:] for case in OBJECTS],
    ids=[case[0] for case in OBJECTS],
)
def test_objects(given: str, want: str) -> None:
    assert shape(f"{lines(BASE)}\nA: {given}").splitlines()[1] == want


@pytest.mark.parametrize(
    ("given", "want"),
    [case[1:] for case in UNIONS],
    ids=[case[0] for case in UNIONS],
)
def test_unions(given: str, want: str) -> None:
    text = shape(f"{lines(BASE)}\nA: {given}")
    assert text.partition("\n")[2] == lines(want)


@pytest.mark.parametrize(
    ("given", "want"),
    [case[1:] for case in SCALARS],
    ids=[case[0] for case in SCALARS],
)
def test_scalars(given: str, want: str) -> None:
    assert shape(f"A: {given}") == f"A: {want}"


def test_null_only_where_both_allow_it() -> None:
    given = """
        A:
          allOf:
            - type: object
              properties:
                both: {type: [string, 'null']}
                one: {type: [string, 'null']}
            - properties:
                both: {type: [string, 'null'], minLength: 1}
                one: {type: string}
    """
    assert shape(given) == "A: {both?: string(1..)?, one?: string}"


def test_inner_objects_are_merged() -> None:
    given = """
        A:
          allOf:
            - {type: object, properties: {a: {type: object, properties: {x: {}}}}}
            - {properties: {a: {properties: {y: {}}, required: [x]}}}
    """
    assert shape(given) == "A: {a?: AA}\n  AA: {x: any, y?: any}"


def test_a_merge_through_a_cycle_ends_with_a_warning() -> None:
    given = """
        A:
          allOf:
            - {type: object, properties: {next: {$ref: '#/components/schemas/A'}}}
            - {properties: {next: {$ref: '#/components/schemas/B'}}}
        B: {type: object, properties: {next: {$ref: '#/components/schemas/A'}}}
    """
    built = schemas(given)
    assert notation(built.model) == "A: {next?: any}\nB: {next?: A}"
    assert [finding.code for finding in built.found] == ["allof-recursive"]


@pytest.mark.parametrize(
    "given",
    [
        "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/A'}",
        "A: {allOf: [{$ref: '#/components/schemas/A'}, {type: object}]}",
        "A: {anyOf: [{$ref: '#/components/schemas/A'}, {type: string}]}",
        "A: {not: {$ref: '#/components/schemas/A'}}",
    ],
)
def test_a_schema_defined_by_itself_is_refused(given: str) -> None:
    with pytest.raises(SpecloomError, match="defined by itself"):
        schemas(given)


def test_a_product_of_unions_has_a_limit() -> None:
    tags = [f"{{required: [a], properties: {{a: {{const: {n}}}}}}}" for n in range(20)]
    one, other = ", ".join(tags), ", ".join(tag.replace("a", "b") for tag in tags)
    built = schemas(f"A: {{allOf: [{{oneOf: [{one}]}}, {{oneOf: [{other}]}}]}}")
    assert "union-product" in [finding.code for finding in built.found]


def test_the_description_is_that_of_the_outer_schema() -> None:
    given = """
        A:
          type: object
          properties:
            own: {description: outer, allOf: [{description: inner}]}
            taken: {allOf: [{type: string, description: inner}]}
            named: {$ref: '#/components/schemas/B'}
        B: {type: string, description: B's own}
    """
    body = next(iter(schemas(given).model.decls.values())).body
    assert isinstance(body, Record)
    told = [field.docs.description for field in body.fields]
    assert told == ["outer", "inner", ""]
