"""Positions: where a pointer's key or item is written, in lines and columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from specloom.diagnostics import (
    Location,
    escape_token,
)
from specloom.json_value import Json
from specloom.load.document import Document
from specloom.load.positions import locate_all
from specloom.values import replace

YAML = """\
# a comment
openapi: 3.1.0
components:
  schemas:
    "a/b ~": {type: string, 'é😀': {200: x}}
    List:
      - one
      -   - two
          - k: v
      # between
      - last
    Base: &base
      props: {x: 1}
    Uses: *base
    Extends:
      <<: *base
      own: 1
    Both:
      <<: [*base, {y: 2}]
    ? explicit
    : - *base
"""

YAML_PLACES = [
    ("", (2, 1)),
    ("/openapi", (2, 1)),
    ("/components", (3, 1)),
    ("/components/schemas/a~1b ~0", (5, 5)),
    ("/components/schemas/a~1b ~0/type", (5, 15)),
    ("/components/schemas/a~1b ~0/é😀", (5, 29)),
    ("/components/schemas/a~1b ~0/é😀/200", (5, 36)),
    ("/components/schemas/List/0", (7, 9)),
    ("/components/schemas/List/1", (8, 11)),
    ("/components/schemas/List/1/0", (8, 13)),
    ("/components/schemas/List/1/1", (9, 13)),
    ("/components/schemas/List/1/1/k", (9, 13)),
    ("/components/schemas/List/2", (11, 9)),
    ("/components/schemas/Uses", (14, 5)),
    ("/components/schemas/Uses/props", (13, 7)),
    ("/components/schemas/Uses/props/x", (13, 15)),
    ("/components/schemas/Extends/own", (17, 7)),
    ("/components/schemas/Extends/props/x", (13, 15)),
    ("/components/schemas/Both/props", (13, 7)),
    ("/components/schemas/Both/y", (19, 20)),
    ("/components/schemas/explicit", (20, 7)),
    ("/components/schemas/explicit/0", (21, 9)),
    ("/components/schemas/explicit/0/props/x", (13, 15)),
    # what is not there: the nearest ancestor
    ("/components/schemas/List/9", (6, 5)),
    ("/components/schemas/List/-", (6, 5)),
    ("/components/schemas/None/deep/er", (4, 3)),
    ("/openapi/x", (2, 1)),
    ("/nothing", (2, 1)),
    ("no pointer", (2, 1)),
]

JSON = r"""
{
  "openapi": "3.1.0", "a\u002fb ~": {"x": [1,
    {"k": "\"},{\\", "é😀": null}]},
	"\ud83d\ude00": [[], {},
[true]]}
"""

JSON_PLACES = [
    ("", (2, 1)),
    ("/openapi", (3, 3)),
    ("/a~1b ~0", (3, 23)),
    ("/a~1b ~0/x", (3, 38)),
    ("/a~1b ~0/x/0", (3, 44)),
    ("/a~1b ~0/x/1", (4, 5)),
    ("/a~1b ~0/x/1/k", (4, 6)),
    ("/a~1b ~0/x/1/é😀", (4, 22)),
    ("/😀", (5, 2)),
    ("/😀/0", (5, 19)),
    ("/😀/1", (5, 23)),
    ("/😀/2", (6, 1)),
    ("/😀/2/0", (6, 2)),
    ("/😀/3", (5, 2)),
    ("/a~1b ~0/x/1/none", (4, 5)),
]


def locate(source: str | Path, pointer: str) -> tuple[int, int] | None:
    return locate_all(source, [pointer])[pointer]


@pytest.mark.parametrize(("pointer", "want"), YAML_PLACES)
def test_yaml(pointer: str, want: tuple[int, int]) -> None:
    assert locate(YAML, pointer) == want


@pytest.mark.parametrize(("pointer", "want"), JSON_PLACES)
def test_json(pointer: str, want: tuple[int, int]) -> None:
    assert locate(JSON, pointer) == want


@pytest.mark.parametrize("suffix", [".json", ".yaml"])
def test_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(b"\xef\xbb\xbf" + JSON.replace("\n", "\r\n").encode())
    assert locate_all(path, dict(JSON_PLACES)) == dict(JSON_PLACES)


def _parts(value: Json, at: str = "") -> Iterator[tuple[str, Json]]:
    """Each pointer, and what is written there: the key, or the item."""
    pairs: list[tuple[str, Json, Json]] = []
    if isinstance(value, dict):
        pairs = [(key, key, x) for key, x in value.items()]
    elif isinstance(value, list):
        pairs = [(str(index), x, x) for index, x in enumerate(value)]
    for token, written, part in pairs:
        pointer = f"{at}/{escape_token(token)}"
        yield pointer, written
        yield from _parts(part, pointer)


def _checked(text: str, value: Json) -> dict[str, tuple[int, int] | None]:
    """Where a text of JSON has all its parts: at each place, its key or item."""
    starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
    parts = dict(_parts(value))
    places = locate_all(text, parts)
    offsets: list[int] = []
    for pointer, place in places.items():
        assert place is not None
        offsets.append(starts[place[0] - 1] + place[1] - 1)
        assert json.JSONDecoder().raw_decode(text, offsets[-1])[0] == parts[pointer]
    assert offsets == sorted(set(offsets))
    return places


@pytest.mark.parametrize("indent", [None, 0, 3])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_every_place_holds_its_key_or_item(
    indent: int | None, ascii_only: bool
) -> None:
    value = json.loads(JSON)
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    places = _checked(text, value)
    assert len(places) == 12
    if not ascii_only:  # as YAML it says the same, one line below a comment
        below = {x: (place[0] + 1, place[1]) for x, place in places.items() if place}
        assert locate_all("#\n" + text, places) == below


HOSTILE = [
    r'{"a\"b": {"\\": 1, "\\\"": [2, "]}"]}, "{": {"}": "\"}{[,:"}, ",": ":", "b": 0}',
    r'{"a": "\"b\": 1, ", "b": {"a": "\u0022b\u0022:", "\u0062": []}, "c": {"b": []}}',
    r'{"": {"": [[], [""], {"": ""}]}, "/": {"~": 0, "~1": 1, "~01": [2]}, "~1": {}}',
    r'{"0": [{"0": 1}, [2, [3]], "0"], "00": [4], "-": [5], "1e0": {"-0": [6]}}',
    r'{"a\u002fb": {"\ud83d\ude00": {"é": ["😀",{"x": 1}]}}, "\/": 1, "\t": {"\n": 2}}',
    '{"a":[\t1 ,\r\n-2.5e+3,\r\n\r\n{"b" :\n\nnull , "c":0}],\n "d":\r\n[ [] , { } ]}',
    "[[[[[[]]]]],[[[[1]]]],0]",
]


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_place_does_not_depend_on_what_else_is_asked(
    text: str, bom: str, tmp_path: Path
) -> None:
    value = json.loads(text)
    path = tmp_path / "x.json"
    for written in (text, json.dumps(value, separators=(",", ":"))):
        places = _checked(written, value)
        path.write_bytes((bom + written).encode())
        for pointer, place in places.items():
            assert locate(path, pointer) == place
            if f"{pointer}/none" not in places:
                assert locate(path, f"{pointer}/none/0") == place
            assert locate_all(path, ["/none", pointer, pointer])[pointer] == place


@pytest.mark.parametrize("pair", [("[", "]"), ('{"0":', "}"), ('[{"0":', "}]")])
def test_deep_values_are_passed_over(pair: tuple[str, str], tmp_path: Path) -> None:
    deep = pair[0] * 5_000 + "0" + pair[1] * 5_000
    text = f'{{"a": {deep},\n "b": [{deep}, 1], "c": 2}}'
    path = tmp_path / "x.json"
    path.write_text(text)
    assert locate(path, "/c") == (2, text.index('"c"') - text.index("\n"))
    places = locate_all(path, ["/b", "/b/1", "/a" + "/0" * 5_000])
    assert [place[0] for place in places.values() if place] == [2, 2, 1]
    path.write_text(text[:-1])
    assert locate(path, "/c") is None


NOWHERE = ["", "# nothing\n", "a: [", "a: b: c", '{"a": ', "? [a]\n: b", "{a: 1}: b"]


@pytest.mark.parametrize("text", NOWHERE)
def test_no_document_no_place(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    for source in (text, path, tmp_path, tmp_path / "none.yaml"):
        assert locate(source, "/a") is None


REFUSED = ["a: &a\n  b: *a\n", "a: *none\n", "a: 1\na: 2\n", "#\na: {<<: 1}"]


@pytest.mark.parametrize("text", REFUSED)
def test_what_loading_refuses_has_no_places(text: str) -> None:
    assert locate(text, "/a") is None


def test_places_know_no_budget() -> None:
    assert locate("[" * 3000 + "]" * 3000, "/0" * 2999) == (1, 3000)


LOOKALIKES = {
    "literal": "a:\n  b: |\n    a:\n      b: 1\n  c: 2\nd: {b: 1}\n",
    "folded": "a:\n  b: >-\n    a:\n      b: 1\n\n  c: 2\nd: 3\n",
    "literal at the margin": "a: |\n b: 1\n\n c: 2\nb: 3\nc: 4\n",
    "quoted over lines": "a: 'x\n  b: 1\n  c: 2'\nb:\n  - \"c:\n\n    d\"\n  - c: d\n",
    "plain over lines": "a: x\n  y\n  # no\nb:\n  c\n  d\n",
    "tabs": "a:\t1\nb: [\t1,\t{c:\t2}]\n",
    "explicit keys": "? a\n: b\n? 'c d'\n:\n  ? e\n  : - 1\n    - 2\n",
    "compact": "- - a: 1\n    b: 2\n  - c\n- d:\n  - 3\n",
    "comments": "# a: 1\na: # b: 1\n  # b: 2\n  b: 3 # b: 4\n",
    "breaks": "a: 1\r\nb:\r\n  c: |\r\n    a: 2\r\n  d: [\r\n1, 2]\r\n",
    "document marks": "%YAML 1.2\n---\na:\n  b: 1\n...\n",
    "wide": "😀: é\n'é: 😀': {😀: é, b: 😀}\n",
    "odd keys": "'': 1\n~: 2\n\"a/b~\": {1: 2}\n? |\n  a\n: 3\n",
    "empty": "a:\nb: []\nc: {}\nd: ''\ne:\n-\n-\n",
}
FOLDER = Path(__file__).parent
SPECS = [*sorted(FOLDER.glob("cases/*/*.yaml")), *sorted(FOLDER.glob("../spec/*.yaml"))]


def _compared(path: Path) -> int:
    """How many places were compared with those that PyYAML gives its own nodes."""
    want: dict[str, tuple[int, int]] = {}

    def note(node: yaml.Node, pointer: str, mark: yaml.Mark) -> None:
        want[pointer] = (mark.line + 1, mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                note(value, f"{pointer}/{escape_token(key.value)}", key.start_mark)
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                note(item, f"{pointer}/{index}", item.start_mark)

    text = path.read_bytes().decode("utf-8-sig")
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    assert root is not None
    note(root, "", root.start_mark)
    document = Document.load(path)
    for pointer, (line, column) in want.items():
        at = Location(document.start.file, pointer)
        assert document.place(at) == replace(at, line=line, column=column)
    assert locate_all(path, want) == want
    return len(want)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
@pytest.mark.parametrize("text", LOOKALIKES.values(), ids=LOOKALIKES)
def test_what_looks_like_a_key_is_none(text: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes((mark + text).encode())
    assert _compared(path) >= 3


@pytest.mark.parametrize("path", SPECS, ids=lambda x: f"{x.parent.name}-{x.stem}")
def test_every_place_of_a_spec(path: Path) -> None:
    if "<<:" in path.read_text(encoding="utf-8"):
        pytest.skip("merge keys, which PyYAML's nodes do not show as values")
    assert _compared(path) > 3


def test_a_document_places_what_it_has_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / "a.json").write_text(JSON, encoding="utf-8")
    found = Document.load(tmp_path / "a.yaml")
    for pointer, place in YAML_PLACES:
        at = Location(found.start.file, pointer)
        placed = found.place(at)
        assert (placed.line, placed.column) == place
        known = replace(at, line=7, column=7)
        assert found.place(known) == known
    elsewhere = Location((tmp_path / "a.json").as_posix(), "/openapi")
    assert Document.load(tmp_path / "a.json").place(elsewhere) == elsewhere
