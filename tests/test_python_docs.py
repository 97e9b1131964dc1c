"""Docstrings and comments: what a spec says cannot break out of them."""

from __future__ import annotations

import ast
import inspect

import black
import pytest

from python_packages import texts
from small_specs import schemas
from specloom.ir import Model
from specloom.targets.python.docs import comment, docstring

MODE = black.Mode()

TEXTS = [
    ["One line."],
    ["Two lines,", "the second one."],
    ["A paragraph.", "", "Another one."],
    ['"Quoted" at the start.'],
    ['Quoted at the "end"'],
    ['Three """ inside.'],
    ['Ends with three """'],
    ['"'],
    ["\\"],
    ["Ends with two \\\\"],
    ["C:\\new \\x41 \\N{BULLET} \\u0041"],
    ["'''"],
    ["first", "", "    indented code", 'last "'],
    ["last \\", "", "line \\"],
    ["{{ braces }} {% raw %} $x"],
]


@pytest.mark.parametrize("lines", TEXTS)
@pytest.mark.parametrize("depth", [0, 1])
def test_a_docstring_says_its_text(lines: list[str], depth: int) -> None:
    made = docstring(lines, depth)
    source = f"class A:\n    {made}\n" if depth else f"{made}\n"
    (statement,) = ast.parse(source).body
    if isinstance(statement, ast.ClassDef):
        (statement,) = statement.body
    assert isinstance(statement, ast.Expr)
    text = ast.literal_eval(statement.value)
    # Black wants a blank between a quote, or a backslash, and the closing quotes.
    said = [line.rstrip(" ") for line in inspect.cleandoc(text).split("\n")]
    assert said == lines
    assert black.format_str(source, mode=MODE) == source


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\u202e", "\u2028", "\ud800"])
def test_what_cannot_be_seen_is_escaped(char: str) -> None:
    assert char not in docstring([f"a{char}b"], 0)
    assert ast.literal_eval(docstring([f"a{char}b"], 0)) == f"a{char}b"
    assert char not in comment(f"a{char}b")


def test_a_comment_is_one_line() -> None:
    assert comment("a\nb\r\nimport os") == "# a b import os"
    assert comment('quotes """ stay') == '# quotes """ stay'


def test_what_a_type_does_not_say() -> None:
    model = schemas("""
        A:
          type: object
          description: Ends here.
          deprecated: true
          properties:
            a: {type: number, minimum: 0.6, maximum: 1.2, default: 0.8}
            b: {type: integer, exclusiveMinimum: 0, multipleOf: 5, title: Says it.}
            c: {type: string, minLength: 1, maxLength: 64, pattern: '^x$', format: uri}
            d: {type: string, pattern: '\\p{Script=Greek}'}
            e: {type: array, items: {type: string}, minItems: 1, maxItems: 1}
            f: {type: [string, 'null'], maxLength: 1, readOnly: true, default: null}
            g: {type: string, writeOnly: true, x-mutability: until-audio}
            h: {type: string, x-since: '2025-01-01', deprecated: true}
            i: {type: array, items: {}, uniqueItems: true, minItems: 2}
            j: {$ref: '#/components/schemas/B'}
            k: {type: object, minProperties: 1, additionalProperties: {type: string}}
            l: {type: string, deprecated: true, description: '**Deprecated:** use m.'}
          additionalProperties: {type: integer, minimum: 3}
        B: {type: string, enum: [x, y], description: What B is. And more.}
    """).model
    assert docstrings(texts(model, "docs")["a.py"]) == {
        "class": "Ends here.\n\nDeprecated.",
        "a": "A number from 0.6 to 1.2. The server's default is `0.8`.",
        "b": "Says it.\n\nA whole number above 0 that is a multiple of 5.",
        "c": "A string of 1 to 64 characters that matches `^x$`, in the format `uri`.",
        "d": "A string that matches `\\p{Script=Greek}` (which is not checked).",
        "e": "A list of 1 item.",
        "f": "A string of at most 1 character. The server's default is `None`. Set by"
        " the\nserver only.",
        "g": "Never sent by the server. Fixed once the model has answered with audio.",
        "h": "Deprecated. Since 2025-01-01.",
        "i": "A list of at least 2 items, all different.",
        "j": "What B is.",
        "k": "An object of at least 1 property.",
        "l": "**Deprecated:** use m.",
        "additional_properties": "Properties that the spec does not name, kept as they"
        " came.\n\nEach value is a whole number of at least 3.",
    }


def docstrings(text: str) -> dict[str, str]:
    """What a module says of its one class and of each attribute, by name."""
    (made,) = (n for n in ast.parse(text).body if isinstance(n, ast.ClassDef))
    said: dict[str, str] = {}
    name = "class"
    for node in made.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case ast.Expr(value=ast.Constant(value=str() as doc)):
                said[name] = inspect.cleandoc(doc)
            case _:
                pass
    return said


def test_the_header_names_the_spec(realtime_model: Model) -> None:
    model = realtime_model
    for path, text in texts(model, "headers").items():
        if not path.startswith("_runtime") and path != "py.typed":
            first = text.split("\n", 1)[0]
            assert first == (
                f"# {model.title} {model.version}: generated by Specloom from"
                " openapi.yaml; do not edit."
            )
