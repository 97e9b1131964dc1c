"""The protocol of `specloom conform`: texts survive, and mistakes have a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from specloom.conform.exact import same_text
from specloom.conform.protocol import (
    Case,
    NotAnObjectError,
    Verdict,
    Violation,
    case_line,
    member_texts,
    read_cases,
    read_verdict,
    verdict_line,
    write_lines,
)
from specloom.diagnostics import SpecloomError

DEEP = "[" * 100_000 + "]" * 100_000
EXACT = [
    "9007199254740993",
    "1e400",
    "3.0",
    "-0.0",
    "0.10",
    "1E+2",
    "1" * 5000,
    '{ "a" : [1.50, {"b": -0}] }',
    '"\\ud83d\\ude00 \\ud800 \\/"',
    '"\\u2028 \U0001f600"',
    '{"a": 1, "a": 2}',
    "NaN",
    DEEP,
]


@pytest.mark.parametrize("instance", EXACT, ids=lambda text: text[:12])
def test_an_instance_keeps_its_text(instance: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    written = [Case("A", instance, True), Case('odd "\\\t name', instance)]
    write_lines(file, map(case_line, written))
    assert read_cases(file) == written


@pytest.mark.parametrize("out", EXACT, ids=lambda text: text[:12])
def test_a_verdict_keeps_what_was_written_back(out: str) -> None:
    verdict = Verdict(True, out)
    assert read_verdict(verdict_line(verdict)) == verdict


@pytest.mark.parametrize("text", ["", "a", 'a"b\\c\n', "\u2028\U0001f600", "\ud800"])
def test_a_violation_survives(text: str) -> None:
    for verdict in (
        Verdict(False, error=Violation(text, "type", text)),
        Verdict(True, error=Violation("", "encode", text)),
    ):
        line = verdict_line(verdict)
        assert read_verdict(line) == verdict
        assert len(line.splitlines()) == 1
        line.encode()


def test_a_line_is_one_line_for_every_reader() -> None:
    text = '"\x85\u2028\u2029"'
    for line in (case_line(Case("A", text)), verdict_line(Verdict(True, text))):
        assert len(line.splitlines()) == 1
        assert "\\u0085\\u2028\\u2029" in line


def test_a_verdict_has_three_members() -> None:
    refused = Verdict(False, error=Violation("a", "type", "m"))
    assert json.loads(verdict_line(refused)) == {
        "ok": False,
        "out": None,
        "error": {"path": "a", "code": "type", "message": "m"},
    }
    assert json.loads(verdict_line(Verdict(True, "null"))) == {
        "ok": True,
        "out": None,
        "error": None,
    }


def test_null_that_was_accepted_is_not_nothing() -> None:
    assert read_verdict('{"ok":true,"out":null,"error":null}').out == "null"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("{}", {}),
        (' { } \n"'[:-1], {}),
        ('{"a":1}', {"a": "1"}),
        (
            '{"a" : [1, {"]": "}"}] , "b\\u0063" : "x\\"y" }',
            {"a": '[1, {"]": "}"}]', "bc": '"x\\"y"'},
        ),
        ('{"a":1,"a":2}', {"a": "2"}),
    ],
)
def test_members(text: str, want: dict[str, str]) -> None:
    assert member_texts(text) == want


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", '{"a"}', '{"a":}', '{"a":1,}', "[]", '{"a":[}', '{"a":]}', "{,}"),
        *('{"a":1} x', '{"a":1 "b":2}', '{"\\x":1}', '{"a":"}', "{a:1}", '{"a":[1}'),
    ],
)
def test_what_is_no_object(text: str) -> None:
    with pytest.raises(NotAnObjectError):
        member_texts(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('{"schema":"A"}', "3 case-syntax a case has a `schema`"),
        ('{"instance":1}', "3 case-syntax a case has a `schema`"),
        ('{"schema":1,"instance":1}', "3 case-syntax a case has a `schema`"),
        ('{"schema":"A","instance":1,"valid":1}', "3 case-syntax `valid` is"),
        ('{"schema":"A","instance":}', "3 case-syntax a line is no JSON object"),
        ("[]", "3 case-syntax a line is no JSON object"),
    ],
)
def test_a_bad_line_is_named(text: str, want: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f'{{"schema":"A","instance":1}}\n\n{text}\n', encoding="utf-8")
    assert told(file).startswith(want)


@pytest.mark.parametrize(
    ("content", "want"),
    [
        (None, "None cases-unreadable cannot be read"),
        (b"\xff", "None cases-unreadable is not UTF-8"),
        (b"\n \n", "None cases-empty there is no case in it"),
    ],
)
def test_a_bad_file_is_named(content: bytes | None, want: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    if content is not None:
        file.write_bytes(content)
    assert told(file).startswith(want)


def told(file: Path) -> str:
    with pytest.raises(SpecloomError) as caught:
        read_cases(file)
    (item,) = caught.value.diagnostics
    assert item.location is not None
    assert item.location.file == file.as_posix()
    return f"{item.location.line} {item.code} {item.message}"


@pytest.mark.parametrize(
    ("one", "other", "want"),
    [
        ("1", "1.0", True),
        ("1", "true", False),
        ("0", "false", False),
        ("[1]", "[true]", False),
        ("null", "false", False),
        ("null", "0", False),
        ("-0.0", "0", True),
        ("1e400", "10E+399", True),
        ("1e400", "1e401", False),
        ("9007199254740993", "9007199254740992", False),
        ("9007199254740993", "9007199254740993.0", True),
        ("0.1", "0.10", True),
        ("0.1", "0.1000000000000000055511151231257827", False),
        ("1" * 5000, "1" * 5000 + ".0", True),
        ('{"a":1,"b":2}', '{"b":2.0,"a":1}', True),
        ('{"a":1}', '{"a":1,"b":2}', False),
        ("[1,2]", "[2,1]", False),
        ("[1,2]", "[1,2,3]", False),
        ('"\\u00e9"', '"é"', True),
        ('"e\\u0301"', '"é"', False),
        ('"1"', "1", False),
        (DEEP, DEEP.replace("[]", "[ ]"), True),
        (DEEP, DEEP.replace("[]", "[1]"), False),
    ],
    ids=lambda value: str(value)[:20],
)
def test_same(one: str, other: str, want: bool) -> None:
    assert same_text(one, other) is want
    assert same_text(other, one) is want
