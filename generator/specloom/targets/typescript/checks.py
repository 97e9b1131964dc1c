"""Checks: functions that say at first sight that a value passes.

Enters: the assertions of each declaration. Leaves: for each a function of straight
code, or none where only its table can judge. Promises: a check says yes only to what
the table accepts, the bound on nesting included. No means that the table decides, so
that a check may leave to it whatever is rare or hard to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...analyse import components, schema_references
from ...code import Code
from ...ir import Schema
from .alternatives import Alternatives
from .bounds import BACK, FREE, ROOM, Bounds, apart
from .functions import Body, called, function
from .lowering import Lowering, OddError, Reference

VERB = "matches"
"""What the name of every check begins with."""
_VALUE = Code("value: unknown")


@dataclass(frozen=True, slots=True)
class Check:
    """What a module holds so that it can check its declaration."""

    function: Code
    """The whole function that other modules call."""
    others: tuple[Code, ...]
    """The constants and functions that it needs beside it."""
    needs: frozenset[str]
    """The names of all that is called, of other modules too."""


class Checks:
    """The checks of the declarations of a model."""

    def __init__(
        self,
        names: Mapping[str, Code],
        tables: Mapping[str, Code],
        schemas: Mapping[str, Schema],
    ) -> None:
        """``schemas`` refer to others by the identities under which they stand."""
        self.names = names
        self._tables = tables
        self._schemas = schemas
        self._alternatives = Alternatives(schemas)
        self._bounds: dict[str, Bounds] = {}
        self.made: dict[str, Check] = {}
        edges = {i: tuple(schema_references(s)) for i, s in schemas.items()}
        for members in components(edges):
            self._settle(members, members[0] in edges[members[0]] or len(members) > 1)

    def _settle(self, members: tuple[str, ...], recursive: bool) -> None:
        """Make the checks of declarations that refer to each other."""
        lowered = self._lowered(members, recursive)
        while recursive and 0 < len(lowered) < len(members):
            members = tuple(lowered)  # which may have called what is left out
            lowered = self._lowered(members, recursive)
        bounds = apart(one.bounds for one in lowered.values()).closed()
        if bounds is not None:
            for id_, one in lowered.items():
                self._bounds[id_] = bounds
                self.made[id_] = one.check(self.names[id_], recursive)

    def _lowered(
        self, members: tuple[str, ...], recursive: bool
    ) -> dict[str, _Lowered]:
        """What can be said of declarations; left out is what only tables can judge."""

        def reference(id_: str) -> Reference:
            if recursive and id_ in members:
                return Reference(self.names[id_], BACK, back=True)
            bounds = self._bounds.get(id_)
            table = self._tables[id_] if bounds is None else None
            return Reference(self.names[id_], bounds or FREE, table)

        found: dict[str, _Lowered] = {}
        for id_ in members:
            lowering = Lowering(self._alternatives, reference)
            name = self.names[id_].removeprefix(VERB)
            try:
                found[id_] = _Lowered(
                    lowering, *lowering.body(self._schemas[id_], name)
                )
            except OddError:
                continue
        return found


@dataclass(frozen=True, slots=True)
class _Lowered:
    """What a check does, before it is text."""

    lowering: Lowering
    body: Body
    bounds: Bounds

    def check(self, name: Code, recursive: bool) -> Check:
        """The text of what is really called."""
        needed = dict.fromkeys(called(self.body))
        waiting = list(needed)
        while waiting:
            local = self.lowering.functions.get(Code(waiting.pop()))
            fresh = [n for n in called(local.body) if n not in needed] if local else []
            needed.update(dict.fromkeys(fresh))
            waiting += fresh
        constants, functions = self.lowering.constants, self.lowering.functions
        others = [text for called_, text in constants.items() if called_ in needed]
        room = Code(f"room = {ROOM}")
        for called_, local in functions.items():
            if called_ in needed:
                rooms = (room,) if local.recursive else ()
                head = Code(f"function {called_}")
                others.append(function(head, (_VALUE, *rooms), local.body))
        rooms = (room,) if recursive else ()
        head = Code(f"export function {name}")
        text = function(head, (_VALUE, *rooms), self.body, bounded=recursive)
        return Check(text, tuple(others), frozenset(needed))
