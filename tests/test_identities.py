"""Identities: schemas that are found by the URI or the name they give themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading import Files, refused, write
from specloom.diagnostics import Location
from specloom.load.document import Document


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in these tests are as a user types them, from the current folder."""
    monkeypatch.chdir(tmp_path)


BUNDLE: Files = {
    "s/order.json": """\
{"$id": "https://example.com/a/order.json",
 "$defs": {
   "Party": {"$id": "party", "$defs": {"Name": {"$anchor": "name"}}},
   "Old": {"id": "old", "default": {"$id": "data"}},
   "Money": {"$id": "https://other.example/money"}},
 "top": {}}
""",
    "s/near.json": '{"x": {}}',
    "near.json": "{}",
}

IDENTIFIED = [
    # $ref, where it is written, the file and the pointer it names
    ("https://example.com/a/order.json", "/top", "s/order.json", ""),
    ("https://example.com/a/order.json#/top", "/$defs", "s/order.json", "/top"),
    ("https://example.com/a/party", "/top", "s/order.json", "/$defs/Party"),
    ("party#/$defs/Name", "/top", "s/order.json", "/$defs/Party/$defs/Name"),
    ("party#name", "/top", "s/order.json", "/$defs/Party/$defs/Name"),
    ("#/$defs/Name", "/$defs/Party/x", "s/order.json", "/$defs/Party/$defs/Name"),
    ("#", "/$defs/Party/x", "s/order.json", "/$defs/Party"),
    ("#/top", "/$defs/Party/x", "s/order.json", "/top"),
    ("//other.example/money", "/top", "s/order.json", "/$defs/Money"),
    ("https://example.com/a/near.json#/x", "/top", "s/near.json", "/x"),
    ("near.json#/x", "/top", "s/near.json", "/x"),
]


@pytest.mark.parametrize(("ref", "where", "file", "pointer"), IDENTIFIED)
def test_a_schema_is_found_by_its_uri(
    ref: str, where: str, file: str, pointer: str
) -> None:
    write(BUNDLE)
    document = Document.load("s/order.json")
    target = document.resolve(ref, Location("s/order.json", where))
    assert target == Location(file, pointer)
    document.get(target)


NOT_IDENTIFIED = [
    # $ref, code, part of the message, part of the hint
    ("https://example.com/a/data", "ref-remote", "URL", "as `data`"),
    ("https://example.com/a/old", "ref-remote", "URL", "as `old`"),
    ("https://example.com/near.json", "ref-outside", "../near.json", "--allow-ref"),
    ("https://other.example/x.json", "ref-remote", "URL", "relative path"),
    ("https://other.example/money#/x", "ref-not-found", "`x`", "only `$id`"),
    ("https://[", "ref-remote", "URL", "relative path"),
    ("party#/$defs/None", "ref-not-found", "`None`", "only `Name`"),
]


@pytest.mark.parametrize(("ref", "code", "part", "advice"), NOT_IDENTIFIED)
def test_a_uri_leads_to_nothing_else(
    ref: str, code: str, part: str, advice: str
) -> None:
    write(BUNDLE)
    document = Document.load("s/order.json")
    finding = refused(document.resolve, ref, Location("s/order.json", "/top"))
    assert finding.code == code
    assert part in finding.message
    assert advice in finding.hint


MOVED: Files = {
    "s/list.json": """\
{"$defs": {
   "Inner": {"$id": "parts/", "x": {}},
   "Deeper": {"$id": "parts/more/list.json", "x": {}},
   "Away": {"$id": "https://example.com/parts/", "x": {}}}}
""",
    "s/near.json": "{}",
    "s/parts/part.json": "{}",
    "s/parts/more/part.json": "{}",
    "s/part.json": "{}",
}


@pytest.mark.parametrize(
    ("ref", "where", "file"),
    [
        ("part.json", "/$defs/Inner/x", "s/parts/part.json"),
        ("part.json", "/$defs/Deeper/x", "s/parts/more/part.json"),
        ("../part.json", "/$defs/Deeper/x", "s/parts/part.json"),
        ("part.json", "/$defs/Away/x", "s/part.json"),  # which has no neighbours here
        ("near.json", "/$defs/Inner/x", "s/near.json"),  # as many write it
        ("part.json", "/$defs", "s/part.json"),
    ],
)
def test_an_identity_moves_what_references_are_relative_to(
    ref: str, where: str, file: str
) -> None:
    write(MOVED)
    document = Document.load("s/list.json")
    assert document.resolve(ref, Location("s/list.json", where)) == Location(file)


SAME_URI = """\
$schema: DIALECT
$id: https://example.com/a/
$defs:
  Odd: {remarks: [{$id: thing}], default: {$id: data}}
  Thing: {$id: thing}
  Sibling: {$id: other/, $ref: file.json}
  Default: {properties: {default: {$id: data}}}
  Named: {id: '#named'}
  Also: {$id: '#also'}
  Hidden: {$id: '#hidden', $ref: file.json}
"""
NEW, OLD, OLDEST = (
    "https://json-schema.org/draft/2020-12/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-04/schema#",
)


@pytest.mark.parametrize(
    ("ref", "where", "dialect", "target"),
    [
        ("thing", "", NEW, "s.yaml#/$defs/Thing"),  # not what the remarks say
        ("data", "", NEW, "s.yaml#/$defs/Default/properties/default"),
        ("file.json", "/$defs/Sibling/$ref", NEW, "other/file.json#"),
        ("file.json", "/$defs/Sibling/$ref", OLD, "file.json#"),
        ("#named", "", OLDEST, "s.yaml#/$defs/Named"),
        ("#also", "", OLD, "s.yaml#/$defs/Also"),
    ],
)
def test_only_schemas_have_an_identity(
    ref: str, where: str, dialect: str, target: str
) -> None:
    write({"s.yaml": SAME_URI.replace("DIALECT", dialect)})
    write({"file.json": "{}", "other/file.json": "{}"})
    found = Document.load("s.yaml").resolve(ref, Location("s.yaml", where))
    assert f"{found.file}#{found.pointer}" == target


@pytest.mark.parametrize(("ref", "dialect"), [("#hidden", OLD), ("#also", OLDEST)])
def test_what_a_dialect_does_not_read_is_no_anchor(ref: str, dialect: str) -> None:
    write({"s.yaml": SAME_URI.replace("DIALECT", dialect)})
    document = Document.load("s.yaml")
    assert refused(document.resolve, ref, document.start).code == "ref-not-found"


def test_a_file_without_a_dialect_has_that_of_the_entry() -> None:
    write({"s.yaml": f"$schema: {OLDEST}"})
    write({"b.yaml": "definitions: {A: {id: '#a'}, B: {id: 'https://example.com/b'}}"})
    document = Document.load("s.yaml")
    assert document.resolve("b.yaml#a", document.start).pointer == "/definitions/A"
    found = document.resolve("https://example.com/b", document.start)
    assert (found.file, found.pointer) == ("b.yaml", "/definitions/B")
