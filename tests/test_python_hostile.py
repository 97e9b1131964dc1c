"""A spec that means harm, or means well with unlucky names: all of it survives."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import black
import pytest
from black.mode import Mode, TargetVersion

from equality import same
from python_packages import imported, texts, write
from small_specs import load, schemas
from specloom.ir import Model

MODE = Mode(target_versions={TargetVersion.PY310})

NAMES = (
    "class list dict str int field self cls data value validate to_dict construct"
    " additional_properties additionalProperties UNSET Any models encode whole object"
    " staticmethod classmethod type property get key item __init__ __class__ __slots__"
    " isinstance None print copy match id tuple float bool assertions is_object"
).split()
ODD = ["", "a b", "a-b", "a_b", "1", '"quote"', "back\\slash", "nul\0", "\U0001f600"]
TYPES = (
    "decode Any Literal None JsonObject TypeAlias Codec Self Unset DecodeError import"
    " con dict True UNSET sorted Dataclass Field NoReturn TYPE_CHECKING"
).split()
EVIL = [
    '"""',
    'ends with a quote"',
    "ends with a backslash\\",
    "\\N{BULLET} \\x41 \\",
    "\0\u202e\u2028",
    "'''\nimport os\n'''",
    "{{ 7 * 7 }} {% raw %} {# #}",
    '""" + __import__("os").getcwd() + """',
]


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


INTEGER, TEXT = {"type": "integer"}, {"type": "string"}
SHAPES: dict[str, Any] = {
    "Tree": {"anyOf": [TEXT, {"type": "array", "items": ref("Tree")}]},
    "Forest": {"anyOf": [INTEGER, ref("Tree")]},
    "MaybeTree": {"anyOf": [ref("Tree"), {"type": "null"}]},
    "NullOnly": {"const": None},
    "Mixed": {"enum": [1, 2.5, True, None, "x", {"a": 1}, [1]]},
    "Empty": {"type": "object", "additionalProperties": False},
    "Implied": {"properties": {"a": INTEGER}},
    "Pair": {
        "type": "array",
        "prefixItems": [INTEGER, ref("Empty")],
        "minItems": 2,
        "maxItems": 2,
    },
    "Row": {
        "type": "array",
        "prefixItems": [INTEGER, ref("Empty")],
        "items": TEXT,
    },
    "Extra": {
        "type": "object",
        "additionalProperties": ref("Pair"),
        "required": ["a"],
    },
    "InPlace": {
        "type": "object",
        "properties": {
            "u": {"anyOf": [ref("Empty"), ref("Pair"), {"type": "null"}]},
            "v": {"type": "array", "items": {"anyOf": [ref("Implied"), TEXT]}},
        },
    },
}


def document() -> dict[str, Any]:
    named = {name: {"type": "array", "items": ref("Unlucky")} for name in NAMES}
    evil = {
        f"p{index}{text}": {
            "type": "string",
            "enum": [text, f"{text}x"],
            "default": text,
            "description": text,
            "title": text,
        }
        for index, text in enumerate(EVIL)
    }
    schemas: dict[str, Any] = {
        name: {"type": "object", "properties": {name: ref(name)}, "description": name}
        for name in TYPES
    }
    schemas |= {
        "Unlucky": {
            "type": "object",
            "properties": {**named, **dict.fromkeys(ODD, INTEGER)},
        },
        "Evil": {
            "type": "object",
            "description": "".join(EVIL),
            "properties": evil,
            "additionalProperties": TEXT,
        },
        **{
            f"Evil{'ABCDEFGHIJ'[i]}": {"enum": [t, 1], "description": t}
            for i, t in enumerate(EVIL)
        },
        **SHAPES,
    }
    info = {"title": 'Evil """\nimport os\u202e', "version": '1"""\\'}
    return {"openapi": "3.1.0", "info": info, "components": {"schemas": schemas}}


@pytest.fixture(scope="module")
def model() -> Model:
    return load({"spec.json": json.dumps(document())}).model


@pytest.fixture(scope="module")
def hostile(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with imported(model, "hostile", tmp_path_factory.mktemp("hostile")) as package:
        yield package


def test_every_type_can_be_imported(hostile: Any) -> None:
    for name in hostile.__all__:
        assert hasattr(hostile, name)


def test_black_leaves_every_file_as_it_is(model: Model) -> None:
    for path, text in texts(model, "hostile").items():
        if path.endswith(".py"):
            assert black.format_str(text, mode=MODE) == text, path


@pytest.mark.parametrize("size", [60, 70, 71, 72, 76, 77, 82, 83, 90])
def test_names_may_be_long(size: int) -> None:
    name = "L" + "o" * (size - 2) + "g"
    model = schemas(
        f"""
        {name}: {{type: object, properties: {{{name}: {{}}}}}}
        {name}A: {{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}
        {name}E: {{type: [string, 'null'], enum: [a, b, null]}}
        {name}U:
          anyOf:
            - {{$ref: '#/components/schemas/{name}'}}
            - {{$ref: '#/components/schemas/{name}A'}}
            - {{$ref: '#/components/schemas/{name}E'}}
        """
    ).model
    for path, text in texts(model, "long").items():
        if path.endswith(".py"):
            assert black.format_str(text, mode=MODE) == text, path


def test_checkers_have_nothing_to_say(model: Model, tmp_path: Path) -> None:
    write(model, "hostile", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "hostile"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("Success"), done.stdout


@pytest.mark.parametrize(
    ("name", "instance"),
    [
        ("Unlucky", {name: [{}, {"self": []}] for name in NAMES}),
        ("Unlucky", dict.fromkeys(ODD, 1)),
        ("Evil", {f"p{i}{text}": text for i, text in enumerate(EVIL)}),
        ("Evil", {"another": "text"}),
        *[(f"Evil{'ABCDEFGHIJ'[i]}", text) for i, text in enumerate(EVIL)],
        *[(name, {name: {name: {}}}) for name in TYPES],
        ("Tree", ["a", ["b", []]]),
        ("Forest", [["c"]]),
        ("Forest", 3.0),
        ("MaybeTree", None),
        ("MaybeTree", ["a"]),
        ("NullOnly", None),
        *[("Mixed", value) for value in (1, 2.5, True, None, "x", {"a": 1}, [1])],
        ("Empty", {}),
        ("Implied", 3),
        ("Implied", {"a": 3.0, "b": [None]}),
        ("Pair", [1.0, {}]),
        ("Row", []),
        ("Row", [1]),
        ("Row", [1, {}, "a", "b"]),
        ("Extra", {"a": [1, {}], "b": [2, {}]}),
        ("InPlace", {"u": None, "v": ["a", 3, {"a": 1}]}),
        ("InPlace", {"u": [1, {}]}),
        ("InPlace", {"u": {}}),
    ],
)
def test_values_come_back(name: str, instance: Any, hostile: Any) -> None:
    value = hostile.decode(name, instance)
    assert same(hostile.encode(value), instance)
    assert hostile.validate(name, value) == []
    assert repr(value)


def test_names_are_those_of_their_language(hostile: Any) -> None:
    made = hostile.Unlucky(class_=[], list_=[], self=[], a_b=1, a_b_space=2)
    assert made.to_dict() == {"class": [], "list": [], "self": [], "a_b": 1, "a b": 2}
    pair = hostile.decode("Pair", [1.0, {}])
    assert pair == (1, hostile.Empty())
    assert type(pair[0]) is int
    assert hostile.decode(
        "Extra", {"a": [1, {}], "b": [2, {}]}
    ).additional_properties == {"b": (2, hostile.Empty())}


def test_recursive_types_reach_the_bound_on_depth(hostile: Any) -> None:
    def nested(levels: int) -> Any:
        value: Any = "leaf"
        for _ in range(levels):
            value = [value]
        return value

    deepest = nested(256)
    assert same(hostile.encode(hostile.decode("Tree", deepest)), deepest)
    with pytest.raises(hostile.DecodeError, match="nested deeper than 256 levels"):
        hostile.decode("Tree", nested(257))
    with pytest.raises(hostile.DecodeError, match="depth"):
        hostile.decode("Tree", nested(100_000))
