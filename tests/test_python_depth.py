"""Decoders of generated Python: how deep they go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from python_packages import decoder, imported
from small_specs import schemas

SMALL = """
    Pet:
      type: object
      required: [kind, name]
      properties:
        kind: {type: string}
        name: {type: string}
        tags: {type: array, items: {type: string}}
        friends: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        notes: {}
    Free: {}
"""
PET = {"kind": "cat", "name": "Tom"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("depth")
    with imported(schemas(SMALL).model, "small_depth", folder) as package:
        yield package


def friends(levels: int, innermost: Any = None) -> Any:
    """A pet that takes so many levels of objects and lists, an odd number."""
    value = {**PET, **(innermost or {})}
    for _ in range(levels // 2):
        value = {**PET, "friends": [value]}
    return value


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def objects(levels: int) -> Any:
    """Objects in objects, with names as short as names can be."""
    value: Any = {}
    for _ in range(levels - 1):
        value = {"": value}
    return value


@pytest.mark.parametrize(
    ("fits", "too_deep"),
    [
        (friends(255), friends(257)),
        (friends(255, {"tags": []}), friends(257, {"tags": []})),
    ],
)
def test_depth_is_counted_to_the_level(fits: Any, too_deep: Any, small: Any) -> None:
    construct = decoder(small, "Pet")
    construct(fits, 0)
    assert small.Pet.from_dict(fits).to_dict() == fits
    with pytest.raises(small._runtime.FAULTS):
        construct(too_deep, 0)
    with pytest.raises(small.DecodeError) as error:
        small.Pet.from_dict(too_deep)
    (violation,) = error.value.violations
    assert violation.code == "depth"


@pytest.mark.parametrize("around", [0, 2**16])
@pytest.mark.parametrize(
    ("name", "fits", "too_deep"),
    [
        ("Pet", friends(255), friends(257)),
        ("Pet", friends(255, {"notes": [1]}), friends(255, {"notes": [{}]})),
        ("Pet", friends(255, {"new": {}}), friends(255, {"new": {"a": []}})),
        ("Pet", {**PET, "notes": nested(255)}, {**PET, "notes": nested(256)}),
        ("Pet", {**PET, "new": nested(255)}, {**PET, "new": nested(256)}),
        ("Free", nested(256), nested(257)),
        ("Free", objects(256), objects(257)),
        ("Free", [objects(255), [""] * 255], [objects(256), [""] * 255]),
        ("Free", [[{}] * 999, nested(255)], [[{}] * 999, nested(256)]),
    ],
)
def test_depth_of_text_is_counted_to_the_level(
    name: str, fits: Any, too_deep: Any, around: int, small: Any
) -> None:
    def text(value: Any) -> str:
        return json.dumps(value, separators=(",", ":")) + " " * around

    made = small.decode_json(name, text(fits))
    assert json.loads(small.encode_json(made)) == fits
    with pytest.raises(small.DecodeError, match="deeper than 256"):
        small.decode_json(name, text(too_deep))


def test_free_values_that_are_given_are_not_looked_into(small: Any) -> None:
    deep = nested(257)
    assert small.decode("Free", deep) is deep
    assert small.Pet.from_dict({**PET, "notes": deep}).notes is deep
    assert [found.code for found in small.validate("Free", deep)] == ["depth"]


def test_a_chain_of_many_schemas_has_it_too(tmp_path: Path) -> None:
    links = [
        f"    L{i}: {{type: object, properties: {{n: "
        f"{{$ref: '#/components/schemas/L{i + 1}'}}}}}}"
        for i in range(258)
    ]
    spec = schemas("\n".join([*links, "    L258: {type: object}"]))

    def chain(levels: int) -> Any:
        value: Any = {}
        for _ in range(levels - 1):
            value = {"n": value}
        return value

    with imported(spec.model, "long_chain", tmp_path) as package:
        decoder(package, "L0")(chain(256), 0)
        with pytest.raises(package.DecodeError, match="deeper than 256"):
            package.L0.from_dict(chain(257))
