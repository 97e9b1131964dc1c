"""The parts of the benchmarks that decide what they say: ratios, goals, page, chart,
the payloads' mending, and the classes that stand for libraries without a generator.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from bench.chart import Group, drawn
from bench.closure import closure
from bench.code.classes import module
from bench.code.outline import Either, Fixed, Outline, Plain, Ref, Tagged, outline
from bench.code.payloads import Mender
from bench.code.scripts import discriminated, script
from bench.report import Goal, interleaved, put_section, spelled_ratio, spelled_seconds
from pydantic import TypeAdapter

from small_specs import Built, load
from specloom.read import Source

CIRCLE = {
    "type": "object",
    "required": ["type", "r"],
    "properties": {"type": {"const": "circle"}, "r": {"type": "number"}},
}
NAMED = {
    role: {
        "type": "object",
        "required": ["type", "role"],
        "properties": {"type": {"const": "text"}, "role": {"const": role}},
    }
    for role in ("user", "system")
}
SHAPES: dict[str, Any] = {
    "Circle": CIRCLE,
    "User": NAMED["user"],
    "System": NAMED["system"],
    "Shape": {
        "anyOf": [
            {"$ref": f"#/components/schemas/{name}"}
            for name in ("Circle", "User", "System")
        ]
    },
    "Note": {
        "type": "object",
        "properties": {
            "shape": {
                "anyOf": [{"$ref": "#/components/schemas/Shape"}, {"type": "null"}]
            },
            "level": {"enum": ["low", "high"]},
        },
    },
}


def document(**more: Any) -> dict[str, Any]:
    """An OpenAPI document with the shapes and more."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "components": {"schemas": {**SHAPES, **more}},
    }


def built() -> Built:
    return load({"spec.json": json.dumps(document())})


@pytest.fixture
def shapes() -> Outline:
    return outline(built().model)


@pytest.mark.parametrize(
    ("ratio", "spelled"),
    [(None, "-"), (0.123, "0.12"), (1.04, "1.0"), (9.96, "10.0"), (41.4, "41")],
)
def test_ratios_have_the_digits_they_deserve(ratio: float | None, spelled: str) -> None:
    assert spelled_ratio(ratio) == spelled


@pytest.mark.parametrize(
    ("seconds", "spelled"),
    [
        (None, "failed"),
        (2.5, "2.50 s"),
        (0.0123, "12.3 ms"),
        (3.4e-6, "3.40 µs"),
        (812e-9, "812 ns"),
    ],
)
def test_seconds_have_a_fitting_unit(seconds: float | None, spelled: str) -> None:
    assert spelled_seconds(seconds) == spelled


def test_a_goal_is_met_by_what_was_measured_alone() -> None:
    assert Goal("a", "at least", 2, 2.0).met
    assert not Goal("a", "at least", 2, 1.9).met
    assert Goal("a", "at most", 2, 1.9).met
    assert not Goal("a", "at most", 2, None).met
    assert Goal("a", "at most", 2, None).row()[2:] == ("not measured", "-")


def test_contenders_take_turns_and_a_failed_one_is_left_out() -> None:
    turns: list[str] = []

    def one(name: str, seconds: float | None) -> float | None:
        turns.append(name)
        return seconds

    jobs = {"a": lambda: one("a", 1.0), "b": lambda: one("b", None)}
    assert interleaved(jobs, 3) == {"a": 1.0, "b": None}
    assert turns == ["a", "b", "a", "a"]


def test_a_section_is_replaced_and_the_rest_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- x -->\nold\n<!-- /x -->\nafter\n", encoding="utf-8")
    put_section(page, "x", "new\n")
    text = page.read_text(encoding="utf-8")
    assert text == "before\n<!-- x -->\nnew\n<!-- /x -->\nafter\n"
    with pytest.raises(SystemExit):
        put_section(page, "y", "new")


def test_the_chart_is_xml_and_says_who_is_faster() -> None:
    groups = [Group("a < b", (("slow", 12.0), ("fast", 0.5), ("broken", None)))]
    chart = drawn("t & u", groups)
    assert chart == drawn("t & u", groups)
    root = ElementTree.fromstring(chart)
    bars = [item for item in root if item.tag.endswith("rect")]
    assert len({bar.get("fill") for bar in bars}) == len(bars) == 2
    assert "12×" in chart
    assert "0.50×" in chart


def test_a_closure_has_what_is_asked_for_and_what_that_needs() -> None:
    whole = document(Alone={"type": "string"})
    assert list(closure(whole, ["Note"])["components"]["schemas"]) == list(SHAPES)
    with pytest.raises(KeyError):
        closure(whole, ["Missing"])


def test_a_union_is_told_apart_by_its_tags(shapes: Outline) -> None:
    roles = (("user", Ref("User")), ("system", Ref("System")))
    tagged = Tagged(
        "type", (("circle", Ref("Circle")), ("text", Tagged("role", roles)))
    )
    assert shapes.roots["Shape"] == tagged
    note = {slot.name: slot.node for slot in shapes.classes["Note"].slots}
    assert note == {
        "shape": Either((tagged, Plain("null"))),
        "level": Fixed(("low", "high")),
    }


@pytest.mark.parametrize("library", ["pydantic", "mashumaro", "cattrs", "msgspec"])
def test_classes_by_hand_are_python(library: Any, shapes: Outline) -> None:
    compile(module(shapes, library), library, "exec")


def test_pydantic_classes_decode_by_tag_and_are_strict(
    shapes: Outline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bench_by_hand.py").write_text(
        module(shapes, "pydantic"), encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    adapter: TypeAdapter[Any] = TypeAdapter(
        import_module("bench_by_hand").ROOTS["Shape"]
    )
    made = adapter.validate_python({"type": "text", "role": "system"})
    assert type(made).__name__ == "System"
    with pytest.raises(ValueError, match="number"):
        adapter.validate_python({"type": "circle", "r": "1"})


def test_scripts_use_the_libraries_own_tagged_unions(shapes: Outline) -> None:
    assert 'l.discriminatedUnion("type", [Circle, l.disc' in script(shapes, "zod")
    assert 'l.variant("type", [Circle, l.variant("role"' in script(shapes, "valibot")


def test_ajv_is_told_of_a_tag_that_is_unique() -> None:
    unique = {**SHAPES, "Shape": {"anyOf": SHAPES["Shape"]["anyOf"][:2]}}
    made = discriminated({"components": {"schemas": unique}})["components"]["schemas"]
    assert made["Shape"]["discriminator"] == {"propertyName": "type"}
    assert "anyOf" not in made["Shape"]
    kept = discriminated({"components": {"schemas": SHAPES}})["components"]["schemas"]
    assert "discriminator" not in kept["Shape"]


def mended(example: str, source: Source) -> tuple[Any, list[str]]:
    """An example of `Circle` after its mending, and the notes."""
    mender = Mender(source)
    schema = {**CIRCLE, "x-oaiMeta": {"example": example}}
    value = mender.example("Circle", {"components": {"schemas": {"Circle": schema}}})
    return value, mender.notes


@pytest.mark.parametrize(
    ("example", "value", "notes"),
    [
        ('{"type": "circle", "r": 1}', {"type": "circle", "r": 1}, 0),
        (
            '// so\n{"type": "circle", "r": 1, "u": "a//,}",}\n{}',
            {"type": "circle", "r": 1, "u": "a//,}"},
            1,
        ),
    ],
)
def test_an_example_is_changed_only_where_it_has_to_be(
    example: str, value: Any, notes: int
) -> None:
    found, told = mended(example, built().source)
    assert found == value
    assert told == ["Circle: comments or stray commas left out"] * notes


def test_what_cannot_be_mended_is_made_from_the_schema() -> None:
    source = built().source
    for example in ("no JSON", '{"type": "circle", "r": "1"}'):
        value, notes = mended(example, source)
        assert value["type"] == "circle"
        assert isinstance(value["r"], (int, float))
        assert "made from the schema" in notes[-1]
