"""Generated Python as its user sees it: values, JSON and errors."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from equality import same
from specloom.ir import Model

UNKNOWN = object()


def lines(error: pytest.ExceptionInfo[ValueError]) -> list[str]:
    return str(error.value).split("\n")


# --- JSON -----------------------------------------------------------------------------


def test_every_example_comes_back(realtime_model: Model, realtime: Any) -> None:
    for decl in realtime_model.decls.values():
        for example in decl.docs.examples if decl.wire_name else ():
            value = realtime.decode(decl.wire_name, example)
            assert same(realtime.encode(value), example)
            text = json.dumps(example)
            assert realtime.decode_json(decl.wire_name, text) == value
            assert same(json.loads(realtime.encode_json(value)), example)
            assert realtime.validate(decl.wire_name, value) == []


def test_an_object_is_read_and_written(realtime: Any) -> None:
    text = (
        '{"turn_detection":{"type":"server_vad","silence_duration_ms":500.0},'
        '"tracing":null,"voice":"of_tomorrow","expires_at":9007199254740993,'
        '"tools":[{"type":"function","name":"f","later":[1]}],"new":{"deep":[null]}}'
    )
    session = realtime.RealtimeSession.from_json(text)
    assert session.turn_detection == realtime.RealtimeServerVad(silence_duration_ms=500)
    assert type(session.turn_detection.silence_duration_ms) is int
    assert session.tracing is None
    assert session.prompt is realtime.UNSET
    assert session.expires_at == 9007199254740993
    assert session.tools[0].additional_properties == {"later": [1]}
    assert session.additional_properties == {"new": {"deep": [None]}}
    assert same(session.to_dict(), json.loads(text))
    assert json.loads(session.to_json()) == json.loads(text)
    assert realtime.RealtimeSession.from_json(text.encode()) == session
    assert session.to_json(indent=2).startswith('{\n  "voice": "of_t')


def test_only_free_json_is_shared_with_what_was_read(realtime: Any) -> None:
    data: Any = {"modalities": ["text"], "tools": [{"parameters": {"a": 1}}]}
    session = realtime.RealtimeSession.from_dict(data)
    assert session.tools[0].parameters is data["tools"][0]["parameters"]
    session.modalities.append("audio")
    session.tools.clear()
    assert data == {"modalities": ["text"], "tools": [{"parameters": {"a": 1}}]}
    written = session.to_dict()
    written["modalities"].clear()
    assert session.modalities == ["text", "audio"]


def test_what_was_built_in_code_is_written(realtime: Any) -> None:
    session = realtime.RealtimeSession(
        voice="marin",
        turn_detection=None,
        tracing=realtime.RealtimeTracingConfiguration(group_id="g"),
        additional_properties={"more": 1},
    )
    assert session.to_dict() == {
        "voice": "marin",
        "turn_detection": None,
        "tracing": {"group_id": "g"},
        "more": 1,
    }


def test_whatever_was_assigned_is_written(realtime: Any) -> None:
    class Words(list[str]):
        pass

    class Options(dict[str, Any]):
        pass

    class Own:
        def to_dict(self) -> dict[str, int]:
            return {"own": 1}

    class Level(int):
        pass

    vad = realtime.RealtimeServerVad()
    session = realtime.RealtimeSession(
        voice=UNKNOWN,
        tools=(vad, Options(a=realtime.UNSET, b=vad), None, realtime.UNSET),
        prompt={"id": "p", "version": realtime.UNSET, "more": (1, [Own()])},
        modalities=Words(["text"]),
        tracing=vad,
        turn_detection=Level(3),
        include=[[{"a": realtime.RealtimeServerVad}]],
    )
    written = session.to_dict()
    plain = {"type": "server_vad"}
    assert written.pop("include") == [[{"a": realtime.RealtimeServerVad}]]
    assert written.pop("voice") is UNKNOWN
    assert written == {
        "tools": [plain, {"b": plain}, None, realtime.UNSET],
        "prompt": {"id": "p", "more": [1, [{"own": 1}]]},
        "modalities": ["text"],
        "tracing": plain,
        "turn_detection": 3,
    }
    assert type(written["modalities"]) is list
    assert type(written["tools"][1]) is dict
    with pytest.raises(realtime.EncodeError, match="voice: Python object is no"):
        session.to_json()
    del session.tools
    with pytest.raises(AttributeError, match="tools"):
        session.to_dict()


def test_only_free_values_are_shared_with_what_was_written(realtime: Any) -> None:
    free: dict[str, Any] = {"y": []}
    session = realtime.RealtimeSession(
        modalities=["text"],
        tools=[realtime.RealtimeFunctionTool(parameters={"x": free})],
        prompt=realtime.Prompt(
            id="p", variables={}, additional_properties={"new": free}
        ),
    )
    written = session.to_dict()
    before = copy.deepcopy(written)

    def spoil(value: Any) -> None:
        for item in list(value.values() if isinstance(value, dict) else value):
            if isinstance(item, (dict, list)) and item is not free:
                spoil(item)
        value.clear()

    assert written["tools"][0]["parameters"]["x"] is free
    assert written["prompt"]["new"] is free
    spoil(written)
    assert session.to_dict() == before


def test_free_values_may_be_anything_that_is_written(realtime: Any) -> None:
    class Own:
        def to_dict(self) -> dict[str, Any]:
            return {"tool": realtime.RealtimeFunctionTool(parameters={"vad": vad})}

    vad = realtime.RealtimeServerVad()
    free = {"vad": vad, "absent": realtime.UNSET, "items": ({"own": Own()}, 1)}
    more = {"more": vad, "none": realtime.UNSET}
    tool = realtime.RealtimeFunctionTool(parameters=free, additional_properties=more)
    assert tool.to_dict() == {"parameters": free, **more}
    plain = {"type": "server_vad"}
    inner = {"own": {"tool": {"parameters": {"vad": plain}}}}
    want = {"parameters": {"vad": plain, "items": [inner, 1]}, "more": plain}
    assert json.loads(tool.to_json()) == want
    assert json.loads(tool.to_json(indent=2)) == want
    assert tool.validate() == []


def test_text_is_what_json_writes(realtime: Any) -> None:
    values: list[Any] = [None, True, 1.5, 1e300, 10**40, "", '\u00e9\ud83d"', [], {}]
    values += [[*values], {"a": {"b": [*values]}}, {1: 2}, (1, (2,))]
    for value in values:
        text = json.dumps(value, separators=(",", ":"))
        assert realtime.encode_json(value) == text
        assert realtime.encode_json(value, indent=1) == json.dumps(value, indent=1)


def test_types_that_are_no_classes_have_functions(realtime: Any) -> None:
    detection = realtime.realtime_turn_detection
    made = detection.decode({"type": "semantic_vad"})
    assert made == realtime.RealtimeSemanticVad(type="semantic_vad")
    assert detection.decode_json('{"type":"semantic_vad"}') == made
    assert detection.validate(made) == []
    made.eagerness = "never"
    assert [v.code for v in detection.validate(made)] == ["enum"]
    assert realtime.realtime_token_limit.decode(3.0) == 3
    assert realtime.realtime_token_limit.decode("inf") == "inf"


def test_text_survives(realtime: Any) -> None:
    for text in ("\ud800", "a\0b", "\u2028", "\U0001f600", "x" * 10_000_000):
        made = realtime.RealtimeSession(instructions=text)
        assert realtime.RealtimeSession.from_json(made.to_json()) == made


# --- errors ---------------------------------------------------------------------------


def test_all_that_is_wrong_is_told(realtime: Any) -> None:
    with pytest.raises(realtime.DecodeError) as error:
        realtime.RealtimeSession.from_dict(
            {
                "id": "x",
                "voice": None,
                "temperature": 2.0,
                "turn_detection": {"type": "push"},
                "tools": [{"name": 3}],
                "tracing": 3,
                "max_response_output_tokens": 5000,
                "prompt": {"variables": {"odd name": {"type": "input_text"}}},
            }
        )
    assert lines(error) == [
        'id: "x" does not match ^sess_ [pattern]',
        "voice: expected string, got null [type]",
        'turn_detection.type: "push" is not one of "server_vad", "semantic_vad" [enum]',
        "tracing: expected null or string or object, got integer [type]",
        "tools[0].name: expected string, got integer [type]",
        "temperature: 2 is above the maximum 1.2 [maximum]",
        "max_response_output_tokens: 5000 is above the maximum 4096 [maximum]",
        'prompt.variables["odd name"].text: is missing [required]',
        "prompt.id: is missing [required]",
    ]
    first = error.value.violations[0]
    assert (first.path, first.code) == ("id", "pattern")
    assert str(first) == lines(error)[0]
    assert pickle.loads(pickle.dumps(error.value)).violations == error.value.violations


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("[]", "RealtimeSession: expected object, got array [type]"),
        ("null", "RealtimeSession: expected object, got null [type]"),
        ("{", "RealtimeSession: Expecting property name"),
        ('{"speed": NaN}', "RealtimeSession: NaN is not JSON [json]"),
        ('{"speed": -Infinity}', "RealtimeSession: -Infinity is not JSON [json]"),
        ('{"speed": 1e400}', "speed: expected number, got Infinity [type]"),
        ("[" * 100_000, "RealtimeSession: "),
        ("1" * 5000, "RealtimeSession: "),
        (b"\xff", "RealtimeSession: "),
        ('{"a": "\t"}', "RealtimeSession: Invalid control character"),
    ],
)
def test_what_is_not_json_is_refused(text: str, want: str, realtime: Any) -> None:
    with pytest.raises(realtime.DecodeError) as error:
        realtime.RealtimeSession.from_json(text)
    assert str(error.value).startswith(want)


def test_what_json_cannot_say_is_refused(realtime: Any) -> None:
    for bad, told in (
        (float("nan"), "x: NaN is no JSON"),
        ([0, {1, 2}], "x[1]: Python set is no JSON"),
        ({"b c": (object(), {})}, 'x["b c"][0]: Python object is no JSON'),
        ({"a": float("inf")}, "x.a: Infinity is no JSON"),
        ({(1,): 2}, "keys must be str"),
        (10**5000, "Exceeds the limit"),
    ):
        session = realtime.RealtimeSession(additional_properties={"x": bad})
        for indent in (None, 2):
            with pytest.raises(realtime.EncodeError) as error:
                session.to_json(indent=indent)
            assert str(error.value).startswith(told)
    looped: list[Any] = []
    looped.append(looped)
    with pytest.raises(realtime.EncodeError):
        realtime.RealtimeSession(additional_properties={"x": looped}).to_json()
    codes = [v.code for v in realtime.RealtimeSession(tools=looped).validate()]
    assert codes == ["depth"]


def test_validate_judges_what_was_built_in_code(realtime: Any) -> None:
    session = realtime.RealtimeSession(speed=9, voice=None, tools="x", prompt=object())
    assert [f"{v.path} {v.code}" for v in session.validate()] == [
        "voice type",
        "speed maximum",
        "tools type",
        "prompt type",
    ]
    assert session.validate()[3].message == "expected null or object, got Python object"
    assert realtime.RealtimeSession(speed=float("nan")).validate()[0].message == (
        "expected number, got NaN"
    )


def test_depth_has_a_bound(realtime: Any) -> None:
    def nested(levels: int) -> Any:
        value: Any = 1
        for _ in range(levels):
            value = [value]
        return {"x": value}

    realtime.RealtimeSession.from_json(json.dumps(nested(255)))
    with pytest.raises(realtime.DecodeError) as error:
        realtime.RealtimeSession.from_json(json.dumps(nested(256)))
    (violation,) = error.value.violations
    assert violation.path == "x" + "[0]" * 255
    assert violation.code == "depth"
    assert violation.message == "is nested deeper than 256 levels"


def test_a_name_that_the_spec_lacks_is_an_error(realtime: Any) -> None:
    with pytest.raises(LookupError, match="no schema is called 'Nothing'"):
        realtime.decode("Nothing", 1)
    with pytest.raises(AttributeError, match="Nothing"):
        _ = realtime.Nothing
