"""What the reader says of a document: findings with their code and place."""

from __future__ import annotations

import textwrap

import pytest

from notation import notation
from small_specs import lines, load, schemas
from specloom.diagnostics import SpecloomError
from specloom.parts import asserted
from specloom.schema import Docs


@pytest.mark.parametrize(
    ("keyword", "hint"),
    [
        ("minlength", "did you mean `minLength`?"),
        ("min_length", "did you mean `minLength`?"),
        ("Enum", "did you mean `enum`?"),
        ("colour", "an extension begins with `x-`"),
    ],
)
def test_an_unknown_keyword_is_reported(keyword: str, hint: str) -> None:
    (finding,) = schemas(f"A: {{type: string, {keyword}: 3}}").found
    assert (finding.code, finding.hint) == ("unknown-keyword", hint)


def test_annotations_and_extensions_are_not_reported() -> None:
    given = """
        A:
          $id: https://example.com/a
          $vocabulary: {https://example.com/words: false}
          $comment: to the editors
          title: A
          description: An A.
          deprecated: true
          readOnly: true
          examples: [a]
          externalDocs: {url: https://example.com}
          xml: {name: a}
          contentEncoding: base64
          errorMessage: an editor shows it
          enumDescriptions: [one]
          x-anything: [1, 2]
          type: string
    """
    assert schemas(given).found == ()


@pytest.mark.parametrize(
    ("said", "want"),
    [
        (
            "externalDocs: {url: 'https://a.b/c', description: More of it.}",
            "See [More of it](https://a.b/c).",
        ),
        (
            "externalDocs: {url: 'https://a.b/c', description: '[x](y)'}",
            "See <https://a.b/c>.",
        ),
        (
            "externalDocs: {url: 'http://a.b'}, description: An A.",
            "An A.\n\nSee <http://a.b>.",
        ),
        (
            "description: 'At http://a.b.', externalDocs: {url: 'http://a.b'}",
            "At http://a.b.",
        ),
        ("externalDocs: {url: 'javascript:x()'}", ""),
        ("externalDocs: {url: 'http://a.b) [x'}", ""),
        ("externalDocs: {url: './a'}", ""),
    ],
)
def test_a_link_to_more_stands_behind_the_description(said: str, want: str) -> None:
    made = schemas(f"A: {{type: string, {said}}}")
    (decl,) = made.model.decls.values()
    assert decl.docs.description == want
    assert made.found == ()


@pytest.mark.parametrize("said", ["https://a.b", "{description: More.}", "[]"])
def test_a_link_to_more_has_a_url(said: str) -> None:
    (found,) = schemas(f"A: {{type: string, externalDocs: {said}}}").found
    assert "`externalDocs` must be an object with a `url`" in str(found)


def test_what_editors_show_describes_where_nothing_else_does() -> None:
    given = """
        A: {type: string, markdownDescription: '**Shown.**'}
        B: {type: string, description: Said., markdownDescription: '**Shown.**'}
        C: {type: string, markdownDescription: '**Shown.**', description: Said.}
    """
    decls = schemas(given).model.decls.values()
    assert [d.docs.description for d in decls] == ["**Shown.**", "Said.", "Said."]


@pytest.mark.parametrize(
    "beside",
    [
        "items: [{}], additionalItems: false",
        "contains: {}, minContains: 2",
        "if: {}, then: false",
        "minimum: 1, exclusiveMinimum: true",
        "dependencies: {a: [b]}",
    ],
)
def test_nothing_beside_a_reference_counts_in_old_dialects(beside: str) -> None:
    text = f"""
        $schema: http://json-schema.org/draft-07/schema#
        $defs: {{A: {{$ref: '#/$defs/B', {beside}}}, B: {{}}}}
    """
    schema = next(iter(load({"spec.yaml": text}).source.roots.values())).schema
    assert asserted(schema) == ("ref",)


BESIDE_REF = (
    "A: {$ref: '#/components/schemas/B', minLength: 3, description: mine}\nB: {}"
)


def test_keywords_beside_a_reference_are_ignored_where_the_dialect_says_so() -> None:
    old = schemas(BESIDE_REF, "3.0.3")
    assert old.codes == ["ref-sibling /components/schemas/A/minLength"]
    new = schemas(BESIDE_REF, "3.1.0")
    assert "ref-sibling" not in "".join(new.codes)
    first = new.source.roots[next(iter(new.source.roots))].schema
    assert first.string is not None
    assert first.string.min_length == 3


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_description_beside_a_reference_counts_in_every_dialect(version: str) -> None:
    decl = next(iter(schemas(BESIDE_REF, version).model.decls.values()))
    assert decl.docs.description == "mine"


def test_documentation_is_read() -> None:
    given = """
        A:
          type: string
          title: An A
          description: "Text with *stars*."
          examples: [a, b]
          deprecated: true
          readOnly: true
          writeOnly: true
          x-since: '2025-01-01'
          x-mutability: never
        B: {type: string, example: c}
    """
    a, b = (decl.docs for decl in schemas(given).model.decls.values())
    assert a == Docs(
        title="An A",
        description="Text with *stars*.",
        examples=("a", "b"),
        deprecated=True,
        read_only=True,
        write_only=True,
        since="2025-01-01",
        mutability="never",
    )
    assert b.examples == ("c",)


def test_facts_of_the_document() -> None:
    text = """
        openapi: 3.1.0
        info: {title: My API, version: 2.0.1, description: What it does.}
        components: {schemas: {A: {type: string}}}
    """
    source = load({"spec.yaml": text}).source
    assert (source.title, source.version) == ("My API", "2.0.1")
    assert (source.description, source.file) == ("What it does.", "spec.yaml")


def test_all_errors_are_found_in_one_run() -> None:
    given = """
        A: {type: strnig}
        B: {minLength: -1}
        C: {$ref: '#/components/schemas/Nobody'}
    """
    with pytest.raises(SpecloomError) as caught:
        schemas(given)
    codes = [finding.code for finding in caught.value.diagnostics]
    assert sorted(codes) == ["keyword-value", "keyword-value", "ref-not-found"]


def test_a_name_that_only_points_into_another_file_is_that_schema() -> None:
    files = {
        "spec.yaml": "$defs: {A: {$ref: 'b.yaml#/A'}, B: {$ref: '#/$defs/A'}}",
        "b.yaml": "A: {type: object, properties: {a: {$ref: '#/A'}}}",
    }
    roots = load(files).source.roots
    assert [root.name for root in roots.values()] == ["A", "B"]


def test_lenient_reading() -> None:
    given = """
        A:
          type: object
          required: [must]
          properties:
            must: {type: string}
            may: {type: string}
            open: {enum: [a, b]}
            one: {const: a}
            n: {enum: [1, 2]}
        Pet: {oneOf: [{$ref: '#/$defs/Cat'}, {$ref: '#/$defs/Dog'}]}
        Cat: {type: object, required: [t], properties: {t: {enum: [cat, kitten]}}}
        Dog: {type: object, required: [t], properties: {t: {const: dog}}}
    """
    text = "$defs:\n" + textwrap.indent(lines(given), "  ")
    assert notation(load({"spec.yaml": text}, lenient=True).model) == lines(
        """
        A: {must: string, may?: string?, open?: AOpen?, one?: "a"?, n?: AN?}
          AOpen: "a" | "b" | ...
          AN: 1 | 2
        Pet: Cat / Dog / Unknown = PetUnknown [object by t: "cat" Cat, "kitten" Cat, \
"dog" Dog, other: Unknown]
          PetUnknown: {t: string}
        Cat: {t: CatT}
          CatT: "cat" | "kitten"
        Dog: {t: "dog"}
        """
    )


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("true", "Thing (thing): any"),
        ("false", "Thing (thing): never"),
        ('{"$id": "https://example.com/a", "title": "All"}', "All: any"),
        (
            '{"$schema": "http://json-schema.org/draft-07/schema#"}',
            "Thing (thing): any",
        ),
    ],
)
def test_a_document_may_be_a_schema_that_lists_nothing(text: str, want: str) -> None:
    built = load({"thing.json": text})
    assert (notation(built.model), built.codes) == (want, [])


@pytest.mark.parametrize(
    "text", ["format: esm", "$schema: https://example.com/settings.json\nindent: 4"]
)
def test_a_file_of_settings_is_no_schema(text: str) -> None:
    with pytest.raises(SpecloomError) as caught:
        load({"spec.yaml": text})
    assert [item.code for item in caught.value.diagnostics] == ["not-a-spec"]


@pytest.mark.parametrize(
    ("dialect", "codes"),
    [
        ("https://json-schema.org/draft/2019-09/schema", []),
        ("http://json-schema.org/schema#", []),
        ("https://example.com/lax-draft-07.json", []),
        ("https://example.com/dialect", ["dialect-unknown /$schema"]),
    ],
)
def test_a_dialect_that_nobody_knows_is_reported(
    dialect: str, codes: list[str]
) -> None:
    text = f"$schema: {dialect}\ntype: object\nproperties: {{a: {{type: string}}}}"
    assert load({"spec.yaml": text}).codes == codes


def test_the_dialect_of_an_openapi_document_is_not_the_schema_that_describes_it() -> (
    None
):
    text = """
        openapi: 3.1.0
        $schema: https://example.com/openapi.json
        jsonSchemaDialect: https://example.com/dialect
        components: {schemas: {A: {type: string}}}
    """
    assert load({"spec.yaml": text}).codes == ["dialect-unknown /jsonSchemaDialect"]
