"""Whatever size or shape JSON has: generated Python gives an error or a value.

It never ends the interpreter, and its time grows with the size of the value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from growing import TOO_MUCH, growth
from python_packages import imported
from small_specs import schemas

DEEP = 100_000
LONG = "x" * 10_000_000
RECURSION = "is nested"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    model = schemas("""
        Open:
          type: object
          properties:
            name: {type: string, pattern: '^x*$', maxLength: 20000000}
            free: {}
            words: {type: array, items: {type: string}, uniqueItems: true}
            counts: {type: object, additionalProperties: {type: integer}}
            parts: {type: array, items: {$ref: '#/components/schemas/Part'}}
        Closed:
          type: object
          properties: {a: {type: integer}}
          additionalProperties: false
        Part:
          type: object
          required: [id]
          properties: {id: {type: integer}, note: {type: string, minLength: 2}}
        Tree:
          type: object
          properties:
            value: {type: integer}
            children: {type: array, items: {$ref: '#/components/schemas/Tree'}}
        Left:
          type: object
          properties: {child: {$ref: '#/components/schemas/Node'}, x: {type: integer}}
        Right:
          type: object
          properties: {child: {$ref: '#/components/schemas/Node'}, y: {type: integer}}
        Node:
          anyOf:
            - $ref: '#/components/schemas/Left'
            - $ref: '#/components/schemas/Right'
        Twice:
          allOf:
            - {type: array, items: {$ref: '#/components/schemas/Twice'}}
            - {type: array, items: {$ref: '#/components/schemas/Twice'}, maxItems: 3}
        Again:
          type: [array, string]
          items: {$ref: '#/components/schemas/Again'}
          not: {type: array, items: {not: {$ref: '#/components/schemas/Again'}},
                minItems: 1}
        Alike:
          type: object
          properties: {a: {$ref: '#/components/schemas/Alike'}}
          patternProperties: {'^a': {$ref: '#/components/schemas/Alike'}}
    """).model
    with imported(model, "bounded", tmp_path_factory.mktemp("bounded")) as made:
        yield made


def nested(levels: int, wrap: Callable[[Any], Any]) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = wrap(value)
    return value


def codes(error: pytest.ExceptionInfo[Any]) -> set[str]:
    return {violation.code for violation in error.value.violations}


# --- depth ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '{"free":' + "[" * DEEP + "]" * DEEP + "}",
        '{"unknown":' * DEEP + "1" + "}" * DEEP,
        "[" * DEEP,
        '{"free":' + "[1,{}," * DEEP,
    ],
)
def test_text_may_be_deep(text: str, package: Any) -> None:
    with pytest.raises(package.DecodeError) as error:
        package.Open.from_json(text)
    assert codes(error) <= {"depth", "json"}
    assert len(str(error.value)) < 500


@pytest.mark.parametrize(
    "wrap", [lambda v: [v], lambda v: {"free": v}, lambda v: {"new": [v]}]
)
def test_values_may_be_deep(wrap: Callable[[Any], Any], package: Any) -> None:
    value = nested(DEEP, wrap)
    made = package.Open.from_dict({"free": value})
    assert made.free is value
    assert [violation.code for violation in made.validate()] == ["depth"]
    with pytest.raises(package.EncodeError, match=RECURSION):
        made.to_json()
    assert made.to_dict()["free"] is value
    made = package.Open.from_dict(nested(200, lambda v: {"free": v}))
    assert made.to_dict() == nested(200, lambda v: {"free": v})


def test_objects_may_be_deep(package: Any) -> None:
    tree = package.Tree()
    for _ in range(DEEP):
        tree = package.Tree(children=[tree])
    assert [violation.code for violation in tree.validate()] == ["depth"]
    with pytest.raises(package.EncodeError, match=RECURSION):
        tree.to_json()
    with pytest.raises(RecursionError):
        tree.to_dict()


@pytest.mark.parametrize("levels", [20, 80, 200])
def test_alternatives_inside_alternatives_are_not_all_tried(
    levels: int, package: Any
) -> None:
    """Two at each level would be 2 to the power of the levels."""
    wrong: dict[str, Any] = {"x": "x", "y": "y"}
    for _ in range(levels):
        wrong = {"child": wrong}
    with pytest.raises(package.DecodeError):
        package.decode("Node", wrong)
    right: dict[str, Any] = {"y": 1}
    for _ in range(levels):
        right = {"child": right, "x": "x"}
    assert package.encode(package.decode("Node", right)) == right


@pytest.mark.parametrize("levels", [20, 80, 200])
@pytest.mark.parametrize(
    ("name", "last", "wrap"),
    [
        ("Twice", [], lambda v: [v]),
        ("Again", "a", lambda v: [v]),
        ("Alike", {}, lambda v: {"a": v}),
    ],
)
def test_what_several_rules_ask_of_a_value_is_asked_once(
    name: str, last: Any, wrap: Callable[[Any], Any], levels: int, package: Any
) -> None:
    right, wrong = last, 1
    for _ in range(levels):
        right, wrong = wrap(right), wrap(wrong)
    assert package.encode(package.decode(name, right)) == right
    with pytest.raises(package.DecodeError) as error:
        package.decode(name, wrong)
    assert len(error.value.violations) <= levels + 1


# --- text and numbers -----------------------------------------------------------------


def test_text_may_be_long(package: Any) -> None:
    text = json.dumps({"name": LONG, "free": [LONG], LONG: LONG})
    made = package.Open.from_json(text)
    assert json.loads(made.to_json()) == json.loads(text)
    for wrong in ({"name": LONG + "y"}, {"words": LONG}, {"words": [LONG, LONG]}):
        with pytest.raises(package.DecodeError) as error:
            package.Open.from_dict(wrong)
        assert len(str(error.value)) < 500
    with pytest.raises(package.DecodeError):
        package.Closed.from_dict({LONG: 1})


def test_a_lone_surrogate_is_text(package: Any) -> None:
    text = '{"name":"x","free":"\\ud800","\\udfff":["\\udc00\\ud800"]}'
    made = package.Open.from_json(text)
    assert made.free == "\ud800"
    assert made.to_json() == text
    with pytest.raises(package.DecodeError) as error:
        package.Open.from_json('{"name":"\\ud800"}')
    assert str(error.value).isprintable()
    with pytest.raises(package.DecodeError):
        package.Open.from_json(b'{"name":"\xed\xa0\x80"}')


def test_of_equal_names_the_last_one_counts(package: Any) -> None:
    made = package.Open.from_json('{"name":1,"name":"x","new":1,"new":2}')
    assert made.to_dict() == {"name": "x", "new": 2}


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_no_json(word: str, package: Any) -> None:
    for text in (f'{{"free":{word}}}', f'{{"counts":{{"a":{word}}}}}', word):
        with pytest.raises(package.DecodeError) as error:
            package.Open.from_json(text)
        assert codes(error) == {"json"}
    with pytest.raises(package.EncodeError):
        package.Open(free=[float(word)]).to_json()


def test_numbers_may_be_huge(package: Any) -> None:
    with pytest.raises(package.DecodeError) as error:
        package.Open.from_json('{"counts":{"a":1e400}}')
    assert codes(error) == {"type"}
    with pytest.raises(package.DecodeError):
        package.Open.from_json('{"counts":{"a":' + "9" * 100_000 + "}}")
    exact = 10**4000 + 1
    made = package.Open.from_json(json.dumps({"counts": {"a": exact}}))
    assert made.counts == {"a": exact}
    assert json.loads(made.to_json()) == {"counts": {"a": exact}}
    try:  # where anything is allowed, a float may be what JSON cannot say
        made = package.Open.from_json('{"free":1e400}')
    except package.DecodeError:
        return
    with pytest.raises(package.EncodeError):
        made.to_json()


# --- growth ---------------------------------------------------------------------------


def many(size: int) -> dict[str, Any]:
    """A valid value of `Open` with much of everything."""
    return {
        "name": "x" * size,
        "free": [{"a": index} for index in range(size)],
        "words": [str(index) for index in range(size)],
        "counts": {str(index): index for index in range(size)},
        "parts": [{"id": index, "note": "ok"} for index in range(size)],
        **{f"new {index}": [index] for index in range(size)},
    }


def much_wrong(size: int) -> dict[str, Any]:
    """The same, with something wrong in every part."""
    return {
        "name": "x" * size + "y",
        "words": [*map(str, range(size)), 1, *map(str, range(size))],
        "counts": {str(index): str(index) for index in range(size)},
        "parts": [{"note": ""} for _ in range(size)],
        **{f"new {index}": [index] for index in range(size)},
    }


def test_reading_and_writing_grow_with_the_value(package: Any) -> None:
    def decode(size: int) -> Callable[[], object]:
        value = many(size)
        return lambda: package.Open.from_dict(value)

    def decode_json(size: int) -> Callable[[], object]:
        text = json.dumps(many(size))
        return lambda: package.Open.from_json(text)

    def encode(size: int) -> Callable[[], object]:
        return package.Open.from_dict(many(size)).to_dict  # type: ignore[no-any-return]

    def encode_json(size: int) -> Callable[[], object]:
        return package.Open.from_dict(many(size)).to_json  # type: ignore[no-any-return]

    def validate(size: int) -> Callable[[], object]:
        return package.Open.from_dict(many(size)).validate  # type: ignore[no-any-return]

    for make in (decode, decode_json, encode, encode_json, validate):
        assert growth(make, 300) < TOO_MUCH, make.__name__


def test_finding_what_is_wrong_grows_with_the_value(package: Any) -> None:
    def refuse(schema: str, value: Any) -> Callable[[], object]:
        def work() -> str:
            with pytest.raises(package.DecodeError) as error:
                package.decode(schema, value)
            return str(error.value)

        return work

    assert growth(lambda size: refuse("Open", much_wrong(size)), 300) < TOO_MUCH
    assert growth(lambda size: refuse("Closed", many(size)), 300) < TOO_MUCH
    assert (
        growth(lambda size: refuse("Node", {"x": [], "y": many(size)}), 300) < TOO_MUCH
    )


@pytest.mark.slow
def test_a_million_unknown_properties(package: Any) -> None:
    value = {f"new {index}": index for index in range(1_000_000)}
    made = package.Open.from_json(json.dumps({"name": "x", **value}))
    assert made.additional_properties == value
    assert made.to_dict() == {"name": "x", **value}
    assert json.loads(made.to_json()) == {"name": "x", **value}
    assert made.validate() == []
    with pytest.raises(package.DecodeError) as error:
        package.Closed.from_dict(value)
    assert len(error.value.violations) == 1_000_000
