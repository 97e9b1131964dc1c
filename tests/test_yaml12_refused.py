"""YAML that is refused: where, why, and what to do; and what reading may cost."""

from __future__ import annotations

import pytest

import reading
from reading import LIMITS, parser, read_yaml as read
from specloom.diagnostics import Diagnostic
from specloom.json_value import Json
from specloom.load.yaml12 import load

__all__ = ["parser"]  # a fixture, which pytest finds here
pytestmark = pytest.mark.usefixtures("parser")


def refused(text: str, **limits: int) -> Diagnostic:
    return reading.refused(read, text, **limits)


REFUSED = [
    # text, code, line, column, pointer, a part of the message
    ("a: .inf", "number-not-finite", 1, 4, "/a", ".inf"),
    ("a:\n- -.INF", "number-not-finite", 2, 3, "/a/0", "-.INF"),
    ("a: [1, .NaN]", "number-not-finite", 1, 8, "/a/1", ".NaN"),
    ("a: 1e400", "number-range", 1, 4, "/a", "1e400"),
    ("a: -1e400", "number-range", 1, 4, "/a", "64-bit"),
    ("a: " + "9" * 4301, "number-range", 1, 4, "/a", "4300 digits"),
    ("a: 0x" + "f" * 4000, "number-range", 1, 4, "/a", "digits"),
    ("a: !!timestamp 2024-01-01", "yaml-tag", 1, 4, "/a", "!!timestamp"),
    ("a: !Ref x", "yaml-tag", 1, 4, "/a", "!Ref"),
    ("a: !<tag:x.org,1:y> x", "yaml-tag", 1, 4, "/a", "tag:x.org,1:y"),
    ("a: !!int x", "yaml-tag", 1, 4, "/a", "`x` is tagged `!!int`"),
    ("a: !!float 0x1", "yaml-tag", 1, 4, "/a", "`!!float`"),
    ("a: !!bool 1", "yaml-tag", 1, 4, "/a", "`!!bool`"),
    ("a: !!set {x}", "yaml-tag", 1, 4, "/a", "!!set"),
    ("a: !!seq {x: 1}", "yaml-tag", 1, 4, "/a", "!!seq"),
    ("a: !!str [x]", "yaml-tag", 1, 4, "/a", "!!str"),
    ("!x a: 1", "yaml-tag", 1, 1, "/a", "!x"),
    ("? [a]\n: 1", "yaml-key", 1, 3, "", "cannot be a key"),
    ("{a: 1}: 1", "yaml-key", 1, 1, "", "cannot be a key"),
    ("a: &a [1]\n*a : 1", "yaml-key", 2, 1, "", "cannot be a key"),
    ("x:\n  a: 1\n  b: 2\n  a: 3", "duplicate-key", 4, 3, "/x/a", "line 2"),
    ("- 200: 1\n  '200': 2", "duplicate-key", 2, 3, "/0/200", "line 1"),
    ("x: &k a\na: 1\n*k : 2", "duplicate-key", 3, 1, "", "line 2"),
    ("b: &b {x: 1}\n<<: *b\n<<: *b", "duplicate-key", 3, 1, "/<<", "line 2"),
    ("a:\n  b: 1\n  <<: text", "yaml-merge", 3, 3, "/a/<<", "merges mappings"),
    ("<<: [{x: 1}, 2]", "yaml-merge", 1, 1, "/<<", "merges mappings"),
    ("a: &a [*a]", "alias-cycle", 1, 8, "/a/0", "inside the value"),
    ("a: &a {b: {c: *a}}", "alias-cycle", 1, 15, "/a/b/c", "*a"),
    ("&a {<<: *a}", "alias-cycle", 1, 9, "/<<", "*a"),
    ("a: *b", "alias-undefined", 1, 4, "/a", "*b"),
    ("a: 1\n---\nb: 2", "yaml-documents", 2, 1, "", "second document"),
    ("a: b: c", "yaml-syntax", 1, 5, "", "`: `"),
    ("a: 1\n b: 2", "yaml-syntax", 2, 3, "", "`: `"),
    ("a: - b", "yaml-syntax", 1, 4, "", "`- `"),
    ("a: 1\nb\nc: 1", "yaml-syntax", 3, 1, "", "began on line 2"),
    ("a:\n\tb: 1", "yaml-syntax", 2, 1, "", "tab"),
    ("a: @x", "yaml-syntax", 1, 4, "", "'@'"),
    ("a: `x`", "yaml-syntax", 1, 4, "", "'`'"),
    ("a: [1, 2}", "yaml-syntax", 1, 9, "", "list in brackets"),
    ("a: {x: 1]", "yaml-syntax", 1, 9, "", "mapping in braces"),
    ("a:\n  - x\n b: 1", "yaml-syntax", 3, 2, "", "fits no mapping or list"),
    ("- a\nb: 1", "yaml-syntax", 2, 1, "", "list above it"),
    ('"\\ud83d\\ude00"', "yaml-syntax", 1, None, "", "no Unicode character"),
    ('"\\Uffffffff"', "yaml-syntax", 1, None, "", "no Unicode character"),
    ('"\\q"', "yaml-syntax", 1, None, "", "backslash"),
    ("!x!y z", "yaml-syntax", 1, 1, "", "undeclared handle"),
    ("a: 1\n...\nfoo", "yaml-syntax", 3, 1, "", "after the document's end"),
    ("%YAML 3.0\n--- a", "yaml-syntax", 1, 1, "", "YAML version"),
    ("é: \x07", "yaml-syntax", 1, 4, "", "U+0007"),
    ("a: &a &b x", "yaml-syntax", 1, 7, "", ""),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "pointer", "part"),
    REFUSED,
    ids=[f"{code}: {text[:20]!r}" for text, code, *_ in REFUSED],
)
def test_refused(
    text: str, code: str, line: int, column: int | None, pointer: str, part: str
) -> None:
    finding = refused(text)
    at = finding.location
    assert at is not None
    # The parsers stop an escape at different characters of the same line.
    place = (at.line, at.column if column else None)
    assert (finding.code, at.file, at.pointer) == (code, "spec.yaml", pointer)
    assert place == (line, column)
    assert part in finding.message


def test_text_that_ends_too_soon_tells_where_it_began() -> None:
    for text in ("a: 1\nb: 'x\n\n", "a: 1\nb: [1\n\n", "a: 1\nb: {x: 1\n\n"):
        assert "began on line 2" in refused(text).message
    assert "the text ends" in refused("a: 1\nb: [1,\n\n").message


BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30)
)


def test_an_alias_bomb_is_refused_at_once() -> None:
    """Written out it has 10^29 nodes, which nobody would live to see."""
    finding = refused(BOMB)
    assert finding.code == "budget-nodes"
    assert "`nodes`" in finding.hint


NODES = [
    ("x", 1),
    ("[]", 1),
    ("[1, {a: 2, b: [3]}]", 6),
    ("a: &a [1, 2]\nb: *a\nc: *a", 10),
    ("a: &a {x: {y: 1}}\nb: &b [*a, *a]\nc: *b", 18),
]


@pytest.mark.parametrize(("text", "want"), NODES)
def test_nodes_count_aliases_as_copies(text: str, want: int) -> None:
    places, nodes, *_ = load(text, "spec.yaml", want, LIMITS.depth)
    assert nodes == want == _count(places.content if places else None)
    if want > 1:
        assert refused(text, nodes=want - 1).code == "budget-nodes"


def _count(value: Json) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_count, value.values()))
    return 1 + sum(map(_count, value)) if isinstance(value, list) else 1


def test_depth_is_counted_through_aliases() -> None:
    text = "a: &a [[x]]\nb: [{c: *a}]"
    assert read(text, depth=5) == {"a": [["x"]], "b": [{"c": [["x"]]}]}
    finding = refused(text, depth=4)
    assert (finding.code, finding.location and finding.location.line) == (
        "budget-depth",
        2,
    )


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_a_diagnostic(bracket: str) -> None:
    finding = refused(bracket * 100_000)
    assert finding.code in ("budget-depth", "yaml-key")


def test_nesting_up_to_the_budget_is_read() -> None:
    value = read("[" * 500 + "]" * 500)
    for _ in range(499):
        assert isinstance(value, list)
        value = value[0]
    assert value == []
