"""Given alternatives, the union that they form and how it is read (see `notation`)."""

from __future__ import annotations

import re

import pytest

from small_specs import Built, lines, schemas, shape

PETS = """
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}}}
    Dog: {type: object, required: [kind], properties: {kind: {enum: [dog]}}}
    Bird: {type: object, required: [kind], properties: {kind: {enum: [bird, parrot]}}}
    Fish: {type: object, properties: {kind: {const: fish}}}
    Stone: {type: object, required: [weight], properties: {weight: {type: number}}}
    Any: {type: object, required: [kind], properties: {kind: {type: string}}}
    P: {type: object, required: [a, b], properties: {a: {const: p}, b: {const: x}}}
    Q: {type: object, required: [a, b], properties: {a: {const: q}, b: {const: y}}}
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
"""


def refs(*names: str) -> str:
    listed = ", ".join(f"{{$ref: '#/components/schemas/{name}'}}" for name in names)
    return f"[{listed}]"


def union(given: str) -> str:
    """The body of `A` beside the pets."""
    text = lines(PETS) + "\n" + f"A: {given}"
    (line,) = (x for x in shape(text).splitlines() if x.startswith(("A:", "A?:")))
    return line.partition(": ")[2]


BY_TAG = [
    (
        "a constant and an enumeration of one",
        f"{{oneOf: {refs('Cat', 'Dog')}}}",
        'Cat / Dog [object by kind: "cat" Cat, "dog" Dog] exclusive',
    ),
    (
        "several values",
        f"{{anyOf: {refs('Cat', 'Bird')}}}",
        'Cat / Bird [object by kind: "cat" Cat, "bird" Bird, "parrot" Bird]',
    ),
    (
        "an optional tag",
        f"{{anyOf: {refs('Cat', 'Fish')}}}",
        'Cat / Fish [object by kind: "cat" Cat, "fish" Fish, absent: Fish]',
    ),
    (
        "a union inside",
        f"{{anyOf: {refs('Pet', 'Fish')}}}",
        'Pet / Fish [object by kind: "cat" Pet, "dog" Pet, "fish" Fish, absent: Fish]',
    ),
    (
        "an alternative that takes any tag comes after the one that lists it",
        f"{{anyOf: {refs('Any', 'Cat')}}}",
        'Any / Cat [object by kind: "cat" Cat or Any, other: Any]',
    ),
    (
        "an alternative without the tag",
        f"{{anyOf: {refs('Cat', 'Dog', 'Stone')}}}",
        'Cat / Dog / Stone [object by kind: "cat" Cat or Stone, "dog" Dog or Stone,'
        " other: Stone, absent: Stone]",
    ),
    (
        "the discriminator's property goes first",
        """
          discriminator: {propertyName: b}
          oneOf:
            - $ref: '#/components/schemas/P'
            - $ref: '#/components/schemas/Q'
        """,
        'P / Q [object by b: "x" P, "y" Q] exclusive',
    ),
    (
        "a discriminator asserts nothing: its schema names are no tags",
        f"{{oneOf: {refs('Any', 'Stone')}, discriminator: {{propertyName: kind}}}}",
        "Any / Stone [object: Any if kind or Stone if weight] exclusive",
    ),
    (
        "tags that are no texts",
        """
          oneOf:
            - {type: object, required: [ok], properties: {ok: {const: true}}}
            - {type: object, required: [ok], properties: {ok: {const: false}}}
        """,
        "OkTrue = AOkTrue / OkFalse = AOkFalse"
        " [object by ok: true OkTrue, false OkFalse] exclusive",
    ),
]

BY_KIND = [
    (
        "one of each",
        "{oneOf: [{type: string}, {type: integer}, {type: array}, {type: object}]}",
        "String = string / Integer = integer / List = [any] / Object = {*: any}"
        " [number: Integer, string: String, array: List, object: Object] exclusive",
    ),
    (
        "a list of types",
        "{type: [string, boolean]}",
        "Boolean = boolean / String = string [boolean: Boolean, string: String]",
    ),
    (
        "keywords count for their type only",
        "{type: [string, integer], minLength: 2, minimum: 3}",
        "Integer = integer(3..) / String = string(2..)"
        " [number: Integer, string: String]",
    ),
    (
        "null is no alternative",
        "{oneOf: [{type: string}, {type: integer}, {type: 'null'}]}",
        "String = string / Integer = integer"
        " [number: Integer, string: String] exclusive",
    ),
    (
        "a union of one is what it holds",
        "{oneOf: [{type: string}]}",
        "string",
    ),
    ("twins fall together", "{anyOf: [{type: string}, {type: string}]}", "string"),
    ("a reference twice", f"{{anyOf: {refs('Cat', 'Cat')}}}", "Cat"),
    ("integers are numbers", "{anyOf: [{type: number}, {type: integer}]}", "number"),
    ("anything makes it anything", "{anyOf: [{}, {type: string}]}", "any"),
    ("nothing adds nothing", "{anyOf: [false, {type: string}]}", "string"),
    (
        "asking for names only",
        "{type: object, properties: {a: {}, b: {}},"
        " anyOf: [{required: [a]}, {required: [b]}]}",
        "{a?: any, b?: any}",
    ),
]

BY_LITERAL = [
    (
        "fixed values form one enumeration",
        "{oneOf: [{const: a}, {const: b}]}",
        '"a" | "b"',
    ),
    (
        "enumerations too",
        "{anyOf: [{enum: [a, b]}, {enum: [b, c]}]}",
        '"a" | "b" | "c"',
    ),
    (
        "and one alternative beside others",
        "{oneOf: [{const: a}, {const: b}, {type: object}]}",
        "Option = AOption / Object = {*: any}"
        " [string: Option, object: Object] exclusive",
    ),
    (
        "numbers out of the bounds of the others",
        "{anyOf: [{enum: [-1, 0]}, {type: integer, minimum: 1}]}",
        "Option = AOption / Integer = integer(1..)"
        " [number: -1 Option, 0 Option, other: Integer]",
    ),
    (
        "numbers within them",
        "{anyOf: [{enum: [-1, 0.5, 7]}, {type: integer, minimum: 0}]}",
        "Option = AOption / Integer = integer(0..)"
        " [number: -1 Option, 0.5 Option, 7 Option or Integer, other: Integer]",
    ),
    (
        "a word beside integers",
        "{oneOf: [{type: integer}, {const: inf}]}",
        'Integer = integer / Inf = "inf" [number: Integer, string: Inf] exclusive',
    ),
    # open enumerations
    ("a string opens", "{anyOf: [{type: string}, {enum: [a, b]}]}", '"a" | "b" | ...'),
    ("also constants", "{anyOf: [{const: a}, {type: string}]}", '"a" | ...'),
    ("also `oneOf`", "{oneOf: [{type: string}, {enum: [a, b]}]}", '"a" | "b" | ...'),
    (
        "also a string with rules",
        "{anyOf: [{type: string, pattern: ^x}, {enum: [a, b]}]}",
        '"a" | "b" | ...',
    ),
    (
        "null beside it",
        "{anyOf: [{type: string}, {enum: [a, b]}, {type: 'null'}]}",
        '"a" | "b" | ...',
    ),
]

AMBIGUOUS = [
    (
        "a required property of its own is the best guess",
        "{anyOf: [{type: object, required: [a], properties: {a: {}}},"
        " {type: object, required: [b], properties: {b: {}}}]}",
        "A = AA / B = AB [object: A if a or B if b]",
    ),
    (
        "nothing to go by",
        "{anyOf: [{type: object, properties: {a: {}}},"
        " {type: object, properties: {b: {}}}]}",
        "A = AA / B = AB [object: A & B]",
    ),
    (
        "the first one that can be outdone begins a round",
        "{anyOf: [{type: object, required: [a, b], properties: {a: {}, b: {}}},"
        " {type: object, properties: {b: {}}}, {type: object, properties: {c: {}}}]}",
        "A = AA / BOnly = ABOnly / C = AC [object: A if a or BOnly & C]",
    ),
    (
        "a closed object names all that it accepts",
        "{anyOf: [{type: object, properties: {a: {}}, additionalProperties: false},"
        " {type: object, properties: {a: {}, b: {}}}]}",
        "AOnly / B = AB [object: AOnly or B]",
    ),
    (
        "a property of two kinds keeps objects apart",
        "{anyOf: [{type: object, required: [a], properties: {a: {type: string}}},"
        " {type: object, properties: {a: {type: integer}, b: {}}}]}",
        "A = AA / B = AB [object: A or B]",
    ),
    (
        "a dictionary names nothing",
        "{anyOf: [{title: Map, type: object, additionalProperties: {type: string}},"
        " {type: object, properties: {a: {}}}]}",
        "Map = {*: string} / A = AA [object: Map & A]",
    ),
    (
        "`oneOf` leaves nothing to choose",
        "{oneOf: [{type: object, properties: {a: {}}},"
        " {type: object, properties: {b: {}}}]}",
        "A = AA / B = AB [object: A or B] exclusive",
    ),
    (
        "lists of different things",
        "{anyOf: [{type: array, items: {type: string}},"
        " {type: array, items: {type: integer}}]}",
        "StringList = [string] / IntegerList = [integer]"
        " [array: StringList or IntegerList]",
    ),
    (
        "strings by format",
        "{anyOf: [{type: string, format: uri}, {type: string, format: date}]}",
        "Uri = string(uri) / Date = string(date) [string: Uri or Date]",
    ),
]


@pytest.mark.parametrize(
    ("given", "want"),
    [case[1:] for case in (*BY_TAG, *BY_KIND, *BY_LITERAL, *AMBIGUOUS)],
    ids=[case[0] for case in (*BY_TAG, *BY_KIND, *BY_LITERAL, *AMBIGUOUS)],
)
def test_unions(given: str, want: str) -> None:
    assert union(given) == want


@pytest.mark.parametrize(
    "given", [case[1] for case in AMBIGUOUS], ids=[case[0] for case in AMBIGUOUS]
)
def test_doubt_is_reported(given: str) -> None:
    assert codes(schemas(f"A: {given}")) == ["union-ambiguous"]


def test_no_doubt_is_not_reported() -> None:
    assert codes(schemas(PETS)) == []


def codes(built: Built) -> list[str]:
    return [finding.code for finding in built.found]


LABELS = [
    (
        "a title",
        "{title: Server side, type: object, properties: {a: {}}}",
        "ServerSide",
    ),
    (
        "no long title",
        "{title: This is one of the alternatives that there may be, type: integer}",
        "Integer",
    ),
    ("a constant", "{const: auto}", "Auto"),
    ("a constant that is no text", "{const: 3}", "Value3"),
    ("several", "{enum: [1, 2]}", "Option"),
    ("a schema's name", "{$ref: '#/components/schemas/Other'}", "Other"),
    ("a kind", "{type: array}", "List"),
    ("an implied kind", "{properties: {a: {}}}", "Object"),
]


@pytest.mark.parametrize(
    ("given", "want"), [case[1:] for case in LABELS], ids=[case[0] for case in LABELS]
)
def test_labels(given: str, want: str) -> None:
    text = f"A: {{anyOf: [{given}, {{type: boolean}}]}}\nOther: {{type: object}}"
    line = shape(text).splitlines()[0]
    assert line.removeprefix("A: ").partition(" ")[0] == want


SAME_KIND = [
    # a required property that no other has, then any such property
    ("{required: [a], properties: {a: {}, c: {}}}", "{properties: {b: {}, c: {}}}",
     "A / B"),
    # what a list holds
    ("{items: {$ref: '#/components/schemas/Other'}}", "{items: {type: integer}}",
     "OtherList / IntegerList"),
    # what tags by their name have as examples
    ("{properties: {a: {}, type: {examples: [by_hand]}}}",
     "{properties: {type: {examples: [by_clock]}}}", "A / ByClock"),
    # a property that no other requires, or that has another kind
    ("{required: [a], properties: {a: {}, b: {}}}",
     "{required: [b], properties: {a: {}, b: {}}}", "A / B"),
    ("{properties: {a: {type: string}, b: {}}}",
     "{properties: {a: {type: object}, b: {}}}", "AString / AObject"),
    # all that there is
    ("{properties: {a: {}, b: {}, c: {}}}", "{properties: {a: {}, b: {}}}",
     "C / ABOnly"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "want"), SAME_KIND)
def test_labels_of_one_kind(one: str, other: str, want: str) -> None:
    text = f"A: {{anyOf: [{one}, {other}]}}\nOther: {{type: object}}"
    union_ = re.split(r" \[\w+: ", shape(text).splitlines()[0].removeprefix("A: "))[0]
    labels = " / ".join(part.split(" = ")[0] for part in union_.split(" / "))
    assert labels == want


def test_a_label_does_not_depend_on_the_position() -> None:
    members = ["{type: string, minLength: 3}", "{type: string, maxLength: 1}"]
    there = shape(f"A: {{anyOf: [{', '.join(members)}]}}")
    back = shape(f"A: {{anyOf: [{', '.join(reversed(members))}]}}")
    named = [
        set(text.split(" [")[0].removeprefix("A: ").split(" / "))
        for text in (there, back)
    ]
    assert named[0] == named[1]
