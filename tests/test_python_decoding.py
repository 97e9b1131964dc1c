"""Decoders of generated Python: what only Python has."""

from __future__ import annotations

import codecs
import json
import traceback
from collections import OrderedDict
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from python_packages import decoder, imported
from small_specs import schemas

SMALL = """
    Kind: {type: string, enum: [cat, dog]}
    Pet:
      type: object
      required: [kind, name]
      properties:
        kind: {$ref: '#/components/schemas/Kind'}
        name: {type: string}
        age: {type: integer, minimum: 0}
        weight: {type: number}
        tags: {type: array, items: {type: string}}
        friends: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        notes: {}
    Closed:
      type: object
      properties: {a: {type: string}}
      additionalProperties: false
    Counts: {type: object, additionalProperties: {type: integer}}
    Free: {}
    One: {type: object, properties: {v: {type: integer, const: 1}}}
    Zero: {type: object, properties: {v: {const: 0}}, required: [v]}
    Half: {type: object, properties: {v: {type: number, const: 0.5}}}
    Large: {type: object, properties: {v: {const: 9007199254740993}}}
    Marked:
      type: object
      patternProperties: {^x-: {type: string}}
      additionalProperties: {type: integer}
    Short: {type: object, propertyNames: {type: string, maxLength: 2}}
    Distinct: {type: array, uniqueItems: true, items: {}}
    Tagged:
      anyOf:
        - {type: object, required: [t], properties: {t: {const: a}, v: {minimum: 1}}}
        - {type: object, required: [t], properties: {t: {const: b}}}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("decoding")
    with imported(schemas(SMALL).model, "small_decoding", folder) as package:
        yield package


PET = {"kind": "cat", "name": "Tom"}


class Text(str):
    """A string of a class of its own."""


class Animal(str, Enum):
    CAT = "cat"


class Years(IntEnum):
    FEW = 3


@pytest.mark.parametrize(
    ("data", "want"),
    [
        (OrderedDict(PET), PET),
        ({**PET, "kind": Animal.CAT}, PET),
        ({**PET, "name": Text("Tom")}, PET),
        ({**PET, "age": Years.FEW}, {**PET, "age": 3}),
        ({**PET, "age": 3.0}, {**PET, "age": 3}),
        ({**PET, "notes": OrderedDict(a=Text("b"))}, {**PET, "notes": {"a": "b"}}),
        ({**PET, "new": OrderedDict(a=[Years.FEW])}, {**PET, "new": {"a": [3]}}),
        ({**PET, "friends": [OrderedDict(PET)]}, {**PET, "friends": [PET]}),
    ],
)
def test_other_classes_are_made_plain(data: Any, want: Any, small: Any) -> None:
    written = small.Pet.from_dict(data).to_dict()
    assert written == want
    assert json.dumps(written, sort_keys=True) == json.dumps(want, sort_keys=True)


@pytest.mark.parametrize(
    ("changed", "want"),
    [
        ({"age": True}, "age: expected integer, got boolean [type]"),
        ({"weight": float("nan")}, "weight: expected number, got NaN [type]"),
        ({"weight": -float("inf")}, "weight: expected number, got -Infinity [type]"),
        ({"age": float("inf")}, "age: expected integer, got Infinity [type]"),
        ({"kind": ["cat"]}, "kind: expected string, got array [type]"),
        ({"tags": ("a",)}, "tags: expected array, got Python tuple [type]"),
        ({"name": b"Tom"}, "name: expected string, got Python bytes [type]"),
    ],
)
def test_what_is_no_json_is_refused(changed: Any, want: str, small: Any) -> None:
    with pytest.raises(small.DecodeError) as error:
        small.Pet.from_dict({**PET, **changed})
    assert want in str(error.value).splitlines()


@pytest.mark.parametrize(
    ("schema", "value", "want"),
    [
        ("Marked", {1: 2}, []),
        ("Marked", {1: "a"}, ["[1]: expected integer, got string [type]"]),
        ("Short", {b"a": 1}, ["[\"b'a'\"]: the name \"b'a'\" is not allowed"]),
        ("Distinct", [{1}, {1}, {"a": {2}}, {"a": {2}}], []),
        ("Tagged", {"t": {1}}, ["t: "]),
        ("Tagged", {"t": "a", 2: {3}}, []),
    ],
)
def test_keys_and_items_that_are_no_json_are_judged(
    schema: str, value: Any, want: list[str], small: Any
) -> None:
    found = [f"{wrong}" for wrong in small.validate(schema, value)]
    assert len(found) == len(want)
    for told, start in zip(found, want):
        assert told.startswith(start)
    if want:
        with pytest.raises(small.DecodeError):
            small.decode(schema, value)
    else:
        small.decode(schema, value)


@pytest.mark.parametrize(
    ("name", "taken", "refused"),
    [
        ("One", [1, 1.0], [True, 2, 1.5, "1", None, [1], Decimal(1)]),
        ("Zero", [0, 0.0, -0.0], [False, 1, "", None, [], {}, Fraction(0)]),
        ("Half", [0.5], [0, 1, "0.5", Decimal("0.5"), float("nan")]),
        ("Large", [2**53 + 1], [2**53, 2.0**53, 2**53 + 2]),
    ],
)
def test_numbers_that_are_fixed(
    name: str, taken: list[Any], refused: list[Any], small: Any
) -> None:
    construct = decoder(small, name)
    for value in taken:
        assert construct({"v": value}, 0).v == value
    for value in refused:
        with pytest.raises(small.DecodeError):
            small.decode(name, {"v": value})


@pytest.mark.parametrize("name", ["Pet", "Kind", "Tagged"])
def test_a_traceback_shows_the_error_alone(name: str, small: Any) -> None:
    codec = small._runtime.codec_of(name, small._schemas.SCHEMAS[name])
    with pytest.raises(small.DecodeError) as refused:
        codec.decode({"kind": 1})
    shown = "".join(traceback.format_exception(refused.value))
    assert shown.count("Traceback") == 1
    assert "During handling" not in shown


def test_spaces_around_json_text(small: Any) -> None:
    text = json.dumps(PET)
    want = small.Pet.from_dict(PET)
    for around in (text, f"{text}\r\n", f" \t{text}", f"\n{text}\n\n"):
        assert small.Pet.from_json(around) == want
        assert small.Pet.from_json(around.encode()) == want
    assert small.Pet.from_json(codecs.BOM_UTF8 + text.encode()) == want
    for wrong in (
        "",
        " ",
        "{",
        f"{text}{text}",
        f"{text} x",
        f"{text}\u00a0",
        "\ufeff",
    ):
        with pytest.raises(small.DecodeError, match=r"\[json\]"):
            small.Pet.from_json(wrong)


def test_what_json_lacks_is_kept_where_anything_may_stand(small: Any) -> None:
    inside = (object(), {1, 2})
    pet = small.Pet.from_dict({**PET, "notes": inside, "new": inside})
    assert pet.notes is inside
    assert pet.additional_properties["new"] is inside


def test_unset_is_no_value_of_json(small: Any) -> None:
    for data in ({**PET, "age": small.UNSET}, {**PET, "name": small.UNSET}):
        with pytest.raises(small.DecodeError):
            small.Pet.from_dict(data)


def test_a_default_of_a_dictionary_is_no_property(small: Any) -> None:
    class Generous(dict[str, Any]):
        def __missing__(self, key: str) -> str:
            return "Tom"

    with pytest.raises(small.DecodeError, match="name: is missing"):
        small.Pet.from_dict(Generous(kind="cat"))


def test_only_free_values_are_shared(small: Any) -> None:
    data: Any = {**PET, "tags": ["a"], "notes": {"x": [1]}, "new": [{"y": []}]}
    before = json.loads(json.dumps(data))
    pet = small.Pet.from_dict(data)
    assert pet.notes is data["notes"]
    assert pet.additional_properties["new"] is data["new"]
    assert small.decode("Free", data) is data
    pet.tags.append("b")
    pet.additional_properties["newer"] = 1
    assert data == before


def test_tables_are_made_for_the_first_error(tmp_path: Path) -> None:
    with imported(schemas(SMALL).model, "lazy_tables", tmp_path) as package:
        made = package._runtime.table_from.cache_info
        package.Pet.from_dict({**PET, "friends": [PET], "new": [{"a": 1}]})
        package.decode("Kind", "dog")
        assert made().currsize == 0
        with pytest.raises(package.DecodeError):
            package.Pet.from_dict({})
        assert made().currsize == 1


def test_functions_of_a_module_keep_out_of_each_others_way(tmp_path: Path) -> None:
    model = schemas("""
        Holder:
          type: object
          properties:
            rules:
              oneOf:
              - {type: object, properties: {a: {type: integer}}, required: [a]}
              - {type: object, properties: {a: {type: string}, b: {type: string}}}
        Tagged:
          oneOf:
          - type: object
            properties: {type: {enum: [rules, codec]}, a: {type: integer}}
            required: [type, a]
          - type: object
            properties: {type: {enum: [rules, codec]}, c: {type: string}}
            required: [type, c]
    """).model
    with imported(model, "helpers", tmp_path) as package:
        held = {"rules": {"a": 1, "b": 2}}
        assert package.encode(package.decode("Holder", held)) == held
        for tag in ("rules", "codec"):
            for value in ({"type": tag, "a": 1}, {"type": tag, "c": "x"}):
                assert package.encode(package.decode("Tagged", value)) == value
