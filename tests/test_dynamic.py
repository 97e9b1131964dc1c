"""Dynamic and recursive references: where they lead, what they are called, findings.

Each verdict is asked of the tables and of an independent validator that is given the
schemas as they are written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from holding import Holder
from small_specs import Built, lines, load, load_file, openapi
from specloom.conform.oracle import Oracle, named_roots
from specloom.conform.refusals import refusals
from specloom.diagnostics import Diagnostics
from specloom.lint import lint
from specloom.load.document import Document
from specloom.options import DEFAULTS
from specloom.read import read
from specloom.rendering import silent

GENERIC = """
$id: https://example.com/top
$defs:
  Box:
    $id: box
    type: object
    properties: {in: {$dynamicRef: '#content'}}
    $defs: {Any: {$dynamicAnchor: content}}
  TextBox:
    $id: text-box
    $ref: box
    $defs: {T: {$dynamicAnchor: content, type: string}}
  NumberBox:
    $id: number-box
    properties: {label: {type: string}}
    $ref: box
    $defs: {N: {$dynamicAnchor: content, type: number}}
  Crate:
    $id: crate
    type: object
    properties: {boxes: {type: array, items: {$ref: box}}, spare: {$ref: text-box}}
    $defs: {C: {$dynamicAnchor: content, type: boolean}}
  Either:
    $id: either
    if: {$id: either/if, $defs: {I: {$dynamicAnchor: content, type: array}}}
    then: {$ref: /box}
"""
GENERIC_ROWS = """
Box yes {"in": [1]}
TextBox yes {"in": "a"}
TextBox no {"in": 1}
NumberBox yes {"in": 1, "label": "a"}
NumberBox no {"in": "a"}
Crate yes {"boxes": [{"in": true}]}
Crate no {"boxes": [{"in": "a"}]}
Crate yes {"spare": {"in": true}}
Crate no {"spare": {"in": "a"}}
Either yes {"in": "a"}
"""
TREE = """
$id: https://example.com/top
$defs:
  Tree:
    $id: tree
    $dynamicAnchor: node
    type: object
    properties:
      of: {type: array, items: {$dynamicRef: '#node'}}
      first: {$ref: '#/properties/of/items'}
      fixed: {$ref: '#node'}
      by pointer: {$dynamicRef: '#/properties/of/items'}
  Labelled: {$id: labelled, $dynamicAnchor: node, $ref: tree, required: [label]}
  Through: {$id: through, properties: {t: {$ref: labelled}}}
  Plainly: {$id: plainly, $anchor: node, $ref: tree, required: [label]}
  Beside: {$id: beside, $ref: tree, $dynamicRef: 'labelled#node'}
"""
TREE_ROWS = """
Tree yes {"of": [{}]}
Labelled no {}
Labelled yes {"label": 1, "of": [{"label": 1}]}
Labelled no {"label": 1, "of": [{}]}
Labelled no {"label": 1, "first": {}}
Labelled yes {"label": 1, "fixed": {}}
Labelled no {"label": 1, "by pointer": {}}
Labelled no {"label": 1, "fixed": {"of": [{}]}}
Through yes {"t": {"label": 1}}
Through no {"t": {"label": 1, "of": [{}]}}
Plainly yes {"label": 1, "of": [{}]}
Beside no {}
Beside yes {"label": 1, "of": [{"label": 1}]}
"""
RECURSIVE = """
$schema: https://json-schema.org/draft/2019-09/schema
$id: https://example.com/top
type: object
properties: {again: {$recursiveRef: '#'}}
additionalProperties: false
$defs:
  Open:
    $id: open
    $recursiveAnchor: true
    type: object
    properties: {next: {$recursiveRef: '#'}}
  Named: {$id: named, $recursiveAnchor: true, $ref: open, required: [name]}
  Unmarked: {$id: unmarked, $ref: open, required: [name]}
  Within: {properties: {x: {$recursiveAnchor: true, type: [string, object]}}}
"""
RECURSIVE_ROWS = """
top yes {"again": {"again": {}}}
top no {"again": {"other": {}}}
Open yes {"next": {}}
Named yes {"name": 1, "next": {"name": 1}}
Named no {"name": 1, "next": {}}
Unmarked yes {"name": 1, "next": {}}
"""
OPENAPI = openapi("""
    Marked:
      $recursiveAnchor: true
      type: object
      required: [a]
      properties: {next: {$recursiveRef: '#'}}
    Around:
      $recursiveAnchor: true
      type: object
      required: [b]
      properties:
        in: {$ref: '#/components/schemas/Marked'}
        next: {$recursiveRef: '#'}
    Unmarked:
      type: object
      required: [c]
      properties:
        next: {type: array, items: {$recursiveRef: '#'}}
        inner:
          $recursiveAnchor: true
          required: [d]
          properties: {next: {$recursiveRef: '#'}}
    Identified:
      $id: identified
      $recursiveAnchor: true
      type: object
      properties: {next: {$recursiveRef: '#'}}
    Extended: {$id: extended, $recursiveAnchor: true, $ref: identified, required: [e]}
""")
OPENAPI_ROWS = """
Marked no {"a": 1, "next": {}}
Around yes {"b": 1, "in": {"a": 1, "next": {"a": 1}}}
Around no {"b": 1, "next": {"a": 1}}
Unmarked no {"c": 1, "next": [{}]}
Unmarked no {"c": 1, "inner": {"d": 1, "next": {"c": 1}}}
Unmarked yes {"c": 1, "inner": {"d": 1, "next": {"d": 1}}}
Extended no {"e": 1, "next": {}}
Extended yes {"e": 1, "next": {"e": 1}}
"""
FILES = {
    "top.yaml": """
        $id: https://example.com/top.yaml
        $ref: list.yaml
        $defs: {Item: {$dynamicAnchor: item, type: integer}}
    """,
    "list.yaml": """
        type: object
        properties: {of: {items: {$dynamicRef: '#item'}}, same: {$dynamicRef: '#one'}}
        $defs: {Item: {$dynamicAnchor: item}, One: {$dynamicAnchor: one, minimum: 1}}
    """,
}
FILES_ROWS = """
top yes {"of": [1]}
top no {"of": ["a"]}
top no {"same": 0}
"""
SPECS: Mapping[str, tuple[Mapping[str, str], str]] = {
    "generic": ({"top.yaml": GENERIC}, GENERIC_ROWS),
    "tree": ({"top.yaml": TREE}, TREE_ROWS),
    "recursive": ({"top.yaml": RECURSIVE}, RECURSIVE_ROWS),
    "openapi": ({"top.yaml": OPENAPI}, OPENAPI_ROWS),
    "files": ({name: lines(text) for name, text in FILES.items()}, FILES_ROWS),
}
ROWS = [
    (spec, *row.split(maxsplit=2))
    for spec, (_, rows) in SPECS.items()
    for row in rows.strip().splitlines()
]


@cache
def judges(spec: str) -> tuple[Built, Oracle]:
    with TemporaryDirectory() as name:
        for path, text in SPECS[spec][0].items():
            (Path(name) / path).write_text(text, encoding="utf-8")
        document = Document.load(Path(name) / "top.yaml")
        oracle = Oracle(document, read(document, Diagnostics()))
        return load_file(Path(name) / "top.yaml"), oracle


@pytest.mark.parametrize(("spec", "schema", "word", "instance"), ROWS)
def test_verdicts(spec: str, schema: str, word: str, instance: str) -> None:
    built, oracle = judges(spec)
    decl = built.model.decls[named_roots(built.source)[schema].id]
    holder, value = Holder(built.model), json.loads(instance)
    assert holder.accepts(decl.schema, value) is (word == "yes")
    assert oracle.accepts(schema, instance) is (word == "yes")
    assert word == "no" or holder.problem(decl, value) is None


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        (
            "generic",
            "Box TextBox NumberBox Crate Either BoxAny NumberBoxBox CrateTextBox"
            " CrateBox TextBoxT NumberBoxN CrateC",
        ),
        ("recursive", "Top Open Named Unmarked Within"),
        ("files", "Top ListOne Item"),
    ],
)
def test_a_variant_is_called_after_what_extends_it(spec: str, names: str) -> None:
    found = {decl.name for decl in judges(spec)[0].model.decls.values()}
    assert set(names.split()) <= found


def test_what_is_but_a_reference_to_a_variant_takes_its_place() -> None:
    built, _ = judges("generic")
    names = {decl.name: decl for decl in built.model.decls.values()}
    assert "TextBoxBox" not in names
    assert names["TextBox"].schema.object is not None


def test_a_name_that_is_declared_once_makes_no_variants() -> None:
    given = """
        $id: https://example.com/top
        properties: {a: {$dynamicRef: '#x'}, b: {$ref: other}}
        $defs:
          X: {$dynamicAnchor: x, type: string}
          Other: {$id: other, properties: {c: {$ref: 'top'}, d: {$dynamicRef: 'top#x'}}}
    """
    built = load({"top.yaml": lines(given)})
    assert [decl.name for decl in built.model.decls.values()] == ["Top", "X", "Other"]


FINDINGS = [
    # a schema of an OpenAPI document, code, part of the message
    ("A: {$dynamicRef: 1}", "keyword-value", "must be a URI reference"),
    ("A: {$dynamicRef: '#none'}", "ref-not-found", "no anchor `none`"),
    ("A: {$dynamicRef: other.yaml}", "ref-not-found", "no file `other.yaml`"),
    ("A: {properties: {a: {$recursiveRef: '#/a'}}}", "keyword-value", "must be `#`"),
    ("A: {$recursiveRef: '#'}", "ref-cycle", "defined by itself"),
    (
        "A: {$dynamicRef: '#x', $defs: {b: {$dynamicAnchor: x}, c: {$anchor: x}}}",
        "unsupported-keyword",
        "the anchor `x` is at",
    ),
    (
        "A: {$id: a, $dynamicRef: '#x', $defs: {b: {$dynamicAnchor: x}}}\n"
        "B: {$dynamicAnchor: x}\nC: {$dynamicAnchor: x}",
        "anchor-repeated",
        "`#/components/schemas/B` too",
    ),
]


@pytest.mark.parametrize(("schemas", "code", "part"), FINDINGS)
def test_findings(schemas: str, code: str, part: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(openapi(schemas))
    found = [
        item
        for item in lint(tmp_path / "a.yaml", DEFAULTS, None, silent)
        if item.code == code
    ]
    assert [part in item.message for item in found] == [True]


def test_what_an_openapi_document_means_by_its_recursion_is_told() -> None:
    told = [item for item in judges("openapi")[0].found if item.hint]
    assert {item.code for item in told} == {"implied-recursion", "implied-type"}
    hints = [item.hint for item in told if item.code == "implied-recursion"]
    assert hints == [
        f"write `$ref: '#/components/schemas/{name}'`"
        for name in ("Marked", "Around", "Unmarked", "Unmarked/properties/inner")
    ]


def test_a_schema_whose_anchor_is_not_clear_is_refused_with_its_variants() -> None:
    given = """
        $id: https://example.com/top
        $defs:
          Fine: {type: string}
          Box: {$id: box, properties: {of: {$ref: odd}}}
          Odd:
            $id: odd
            properties: {a: {$dynamicRef: '#y'}, b: {$dynamicRef: '#x'}}
            $defs:
              X: {$dynamicAnchor: x}
              Y: {anyOf: [{$dynamicAnchor: y}, {$dynamicAnchor: y}]}
          Heir: {$id: heir, $ref: odd, $defs: {X: {$dynamicAnchor: x}}}
          Other: {$id: other, items: {$ref: odd}, $defs: {X: {$dynamicAnchor: x}}}
    """
    built = load({"top.yaml": lines(given)})
    refused = refusals(built.source, built.found)
    names = {root.name for root in built.source.roots.values() if root.id in refused}
    assert names == {"Box", "Odd", "Heir", "Other", "Other Odd"}
