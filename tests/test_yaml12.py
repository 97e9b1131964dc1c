"""YAML 1.2 as we read it: what each text means."""

from __future__ import annotations

import json
import random

import pytest
import yaml

from reading import parser, read_yaml as read
from specloom.json_value import Json

__all__ = ["parser"]  # a fixture, which pytest finds here
pytestmark = pytest.mark.usefixtures("parser")


PLAIN: list[tuple[str, Json]] = [
    # YAML 1.2.2 section 10.3.2, row by row
    ("", None),
    ("~", None),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("false", False),
    ("False", False),
    ("FALSE", False),
    ("0", 0),
    ("12", 12),
    ("-7", -7),
    ("+7", 7),
    ("007", 7),
    ("9007199254740993", 9007199254740993),
    ("123456789012345678901234567890", 123456789012345678901234567890),
    ("0o17", 15),
    ("0x1F", 31),
    ("0xff", 255),
    ("1.5", 1.5),
    ("1.", 1.0),
    (".5", 0.5),
    ("+.5", 0.5),
    ("-0.0", -0.0),
    ("1e3", 1000.0),
    ("1E+3", 1000.0),
    ("12e-1", 1.2),
    ("1e-400", 0.0),
    # what YAML 1.1 or a hasty regular expression takes for something else
    ("nUll", "nUll"),
    ("tRue", "tRue"),
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("N", "N"),
    ("2024-01-01", "2024-01-01"),
    ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
    ("0b11", "0b11"),
    ("1_000", "1_000"),
    ("12:30", "12:30"),
    ("190:20:30", "190:20:30"),
    ("-0o7", "-0o7"),
    ("+0x1", "+0x1"),
    ("0O7", "0O7"),
    ("0X1", "0X1"),
    ("0o8", "0o8"),
    ("1e", "1e"),
    ("1.2.3", "1.2.3"),
    (".", "."),
    ("+", "+"),
    ("--1", "--1"),
    ("+.", "+."),
    ("inf", "inf"),
    ("nan", "nan"),
    ("Infinity", "Infinity"),
    (".iNf", ".iNf"),
    ("١٢", "١٢"),  # digits, but not ASCII
    ("=", "="),
    ("v:1", "v:1"),
]


@pytest.mark.parametrize(("text", "want"), PLAIN)
def test_plain_scalar(text: str, want: Json) -> None:
    assert repr(read(f"x: {text}\n")) == repr({"x": want})  # repr: 1 is not 1.0


NEVER_PLAIN: list[tuple[str, Json]] = [
    ("'1'", "1"),
    ('"true"', "true"),
    ("''", ""),
    ("|\n  12\n", "12\n"),
    (">-\n  null\n", "null"),
    ("! 12", "12"),
    ("!!str 12", "12"),
    ("!!str", ""),
    ("!!int 0x10", 16),
    ('!!int "12"', 12),
    ("!!float 1", 1.0),
    ("!!float 1.5", 1.5),
    ("!!bool 'true'", True),
    ("!!null ''", None),
    ("!!map {}", {}),
    ("!!seq []", []),
    ("! {}", {}),
    (r'"\u00e9\U0001f600\x41\n\/"', "é😀A\n/"),
]


@pytest.mark.parametrize(("text", "want"), NEVER_PLAIN)
def test_quoted_block_and_tagged_scalar(text: str, want: Json) -> None:
    assert repr(read(f"x: {text}\n")) == repr({"x": want})


KEYS = [
    ("200: ok", ["200"]),
    ("true: ok", ["true"]),
    ("0x10: ok", ["0x10"]),
    ("1.50: ok", ["1.50"]),
    ("~: ok", ["~"]),
    ("? \n: ok", [""]),
    (".inf: ok", [".inf"]),
    ("2024-01-01: ok", ["2024-01-01"]),
    ("'200': ok", ["200"]),
    ("!!str 200: ok", ["200"]),
    ("!!int 200: ok", ["200"]),
    ("? a\n: ok", ["a"]),
    ("x: &k 200\n*k : ok", ["x", "200"]),
    ("&k a: 1\nb: *k", ["a", "b"]),
    ('"<<": ok', ["<<"]),
    ("{a, b: 1}", ["a", "b"]),
]


@pytest.mark.parametrize(("text", "want"), KEYS)
def test_keys_are_source_text(text: str, want: list[str]) -> None:
    got = read(text)
    assert isinstance(got, dict)
    assert list(got) == want


MERGES: list[tuple[str, str, Json]] = [
    ("one", "b: &b {x: 1, y: 2}\nr:\n  <<: *b\n  y: 3", {"x": 1, "y": 3}),
    ("own pair first", "b: &b {x: 1}\nr:\n  x: 2\n  <<: *b", {"x": 2}),
    ("inline", "r:\n  <<: {x: 1}\n  y: 2", {"x": 1, "y": 2}),
    (
        "the first of a list wins",
        "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nr: {<<: [*a, *b], z: 3}",
        {"x": 1, "y": 2, "z": 3},
    ),
    (
        "through a merge",
        "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nr: {<<: *b}",
        {"x": 1, "y": 2},
    ),
    ("an empty list", "r: {<<: [], x: 1}", {"x": 1}),
    ("quoted is a key", "b: &b {x: 1}\nr: {'<<': *b}", {"<<": {"x": 1}}),
]


@pytest.mark.parametrize(
    ("text", "want"), [x[1:] for x in MERGES], ids=[x[0] for x in MERGES]
)
def test_merge_key(text: str, want: Json) -> None:
    got = read(text)
    assert isinstance(got, dict)
    assert got["r"] == want
    assert got == yaml.safe_load(text) or "'<<'" in text


def test_merge_keeps_the_order_of_the_text() -> None:
    got = read("b: &b {x: 1, y: 2}\nr: {<<: *b, z: 3, x: 4}")
    assert isinstance(got, dict)
    assert isinstance(got["r"], dict)
    assert list(got["r"].items()) == [("x", 4), ("y", 2), ("z", 3)]


def test_merge_leaves_its_source_alone() -> None:
    assert read("b: &b {x: 1}\nr: {<<: *b, y: 2}\ns: *b") == {
        "b": {"x": 1},
        "r": {"x": 1, "y": 2},
        "s": {"x": 1},
    }


def test_no_document_is_null() -> None:
    for text in ("", "\n", "# only a comment\n", "---\n", "~"):
        assert read(text) is None


def test_an_explicit_document_is_one_document() -> None:
    assert read("%YAML 1.2\n---\na: no\n...\n") == {"a": "no"}
    assert read("%YAML 1.1\n---\na: no\n") == {"a": "no"}


def test_an_alias_shares_its_node() -> None:
    got = read("a: &a {x: 1}\nb: *a\nc: &s 12\nd: *s\ne: &a [2]\nf: *a")
    assert got == {"a": {"x": 1}, "b": {"x": 1}, "c": 12, "d": 12, "e": [2], "f": [2]}
    assert isinstance(got, dict)
    assert got["a"] is got["b"]


def test_an_anchor_inside_its_namesake_is_the_later_one() -> None:
    assert read("- &a [&a x, *a]\n- *a") == [["x", "x"], "x"]


def test_json_text_means_the_same() -> None:
    """YAML 1.2 is a superset of JSON: random values read alike in both."""
    dice = random.Random(12)
    for _ in range(200):
        value = _random_value(dice, 4)
        flow = json.dumps(value, ensure_ascii=False)
        assert repr(read(flow)) == repr(json.loads(flow))
        block = _block(value, 0)
        assert repr(read(block)) == repr(value)


def _random_value(dice: random.Random, depth: int) -> Json:
    words = [
        "",
        "no",
        "12",
        "a: b",
        "- x",
        "é\n😀",
        "null",
        '"',
        "\\",
        "#",
        " x ",
        "<<",
    ]
    scalars: list[Json] = [None, True, False, -3, 2**70, 0.5, 1e300, *words]
    match dice.randrange(3 if depth else 1):
        case 0:
            return dice.choice(scalars)
        case 1:
            return [_random_value(dice, depth - 1) for _ in range(dice.randrange(4))]
        case _:
            keys = dice.sample(words, dice.randrange(4))
            return {key: _random_value(dice, depth - 1) for key in keys}


def _block(value: Json, indent: int) -> str:
    """Lay a value out in block style, its scalars as in JSON."""
    margin = "\n" + " " * indent
    if isinstance(value, dict) and value:
        pairs = (
            f"{margin}{json.dumps(key, ensure_ascii=False)}:{_block(x, indent + 1)}"
            for key, x in value.items()
        )
        return "".join(pairs)
    if isinstance(value, list) and value:
        return "".join(f"{margin}-{_block(x, indent + 1)}" for x in value)
    return " " + json.dumps(value, ensure_ascii=False)
