"""Given: what the command line says of the configuration; checks of what both name.

Enters: the parsed arguments. Leaves: fields of :class:`~specloom.config.Config`, as
``load_config`` takes them, the error for the option that is wrong, and where in a
configuration stands what is not there.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from .budgets import Budgets
from .config import Config, ConfigError, find_config, place_of, usage_error
from .conform.arguments import file_path
from .diagnostics import Diagnostic, Location
from .load.nearest import nearest
from .values import fields, replace


def given(args: argparse.Namespace) -> dict[str, Any]:
    """What the command line says of the configuration's fields.

    Raises:
        ConfigError: ``budget-unknown``, ``budget-value`` or ``option-value``.
    """
    default = Config()
    names = {item.name for item in fields(Config)}
    said = {
        name: tuple(value) if isinstance(getattr(default, name), tuple) else value
        for name, value in vars(args).items()
        if name in names and value is not None
    }
    for name, read in (("budgets", _budget), ("map_ref", _copy)):
        if name in said:
            said[name] = dict(map(read, said[name]))
    return said


def _budget(text: str) -> tuple[str, int]:
    """The name and the number of a ``--budget``."""
    name, _, number = text.partition("=")
    known = [item.name for item in fields(Budgets)]
    if name not in known:
        hint = nearest(name, known)
        if hint == "check the spelling":
            hint = f"there is {', '.join(known)}"
        raise usage_error("budget-unknown", f"there is no budget `{name}`", hint)
    if not (number.isascii() and number.isdigit()):
        message = f"the budget `{name}` must be a whole number, not `{number}`"
        raise usage_error("budget-value", message, f"say --budget {name}=N")
    return name, int(number)


def _copy(text: str) -> tuple[str, Path]:
    """The URL and the path of a ``--map-ref``: a URL may hold an equals sign too."""
    url, _, path = text.rpartition("=")
    if not (url and path):
        hint = "say --map-ref https://example.com/schemas/=DIR"
        raise usage_error("option-value", f"`{text}` is not of the form URL=PATH", hint)
    return url, file_path(path)


def require_there(config: Config, args: argparse.Namespace) -> None:
    """Refuse a spec, and folders and copies for a ``$ref``, that are not there.

    A spec that the command line names is looked for when it is read, and one that is
    watched for may come.

    Raises:
        ConfigError: ``path-not-found``, at what names it in a configuration.
    """
    spec, watched = config.spec, getattr(args, "watch", False)
    if spec and not args.spec and not watched and not os.access(spec, os.F_OK):
        raise _absent(f"there is no spec `{spec.as_posix()}`", args, "spec")
    for folder in config.allow_ref:
        if not folder.exists():
            message = (
                f"there is no folder `{folder.as_posix()}`, which is to be allowed"
            )
            raise _absent(message, args, "allow_ref")
    for url, path in config.map_ref.items():
        name = path.as_posix()
        if not path.exists():
            message = f"there is no `{name}`, which `{url}` is mapped to"
            raise _absent(message, args, "map_ref", url)
        if url.endswith("/") and not path.is_dir():
            message = f"`{url}` is mapped to `{name}`, which is no folder"
            raise _absent(message, args, "map_ref", url)


def _absent(message: str, args: argparse.Namespace, *key: str) -> ConfigError:
    at = _configured(args, *key)
    return usage_error("path-not-found", message, "check the path", at)


def with_places(
    found: Iterable[Diagnostic], args: argparse.Namespace
) -> list[Diagnostic]:
    """What was found, with the place in a configuration of a name that is not there."""
    at = cache(lambda: _configured(args, "include"))
    return [
        replace(item, location=at()) if item.code == "include-unknown" else item
        for item in found
    ]


def _configured(args: argparse.Namespace, *key: str) -> Location | None:
    """Where a configuration sets what the command line does not."""
    name, *urls = key
    said = given(args).get(name, ())
    file = None if said and set(urls) <= set(said) else args.config or find_config()
    return place_of(file, *key) if file else None
