"""JSON as we read it: nothing that RFC 8259 lacks, no key twice, no half character."""

from __future__ import annotations

import json

import pytest

import reading
from specloom.budgets import Budgets
from specloom.diagnostics import Diagnostic, SpecloomError
from specloom.json_value import Json
from specloom.load.json8259 import Spot, load, locate

LIMITS = Budgets()


def read(text: str, nodes: int = LIMITS.nodes, depth: int = LIMITS.depth) -> Json:
    return load(text, "spec.json", nodes, depth)[0]


def refused(text: str, **limits: int) -> Diagnostic:
    return reading.refused(read, text, **limits)


SAME = [
    "null",
    "[]",
    "{}",
    ' \t\r\n{"a": [true, false, null, {"b": {}}, []]} ',
    "[0, -0, -12, 9007199254740993, 123456789012345678901234567890]",
    "[0.5, -1.5e3, 1E-400, 1e308]",
    r'["", "é", "\u00e9", "\ud83d\ude00", "\"\\\/\b\f\n\r\t"]',
    '{"": 1, " ": 2, "a/b": 3, "~": 4}',
]


@pytest.mark.parametrize("text", SAME)
def test_reads_what_json_reads(text: str) -> None:
    assert repr(read(text)) == repr(json.loads(text))


@pytest.mark.parametrize("text", SAME)
@pytest.mark.parametrize("token", ["0", "a", "", "none"])
def test_the_walk_finds_no_fault_there_either(text: str, token: str) -> None:
    root, value = Spot(members={token: Spot()}), json.loads(text)
    locate(text, root)
    assert root.offset == len(text) - len(text.lstrip())
    there = isinstance(value, list) and token == "0" and value != []
    found = there or (isinstance(value, dict) and token in value)
    assert (root.members[token].offset > root.offset) == found


REFUSED = [
    # text, code, line, column, pointer, a part of the message, a part of the hint
    ('{"a": 1,}', "json-syntax", 1, 9, "", "'}'", "comma"),
    ("[1, 2,]", "json-syntax", 1, 7, "/2", "']'", "comma"),
    ("[1 2]", "json-syntax", 1, 4, "/0", "`,` or `]`", "commas"),
    ('{"a": 1]', "json-syntax", 1, 8, "/a", "`,` or `}`", "brackets"),
    ('{"a" 1}', "json-syntax", 1, 6, "/a", "`:`", ""),
    ('\ufeff{"a": 1}', "json-syntax", 1, 1, "", r"'\ufeff'", "byte order mark"),
    ('{"a": }', "json-syntax", 1, 7, "/a", "a value is due", "value"),
    ("{a: 1}", "json-syntax", 1, 2, "", "a key in double quotes", "quote"),
    ("{\"a\": 'x'}", "json-syntax", 1, 7, "/a", '"\'"', "double quotes"),
    ('{\n  // x\n"a": 1}', "json-syntax", 2, 3, "", "a key", "JSON has none"),
    ("[\n  # x\n1]", "json-syntax", 2, 3, "/0", "'#'", "comment"),
    ('{"a": 1', "json-syntax", 1, 8, "/a", "the end", ""),
    ('{"a": "x', "json-syntax", 1, 7, "/a", "not closed", "closing quote"),
    ('{"a": "x\ny"}', "json-syntax", 1, 9, "/a", "control character", r"\n"),
    (r'["\q"]', "json-syntax", 1, 3, "/0", "backslash escape", r"\\"),
    (r'["\u12"]', "json-syntax", 1, 4, "/0", "four hexadecimal", r"\u00e9"),
    ("[01]", "json-syntax", 1, 3, "/0", "`,` or `]`", ""),
    ("[1.]", "json-syntax", 1, 3, "/0", "`,` or `]`", ""),
    ("[+1]", "json-syntax", 1, 2, "/0", "'+'", ""),
    ("[True]", "json-syntax", 1, 2, "/0", "'T'", ""),
    ("[1] [2]", "json-syntax", 1, 5, "", "after the document's end", "remove"),
    ("[NaN]", "json-syntax", 1, 2, "/0", "NaN", "quotes"),
    ("[\n-Infinity]", "json-syntax", 2, 1, "/0", "-Infinity", "quotes"),
    ("[1e400]", "number-range", 1, 2, "/0", "64-bit", "quotes"),
    ("[" + "9" * 4301 + "]", "number-range", 1, 2, "/0", "4300", "quotes"),
    (r'["\ud83d"]', "encoding", 1, 2, "/0", "surrogate", r"\ud83d\ude00"),
    (r'{"\uDE00": 1}', "encoding", 1, 2, "", "surrogate", ""),
    ('{"x": [{"a": 1,\n  "a": 2}]}', "duplicate-key", 2, 3, "/x/0/a", "line 1", ""),
    ('{"a/b": 1, "a\\u002fb": 2}', "duplicate-key", 1, 12, "/a~1b", "a/b", ""),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "pointer", "part", "advice"),
    REFUSED,
    ids=[f"{code}: {text[:20]!r}" for text, code, *_ in REFUSED],
)
def test_refused(
    text: str, code: str, line: int, column: int, pointer: str, part: str, advice: str
) -> None:
    finding = refused(text)
    at = finding.location
    assert at is not None
    assert finding.code == code
    assert (at.file, at.pointer) == ("spec.json", pointer)
    assert (at.line, at.column) == (line, column)
    assert part in finding.message
    assert advice in finding.hint


WALKED = [x for x in REFUSED if x[1] != "encoding"]


@pytest.mark.parametrize("text", [text for text, *_ in WALKED])
@pytest.mark.parametrize("outer", ["{}", '{{"b": {}}}', "[[[1], {}]]"])
def test_what_is_passed_over_has_its_faults_found(text: str, outer: str) -> None:
    with pytest.raises(SpecloomError):
        locate(outer.format(text), Spot(members={"c": Spot()}))


HALVES = [
    # text, and whether each half of a surrogate pair in it has its other half
    (r"\ud83d\ude00", True),
    (r"\uD83D\uDE00\ud83d\ude00", True),
    (r"\\ud83d", True),
    (r"\\ude00 \\\\ud83d", True),
    (r"\\\ud83d\ude00", True),
    (r"\u00e9\ud7ff\ue000 ud83d", True),
    (r"\ude00\ud83d", False),
    (r"\ud83d\ud83d\ude00", False),
    (r"\ud83d\ude00\ude00", False),
    (r"\ud83d\\ude00", False),
    (r"\\ud83d\ude00", False),
    (r"\ud83d\\\ude00", False),
    (r"\ud83d \ude00", False),
    (r"\uDBFFx", False),
    (r"\\\uDC00", False),
]


@pytest.mark.parametrize(("inner", "whole"), HALVES)
@pytest.mark.parametrize("text", ['"{}"', '[0, {{"{}": []}}]'])
def test_halves_of_surrogate_pairs(inner: str, whole: bool, text: str) -> None:
    text = text.format(inner)
    if whole:
        assert read(text) == json.loads(text)
    else:
        assert refused(text).code == "encoding"


def test_nodes_and_depth_have_budgets() -> None:
    text = '[1, {"a": [2]}]'
    assert load(text, "spec.json", 5, 3) == ([1, {"a": [2]}], 5)
    assert refused(text, nodes=4).code == "budget-nodes"
    finding = refused(text, depth=2)
    assert finding.code == "budget-depth"
    assert finding.location is not None
    assert (finding.location.column, finding.location.pointer) == (11, "/1/a")


@pytest.mark.parametrize("bracket", ["[", '{"a":', '[{"a":'])
def test_deep_nesting_is_a_diagnostic(bracket: str) -> None:
    assert refused(bracket * 100_000).code == "budget-depth"
    closing = bracket.replace('"a":', "")[::-1].translate(str.maketrans("[{", "]}"))
    text = bracket * 100_000 + "1" + closing * 100_000
    assert refused(text, depth=10**6).code == "budget-depth"  # Python's own limit


def test_nesting_up_to_the_budget_is_read() -> None:
    assert read('{"a":[' * 250 + "]}" * 250)
