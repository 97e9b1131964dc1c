"""Patterns of ECMA-262 in Python: the rewriting, and Node.js as the judge of it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from python_packages import texts
from small_specs import schemas
from specloom.diagnostics import Diagnostics
from specloom.targets.python.patterns import translate

SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        ("", ""),
        ("^sess_", "^sess_"),
        ("^[a-z]+$", r"^[a-z]+\Z"),
        (r"^\d{3}$", r"(?a)^\d{3}\Z"),
        (r"\w\b\W\B\D", r"(?a)\w\b\W\B\D"),
        (r"\s", f"[{SPACE}]"),
        (r"\S", f"[^{SPACE}]"),
        (r"[\sx]", f"[{SPACE}x]"),
        (r"[\s\S]", "(?s:.)"),
        (r"[^\s\S]", "(?!)"),
        (r"[\Sx]", f"(?:[^{SPACE}]|[x])"),
        (r"[^\Sx]", f"(?:(?![x])[{SPACE}])"),
        (".", r"[^\n\r\u2028\u2029]"),
        ("[^]", "(?s:.)"),
        ("[]", "(?!)"),
        ("[a-]", r"[a\-]"),
        (r"[\d-x]", r"(?a)[\d\-x]"),
        ("[+--]", r"[+-\-]"),
        ("[[a&&b~~|]", r"[\[a\&\&b\~\~\|]"),
        (r"\/\-\@\.", r"/-@\."),
        (r"\cA\0\x41\u0042", r"\x01\x00AB"),
        (r"\u{1F600}", r"\U0001f600"),
        (r"\ud83d\ude00", r"\U0001f600"),
        (r"(?<year>\d{4})-\k<year>", r"(?a)(?P<year>\d{4})-(?P=year)"),
        (r"(a)\1", r"(a)\1"),
        ("(?:a|b)(?=c)(?!d)(?<=e)(?<!f)", "(?:a|b)(?=c)(?!d)(?<=e)(?<!f)"),
        ("a{2,3}?b*?c+?d??", "a{2,3}?b*?c+?d??"),
        ("a{,3}", r"a\{,3\}"),
        ("}]", r"\}\]"),
        ("\u00e9\u202e", r"\xe9\u202e"),
    ],
)
def test_a_pattern(pattern: str, want: str) -> None:
    assert translate(pattern) == want
    re.compile(want)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{L}",
        r"[\P{Lu}]",
        "(?i)a",
        "(?P<n>a)",
        "(?#c)",
        "a++",
        "a*+",
        "(?>a)",
        "(?<=a+)b",
        "(",
        "a)",
        "[a",
        "\\",
        "*a",
        "a{3,2}",
        r"\u{110000}",
        "(" * 5000,
    ],
)
def test_a_pattern_that_python_cannot_say(pattern: str) -> None:
    assert translate(pattern) is None


JUDGED = [
    r"^[\w.+-]+@[\w-]+\.[\w.-]+$",
    r"^\d+$",
    r"\D",
    r"^\s*$",
    r"^\S+$",
    r"^.$",
    r"^[^\s\x00]+$",
    r"^[\w-]{1,64}$",
    r"\bword\b",
    r"^(?!x)[a-z]+$",
    r"^(?:a|b)?c$",
    r"^\u{1F600}$",
    r"^[\u{1F600}-\u{1F64F}]$",
    r"^[^a]$",
    r"^$",
    r"[^\S ]",
    r"^(\w)\1$",
    r"^[\]\\^-]$",
    r"^\x41\cJ?$",
]
TEXTS = [
    "", "a", "b", "c", "ac", "x", "xa", "abc", "A", "A\n", "aa", "ab", "1", "12", "a1",
    "\u0661", "\u00e9", "a@b.c", "a\u00e9@b.c", " ", "\n", "\r", "\t", "\u2028",
    "\u00a0", "\ufeff", "\u0085", "\x1c", "\x00", "a\n", "1\n", "word", "words",
    "a word.", "\U0001f600", "\U0001f64f", "]", "\\", "^", "-", "a b", "_", "\u0130",
    "\u212a",
]  # fmt: skip


def test_python_matches_what_node_matches(node: Path) -> None:
    code = (
        "const [patterns, texts] = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(patterns.map((p) =>"
        " texts.map((t) => new RegExp(p, 'u').test(t)))));"
    )
    done = subprocess.run(
        [node, "-e", code],
        input=json.dumps([JUDGED, TEXTS]),
        capture_output=True,
        text=True,
        check=True,
    )
    for pattern, wanted in zip(JUDGED, json.loads(done.stdout)):
        written = translate(pattern)
        assert written is not None
        made = [re.search(written, text) is not None for text in TEXTS]
        assert made == wanted, pattern


def test_a_pattern_that_python_cannot_say_is_reported() -> None:
    found = Diagnostics()
    built = schemas(r"""
        Name:
          type: object
          properties:
            first: {type: string, pattern: '^\p{L}+$'}
          patternProperties: {'\p{Lu}': {type: integer}}
          additionalProperties: false
    """)
    files = texts(built.model, "patterns", found)
    assert [(x.code, x.location and x.location.pointer) for x in found] == [
        ("pattern-untranslatable", "/components/schemas/Name/patternProperties"),
        (
            "pattern-untranslatable",
            "/components/schemas/Name/properties/first/pattern",
        ),
    ]
    assert r'"pattern": ' not in files["name.py"]
    assert '"additionalProperties"' not in files["name.py"]
