"""URLs of references that the user has copies of: where they lead, and where not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reading import Files, refused, write
from specloom.diagnostics import Location
from specloom.load.document import Document
from specloom.load.mapping import UrlMap, mappable
from specloom.options import Options


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in these tests are as a user types them, from the current folder."""
    monkeypatch.chdir(tmp_path)


COPIES = {
    "https://example.com/schemas/": "vendor",
    "https://example.com/schemas/v2": "newer",
    "https://example.com/schemas/pet.json": "own/animal.json",
    "https://example.com/plain/": "plain",
    "urn:example:thing": "own/thing.json",
    "https://example.com/get?id=7": "own/seven.json",
    "http://json-schema.org/draft-07/schema#": "own/draft-07.json",
}
FILES: Files = {
    "spec/s.json": '{"x": {}}',
    "spec/beside.json": "{}",
    "vendor/a.json": '{"x": {"$anchor": "here"}, "$defs": {"I": {"$id": "in/i"}}}',
    "vendor/b.json": "{}",
    "vendor/deep/c.json": "{}",
    "vendor/in/d.json": "{}",
    "vendor/two words.yaml": "x: 1",
    "vendor/bare": "{}",
    "vendor/pets/cat.json": "{}",
    "vendor/pets.yaml": "x: 1",
    "vendor/named.json": '{"$id": "https://other.example/away/named.json", "x": {}}',
    "newer/a.json": "{}",
    "own/animal.json": "{}",
    "own/thing.json": "{}",
    "own/seven.json": "{}",
    "own/draft-07.json": "{}",
    "plain/e.json": "{}",
    "outside.json": "{}",
}


def document(entry: str = "spec/s.json", **more: str) -> Document:
    """The files, and the document of one, with copies and `more` of them."""
    write(FILES)
    copies = {url: Path(place) for url, place in {**COPIES, **more}.items()}
    return Document.load(entry, map_ref=copies)


MAPPED = [
    # $ref, the file and the pointer it names
    ("https://example.com/schemas/a.json", "vendor/a.json", ""),
    ("https://example.com/schemas/a.json#/x", "vendor/a.json", "/x"),
    ("https://example.com/schemas/a.json#here", "vendor/a.json", "/x"),
    ("HTTPS://Example.COM/schemas/./deep/../a.json", "vendor/a.json", ""),
    ("https://example.com/schemas/deep/c.json", "vendor/deep/c.json", ""),
    ("https://example.com/schemas/two%20words", "vendor/two words.yaml", ""),
    ("https://example.com/schemas/b", "vendor/b.json", ""),
    ("https://example.com/schemas/bare", "vendor/bare", ""),
    ("https://example.com/schemas/pets", "vendor/pets.yaml", ""),
    ("https://example.com/schemas/pets/cat", "vendor/pets/cat.json", ""),
    ("https://example.com/schemas//a.json", "vendor/a.json", ""),
    ("https://example.com/schemas/v2/a.json", "newer/a.json", ""),
    ("https://example.com/schemas/pet.json", "own/animal.json", ""),
    ("urn:example:thing", "own/thing.json", ""),
    ("https://example.com/get?id=7", "own/seven.json", ""),
    ("http://json-schema.org/draft-07/schema", "own/draft-07.json", ""),
    ("http://json-schema.org/draft-07/schema#", "own/draft-07.json", ""),
    ("../vendor/a.json", "vendor/a.json", ""),  # to name a folder is to allow it
    ("../own/animal.json", "own/animal.json", ""),
    ("beside.json", "spec/beside.json", ""),
]


@pytest.mark.parametrize(("ref", "file", "pointer"), MAPPED)
def test_a_url_leads_to_its_copy(ref: str, file: str, pointer: str) -> None:
    found = document()
    target = found.resolve(ref, found.start)
    assert target == Location(file, pointer)
    assert found.resolve(ref, Location("spec/s.json", "/x")) == target
    found.get(target)


INSIDE = [
    # $ref, the file and the pointer where it is written, the file that it names
    ("b.json", "vendor/a.json", "", "vendor/b.json"),
    ("/schemas/deep/c.json", "vendor/a.json", "", "vendor/deep/c.json"),
    ("pet.json", "vendor/a.json", "", "own/animal.json"),
    ("v2/a.json", "vendor/a.json", "", "newer/a.json"),
    ("../plain/e.json", "vendor/a.json", "", "plain/e.json"),
    ("../b.json", "vendor/deep/c.json", "", "vendor/b.json"),
    ("#/x", "vendor/a.json", "", "vendor/a.json"),
    ("a.json", "vendor/a.json", "", "vendor/a.json"),
    ("a.json", "own/animal.json", "", "vendor/a.json"),
    ("thing.json", "own/seven.json", "", "own/thing.json"),  # a URL without a copy
    ("in/i", "vendor/a.json", "", "vendor/a.json"),  # a part of it, by its own $id
    ("d.json", "vendor/a.json", "/$defs/I", "vendor/in/d.json"),
    ("b.json", "vendor/named.json", "/x", "vendor/b.json"),
]


@pytest.mark.parametrize(("ref", "file", "pointer", "want"), INSIDE)
def test_references_in_a_copy_are_relative_to_its_url(
    ref: str, file: str, pointer: str, want: str
) -> None:
    """However the copy was reached: by its URL, by its path, or as the entry."""
    by_url = document()
    urls = UrlMap({url: Path(place) for url, place in COPIES.items()})
    by_url.resolve(urls.url_of(Path(file)), by_url.start)
    by_path = document()
    by_path.resolve(f"../{file}", by_path.start)
    for found in (by_url, by_path, document(file)):
        assert found.resolve(ref, Location(file, pointer)).file == want


def test_an_id_comes_before_the_url_of_the_copy() -> None:
    found = document()
    first = found.resolve("https://example.com/schemas/named.json#/x", found.start)
    own = "https://other.example/away/named.json"
    assert found.resolve(own + "#/x", found.start) == first
    assert found.resolve("named.json#/x", first) == first
    finding = refused(found.resolve, "https://other.example/away/x.json", first)
    assert finding.code == "ref-remote"


def test_the_longest_match_counts_and_other_files_stay_what_they_are() -> None:
    found = document()
    both = "https://example.com/schemas/v2/a.json", "https://example.com/schemas/a.json"
    files = [found.resolve(ref, found.start).file for ref in both]
    assert files == ["newer/a.json", "vendor/a.json"]
    assert list(found.files) == ["spec/s.json", *files]
    assert {path.name for path in found.digests} == {"s.json", "a.json"}


REFUSED = [
    # $ref, code, part of the message, part of the hint
    (
        "https://example.com/schemas/none.json",
        "ref-not-found",
        "`https://example.com/schemas/none.json` is mapped to `vendor/none.json`",
        "put a copy there",
    ),
    ("https://example.com/schemas/deep", "ref-not-found", "`vendor/deep`", "copy"),
    ("https://example.com/schemas/", "ref-not-found", "`vendor`", "copy"),
    ("https://example.com/schemas/a.json#/y", "ref-not-found", "`y`", "`x`"),
    ("https://example.com/schemas/a.json#yy", "ref-not-found", "anchor", "`here`"),
    ("https://example.com/schemas/%ff", "ref-syntax", "UTF-8", "%"),
    ("https://example.com/schemas/%00", "ref-syntax", "NUL", "%00"),
    (f"https://example.com/schemas/{'x' * 999}", "ref-not-found", "no such", "copy"),
    (
        "https://example.com/schemas/a.json?v=1",
        "ref-remote",
        "nothing is fetched",
        "--map-ref https://example.com/schemas/a.json?v=1=FILE",
    ),
    (
        "https://example.com/schemasx/a.json",
        "ref-remote",
        "nothing is fetched",
        "--map-ref https://example.com/schemasx/=DIR",
    ),
    ("https://example.com/schemas/../a.json", "ref-remote", "URL", ".com/=DIR"),
    ("https://example.com/schemas", "ref-remote", "URL", "https://example.com/=DIR"),
    ("https://example.com", "ref-remote", "URL", "https://example.com/=DIR"),
    (
        "http://example.com/schemas/a.json",
        "ref-remote",
        "URL",
        "http://example.com/sch",
    ),
    ("urn:example:other", "ref-remote", "URL", "--map-ref urn:example:other=FILE"),
    (
        "https://example.com/schemas/%2e%2e/outside.json",
        "ref-outside",
        "outside",
        "--a",
    ),
    ("https://example.com/schemas/..%2foutside.json", "ref-outside", "outside", "--a"),
    ("https://example.com/schemas/..%2fown%2fx.json", "ref-outside", "own/x", "--a"),
    ("https://example.com/schemas/%2f..%2foutside", "ref-outside", "outside", "--a"),
    ("https://example.com/schemas/link.json", "ref-outside", "link", "--allow-ref"),
    ("https://example.com/schemas/dangling", "ref-outside", "dangling", "--allow-ref"),
    ("https://example.com/schemas/folder/hosts", "ref-outside", "hosts", "--allow-ref"),
    ("../own/other.json", "ref-outside", "other", "--allow-ref"),
]


@pytest.mark.parametrize(
    ("ref", "code", "part", "advice"), REFUSED, ids=[x[0][:60] for x in REFUSED]
)
def test_a_url_leads_to_nothing_else(
    ref: str, code: str, part: str, advice: str
) -> None:
    found = document()
    Path("vendor/link.json").symlink_to("../outside.json")
    Path("vendor/dangling.json").symlink_to("../nowhere.json")
    Path("vendor/folder").symlink_to("/etc")
    finding = refused(found.resolve, ref, found.start)
    assert (finding.code, finding.location) == (code, found.start)
    assert part in finding.message
    assert advice in finding.hint


def test_a_link_leads_out_of_a_copy_where_that_is_allowed() -> None:
    write({"spec/s.json": "{}", "far/a.json": "{}", "vendor/b.json": "{}"})
    Path("vendor/a.json").symlink_to("../far/a.json")
    copies = {"https://example.com/": Path("vendor")}
    found = Document.load("spec/s.json", map_ref=copies, allow_ref=("far",))
    target = found.resolve("https://example.com/a.json", found.start)
    assert target == Location("vendor/a.json")
    assert found.resolve("b.json", target).file == "vendor/b.json"


def test_what_was_looked_for_in_vain_is_known(tmp_path: Path) -> None:
    found = document()
    assert set(found.missed) == set()
    found.resolve("https://example.com/schemas/pets", found.start)
    assert set(found.missed) == {
        tmp_path / "vendor/pets",
        tmp_path / "vendor/pets.json",
    }


def test_a_copy_of_two_urls_is_read_once() -> None:
    found = document(**{"http://example.com/schemas/": "vendor"})
    for scheme in ("https", "http"):
        target = found.resolve(f"{scheme}://example.com/schemas/a.json", found.start)
        assert target == Location("vendor/a.json")
    assert list(found.files) == ["spec/s.json", "vendor/a.json"]


def test_paths_may_be_absolute(tmp_path: Path) -> None:
    write(FILES)
    copies = {"https://example.com/": tmp_path / "vendor"}
    found = Document.load("spec/s.json", map_ref=copies)
    target = found.resolve("https://example.com/a.json", found.start)
    assert target.file == (tmp_path / "vendor/a.json").as_posix()
    assert found.resolve("b.json", target).file.endswith("/vendor/b.json")


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("https://example.com/a/b.json", "https://example.com/a/=DIR"),
        ("https://example.com/a/", "https://example.com/a/=DIR"),
        ("https://example.com", "https://example.com/=DIR"),
        ("https://example.com/a?b=/c", "https://example.com/a?b=/c=FILE"),
        ("file:///etc/x", "file:///etc/=DIR"),
        ("tag:example.com:x#y", "tag:example.com:x=FILE"),
        ("//example.com/a", ""),
        ("a/b.json", ""),
        ("https://[", ""),
    ],
)
def test_what_a_user_can_map_is_told(url: str, want: str) -> None:
    assert mappable(url) == want


@pytest.mark.parametrize(
    "url", ["", "schemas/", "//example.com/", "https://a b/", "https://a/#x", "C:\\x"]
)
def test_only_urls_are_mapped(url: str) -> None:
    copies: Mapping[str, Path] = {"https://example.com/": Path("x"), url: Path("x")}
    with pytest.raises(ValueError, match="`map_ref` must name URLs"):
        Options(map_ref=copies)
