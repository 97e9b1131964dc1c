"""How Rust, PHP, Dart and plain JSON name things and write types: given, want."""

from __future__ import annotations

from typing import Any

import pytest

from small_specs import schemas
from specloom.ir import Decl, EnumBody, Field, Model, Record
from specloom.target import Speller
from specloom.targets import TARGETS
from specloom.targets.languages import LANGUAGES
from specloom.targets.nominal import NominalSpeller
from specloom.targets.settings import SETTINGS

LANGS = ("rust", "php", "dart", "plain")


def speller(language: str, model: Model) -> Speller:
    cls = LANGUAGES[language]
    return cls(model, cls.settings_type())


def named(model: Model, name: str) -> Decl:
    return next(decl for decl in model.decls.values() if decl.name == name)


def field_of(text: str) -> tuple[Model, Field]:
    """The property `x` of a record; `Named`, `Open` and so on are there to refer to."""
    model = schemas(f"""
        Record: {{type: object, required: [r], properties: {{r: {{}}, x: {text}}}}}
        Named: {{type: object, properties: {{a: {{type: string}}}}}}
        Mode: {{enum: [auto, none]}}
        Open: {{anyOf: [{{enum: [a, b]}}, {{type: string}}]}}
        Limit: {{oneOf: [{{type: integer}}, {{const: inf}}]}}
        Either:
          oneOf:
          - {{$ref: '#/components/schemas/Named'}}
          - {{type: object, required: [b], properties: {{b: {{type: string}}}}}}
        Texts: {{type: array, items: {{type: string}}}}
        """).model
    record = named(model, "Record").body
    assert isinstance(record, Record)
    return model, record.fields[-1]


def ref(name: str) -> str:
    return f"{{$ref: '#/components/schemas/{name}'}}"


NS = r"\Test\Model"
MAP = "std::collections::HashMap<String"

# what x is | rust | php | dart | plain
TYPES = [
    ("{}", "Option<serde_json::Value>", "mixed", "Optional<Object?>", "any value"),
    ("{type: string}", "Option<String>", "?string", "String?", "string"),
    ("{type: boolean}", "Option<bool>", "?bool", "bool?", "boolean"),
    ("{type: integer, format: int32}", "Option<i64>", "?int", "int?", "integer"),
    ("{type: number}", "Option<f64>", "int|float|null", "num?", "number"),
    ("{const: on}", "Option<String>", "'on'|null", "String?", '"on"'),
    ("{const: 1}", "Option<i64>", "1|null", "int?", "1"),
    (
        "{type: [string, 'null']}",
        "Option<Option<String>>",
        r"string|null|\Test\Absent",
        "Optional<String?>",
        "string | null",
    ),
    (
        "{type: array, items: {type: [integer, 'null']}}",
        "Option<Vec<Option<i64>>>",
        "list<?int>|null",
        "List<int?>?",
        "array of (integer | null)",
    ),
    (
        "{type: object, additionalProperties: {type: number}}",
        f"Option<{MAP}, f64>>",
        "array<string, int|float>|null",
        "Map<String, num>?",
        "object of number",
    ),
    (
        "{type: array, items: false, minItems: 2,"
        " prefixItems: [{type: string}, {type: integer}]}",
        "Option<(String, i64)>",
        "array{string, int}|null",
        "(String, int)?",
        "[string, integer]",
    ),
    (
        "{type: array, prefixItems: [{type: string}, {type: integer}]}",
        "Option<Vec<serde_json::Value>>",
        "list<mixed>|null",
        "List<Object?>?",
        "[string, integer, ...any value]",
    ),
    (ref("Named"), "Option<models::Named>", rf"?{NS}\Named", "Named?", "Named"),
    (ref("Mode"), "Option<models::Mode>", rf"?{NS}\Mode", "Mode?", "Mode"),
    (ref("Open"), "Option<models::Open>", rf"{NS}\Open|string|null", "Open?", "Open"),
    (ref("Limit"), "Option<models::Limit>", "int|'inf'|null", "Limit?", "Limit"),
    (ref("Either"), "Option<models::Either>", rf"?{NS}\Either", "Either?", "Either"),
    (ref("Texts"), "Option<models::Texts>", "list<string>|null", "Texts?", "Texts"),
    (
        "{enum: [low, high]}",
        "Option<models::RecordX>",
        rf"?{NS}\RecordX",
        "RecordX?",
        '"low" | "high"',
    ),
]


@pytest.mark.parametrize(("text", "rust", "php", "dart", "plain"), TYPES)
def test_an_optional_property_has_the_type(
    text: str, rust: str, php: str, dart: str, plain: str
) -> None:
    model, field = field_of(text)
    made = tuple(speller(name, model).field(field).text for name in LANGS)
    assert made == (rust, php, dart, plain)


REQUIRED = [
    ("{type: [string, 'null']}", "Option<String>", "?string", "String?"),
    ("{type: integer}", "i64", "int", "int"),
    ("{}", "serde_json::Value", "mixed", "Object?"),
]


@pytest.mark.parametrize(("text", "rust", "php", "dart"), REQUIRED)
def test_a_required_property_has_the_type(
    text: str, rust: str, php: str, dart: str
) -> None:
    model = schemas(f"""
        Record: {{type: object, required: [x], properties: {{x: {text}}}}}
        """).model
    body = named(model, "Record").body
    assert isinstance(body, Record)
    made = [speller(name, model).field(body.fields[0]).text for name in LANGS[:3]]
    assert made == [rust, php, dart]


# name on the wire | rust | php | dart
FIELD_NAMES = [
    ("input_audio", "input_audio", "input_audio", "inputAudio"),
    ("inputAudio", "input_audio", "inputAudio", "inputAudio"),
    ("type", "r#type", "type", "type"),
    ("gen", "r#gen", "gen", "gen"),
    ("self", "self_", "self", "self"),
    ("class", "class", "class", "class_"),
    ("default", "default", "default", "default_"),
    ("this", "this", "this_", "this_"),
    ("hash_code", "hash_code", "hash_code", "hashCode_"),
    ("num", "num", "num", "num_"),
    ("to_json", "to_json", "to_json", "toJson_"),
    ("2fa", "field_2fa", "field_2fa", "field2fa"),
    ("hate/threatening", "hate_threatening", "hate_threatening", "hateThreatening"),
    ("$ref", "r#ref", "ref", "ref"),
]


@pytest.mark.parametrize(("wire", "rust", "php", "dart"), FIELD_NAMES)
def test_a_property_has_the_name(wire: str, rust: str, php: str, dart: str) -> None:
    model = schemas(f"""
        Record: {{type: object, properties: {{"{wire}": {{type: string}}}}}}
        """).model
    body = named(model, "Record").body
    assert isinstance(body, Record)
    made = [speller(name, model).field_names(body)[wire] for name in LANGS[:3]]
    assert made == [rust, php, dart]


# name of a schema | rust | php | dart
TYPE_NAMES = [
    ("Session", "Session", "Session", "Session"),
    ("Option", "Option_", "Option", "Option"),
    ("Vec", "Vec_", "Vec", "Vec"),
    ("String", "String_", "String_", "String_"),
    ("Result", "Result_", "Result", "Result"),
    ("Self", "Self_", "Self_", "Self"),
    ("List", "List", "List_", "List_"),
    ("Array", "Array", "Array_", "Array"),
    ("Object", "Object", "Object_", "Object_"),
    ("Function", "Function", "Function_", "Function_"),
    ("Mixed", "Mixed", "Mixed_", "Mixed"),
    ("Enum", "Enum", "Enum_", "Enum_"),
    ("Readonly", "Readonly", "Readonly_", "Readonly"),
    ("Map", "Map", "Map", "Map_"),
    ("Type", "Type", "Type", "Type_"),
    ("Record", "Record", "Record", "Record_"),
    ("Null", "Null", "Null_", "Null_"),
    ("Error", "Error", "Error", "Error_"),
    ("Optional", "Optional", "Optional", "Optional_"),
]


@pytest.mark.parametrize(("name", "rust", "php", "dart"), TYPE_NAMES)
def test_a_type_has_the_name(name: str, rust: str, php: str, dart: str) -> None:
    model = schemas(f"{name}: {{type: object, properties: {{a: {{}}}}}}").model
    decl = named(model, name)
    assert [speller(lang, model).type_name(decl) for lang in LANGS[:3]] == [
        rust,
        php,
        dart,
    ]


MEMBERS: list[tuple[list[Any], list[str], list[str], list[str]]] = [
    (["auto", "none"], ["Auto", "None"], ["Auto", "None"], ["auto", "none"]),
    (["g711_ulaw"], ["G711Ulaw"], ["G711Ulaw"], ["g711Ulaw"]),
    (
        ["24h", "-1"],
        ["Value24h", "Minus1"],
        ["Value24h", "Minus1"],
        ["value24h", "minus1"],
    ),
    (["class", "Self"], ["Class", "Self_"], ["Class_", "Self"], ["class_", "self"]),
    (["a-b", "a_b"], ["AB", "ABSnake"], ["AB", "ABSnake"], ["aB", "aBSnake"]),
    (
        ["values", "index"],
        ["Values", "Index"],
        ["Values", "Index"],
        ["values_", "index_"],
    ),
    ([1, 2], ["Value1", "Value2"], ["Value1", "Value2"], ["value1", "value2"]),
    ([1, "1"], ["Json1", "Value1"], ["Json1", "Value1"], ["json1", "value1"]),
]


@pytest.mark.parametrize(("values", "rust", "php", "dart"), MEMBERS)
def test_members_have_names(
    values: list[Any], rust: list[str], php: list[str], dart: list[str]
) -> None:
    model = schemas("A: {type: string}").model
    enum = EnumBody(tuple(values))
    for language, want in zip(LANGS, (rust, php, dart)):
        made = speller(language, model)
        assert isinstance(made, NominalSpeller)
        assert list(made.members(enum)) == want


LITERALS: list[tuple[Any, str, str, str, str]] = [
    (None, "None", "null", "null", "null"),
    (True, "true", "true", "true", "true"),
    (2**53 + 1, str(2**53 + 1), str(2**53 + 1), str(2**53 + 1), str(2**53 + 1)),
    (0.8, "0.8", "0.8", "0.8", "0.8"),
    ("it's", '"it\'s"', r"'it\'s'", r"'it\'s'", '"it\'s"'),
    ('"$x\\', r'"\"$x\\"', r"""'"$x\\'""", r"""'"\$x\\'""", r'"\"$x\\"'),
    ("a\nb", r'"a\nb"', r'"a\nb"', r"'a\nb'", r'"a\nb"'),
    ("$\n", r'"$\n"', r'"\$\n"', r"'\$\n'", r'"$\n"'),
    ("\u202e", r'"\u{202e}"', r'"\u{202e}"', r"'\u{202e}'", r'"\u202e"'),
    ([1, 2], "vec![1, 2]", "[1, 2]", "[1, 2]", "[1, 2]"),
    ([1, "a"], 'serde_json::json!([1, "a"])', "[1, 'a']", "[1, 'a']", '[1, "a"]'),
    (
        {"a": None},
        'serde_json::json!({"a": null})',
        "['a' => null]",
        "{'a': null}",
        '{"a": null}',
    ),
]


@pytest.mark.parametrize(("value", "rust", "php", "dart", "plain"), LITERALS)
def test_a_value_has_the_literal(
    value: Any, rust: str, php: str, dart: str, plain: str
) -> None:
    model = schemas("A: {type: string}").model
    made = tuple(speller(name, model).literal(value) for name in LANGS)
    assert made == (rust, php, dart, plain)


DEFAULTS = [
    ("type: number, default: 1", "1.0", "1", "1"),
    ("type: [string, 'null'], default: null", "Some(None)", "null", "null"),
    ("Mode auto", "models::Mode::Auto", "Mode::Auto", "Mode.auto"),
    ("Open other", '"other"', "'other'", "'other'"),
    ("Limit inf", "models::Limit::Inf", "'inf'", "'inf'"),
    (
        "type: array, items: {enum: [a, b]}, default: [a]",
        "vec![models::RecordXItem::A]",
        "[RecordXItem::A]",
        "[RecordXItem.a]",
    ),
]


@pytest.mark.parametrize(("text", "rust", "php", "dart"), DEFAULTS)
def test_a_default_names_constants(text: str, rust: str, php: str, dart: str) -> None:
    if ":" not in text:
        name, value = text.split()
        text = f"$ref: '#/components/schemas/{name}', default: {value}"
    model, field = field_of(f"{{{text}}}")
    default: Any = field.default
    made = [speller(name, model).default(field, default) for name in LANGS[:3]]
    assert made == [rust, php, dart]


def test_rust_boxes_what_contains_itself_by_value() -> None:
    model = schemas("""
        Tree:
          type: object
          properties:
            left: {$ref: '#/components/schemas/Tree'}
            rest: {type: array, items: {$ref: '#/components/schemas/Tree'}}
            leaf: {$ref: '#/components/schemas/Leaf'}
        Leaf: {type: object, properties: {a: {}}}
        """).model
    body = named(model, "Tree").body
    assert isinstance(body, Record)
    rust = speller("rust", model)
    assert [rust.field(field).text for field in body.fields] == [
        "Option<Box<models::Tree>>",
        "Option<Vec<models::Tree>>",
        "Option<models::Leaf>",
    ]


def test_php_ends_a_union_that_contains_itself() -> None:
    model = schemas("""
        Json:
          oneOf:
          - {type: string}
          - {type: array, items: {$ref: '#/components/schemas/Json'}}
        """).model
    php = speller("php", model)
    assert php.reference(named(model, "Json")).text == "string|list<string|array>"


def test_every_table_of_settings_is_known_without_its_target() -> None:
    found = {name: LANGUAGES[name].settings_type for name in LANGUAGES}
    found |= {name: TARGETS[name].settings_type for name in TARGETS}
    assert found == SETTINGS
