"""Config: ``specloom.toml`` or ``[tool.specloom]`` in, checked settings out.

Every table is read against a dataclass: its fields are the keys, their annotations the
types, its ``__post_init__`` the rules. So a setting is declared in one place, and a
mistake in a file is reported with its line, all mistakes at once. Paths in a file are
relative to that file.
"""

from __future__ import annotations

import os
import re
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import (
    Any,
    Literal,
    TypeAlias,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from .diagnostics import Diagnostic, Diagnostics, Location, Severity, SpecloomError
from .load.nearest import nearest
from .load.source import decode, failure, read_bytes
from .options import Options
from .settings import name_fault
from .values import dataclass, replace

OWN_FILE = "specloom.toml"
SHARED_FILE = "pyproject.toml"
SHARED_TABLE = "tool.specloom"
_SIZE_MAX = 2**20

_HEADER = re.compile(r"(\s*\[+\s*)([^\[\]#]+?)\s*\]")
_KEY = re.compile(r"""(\s*)((?:[\w. -]|"[^"]*"|'[^']*')+?)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_KINDS: Mapping[type, tuple[str, str]] = {
    str: ("a text", "texts"),
    bool: ("true or false", "true or false"),
    int: ("a whole number", "whole numbers"),
    Path: ("a path, as a text", "paths, as texts"),
}
_Place: TypeAlias = tuple[str, ...]
_SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class ConfigError(SpecloomError):
    """The command line or a configuration file asks for what cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config(Options):
    """What a command works with: the options, and where things are.

    The fields, those of :class:`Options` too, are the keys of a configuration file;
    ``settings`` stands for the tables of targets and languages.
    """

    spec: Path | None = None
    """The entry file of the spec."""
    output: Path = Path("generated")
    """The folder that the targets' folders are in."""
    targets: tuple[str, ...] = ()
    """The targets to write; all if empty."""
    vocabulary: Path | None = None
    """A JSON Schema that ``lint`` applies to the ``x-`` keys of each schema.

    It speaks for ``spec``: if the command line names another one, it does not apply.
    """


def load_config(
    named: Path | None, given: Mapping[str, Any], settings_types: Mapping[str, type]
) -> Config:
    """The configuration that holds here, under what the command line gives.

    Args:
        named: the file that the user named; else it is looked for upward.
        given: fields of :class:`Config` from the command line, which win; of
            ``budgets`` and ``map_ref`` those that it names.
        settings_types: the settings dataclass of each target and language, by name.

    Raises:
        ConfigError: all that is wrong with the file, or with ``given``.
    """
    path = named or find_config()
    findings = Diagnostics()
    config = Config()
    try:
        if path is not None:
            config = _Reader(path, findings).config(settings_types)
        findings.raise_errors()
        return _overridden(config, given)
    except SpecloomError as error:
        raise ConfigError(*error.diagnostics) from error
    except ValueError as error:
        raise usage_error("option-value", str(error)) from error


def _overridden(config: Config, given: Mapping[str, Any]) -> Config:
    budgets = replace(config.budgets, **given.get("budgets", {}))
    map_ref = {**config.map_ref, **given.get("map_ref", {})}
    changed = replace(config, **{**given, "budgets": budgets, "map_ref": map_ref})
    if config.spec is None or changed.spec is None:
        return changed
    same = os.path.realpath(config.spec) == os.path.realpath(changed.spec)
    return changed if same else replace(changed, vocabulary=None)


def usage_error(
    code: str, message: str, hint: str = "", at: Location | None = None
) -> ConfigError:
    """The error for one thing that the command line asks for, or a configuration."""
    return ConfigError(Diagnostic(Severity.ERROR, code, message, at, hint))


def place_of(path: Path, *key: str) -> Location:
    """Where a configuration file sets a key whose value cannot be used."""
    return _Reader(path, Diagnostics()).place(key)


def find_config() -> Path | None:
    """The nearest configuration in this folder or above, relative where it can be."""
    return next((shown(path) for path, is_one in search(Path.cwd()) if is_one), None)


def search(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Each path looked at for a configuration, up to the first that is one."""
    for place in (folder, *folder.parents):
        own, shared = place / OWN_FILE, place / SHARED_FILE
        for path, is_one in ((own, own.is_file()), (shared, _has_table(shared))):
            yield path, is_one
            if is_one:
                return


def shown(path: Path) -> Path:
    """The path as a user in the current folder would type it."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # another drive of Windows
        return path


def _has_table(path: Path) -> bool:
    """Whether a ``pyproject.toml`` has settings for Specloom; a broken one may."""
    if not path.is_file():
        return False
    text = path.read_text(encoding="utf-8", errors="replace")
    if "specloom" not in text:
        return False
    try:
        return "specloom" in _loads(text).get("tool", {})
    except ValueError:
        return True


class _UnfitError(ValueError):
    """A value is not of the type that is asked for."""


class _Reader:
    """Reads one file; what is wrong goes to ``findings``."""

    def __init__(self, path: Path, findings: Diagnostics) -> None:
        self.path = path
        self.findings = findings
        self.at = Location(path.as_posix())
        self.prefix = ("tool", "specloom") if path.name == SHARED_FILE else ()
        self.text = decode(read_bytes(path, _SIZE_MAX, self.at), self.at.file)
        self.places = dict(_key_places(self.text))

    def config(self, settings_types: Mapping[str, type]) -> Config:
        """The whole file."""
        content: object = self._parse()
        for key in self.prefix:
            content = _members(content).get(key)
        members = _members(content)
        settings = {
            name: self.table(settings_types[name], members[name], (name,))
            for name in settings_types
            if name in members
        }
        if isinstance(content, dict):
            content = {k: v for k, v in members.items() if k not in settings}
        config: Config = self.table(Config, content, (), also_known=settings_types)
        return replace(config, settings=settings)

    def _parse(self) -> dict[str, Any]:
        try:
            return _loads(self.text)
        except ValueError as error:
            message = str(error)
            found = _SYNTAX_PLACE.search(message)
            line, column = self.text.count("\n") + 1, 1
            if found and found[1]:
                line, column = int(found[1]), int(found[2])
            at = replace(self.at, line=line, column=column)
            message = _SYNTAX_PLACE.sub("", message)
            hint = 'quote texts, and write lists as in targets = ["python"]'
            raise failure("toml-syntax", message, at, hint) from None

    def table(
        self, cls: Any, raw: object, place: _Place, also_known: Iterable[str] = ()
    ) -> Any:
        """An instance of a dataclass; a value that is wrong stays at its default."""
        if not isinstance(raw, dict):
            self._report("setting-type", f"{_quoted(place)} must be a table", place)
            return cls()
        hints = get_type_hints(cls)
        known = {item.name: item for item in fields(cls) if item.name != "settings"}
        good: dict[str, Any] = {}
        for key, value in _members(cast("object", raw)).items():
            here = (*place, key)
            if key not in known:
                hint = nearest(key, [*known, *also_known])
                message = f"there is no setting {_quoted(here)}"
                self._report("setting-unknown", message, here, hint)
                continue
            try:
                fit = self._value(hints[key], value, here)
                if fault := name_fault(known[key], fit):
                    raise ValueError(f"{_quoted(here)} {fault}")
                cls(**{key: fit})  # its rules, so that one that fails is known by name
                good[key] = fit
            except _UnfitError:
                message = f"{_quoted(here)} must be {_described(hints[key])}"
                self._report("setting-type", message, here)
            except ValueError as error:
                self._report("setting-value", str(error), here)
        return cls(**good)

    def _value(self, hint: Any, value: object, place: _Place) -> Any:
        """The value as the annotation has it; raises :class:`_UnfitError`."""
        hint = _without_none(hint)
        if is_dataclass(hint):
            return self.table(hint, value, place)
        if hint is Path:
            if value == "":
                raise ValueError(f"{_quoted(place)} is an empty path")
            # Joined to the file's folder, whatever the current folder is.
            return shown(self.path.absolute().parent / self._value(str, value, place))
        if get_origin(hint) is tuple:
            if not isinstance(value, list):
                raise _UnfitError
            item_hint = get_args(hint)[0]
            items = cast("list[object]", value)
            return tuple(self._value(item_hint, item, place) for item in items)
        if get_origin(hint) is Mapping:
            if not isinstance(value, dict):
                raise _UnfitError
            inner = get_args(hint)[1]
            members = _members(cast("object", value))
            return {k: self._value(inner, v, place) for k, v in members.items()}
        if get_origin(hint) is Literal:
            fits = value in get_args(hint)
        else:
            fits = type(value) is hint  # to Python, true is an integer
        if not fits:
            raise _UnfitError
        return value

    def place(self, key: _Place) -> Location:
        """Where a key stands, or else the table that it should stand in."""
        key = (*self.prefix, *key)
        while key and key not in self.places:
            key = key[:-1]
        line, column = self.places.get(key, (1, 1))
        return replace(self.at, line=line, column=column)

    def _report(self, code: str, message: str, place: _Place, hint: str = "") -> None:
        self.findings.error(code, message, self.place(place), hint)


def _loads(text: str) -> dict[str, Any]:
    """A TOML document, read by what only a run with such a file needs.

    Raises:
        ValueError: it is none; the message ends with the place.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def _key_places(text: str) -> Iterator[tuple[_Place, tuple[int, int]]]:
    """Line and column of each table and key; good enough for messages.

    A line inside a text of several lines may pass for a key: TOML's own reader, which
    knows better, gives no places.
    """
    header: _Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _HEADER.match(line):
            header = _split(found[2])
            yield header, (number, found.end(1) + 1)
        elif found := _KEY.match(line):
            yield (*header, *_split(found[2])), (number, found.end(1) + 1)


def _members(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _split(dotted: str) -> _Place:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _quoted(place: _Place) -> str:
    return f"`{'.'.join(place) or SHARED_TABLE}`"


def _without_none(hint: Any) -> Any:
    """The one type beside None, which a configuration says by saying nothing."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _described(hint: Any, many: bool = False) -> str:
    """What a value has to be, in words."""
    hint = _without_none(hint)
    if get_origin(hint) is tuple:
        return f"a list of {_described(get_args(hint)[0], many=True)}"
    if get_origin(hint) is Mapping:
        return f"a table of {_described(get_args(hint)[1], many=True)}"
    if get_origin(hint) is Literal:
        return f"{'these' if many else 'one of'}: {', '.join(get_args(hint))}"
    one, several = _KINDS[hint]
    return several if many else one
