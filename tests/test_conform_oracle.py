"""The oracle judges what the authors of a spec wrote, by exact values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from small_specs import openapi
from specloom.conform.oracle import Oracle, named_roots
from specloom.conform.refusals import refusals
from specloom.diagnostics import Diagnostics, SpecloomError
from specloom.load.document import Document
from specloom.read import read


def oracle(folder: Path, files: Mapping[str, str], *, lenient: bool = False) -> Oracle:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    document = Document.load(folder / next(iter(files)))
    return Oracle(document, read(document, Diagnostics()), lenient=lenient)


def table(text: str) -> list[tuple[str, str, bool]]:
    """Lines of `Schema  instance  verdict`."""
    rows = [line.split(maxsplit=2) for line in text.strip().splitlines()]
    return [(name, instance, word == "yes") for name, word, instance in rows]


NEW = """
    Null: {type: integer, nullable: true}
    NullRef: {$ref: '#/components/schemas/Bounded', nullable: true}
    Bounded: {type: number, minimum: 0, exclusiveMinimum: true, maximum: 10}
    Flagless: {type: number, minimum: 0, exclusiveMinimum: false}
    Siblings: {$ref: '#/components/schemas/Bounded', maximum: 5}
    Date: {type: string, format: date-time}
    Whole: {type: integer}
    Tenth: {type: number, multipleOf: 0.1}
    Large: {type: integer, maximum: 9007199254740992}
    Twice:
      type: array
      items: {type: object, required: [a, a], properties: {a: {}}}
    Conditional: {if: {type: string}, then: {minLength: 2}, else: {minimum: 2}}
    Anything: {}
    Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
    Defs:
      $defs: {Inner: {type: string}}
      $ref: '#/components/schemas/Defs/$defs/Inner'
    Elsewhere: {$ref: 'other/b.yaml#/B'}
"""
OTHER = "B: {type: array, items: {$ref: '#/C'}}\nC: {type: boolean}\n"
NEW_ROWS = r"""
    Null yes null
    Null yes 1
    Null no "1"
    NullRef yes null
    NullRef no 0
    Bounded no 0
    Bounded no -0.0
    Bounded yes 10
    Bounded yes 1e-400
    Bounded no 1e400
    Flagless yes 0
    Siblings no 6
    Date yes "not a date"
    Whole yes 3.0
    Whole yes 1e400
    Whole no 3.5
    Whole no true
    Tenth yes 0.3
    Tenth no 0.35
    Large yes 9007199254740992
    Large no 9007199254740993
    Large no 9007199254740993.0
    Twice yes [{"a": 1}]
    Twice no [{}]
    Conditional no "a"
    Conditional yes "ab"
    Conditional no 1
    Anything yes {"a": [1, null]}
    Anything no NaN
    Anything no {"a": }
    Tree yes [[], [[]]]
    Tree no [[1]]
    Defs yes "a"
    Defs no 1
    Elsewhere yes [true]
    Elsewhere no [1]
"""


@pytest.mark.parametrize(("name", "instance", "want"), table(NEW_ROWS))
def test_a_verdict(name: str, instance: str, want: bool, tmp_path: Path) -> None:
    made = oracle(tmp_path, {"spec.yaml": openapi(NEW), "other/b.yaml": OTHER})
    assert made.accepts(name, instance) is want


OLD = """
    Number: {type: number, maximum: 10}
    Siblings: {$ref: '#/components/schemas/Number', maximum: 5}
    NullRef: {$ref: '#/components/schemas/Number', nullable: true}
"""


@pytest.mark.parametrize(
    ("name", "instance", "want"),
    table("Siblings yes 6\nSiblings no 11\nNullRef yes null\nNumber no null"),
)
def test_keywords_beside_a_reference_in_openapi_3_0(
    name: str, instance: str, want: bool, tmp_path: Path
) -> None:
    made = oracle(tmp_path, {"spec.yaml": openapi(OLD, "3.0.3")})
    assert made.accepts(name, instance) is want


DRAFT_07 = """
$schema: http://json-schema.org/draft-07/schema#
definitions:
  Pair: {type: array, items: [{type: string}], additionalItems: {type: number}}
  Open: {type: array, items: [{type: string}]}
"""


@pytest.mark.parametrize(
    ("name", "instance", "want"),
    table('Pair yes ["a", 1]\nPair no ["a", "b"]\nPair no [1]\nOpen yes ["a", "b"]'),
)
def test_lists_of_items_in_draft_07(
    name: str, instance: str, want: bool, tmp_path: Path
) -> None:
    made = oracle(tmp_path, {"spec.yaml": DRAFT_07})
    assert made.accepts(name, instance) is want


LENIENT = """
    Job:
      type: object
      required: [id]
      properties:
        id: {type: string}
        state: {type: string, enum: [open, done]}
        size: {type: integer, maximum: 5}
"""


@pytest.mark.parametrize(
    ("instance", "strictly"),
    [
        ('{"id": "a", "state": "new"}', False),
        ('{"id": "a", "size": null}', False),
        ('{"id": "a", "state": "open"}', True),
    ],
)
def test_the_lenient_reading(instance: str, strictly: bool, tmp_path: Path) -> None:
    spec = {"spec.yaml": openapi(LENIENT)}
    assert oracle(tmp_path, spec).accepts("Job", instance) is strictly
    assert oracle(tmp_path, spec, lenient=True).accepts("Job", instance) is True
    for wrong in ('{"id": null}', '{"id": "a", "size": 6}'):
        assert oracle(tmp_path, spec, lenient=True).accepts("Job", wrong) is False


def test_what_nobody_can_judge(tmp_path: Path) -> None:
    schemas = "A: {type: string, pattern: '['}\nB: {type: string}\nC: {}"
    made = oracle(tmp_path, {"spec.yaml": openapi(schemas)})
    assert made.accepts("Nope", "1") is None
    assert made.accepts("A", '"a"') is None
    assert made.accepts("B", '"\\ud800"') is None
    assert made.accepts("C", "[" * 100_000 + "]" * 100_000) is None


def test_a_missing_oracle_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("specloom.conform.oracle.is_available", lambda: False)
    with pytest.raises(SpecloomError) as caught:
        oracle(tmp_path, {"spec.yaml": openapi("A: {}")})
    (item,) = caught.value.diagnostics
    assert item.code == "oracle-missing"
    assert "specloom[oracle]" in item.hint


def test_schemas_that_use_what_is_not_supported_are_refused(tmp_path: Path) -> None:
    entry = tmp_path / "spec.yaml"
    schemas = """
        Holding: {properties: {a: {$dynamicRef: '#a'}}}
        Uses: {type: array, items: {$ref: '#/components/schemas/Holding'}}
        UsesThat: {anyOf: [{$ref: '#/components/schemas/Uses'}]}
        OnlyMeta: {then: {}}
        Fine: {type: string, $defs: {x: {$dynamicAnchor: a}, y: {$dynamicAnchor: a}}}
        Names: {properties: {$dynamicRef: {type: string}}}
        Holding2: {type: string}
    """
    entry.write_text(openapi(schemas), encoding="utf-8")
    found = Diagnostics()
    source = read(Document.load(entry), found)
    roots = named_roots(source)
    refused = refusals(source, found)
    named = {name for name, root in roots.items() if root.id in refused}
    assert named == {"Holding", "Uses", "UsesThat"}
    assert {str(item) for item in refused.values()} == {
        "uses `$dynamicRef`, which is not supported [unsupported]"
    }
