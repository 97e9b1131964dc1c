"""Depths: which declarations may stand deeper than a decoder allows.

Enters: the model. Leaves: the declarations that recursion leads to, or a very long
chain; only their decoders refuse what is too deep, and only those that lead to them
count levels. Everywhere else the spec itself ends in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir import (
    Alias,
    Decl,
    DeclRef,
    EnumBody,
    ListType,
    MapType,
    Model,
    NullableType,
    Record,
    TupleType,
    Type,
    UnionBody,
)

MAX_DEPTH = 256
"""As the runtime of the generated packages has it."""


@dataclass(frozen=True, slots=True)
class Depths:
    """What decoders have to know of depth, as identities of declarations."""

    unbounded: frozenset[str] = frozenset()
    """Those that a value may hold at any depth."""
    counted: frozenset[str] = frozenset()
    """Those whose decoders are told how deep they stand: all that lead to these."""


def depths(model: Model) -> Depths:
    """Which declarations may stand too deep, and which have to count for them."""
    edges = {decl.id: list(_uses(decl)) for decl in model.decls.values()}
    deep = _unbounded(model, edges)
    users: dict[str, list[str]] = {id_: [] for id_ in edges}
    for id_, uses in edges.items():
        for used, _ in uses:
            users[used].append(id_)
    counted, waiting = set(deep), list(deep)
    while waiting:
        found = [id_ for id_ in users[waiting.pop()] if id_ not in counted]
        counted.update(found)
        waiting += found
    return Depths(deep, frozenset(counted))


def _unbounded(model: Model, edges: dict[str, list[tuple[str, int]]]) -> frozenset[str]:
    """The declarations that a value may hold at any depth.

    A declaration gets its depth when all that refer to it have theirs (Kahn's order);
    those that never do stand in a circle or behind one.
    """
    waits = dict.fromkeys(edges, 0)
    for uses in edges.values():
        for id_, _ in uses:
            waits[id_] += 1
    depths = dict.fromkeys(edges, 0)
    ready = [id_ for id_, count in waits.items() if count == 0]
    bounded: set[str] = set()
    while ready:
        current = ready.pop()
        if depths[current] + _height(model.decls[current]) <= MAX_DEPTH:
            bounded.add(current)
        for id_, levels in edges[current]:
            depths[id_] = max(depths[id_], depths[current] + levels)
            waits[id_] -= 1
            if waits[id_] == 0:
                ready.append(id_)
    return frozenset(edges.keys() - bounded)


def _types(decl: Decl) -> Iterator[tuple[Type, int]]:
    """The types that a declaration mentions, with the levels around each."""
    match decl.body:
        case Record(fields=fields, extra=extra):
            for item in fields:
                yield item.type, 1
            yield extra, 1
        case UnionBody(branches=branches):
            for branch in branches:
                yield branch.type, 0
        case Alias(type=type_):
            yield type_, 0
        case EnumBody():
            pass


def _uses(decl: Decl) -> Iterator[tuple[str, int]]:
    """The declarations that another one refers to, with the levels in between."""
    for type_, levels in _types(decl):
        for inner, more in _parts(type_):
            if isinstance(inner, DeclRef):
                yield inner.id, levels + more


def _height(decl: Decl) -> int:
    """The levels of a declaration itself."""
    heights = [levels + more for t, levels in _types(decl) for _, more in _parts(t)]
    return max(heights, default=0)


def _parts(type_: Type) -> Iterator[tuple[Type, int]]:
    """What a type consists of, each with the levels around it."""
    yield type_, 0
    match type_:
        case NullableType(inner=inner):
            yield from _parts(inner)
        case ListType(item=inner) | MapType(value=inner):
            yield from ((t, levels + 1) for t, levels in _parts(inner))
        case TupleType(prefix=prefix, rest=rest):
            for item in (*prefix, rest):
                yield from ((t, levels + 1) for t, levels in _parts(item))
        case _:
            pass
