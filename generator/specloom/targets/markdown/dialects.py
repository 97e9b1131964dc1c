"""Markdown's dialects: what the pages of one language have of their own.

Enters: a speller. Leaves: where its pages go, how its reader imports a model, and how
to read its types. Promises: a page shows what the binding of that language has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...code import Code
from ...ir import Decl, Json
from ...target import Speller
from ...values import dataclass
from ..dart import Dart
from ..php import Php
from ..python import examples as python_examples
from ..python.spelling import PythonSpeller
from ..rust import Rust
from ..typescript import examples as typescript_examples, readme as typescript_readme
from ..typescript.literals import string as typescript_string
from ..typescript.spelling import TypeScriptSpeller


@dataclass(frozen=True, slots=True)
class Dialect:
    """The habits of one language's documentation."""

    fence: str
    """The language of its code blocks."""
    reading: tuple[str, ...]
    """How to read its types: Markdown of ours, a paragraph each."""
    using: tuple[str, ...] = ()
    """How its binding reads and writes JSON, likewise."""
    folder: str = "docs"
    models_heading: str = "Documentation for models"
    import_heading: str = ""
    unnamed: str = ""
    """What to say of a declaration that no statement brings into scope."""
    import_line: Callable[[Speller, Decl], Code] = lambda speller, decl: Code("")
    """The statement that brings a declaration into scope; empty if there is none."""
    example: Callable[[Speller, Decl, Json], Code | None] | None = None
    """An example of the spec in the language, where it has a binding."""


def _python_import(speller: Speller, decl: Decl) -> Code:
    assert isinstance(speller, PythonSpeller)
    return Code(f"from {speller.package} import {speller.type_name(decl)}")


def _typescript_import(speller: Speller, decl: Decl) -> Code:
    assert isinstance(speller, TypeScriptSpeller)
    package = typescript_string(speller.settings.package)
    return Code(f"import type {{ {speller.type_name(decl)} }} from {package};")


def _python_example(speller: Speller, decl: Decl, value: Json) -> Code | None:
    assert isinstance(speller, PythonSpeller)
    return python_examples.example_code(speller, decl, value)


def _typescript_example(speller: Speller, decl: Decl, value: Json) -> Code | None:
    assert isinstance(speller, TypeScriptSpeller)
    return typescript_examples.example_code(speller, decl, value)


def _rust_import(speller: Speller, decl: Decl) -> Code:
    assert isinstance(speller, Rust)
    return Code(f"use {speller.crate}::models;")


def _php_import(speller: Speller, decl: Decl) -> Code:
    assert isinstance(speller, Php)
    if not speller.has_class(decl):
        return Code("")
    return Code(f"use {speller.class_name(decl)[1:]};")


def _dart_import(speller: Speller, decl: Decl) -> Code:
    assert isinstance(speller, Dart)
    return Code(f"import 'package:{speller.package}/{speller.package}.dart';")


DIALECTS: Mapping[str, Dialect] = {
    "python": Dialect(
        fence="python",
        reading=(
            "An optional property that is absent is `UNSET`, which is falsy. That is"
            " not the same as `None`, which is null on the wire.",
            "An `int` has no bounds. A `float` may also hold an `int`, so that no whole"
            " number is rounded.",
            "A type that ends in `| str` keeps values that it does not know.",
        ),
        using=(
            "`from_dict` and `from_json` of a class check JSON and build an object; for"
            " any other schema there are `decode` and `decode_json`, which take its"
            " name in the spec first.",
            "What is not valid raises a `DecodeError`. Its `violations` are all that is"
            " wrong, each with a `path`, a `code` and a `message`.",
            "A constructor checks nothing. `validate` returns what is wrong with an"
            " object, an empty list if nothing is.",
            "Objects are dataclasses: `==` compares them, `dataclasses.replace` copies"
            " one with changes, and `match` tells them apart.",
            "The values of an enumeration are in a tuple, such as `COLOUR_VALUES` for"
            " `Colour`.",
            "`to_dict` and `to_json` write an object as it was read, with properties"
            " that the spec does not name: those are in `additional_properties`."
            " `encode` and `encode_json` do so for any value.",
        ),
        import_line=_python_import,
        example=_python_example,
    ),
    "typescript": Dialect(
        fence=typescript_readme.FENCE,
        reading=typescript_readme.READING,
        using=typescript_readme.USING,
        import_line=_typescript_import,
        example=_typescript_example,
    ),
    "rust": Dialect(
        fence="rust",
        reading=(
            "An optional property is an `Option`: `None` leaves it out. Where null is"
            " allowed too it is `Option<Option<T>>`: `None` leaves it out, and"
            " `Some(None)` is null on the wire.",
            "An integer is an `i64` and any other number an `f64`. Integers beyond 64"
            " bits cannot be held, and an `f64` is exact for whole numbers up to 2^53.",
            "An enumeration that takes values beyond those it lists has the variant"
            " `Other(String)` for them.",
        ),
        import_line=_rust_import,
    ),
    "php": Dialect(
        fence="php",
        reading=(
            "Types are those of the doc comments. An optional property is null when it"
            " is absent. Where null has a meaning of its own, an absent one is"
            " `Absent::Value`.",
            "An `int` has 64 bits. A number is a `float` if it has a fraction or is too"
            " large for that.",
            "PHP has no type aliases. A type without a class is written out wherever it"
            " is used, and its page says what it is.",
            "An enumeration beside `string`, as in `Voice|string`, keeps values that it"
            " does not know as strings.",
        ),
        folder="docs/Model",
        unnamed="PHP has no type of this name: where it is used, it is written out.",
        models_heading="Models",
        import_line=_php_import,
    ),
    "dart": Dialect(
        fence="dart",
        reading=(
            "An optional property is null when it is absent. Where null has a meaning"
            " of its own, the property is an `Optional`, which tells the two apart.",
            "An `int` has 64 bits, on the web 53. A `num` is an `int` or a `double`, as"
            " the JSON has it.",
            "An enumeration that takes values beyond those it lists keeps any other"
            " string.",
        ),
        folder="doc",
        import_heading="Load the model package",
        import_line=_dart_import,
    ),
    "plain": Dialect(
        fence="json",
        reading=(
            "Types are those of JSON. `array of T` has items of one type, and"
            " `object of T` has members with any names and values of one type."
            " `A | B` is either of two. `array of A | null` is an array or null.",
            "An optional member may be left out. That is not the same as null, which is"
            " allowed only where the type says so.",
            "A type that ends in `| string` takes values that it does not list.",
        ),
    ),
}
"""By the name of the language."""
