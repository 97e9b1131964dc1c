"""The layout rules, with black as the judge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import black
import pytest
from black.mode import Mode, TargetVersion

from specloom.code import Code
from specloom.targets.python.layout import (
    Group,
    Known,
    Node,
    Pair,
    flat,
    lay,
    lay_alias,
    lay_parameter,
    type_node,
)
from specloom.targets.python.settle import format_with_black, settle

MODE = Mode(target_versions={TargetVersion.PY310})

TYPES = [
    "str",
    "{0}",
    "{0} | None",
    "list[{0}]",
    "dict[str, {0}]",
    "dict[str, list[{0} | {1}]]",
    'Literal["{0}"]',
    'Literal["{0}", "{1}"]',
    'Literal["{0}", "b", 3] | str',
    "list[{0}] | {1} | None",
    "tuple[{0}, {1}]",
]
SIZES = [1, 9, 20, 28, 31, 33, 36, 38, 40, 43, 47, 52, 60, 70, 82]
OTHERS = [9, 31, 40, 60]


def statements(size: int, other: int) -> Iterator[Code]:
    """Each kind of statement that a generated class has, with names of these sizes."""
    name, type_ = "n" * size, "T" * other
    key = Code(f'"{name}"')
    for text in TYPES:
        node = type_node(text.format(type_, "U" * (other // 2 + 1)))
        yield lay(node, depth=1, before=f"{name}: ")
    yield lay(Group("data[", (key,), "]"), depth=1, before=f"self.{name} = ")
    call = Group("data.get(", (key, Code("UNSET")), ")")
    yield lay(call, depth=1, before=f"self.{name} = ")
    yield lay(Group("whole(", (call,), ")"), depth=1, before=f"self.{name} = ")
    yield lay(Code(f"self.{name}"), depth=1, before=f'data["{name}"] = ')
    encoded = Group("encode(", (Code(f"self.{name}"),), ")")
    yield lay(encoded, depth=1, before=f'data["{name}"] = ')
    looked_up = Group("encoders[type(value)](", (Code("value"),), ")")
    yield lay(looked_up, depth=1, before=f'data["{name}"] = ')
    made = Group(f"models.{type_}.construct(", (Code("value"),), ")")
    yield lay(made, depth=1, before="return ")
    items: tuple[Node, ...] = (Pair(f"{key}: ", Group("[", (key, key), "]")),)
    yield lay(Group("{", items, "}"), depth=1, before="return ")
    yield lay(Group("{", (*items, Pair(f"{key}: ", key)), "}"), depth=1, before="x = ")
    group = Group("{", (Pair('"type": ', Code(f'"{type_}"')),), "}")
    known = Pair(f"{key}: ", Known(group, flat(group)))
    yield lay(Group("{", (known, known), "}"), depth=1, before="return ")


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("values", ["value", "value, depth + 1"])
def test_black_leaves_calls_of_what_is_looked_up_as_they_are(
    depth: int, values: str
) -> None:
    blocks = "".join(f"{'    ' * level}if x:\n" for level in range(depth))
    arguments = tuple(map(Code, values.split(", ")))
    for size in range(30, 73):
        key = "k" * size
        for opened, before in (
            ("encoders[type(value)](", f'data["{key}"] = '),
            (f'_{key}[value["type"]](', "return "),
        ):
            made = lay(Group(opened, arguments, ")"), depth=depth, before=before)
            settled = settle(f"{blocks}{'    ' * depth}{made}\n")
            assert settled == black.format_str(settled, mode=MODE)


@pytest.mark.parametrize("names", [("value",), ("value", "depth")])
def test_black_leaves_definitions_of_functions_as_they_are(
    names: tuple[str, ...],
) -> None:
    arguments = tuple(Code(f"{name}: Any") for name in names)
    for size in (*range(50, 90), 120):
        head = lay(Group(f"def {'n' * size}(", arguments, ")"), after=" -> Any:")
        text = f"{head}\n    pass\n"
        assert settle(text) is text
        assert text == black.format_str(text, mode=MODE)


@pytest.mark.parametrize("size", SIZES)
def test_black_leaves_statements_as_they_are(size: int) -> None:
    lines: list[str] = []
    for other in OTHERS:
        lines += [f"    {text}\n" for text in statements(size, other)]
    text = f"class A:\n{''.join(lines)}"
    settled = settle(text)
    assert black.format_str(settled, mode=MODE) == settled


@pytest.mark.parametrize("size", [*SIZES, 73, 74, 85, 86, 100])
def test_black_leaves_definitions_of_aliases_as_they_are(size: int) -> None:
    for other in OTHERS:
        for text in TYPES:
            type_ = type_node(text.format("T" * other, "U" * 20))
            made = lay_alias("N" * size, type_) + "\n"
            assert settle(made) is made
            assert black.format_str(made, mode=MODE) == made


@pytest.mark.parametrize("size", SIZES)
def test_black_leaves_parameters_as_they_are(size: int) -> None:
    types = [text.format("T" * other, "U" * 20) for text in TYPES for other in OTHERS]
    made = [
        lay_parameter(f"{'n' * size}{index}", text, default, depth=2)
        for index, (text, default) in enumerate(product(types, [None, "UNSET"]))
    ]
    lines = "".join(f"        {text}\n" for text in made)
    settled = settle(f"class A:\n    def f(\n        self,\n{lines}    ): ...\n")
    assert black.format_str(settled, mode=MODE) == settled


def test_the_rules_need_no_help_for_names_of_usual_length() -> None:
    for size in (9, 20, 28):
        for other in (9, 20, 31, 40):
            for text in statements(size, other):
                file = f"class A:\n    {text}\n"
                assert file == format_with_black(file)
                assert settle(file) is file


@pytest.mark.parametrize(
    "line",
    [
        '    """' + "A sentence in a docstring. " * 5 + '"""',
        '    x = (\n        "' + "a" * 90 + '"\n    )',
        "# " + "a comment " * 10,
        f"from .{'m' * 80} import (\n    {'T' * 80},\n)",
        "\n".join(
            [
                "x = [",
                *(f"{' ' * 4 * n}[" for n in range(1, 30)),
                f"{' ' * 120}{'1' * 90},",
                *(f"{' ' * 4 * n}]," for n in range(29, 0, -1)),
                "]",
            ]
        ),
    ],
)
def test_long_lines_that_nothing_can_break_are_left_alone(line: str) -> None:
    text = f"class A:\n{line}\n"
    assert settle(text) is text


@pytest.mark.parametrize("name", ["value", "a", "value1234"])
@pytest.mark.parametrize("values", ["{}", "models.{}.VALUES", "a.{}"])
@pytest.mark.parametrize("depth", [1, 2, 4])
def test_long_memberships_break_as_black_breaks_them(
    name: str, values: str, depth: int
) -> None:
    pad = "    " * depth
    for size in range(40, 100):
        test = f"if {name} not in {values.format('V' * size)}:"
        blocks = "".join(f"{'    ' * level}if x:\n" for level in range(depth))
        text = f"{blocks}{pad}{test}\n{pad}    pass\n"
        assert settle(text) == format_with_black(text)


@pytest.mark.parametrize(
    "condition",
    [
        'not matcher("{}")(value)',
        'matcher("{}")(item)',
        'accepts(table_of("{}"), value)',
        "not {}.issuperset(value)",
        "value is not None and ({} or other)",
    ],
)
@pytest.mark.parametrize("depth", [1, 2, 4])
def test_long_conditions_break_as_black_breaks_them(condition: str, depth: int) -> None:
    pad = "    " * depth
    blocks = "".join(f"{'    ' * level}if x:\n" for level in range(depth))
    for size in (20, *range(40, 80), 88, 100):
        test = f"if {condition.format('V' * size)}:"
        text = f"{blocks}{pad}{test}\n{pad}    pass\n"
        assert settle(text) == format_with_black(text)


def test_a_membership_in_a_docstring_is_left_alone() -> None:
    inside = f"    if value not in {'V' * 70}:"
    text = f'class A:\n    """A.\n\n{inside}\n    """\n\n{inside}\n        pass\n'
    settled = settle(text)
    assert inside in settled
    assert settled == format_with_black(text)


def test_wide_characters_count_twice() -> None:
    made = lay(Group("f(", (Code('"' + "\u6f22" * 42 + '"'),), ")"), before="x = ")
    wide = "\u6f22" * 42
    assert made == f'x = f(\n    "{wide}"\n)'
    assert black.format_str(f"{made}\n", mode=MODE) == f"{made}\n"
