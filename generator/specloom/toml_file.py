"""TOML: a file in; dataclasses out, and all that is wrong with it, each with its place.

Every table is read against a dataclass: its fields are the keys, their annotations the
types, its ``__post_init__`` the rules. Paths are relative to the file.
"""

from __future__ import annotations

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

from .diagnostics import Diagnostics, Location
from .load.nearest import nearest
from .load.source import decode, failure, read_bytes, shown
from .settings import name_fault
from .values import replace

Key: TypeAlias = tuple[str, ...]
"""A key, behind the tables that it is in."""

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
_SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class _UnfitError(ValueError):
    """A value is not of the type that is asked for."""


class TomlFile:
    """One file; what is wrong with it goes to ``findings``.

    ``top`` names the table that is read, by the tables that it is in.
    """

    def __init__(self, path: Path, top: Key, findings: Diagnostics) -> None:
        self.path, self.top = path, top
        self.findings = findings
        self.at = Location(path.as_posix())
        self.text = decode(read_bytes(path, _SIZE_MAX, self.at), self.at.file)
        self.places = dict(_key_places(self.text))

    def content(self) -> object:
        """What is read: a table, or what else the file has in its place.

        Raises:
            SpecloomError: ``toml-syntax``.
        """
        found: object = self._parse()
        for key in self.top:
            found = members(found).get(key)
        return found

    def _parse(self) -> dict[str, Any]:
        try:
            return loads(self.text)
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
        self, cls: Any, raw: object, place: Key, also_known: Iterable[str] = ()
    ) -> Any:
        """An instance of a dataclass; a value that is wrong stays at its default."""
        if not isinstance(raw, dict):
            self._report(
                "setting-type", f"{self._quoted(place)} must be a table", place
            )
            return cls()
        hints = get_type_hints(cls)
        known = {item.name: item for item in fields(cls) if item.name != "settings"}
        good: dict[str, Any] = {}
        for key, value in members(cast("object", raw)).items():
            here = (*place, key)
            if key not in known:
                hint = nearest(key, [*known, *also_known])
                message = f"there is no setting {self._quoted(here)}"
                self._report("setting-unknown", message, here, hint)
                continue
            try:
                fit = self._value(hints[key], value, here)
                if fault := name_fault(known[key], fit):
                    raise ValueError(f"{self._quoted(here)} {fault}")
                cls(**{key: fit})  # its rules, so that one that fails is known by name
                good[key] = fit
            except _UnfitError:
                message = f"{self._quoted(here)} must be {_described(hints[key])}"
                self._report("setting-type", message, here)
            except ValueError as error:
                self._report("setting-value", str(error), here)
        return cls(**good)

    def _value(self, hint: Any, value: object, place: Key) -> Any:
        """The value as the annotation has it; raises :class:`_UnfitError`."""
        hint = _without_none(hint)
        if is_dataclass(hint):
            return self.table(hint, value, place)
        if hint is Path:
            if value == "":
                raise ValueError(f"{self._quoted(place)} is an empty path")
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
            named = members(cast("object", value)).items()
            return {k: self._value(inner, v, place) for k, v in named}
        if get_origin(hint) is Literal:
            fits = value in get_args(hint)
        else:
            fits = type(value) is hint  # to Python, true is an integer
        if not fits:
            raise _UnfitError
        return value

    def place(self, key: Key) -> Location:
        """Where a key stands, or else the table that it should stand in."""
        key = (*self.top, *key)
        while key and key not in self.places:
            key = key[:-1]
        line, column = self.places.get(key, (1, 1))
        return replace(self.at, line=line, column=column)

    def _quoted(self, place: Key) -> str:
        return f"`{'.'.join(place or self.top)}`"

    def _report(self, code: str, message: str, place: Key, hint: str = "") -> None:
        self.findings.error(code, message, self.place(place), hint)


def loads(text: str) -> dict[str, Any]:
    """A TOML document, read by what only a run with such a file needs.

    Raises:
        ValueError: it is none; the message ends with the place.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def _key_places(text: str) -> Iterator[tuple[Key, tuple[int, int]]]:
    """Line and column of each table and key; good enough for messages.

    A line inside a text of several lines may pass for a key: TOML's own reader, which
    knows better, gives no places.
    """
    header: Key = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _HEADER.match(line):
            header = _split(found[2])
            yield header, (number, found.end(1) + 1)
        elif found := _KEY.match(line):
            yield (*header, *_split(found[2])), (number, found.end(1) + 1)


def members(value: object) -> dict[str, object]:
    """The members of a table; of anything else there are none."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _split(dotted: str) -> Key:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


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
