"""Given a base and what is made of it by `allOf`, what asks for the base becomes."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from conforming import conform, folder, toolchain
from python_packages import imported
from shell import run
from small_specs import Built, lines, load, openapi, schemas, shape
from specloom.analyse import select
from specloom.conform.toolchains import TOOLCHAINS
from specloom.diagnostics import Diagnostics, SpecloomError

__all__ = ["folder", "toolchain"]

PET = """
    Pet:
      type: object
      required: [is]
      properties: {is: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}
      discriminator: {propertyName: is}
"""
CAT = "Cat: {allOf: [{$ref: '#/components/schemas/Pet'}], properties: {lives: {}}}"
DOG = "Dog: {allOf: [{$ref: '#/components/schemas/Pet'}], properties: {bark: {}}}"
SECOND = "{allOf: [{$ref: '#/components/schemas/Cat'}], properties: {spots: {}}}"


def union(*more: str, name: str = "AnyPet", pet: str = PET) -> str:
    """The union of `Pet`, or of another, beside these schemas; '' if there is none."""
    found = shape("\n".join([lines(pet), *more]))
    made = (x.partition(": ") for x in found.splitlines())
    return next((body for head, _, body in made if head == name), "")


def mapped(mapping: str) -> str:
    return PET.replace("propertyName: is", f"propertyName: is, mapping: {mapping}")


BY_TAG = [
    ("its name", PET, [CAT], 'Cat / Pet [object by is: "Cat" Cat or Pet, other: Pet]'),
    (
        "its name in the mapping",
        mapped("{c: Cat}"),
        [CAT],
        'Cat / Pet [object by is: "c" Cat or Pet, other: Pet]',
    ),
    (
        "a reference in the mapping",
        mapped("{c: '#/components/schemas/Cat'}"),
        [CAT],
        'Cat / Pet [object by is: "c" Cat or Pet, other: Pet]',
    ),
    (
        "several values",
        mapped("{c: Cat, Tom: Cat}"),
        [CAT],
        'Cat / Pet [object by is: "c" Cat or Pet, "Tom" Cat or Pet, other: Pet]',
    ),
    (
        "a name that the mapping gives to another counts for that",
        mapped("{Cat: Dog}"),
        [CAT, DOG],
        'Dog / Pet [object by is: "Cat" Dog or Pet, other: Pet]',
    ),
    (
        "what the heir fixes",
        PET,
        [CAT.replace("lives: {}", "is: {enum: [tom, kit]}")],
        'Cat / Pet [object by is: "tom" Cat or Pet, "kit" Cat or Pet, other: Pet]',
    ),
    (
        "what the heir calls itself",
        PET,
        [CAT.replace("{allOf", "{x-ms-discriminator-value: '#Cat', allOf")],
        'Cat / Pet [object by is: "#Cat" Cat or Pet, other: Pet]',
    ),
    (
        "a name that the base does not list is no value",
        PET.replace("is: {type: string}", "is: {enum: [Cat, cow]}"),
        [CAT, DOG],
        'Cat / Pet [object by is: "Cat" Cat or Pet, other: Pet]',
    ),
    (
        "a tag that may be absent",
        PET.replace("required: [is]", "title: A pet"),
        [CAT],
        'Cat / Pet [object by is: "Cat" Cat or Pet, other: Pet, absent: Pet]',
    ),
    (
        "an heir that adds nothing is its base, by any of its names",
        mapped("{t: Tom}"),
        [CAT, "Tom: {allOf: [{$ref: '#/components/schemas/Cat'}]}"],
        'Cat / Pet [object by is: "Cat" Cat or Pet, "t" Cat or Pet, other: Pet]',
    ),
    (
        "an heir by `$ref` with keywords beside it",
        PET,
        ["Cat: {$ref: '#/components/schemas/Pet', properties: {lives: {}}}"],
        'Cat / Pet [object by is: "Cat" Cat or Pet, other: Pet]',
    ),
    (
        "a discriminator in a part of the base",
        "Pet: {allOf: [{type: object, properties: {is: {type: string}}, required: [is],"
        " discriminator: {propertyName: is}}]}",
        [CAT],
        'Cat / Pet [object by is: "Cat" Cat or Pet, other: Pet]',
    ),
    ("a base that nothing is made of", PET, [], ""),
    ("no discriminator", PET.replace("discriminator", "x-d"), [CAT], ""),
]


@pytest.mark.parametrize(
    ("pet", "heirs", "want"), [x[1:] for x in BY_TAG], ids=[x[0] for x in BY_TAG]
)
def test_a_value_of_the_tag_means(pet: str, heirs: list[str], want: str) -> None:
    assert union(*heirs, pet=pet) == want


def test_heirs_of_heirs_are_asked_for_with_their_base() -> None:
    kitten = f"Kitten: {SECOND}"
    assert union(CAT, kitten, DOG) == (
        'Cat = AnyCat / Dog / Pet [object by is: "Cat" Cat or Pet,'
        ' "Kitten" Cat or Pet, "Dog" Dog or Pet, other: Pet]'
    )
    assert union(CAT, kitten, name="AnyCat") == (
        'Kitten / Cat [object by is: "Kitten" Kitten or Cat, other: Cat]'
    )


def test_an_heir_may_have_another_tag_for_its_own_heirs() -> None:
    cat = CAT.replace("{allOf", "{discriminator: {propertyName: lives}, allOf")
    kitten = f"Kitten: {SECOND}"
    assert union(cat, kitten) == (
        'Cat = AnyCat / Pet [object by is: "Cat" Cat or Pet, other: Pet]'
    )
    assert union(cat, kitten, name="AnyCat") == (
        'Kitten / Cat [object by lives: "Kitten" Kitten or Cat, other: Cat,'
        " absent: Cat]"
    )


def refs(*names: str) -> str:
    listed = ", ".join(f"{{$ref: '#/components/schemas/{name}'}}" for name in names)
    return f"[{listed}]"


ASKED = [
    ("{$ref: '#/components/schemas/Pet'}", "AnyPet"),
    (f"{{description: Mine., allOf: {refs('Pet')}}}", "AnyPet"),
    (f"{{nullable: true, allOf: {refs('Pet')}}}", "AnyPet?"),
    ("{type: array, items: {$ref: '#/components/schemas/Pet'}}", "[AnyPet]"),
    (
        "{type: object, additionalProperties: {$ref: '#/components/schemas/Pet'}}",
        "{*: AnyPet}",
    ),
    (f"{{anyOf: {refs('Pet', 'Stone')}}}", "Pet = AnyPet / Stone"),
    (f"{{anyOf: {refs('Pet', 'Cat')}}}", "Pet / Cat = AnyCat"),
    (f"{{anyOf: {refs('Kitten', 'Pet')}}}", "Kitten / Pet"),
    (f"{{anyOf: {refs('Cat', 'Dog')}}}", "Cat = AnyCat / Dog"),
    ("{$ref: '#/components/schemas/Dog'}", "Dog"),
    ("{$ref: '#/components/schemas/Named'}", "Named"),
]


@pytest.mark.parametrize(("asked", "want"), ASKED)
def test_a_place_that_asks_for_a_base(asked: str, want: str) -> None:
    given = [PET, CAT, DOG, f"Kitten: {SECOND}", "Stone: {type: object}"]
    given += ["Named: {$ref: '#/components/schemas/Pet'}"]
    given += [f"A: {{type: object, properties: {{a: {asked}}}}}"]
    found = shape("\n".join(map(lines, given)))
    assert "Named: AnyPet" in found
    named = (line.strip().partition(": ") for line in found.splitlines())
    rows = {name: said for name, _, said in named}
    got = rows["A"].removeprefix("{a?: ").removesuffix("}")
    assert rows.get("AA", got).partition(" [object")[0] == want


def test_an_heir_in_another_file_is_reached_by_the_mapping_alone() -> None:
    other = """
        Cat:
          allOf: [{$ref: 'a.yaml#/components/schemas/Pet'}]
          properties: {lives: {}}
    """
    built = load(
        {"a.yaml": openapi(mapped("{c: 'b.yaml#/Cat'}")), "b.yaml": lines(other)}
    )
    names = [decl.name for decl in built.model.decls.values()]
    assert names == ["Pet", "AnyPet", "Cat"]


def test_a_selection_takes_the_heirs_along() -> None:
    home = "Home: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}"
    model = schemas("\n".join([lines(PET), CAT, DOG, "Stone: {}", home])).model
    kept = select(model, ["Home"], Diagnostics()).decls.values()
    assert {x.name for x in kept} == {"Home", "AnyPet", "Pet", "Cat", "Dog"}


@pytest.mark.parametrize("lenient", [False, True])
def test_the_union_asserts_what_the_base_does(lenient: bool) -> None:
    built = schemas("\n".join([lines(PET), CAT]), lenient=lenient)
    pet, any_pet, _ = built.model.decls.values()
    assert (any_pet.schema.ref, any_pet.wire_name) == (pet.id, None)


def test_a_base_whose_alternatives_are_its_heirs_is_a_circle() -> None:
    pet = f"Pet: {{oneOf: {refs('Cat')}, discriminator: {{propertyName: is}}}}"
    with pytest.raises(SpecloomError) as caught:
        schemas(f"{pet}\n{CAT}")
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint.partition(":")[0]) == (
        "ref-cycle",
        "leave out the `oneOf` of `Pet`",
    )


# --- what is decoded ------------------------------------------------------------------

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
