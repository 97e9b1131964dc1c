"""Names of declarations: from context, without counters, stable, never confused."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from small_specs import load, load_file, openapi, schemas
from specloom.ir import Model
from specloom.naming import same_key


def names(given: str) -> list[str]:
    return [decl.name for decl in schemas(given).model.decls.values()]


FROM_CONTEXT = [
    ("a property", "A: {properties: {b: {enum: [1, 2]}}}", ["A", "AB"]),
    ("words", "user_id: {properties: {is-on: {enum: [1, 2]}}}",
     ["UserId", "UserIdIsOn"]),
    ("shared words once", "Order: {properties: {order_line: {properties: {x: {}}}}}",
     ["Order", "OrderLine"]),
    ("never the owner's alone", "Order: {properties: {order: {properties: {x: {}}}}}",
     ["Order", "OrderOrder"]),
    ("an item", "A: {items: {properties: {x: {}}}}", ["A", "AItem"]),
    ("a value of a dictionary", "A: {additionalProperties: {properties: {x: {}}}}",
     ["A", "AValue"]),
    ("a position", "A: {prefixItems: [{properties: {x: {}}}, {enum: [1, 2]}]}",
     ["A", "AFirst", "ASecond"]),
    ("a title", "A: {anyOf: [{type: string}, {title: Rules, properties: {x: {}}}]}",
     ["A", "ARules"]),
    ("a digit first", "3d: {properties: {x: {enum: [1, 2]}}}", ["Type3d", "Type3dX"]),
    ("accents", "Größe: {type: string}", ["GroU00DFE"]),
    ("no letter at all", "$: {type: string}", ["Dollar"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "want"),
    [case[1:] for case in FROM_CONTEXT],
    ids=[case[0] for case in FROM_CONTEXT],
)
def test_names_come_from_context(given: str, want: list[str]) -> None:
    assert names(given) == want


CLASHES = [
    (
        "who is spelled like the name keeps it",
        "pet_status: {type: string}\nPetStatus: {type: string}",
        ["PetStatusSnake", "PetStatus"],
    ),
    (
        "else the first does",
        "a b: {type: string}\na-b: {type: string}",
        ["AB", "ABHyphen"],
    ),
    (
        "case alone tells no files apart",
        "Pet: {type: string}\nPET: {type: string}",
        ["Pet", "PETUpper"],
    ),
    (
        "what stands inline gives way",
        "Pet: {properties: {status: {enum: [1, 2]}}}\nPetStatus: {type: string}",
        ["Pet", "PetStatusOption", "PetStatus"],
    ),
    (
        "by its kind, then by where it stands",
        """
        A: {properties: {b: {properties: {c: {enum: [1, 2]}}}, b_c: {enum: [3, 4]}}}
        ABC: {type: string}
        """,
        ["A", "AB", "ABCOption", "ABCOptionInA", "ABC"],
    ),
]


@pytest.mark.parametrize(
    ("given", "want"),
    [case[1:] for case in CLASHES],
    ids=[case[0] for case in CLASHES],
)
def test_clashes(given: str, want: list[str]) -> None:
    built = schemas(given)
    assert [decl.name for decl in built.model.decls.values()] == want
    assert {finding.code for finding in built.found} >= {"name-clash"}


def test_two_files_may_use_one_name() -> None:
    entry = openapi("Size: {type: string}\nBox: {$ref: 'other.yaml#/Box'}")
    other = "Box: {properties: {size: {$ref: '#/Size'}}}\nSize: {enum: [1, 2]}"
    built = load({"spec.yaml": entry, "other.yaml": other})
    assert [decl.name for decl in built.model.decls.values()] == [
        "Size",
        "Box",
        "SizeOption",
    ]


SPEC = """
Animal:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
Cat:
  type: object
  required: [kind]
  properties:
    kind: {const: cat}
    mood: {enum: [good, bad]}
    owner: {$ref: '#/components/schemas/Owner'}
Dog:
  type: object
  required: [kind]
  properties:
    kind: {const: dog}
    tricks: {type: array, items: {type: object, properties: {name: {type: string}}}}
Owner:
  type: object
  properties:
    address: {type: object, properties: {town: {type: string}}}
    contact:
      oneOf:
        - {type: string}
        - {type: object, properties: {phone: {type: string}}}
        - {type: object, properties: {mail: {type: string}}}
owner-list: {type: array, items: {$ref: '#/components/schemas/Owner'}}
owner_list: {type: array, items: {$ref: '#/components/schemas/Cat'}}
Rule:
  allOf:
    - {type: object, properties: {rule: {type: object, properties: {a: {}}}}}
    - {properties: {rule: {properties: {b: {}}}}}
"""
NEW: dict[str, Any] = {
    "type": "object",
    "properties": {
        "kind": {"const": "new"},
        "mood": {"enum": ["x", "y"]},
        "list": {"type": "array", "items": {"properties": {"name": {}}}},
    },
}


def by_place(model: Model) -> dict[str, str]:
    """Each declaration's name by its place in the spec, the file aside."""
    return {decl.id.partition("#")[2]: decl.name for decl in model.decls.values()}


def additions(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The document with one more schema, at each place among the others."""
    items = list(document["components"]["schemas"].items())
    for index in range(len(items) + 1):
        more = deepcopy(document)
        added = [*items[:index], ("Additional", NEW), *items[index:]]
        more["components"]["schemas"] = dict(added)
        yield f"before {items[index][0]}" if index < len(items) else "at the end", more


def renamed(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    return {place: name for place, name in before.items() if after.get(place) != name}


def test_one_more_schema_renames_no_other() -> None:
    document = yaml.safe_load(openapi(SPEC))
    before = by_place(load({"spec.yaml": openapi(SPEC)}).model)
    assert len(before) > 12
    for where, more in additions(document):
        after = by_place(
            load({"spec.yaml": yaml.safe_dump(more, sort_keys=False)}).model
        )
        assert renamed(before, after) == {}, where
        assert len(after) > len(before)


def test_one_more_alternative_renames_no_other() -> None:
    given = "A: {anyOf: [{title: One, properties: {x: {}}}, {type: array, items: {}}]}"
    more = given.replace("anyOf: [", "anyOf: [{const: auto}, ")
    before = by_place(schemas(given).model)
    assert renamed(before, by_place(schemas(more).model)) == {}


@pytest.mark.slow
def test_one_more_schema_renames_no_other_of_a_whole_api(
    shared_spec: Path, tmp_path: Path
) -> None:
    text = shared_spec.read_text(encoding="utf-8")
    head, mark, schemas_ = text.partition("\n  schemas:\n")
    addition = yaml.safe_dump({"Additional": NEW}, sort_keys=False)
    indented = "".join(f"    {line}\n" for line in addition.splitlines())
    more = tmp_path / "spec.yaml"
    more.write_text(head + mark + indented + schemas_, encoding="utf-8")
    before = by_place(load_file(shared_spec).model)
    after = by_place(load_file(more).model)
    assert len(after) == len(before) + 3
    assert renamed(before, after) == {}


@pytest.mark.slow
def test_no_name_of_a_whole_api_is_confused_with_another(shared_spec: Path) -> None:
    decls = load_file(shared_spec).model.decls.values()
    assert len({same_key(decl.name) for decl in decls}) == len(decls)
    numbered = [decl for decl in decls if decl.name[-1].isdigit()]
    invented = [
        d.name for d in numbered if not (d.wire_name or "").endswith(d.name[-1])
    ]
    assert invented == []
