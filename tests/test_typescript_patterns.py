"""Which patterns JavaScript has: Node.js is the judge, and what follows from it."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from small_specs import schemas
from specloom.code import Code
from specloom.diagnostics import Diagnostics
from specloom.target import Run
from specloom.targets.settings import TypeScriptSettings
from specloom.targets.typescript import TypeScriptTarget
from specloom.targets.typescript.modules import Modules
from specloom.targets.typescript.patterns import compiles
from specloom.targets.typescript.spelling import TypeScriptSpeller
from typescript_package import compile_package, write_package, write_spec
from typescript_specs import TEXT

Tool = Callable[[str], Path]

PIECES = [
    "a", "z", "-", "^", "$", ".", "|", "*", "+", "?", ",", "<", "=", "!", ":", "/", "0",
    "(", "(", ")", ")", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "(?<m>", "(?P<x>",
    "(?i)", "(?i:", "(?>", "[", "[", "]", "]", "[^", "{", "}", "{2}", "{2,}", "{3,1}",
    "{1,3}", "{,2}", "{99999999999,88888888888}", "\\", r"\d", r"\S", r"\w", r"\b",
    r"\B", r"\k", r"\k<n>", "k", "<n>", r"\u{1F600}", r"\u{110000}",
    r"\ud83d\ude00", r"\u0061",
    "\U0001f600", "\U0001f601", "\ud83d", r"\x41", r"\x4", r"\u", r"\u{", r"\cA", r"\c",
    r"\c1", r"\0", r"\01", r"\1", r"\2", r"\9", r"\377", r"\99999999999", r"\p{L}",
    r"\P{Lu}", r"\p{gc=Nd}", r"\p{Alpha}", r"\p{Script=Greek}", r"\p{Alnum}", r"\p{",
    r"\-", r"\/", r"\a", r"\A", r"\z", r"\n", r"\]", r"\[", "\u00e9", "\n", " ",
]  # fmt: skip


@pytest.fixture(scope="module")
def package(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compiled package."""
    folder = tmp_path_factory.mktemp("patterns")
    made = write_package(write_spec({"A": TEXT}, folder), folder)
    compile_package(made, tool("tsc"))
    return made


def asked(package: Path, code: str, data: object) -> Any:
    """What a module of Node.js prints that has the runtime, and ``data`` as JSON."""
    head = """
        import { readFileSync } from "node:fs";
        import { expression, respelled } from "./dist/runtime/patterns.js";
        const data = JSON.parse(readFileSync(0, "utf8"));
    """
    done = subprocess.run(
        ["node", "--input-type=module", "-e", head + code],
        input=json.dumps(data),
        cwd=package,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_node_compiles_what_is_said_to_compile(package: Path) -> None:
    draw = random.Random(1)
    patterns = ["", "(" * 50_000, "(" * 50_000 + ")" * 50_000, "a{" + "9" * 5_000 + "}"]
    patterns += [
        "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 7)))
        for _ in range(5_000)
    ]
    code = (
        "const compiles = (p, f) => { try { new RegExp(p, f); return true; }"
        " catch { return false; } };"
        # Letters that no rule but annex B.1.2 lets stand after a backslash.
        r"const others = /^(?:[^\\]|\\[^])*?\\(?![bBcdDfknrsStuvwWx])[a-zA-Z]/;"
        "console.log(JSON.stringify(data.map((p) => compiles(p, 'u') ||"
        " compiles(respelled(p), 'u') || compiles(p, '') && !others.test(p))));"
    )
    wanted = asked(package, code, patterns)
    assert len(set(wanted)) == 2
    del patterns[2], wanted[2]  # so deep that engines run out of stack
    for pattern, want in zip(patterns, wanted, strict=True):
        if want and is_of_2025(pattern):  # Node.js takes it since version 23
            continue
        assert compiles(pattern) == want, pattern


def is_of_2025(pattern: str) -> bool:
    """Whether it may have what ECMAScript 2025 added: flags, and groups named twice."""
    return "(?i:" in pattern or any(pattern.count(f"(?<{x}>") > 1 for x in "nm")


@pytest.mark.parametrize(
    "pattern",
    [
        "(?P<year>\\d+)",
        "(?i)a",
        r"\Aa\z",
        r"^\p{Alnum}",
        "(?>a)",
        "a++",
        "(a",
        "a)",
        "[z-a]",
        "\\",
        "{2}",
    ],
)
def test_a_pattern_of_other_engines(pattern: str) -> None:
    assert not compiles(pattern)


def test_a_pattern_that_javascript_cannot_say_is_reported_and_left_out() -> None:
    built = schemas("""
        Name:
          type: object
          properties:
            first: {type: string, pattern: '(?i)^[a-z]+$'}
            last: {type: string, pattern: '^[a-z]+$'}
          patternProperties: {'(?P<x>x)': {type: integer}, '^y': {type: integer}}
          additionalProperties: false
    """)
    found = Diagnostics()
    list(TypeScriptTarget().pages(Run(built.model, {}, None, found)))
    assert [(x.code, x.location and x.location.pointer) for x in found] == [
        ("pattern-untranslatable", "/components/schemas/Name/patternProperties"),
        (
            "pattern-untranslatable",
            "/components/schemas/Name/properties/first/pattern",
        ),
    ]
    speller = TypeScriptSpeller(built.model, TypeScriptSettings())
    lowered = Modules(speller, Code("// header"), None)
    (module,) = map(lowered.module, lowered.decls.values())
    assert "`(?i)^[a-z]+$` (which is not checked)." in module.members[0]
    assert '  first: { type: "string" },' in module.table
    assert '  last: { type: "string", pattern: "^[a-z]+$" },' in module.table
    assert 'patternProperties: { "^y": { type: "integer" } },' in module.table
    assert "additionalProperties" not in module.table


OLD_AND_NEW = [
    (r"^.\-.$", r"^.-.$"),
    (r"^\@\p{L}$", r"^@\p{L}$"),
    (r"^\_\u{1F600}\ $", r"^_\u{1F600} $"),
    (r"^[\w-.]{1,2}.$", r"^[\w\-.]{1,2}.$"),
    (r"^[a-\d][^\p{Lu}-_]$", r"^[a\-\d][^\p{Lu}\-_]$"),
    (r"^[\w-]\-[^\@\-\]]$", r"^[\w-]-[^@\-\]]$"),
    ("^{.}$", r"^\{.\}$"),
    ("^.{1,2}]{,2}$", r"^.{1,2}\]\{,2\}$"),
    ("^[]|[^]}$", r"^[]|[^]\}$"),
    ("^\\\U0001f600.\\\u00e9?\\-$", "^\U0001f600.\u00e9?-$"),
    (r"^(?<n>\-.)\k<n>$", r"^(?<n>-.)\k<n>$"),
]
"""Patterns that the rules for Unicode refuse, and the same as these want them."""


def test_old_patterns_are_about_characters_too(package: Path) -> None:
    code = """
        const made = (pattern) => {
          try { return new RegExp(pattern, "u"); } catch { return undefined; }
        };
        const [pairs, texts] = data;
        console.log(JSON.stringify(pairs.map(([old, young]) => [
          made(old) === undefined,
          texts.map((text) => expression(old).test(text)),
          texts.map((text) => made(young).test(text)),
        ])));
    """
    draw = random.Random(1)
    letters = "a1-_@.{}]A \u00e9\U0001f600\U0001f601"
    texts = ["".join(draw.choices(letters, k=draw.randint(1, 5))) for _ in range(9_000)]
    texts += ["\U0001f600]{,2}", "\U0001f600a]{,2}", "a]", "-\U0001f600-\U0001f600"]
    told = asked(package, code, [OLD_AND_NEW, texts])
    for (old, _), (refused, found, want) in zip(OLD_AND_NEW, told):
        assert refused, old
        assert found == want, old
        assert True in want, old
