"""TypeScript's modules: what each defines and imports, and the files around them."""

from __future__ import annotations

import pytest

from golden_cases import CASES, Case, result
from small_specs import schemas
from specloom.code import Code
from specloom.ir import Model
from specloom.target import Run
from specloom.targets.settings import TypeScriptSettings
from specloom.targets.typescript import TypeScriptTarget
from specloom.targets.typescript.modules import Modules
from specloom.targets.typescript.spelling import TypeScriptSpeller


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
