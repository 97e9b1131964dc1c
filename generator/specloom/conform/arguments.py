"""Arguments: what ``specloom conform`` and ``specloom cases`` take."""

from __future__ import annotations

import argparse
from pathlib import Path

PATIENCE = 60.0
"""Seconds without a verdict after which a driver is taken to hang."""

CONFORM_EPILOG = """\
examples:
  specloom cases openapi.yaml --out cases.jsonl
  specloom conform openapi.yaml --target python --cases cases.jsonl
  specloom conform openapi.yaml -t typescript --cases cases.jsonl --lenient
  specloom conform openapi.yaml -t python --cases cases.jsonl --format json

Generates the binding into a temporary folder, builds a small program beside it, feeds
it the cases and compares what comes back with the verdict of JSON Schema. That is
given by jsonschema-rs, which pip install "specloom[oracle]" brings; without it the
labels of the cases are taken for it. Exits with 1 if there is any difference.

A case is {"schema": NAME, "instance": ANY}, one a line; "valid": BOOL may be there.
A verdict is {"ok": BOOL, "out": the value written back or null, "error": {"path",
"code", "message"} or null}, one a line in the same order. A schema that the spec lacks
gets the code `unmapped`, one that uses what is not supported `unsupported`, a value
that is read but cannot be written back `encode`, a case on which the binding dies or
takes too long `crash`. With --format json each difference is an object on a line, and
the last line is {"summary": ...}; --quiet leaves the differences alone."""

CASES_EPILOG = """\
examples:
  specloom cases openapi.yaml --out cases.jsonl
  specloom cases openapi.yaml --per-schema 1000 --seed 7 --out cases.jsonl
  specloom cases openapi.yaml --lenient --out lenient.jsonl

For each schema: instances with as little as possible, with everything and with some of
it, each branch, fixed value, boundary, null and unknown property, and single faults in
them. At least half are valid, as far as so many are found; jsonschema-rs labels them,
which pip install "specloom[oracle]" brings. The same seed gives the same cases."""


def add_conform(command: argparse.ArgumentParser) -> None:
    """What ``conform`` takes beside what every command that reads a spec does."""
    command.add_argument(
        "-t", "--target", required=True, metavar="TARGET", help="the binding to judge"
    )
    command.add_argument(
        "--cases",
        required=True,
        type=file_path,
        metavar="FILE",
        help="a JSON Lines file",
    )
    command.add_argument(
        "--out", type=file_path, metavar="FILE", help="where the verdicts go"
    )
    command.add_argument(
        "--timeout",
        type=_seconds,
        default=PATIENCE,
        metavar="S",
        help=f"how many seconds the binding may take for a case ({PATIENCE:g})",
    )
    _add_both(command)


def add_cases(command: argparse.ArgumentParser) -> None:
    """What ``cases`` takes beside what every command that reads a spec does."""
    command.add_argument(
        "--per-schema",
        type=_count,
        default=100,
        metavar="N",
        help="how many cases to make of each schema, if there are as many (100)",
    )
    command.add_argument(
        "--seed", type=int, default=0, metavar="S", help="chooses other cases (0)"
    )
    command.add_argument(
        "--out",
        type=file_path,
        metavar="FILE",
        help="where the cases go (standard output)",
    )
    _add_both(command)


def _add_both(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lenient",
        action=argparse.BooleanOptionalAction,
        help="read the spec as `generate --lenient` does (see `relax`)",
    )


def file_path(text: str) -> Path:
    """The path of a file or folder; an empty text would be the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def _seconds(text: str) -> float:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"whole seconds, 1 or more, not {text!r}")
    return float(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number, 1 or more, not {text!r}")
    return int(text)
