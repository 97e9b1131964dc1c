"""Generated classes keep the idioms of dataclasses: fields, copies, `match`, bases."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import typing
import weakref
from pathlib import Path
from typing import Any

import pytest

from python_packages import imported
from small_specs import schemas


def test_classes_are_dataclasses(realtime: Any) -> None:
    vad = realtime.RealtimeServerVad(threshold=0.5, idle_timeout_ms=None)
    names = [item.name for item in dataclasses.fields(vad)]
    assert names[:2] == ["type", "threshold"]
    assert names[-1] == "additional_properties"
    changed = dataclasses.replace(vad, threshold=0.7)
    assert (changed.threshold, changed.idle_timeout_ms) == (0.7, None)
    assert changed != vad
    assert dataclasses.asdict(vad)["create_response"] is realtime.UNSET
    for made in (copy.copy(vad), copy.deepcopy(vad), pickle.loads(pickle.dumps(vad))):
        assert made == vad
        assert made is not vad
        assert made.create_response is realtime.UNSET
    match vad:
        case realtime.RealtimeServerVad(threshold=threshold):
            assert threshold == 0.5
        case _:
            pytest.fail("no match")
    assert repr(vad) == (
        "RealtimeServerVad(type='server_vad', threshold=0.5, idle_timeout_ms=None)"
    )
    assert vad != realtime.RealtimeSemanticVad(type="semantic_vad")
    assert vad != 1
    assert not hasattr(vad, "__dict__")
    with pytest.raises(TypeError):
        hash(vad)
    with pytest.raises(TypeError):
        realtime.RealtimeServerVad("server_vad")


def test_a_class_is_a_dataclass_before_anybody_asks(realtime: Any) -> None:
    for name in ("Prompt", "RealtimeTracingConfiguration", "RealtimeFunctionTool"):
        type_ = getattr(realtime, name)
        assert dataclasses.is_dataclass(type_)
        assert "__dataclass_fields__" in vars(type_)
    prompt = realtime.Prompt(id="p")
    found = {item.name: item for item in dataclasses.fields(prompt)}
    assert list(found) == ["id", "version", "variables", "additional_properties"]
    assert found["id"].default is dataclasses.MISSING
    assert found["version"].default is realtime.UNSET
    assert found["additional_properties"].default_factory is dict
    assert all(item.kw_only for item in found.values())
    assert tuple(inspect.signature(realtime.Prompt).parameters) == tuple(found)
    unset = realtime.UNSET
    assert dataclasses.astuple(prompt) == ("p", unset, unset, {})
    assert realtime.Prompt.__match_args__ == ()


def test_a_closed_class_of_which_all_is_required_is_a_dataclass(tmp_path: Path) -> None:
    point = """
        Point:
          type: object
          properties: {x: {type: number}}
          required: [x]
          additionalProperties: false
    """
    with imported(schemas(point).model, "closed", tmp_path) as closed:
        (found,) = dataclasses.fields(closed.Point)
        assert (found.name, found.default) == ("x", dataclasses.MISSING)


def test_a_constructor_shares_nothing(realtime: Any) -> None:
    first, second = realtime.Prompt(id="a"), realtime.Prompt(id="a")
    first.additional_properties["x"] = 1
    assert second.additional_properties == {}
    assert first != second
    kept = {"y": 2}
    assert realtime.Prompt(id="a", additional_properties=kept).to_dict() == {
        "id": "a",
        "y": 2,
    }
    with pytest.raises(TypeError, match="id"):
        realtime.Prompt()
    with pytest.raises(TypeError, match="other"):
        realtime.Prompt(id="a", other=1)
    with pytest.raises(AttributeError):
        first.other = 1


def test_additional_properties_are_made_when_they_are_asked_for(realtime: Any) -> None:
    first, second = (realtime.Prompt.from_dict({"id": "a"}) for _ in range(2))
    assert repr(first) == "Prompt(id='a')"
    assert list(first.__rich_repr__()) == [("id", "a")]
    first.additional_properties["x"] = 1
    assert second.additional_properties == {}
    assert first != second
    assert first.to_dict() == {"id": "a", "x": 1}
    second.additional_properties = {"x": 1}
    assert first == second == pickle.loads(pickle.dumps(first))


def test_objects_can_be_referred_to_weakly(realtime: Any) -> None:
    made = realtime.Prompt(id="a")
    assert weakref.ref(made)() is made


def test_a_class_can_be_extended(realtime: Any) -> None:
    class Louder(realtime.RealtimeServerVad):  # type: ignore[misc]
        __slots__ = ()

        def is_loud(self) -> bool:
            return bool(self.threshold and self.threshold > 0.5)

    made = Louder.from_dict({"type": "server_vad", "threshold": 0.9})
    assert isinstance(made, Louder)
    assert made.is_loud()
    names = [item.name for item in dataclasses.fields(Louder)]
    assert "is_loud" not in names
    assert names[-1] == "additional_properties"


def test_a_dataclass_can_extend_a_class(realtime: Any) -> None:
    @dataclasses.dataclass(kw_only=True)
    class Noted(realtime.RealtimeServerVad):  # type: ignore[misc]
        note: str = "none"

    made = Noted(threshold=0.5, note="mine")
    assert (made.type, made.note, made.additional_properties) == (
        "server_vad",
        "mine",
        {},
    )
    assert made.to_dict() == {"type": "server_vad", "threshold": 0.5}
    assert dataclasses.replace(made, note="yours") != made
    assert Noted.from_dict({"type": "server_vad"}).note == "none"
    assert copy.deepcopy(made) == made


def test_type_hints_are_found_in_the_package(realtime: Any) -> None:
    names = {name: getattr(realtime, name) for name in realtime.__all__}
    for made in names.values():
        if isinstance(made, type) and issubclass(made, realtime.JsonObject):
            typing.get_type_hints(made, localns=names)
    hints = typing.get_type_hints(realtime.RealtimeSession, localns=names)
    unset, voice = type(realtime.UNSET), realtime.RealtimeVoice
    assert hints["voice"] == voice | unset
    assert hints["tools"] == list[realtime.RealtimeFunctionTool] | unset


def test_unset(realtime: Any) -> None:
    unset = realtime.UNSET
    assert not unset
    assert repr(unset) == str(unset) == f"{unset}" == "UNSET"
    assert isinstance(unset, realtime.Unset)
    assert pickle.loads(pickle.dumps(unset)) is unset
    assert copy.deepcopy(unset) is unset
