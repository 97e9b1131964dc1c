"""Hold `spec/` to `facts.yaml`, the table of what is known about the session objects.

Each schema is boiled down to a fact in the table's own terms and has to equal the
table's row. What either side has and the other lacks is a difference, too.
"""

from __future__ import annotations

import copy
import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from spec_files import SPEC, Schema, read_spec, subschemas

Fact = dict[str, Any]

SCHEMAS = read_spec()
TABLE = yaml.safe_load(
    (Path(__file__).parent / "facts.yaml").read_text(encoding="utf-8")
)
OBJECTS: dict[str, Fact] = TABLE["objects"]
SHARED = SPEC.parent.parent / "shared"
HISTORY = SHARED / "facts" / "realtime-history.csv"

# What a keyword is called in the table, where it carries over as it stands.
TERMS = {
    "type": "type",
    "enum": "values",
    "minItems": "min_items",
    "pattern": "pattern",
    "format": "format",
    "default": "default",
    "readOnly": "read_only",
    "x-mutability": "changes",
}


def fact_of(node: Schema, schemas: dict[str, Schema]) -> Fact:
    """Return what `node` says about a value, in the terms of the table."""
    own = {term: node[keyword] for keyword, term in TERMS.items() if keyword in node}
    target = _referred(node, schemas)
    if target is not None:
        return _referred_fact(target, schemas) | own
    fact = own | _union_fact(node, schemas)
    kinds = fact.get("type")
    if isinstance(kinds, list):
        fact |= {"type": next(k for k in kinds if k != "null"), "null": "null" in kinds}
    if "const" in node:
        fact["values"] = [node["const"]]
    if "minimum" in node or "maximum" in node:
        fact["range"] = [node.get("minimum"), node.get("maximum")]
    if "items" in node:
        fact["items"] = fact_of(node["items"], schemas)
    if "additionalProperties" in node:
        members = node["additionalProperties"]
        fact["map"] = "any" if members is True else fact_of(members, schemas)
    return fact


def _referred(node: Schema, schemas: dict[str, Schema]) -> str | None:
    name: str | None = node["$ref"].rpartition("/")[2] if "$ref" in node else None
    return name


def _referred_fact(name: str, schemas: dict[str, Schema]) -> Fact:
    if "properties" in schemas[name]:
        return {"object": name}
    return fact_of(schemas[name], schemas)


def _union_fact(node: Schema, schemas: dict[str, Schema]) -> Fact:
    """Return the fact of a union: null and an open enum are not alternatives."""
    branches = [*node.get("anyOf", []), *node.get("oneOf", [])]
    facts = [fact_of(branch, schemas) for branch in branches]
    rest = [fact for fact in facts if fact != {"type": "null"}]
    null: Fact = {"null": True} if len(rest) < len(facts) else {}
    match rest:
        case []:
            return {}
        case [only]:
            return only | null
        case [{"type": "string", "values": known}, {"type": "string"} as free] if (
            "values" not in free
        ):
            return {"type": "string", "known": known} | null
    return {"one_of": rest} | null


def object_fact(name: str, schemas: dict[str, Schema]) -> Fact:
    """Return what the spec says about the object `name`, as a row of the table."""
    schema = schemas[name]
    return {
        "required": schema.get("required", []),
        "properties": {
            wire_name: fact_of(node, schemas)
            for wire_name, node in schema["properties"].items()
        },
    }


def dates(schemas: dict[str, Schema]) -> dict[tuple[str, str], str]:
    """Return each date of the spec by schema and property; '' is the schema itself."""
    return {
        (name, path.removeprefix(name).removeprefix(".")): node["x-since"]
        for name, schema in schemas.items()
        for path, node in subschemas(schema, name)
        if "x-since" in node
    }


def test_the_spec_has_the_objects_of_the_table() -> None:
    assert {n for n, s in SCHEMAS.items() if "properties" in s} == set(OBJECTS)


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_has_the_properties_of_the_table_in_its_order(name: str) -> None:
    fact = object_fact(name, SCHEMAS)
    assert fact["required"] == OBJECTS[name]["required"]
    assert list(fact["properties"]) == list(OBJECTS[name]["properties"])


@pytest.mark.parametrize(
    ("name", "wire_name"),
    [
        (name, wire_name)
        for name in OBJECTS
        for wire_name in OBJECTS[name]["properties"]
    ],
)
def test_a_property_is_what_the_table_says(name: str, wire_name: str) -> None:
    fact = fact_of(SCHEMAS[name]["properties"][wire_name], SCHEMAS)
    assert fact == OBJECTS[name]["properties"][wire_name]


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("rust-RealtimeSession.md", "RealtimeSession"),
        ("rust-RealtimeSessionCreateRequest.md", "RealtimeSessionCreateRequest"),
        ("dart-RealtimeSessionCreateResponse.md", "RealtimeSessionCreateResponse"),
    ],
)
def test_an_object_has_the_rows_of_its_page(page: str, name: str) -> None:
    path = SHARED / "reference" / page
    if not path.exists():
        pytest.skip(f"needs ../shared/reference/{page}")
    rows = re.findall(r"^\*\*(\w+)\*\*", path.read_text(encoding="utf-8"), re.M)
    wire_names = [re.sub("[A-Z]", lambda m: f"_{m[0].lower()}", row) for row in rows]
    assert list(SCHEMAS[name]["properties"]) == wire_names


def test_dates_are_those_of_the_table() -> None:
    table = {
        (name, wire_name): date
        for name, rows in TABLE["since"].items()
        for date, wire_names in rows.items()
        if date != "schema"
        for wire_name in wire_names
    }
    table |= {(name, ""): rows["schema"] for name, rows in TABLE["since"].items()}
    assert dates(SCHEMAS) == table


@pytest.mark.skipif(
    not HISTORY.exists(), reason="needs ../shared/facts/realtime-history.csv"
)
def test_dates_are_those_of_the_history() -> None:
    with HISTORY.open(encoding="utf-8", newline="") as file:
        rows = {(r["schema"], r["property"]): r for r in csv.DictReader(file)}
    ours = {(name, "") for name in SCHEMAS} | {
        (name, wire_name)
        for name, schema in SCHEMAS.items()
        for wire_name in schema.get("properties", {})
    }
    known = {key: rows[key]["first_seen"] for key in ours & rows.keys()}
    assert dates(SCHEMAS) == known


def _session(schemas: dict[str, Schema]) -> Schema:
    properties: Schema = schemas["RealtimeSession"]["properties"]
    return properties


MUTATIONS: dict[str, Callable[[dict[str, Schema]], object]] = {
    "property lost": lambda s: _session(s).pop("speed"),
    "property added": lambda s: _session(s).update(pace={"type": "number"}),
    "range changed": lambda s: _session(s)["temperature"].update(maximum=1.3),
    "range lost": lambda s: _session(s)["expires_at"].pop("minimum"),
    "format lost": lambda s: _session(s)["expires_at"].pop("format"),
    "pattern lost": lambda s: _session(s)["id"].pop("pattern"),
    "default lost": lambda s: _session(s)["tool_choice"].pop("default"),
    "null lost": lambda s: _session(s)["tracing"]["anyOf"].pop(),
    "null lost from a list of types": lambda s: _session(s)["include"].update(
        type="array"
    ),
    "null added": lambda s: _session(s).update(
        model={"anyOf": [_session(s)["model"], {"type": "null"}]}
    ),
    "type changed": lambda s: _session(s)["speed"].update(type="integer"),
    "mutability changed": lambda s: _session(s)["voice"].update(
        {"x-mutability": "always"}
    ),
    "value lost": lambda s: s["RealtimeModality"]["enum"].pop(),
    "voice lost": lambda s: s["RealtimeVoice"]["anyOf"][0]["enum"].pop(),
    "open enum closed": lambda s: s["RealtimeVoice"]["anyOf"].pop(),
    "alternative lost": lambda s: s["RealtimeTurnDetection"]["oneOf"].pop(),
    "requirement added": lambda s: s["RealtimeSession"].update(required=["id"]),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_changed_spec_differs_from_the_table(mutation: str) -> None:
    schemas = copy.deepcopy(SCHEMAS)
    MUTATIONS[mutation](schemas)
    assert object_fact("RealtimeSession", schemas) != OBJECTS["RealtimeSession"]
