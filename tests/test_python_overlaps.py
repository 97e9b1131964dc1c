"""Objects that fit several alternatives: the one that names the most of them is meant.

What is built is compared with a second opinion, which reads the spec as it is written:
an independent validator tells what fits, and the names of properties are counted.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from itertools import permutations, product
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from python_packages import imported
from small_specs import load, schemas

NUMBER, TEXT = {"type": "integer"}, {"type": "string"}
REST = {"additionalProperties": False}
OBJECTS: dict[str, dict[str, Any]] = {
    "Nothing": {},
    "A": {"properties": {"a": NUMBER}},
    "AB": {"properties": {"a": NUMBER, "b": NUMBER}},
    "Closed": {"properties": {"a": NUMBER, "b": NUMBER, "c": NUMBER}, **REST},
    "B": {"required": ["b"], "properties": {"b": NUMBER}},
    "BText": {"required": ["b"], "properties": {"b": TEXT, "c": TEXT, "d": {}}},
    "BC": {"required": ["b", "c"], "properties": {"b": NUMBER}},
    "Numbers": {"properties": {"c": NUMBER}, "additionalProperties": NUMBER},
    "CD": {"patternProperties": {"^b": TEXT}, "properties": {"c": {}, "d": TEXT}},
    "Small": {"properties": {"a": {"enum": [0, 1]}, "c": TEXT}, "maxProperties": 3},
}
INNER = {
    "Either": {"anyOf": ["A", "CD"]},
    "Nested": {"anyOf": ["BC", "Either"]},
    "Exactly": {"oneOf": ["Closed", "BText"]},
    "Maybe": {"anyOf": ["AB", "null"]},
}
POOL = [*OBJECTS, *INNER]
VALUES = [
    {name: value for name, value in zip("abcd", each) if value is not None}
    for each in product((None, 0, 1), (None, 0, "x"), (None, 0, "x"), (None, "x"))
]


def _ref(name: str) -> dict[str, str]:
    if name == "null":
        return {"type": "null"}
    return {"$ref": f"#/components/schemas/{name}"}


def _unions() -> dict[str, dict[str, list[str]]]:
    """Each two in either order, and each three that follow one another in a circle."""
    found = dict(INNER)
    for one, other in permutations(POOL, 2):
        found[f"{one}Or{other}"] = {"anyOf": [one, other]}
    for place, name in enumerate(POOL):
        three = [name, POOL[(place + 5) % len(POOL)], POOL[(place + 7) % len(POOL)]]
        found["Or".join(three)] = {"anyOf": three}
        found["Xor".join(three[:2])] = {"oneOf": three[:2]}
    return found


UNIONS = _unions()
PLAIN = [name for name, union in UNIONS.items() if "anyOf" in union][:: len(POOL) - 1]


def _spec() -> dict[str, Any]:
    written: dict[str, Any] = {
        name: {"type": "object", **schema} for name, schema in OBJECTS.items()
    }
    for name, union in UNIONS.items():
        written[name] = {key: list(map(_ref, said)) for key, said in union.items()}
    # Some once more, inside others: with more rules, and beside a dictionary.
    for name in PLAIN:
        few = {**written[name], "minProperties": 2}
        numbers = {"type": "object", "additionalProperties": NUMBER}
        written[f"{name}Beside"] = few
        written[f"{name}Within"] = {"anyOf": [few, {"const": 7}]}
        written[f"{name}OrMap"] = {"anyOf": [*written[name]["anyOf"], numbers]}
        written[f"{name}Xor"] = {"oneOf": [written[name], {"type": "array"}]}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Overlaps", "version": "1"},
        "components": {"schemas": written},
    }


SPEC = _spec()
SCHEMAS = SPEC["components"]["schemas"]


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**_ref(name), **SPEC})


def _meant(name: str, value: dict[str, Any]) -> str | None:
    """The object, by its name, that a value is for; None if none fits."""
    if name in OBJECTS:
        return name if _validator(name).is_valid(value) else None
    (members,) = UNIONS[name].values()
    found = [_meant(member, value) for member in members if member != "null"]
    fits = [inner for inner in found if inner is not None]
    if not fits or ("oneOf" in UNIONS[name] and len(fits) > 1):
        return None
    return max(fits, key=lambda fit: len(_names(fit) & value.keys()))


def _names(name: str) -> set[str]:
    schema = OBJECTS[name]
    return {*schema.get("properties", ()), *schema.get("required", ())}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    built = load({"spec.json": json.dumps(SPEC)})
    folder = tmp_path_factory.mktemp("overlaps")
    with imported(built.model, "overlaps", folder) as made:
        yield made


def _outcome(package: Any, schema: str, value: dict[str, Any]) -> str | None:
    try:
        made = package.decode(schema, value)
    except package.DecodeError:
        return None
    assert package.encode(made) == value
    # An object of which nothing is said is a dictionary.
    return "Nothing" if isinstance(made, dict) else type(made).__name__


@pytest.mark.parametrize("name", UNIONS)
def test_the_one_that_names_the_most_is_built(name: str, package: Any) -> None:
    for value in VALUES:
        want = _meant(name, value)
        assert _outcome(package, name, value) == want, value


@pytest.mark.parametrize("name", PLAIN)
def test_so_it_is_inside_others(name: str, package: Any) -> None:
    for value in VALUES:
        want = _meant(name, value)
        several = want if len(value) > 1 else None
        assert _outcome(package, f"{name}Beside", value) == several, value
        assert _outcome(package, f"{name}Within", value) == several, value
        assert _outcome(package, f"{name}Xor", value) == want, value
        if want is None and all(isinstance(item, int) for item in value.values()):
            want = "Nothing"
        assert _outcome(package, f"{name}OrMap", value) == want, value


# --- what else decides ----------------------------------------------------------------

PETS = """
    Cat:
      type: object
      required: [kind]
      properties: {kind: {const: cat}, name: {type: string}}
    OldCat:
      type: object
      required: [kind]
      properties: {kind: {const: cat}, age: {type: integer}, lives: {type: integer}}
    First:
      type: object
      required: [number]
      properties: {number: {const: 1}}
    Pet:
      type: object
      properties: {kind: {type: string}, age: {type: integer}, weight: {}, notes: {}}
    Box:
      type: object
      properties:
        number: {type: integer}
        inside: {$ref: '#/components/schemas/Boxes'}
    Bag:
      type: object
      properties: {number: {type: integer}, colour: {type: string}, size: {}}
    Pets:
      anyOf:
        - $ref: '#/components/schemas/Pet'
        - $ref: '#/components/schemas/Cat'
        - $ref: '#/components/schemas/OldCat'
    Cats:
      oneOf:
        - $ref: '#/components/schemas/Cat'
        - $ref: '#/components/schemas/OldCat'
    Boxes:
      anyOf:
        - $ref: '#/components/schemas/Bag'
        - $ref: '#/components/schemas/Box'
        - $ref: '#/components/schemas/First'
    Left:
      type: object
      properties: {under: {$ref: '#/components/schemas/Sides'}, left: {}}
    Right:
      type: object
      properties: {under: {$ref: '#/components/schemas/Sides'}, right: {}}
    Sides:
      anyOf:
        - $ref: '#/components/schemas/Left'
        - $ref: '#/components/schemas/Right'
"""
CAT = {"kind": "cat"}


class Years(IntEnum):
    FEW = 3


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("pets")
    with imported(schemas(PETS).model, "strict_pets", folder) as package:
        yield package


@pytest.mark.parametrize(
    ("schema", "value", "want"),
    [
        # a tag goes first, and then the names
        ("Pets", {**CAT, "age": 3, "weight": 1, "notes": 2}, "OldCat"),
        ("Pets", {**CAT, "name": "Tom", "weight": 1, "notes": 2}, "Cat"),
        ("Pets", {**CAT, "weight": 1}, "Cat"),
        ("Pets", {"kind": "dog", "lives": 9}, "Pet"),
        ("Pets", {"lives": 9}, "Pet"),
        # one that is a number as well
        ("Boxes", {"number": 1, "colour": "red", "size": 2}, "First"),
        ("Boxes", {"number": 2, "colour": "red", "inside": {}}, "Bag"),
        ("Boxes", {"number": True, "inside": {}}, None),
        ("Boxes", {"number": 2, "inside": {"colour": "red"}}, "Box"),
        # whatever class the values have
        ("Boxes", {"number": Years.FEW, "inside": {}}, "Box"),
        ("Boxes", OrderedDict(inside=OrderedDict(inside=OrderedDict())), "Box"),
        ("Boxes", {"number": "1", "inside": {}}, None),
    ],
)
def test_other_things_decide_before_names(
    schema: str, value: dict[str, Any], want: str | None, pets: Any
) -> None:
    assert _outcome(pets, schema, value) == want


def test_what_is_inside_is_chosen_as_well(pets: Any) -> None:
    made = pets.decode("Boxes", {"inside": {"inside": {"size": 1}}})
    assert repr(made) == "Box(inside=Box(inside=Bag(size=1)))"


def test_too_deep_is_no_reason_to_take_another(pets: Any) -> None:
    value: dict[str, Any] = {}
    for _ in range(pets._runtime.MAX_DEPTH + 1):
        value = {"inside": value}
    with pytest.raises(pets.DecodeError, match=r"\[depth\]"):
        pets.decode("Boxes", value)


@pytest.mark.parametrize("inmost", [{}, {"under": 1}])
def test_candidates_are_not_compared_again_and_again(inmost: Any, pets: Any) -> None:
    """If they were, this would not end: the time would double with each level."""
    value = inmost
    for _ in range(200):
        value = {"right": 1, "under": value}
    want = "Right" if inmost == {} else None
    assert _outcome(pets, "Sides", value) == want


def test_one_object_in_two_places_becomes_two(pets: Any) -> None:
    inner = {"right": 1}
    made = pets.decode("Sides", {"right": inner, "under": inner, "left": inner})
    again = pets.decode("Sides", {"under": inner, "left": made})
    assert made.under == pets.decode("Sides", inner)
    assert made.under is not again.under


def test_free_values_are_kept_as_they_are(pets: Any) -> None:
    notes: list[Any] = []
    notes.append(notes)
    made = pets.decode("Pets", {"notes": notes, "lives": 9})
    assert made.notes is notes


def test_names_decide_where_a_lenient_reading_lets_several_fit(tmp_path: Path) -> None:
    value = {**CAT, "lives": 9}
    with imported(schemas(PETS, lenient=True).model, "lenient_pets", tmp_path) as pets:
        assert _outcome(pets, "Cats", value) == "OldCat"


def test_an_error_is_that_of_the_alternatives(pets: Any) -> None:
    with pytest.raises(pets.DecodeError) as caught:
        pets.decode("Pets", {"kind": "dog", "age": "old"})
    assert str(caught.value) == "age: expected integer, got string [type]"
