"""TypeScript as text: literals, comments, types and layout, without a compiler."""

from __future__ import annotations

from typing import Any

import pytest

from golden_cases import CASES, Case, result
from small_specs import schemas
from specloom.code import Code, expr
from specloom.doctext.spans import code_span
from specloom.ir import MISSING, Docs, Json, Model, Record
from specloom.target import Run
from specloom.targets.settings import TypeScriptSettings
from specloom.targets.typescript import TypeScriptTarget, literals as literals
from specloom.targets.typescript.comments import documented, line_comment
from specloom.targets.typescript.layout import placed, type_tree
from specloom.targets.typescript.modules import Modules
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


# --- modules --------------------------------------------------------------------------


def modules(text: str) -> dict[str, str]:
    """What is defined and imported in the module of each declaration."""
    speller = TypeScriptSpeller(schemas(text).model, TypeScriptSettings())
    lowered = Modules(speller, Code("// header"), None)
    found: dict[str, str] = {}
    for decl in lowered.decls.values():
        module = lowered.module(decl)
        lines = [line for line in module.imports.split("\n") if "runtime" not in line]
        if module.interface is not None:
            lines.append(f"interface {module.interface}")
        lines += [member.split("\n")[-1].strip() for member in module.members]
        lines += [module.alias] if module.alias is not None else []
        found[speller.file_stem(decl)] = "\n".join([*lines, module.table])
    return found


def test_an_interface_with_other_properties_of_a_type() -> None:
    [made] = modules("""
        Limits:
          type: object
          required: [name]
          properties: {name: {type: string}, on: {type: boolean}}
          additionalProperties: {type: integer}
    """).values()
    assert made.startswith(
        "interface Limits\n"
        "name: string;\n"
        "on?: boolean;\n"
        "[name: string]: number | string | boolean | undefined;\n"
    )


def test_a_module_imports_what_it_uses_and_not_itself() -> None:
    made = modules("""
        Tree: {type: object, properties: {next: {$ref: '#/components/schemas/Tree'},
          leaf: {$ref: '#/components/schemas/Leaf'}}}
        Leaf: {type: string}
        Same: {allOf: [{$ref: '#/components/schemas/Tree'}]}
    """)
    assert made["tree"] == (
        'import { leafSchema, matchesLeaf } from "./leaf.js";\n'
        'import type { Leaf } from "./leaf.js";\n'
        "interface Tree\n"
        "next?: Tree;\n"
        "leaf?: Leaf;\n"
        "export const treeSchema: Schema = {\n"
        '  type: "object",\n'
        "  properties: {\n"
        "    next: { $ref: () => treeSchema },\n"
        "    leaf: { $ref: () => leafSchema },\n"
        "  },\n"
        "};"
    )
    assert "import" not in made["leaf"]


def test_what_stands_inline_is_written_once() -> None:
    made = modules("""
        Outer: {type: object, properties: {inner: {type: object, properties:
          {text: {type: string, maxLength: 3}}}}}
    """)
    assert set(made) == {"outer", "outer-inner"}
    assert "inner: { $ref: () => outerInnerSchema }" in made["outer"]
    assert [name for name, text in made.items() if "maxLength" in text] == [
        "outer-inner"
    ]


def test_names_that_something_has_already() -> None:
    text = "{Array: {type: string}, con: {type: string}, ParseFoo: {}, FooSchema: {}}"
    made = modules(text)
    assert list(made) == ["array", "con-model", "parse-foo", "foo-schema"]
    assert made["array"].startswith("export type Array_ = string;")
    assert "export const parseFooSchema_: Schema = true;" in made["parse-foo"]
    assert "export const fooSchemaSchema: Schema = true;" in made["foo-schema"]


def test_the_list_of_an_enumeration_hides_nothing() -> None:
    model = schemas("""
        ParseFoo: {enum: [a, b]}
        FooValues: {enum: [c, d, e, f, g, h, i, j, k]}
    """).model
    speller = TypeScriptSpeller(model, TypeScriptSettings())
    lowered = Modules(speller, Code("// header"), None)
    first, second = map(lowered.module, lowered.decls.values())
    assert first.alias == "export type ParseFoo = (typeof parseFooValues_)[number];"
    assert first.values is not None
    assert first.values.endswith('export const parseFooValues_ = ["a", "b"] as const;')
    functions = "\n".join(second.functions)
    assert "export function parseFooValues(value" in functions
    assert "const fooValuesSet: ReadonlySet<unknown> =" in functions
    assert second.values is not None
    assert "export const fooValuesValues = [" in second.values


def test_the_files_of_a_package() -> None:
    model = schemas("Sésame: {type: string}").model
    run = Run(model, {"typescript": TypeScriptSettings(package="@acme/models")})
    pages = list(TypeScriptTarget().pages(run))
    paths = [page.path for page in pages]
    assert len(set(map(str.lower, paths))) == len(paths)
    assert {"package.json", "src/index.ts", "src/models/sesame.ts"} <= set(paths)
    views = [(page.path, page.view()) for page in pages]
    assert views == [(p.path, p.view()) for p in TypeScriptTarget().pages(run)]


@pytest.mark.parametrize("case", [*CASES, None], ids=str)
def test_a_module_is_the_same_whichever_is_made_first(
    case: Case | None, realtime_model: Model
) -> None:
    """Checks are lowered when they are asked for, and so are those that they call."""
    model = realtime_model if case is None else result(case, "typescript").model
    speller = TypeScriptSpeller(model, TypeScriptSettings())
    decls = list(speller.declared())
    forward, backward = (Modules(speller, Code("//"), None) for _ in range(2))
    made = [forward.module(decl) for decl in decls]
    again = [backward.module(decl) for decl in reversed(decls)]
    assert made == again[::-1]
    for decl, module in zip(decls, made):
        assert Modules(speller, Code("//"), None).module(decl) == module
