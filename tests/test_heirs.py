"""Given a base and what is made of it by `allOf`, what asks for the base becomes."""

from __future__ import annotations

import pytest

from small_specs import lines, load, openapi, schemas, shape
from specloom.analyse import select
from specloom.diagnostics import Diagnostics, SpecloomError

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


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("Home", {"Home", "AnyPet", "Pet", "Cat", "AnyCat", "Kitten", "Dog"}),
        ("Pet", {"AnyPet", "Pet", "Cat", "AnyCat", "Kitten", "Dog"}),
        ("Kitten", {"Pet", "Cat", "Kitten"}),
    ],
)
def test_a_selection_takes_the_heirs_along(name: str, want: set[str]) -> None:
    home = "Home: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}"
    pet = PET.replace(", friend: {$ref: '#/components/schemas/Pet'}", "")
    given = [lines(pet), CAT, DOG, f"Kitten: {SECOND}", "Stone: {}", home]
    kept = select(schemas("\n".join(given)).model, [name], Diagnostics()).decls
    assert {x.name for x in kept.values()} == want


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
