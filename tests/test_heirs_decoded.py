"""Values of a base: held as what their tag means, judged as the base is."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from conforming import conform, folder, toolchain
from python_packages import imported, texts
from shell import run
from small_specs import Built, openapi, schemas
from specloom.conform.toolchains import TOOLCHAINS

__all__ = ["folder", "toolchain"]

HOME = """
    Home: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
    Pet:
      type: object
      required: [is]
      properties: {is: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}
      discriminator: {propertyName: is, mapping: {cat: Cat, kitten: Kitten}}
    Cat:
      allOf:
        - $ref: '#/components/schemas/Pet'
        - {type: object, required: [lives], properties: {lives: {type: integer}}}
    Kitten:
      allOf:
        - $ref: '#/components/schemas/Cat'
        - {type: object, properties: {spots: {type: integer}}}
    Dog:
      allOf: [{$ref: '#/components/schemas/Pet'}]
      properties: {is: {const: dog}, bark: {type: string}}
"""
DECODED = [
    ('{"is": "cat", "lives": 9}', "Cat"),
    ('{"is": "cat"}', "Pet"),
    ('{"is": "kitten", "lives": 9, "spots": 2}', "Kitten"),
    ('{"is": "kitten", "lives": 9, "spots": "two"}', "Cat"),
    ('{"is": "kitten", "spots": 2}', "Pet"),
    ('{"is": "dog", "bark": "wau"}', "Dog"),
    ('{"is": "dog", "bark": 3}', "Pet"),
    ('{"is": "Dog", "bark": "wau"}', "Pet"),
    ('{"is": "cow"}', "Pet"),
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("heirs")
    with imported(built().model, "homes", folder) as found:
        yield found


def built() -> Built:
    return schemas(HOME)


@pytest.mark.parametrize(("given", "want"), DECODED)
def test_a_value_is_held_as_what_its_tag_means(
    package: Any, given: str, want: str
) -> None:
    data = {"pet": json.loads(given)}
    home = package.Home.from_dict(data)
    assert type(home.pet).__name__ == want
    assert home.to_dict() == data


def test_what_no_heir_is_at_fault_for_is_told_once(package: Any) -> None:
    with pytest.raises(package.DecodeError) as caught:
        package.Home.from_dict({"pet": {"lives": 1}})
    assert str(caught.value) == "pet.is: is missing [required]"


INSIDE = """
    Box:
      type: object
      required: [is]
      properties: {is: {type: string}, lid: {$ref: '#/components/schemas/Lid'}}
      discriminator: {propertyName: is}
    Crate:
      allOf: [{$ref: '#/components/schemas/Box'}]
      properties: {size: {type: integer}}
    Lid:
      type: object
      required: [is]
      properties: {is: {type: string}}
      discriminator: {propertyName: is}
    Cork:
      allOf: [{$ref: '#/components/schemas/Lid'}]
      properties: {size: {type: integer}}
    Bung:
      allOf: [{$ref: '#/components/schemas/Cork'}]
      properties: {colour: {type: string}}
"""


def test_heirs_are_tried_first_only_where_that_does_not_multiply() -> None:
    """What is built in vain has decoded all that is inside it in vain."""
    inside = texts(schemas(INSIDE).model, "boxes")
    assert "except FAULTS" in inside["any_cork.py"]
    assert "except FAULTS" in inside["any_lid.py"]
    assert "except FAULTS" not in inside["any_box.py"]
    assert "except FAULTS" not in texts(built().model, "homes")["any_pet.py"]


@pytest.mark.parametrize("target", sorted(TOOLCHAINS))
@pytest.mark.usefixtures("folder")
def test_verdicts_are_those_of_the_standard(toolchain: str) -> None:
    """Tags of one heir with what another one has, at each level, right and wrong."""
    Path("spec.yaml").write_text(openapi(HOME), encoding="utf-8")
    random = Random(7)
    rows = [{"schema": "Home", "instance": {"pet": _pet(random)}} for _ in range(400)]
    cases = "".join(json.dumps(row) + "\n" for row in rows)
    done = conform(Path("spec.yaml"), toolchain, cases)
    assert "agreement   100.00 %  400 of 400" in done.out, done.out + done.err
    assert "round trip  100.00 %" in done.out, done.out


def _pet(random: Random, level: int = 0) -> Any:
    tags = ["cat", "kitten", "dog", "Cat", "Dog", "cow", 7, None]
    made: dict[str, Any] = {"is": random.choice(tags)}
    for name, values in (
        ("lives", [9, 9, "nine"]),
        ("spots", [2, 2, None]),
        ("bark", ["wau", "wau", 3]),
    ):
        if random.random() < 0.6:
            made[name] = random.choice(values)
    if level < 3 and random.random() < 0.5:
        made["friend"] = _pet(random, level + 1)
    return made


def test_a_corpus_tries_heirs_where_their_base_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("spec.yaml").write_text(openapi(HOME), encoding="utf-8")
    assert run("cases spec.yaml --per-schema 60 --out cases.jsonl").status == 0
    rows = [json.loads(x) for x in Path("cases.jsonl").read_text("utf-8").splitlines()]
    pets = [x["instance"]["pet"] for x in rows if _has_pet(x)]
    tags = {pet.get("is") for pet in pets if isinstance(pet.get("is"), str)}
    assert {"cat", "kitten", "dog"} <= tags
    assert any(pet.get("is") == "kitten" and "spots" in pet for pet in pets)


def _has_pet(row: Any) -> bool:
    instance = row["instance"]
    return (
        row["schema"] == "Home"
        and row["valid"]
        and isinstance(instance, dict)
        and isinstance(instance.get("pet"), dict)
    )
