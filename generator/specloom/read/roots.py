"""Roots: the schemas of a spec that have an identity, and what they are called.

Enters: the place of a schema. Leaves: its identity, and a name where the spec gives it
none.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from ..diagnostics import Location, unescape_token
from ..schema import ANYTHING, Schema
from ..values import dataclass

_DEFINITIONS = ("schemas", "$defs", "definitions")
_STRUCTURE = frozenset(
    "components schemas properties patternProperties allOf anyOf oneOf $defs"
    " definitions paths responses content schema requestBody parameters".split()
)


@dataclass(frozen=True, slots=True)
class Root:
    """A schema with an identity.

    ``name`` is what the spec calls it; ``named`` tells whether the spec lists it
    under that name, or whether a ``$ref`` reached into the middle of something.
    ``heir_of`` is where another schema stands which it has all its content from.
    """

    id: str
    name: str
    named: bool
    at: Location
    schema: Schema = ANYTHING
    heir_of: Location | None = None


def identity(at: Location) -> str:
    """The identity of the schema at a location."""
    return f"{at.file}#{at.pointer}"


def referred(schema: Schema, roots: Mapping[str, Root]) -> Root | None:
    """The root that a schema refers to."""
    return None if schema.ref is None else roots.get(schema.ref)


def reached(at: Location) -> Root:
    """A root that only a reference reached; its name comes from the pointer."""
    id_, tokens = identity(at), _tokens(at.pointer)
    if not tokens:
        return Root(id_, PurePosixPath(at.file).name.split(".")[0], True, at)
    if len(tokens) == 1 or tokens[-2] in _DEFINITIONS:
        return Root(id_, tokens[-1], True, at)
    return Root(id_, _telling(tokens), False, at)


def called_after(owner: Root, at: Location) -> Root:
    """A root inside ``owner``, called after it: many have one of the same name."""
    below = _telling(_tokens(at.pointer.removeprefix(owner.at.pointer)))
    return Root(identity(at), f"{owner.name} {below}", False, at)


def _tokens(pointer: str) -> list[str]:
    return [unescape_token(token) for token in pointer.split("/")[1:]]


def _telling(tokens: list[str]) -> str:
    """The tokens that are names, not keywords."""
    found = [t for t in tokens if t not in _STRUCTURE and not t.isdigit()]
    return " ".join(found) or tokens[-1]
