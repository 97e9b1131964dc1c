"""Given a few schemas, the declarations that they become (see `notation`)."""

from __future__ import annotations

import pytest

from notation import notation
from small_specs import lines, load, schemas, shape

T = "T: {type: object, properties: {a: {type: string}}}\n"

NULLS = [
    "{type: string, nullable: true}",
    "{type: [string, 'null']}",
    "{type: ['null', string]}",
    "{anyOf: [{type: string}, {type: 'null'}]}",
    "{oneOf: [{type: 'null'}, {type: string}]}",
    "{anyOf: [{type: string}, {const: null}]}",
    "{anyOf: [{type: string}, {enum: [null]}]}",
    "{allOf: [{type: string}], nullable: true}",
    "{anyOf: [{type: string, nullable: true}]}",
    "{anyOf: [{anyOf: [{type: string}, {type: 'null'}]}, {type: 'null'}]}",
    "{allOf: [{type: [string, 'null']}, {nullable: true}]}",
]


@pytest.mark.parametrize("spelling", NULLS)
def test_every_spelling_of_null_gives_the_same(spelling: str) -> None:
    assert shape(f"A: {spelling}") == "A?: string"
    field = f"A: {{type: object, properties: {{x: {spelling}}}}}"
    assert shape(field) == "A: {x?: string?}"


@pytest.mark.parametrize(
    "spelling",
    [
        "{$ref: '#/components/schemas/T', nullable: true}",
        "{anyOf: [{$ref: '#/components/schemas/T'}, {type: 'null'}]}",
        "{oneOf: [{type: 'null'}, {$ref: '#/components/schemas/T'}]}",
        "{allOf: [{$ref: '#/components/schemas/T'}], nullable: true}",
        "{anyOf: [{$ref: '#/components/schemas/T'}], nullable: true}",
        "{oneOf: [{$ref: '#/components/schemas/T', nullable: true}]}",
    ],
)
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_null_beside_a_reference(spelling: str, version: str) -> None:
    field = f"A: {{type: object, properties: {{x: {spelling}}}}}"
    assert shape(T + field, version).splitlines()[1] == "A: {x?: T?}"


NULL_AND_MORE = [
    # a reference to what is nullable takes null along
    ("A: {$ref: '#/components/schemas/B'}\nB: {type: [string, 'null']}", "A?: B"),
    ("A: {type: array, items: {type: [string, 'null']}}", "A: [string?]"),
    (
        "A: {additionalProperties: {type: [string, 'null']}, type: object}",
        "A: {*: string?}",
    ),
    ("A: {type: 'null'}", "A?: null"),
    ("A: {const: null}", "A?: null"),
    ("A: {enum: [null, null]}", "A?: null"),
    # null inside an enumeration, and where `type` has the last word
    ("A: {enum: [a, b, null]}", 'A?: "a" | "b"'),
    ("A: {type: string, enum: [a, b, null]}", 'A: "a" | "b"'),
    ("A: {type: [string, 'null'], enum: [a, b]}", 'A: "a" | "b"'),
    ("A: {type: string, nullable: true, enum: [a, b]}", 'A?: "a" | "b"'),
    ("A: {anyOf: [{enum: [a, b]}, {type: 'null'}]}", 'A?: "a" | "b"'),
    # null in only one of two that must both match
    ("A: {allOf: [{type: [string, 'null']}, {type: string}]}", "A: string"),
    ("A: {not: {type: 'null'}}", "A: any"),
    ("A: {nullable: true}", "A?: any"),
    # null by another name
    (
        """
        A: {anyOf: [{type: string}, {$ref: '#/components/schemas/B'}]}
        B: {const: null}
        """,
        "A?: string",
    ),
]


@pytest.mark.parametrize(("given", "want"), NULL_AND_MORE)
def test_null_and_more(given: str, want: str) -> None:
    assert shape(given).splitlines()[0] == want


def test_defaults_stand_with_the_field() -> None:
    given = """
        A:
          type: object
          properties:
            a: {type: integer, default: 4}
            b: {type: [string, 'null'], default: null}
            c: {anyOf: [{type: string, default: x}, {type: 'null'}]}
            d: {$ref: '#/components/schemas/B', default: y}
            e: {type: array, items: {type: string}, default: []}
        B: {type: string, default: z}
    """
    assert shape(given) == lines(
        """
        A: {a?: integer = 4, b?: string? = null, c?: string? = "x", d?: B = "y", \
e?: [string] = []}
        B: string
        """
    )


def test_what_stands_inline_follows_its_owner() -> None:
    given = """
        A:
          type: object
          properties:
            inner: {type: object, properties: {deep: {enum: [x, y]}}}
            list: {type: array, items: {type: object, properties: {z: {}}}}
            map: {type: object, additionalProperties: {enum: [p, q]}}
            pair: {type: array, prefixItems: [{enum: [l, r]}, {enum: [u, d]}]}
        B: {type: string}
    """
    assert shape(given) == lines(
        """
        A: {inner?: AInner, list?: [AListItem], map?: {*: AMapValue}, \
pair?: [APairFirst, APairSecond, ...any]}
          AInner: {deep?: AInnerDeep}
          AInnerDeep: "x" | "y"
          AListItem: {z?: any}
          AMapValue: "p" | "q"
          APairFirst: "l" | "r"
          APairSecond: "u" | "d"
        B: string
        """
    )


RECURSION = [
    (
        "itself",
        "A: {type: object, properties: {next: {$ref: '#/components/schemas/A'}}}",
        "A: {next?: A}",
    ),
    (
        "itself or null",
        """
        A:
          type: [object, 'null']
          properties: {n: {$ref: '#/components/schemas/A'}}
        """,
        "A?: {n?: A?}",
    ),
    (
        "a list",
        "A: {type: array, items: {$ref: '#/components/schemas/A'}}",
        "A: [A]",
    ),
    (
        "a dictionary",
        "A: {type: object, additionalProperties: {$ref: '#/components/schemas/A'}}",
        "A: {*: A}",
    ),
    (
        "two schemas",
        """
        A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}
        B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
        """,
        "A: {b?: B}\nB: {a?: A}",
    ),
    (
        "a union",
        """
        A:
          oneOf:
            - {type: string}
            - {type: array, items: {$ref: '#/components/schemas/A'}}
        """,
        "A: String = string / List = [A] [string: String, array: List] exclusive",
    ),
    (
        "what stands inline",
        """
        A:
          type: object
          properties:
            in: {type: object, properties: {out: {$ref: '#/components/schemas/A'}}}
        """,
        "A: {in?: AIn}\n  AIn: {out?: A}",
    ),
]


@pytest.mark.parametrize(
    ("given", "want"),
    [case[1:] for case in RECURSION],
    ids=[case[0] for case in RECURSION],
)
def test_recursion(given: str, want: str) -> None:
    assert shape(given) == want


def test_a_reference_into_the_middle_of_a_schema() -> None:
    given = """
        A:
          type: object
          properties:
            x: {type: object, properties: {y: {type: integer}}}
        B: {type: array, items: {$ref: '#/components/schemas/A/properties/x'}}
    """
    assert shape(given) == "A: {x?: AX}\nB: [AX]\nAX: {y?: integer}"


def test_references_across_files() -> None:
    files = {
        "main/spec.yaml": """
            openapi: 3.1.0
            info: {title: Test, version: '1'}
            components:
              schemas:
                A: {$ref: 'parts.yaml#/A'}
                B: {type: array, items: {$ref: 'parts.yaml#/Hidden'}}
                C: {$ref: 'whole.json'}
        """,
        "main/parts.yaml": """
            A: {type: object, properties: {c: {$ref: 'whole.json'}}}
            Hidden: {type: object, properties: {a: {$ref: '#/A'}}}
        """,
        "main/whole.json": '{"type": "string"}',
    }
    built = load({name: lines(text) for name, text in files.items()})
    wire = [decl.wire_name for decl in built.model.decls.values()]
    assert wire == ["A", "B", "C", "Hidden"]
    assert [decl.name for decl in built.model.decls.values()] == wire
    assert built.found == ()


JSON_SCHEMA = [
    (
        "a root and its definitions",
        """
        $schema: https://json-schema.org/draft/2020-12/schema
        title: Order line
        type: object
        properties: {size: {$ref: '#/$defs/size'}}
        $defs: {size: {enum: [s, m]}}
        """,
        'OrderLine (Order line): {size?: Size}\nSize (size): "s" | "m"',
    ),
    (
        "draft-07",
        """
        $schema: http://json-schema.org/draft-07/schema#
        type: array
        items: [{$ref: '#/definitions/size'}]
        additionalItems: false
        definitions: {size: {type: integer, minimum: 1}}
        """,
        "Spec (spec): [Size]\nSize (size): integer(1..)",
    ),
    (
        "definitions only",
        "$defs: {A: {type: string}, B: {type: boolean}}",
        "A: string\nB: boolean",
    ),
]


@pytest.mark.parametrize(
    ("given", "want"),
    [case[1:] for case in JSON_SCHEMA],
    ids=[case[0] for case in JSON_SCHEMA],
)
def test_json_schema_documents(given: str, want: str) -> None:
    assert notation(load({"spec.yaml": lines(given)}).model) == want


def test_every_named_schema_is_in_the_model() -> None:
    given = "A: true\nB: false\nC: {}\nD: {$ref: '#/components/schemas/A'}"
    built = schemas(given)
    assert [decl.wire_name for decl in built.model.decls.values()] == list("ABCD")
