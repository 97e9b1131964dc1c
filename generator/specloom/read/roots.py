"""Roots: the schemas of a spec that have an identity, and what they are called.

Enters: the place of a schema. Leaves: its identity, and a name where the spec gives it
none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from ..diagnostics import Location
from ..schema import ANYTHING, Schema
from ..values import dataclass
from .reached import DEFINITIONS, name_alone, name_within, tokens_of


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


def referred_root(schema: Schema, roots: Mapping[str, Root]) -> Root | None:
    """The root that a schema refers to."""
    return None if schema.ref is None else roots.get(schema.ref)


def reached(
    at: Location, within: Callable[[Location], str | None] = lambda _: None
) -> Root:
    """A root that only a reference reached.

    Its name comes from the schema ``within`` which it stands, or else the pointer.
    """
    id_, tokens = identity(at), tokens_of(at)
    if not tokens:
        return Root(id_, PurePosixPath(at.file).name.split(".")[0], True, at)
    if len(tokens) == 1 or tokens[-2] in DEFINITIONS:
        return Root(id_, tokens[-1], True, at)
    return Root(id_, within(at) or name_alone(at), False, at)


def called_after(owner: Root, at: Location) -> Root:
    """A root inside ``owner``, called after it: many have one of the same name."""
    name = name_within(at, {owner.at: owner.name})
    return Root(identity(at), name or name_alone(at), False, at)
