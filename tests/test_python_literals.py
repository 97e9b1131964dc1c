"""Literals of Python evaluate to their value, and black agrees with their quotes."""

from __future__ import annotations

import ast
import math

import black
import pytest

from specloom.ir import Json
from specloom.targets.python import literals

MODE = black.Mode()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("", '""'),
        ("plain", '"plain"'),
        ('say "hi"', "'say \"hi\"'"),
        ("it's", '"it\'s"'),
        ("""both ' and " once""", '''"both ' and \\" once"'''),
        ("C:\\new", '"C:\\\\new"'),
        ("a\nb\tc\r", '"a\\nb\\tc\\r"'),
        ("nul\0", '"nul\\x00"'),
        ("bidi \u202e", '"bidi \\u202e"'),
        ("half \ud83d", '"half \\ud83d"'),
        ("caf\u00e9 \U0001f600", '"caf\u00e9 \U0001f600"'),
        ("tag \U000e0041", '"tag \\U000e0041"'),
        ("{{ x }} {% y %}", '"{{ x }} {% y %}"'),
    ],
)
def test_a_string(text: str, want: str) -> None:
    made = literals.string(text)
    assert made == want
    assert ast.literal_eval(made) == text
    assert black.format_str(f"x = {made}\n", mode=MODE) == f"x = {made}\n"


def test_every_character_survives() -> None:
    codes = [*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFE00, 0x10100)]
    for start in range(0, len(codes), 64):
        text = "".join(map(chr, codes[start : start + 64]))
        made = literals.string(text)
        assert ast.literal_eval(made) == text
        made.encode("ascii", "backslashreplace")
        assert not any(0xD800 <= ord(char) <= 0xDFFF for char in made)


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (None, "None"),
        (True, "True"),
        (3, "3"),
        (-0.5, "-0.5"),
        (1e22, "1e22"),
        (-1.5e-7, "-1.5e-07"),
        (2**70, "1180591620717411303424"),
        ([], "[]"),
        ([1, "a"], '[1, "a"]'),
        ({}, "{}"),
        ({"a": {"b": [None]}}, '{"a": {"b": [None]}}'),
    ],
)
def test_a_value(value: Json, want: str) -> None:
    made = literals.literal(value)
    assert made == want
    assert ast.literal_eval(made) == value


def test_numbers_that_python_does_not_read_as_written() -> None:
    assert eval(literals.number(math.inf)) == math.inf
    assert eval(literals.number(10**5000)) == 10**5000


@pytest.mark.parametrize("value", [1e16, -1e300, 1.5e-7, 5e-324, -0.0, -(10**4000)])
def test_black_leaves_numbers_alone(value: int | float) -> None:
    line = f"x = {literals.number(value)}\n"
    assert black.format_str(line, mode=black.Mode(line_length=10_000)) == line
