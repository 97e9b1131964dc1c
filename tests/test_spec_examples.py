"""Hold `spec/` to its own rules: form, vocabulary, examples, defaults and prose.

The judge of instances is an independent JSON Schema validator, not the engine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from spec_files import (
    ENTRY,
    SPEC,
    Schema,
    bundle,
    descriptions,
    read_files,
    read_spec,
    subschemas,
)

FILES = read_files()
SCHEMAS = read_spec(FILES)
TOPICS = sorted(FILES.keys() - {ENTRY})
ROOTS = (
    "RealtimeSession",
    "RealtimeSessionCreateRequest",
    "RealtimeSessionCreateResponse",
)
VOCABULARY = json.loads((SPEC / "vocabulary.schema.json").read_text(encoding="utf-8"))
TOPIC = json.loads((SPEC / "topic.schema.json").read_text(encoding="utf-8"))
DOCUMENTED = [
    (path, node["description"])
    for name, schema in SCHEMAS.items()
    for path, node in subschemas(schema, name)
    if "description" in node
]


def validator(name: str) -> jsonschema_rs.Validator:
    """Return a validator for the schema `name`, which checks formats, too."""
    return jsonschema_rs.Draft202012Validator(
        bundle(SCHEMAS, name), validate_formats=True
    )


def extensions(node: Schema) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key.startswith("x-")}


# Form


def test_the_entry_is_an_openapi_document() -> None:
    entry = FILES[ENTRY]
    assert entry["openapi"] == "3.1.0"
    assert set(entry) == {"openapi", "info", "components"}
    assert set(entry["components"]) == {"schemas"}
    info = entry["info"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert info["license"] == {"name": "MIT", "identifier": "MIT"}
    assert info["title"]
    assert info["description"]


def test_each_public_name_is_that_of_the_schema_it_refers_to() -> None:
    for name, entry in FILES[ENTRY]["components"]["schemas"].items():
        assert list(entry) == ["$ref"]
        assert entry["$ref"].endswith(f".yaml#/{name}")


def test_every_schema_is_public() -> None:
    assert sorted(SCHEMAS) == sorted(name for file in TOPICS for name in FILES[file])


def test_every_schema_belongs_to_a_session_object() -> None:
    reached: set[str] = set()
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += re.findall(r"#/\$defs/(\w+)", json.dumps(SCHEMAS[name]))
    assert reached == set(SCHEMAS)


@pytest.mark.parametrize(
    "ref", ["./voice.yaml#/RealtimeVoices", "./voices.yaml#/RealtimeVoice", "#/Gone"]
)
def test_a_reference_that_leads_nowhere_is_found(ref: str) -> None:
    files = {**FILES, "model.yaml": {**FILES["model.yaml"]}}
    files["model.yaml"]["RealtimeModel"] = {"$ref": ref}
    with pytest.raises(LookupError, match="leads nowhere"):
        read_spec(files)


@pytest.mark.parametrize("file", TOPICS)
def test_a_topic_file_obeys_its_schema(file: str) -> None:
    registry = jsonschema_rs.Registry(
        [("json-schema:///vocabulary.schema.json", VOCABULARY)]
    )
    judge = jsonschema_rs.Draft202012Validator(
        TOPIC, registry=registry, base_uri="json-schema:///topic.schema.json"
    )
    assert [str(error) for error in judge.iter_errors(FILES[file])] == []
    typo = {"Name": {"description": "A.", "examples": [1], "x-sinse": "2025-01-01"}}
    assert not judge.is_valid(typo)
    assert not judge.is_valid({"Name": {"examples": [1], "type": "string"}})


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_json_schema(name: str) -> None:
    jsonschema_rs.meta.validate(bundle(SCHEMAS, name))


@pytest.mark.parametrize(
    "name", [name for name, schema in SCHEMAS.items() if "discriminator" in schema]
)
def test_a_discriminator_maps_each_tag_to_the_alternative_that_has_it(
    name: str,
) -> None:
    discriminator = SCHEMAS[name]["discriminator"]
    mapping: dict[str, str] = discriminator["mapping"]
    assert [{"$ref": ref} for ref in mapping.values()] == SCHEMAS[name]["oneOf"]
    for tag, ref in mapping.items():
        target = SCHEMAS[ref.rpartition("/")[2]]
        assert target["properties"][discriminator["propertyName"]]["const"] == tag
        assert discriminator["propertyName"] in target["required"]


# Vocabulary


@pytest.mark.parametrize("name", SCHEMAS)
def test_extension_keys_obey_the_vocabulary(name: str) -> None:
    judge = jsonschema_rs.Draft202012Validator(VOCABULARY, validate_formats=True)
    for path, node in subschemas(SCHEMAS[name], name):
        assert judge.is_valid(extensions(node)), path
        assert judge.is_valid(node), path


@pytest.mark.parametrize(
    "wrong",
    [
        {"x-sinse": "2024-12-18"},
        {"x-since": "2024-12"},
        {"x-since": "2024-13-18"},
        {"x-since": 20241218},
        {"x-mutability": "sometimes"},
        {"type": "string", "x-mutable": True},
    ],
)
def test_the_vocabulary_refuses(wrong: dict[str, Any]) -> None:
    judge = jsonschema_rs.Draft202012Validator(VOCABULARY, validate_formats=True)
    assert not judge.is_valid(wrong)


@pytest.mark.parametrize("name", ROOTS)
def test_every_property_of_a_session_says_when_it_may_change(name: str) -> None:
    for wire_name, node in SCHEMAS[name]["properties"].items():
        assert "x-mutability" in node, wire_name


# Examples and defaults


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_example_is_valid(name: str) -> None:
    examples = SCHEMAS[name]["examples"]
    assert examples
    judge = validator(name)
    for example in examples:
        assert [str(error) for error in judge.iter_errors(example)] == []


def test_examples_show_every_property_of_the_session_objects() -> None:
    for name in ROOTS:
        shown = {key for example in SCHEMAS[name]["examples"] for key in example}
        assert shown == set(SCHEMAS[name]["properties"])


def test_every_default_is_valid_and_stands_on_a_property() -> None:
    for name, schema in SCHEMAS.items():
        for path, node in subschemas(schema, name):
            if "default" in node:
                assert re.fullmatch(r"\w+\.\w+", path)
                judge = jsonschema_rs.Draft202012Validator({**node, "$defs": SCHEMAS})
                assert judge.is_valid(node["default"]), path


SESSION = "RealtimeSession"
REQUEST = "RealtimeSessionCreateRequest"
KEY = {"client_secret": {"value": "ek_1", "expires_at": 2208988800}}
VERDICTS: list[tuple[str, dict[str, Any], bool]] = [
    (SESSION, {}, True),
    (SESSION, {"a_member_of_tomorrow": 1}, True),
    (SESSION, {"id": "session_1"}, False),
    (SESSION, {"object": "realtime.transcription_session"}, False),
    (SESSION, {"voice": "a-voice-of-tomorrow"}, True),
    (SESSION, {"voice": 5}, False),
    (SESSION, {"voice": {"id": "voice_1"}}, False),
    (SESSION, {"modalities": ["video"]}, False),
    (SESSION, {"input_audio_format": "mp3"}, False),
    (SESSION, {"temperature": 0.59}, False),
    (SESSION, {"speed": 1.6}, False),
    (SESSION, {"max_response_output_tokens": 4097}, False),
    (SESSION, {"max_response_output_tokens": "infinite"}, False),
    (SESSION, {"expires_at": 2**33}, True),
    (SESSION, {"expires_at": -1}, False),
    (SESSION, {"instructions": None}, False),
    (SESSION, {"turn_detection": {"type": "push_to_talk"}}, False),
    (SESSION, {"turn_detection": {"type": "server_vad", "idle_timeout_ms": 10}}, False),
    (SESSION, {"tool_choice": "get_train_times"}, False),
    (SESSION, {"tracing": "manual"}, False),
    (SESSION, {"prompt": {"version": "1"}}, False),
    (SESSION, {"include": ["everything"]}, False),
    (REQUEST, {}, False),
    (REQUEST, {"client_secret": {"value": "ek_1"}}, False),
    (REQUEST, {**KEY, "voice": {"id": "voice_1"}}, True),
    (REQUEST, {**KEY, "truncation": "never"}, False),
    (REQUEST, {**KEY, "truncation": {"type": "retention_ratio"}}, False),
]


@pytest.mark.parametrize(
    ("name", "instance", "verdict"), VERDICTS, ids=[f"{n}-{i}" for n, i, _ in VERDICTS]
)
def test_an_instance_is_judged(
    name: str, instance: dict[str, Any], verdict: bool
) -> None:
    assert validator(name).is_valid(instance) is verdict


# Prose


def flaws(text: str) -> Iterator[str]:
    """Yield what is wrong with the look of a description in CommonMark."""
    if "  " in re.sub(r"\n +", "\n", text):
        yield "doubled spaces"
    if re.search(r"&#?\w+;|<\w", text):
        yield "markup that is not Markdown"
    for paragraph in text.strip().split("\n\n"):
        if not re.match(r"[A-Z`]|- [`A-Z]", paragraph):
            yield f"no capital at the start of: {paragraph}"
        if not re.search(r"\.$|:$", paragraph):
            yield f"no full stop after: {paragraph}"
    if not text.endswith("."):
        yield "no full stop at the end"


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_and_properties_are_described(name: str) -> None:
    assert SCHEMAS[name]["description"]
    for path, node in subschemas(SCHEMAS[name], name):
        for wire_name, child in node.get("properties", {}).items():
            assert child.get("description"), f"{path}.{wire_name}"


@pytest.mark.parametrize(("path", "text"), DOCUMENTED, ids=[p for p, _ in DOCUMENTED])
def test_a_description_reads_well(path: str, text: str) -> None:
    assert list(flaws(text)) == [], path


@pytest.mark.parametrize(
    "text", ["lower case.", "No stop", "Two  spaces.", "An &quot;.", "A.\n\nb."]
)
def test_a_description_that_reads_badly_is_found(text: str) -> None:
    assert list(flaws(text))


# The shortest run of words that counts as taken over from somebody else's text. Six
# give no false alarm, so there is no need for more.
RUN = 6
KIN = re.compile(
    r"Realtime|Prompt|Audio|Voice|Tool|Function|Input|NoiseReduction|ImageDetail|File"
)


def runs(text: str) -> set[tuple[str, ...]]:
    """Return each run of `RUN` words in `text`, without case, punctuation and links.

    A name such as `gpt-4o-transcribe` or `session.created` is one word.
    """
    prose = re.sub(r"\]\([^)]*\)", "]", text.casefold())
    words = re.findall(r"\w+(?:[.-]\w+)*", prose)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


@pytest.mark.slow
def test_no_wording_is_taken_over_from_upstream(shared_spec: Path) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with shared_spec.open(encoding="utf-8") as file:
        upstream = yaml.load(file, loader)["components"]["schemas"]
    theirs: set[tuple[str, ...]] = set()
    for name, schema in upstream.items():
        if KIN.search(name):
            theirs |= set().union(*map(runs, descriptions(schema)))
    pages = (shared_spec.parent.parent / "reference").glob("*-*")
    theirs |= set().union(*(runs(page.read_text(encoding="utf-8")) for page in pages))
    ours = [
        *DOCUMENTED,
        (ENTRY, FILES[ENTRY]["info"]["description"]),
        ("README.md", (SPEC / "README.md").read_text(encoding="utf-8")),
    ]
    taken = {
        path: found
        for path, text in ours
        if (found := {" ".join(run) for run in runs(text) & theirs})
    }
    assert len(theirs) > 10_000
    assert taken == {}
