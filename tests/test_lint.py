"""Lint: what it finds beyond what generating reports, and what it leaves alone."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from small_specs import openapi
from specloom import lint as lint_module
from specloom.diagnostics import Diagnostic
from specloom.lint import lint
from specloom.options import Options
from specloom.report import in_order


def found(
    tmp_path: Path, schemas: str, vocabulary: object = None
) -> list[tuple[str, str, str]]:
    """Severity and code, pointer below the schemas, message; in order."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(openapi(textwrap.dedent(schemas)), encoding="utf-8")
    words = None
    if vocabulary is not None:
        words = tmp_path / "words.json"
        words.write_text(json.dumps(vocabulary))
    return [
        told(item) for item in in_order(lint(spec, Options(), words, lambda *_: None))
    ]


def told(item: Diagnostic) -> tuple[str, str, str]:
    pointer = item.location.pointer if item.location else ""
    short = pointer.removeprefix("/components/schemas/")
    return (f"{item.severity.label} {item.code}", short, item.message)


def test_nothing_to_say(tmp_path: Path) -> None:
    schemas = """
        Pet:
          type: object
          required: [name]
          properties:
            name: {type: string, examples: [Rex], pattern: '^[A-Z]'}
            age: {type: [integer, 'null'], default: null, minimum: 0}
          examples: [{name: Rex, age: 3}, {name: Tom, other: 1}]
    """
    assert found(tmp_path, schemas) == []


def test_examples_and_defaults(tmp_path: Path) -> None:
    schemas = """
        Pet:
          type: object
          required: [name]
          properties:
            name: {type: string, example: 3}
            age: {type: integer, default: old}
          examples:
            - {name: Rex}
            - {age: 3}
        Owner:
          type: object
          properties:
            pet: {$ref: '#/components/schemas/Pet', default: {name: [Rex]}}
            kind: {type: string, nullable: true, default: null}
    """
    assert found(tmp_path, schemas) == [
        (
            "warning example-invalid",
            "Pet/properties/name/example",
            'the example is refused by its own schema: 3 is not of type "string"',
        ),
        (
            "warning default-invalid",
            "Pet/properties/age/default",
            'the default is refused by its own schema: "old" is not of type "integer"',
        ),
        (
            "warning example-invalid",
            "Pet/examples/1",
            'the example is refused by its own schema: "name" is a required property',
        ),
        (
            "warning default-invalid",
            "Owner/properties/pet/default",
            "the default is refused by its own schema:"
            ' name: ["Rex"] is not of type "string"',
        ),
    ]


def test_the_branch_that_was_meant_tells_the_fault(tmp_path: Path) -> None:
    schemas = """
        Shape:
          oneOf:
            - type: object
              required: [kind, r]
              properties: {kind: {const: circle}, r: {type: number}}
            - type: object
              required: [kind, sides]
              properties:
                kind: {const: polygon}
                sides: {items: {properties: {a: {type: number}}}}
          examples: [{kind: polygon, sides: [{a: 1}, {a: x}]}, 3, {kind: line}]
        Twice:
          oneOf: [{type: string, minLength: 1}, {type: string, maxLength: 3}]
          default: ab
    """
    assert [
        message for code, _, message in found(tmp_path, schemas) if "invalid" in code
    ] == [
        "the example is refused by its own schema:"
        ' sides/1/a: "x" is not of type "number"',
        "the example is refused by its own schema: matches no alternative",
        "the example is refused by its own schema: matches no alternative",
        "the default is refused by its own schema: matches more than one alternative",
    ]


REQUIRED = """
    Typo: {type: object, required: [name, nmae], properties: {name: {type: string}}}
    Nothing: {type: object, required: [id]}
    Base: {type: object, properties: {id: {type: string}}}
    Child:
      allOf:
        - $ref: '#/components/schemas/Base'
        - required: [id, extra]
      properties: {extra: {type: string}}
    Either:
      type: object
      properties: {a: {type: string}, b: {type: string}}
      anyOf: [{required: [a]}, {required: [b]}, {not: {required: [c]}}]
    Map: {type: object, required: [any], additionalProperties: {type: string}}
    Patterned: {type: object, required: [x1], patternProperties: {'^x': {type: string}}}
    Closed:
      type: object
      required: [b]
      properties: {a: {type: string}}
      additionalProperties: false
    Tree:
      allOf: [{$ref: '#/components/schemas/Leaf'}]
      required: [leaf]
    Leaf: {type: object, properties: {leaf: {$ref: '#/components/schemas/Tree'}}}
"""


def test_required_names_without_a_property(tmp_path: Path) -> None:
    assert [
        (place, message)
        for code, place, message in found(tmp_path, REQUIRED)
        if code == "warning required-undescribed"
    ] == [
        ("Typo/required/1", "`nmae` is required, but no property is called so"),
        ("Nothing/required/0", "`id` is required, but no property is called so"),
        (
            "Either/anyOf/2/not/required/0",
            "`c` is required, but no property is called so",
        ),
        ("Closed/required/0", "`b` is required, but no property is called so"),
    ]


def test_hints_offer_properties_in_the_order_of_the_spec(tmp_path: Path) -> None:
    names = ["where", "amount", "kind", "zone", "by", "colour", "level", "host"]
    properties = {name: {"type": "string"} for name in names}
    schema = {"type": "object", "required": ["qqq"], "properties": properties}
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"$defs": {"A": schema}}))
    hints = [item.hint for item in lint(spec, Options(), None, lambda *_: None)]
    listed = ", ".join(f"`{name}`" for name in names)
    assert hints == [f"there is only {listed}"]


def test_links_without_a_site(tmp_path: Path) -> None:
    schemas = """
        A: {description: 'See [this](https://example.org/x).'}
        B: {description: 'See [this](/docs/x) and [that](/docs/y).'}
        C: {properties: {c: {description: '[Here](/docs/z)'}}}
        """
    (finding,) = [item for item in found(tmp_path, schemas) if "link" in item[0]]
    assert finding == (
        "info link-left-out",
        "B/description",
        "a link here names a path without a site, and is left out, as in 1 more"
        " description",
    )
    spec = tmp_path / "spec.yaml"
    options = Options(docs_base_url="https://example.org")
    codes = [item.code for item in lint(spec, options, None, lambda *_: None)]
    assert "link-left-out" not in codes


def test_patterns(tmp_path: Path) -> None:
    schemas = """
        A: {type: string, pattern: '('}
        B: {type: object, patternProperties: {'[': true, '^x': {type: string}}}
        C: {type: string, pattern: '^(?<year>\\d{4})\\p{L}$'}
    """
    assert [place for _, place, _ in found(tmp_path, schemas)] == [
        "A/pattern",
        "B/patternProperties/[",
    ]


VOCABULARY = {
    "properties": {"x-since": {"type": "string"}, "x-order": {"type": "integer"}},
    "additionalProperties": False,
}


def test_extension_keys(tmp_path: Path) -> None:
    schemas = """
        Pet:
          type: object
          x-order: first
          properties:
            name: {type: string, x-since: '2020', x-sinec: '2020'}
    """
    assert found(tmp_path, schemas) == []
    assert found(tmp_path, schemas, VOCABULARY) == [
        (
            "error extension-invalid",
            "Pet/x-order",
            'x-order: "first" is not of type "integer"',
        ),
        (
            "error extension-invalid",
            "Pet/properties/name/x-sinec",
            "x-sinec: is not allowed here",
        ),
    ]


def test_a_vocabulary_that_is_no_schema(tmp_path: Path) -> None:
    (code, _, message), *rest = found(tmp_path, "A: {type: string}", {"type": "word"})
    assert (code, rest) == ("error vocabulary", [])
    assert message.startswith("this is no JSON Schema: ")


def test_without_the_judge_a_note_says_what_was_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lint_module, "is_available", lambda: False)
    (note,) = found(tmp_path, "A: {type: string, default: 3}", VOCABULARY)
    assert note == (
        "info unchecked",
        "",
        "patterns, examples, defaults and extension keys were not checked",
    )


def test_errors_of_the_spec_come_alone(tmp_path: Path) -> None:
    schemas = """
        A: {type: string, default: 3}
        B: {$ref: '#/components/schemas/C'}
        D: {type: strin}
    """
    assert [code for code, _, _ in found(tmp_path, schemas)] == [
        "error ref-not-found",
        "error keyword-value",
    ]


def test_deep_schemas_and_values(tmp_path: Path) -> None:
    deep = "{items: " * 300 + "{type: string}" + "}" * 300
    codes = {code for code, _, _ in found(tmp_path, f"A: {deep}\nB: {{default: 1}}")}
    assert "info unchecked" in codes
    value = "[" * 300 + "]" * 300
    assert found(tmp_path, f"A: {{type: array, default: {value}}}") == []


def test_our_own_spec(checkout: Path) -> None:
    words = checkout / "spec" / "vocabulary.schema.json"
    spec = checkout / "spec" / "openapi.yaml"
    assert list(lint(spec, Options(), words, lambda *_: None)) == []
