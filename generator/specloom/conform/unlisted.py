"""Unlisted: names for properties that a schema does not list.

Enters: the reading of an object. Leaves: names that its rules seem to allow, for maps
and unknown properties, and others that they forbid.
"""

from __future__ import annotations

from collections.abc import Iterator

from .patterns import example
from .readings import Reader, Reading
from .scalars import fits

NAMES = (
    *("unknown", "odd name", "__proto__", "x-extra", "constructor", "", "__class__"),
    *("toString", "from", "größe", "\N{GRINNING FACE}", 'a"b\\c', "$ref", "0", "a.b"),
    "\N{LINE SEPARATOR}\x00",
)
"""Names that mean something to a language or need care when they are written."""
_MOST = 150


def allowed_names(reading: Reading, reader: Reader) -> Iterator[str]:
    """Names whose properties may be there, those that patterns ask for first."""
    for name in _likely(reading, reader):
        if _is_allowed(name, reading, reader):
            yield name


def forbidden_names(reading: Reading, reader: Reader) -> Iterator[str]:
    """Names whose properties may not be there."""
    for name in (*NAMES, *_likely(reading, reader)):
        if name not in reading.members and not _is_allowed(name, reading, reader):
            yield name


def _likely(reading: Reading, reader: Reader) -> list[str]:
    found: list[str] = []
    for rule in reading.objects:
        for pattern, _ in rule.patterns:
            made = (example(pattern, n, pick) for n in (1, 3) for pick in (0, 1))
            found += (name for name in made if name is not None)
    for names in reader.readings(reading.names):
        if names.values is not None:
            found += [value for value in names.values if isinstance(value, str)]
        elif names.strings:
            found += names.texts
    found += (*NAMES, *(f"key{number}" for number in range(1, _MOST)))
    return [name for name in dict.fromkeys(found) if name not in reading.members]


def _is_allowed(name: str, reading: Reading, reader: Reader) -> bool:
    if not reader.readings(reading.member(name)):
        return False
    return any(
        fits(name, option.strings) if option.values is None else name in option.values
        for option in reader.readings(reading.names)
        if "string" in option.kinds
    )
