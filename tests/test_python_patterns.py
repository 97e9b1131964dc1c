"""Patterns of ECMA-262 in Python: the rewriting, and Node.js as the judge of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from python_packages import imported, texts
from small_specs import schemas
from specloom.diagnostics import Diagnostics
from specloom.targets.python.patterns import translate

SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

Matcher: TypeAlias = Callable[[str], Callable[[str], object]]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matcher]:
    """How a generated package searches a text for a pattern that Python writes."""
    folder = tmp_path_factory.mktemp("patterns")
    with imported(schemas("A: {type: string}").model, "patterns", folder) as package:
        yield package._runtime.matcher


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        ("", ""),
        ("^sess_", "^sess_"),
        ("^[a-z]+$", r"^[a-z]+\Z"),
        (r"^\d{3}$", r"(?a)^\d{3}\Z"),
        (r"\w\b\W\B\D", r"(?a)\w\b\W(?!\b)\D"),
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
        (r"(?<year>\d{4})-\k<year>", r"(?a)(?P<year>\d{4})-(?(year)(?P=year)|)"),
        (r"(a)\1", r"(a)(?(1)\1|)"),
        (r"()()()()()()()()()(a)\10", r"()()()()()()()()()(a)(?(10)\10|)"),
        ("(?:a|b)(?=c)(?!d)(?<=e)(?<!f)", "(?:a|b)(?=c)(?!d)(?<=e)(?<!f)"),
        ("a{2,3}?b*?c+?d??", "a{2,3}?b*?c+?d??"),
        ("a{,3}", r"a\{,3\}"),
        ("}]", r"\}\]"),
        (r"\p{L}|\P{Lu}", r"[\p{L}]|[\P{Lu}]"),
        (r"[^\p{Lu}-\p{gc=Letter}]", r"[^\p{Lu}\-\p{L}]"),
        (r"\p{ASCII}\P{ASCII}", r"[\x00-\x7f][\x80-\U0010ffff]"),
        (r"\p{Any}\p{Assigned}", r"[\x00-\U0010ffff][\P{Cn}]"),
        (r"\\p{L}", r"\\p\{L\}"),
        ("\u00e9\u202e", r"\xe9\u202e"),
    ],
)
def test_a_pattern(pattern: str, want: str, matcher: Matcher) -> None:
    assert translate(pattern) == want
    matcher(want)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{Script=Greek}",
        r"\p{gc=Any}",
        r"\p{Alphabetic}",
        r"\p{LC}",
        r"[\P{Alnum}]",
        r"\p",
        r"\Aa",
        r"[\z]",
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


CATEGORIES = (
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So"
    " Z Zs Zl Zp C Cc Cf Cs Co Cn"
).split()
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
    r"^(a)?b\1$",
    r"^(?:(?<n>a)|b)\k<n>c?$",
    r"^\B",
    r"\B$",
    r"^[\]\\^-]$",
    r"^\x41\cJ?$",
    r"^\p{L}+$",
    r"\P{Lu}",
    r"[^\p{Letter}\p{gc=Nd}]",
    r"^[\P{C}\s]+$",
    r"^\p{ASCII}*$",
    r"\P{ASCII}",
    r"\p{Assigned}",
    r"^\p{Any}$",
    *(rf"\p{{{name}}}" for name in sorted(CATEGORIES)),
]
TEXTS = [
    "", "a", "b", "c", "ac", "x", "xa", "abc", "A", "A\n", "aa", "ab", "1", "12", "a1",
    "\u0661", "\u00e9", "a@b.c", "a\u00e9@b.c", " ", "\n", "\r", "\t", "\u2028",
    "\u00a0", "\ufeff", "\u0085", "\x1c", "\x00", "a\n", "1\n", "word", "words",
    "a word.", "\U0001f600", "\U0001f64f", "]", "\\", "^", "-", "a b", "_", "\u0130",
    "\u212a", "\u01c5", "\u02b0", "\u4e00", "\u0301", "\u0903", "\u20dd", "\u2167",
    "\u00b2", "\u203f", "\u2014", "(", ")", "\u00ab", "\u00bb", "+", "\u20ac", "\u00a9",
    "\u2029", "\u200d", "\ue000", "\uffff", "\U00010330", "\U0001d7d8", "\ud83d",
]  # fmt: skip


def test_python_matches_what_node_matches(node: Path, matcher: Matcher) -> None:
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
        made = [matcher(written)(text) is not None for text in TEXTS]
        assert made == wanted, pattern


def test_a_pattern_that_python_cannot_say_is_reported() -> None:
    found = Diagnostics()
    built = schemas(r"""
        Name:
          type: object
          properties:
            first: {type: string, pattern: '^\p{sc=Greek}+$'}
          patternProperties: {'\p{Alpha}': {type: integer}}
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
