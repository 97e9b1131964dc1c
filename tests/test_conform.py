"""`specloom conform` as its users run it: bindings that agree, and some that do not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from golden_cases import CASES, Case as Golden
from shell import Ran, folder, run
from small_specs import openapi
from specloom.conform.protocol import write_lines
from specloom.conform.toolchains import TOOLCHAINS
from specloom.render import templates_folder
from specloom.targets import TARGETS

__all__ = ["folder"]

ROUNDS = {"typescript"}
"""Targets that leave numbers to `JSON.parse`, which rounds them to doubles."""
NEEDS = {"python": (), "typescript": ("node", "tsc")}

targets = pytest.mark.parametrize("target", sorted(TOOLCHAINS))


@pytest.fixture
def toolchain(tool: Callable[[str], Path], target: str) -> str:
    """A target whose tools this machine has; skips otherwise."""
    for name in NEEDS[target]:
        tool(name)
    return target


def conform(spec: Path, target: str, cases: str, options: str = "") -> Ran:
    Path("cases.jsonl").write_text(cases, encoding="utf-8")
    return run(
        f"conform {spec} -t {target} --cases cases.jsonl --out out.jsonl {options}"
    )


def verdicts() -> list[Any]:
    lines = Path("out.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def codes() -> list[str]:
    """Of each verdict the code, or what was written back."""
    return [
        item["error"]["code"] if item["error"] else json.dumps(item["out"])
        for item in verdicts()
    ]


def holds(spec: Path, target: str, options: str, per_schema: int) -> None:
    """Fail unless a binding agrees with the oracle on a whole corpus."""
    made = run(f"cases {spec} --per-schema {per_schema} --out cases.jsonl {options}")
    assert made.status == 0, made.err
    done = run(f"conform {spec} -t {target} --cases cases.jsonl {options}")
    assert "agreement   100.00 %" in done.out, done.out + done.err
    if target in ROUNDS:
        kinds = [x for x in done.out.splitlines() if "difference" in x]
        assert all("rounded to what a double holds" in x for x in kinds), done.out
    else:
        assert "round trip  100.00 %" in done.out, done.out
        assert done.status == 0


def test_every_binding_can_be_judged() -> None:
    bindings = {name for name in TARGETS if name != "markdown"}
    assert set(TOOLCHAINS) == bindings == set(NEEDS)


@targets
@pytest.mark.parametrize("options", ["", "--lenient"], ids=["strict", "lenient"])
@pytest.mark.usefixtures("folder")
def test_the_canonical_spec(options: str, toolchain: str, checkout: Path) -> None:
    holds(checkout / "spec" / "openapi.yaml", toolchain, options, 40)


@pytest.mark.slow
@targets
@pytest.mark.parametrize("options", ["", "--lenient"], ids=["strict", "lenient"])
@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.usefixtures("folder")
def test_golden_cases(case: Golden, options: str, toolchain: str) -> None:
    holds(case.spec, toolchain, options, 100)


@pytest.mark.slow
@targets
@pytest.mark.parametrize("options", ["", "--lenient"], ids=["strict", "lenient"])
@pytest.mark.usefixtures("folder")
def test_a_whole_api(options: str, toolchain: str, shared_spec: Path) -> None:
    holds(shared_spec, toolchain, options, 15)


SMALL = """
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
    Any: {}
    Conditional: {if: {type: string}, then: {minLength: 2}}
    Uses: {type: array, items: {$ref: '#/components/schemas/Conditional'}}
    'odd "name"': {type: integer}
"""
ROWS = [
    (
        "Pet",
        '{"name": "a", "x": {"y": [1, null]}}',
        '{"name": "a", "x": {"y": [1, null]}}',
    ),
    ("Pet", '{"name": 1}', "type"),
    ("Pet", "{}", "required"),
    ("Pet", '{"name":}', "json"),
    ("Nope", "1", "unmapped"),
    ("Conditional", '"ab"', "unsupported"),
    ("Uses", '["a"]', "unsupported"),
    ('odd "name"', "7", "7"),
    ("Any", "{}", "{}"),
    ("Any", "null", "null"),
    ("Any", "[" * 300 + "]" * 300, "depth"),
    ("Any", "[" * 100_000 + "]" * 100_000, "depth"),
    ("Any", '"\\ud800"', '"\\ud800"'),
]


@targets
@pytest.mark.usefixtures("folder")
def test_each_case_gets_its_verdict_in_order(toolchain: str) -> None:
    spec = Path("spec.yaml")
    spec.write_text(openapi(SMALL), encoding="utf-8")
    cases = [f'{{"schema": {json.dumps(n)}, "instance": {i}}}\n' for n, i, _ in ROWS]
    done = conform(spec, toolchain, "".join(cases))
    assert codes() == [want for *_, want in ROWS]
    wants_ok = [item["error"] is None for item in verdicts()]
    assert [item["ok"] for item in verdicts()] == wants_ok
    assert verdicts()[1]["error"]["path"] == "name"
    assert "not asked   2 cases of schemas that use what is not supported" in done.out
    assert "not judged  3 cases" in done.out
    assert "1 difference: valid, but nested deeper than the binding reads" in done.out
    assert done.status == 1


# --- bindings that are wrong ----------------------------------------------------------

LABELLED = """\
{"schema": "Pet", "instance": {"name": "a"}, "valid": true}
{"schema": "Pet", "instance": {"name": 7}, "valid": false}
{"schema": "Kind", "instance": "cat", "valid": true}
"""


def broken(body: str) -> str:
    """Another way to decode."""
    return f"def decode(self, value): {body}\nCodec.decode = decode"


def with_broken(template: str, addition: str) -> Path:
    """A configuration in which a file of the templates ends otherwise."""
    source = (templates_folder() / template).read_text(encoding="utf-8")
    place = Path("mine", template)
    place.parent.mkdir(parents=True)
    place.write_text(f"{source}\n{addition}\n", encoding="utf-8")
    Path("specloom.toml").write_text('templates = "mine"\n', encoding="utf-8")
    return Path("pets.yaml")


@pytest.mark.parametrize(
    ("addition", "want", "found"),
    [
        (
            broken("return value"),
            "1 difference: invalid, but accepted",
            ['{"name": "a"}', '{"name": 7}', '"cat"'],
        ),
        (
            broken("raise DecodeError('', [TOO_DEEP])"),
            "2 differences: valid, but nested deeper than the binding reads",
            ["depth", "depth", "depth"],
        ),
        (
            broken("return value if value == 'cat' else 1 / 0"),
            "2 differences: the binding died",
            ["crash", "crash", '"cat"'],
        ),
        (
            broken(
                "return value if value != {'name': 7} else __import__('os')._exit(3)"
            ),
            "1 difference: the binding died",
            ['{"name": "a"}', "crash", '"cat"'],
        ),
    ],
    ids=["accepts all", "refuses all", "raises", "dies"],
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_verdict_is_found(addition: str, want: str, found: list[str]) -> None:
    spec = with_broken("python/_runtime/codec.py", addition)
    done = conform(spec, "python", LABELLED)
    assert want in done.out, done.out + done.err
    assert codes() == found
    assert done.status == 1


@pytest.mark.usefixtures("folder")
def test_a_case_on_which_a_binding_hangs_is_named() -> None:
    addition = (
        "import time\ndef violations(table, value):\n"
        "    return time.sleep(99) if value == {'name': 7} else []"
    )
    spec = with_broken("python/_runtime/codec.py", addition)
    done = conform(spec, "python", LABELLED, "--timeout 1")
    assert "1 difference: the binding died" in done.out, done.out + done.err
    assert (
        'case 2, Pet: {"name": 7}\n    got gave no answer within 1 s [crash]'
        in done.out
    )
    assert codes() == ['{"name": "a"}', "crash", '"cat"']


@pytest.mark.usefixtures("folder")
def test_machines_are_told_each_difference_and_a_summary() -> None:
    spec = with_broken("python/_runtime/wire.py", "def encode(value): return {}")
    case = '{"schema": "Other", "instance": {"x": 1.0}}\n'
    done = conform(spec, "python", case * 5, "--format json")
    *differences, last = done.findings
    assert differences[0] == {
        "difference": "changed",
        "case": 1,
        "schema": "Other",
        "instance": '{"x": 1.0}',
        "out": "{}",
        "error": None,
    }
    assert len(differences) == 5
    assert last["summary"].pop("seconds") > 0
    assert last["summary"] == {
        "title": "Test",
        "target": "python",
        "cases": 5,
        "schemas": 1,
        "judged": 5,
        "agreed": 5,
        "accepted": 5,
        "kept": 0,
        "unsupported": 0,
        "unjudged": 0,
        "differences": {"changed": 5},
    }
    assert done.status == 1


@pytest.mark.parametrize(
    ("result", "want"),
    [
        ("'{}'", "1 difference: accepted, but written back otherwise"),
        ("'{\"name\": 1e22}'", "at name: expected 9007199254740993, got 1E+22"),
        (
            "'{\"name\": 9007199254740992.0}'",
            "1 difference: written back with numbers rounded to what a double holds",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_changed_value_is_found(result: str, want: str) -> None:
    addition = f"def encode_json(value, *, indent=None): return {result}"
    with_broken("python/_runtime/wire.py", addition)
    Path("pets.yaml").write_text(openapi("Pet: {type: object}"), encoding="utf-8")
    case = '{"schema": "Pet", "instance": {"name": 9007199254740993}}'
    done = conform(Path("pets.yaml"), "python", case)
    assert want in done.out, done.out + done.err
    assert "round trip    0.00 %  0 of 1 accepted instance" in done.out
    assert done.status == 1


@pytest.mark.usefixtures("folder")
def test_a_value_that_cannot_be_written_is_found() -> None:
    case = '{"schema": "Other", "instance": {"x": 1e400}}'
    done = conform(Path("pets.yaml"), "python", case)
    assert "1 difference: accepted, but not written back" in done.out
    (verdict,) = verdicts()
    assert verdict["ok"] is True
    assert verdict["out"] is None
    assert verdict["error"]["code"] == "encode"


@pytest.mark.usefixtures("folder")
def test_a_driver_that_does_not_start_is_an_error() -> None:
    spec = with_broken("python/_runtime/codec.py", "raise SystemExit('gone')")
    done = conform(spec, "python", LABELLED)
    assert done.status == 1
    assert "error[driver-run] cannot run the driver" in done.err
    assert "gone" in done.err


@pytest.mark.parametrize("target", ["typescript"])
@pytest.mark.usefixtures("folder")
def test_a_driver_that_does_not_compile_is_an_error(toolchain: str) -> None:
    spec = with_broken("typescript/runtime.ts", "const broken: string = 1;")
    done = conform(spec, toolchain, LABELLED)
    assert done.status == 1
    assert "error[driver-build] cannot build the driver" in done.err
    assert "runtime.ts" in done.err


# --- labels, tools, the command line --------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_a_label_that_is_wrong_is_a_difference() -> None:
    case = '{"schema": "Pet", "instance": {}, "valid": true}'
    done = conform(Path("pets.yaml"), "python", case)
    assert "agreement   100.00 %" in done.out
    assert "1 difference: labelled otherwise than the oracle judges" in done.out
    assert done.status == 1


@pytest.mark.usefixtures("folder")
def test_labels_stand_in_for_the_oracle(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("commands", "oracle"):
        monkeypatch.setattr(f"specloom.conform.{module}.is_available", lambda: False)
    done = conform(Path("pets.yaml"), "python", LABELLED)
    assert done.status == 0, done.out + done.err
    assert "3 of 3 verdicts" in done.out
    done = conform(Path("pets.yaml"), "python", '{"schema": "Pet", "instance": {}}')
    assert done.status == 1
    assert "error[oracle-missing]" in done.err
    assert 'pip install "specloom[oracle]"' in done.err


@pytest.mark.usefixtures("folder")
def test_missing_tools_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_args, **_options: None)
    done = conform(Path("pets.yaml"), "typescript", LABELLED)
    assert done.status == 1
    for text in ("`node` is needed", "Node.js 18", "`tsc` is needed", "npm install"):
        assert text in done.err


@pytest.mark.parametrize(
    ("line", "status", "want"),
    [
        ("conform pets.yaml -t python", 2, "--cases"),
        ("conform pets.yaml --cases cases.jsonl", 2, "-t/--target"),
        ("conform pets.yaml -t pyton --cases x", 2, "did you mean `python`?"),
        ("conform pets.yaml -t markdown --cases x", 2, "no driver for the target"),
        ("conform pets.yaml -t python --cases x", 1, "x: error[cases-unreadable]"),
        ("cases pets.yaml --per-schema 0", 2, "a whole number, 1 or more"),
        ("cases nope.yaml", 1, "error[file-not-found]"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_mistakes_on_the_command_line(line: str, status: int, want: str) -> None:
    done = run(line)
    assert done.status == status
    assert want in done.err


@pytest.mark.usefixtures("folder")
def test_cases_go_to_standard_output_or_a_file() -> None:
    printed = run("cases pets.yaml --per-schema 5")
    written = run("cases pets.yaml --per-schema 5 --out made.jsonl")
    assert printed.out == Path("made.jsonl").read_text(encoding="utf-8")
    assert len(printed.out.splitlines()) == 15
    assert written.out == "made.jsonl: 15 cases of 3 schemas, 9 of them valid\n"
    first = json.loads(printed.out.splitlines()[0])
    assert first == {"schema": "Pet", "instance": {"name": "text"}, "valid": True}


@pytest.mark.usefixtures("folder")
def test_cases_say_what_they_lack() -> None:
    many = "type: object, required: [a, b, c, d], properties: "
    levels = [
        f"L{i}: {{{many}{{a: *n, b: *n, c: *n, d: *n}}}}".replace(
            "*n", f"{{$ref: '#/components/schemas/L{i + 1}'}}"
        )
        for i in range(9)
    ]
    text = "\n".join([*levels, "L9: {type: boolean}", "Never: {not: {}}"])
    Path("wide.yaml").write_text(openapi(text), encoding="utf-8")
    done = run("cases wide.yaml --per-schema 8 --out made.jsonl")
    assert done.status == 0
    assert "fewer than 8 cases were found for" in done.err
    assert "instances of more than 2,000 values" in done.err
    made = Path("made.jsonl").read_text(encoding="utf-8").splitlines()
    assert done.out.startswith(f"made.jsonl: {len(made)} cases of 11 schemas")


@pytest.mark.usefixtures("folder")
def test_cases_refuse_what_generate_refuses() -> None:
    text = "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/A'}"
    Path("circle.yaml").write_text(openapi(text), encoding="utf-8")
    done = run("cases circle.yaml --out made.jsonl")
    assert done.status == 1
    assert "error[ref-cycle]" in done.err
    assert not Path("made.jsonl").exists()


def test_a_file_of_lines_is_whole_or_what_it_was(folder: Path) -> None:
    def lines() -> Iterator[str]:
        yield "new"
        raise KeyboardInterrupt

    file = folder / "lines.jsonl"
    file.write_text("old\n", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        write_lines(file, lines())
    assert file.read_text(encoding="utf-8") == "old\n"
    assert [path.name for path in folder.iterdir() if "lines" in path.name] == [
        "lines.jsonl"
    ]
    done = run("cases pets.yaml --per-schema 1 --out nowhere/made.jsonl")
    assert done.status == 1
    assert "nowhere/made.jsonl: error[out-unwritable] cannot be written" in done.err
