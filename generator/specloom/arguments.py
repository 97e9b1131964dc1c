"""Arguments: the command line's words in, a namespace out; the help that people read.

Only ``argparse`` is imported, so that ``--version`` and ``--help`` answer at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path
from typing import Any, NoReturn

from . import __version__
from .conform.arguments import (
    CASES_EPILOG,
    CONFORM_EPILOG,
    add_cases,
    add_conform,
    file_path,
)

_DESCRIPTION = """\
Specloom turns one OpenAPI 3 or JSON Schema document into models and documentation
for many languages."""

_EPILOG = """\
examples:
  specloom generate openapi.yaml -t python -o src/models
  specloom generate                   as specloom.toml in this folder or above says
  specloom check                      in CI: fails when the output is not up to date
  specloom lint openapi.yaml          all there is to say about a spec
  specloom targets                    what can be generated, and the settings

exit status:
  0  done; warnings may have been shown
  1  the spec has errors, `check` found files that are not up to date, or `conform`
     a verdict that differs
  2  the command line or the configuration is wrong
  70 internal error: a defect of Specloom

Settings stand in specloom.toml, or in [tool.specloom] of pyproject.toml; the command
line wins. `specloom COMMAND --help` tells more."""

_GENERATE_EPILOG = """\
examples:
  specloom generate openapi.yaml -t python -t markdown -o out
  specloom generate openapi.yaml --include 'Realtime*'
  specloom generate openapi.yaml --templates my-templates --black
  specloom generate --format json     one finding a line, for machines

Files that Specloom wrote and no longer generates are removed; a file that it did not
write is never touched. If there is an error, nothing is written."""

_CHECK_EPILOG = """\
Finds files that were edited, are outdated or missing, or that nothing generates any
more, and says how to mend it. Give it the options of your `specloom generate`."""

_LINT_EPILOG = """\
Reports what `generate` does, and more: notes on choices that were made for you,
examples and defaults that their own schema refuses, required properties that are not
described, and extension keys that a vocabulary refuses, if the setting `vocabulary`
names a JSON Schema for them. Values and keys are checked by jsonschema-rs, which
pip install "specloom[oracle]" brings."""

_RELAX_EPILOG = """\
Prints the schemas that `generate --lenient` goes by, as an OpenAPI 3.1 document in
JSON: an optional property also accepts null, an enumeration of texts any text, and a
union that is told apart by a tag accepts objects with another tag."""


class _Parser(argparse.ArgumentParser):
    """Takes options by their full names, and keeps the layout of the examples."""

    def __init__(self, **settings: Any) -> None:
        layout = argparse.RawDescriptionHelpFormatter
        super().__init__(allow_abbrev=False, formatter_class=layout, **settings)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and exit."""
        self.exit(2, f"{self.prog}: error: {message}\n  see `{self.prog} --help`\n")


class _FormatAction(argparse.Action):
    """``--format json`` is about findings; a bare ``--format`` is ``--black``."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        if values is None:
            namespace.black = True
        else:
            namespace.format = values


def make_parser(named: Collection[str]) -> argparse.ArgumentParser:
    """The command line; of a command that is not ``named`` it knows the name alone.

    What an option does not set is None, but ``format``.
    """
    parser = _Parser(prog="specloom", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument(
        "--version", action="version", version=f"specloom {__version__}"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary, epilog, adders in _COMMANDS:
        text = summary[0].upper() + summary[1:] + "."
        command = commands.add_parser(
            name, help=summary, description=text, epilog=epilog
        )
        for add in adders if name in named else ():
            add(command)
    return parser


_FORMAT: dict[str, Any] = {
    "default": "text",
    "help": "how findings are printed: for people, or one JSON object a line",
}


def _spec_path(text: str) -> Path:
    """The path of the spec, and no other way to name one."""
    if text == "-":
        fault = "a spec is not read from standard input; name a file"
        raise argparse.ArgumentTypeError(fault)
    if "://" in text:
        fault = f"{text} is not fetched; download it, and name the file"
        raise argparse.ArgumentTypeError(fault)
    return file_path(text)


def _add_modes(generate: argparse.ArgumentParser) -> None:
    """What ``generate`` alone takes."""
    generate.add_argument(
        "--profile",
        action="store_true",
        help="do the whole work, and print the seconds of each phase",
    )
    mode = generate.add_mutually_exclusive_group()
    mode.add_argument(
        "--check", action="store_true", help="write nothing: the same as `check`"
    )
    mode.add_argument(
        "--verify",
        action="store_true",
        help="believe no file's size and time: read and hash all of them",
    )
    mode.add_argument(
        "--watch",
        action="store_true",
        help="generate again whenever the spec, a setting or a template changes",
    )


def _add_reading(command: argparse.ArgumentParser) -> None:
    """What every command that reads a spec takes."""
    command.add_argument(
        "spec", nargs="?", type=_spec_path, metavar="SPEC", help="the spec's entry file"
    )
    command.add_argument(
        "--allow-ref",
        action="append",
        type=file_path,
        metavar="DIR",
        help="let a $ref name files in DIR, which is outside the spec's own folder",
    )
    command.add_argument(
        "--map-ref",
        action="append",
        metavar="URL=PATH",
        help="where a copy is of what a $ref names by URL, a folder for all below"
        " it; may be repeated",
    )
    command.add_argument(
        "--bodies",
        action=argparse.BooleanOptionalAction,
        help="read the schemas of requests and responses beside those that have names",
    )
    command.add_argument(
        "--budget",
        action="append",
        dest="budgets",
        metavar="NAME=N",
        help="raise what a run may cost, as in nodes=9000000; may be repeated",
    )
    command.add_argument(
        "--config",
        type=file_path,
        metavar="FILE",
        help="the configuration; by default the nearest one in this folder or above",
    )


def _add_selection(command: argparse.ArgumentParser) -> None:
    """What ``generate`` and ``check`` make, and where it goes."""
    add = command.add_argument
    add(
        "-t",
        "--target",
        action="append",
        dest="targets",
        metavar="TARGET",
        help="write this one, and leave others as they are; may be repeated",
    )
    add(
        "-o",
        "--output",
        type=file_path,
        metavar="DIR",
        help="where the targets' folders go (default: generated)",
    )
    add(
        "--include",
        action="append",
        metavar="NAME_OR_GLOB",
        help="emit these schemas and what they need, not all; may be repeated",
    )
    add(
        "--templates",
        type=file_path,
        metavar="DIR",
        help="a folder of templates that replace those of the same name",
    )


def _add_manner(command: argparse.ArgumentParser) -> None:
    """How ``generate`` and ``check`` make it, and tell of it."""
    add = command.add_argument
    add(
        "--skip-broken",
        action=argparse.BooleanOptionalAction,
        help="warn of what is wrong in a spec, and go on as if it were left out",
    )
    add(
        "--lenient",
        action=argparse.BooleanOptionalAction,
        help="accept nulls and new values as live servers send them (see `relax`)",
    )
    add(
        "--docs-base-url",
        metavar="URL",
        help="where links in descriptions that begin with / lead",
    )
    add(
        "--black",
        action=argparse.BooleanOptionalAction,
        help="run black over Python files that your own templates lay out",
    )
    add(
        "--format",
        nargs="?",
        choices=("text", "json"),
        action=_FormatAction,
        default="text",
        help=f"{_FORMAT['help']}; alone, before another option: the same as --black",
    )


def _add_quiet(command: argparse.ArgumentParser) -> None:
    """What every command takes."""
    command.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="show errors alone: no warnings, no progress, no summary",
    )


def _add_format(command: argparse.ArgumentParser) -> None:
    """How commands that lay no file out tell of what they find."""
    command.add_argument("--format", choices=("text", "json"), **_FORMAT)


_JUDGING = (_add_reading, _add_quiet, _add_format)
_MAKING = (_add_selection, _add_manner, _add_reading, _add_quiet)
_COMMANDS = (
    (
        "generate",
        "write models and documentation",
        _GENERATE_EPILOG,
        (_add_modes, *_MAKING),
    ),
    ("check", "tell whether the output is up to date", _CHECK_EPILOG, _MAKING),
    ("lint", "find mistakes and doubtful places in a spec", _LINT_EPILOG, _JUDGING),
    ("relax", "print how `--lenient` reads a spec", _RELAX_EPILOG, _JUDGING),
    ("conform", "judge a binding by cases", CONFORM_EPILOG, (add_conform, *_JUDGING)),
    (
        "cases",
        "make cases for `conform` from a spec",
        CASES_EPILOG,
        (add_cases, *_JUDGING),
    ),
    (
        "targets",
        "list what can be generated, and the settings",
        None,
        (_add_quiet, _add_format),
    ),
)
"""Each command: its name, what it does, the end of its help, and what adds options."""
