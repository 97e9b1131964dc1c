"""`specloom conform` finds what is wrong with a binding, whatever it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conforming import LABELLED, codes, conform, folder, toolchain, verdicts
from small_specs import openapi
from specloom.conform.protocol import Case, Verdict, verdict_line
from specloom.conform.runner import _Run
from specloom.render import templates_folder
from specloom.rendering import silent

__all__ = ["folder", "toolchain"]


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
        "    return time.sleep(999) if value == {'name': 7} else []"
    )
    spec = with_broken("python/_runtime/codec.py", addition)
    done = conform(spec, "python", LABELLED, "--timeout 5")
    assert "1 difference: the binding died" in done.out, done.out + done.err
    assert (
        'case 2, Pet: {"name": 7}\n    got gave no answer within 5 s [crash]'
        in done.out
    )
    assert codes() == ['{"name": "a"}', "crash", '"cat"']


def test_a_driver_that_is_slow_to_start_hangs_on_no_case(tmp_path: Path) -> None:
    said = f"ready\n{verdict_line(Verdict(True, '1'))}\n"
    program = f"import sys, time; time.sleep(1); open(sys.argv[2], 'w').write({said!r})"
    command = (sys.executable, "-c", program)
    runner = _Run(command, tmp_path, 0.2, silent)
    assert [*runner.fed([Case("A", "1")])] == [Verdict(True, "1")]


@pytest.mark.usefixtures("folder")
def test_machines_are_told_each_difference_and_a_summary() -> None:
    spec = with_broken("python/_runtime/wire.py", "def encode_json(value): return '{}'")
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
