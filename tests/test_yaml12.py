"""YAML 1.2 as we read it: what each text means, and what is refused, where and why."""

from __future__ import annotations

import json
import random
import time

import pytest
import yaml

from specloom import yaml_events
from specloom.diagnostics import Diagnostic, SpecloomError
from specloom.source import Budgets, Json
from specloom.yaml12 import load

LIMITS = Budgets()


@pytest.fixture(params=["libyaml", "pure"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run everything with both parsers: on all of this they must agree."""
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml_events, "IS_SLOW", request.param == "pure")


def read(text: str, nodes: int = LIMITS.nodes, depth: int = LIMITS.depth) -> Json:
    return load(text, "spec.yaml", nodes, depth)[0]


def refused(text: str, **limits: int) -> Diagnostic:
    with pytest.raises(SpecloomError) as caught:
        read(text, **limits)
    (finding,) = caught.value.diagnostics
    return finding


PLAIN: list[tuple[str, Json]] = [
    # YAML 1.2.2 section 10.3.2, row by row
    ("", None),
    ("~", None),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("false", False),
    ("False", False),
    ("FALSE", False),
    ("0", 0),
    ("12", 12),
    ("-7", -7),
    ("+7", 7),
    ("007", 7),
    ("9007199254740993", 9007199254740993),
    ("123456789012345678901234567890", 123456789012345678901234567890),
    ("0o17", 15),
    ("0x1F", 31),
    ("0xff", 255),
    ("1.5", 1.5),
    ("1.", 1.0),
    (".5", 0.5),
    ("+.5", 0.5),
    ("-0.0", -0.0),
    ("1e3", 1000.0),
    ("1E+3", 1000.0),
    ("12e-1", 1.2),
    ("1e-400", 0.0),
    # what YAML 1.1 or a hasty regular expression takes for something else
    ("nUll", "nUll"),
    ("tRue", "tRue"),
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("N", "N"),
    ("2024-01-01", "2024-01-01"),
    ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
    ("0b11", "0b11"),
    ("1_000", "1_000"),
    ("12:30", "12:30"),
    ("190:20:30", "190:20:30"),
    ("-0o7", "-0o7"),
    ("+0x1", "+0x1"),
    ("0O7", "0O7"),
    ("0X1", "0X1"),
    ("0o8", "0o8"),
    ("1e", "1e"),
    ("1.2.3", "1.2.3"),
    (".", "."),
    ("+", "+"),
    ("--1", "--1"),
    ("+.", "+."),
    ("inf", "inf"),
    ("nan", "nan"),
    ("Infinity", "Infinity"),
    (".iNf", ".iNf"),
    ("١٢", "١٢"),  # digits, but not ASCII
    ("=", "="),
    ("v:1", "v:1"),
]


@pytest.mark.parametrize(("text", "want"), PLAIN)
def test_plain_scalar(text: str, want: Json) -> None:
    assert repr(read(f"x: {text}\n")) == repr({"x": want})  # repr: 1 is not 1.0


NEVER_PLAIN: list[tuple[str, Json]] = [
    ("'1'", "1"),
    ('"true"', "true"),
    ("''", ""),
    ("|\n  12\n", "12\n"),
    (">-\n  null\n", "null"),
    ("! 12", "12"),
    ("!!str 12", "12"),
    ("!!str", ""),
    ("!!int 0x10", 16),
    ('!!int "12"', 12),
    ("!!float 1", 1.0),
    ("!!float 1.5", 1.5),
    ("!!bool 'true'", True),
    ("!!null ''", None),
    ("!!map {}", {}),
    ("!!seq []", []),
    ("! {}", {}),
    (r'"\u00e9\U0001f600\x41\n\/"', "é😀A\n/"),
]


@pytest.mark.parametrize(("text", "want"), NEVER_PLAIN)
def test_quoted_block_and_tagged_scalar(text: str, want: Json) -> None:
    assert repr(read(f"x: {text}\n")) == repr({"x": want})


KEYS = [
    ("200: ok", ["200"]),
    ("true: ok", ["true"]),
    ("0x10: ok", ["0x10"]),
    ("1.50: ok", ["1.50"]),
    ("~: ok", ["~"]),
    ("? \n: ok", [""]),
    (".inf: ok", [".inf"]),
    ("2024-01-01: ok", ["2024-01-01"]),
    ("'200': ok", ["200"]),
    ("!!str 200: ok", ["200"]),
    ("!!int 200: ok", ["200"]),
    ("? a\n: ok", ["a"]),
    ("x: &k 200\n*k : ok", ["x", "200"]),
    ("&k a: 1\nb: *k", ["a", "b"]),
    ('"<<": ok', ["<<"]),
    ("{a, b: 1}", ["a", "b"]),
]


@pytest.mark.parametrize(("text", "want"), KEYS)
def test_keys_are_source_text(text: str, want: list[str]) -> None:
    got = read(text)
    assert isinstance(got, dict)
    assert list(got) == want


MERGES: list[tuple[str, str, Json]] = [
    ("one", "b: &b {x: 1, y: 2}\nr:\n  <<: *b\n  y: 3", {"x": 1, "y": 3}),
    ("own pair first", "b: &b {x: 1}\nr:\n  x: 2\n  <<: *b", {"x": 2}),
    ("inline", "r:\n  <<: {x: 1}\n  y: 2", {"x": 1, "y": 2}),
    (
        "the first of a list wins",
        "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nr: {<<: [*a, *b], z: 3}",
        {"x": 1, "y": 2, "z": 3},
    ),
    (
        "through a merge",
        "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nr: {<<: *b}",
        {"x": 1, "y": 2},
    ),
    ("an empty list", "r: {<<: [], x: 1}", {"x": 1}),
    ("quoted is a key", "b: &b {x: 1}\nr: {'<<': *b}", {"<<": {"x": 1}}),
]


@pytest.mark.parametrize(
    ("text", "want"), [x[1:] for x in MERGES], ids=[x[0] for x in MERGES]
)
def test_merge_key(text: str, want: Json) -> None:
    got = read(text)
    assert isinstance(got, dict)
    assert got["r"] == want
    assert got == yaml.safe_load(text) or "'<<'" in text


def test_merge_keeps_the_order_of_the_text() -> None:
    got = read("b: &b {x: 1, y: 2}\nr: {<<: *b, z: 3, x: 4}")
    assert isinstance(got, dict)
    assert isinstance(got["r"], dict)
    assert list(got["r"].items()) == [("x", 4), ("y", 2), ("z", 3)]


def test_merge_leaves_its_source_alone() -> None:
    assert read("b: &b {x: 1}\nr: {<<: *b, y: 2}\ns: *b") == {
        "b": {"x": 1},
        "r": {"x": 1, "y": 2},
        "s": {"x": 1},
    }


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
    assert finding.hint


def test_text_that_ends_too_soon_tells_where_it_began() -> None:
    for text in ("a: 1\nb: 'x\n\n", "a: 1\nb: [1\n\n", "a: 1\nb: {x: 1\n\n"):
        assert "began on line 2" in refused(text).message
    assert "the text ends" in refused("a: 1\nb: [1,\n\n").message


def test_no_document_is_null() -> None:
    for text in ("", "\n", "# only a comment\n", "---\n", "~"):
        assert read(text) is None


def test_an_explicit_document_is_one_document() -> None:
    assert read("%YAML 1.2\n---\na: no\n...\n") == {"a": "no"}
    assert read("%YAML 1.1\n---\na: no\n") == {"a": "no"}


def test_an_alias_shares_its_node() -> None:
    got = read("a: &a {x: 1}\nb: *a\nc: &s 12\nd: *s\ne: &a [2]\nf: *a")
    assert got == {"a": {"x": 1}, "b": {"x": 1}, "c": 12, "d": 12, "e": [2], "f": [2]}
    assert isinstance(got, dict)
    assert got["a"] is got["b"]


def test_an_anchor_inside_its_namesake_is_the_later_one() -> None:
    assert read("- &a [&a x, *a]\n- *a") == [["x", "x"], "x"]


BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30)
)


def test_an_alias_bomb_is_refused_at_once() -> None:
    start = time.perf_counter()
    finding = refused(BOMB)
    assert time.perf_counter() - start < 2
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
    value, nodes = load(text, "spec.yaml", want, LIMITS.depth)
    assert nodes == want == _count(value)
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
    assert finding.hint


def test_nesting_up_to_the_budget_is_read() -> None:
    value = read("[" * 500 + "]" * 500)
    for _ in range(499):
        assert isinstance(value, list)
        value = value[0]
    assert value == []


def test_json_text_means_the_same() -> None:
    """YAML 1.2 is a superset of JSON: random values read alike in both."""
    dice = random.Random(12)
    for _ in range(200):
        value = _random_value(dice, 4)
        flow = json.dumps(value, ensure_ascii=False)
        assert repr(read(flow)) == repr(json.loads(flow))
        block = _block(value, 0)
        assert repr(read(block)) == repr(value)


def _random_value(dice: random.Random, depth: int) -> Json:
    words = [
        "",
        "no",
        "12",
        "a: b",
        "- x",
        "é\n😀",
        "null",
        '"',
        "\\",
        "#",
        " x ",
        "<<",
    ]
    scalars: list[Json] = [None, True, False, -3, 2**70, 0.5, 1e300, *words]
    match dice.randrange(3 if depth else 1):
        case 0:
            return dice.choice(scalars)
        case 1:
            return [_random_value(dice, depth - 1) for _ in range(dice.randrange(4))]
        case _:
            keys = dice.sample(words, dice.randrange(4))
            return {key: _random_value(dice, depth - 1) for key in keys}


def _block(value: Json, indent: int) -> str:
    """Lay a value out in block style, its scalars as in JSON."""
    margin = "\n" + " " * indent
    if isinstance(value, dict) and value:
        pairs = (
            f"{margin}{json.dumps(key, ensure_ascii=False)}:{_block(x, indent + 1)}"
            for key, x in value.items()
        )
        return "".join(pairs)
    if isinstance(value, list) and value:
        return "".join(f"{margin}-{_block(x, indent + 1)}" for x in value)
    return " " + json.dumps(value, ensure_ascii=False)
