"""Checks: functions that say at first sight that a value passes.

Enters: the assertions of each declaration. Leaves: for each a function of straight
code, or none where only its table can judge. Promises: a check says yes only to what
the table accepts, the bound on nesting included. No means that the table decides, so
that a check may leave to it whatever is rare or hard to say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress

from ...analyse import schema_references
from ...code import Code
from ...graphs import components
from ...ir import Schema
from ...values import dataclass
from .alternatives import Alternatives
from .bounds import BACK, FREE, Bounds, apart
from .conditions import OddError
from .functions import Body, function
from .helpers import PARAMETER, ROUNDS, Helpers
from .lowering import Lowering, Reference
from .spelling import VERB

_ONE_LESS = (Code("room - 1"),)
_KEPT = 1 << 12
"""So many bodies wait for their modules; beyond that they are made again."""


@dataclass(frozen=True, slots=True)
class Check:
    """What a module holds so that it can check its declaration."""

    function: Code
    """The whole function that other modules call."""
    others: tuple[Code, ...]
    """The constants and functions that it needs beside it."""
    needs: frozenset[str]
    """The names of all that is called, of other modules too."""
    homes: Mapping[str, str]
    """The declarations of names of other modules."""


class Checks:
    """The checks of the declarations of a model, each made when it is asked for."""

    def __init__(
        self,
        name: Callable[[str], Code],
        tables: Mapping[str, Code],
        schema: Callable[[str], Schema],
    ) -> None:
        """``name`` gives that of a check, and ``schema`` a schema, by its identity."""
        self._name = name
        self._tables = tables
        self._schema = schema
        self._alternatives = Alternatives(schema)
        self._bounds: dict[str, Bounds | None] = {}
        self._circles: dict[str, Collection[str]] = {}
        """Who leads back to whom, for each that is in a recursion."""
        self._waiting: dict[str, _Lowered] = {}

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
        lowered = self._waiting.pop(id_, None)
        if lowered is None:
            lowered = self._lower(id_, self._circles.get(id_, ()))
        return lowered.check(self._name(id_))

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
        if bounds is None:
            return
        self._bounds.update(dict.fromkeys(lowered, bounds))
        if recursive:
            self._circles.update(dict.fromkeys(lowered, frozenset(lowered)))
        if len(self._waiting) > _KEPT:
            self._waiting.clear()
        self._waiting |= lowered

    def _try(self, members: Sequence[str], recursive: bool) -> dict[str, _Lowered]:
        """What can be said of declarations; left out is what only tables can judge."""
        circle = frozenset(members if recursive else ())
        found: dict[str, _Lowered] = {}
        for id_ in members:
            with suppress(OddError):
                found[id_] = self._lower(id_, circle)
        return found

    def _lower(self, id_: str, circle: Collection[str]) -> _Lowered:
        """Lower one declaration, which others in its ``circle`` lead back to.

        Raises:
            OddError: only its table can judge.
        """

        homes: dict[str, str] = {}

        def reference(id_: str) -> Reference:
            name = self._name(id_)
            homes[name] = id_
            if id_ in circle:
                return Reference(name, BACK, rounds=_ONE_LESS)
            bounds = self._bounds[id_]
            if bounds is None:
                table = self._tables[id_]
                homes[table] = id_
                return Reference(name, FREE, table)
            return Reference(name, bounds)

        lowering = Lowering(self._alternatives, reference)
        place = (self._name(id_).removeprefix(VERB),)
        body, bounds = lowering.body(self._schema(id_), place)
        return _Lowered(body, bounds, lowering.helpers, homes, bool(circle))


@dataclass(frozen=True, slots=True)
class _Lowered:
    """What a check does, before it is text."""

    body: Body
    bounds: Bounds
    helpers: Helpers
    homes: Mapping[str, str]
    recursive: bool

    def check(self, name: Code) -> Check:
        """The text of what is really called."""
        others, needs = self.helpers.behind(self.body)
        parameters = (PARAMETER, *([ROUNDS] * self.recursive))
        head = f"export function {name}"
        text = function(head, parameters, self.body, bounded=self.recursive)
        return Check(text, others, needs, self.homes)
