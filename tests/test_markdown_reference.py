"""The reference pages: each of their rows is on ours, and none of their faults is.

`reference_rows.yaml` is the table of their rows. The faults are those of pages that
other generators make of the same objects; each has a test that shows it mended.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from markdown_reading import PageText, Row, dead_links, faults, page_path, pages
from specloom.ir import Model
from specloom.targets.markdown.dialects import DIALECTS

SESSIONS = (
    "RealtimeSession",
    "RealtimeSessionCreateRequest",
    "RealtimeSessionCreateResponse",
)
PAGES = yaml.safe_load(
    Path(__file__).with_name("reference_rows.yaml").read_text(encoding="utf-8")
)

Pages = dict[str, PageText]


@pytest.fixture(scope="module")
def found(realtime_model: Model) -> Pages:
    return pages(realtime_model)


def rows(found: Pages, dialect: str, name: str) -> dict[str, Row]:
    """Rows by name on the wire."""
    made = found[page_path(dialect, name)].rows.values()
    wires = [re.search(r"\[wire name (\S+)\]", row.notes) for row in made]
    return {wire[1] if wire else row.name: row for wire, row in zip(wires, made)}


def session_rows(found: Pages, wire: str) -> list[Row]:
    """The rows of a property on each session page, in each dialect."""
    return [
        row
        for dialect in DIALECTS
        for name in SESSIONS
        if (row := rows(found, dialect, name).get(wire))
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p['dialect']}-{p['object']}")
def test_each_row_of_a_reference_page_is_on_ours(
    page: dict[str, Any], found: Pages
) -> None:
    ours = found[page_path(page["dialect"], page["object"])]
    assert list(page["rows"]) == [name for name in page["rows"] if name in ours.rows]


@pytest.mark.parametrize(
    ("dialect", "want"),
    {
        "python": "list[RealtimeModality] | Unset",
        "typescript": "RealtimeModality[]",
        "rust": "Option<Vec<models::RealtimeModality>>",
        "php": r"list<\OpenAPI\Model\RealtimeModality>|null",
        "dart": "List<RealtimeModality>?",
        "plain": "array of RealtimeModality",
    }.items(),
)
def test_fault_1_modalities_have_their_type(
    dialect: str, want: str, found: Pages
) -> None:
    row = rows(found, dialect, "RealtimeSession")["modalities"]
    name = row.type.replace(r"\RealtimeSessionObjects", r"\OpenAPI")
    assert name == want
    assert row.type_links == ["RealtimeModality.md"]
    assert '[each item: values "text", "audio"]' in row.notes


@pytest.mark.parametrize("wire", ["input_audio_format", "output_audio_format"])
def test_fault_2_audio_formats_are_listed(wire: str, found: Pages) -> None:
    for row in session_rows(found, wire):
        assert row.type_links == ["RealtimeAudioFormat.md"]
        assert '[values "pcm16", "g711_ulaw", "g711_alaw"]' in row.notes


@pytest.mark.parametrize("dialect", DIALECTS)
def test_fault_2_voices_are_listed(dialect: str, found: Pages) -> None:
    row = rows(found, dialect, "RealtimeSession")["voice"]
    assert '"alloy", "ash"' in row.notes
    assert "or any other string" in row.notes
    values = found[page_path(dialect, "RealtimeVoice")].tables[0]
    assert len(values) == 1 + 10


@pytest.mark.parametrize(
    ("wire", "notes"),
    [
        ("temperature", ["[range 0.6 to 1.2]", "[default to 0.8]"]),
        ("speed", ["[range 0.25 to 1.5]"]),
        ("max_response_output_tokens", ['integer range 1 to 4096 or "inf"']),
    ],
)
def test_fault_3_ranges_are_notes(wire: str, notes: list[str], found: Pages) -> None:
    told = session_rows(found, wire)
    assert len(told) == 3 * len(DIALECTS)
    for row in told:
        assert [note for note in notes if note not in row.notes] == []


def test_fault_3_defaults_are_in_the_language(found: Pages) -> None:
    told = {
        dialect: re.findall(
            r"default to (.*?)\]",
            rows(found, dialect, "RealtimeSession")["max_response_output_tokens"].notes,
        )
        for dialect in DIALECTS
    }
    assert told == {
        "python": ['"inf"'],
        "typescript": ['"inf"'],
        "rust": ["models::RealtimeTokenLimit::Inf"],
        "php": ["'inf'"],
        "dart": ["'inf'"],
        "plain": ['"inf"'],
    }


@pytest.mark.parametrize(
    ("dialect", "want"),
    {
        "python": "RealtimeTurnDetection | None | Unset",
        "typescript": "RealtimeTurnDetection | null",
        "rust": "Option<Option<models::RealtimeTurnDetection>>",
        "php": r"\OpenAPI\Model\RealtimeTurnDetection|null|\OpenAPI\Absent",
        "dart": "Optional<RealtimeTurnDetection?>",
        "plain": "RealtimeTurnDetection | null",
    }.items(),
)
def test_fault_4_null_is_not_lost(dialect: str, want: str, found: Pages) -> None:
    told = rows(found, dialect, "RealtimeSession")
    row = told["turn_detection"]
    assert row.type.replace(r"\RealtimeSessionObjects", r"\OpenAPI") == want
    for wire in (
        "turn_detection",
        "input_audio_transcription",
        "input_audio_noise_reduction",
        "tracing",
    ):
        assert "[nullable: null differs from absent]" in told[wire].notes


@pytest.mark.parametrize(
    ("wire", "note"),
    [
        ("voice", "[fixed once the model has answered with audio]"),
        ("speed", "[can be changed between responses]"),
        ("tracing", "[cannot be changed once set]"),
    ],
)
def test_fault_5_rules_of_time_are_notes(wire: str, note: str, found: Pages) -> None:
    for row in session_rows(found, wire):
        assert note in row.notes


def test_fault_6_times_do_not_overflow(found: Pages) -> None:
    told = {
        dialect: rows(found, dialect, "RealtimeSession")["expires_at"].type
        for dialect in ("rust", "php", "dart", "plain")
    }
    assert told == {
        "rust": "Option<i64>",
        "php": "?int",
        "dart": "int?",
        "plain": "integer",
    }


def test_fault_7_text_is_markdown(found: Pages) -> None:
    assert [fault for page in found.values() for fault in faults(page)] == []
    told = [
        row.description_cell.content
        for page in found.values()
        for row in page.rows.values()
    ]
    assert [text for text in told if "  " in text or '\\"' in text] == []


def test_fault_8_no_link_is_dead(found: Pages) -> None:
    assert dead_links(found) == []


def test_fault_9_the_pages_agree(found: Pages) -> None:
    for name in SESSIONS:
        told = [list(rows(found, dialect, name)) for dialect in DIALECTS]
        assert told == [told[0]] * len(DIALECTS)
    for wire in ("speed", "tracing"):
        assert len(session_rows(found, wire)) == 3 * len(DIALECTS)


@pytest.mark.parametrize(
    ("name", "wire", "note"),
    [
        ("RealtimeSessionCreateRequest", "client_secret", "[required]"),
        ("RealtimeSession", "id", "[optional]"),
        ("RealtimeSession", "id", "[read-only]"),
        ("RealtimeSession", "id", "[pattern ^sess_]"),
        ("RealtimeSession", "id", "[described since 2024-12-18]"),
        ("RealtimeSession", "object", '[always "realtime.session"]'),
        ("RealtimeSession", "temperature", "[range 0.6 to 1.2]"),
        ("RealtimeSession", "expires_at", "[minimum 0]"),
        ("RealtimeSession", "prompt", "[nullable: null differs from absent]"),
    ],
)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_fault_10_notes_know_more(
    dialect: str, name: str, wire: str, note: str, found: Pages
) -> None:
    assert note in rows(found, dialect, name)[wire].notes


def test_fault_11_no_name_is_a_position(found: Pages) -> None:
    names = {path.rpartition("/")[2].removesuffix(".md") for path in found}
    assert [name for name in names if re.search(r"\d$|Inner|AnyOf|OneOf", name)] == []
