"""What a schema is called to which only a `$ref` leads, into the middle of another."""

from __future__ import annotations

import pytest

from small_specs import Built, load, schemas

PETS = (
    "{properties: {"
    "list: {items: {properties: {name: {enum: [a, b]}}}}, "
    "map: {additionalProperties: {properties: {x: {}}}}, "
    "both: {allOf: [{properties: {'404': {properties: {y: {}}}}}]}}}"
)
PATHS = f"""
openapi: 3.1.0
info: {{title: Test, version: '1'}}
paths:
  /pets/{{id}}:
    get:
      operationId: getPet
      parameters: [{{name: q, in: query, schema: {{properties: {{z: {{}}}}}}}}]
      responses: {{'200': {{content: {{application/json: {{schema: {PETS}}}}}}}}}
"""
BODY = "/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema"
SAID = [
    ("/properties/list", "List"),
    ("/properties/list/items", "ListItem"),
    ("/properties/list/items/properties/name", "ListItemName"),
    ("/properties/map/additionalProperties", "MapValue"),
    ("/properties/both/allOf/0/properties/404", "Both404"),
]


def reached(built: Built) -> str:
    """What the only schema is called that the spec does not name."""
    (found,) = [root.name for root in built.source.roots.values() if not root.named]
    return found


@pytest.mark.parametrize(("pointer", "want"), SAID)
def test_within_a_named_schema_it_is_called_as_what_stands_inline(
    pointer: str, want: str
) -> None:
    use = f"Use: {{$ref: '#/components/schemas/Pets{pointer}'}}"
    assert reached(schemas(f"Pets: {PETS}\n{use}")) == f"Pets{want}"


@pytest.mark.parametrize(("pointer", "want"), SAID)
def test_within_a_body_it_is_called_after_that(pointer: str, want: str) -> None:
    other = f"""
  /other:
    get: {{operationId: other, responses: {{'200': {{content: {{application/json:
      {{schema: {{properties: {{a: {{$ref: '#{BODY}{pointer}'}}}}}}}}}}}}}}}}
"""
    assert reached(load({"spec.yaml": PATHS + other})) == f"GetPetResponse{want}"
    named = f"components: {{schemas: {{Use: {{$ref: '#{BODY}{pointer}'}}}}}}"
    assert reached(load({"spec.yaml": PATHS + named})) == f"GetPetResponse{want}"


def test_elsewhere_the_words_of_the_pointer_make_its_name() -> None:
    pointer = "#/paths/~1pets~1{id}/get/parameters/0/schema/properties/z"
    named = f"components: {{schemas: {{Use: {{$ref: '{pointer}'}}}}}}"
    assert reached(load({"spec.yaml": PATHS + named})) == "/pets/{id} get z"
