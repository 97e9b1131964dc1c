"""TypeScript as text: literals, comments, types and layout, without a compiler."""

from __future__ import annotations

from typing import Any

import pytest

from small_specs import schemas
from specloom.code import expr
from specloom.doctext.spans import code_span
from specloom.ir import MISSING, Docs, Json, Record
from specloom.targets.settings import TypeScriptSettings
from specloom.targets.typescript import literals
from specloom.targets.typescript.comments import documented, line_comment
from specloom.targets.typescript.layout import placed, type_tree
from specloom.targets.typescript.spelling import TypeScriptSpeller

# --- literals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ("both ' and \"", '"both \' and \\""'),
        ("C:\\new\n\t\r\b", '"C:\\\\new\\n\\t\\r\\b"'),
        ("\0\x7f\u2028\u202e\ufeff", '"\\u0000\\u007f\\u2028\\u202e\\ufeff"'),
        ("\ud800 \U000e0001", '"\\ud800 \\u{e0001}"'),
        ("é日本\N{GRINNING FACE}", '"é日本\N{GRINNING FACE}"'),
        ("${x}`*/", '"${x}`*/"'),
    ],
)
def test_strings(text: str, wanted: str) -> None:
    assert literals.string(text) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (0.8, "0.8"),
        (1.0, "1"),
        (-0.0, "-0"),
        (1e-7, "1e-7"),
        (1.5e300, "1.5e300"),
        (1e16, "10000000000000000"),
        (2**63, "9223372036854775808"),
        (float("inf"), "Infinity"),
    ],
)
def test_numbers(value: float, wanted: str) -> None:
    assert literals.number(value) == wanted


def test_values() -> None:
    value: Json = {"__proto__": [1, None, True], "odd name": {}, "a": {"b": []}}
    wanted = '{ ["__proto__"]: [1, null, true], "odd name": {}, a: { b: [] } }'
    assert literals.literal(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("a", '"a"'),
        (-1, "-1"),
        (2**53 + 1, "number"),
        (10**400, "number"),
        (True, "true"),
        ([1, "a"], '[1, "a"]'),
        ({"a b": 1, "__proto__": None}, '{ "a b": 1; __proto__: null }'),
    ],
)
def test_types_of_one_value(value: Any, wanted: str) -> None:
    assert literals.literal_type(value) == wanted


# --- comments -------------------------------------------------------------------------


def test_a_comment_holds_all_that_people_are_told() -> None:
    docs = Docs(
        description="How warm it is.",
        since="2024-10",
        deprecated=True,
        mutability="once",
    )
    assert documented(
        docs.description, docs, ["A number from 0 to 1."], 0.5, None, ""
    ) == (
        "/**\n"
        " * How warm it is.\n"
        " *\n"
        " * A number from 0 to 1. Cannot be changed once set.\n"
        " *\n"
        " * @defaultValue `0.5`\n"
        " * @since 2024-10\n"
        " * @deprecated\n"
        " */"
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Short.", "/** Short. */"),
        ("End */ here.", "/** End *\\/ here. */"),
        ("See {@link X}.", "/** See {\\@link X}. */"),
        ("@param x, me@example.org", "/** \\@param x, me@example.org */"),
        ("@internal, me@internal.org", "/** \\@ internal, me@ internal.org */"),
        ("In `a @b` too.", "/** In `a \\@b` too. */"),
        ("", ""),
    ],
)
def test_text_ends_no_comment_and_starts_no_tag(text: str, wanted: str) -> None:
    made = documented(text, Docs(), [], MISSING, None, "")
    assert made == wanted


def test_a_line_comment_is_one_line() -> None:
    assert line_comment("a\n b\u2028c\u202e") == "// a b cU+202E"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("a", "`a`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```")],
)
def test_code_spans(text: str, wanted: str) -> None:
    assert code_span(text) == wanted


# --- types ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        ("{type: integer}", "number"),
        ("{type: [string, 'null']}", "string | null"),
        ("{}", "unknown"),
        ("false", "never"),
        ("{enum: [a, 1, null]}", '"a" | 1 | null'),
        ("{anyOf: [{type: string}, {enum: [a, b]}]}", '"a" | "b" | (string & {})'),
        ("{anyOf: [{const: auto}, {type: integer}]}", '"auto" | number'),
        ("{type: array, items: {type: string}}", "string[]"),
        ("{type: array, items: {enum: [a, b]}}", 'Array<"a" | "b">'),
        (
            "{type: array, items: {type: array, items: {type: boolean}}}",
            "boolean[][]",
        ),
        ("{type: object}", "{ [key: string]: unknown }"),
        (
            "{type: object, additionalProperties: {type: [integer, 'null']}}",
            "{ [key: string]: number | null }",
        ),
        (
            "{type: array, prefixItems: [{type: string}, {type: [string, integer]}]}",
            "[string?, (number | string)?, ...unknown[]]",
        ),
        (
            "{type: array, items: false, minItems: 1, prefixItems: [{const: a}, {}]}",
            '["a", unknown?]',
        ),
        ("{$ref: '#/components/schemas/Other'}", "Other"),
    ],
)
def test_type_expressions(schema: str, wanted: str) -> None:
    model = schemas(
        f"Top: {{type: object, properties: {{it: {schema}}}}}\nOther: {{type: object}}"
    ).model
    top = next(decl for decl in model.decls.values() if decl.name == "Top")
    speller = TypeScriptSpeller(model, TypeScriptSettings())
    assert isinstance(top.body, Record)
    assert speller.field(top.body.fields[0]).text == wanted


LONG = '"' + "x" * 30 + '"'


@pytest.mark.parametrize(
    ("label", "type_", "wanted"),
    [
        ("a: ", "string | null", "a: string | null"),
        ("a: ", f"{LONG} | {LONG}", f"a: {LONG} | {LONG}"),
        (f"{'a' * 20}: ", f"{LONG} | {LONG}", f"{'a' * 20}:\n  {LONG} | {LONG}"),
        ("a: ", " | ".join([LONG] * 3), "a:" + f"\n  | {LONG}" * 3),
        (
            "a: ",
            f"Array<{' | '.join([LONG] * 3)}>",
            "a: Array<" + f"\n  | {LONG}" * 3 + "\n>",
        ),
        (
            "a: ",
            f"{{ [key: string]: {LONG} | {LONG} }}",
            f"a: {{\n  [key: string]:\n    {LONG} | {LONG};\n}}",
        ),
        (
            "a: ",
            f"[{LONG}, {LONG}, number?]",
            f"a: [\n  {LONG},\n  {LONG},\n  number?,\n]",
        ),
        ("a: ", f"{'B' * 80} | null", f"a: {'B' * 80} | null"),
        ("a: ", '"|" | "]"', 'a: "|" | "]"'),
    ],
)
def test_long_types_are_broken(label: str, type_: str, wanted: str) -> None:
    assert placed(label, type_tree(expr(type_)), "", 1) == wanted


def test_long_values_are_broken() -> None:
    value: Json = {
        "list": [{"a": 1, "b": 2}, {"a": 3, "b": 4}],
        "text": "x" * 80,
        "n": [1, 2],
    }
    assert placed("const it = ", literals.tree(value), "", 1) == (
        "const it = {\n"
        "  list: [\n"
        "    { a: 1, b: 2 },\n"
        "    { a: 3, b: 4 },\n"
        "  ],\n"
        f'  text:\n    "{"x" * 80}",\n'
        "  n: [1, 2],\n"
        "}"
    )
