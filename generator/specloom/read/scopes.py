"""Scopes: references that lead elsewhere for each way that led to them.

Enters: what was read, with each reference to a dynamic anchor leading where it first
does. Leaves: the same, where they lead in the end: to the anchor of that name in the
outermost schema resource that was entered on the way (JSON Schema 2020-12 Core,
section 8.2.3.2; 2019-09 Core, section 8.2.4.2.2).

A name that only one resource declares is settled already. Of a schema from which a
reference by another name can be reached there is a *variant* for each *scope* in which
it is entered, that is, for what these names stand for there. A variant is a root of its
own, called after the resources that extend the schema; or else it takes the place of
its *heir*, a root that is but a reference to it. Promises the exact meaning, and no
variant of what means the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from ..budgets import budget_hint
from ..diagnostics import Diagnostics, Location, SpecloomError
from ..graphs import components
from ..parts import edited, parts, referred
from ..schema import MISSING, Schema, over
from ..values import replace
from .loaded import Loaded
from .roots import Root, identity, reached

Scope: TypeAlias = Mapping[str, str]
"""The identity of the schema that each name of a dynamic anchor stands for."""


class Reading(Protocol):
    """The reader, when it has read everything."""

    document: Loaded
    diagnostics: Diagnostics
    roots: dict[str, Root]
    calls: dict[Location, str]

    def known(self, target: Location) -> str:
        """The identity of the schema at a location, registered if it is new."""
        ...

    def read_all(self) -> bool:
        """Read what is registered and not yet read; whether there was anything."""
        ...


def settle_scopes(reader: Reading, entries: Sequence[str]) -> dict[str, Root]:
    """The entries among the roots and all that they need, references settled.

    Raises:
        SpecloomError: ``budget-variants``.
    """
    declared = _declared(reader)
    return _Settler(reader, declared).settle(entries) if declared else reader.roots


def _declared(reader: Reading) -> dict[Location, Scope]:
    """By resource, its dynamic anchors of the names that several declare."""
    spent = 0
    while True:
        found: dict[Location, dict[str, str]] = {}
        for name in dict.fromkeys(reader.calls.values()):
            resources = reader.document.dynamic_anchors(name)
            for resource, places in resources.items() if len(resources) > 1 else ():
                spent += len(places)
                _afford(reader, spent, resource)
                found.setdefault(resource, {})[name] = reader.known(places[0])
                _report_repeated(reader, name, places)
        if not reader.read_all():  # which may bring new names
            return dict(found)


def _report_repeated(reader: Reading, name: str, places: Sequence[Location]) -> None:
    for other in places[1:]:
        reader.diagnostics.warning(
            "anchor-repeated",
            f"the dynamic anchor `{name}` is at `#{places[0].pointer}` too;"
            " only that counts",
            other,
            "give each schema that declares it an `$id` of its own",
        )


def _afford(reader: Reading, spent: int, at: Location) -> None:
    if spent > reader.document.budgets.variants:
        message = "dynamic references give the schemas more variants than allowed"
        reader.diagnostics.error(
            "budget-variants", message, at, budget_hint("variants")
        )
        raise SpecloomError(*reader.diagnostics)


class _Settler:
    def __init__(self, reader: Reading, declared: Mapping[Location, Scope]) -> None:
        self._reader, self._declared = reader, declared
        self._roots, self._calls = reader.roots, reader.calls
        self._sizes: dict[str, int] = {}
        self._asked = self._names_asked()
        self._heirs: dict[str, str] = {}  # by the identity of a variant
        self._inherited: dict[str, tuple[str, Scope]] = {}  # the other way round
        self._find_heirs()
        self._scopes: dict[str, Scope] = {}  # by the identity of what is needed
        self._waiting: deque[tuple[str, Root]] = deque()

    def settle(self, start: Sequence[str]) -> dict[str, Root]:
        """What the roots to start with need, by identity, these first."""
        for id_ in start:
            self._entered(id_, {})
        made: dict[str, Root] = {}
        spent = 0
        while self._waiting:
            id_, root = self._waiting.popleft()
            scope, heir = self._scopes[id_], self._roots.get(id_)
            if heir is None:
                spent += self._sizes[root.id]
                _afford(self._reader, spent, root.at)
            schema = self._settled(root.schema, scope, self._home(root), root)
            if heir is None:
                name = self._variant_name(root, scope)
                root = replace(root, id=id_, name=name, named=False)
            elif heir is not root:
                own = heir.schema
                default = schema.default if own.default is MISSING else own.default
                docs = over(own.docs, schema.docs)
                schema = replace(schema, at=own.at, default=default, docs=docs)
                root = replace(heir, heir_of=root.at)
            made[id_] = replace(root, schema=schema)
        return made

    def _home(self, root: Root) -> Location:
        return self._reader.document.scope(root.at)

    def _names_asked(self) -> dict[str, frozenset[str]]:
        """The names whose meaning decides what a root means, directly or not.

        And the size of each root.
        """
        candidates: dict[str, list[str]] = {}
        for scope in self._declared.values():
            for name, id_ in scope.items():
                candidates.setdefault(name, []).append(id_)
        own: dict[str, set[str]] = {}
        edges: dict[str, dict[str, None]] = {}
        for id_, root in self._roots.items():
            own[id_], edges[id_], self._sizes[id_] = set(), {}, 0
            waiting = [root.schema]
            while waiting:
                schema = waiting.pop()
                self._sizes[id_] += 1
                waiting += parts(schema)
                if schema.ref is not None:
                    edges[id_][schema.ref] = None
                    name = self._calls.get(schema.at, "")
                    if name in candidates:
                        own[id_].add(name)
                        edges[id_].update(dict.fromkeys(candidates[name]))
        asked: dict[str, frozenset[str]] = {}
        for circle in components(edges):  # each behind those it leads to
            names: set[str] = set()
            for id_ in circle:
                names |= own[id_]
                names.update(*(asked.get(target, ()) for target in edges[id_]))
            asked.update(dict.fromkeys(circle, frozenset(names)))
        return asked

    def _find_heirs(self) -> None:
        """Note the roots that are but a reference to a variant: the first of each."""
        for id_, root in self._roots.items():
            if self._asked[id_] and referred(root.schema) is not None:
                scope = self._widened({}, self._home(root), self._asked[id_])
                target = self._target(root.schema, scope)
                variant, within = self._variant(target, scope)
                if variant != target and variant not in self._heirs:
                    self._heirs[variant] = id_
                    self._inherited[id_] = target, within

    def _target(self, schema: Schema, scope: Scope) -> str:
        """The root that a schema with a reference refers to."""
        assert schema.ref is not None
        return scope.get(self._calls.get(schema.at, ""), schema.ref)

    def _variant(self, id_: str, scope: Scope) -> tuple[str, Scope]:
        """What a root is when entered in a scope, and what counts of that."""
        home, names = self._home(self._roots[id_]), self._asked[id_]
        alone = self._widened({}, home, names)
        within = self._widened(scope, home, names)
        if within != alone:
            id_ = "; ".join((id_, *(f"{name} is {within[name]}" for name in within)))
        return id_, within

    def _entered(self, id_: str, scope: Scope) -> str:
        """The identity of what a root is when entered in a scope: it is needed."""
        variant, within = self._variant(id_, scope)
        found = self._heirs.get(variant, variant)
        if found not in self._scopes:
            id_, within = self._inherited.get(found, (id_, within))
            self._scopes[found] = within
            self._waiting.append((found, self._roots[id_]))
        return found

    def _widened(self, scope: Scope, home: Location, names: frozenset[str]) -> Scope:
        """What counts of a scope once a resource is entered: what is outside wins."""
        if not names:
            return {}
        inside = {**self._declared.get(home, {}), **scope}
        return {name: inside[name] for name in sorted(names & inside.keys())}

    def _settled(
        self, schema: Schema, scope: Scope, home: Location, root: Root
    ) -> Schema:
        """A schema of a root, in the scope and resource of what is around it."""
        if schema.at.file:  # what reading made up stands nowhere
            own_home = self._reader.document.scope(schema.at)
            if own_home != home:
                scope = self._widened(scope, own_home, self._asked[root.id])
                home = own_home

        def inside(part: Schema) -> Schema:
            own = identity(part.at)
            if own in self._roots and part.at != schema.at:
                variant, _ = self._variant(own, scope)
                if variant != own:  # by its place it would be taken for the root there
                    ref = self._entered(own, scope)
                    return Schema(ref=ref, default=part.default, docs=part.docs)
            return self._settled(part, scope, home, root)

        schema = edited(schema, inside)
        if schema.ref is None:
            return schema
        ref = self._entered(self._target(schema, scope), scope)
        return schema if ref == schema.ref else replace(schema, ref=ref)

    def _variant_name(self, root: Root, scope: Scope) -> str:
        """A name that tells which resources extend a schema."""
        alone = self._declared.get(self._home(root), {})
        names: list[str] = []
        for name, id_ in scope.items():
            if alone.get(name) != id_:
                extending = self._home(self._roots[id_])
                known = self._roots.get(identity(extending))
                names.append((known or reached(extending)).name)
        return " ".join((*dict.fromkeys(names), root.name))
