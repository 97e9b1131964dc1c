"""`conform` and `cases` on the command line: labels, tools, files and mistakes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conforming import LABELLED, conform, folder
from shell import run
from small_specs import openapi
from specloom.conform.protocol import write_lines

__all__ = ["folder"]


@pytest.mark.usefixtures("folder")
def test_a_label_that_is_wrong_is_a_difference() -> None:
    case = '{"schema": "Pet", "instance": {}, "valid": true}'
    done = conform(Path("pets.yaml"), "python", case)
    assert "agreement   100.00 %" in done.out
    assert "1 difference: labelled otherwise than the oracle judges" in done.out
    assert done.status == 1


@pytest.mark.usefixtures("folder")
def test_a_quiet_run_shows_differences_alone() -> None:
    done = conform(Path("pets.yaml"), "python", LABELLED, "--quiet")
    assert (done.status, done.out, done.err) == (0, "", "")
    case = '{"schema": "Pet", "instance": {}, "valid": true}'
    done = conform(Path("pets.yaml"), "python", case, "-q")
    assert done.out.startswith("1 difference: labelled otherwise than")
    done = conform(Path("pets.yaml"), "python", case, "-q --format json")
    assert [json.loads(line)["case"] for line in done.out.splitlines()] == [1]


@pytest.mark.usefixtures("folder")
def test_labels_stand_in_for_the_oracle(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("commands", "oracle"):
        monkeypatch.setattr(f"specloom.conform.{module}.is_available", lambda: False)
    done = conform(Path("pets.yaml"), "python", LABELLED)
    assert done.status == 0, done.out + done.err
    assert "3 of 3 verdicts" in done.out
    assert "judged by the labels of the cases" in done.err
    done = conform(Path("pets.yaml"), "python", '{"schema": "Pet", "instance": {}}')
    assert done.status == 1
    assert done.err.startswith("cases.jsonl:1:1: error[oracle-missing]")
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


def test_of_two_that_write_a_file_of_lines_the_last_one_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "lines.jsonl"

    def lines() -> Iterator[str]:
        with monkeypatch.context() as patch:
            patch.setattr(os, "getpid", lambda: 1)
            write_lines(file, ["another's"])
        yield "new"

    write_lines(file, lines())
    assert file.read_text(encoding="utf-8") == "new\n"
    assert not [path for path in folder.iterdir() if "unfinished" in path.name]


@pytest.mark.usefixtures("folder")
def test_lines_that_have_no_place() -> None:
    done = run("cases pets.yaml --per-schema 1 --out nowhere/made.jsonl")
    assert done.status == 1
    assert "nowhere/made.jsonl: error[out-unwritable] cannot be written" in done.err
