"""The command line when something is wrong: it says what, writes nothing, and exits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shell import folder, run
from small_specs import openapi
from specloom import commands

__all__ = ["folder"]  # a fixture, which pytest finds here
pytestmark = pytest.mark.usefixtures("folder")


def test_errors_come_all_at_once_and_nothing_is_written() -> None:
    bad = "B: {type: strin}\nA: {$ref: '#/components/schemas/C'}\nC2: {minLength: x}"
    Path("bad.yaml").write_text(openapi(bad))
    ran = run("generate bad.yaml -t typescript")
    assert (ran.status, ran.out) == (1, "")
    heads = [line.split("] ")[0] for line in ran.err.splitlines() if line[:3] == "bad"]
    assert heads == [
        "bad.yaml:5:9: error[keyword-value",
        "bad.yaml:6:9: error[ref-not-found",
        "bad.yaml:7:10: error[keyword-value",
    ]
    assert not Path("generated").exists()
    found = run("generate bad.yaml -t typescript --format json").findings
    assert [item["line"] for item in found] == [5, 6, 7]
    assert found[0] == {
        "severity": "error",
        "code": "keyword-value",
        "message": found[0]["message"],
        "file": "bad.yaml",
        "line": 5,
        "column": 9,
        "pointer": "/components/schemas/B/type",
        "hint": "did you mean `string`?",
    }


BROKEN = """
A:
  properties:
    gone: {$ref: '#/components/schemas/B', description: Kept.}
    count: {type: integer, minimum: x}
  required: true
Gone: {$ref: other.yaml#/Gone}
Text: string
"""


def test_what_is_broken_can_be_skipped() -> None:
    Path("bad.yaml").write_text(openapi(BROKEN))
    ran = run("generate bad.yaml -t typescript")
    assert ran.status == 1
    assert ran.err.endswith("or go on without these places by --skip-broken\n")
    for again in (False, True):
        ran = run("generate bad.yaml -t typescript --skip-broken --format json")
        found = {
            item["pointer"].rpartition("schemas/")[2]: item for item in ran.findings
        }
        places = ["A/properties/gone/$ref", "A/properties/count/minimum", "A/required"]
        assert list(found) == [*places, "Gone/$ref", "Text"], again
        assert {item["severity"] for item in found.values()} == {"warning"}
        assert all(item["message"].endswith("; it is skipped") for item in ran.findings)
    made = Path("generated/typescript/src/models/a.ts").read_text()
    assert "/** Kept. */\n  gone?: unknown;" in made
    assert "  count?: number;" in made
    Path("other.yaml").write_text("Gone: {type: integer}")
    assert "other.yaml" not in run("generate bad.yaml -t typescript --skip-broken").err
    assert (
        "Gone = number" in Path("generated/typescript/src/models/gone.ts").read_text()
    )
    assert run("lint bad.yaml").status == 1


def test_what_cannot_be_read_is_never_skipped() -> None:
    Path("bad.yaml").write_text(
        "$defs: {A: {$ref: other.yaml}, B: {$ref: '#/$defs/C'}}"
    )
    Path("other.yaml").write_text("a: [")
    ran = run("generate bad.yaml --skip-broken")
    assert ran.status == 1
    assert "error[yaml-syntax]" in ran.err
    assert "warning[ref-not-found]" in ran.err
    assert "--skip-broken" not in ran.err


@pytest.mark.parametrize(
    ("content", "want"),
    [
        (None, "nope.yaml: error[file-not-found]"),
        (b"", "error[empty-file]"),
        (b"a:\n\tb: 1", ":2:1: error[yaml-syntax]"),
        (b"swagger: '2.0'\ndefinitions: {A: {}}", ":1:1: error[not-a-spec]"),
        (b"openapi: 3.1.0\ncomponents: {}", "error[not-a-spec]"),
        (b"[1, 2", "error[yaml-syntax]"),
        (b"\xff\xfe\xfd", "error[encoding]"),
        (b"A: 1\nA: 2", ":2:1: error[duplicate-key]"),
        (b"$defs: {A: {$ref: '#/$defs/B'}}", "error[ref-not-found]"),
        (b"$defs: {A: {$ref: 'http://a.b/c'}}", "error[ref-remote]"),
        (b"$defs: {A: {$ref: '../c.yaml'}}", "error[ref-outside]"),
        (b"$defs: {A: {$ref: '#/$defs/A'}}", "error[ref-cycle]"),
        (b"items: " + b"[" * 1000 + b"]" * 1000, "error[budget-depth]"),
    ],
)
def test_bad_specs(content: bytes | None, want: str) -> None:
    if content is not None:
        Path("nope.yaml").write_bytes(content)
    for command in ("generate", "check", "relax", "lint"):
        ran = run(f"{command} nope.yaml")
        assert ran.status == 1
        assert want in ran.out + ran.err
        assert "Traceback" not in ran.out + ran.err
    assert not Path("generated").exists()


def test_a_path_that_cannot_even_be_looked_at() -> None:
    ran = run(f"generate {'x' * 300}")
    assert ran.status == 1
    assert "error[file-unreadable]" in ran.err
    for place in ("pets.yaml/x", "x" * 300):
        ran = run(f"cases pets.yaml --out {place}")
        assert ran.status == 1
        assert "error[out-unwritable]" in ran.err


def test_nesting_up_to_the_budget_is_read() -> None:
    deep = "{type: array, items: " * 400 + "{type: string}" + "}" * 400
    Path("deep.yaml").write_text(openapi(f"A: {deep}"))
    assert run("generate deep.yaml -t typescript").status == 0
    assert run("relax deep.yaml").status == 0


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("", "the following arguments are required: COMMAND"),
        ("genrate", "invalid choice: 'genrate'"),
        ("generate --outptu x", "unrecognized arguments: --outptu"),
        ("generate pets.yaml --format yaml", "invalid choice: 'yaml'"),
        ("generate", "error[no-spec]"),
        ("lint", "error[no-spec]"),
        ("generate pets.yaml -t pyhton", "error[target-unknown]"),
        ("generate pets.yaml --docs-base-url x", "must be a web address"),
        ("generate pets.yaml --templates nope", "is no folder that can be read"),
        ("generate pets.yaml --templates empty", "has no template in the place of"),
        ("generate pets.yaml --config nope.toml", "error[file-not-found]"),
        ("generate pets.yaml --config empty", "hint: name a file in it"),
        ("generate pets.yaml -o ''", "-o/--output: the path is empty"),
        ("generate ''", "SPEC: the path is empty"),
        ("generate -", "SPEC: a spec is not read from standard input"),
        ("generate https://example.com/openapi.yaml", "is not fetched; download it"),
    ],
)
def test_bad_usage(line: str, want: str) -> None:
    Path("empty").mkdir()
    ran = run(line)
    assert ran.status == 2
    assert ran.out == "" or line == "lint"
    assert want in ran.out + ran.err


def test_a_spec_of_the_configuration_that_is_not_there() -> None:
    Path("specloom.toml").write_text('output = "out"\nspec = "nope.yaml"')
    for command in ("generate", "check", "relax", "lint"):
        ran = run(command)
        assert ran.status == 2
        told = "specloom.toml:2:1: error[path-not-found] there is no spec `nope.yaml`"
        assert (ran.out + ran.err).startswith(told)


def test_an_unknown_target_of_the_configuration() -> None:
    Path("specloom.toml").write_text('spec = "pets.yaml"\ntargets = ["pyhton"]')
    ran = run("generate")
    assert ran.status == 2
    assert ran.err.startswith("specloom.toml:2:1: error[target-unknown]")
    assert "hint: did you mean `python`?" in ran.err
    assert run("generate -t pyhton").err.startswith("error[target-unknown]")


def test_an_unknown_schema_and_an_output_that_is_a_file() -> None:
    ran = run("generate pets.yaml -t typescript --include Pett")
    assert ran.status == 1
    assert "error[include-unknown] no schema is called `Pett`\n" in ran.err
    assert "hint: did you mean `Pet`?" in ran.err
    assert ran.err.startswith("error[")
    own = 'spec = "pets.yaml"\ninclude = [\n  "Pet",\n  "Pett",\n]\n'
    Path("specloom.toml").write_text(own)
    for command in ("generate", "check", "lint", "relax"):
        ran = run(command)
        assert ran.status == 1
        assert "specloom.toml:2:1: error[include-unknown]" in ran.err + ran.out
    assert run("generate --include Pett").err.startswith("error[include-unknown]")
    Path("specloom.toml").unlink()
    ran = run("generate pets.yaml -t typescript -o pets.yaml")
    assert ran.status == 1
    assert "pets.yaml: it is not a folder" in ran.err


@pytest.mark.parametrize(
    ("template", "want"),
    [
        ("\n{% for x in %}", "mine/typescript/module.ts.j2:2:1: error[template]"),
        ("{{ view.header }}\n{{ 'raw' }}", ":2:1: error[template]"),
        ("{{ view.nope }}", "no attribute 'nope'"),
        ("{{ 1 // 0 }}", "integer division or modulo by zero"),
        ("{% include 'typescript/nope.j2' %}", "'typescript/nope.j2' not found"),
        ("{% include 'typescript/module.ts.j2' %}", "maximum recursion depth"),
    ],
)
def test_templates_at_fault(template: str, want: str) -> None:
    own = Path("mine/typescript/module.ts.j2")
    own.parent.mkdir(parents=True)
    own.write_text(template)
    ran = run("generate pets.yaml -t typescript --templates mine")
    assert ran.status == 1
    assert want in ran.err
    assert not Path("generated").exists()


def test_a_template_of_ones_own_wins() -> None:
    own = Path("mine/typescript/module.ts.j2")
    own.parent.mkdir(parents=True)
    own.write_text("{{ view.header }}\n// mine\n")
    assert run("generate pets.yaml -t typescript --templates mine").status == 0
    text = Path("generated/typescript/src/models/pet.ts").read_text()
    assert text.endswith("\n// mine\n")


def failing(error: BaseException) -> Any:
    def fail(*_: object) -> int:
        raise error

    return fail


def test_a_defect_gives_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "run", failing(KeyError("x")))
    ran = run("lint pets.yaml")
    assert ran.status == 70
    assert ran.err.startswith("specloom: internal error: KeyError: 'x'\n")
    assert "SPECLOOM_TRACEBACK=1" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("SPECLOOM_TRACEBACK", "1")
    assert "Traceback" in run("lint pets.yaml").err


def test_interrupts_and_full_disks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "run", failing(KeyboardInterrupt()))
    ran = run("lint pets.yaml")
    assert (ran.status, ran.out, ran.err) == (130, "", "")
    monkeypatch.setattr(commands, "run", failing(OSError(28, "No space left")))
    ran = run("lint pets.yaml")
    assert (ran.status, ran.err) == (1, "specloom: error: No space left\n")


def test_a_reader_that_leaves_is_no_error() -> None:
    command = [sys.executable, "-m", "specloom", "relax", "pets.yaml"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (ran.stderr, ran.returncode) == (b"", 141)
