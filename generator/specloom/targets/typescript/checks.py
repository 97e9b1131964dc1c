"""Checks: functions that say at first sight that a value passes.

Enters: the assertions of each declaration. Leaves: for each a function of straight
code, or none where only its table can judge. Promises: a check says yes only to what
the table accepts, the bound on nesting included. No means that the table decides, so
that a check may leave to it whatever is rare or hard to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...analyse import components, schema_references
from ...code import Code
from ...ir import Schema
from ...values import dataclass
from .alternatives import Alternatives
from .bounds import BACK, FREE, Bounds, apart
from .conditions import OddError
from .functions import Body, function
from .helpers import PARAMETER, ROUNDS, Helpers
from .lowering import Lowering, Reference

VERB = "matches"
"""What the name of every check begins with."""
_ONE_LESS = (Code("room - 1"),)


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
    """The checks of the declarations of a model, each made when it is asked for."""

    def __init__(
        self,
        names: Mapping[str, Code],
        tables: Mapping[str, Code],
        schema: Callable[[str], Schema],
    ) -> None:
        """``schema`` finds a schema by the identity under which others refer to it."""
        self._names = names
        self._tables = tables
        self._schema = schema
        self._alternatives = Alternatives(schema)
        self._bounds: dict[str, Bounds | None] = {}
        self._lowered: dict[str, _Lowered] = {}

    def of(self, id_: str) -> Check | None:
        """The check of a declaration; None where its table has to judge."""
        if id_ not in self._bounds:
            edges = self._unknown(id_)
            for members in components(edges):
                first, *others = members
                recursive = bool(others) or first in edges[first]
                self._settle(members, recursive)
        if self._bounds[id_] is None:
            return None
        return self._lowered[id_].check(self._names[id_])

    def _unknown(self, id_: str) -> dict[str, tuple[str, ...]]:
        """What a declaration leads to and is not lowered yet, with what that needs."""
        found: dict[str, tuple[str, ...]] = {}
        waiting = [id_]
        while waiting:
            one = waiting.pop()
            if one not in found:
                needed = dict.fromkeys(schema_references(self._schema(one)))
                found[one] = tuple(i for i in needed if i not in self._bounds)
                waiting += found[one]
        return found

    def _settle(self, members: Sequence[str], recursive: bool) -> None:
        """Lower declarations that refer to each other."""
        self._bounds.update(dict.fromkeys(members))
        lowered = self._try(members, recursive)
        while recursive and 0 < len(lowered) < len(members):
            members = tuple(lowered)  # which may have called what is left out
            lowered = self._try(members, recursive)
        bounds = apart([one.bounds for one in lowered.values()]).closed()
        if bounds is not None:
            self._bounds.update(dict.fromkeys(lowered, bounds))
            self._lowered |= lowered

    def _try(self, members: Sequence[str], recursive: bool) -> dict[str, _Lowered]:
        """What can be said of declarations; left out is what only tables can judge."""

        def reference(id_: str) -> Reference:
            name = self._names[id_]
            if recursive and id_ in members:
                return Reference(name, BACK, rounds=_ONE_LESS)
            bounds = self._bounds[id_]
            if bounds is None:
                return Reference(name, FREE, self._tables[id_])
            return Reference(name, bounds)

        found: dict[str, _Lowered] = {}
        for id_ in members:
            lowering = Lowering(self._alternatives, reference)
            place = (self._names[id_].removeprefix(VERB),)
            try:
                body, bounds = lowering.body(self._schema(id_), place)
            except OddError:
                continue
            found[id_] = _Lowered(body, bounds, lowering.helpers, recursive)
        return found


@dataclass(frozen=True, slots=True)
class _Lowered:
    """What a check does, before it is text."""

    body: Body
    bounds: Bounds
    helpers: Helpers
    recursive: bool

    def check(self, name: Code) -> Check:
        """The text of what is really called."""
        others, needs = self.helpers.behind(self.body)
        parameters = (PARAMETER, *([ROUNDS] * self.recursive))
        head = f"export function {name}"
        text = function(head, parameters, self.body, bounded=self.recursive)
        return Check(text, others, needs)
