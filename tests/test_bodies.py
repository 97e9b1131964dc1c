"""What schemas of requests and responses are called where a document names none."""

from __future__ import annotations

import pytest

from small_specs import Built, lines, load
from specloom.diagnostics import SpecloomError

HEAD = "openapi: 3.1.0\ninfo: {title: Test, version: '1'}\n"
OBJECT = "{type: object, properties: {x: {type: string}}}"
JSON = f"{{content: {{application/json: {{schema: {OBJECT}}}}}}}"


def document(text: str, *, bodies: bool = False, **others: str) -> Built:
    """Build the document that these lines make; BODY stands for a body of JSON."""
    given = {"spec.yaml": HEAD + lines(text)}
    given |= {f"{name}.yaml": lines(text) for name, text in others.items()}
    files = {path: text.replace("BODY", JSON) for path, text in given.items()}
    return load(files, bodies=bodies)


def names(built: Built) -> list[str]:
    """The schemas that have a name, in order."""
    return [root.name for root in built.source.roots.values() if root.named]


def operation(text: str) -> Built:
    """Build a document of one operation."""
    return document(f"paths: {{/pets: {{get: {{operationId: listPets, {text}}}}}}}")


def response(content: str) -> Built:
    """Build a document of one response, beside a request that has a model."""
    return operation(f"requestBody: BODY, responses: {{'200': {{content: {content}}}}}")


@pytest.mark.parametrize(
    ("path", "method", "said", "want"),
    [
        ("/pets", "get", "operationId: listPets", "ListPetsResponse"),
        ("/pets", "get", "operationId: pets_list", "PetsListResponse"),
        ("/pets", "get", "operationId: pets/list-all", "PetsListAllResponse"),
        ("/pets", "get", "operationId: ''", "GetPetsResponse"),
        ("/pets/{petId}", "delete", "", "DeletePetsByPetIdResponse"),
        ("/{a}/to/{b}.json", "get", "", "GetByAToByBJsonResponse"),
        ("/", "post", "", "PostResponse"),
    ],
)
def test_a_response_is_called_after_its_operation(
    path: str, method: str, said: str, want: str
) -> None:
    given = f"paths: {{'{path}': {{{method}: {{{said}, responses: {{'200': BODY}}}}}}}}"
    assert names(document(given.replace("{,", "{"))) == [want]


@pytest.mark.parametrize(
    ("statuses", "want"),
    [
        ("'200' '404' default", "Response 404Response DefaultResponse"),
        ("'404' '201' '202'", "404Response Response 202Response"),
        ("2XX 4XX", "Response 4XXResponse"),
        ("2XX '200'", "2XXResponse Response"),
        ("default", "DefaultResponse"),
    ],
)
def test_the_lowest_success_needs_no_status_in_its_name(
    statuses: str, want: str
) -> None:
    responses = ", ".join(f"{status}: BODY" for status in statuses.split())
    built = operation(f"responses: {{{responses}}}")
    assert names(built) == [f"ListPets{kind}" for kind in want.split()]


def test_an_unquoted_status_is_a_status() -> None:
    assert names(operation("responses: {200: BODY}")) == ["ListPetsResponse"]


@pytest.mark.parametrize(
    ("media_types", "want"),
    [
        ("application/json text/plain", "Response"),
        ("text/xml application/vnd.pets+json", "Response"),
        ("application/JSON;charset=utf-8", "Response"),
        ("text/csv text/html", "Response"),
        ("'*/*'", "Response"),
        (
            "application/problem+json application/json",
            "Response ProblemJsonResponse",
        ),
    ],
)
def test_json_is_read_or_else_the_first_media_type(media_types: str, want: str) -> None:
    content = ", ".join(f"{name}: {{schema: {OBJECT}}}" for name in media_types.split())
    built = response(f"{{{content}}}")
    assert names(built) == [f"ListPets{kind}" for kind in ("Request", *want.split())]


@pytest.mark.parametrize(
    "schema",
    [
        "{}",
        "true",
        "false",
        "{type: string}",
        "{type: string, format: binary, description: A picture., x-from: camera}",
        "{type: [integer, 'null'], default: 1, example: 2}",
    ],
)
def test_the_kind_of_a_scalar_alone_makes_no_model(schema: str) -> None:
    built = response(f"{{application/json: {{schema: {schema}}}}}")
    assert names(built) == ["ListPetsRequest"]


@pytest.mark.parametrize(
    "schema",
    [
        "{type: object}",
        "{type: array, items: {type: string}}",
        "{type: string, maxLength: 5}",
        "{type: [string, object]}",
        "{enum: [a, b]}",
    ],
)
def test_any_other_body_has_a_model(schema: str) -> None:
    built = response(f"{{application/json: {{schema: {schema}}}}}")
    assert names(built) == ["ListPetsRequest", "ListPetsResponse"]


def test_webhooks_and_callbacks_are_called_after_their_key() -> None:
    given = """
        paths:
          /orders:
            post:
              callbacks:
                paid: {'{$request.body#/url}': {post: {requestBody: BODY}}}
                sent: {$ref: '#/components/callbacks/parcel'}
        webhooks:
          newOrder: {post: {requestBody: BODY, responses: {'200': BODY}}}
        components:
          callbacks:
            parcel: {'{$request.body#/url}': {put: {requestBody: BODY}}}
            lost: {'{$request.body#/url}': {post: {requestBody: BODY}}}
    """
    assert names(document(given)) == [
        "PostNewOrderRequest",
        "PostNewOrderResponse",
        "PostPaidRequest",
        "PutSentRequest",
        "PostLostRequest",
    ]


def test_what_is_shared_is_called_after_its_own_place() -> None:
    given = """
        paths:
          /pets:
            $ref: pets.yaml
        components:
          responses:
            NotFound: BODY
            ErrorResponse: BODY
          requestBodies:
            Pet: BODY
            PatchRequestBody: BODY
    """
    pets = """
        post:
          operationId: addPet
          requestBody: {$ref: 'spec.yaml#/components/requestBodies/Pet'}
          responses:
            '201': {$ref: 'answers.yaml#/Added'}
            '404': {$ref: 'spec.yaml#/components/responses/NotFound'}
            '409': {$ref: taken.yaml}
    """
    built = document(given, pets=pets, answers="Added: BODY", taken="BODY")
    assert names(built) == [
        "NotFoundResponse",
        "ErrorResponse",
        "PetRequest",
        "PatchRequest",
        "AddedResponse",
        "TakenResponse",
    ]


def test_a_body_that_refers_to_a_schema_leaves_it_its_name() -> None:
    given = """
        paths:
          /pets:
            get:
              operationId: listPets
              responses:
                '200': {content: {application/json: {schema: {$ref: Pet.yaml}}}}
                '404': BODY
    """
    assert names(document(given, Pet=OBJECT)) == ["ListPets404Response", "Pet"]


def test_a_reference_into_a_body_finds_its_name() -> None:
    given = """
        paths:
          /b:
            get:
              operationId: b
              responses:
                '200':
                  content:
                    application/json: {schema: {$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}}
          /a: {get: {operationId: a, responses: {'200': BODY}}}
    """  # noqa: E501
    built = document(given)
    assert [root.name for root in built.source.roots.values()] == ["AResponse"]


CLASHES = [
    (
        "/a-b: {get: {responses: {'200': BODY}}}\n"
        "  /a/b: {get: {responses: {'200': BODY}}}",
        ["GetABResponse", "get /a/b 200 Response"],
        ["GetABResponse", "GetAB200Response"],
    ),
    (
        "/a: {get: {operationId: f, requestBody: BODY}}\n"
        "  /b: {get: {operationId: f, requestBody: BODY}}",
        ["FRequest", "get /b Request"],
        ["FRequest", "GetBRequest"],
    ),
]


@pytest.mark.parametrize(("paths", "wires", "given"), CLASHES)
def test_of_two_bodies_with_one_name_the_second_is_called_after_its_path(
    paths: str, wires: list[str], given: list[str]
) -> None:
    built = document(f"paths:\n  {paths}")
    assert names(built) == wires
    assert [decl.name for decl in built.model.decls.values()] == given
    assert [code.split()[0] for code in built.codes] == ["name-clash"]


def test_of_two_places_with_one_name_the_second_is_called_after_its_file() -> None:
    given = """
        paths:
          /a:
            get:
              responses:
                '404': {$ref: 'old.yaml#/Gone'}
                '410': {$ref: 'new.yaml#/Gone'}
    """
    built = document(given, old="Gone: BODY", new="Gone: BODY")
    assert names(built) == ["GoneResponse", "new.yaml Gone Response"]


def test_named_schemas_are_all_that_is_read_where_there_are_any() -> None:
    built = document(
        f"""
        paths: {{/pets: {{get: {{responses: {{'200': BODY}}}}}}}}
        components: {{responses: {{Gone: BODY}}, schemas: {{Pet: {OBJECT}}}}}
        """
    )
    assert names(built) == ["Pet"]


def test_bodies_are_read_beside_named_schemas_if_that_is_asked_for() -> None:
    given = f"""
        paths:
          /pets:
            get: {{operationId: list, responses: {{'200': BODY}}}}
            post: {{operationId: add, requestBody: BODY}}
        components: {{schemas: {{Pet: {OBJECT}, list_response: {OBJECT}}}}}
    """
    built = document(given, bodies=True)
    assert names(built) == ["Pet", "list_response", "ListResponseBody", "AddRequest"]
    assert built.found == ()


@pytest.mark.parametrize(
    ("text", "code", "pointer"),
    [
        ("paths: []", "not-an-object", "/paths"),
        (
            "components: {schemas: [A], requestBodies: {A: BODY}}",
            "not-a-spec",
            "/components/schemas",
        ),
        (
            "paths: {/a: {get: {responses: BAD}}}",
            "not-an-object",
            "/paths/~1a/get/responses",
        ),
        ("paths: {/a: {$ref: gone.yaml}}", "ref-not-found", "/paths/~1a/$ref"),
        (
            "components: {responses: {A: {$ref: '#/components/responses/A'}}}",
            "ref-cycle",
            "/components/responses/A",
        ),
        (
            "webhooks: {a: {get: {requestBody: {content: {b/c: {schema: 3}}}}}}",
            "not-a-schema",
            "/webhooks/a/get/requestBody/content/b~1c/schema",
        ),
    ],
)
def test_what_is_wrong_is_reported_at_its_place(
    text: str, code: str, pointer: str
) -> None:
    with pytest.raises(SpecloomError) as caught:
        document(text)
    first = caught.value.diagnostics[0]
    assert first.location is not None
    assert (first.code, first.location.pointer) == (code, pointer)


@pytest.mark.parametrize(
    "text", ["paths: {}", "paths:", "webhooks: {a: {post: {}}}", "components: {}"]
)
def test_nothing_to_read_is_an_error(text: str) -> None:
    with pytest.raises(SpecloomError) as caught:
        document(text)
    (finding,) = caught.value.diagnostics
    assert finding.code == "not-a-spec"
    assert finding.hint


def test_callbacks_that_go_round_in_a_circle_end() -> None:
    given = """
        components:
          callbacks:
            again:
              '{$url}':
                post:
                  requestBody: BODY
                  callbacks: {more: {$ref: '#/components/callbacks/again'}}
    """
    assert names(document(given)) == ["PostAgainRequest"]
