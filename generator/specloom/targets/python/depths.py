"""Depths: which declarations may stand deeper than a decoder allows.

Enters: the model. Leaves: the declarations that recursion leads to, or a very long
chain; only their decoders refuse what is too deep, and only those that lead to them
count levels. Everywhere else the spec itself ends in time.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    parts = {id_: _parts(decl) for id_, decl in model.decls.items()}
    edges = {
        id_: [(part.id, levels) for part, levels in found if isinstance(part, DeclRef)]
        for id_, found in parts.items()
    }
    heights = {id_: max((n for _, n in parts[id_]), default=0) for id_ in edges}
    deep = _unbounded(edges, heights)
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


def _unbounded(
    edges: Mapping[str, list[tuple[str, int]]], heights: Mapping[str, int]
) -> frozenset[str]:
    """The declarations that a value may hold at any depth.

    ``heights`` are the levels of each declaration itself; ``edges`` lead to those that
    it refers to, with the levels in between. A declaration gets its depth when all that
    refer to it have theirs (Kahn's order); those that never do stand in a circle or
    behind one.
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
        if depths[current] + heights[current] <= MAX_DEPTH:
            bounded.add(current)
        for id_, levels in edges[current]:
            depths[id_] = max(depths[id_], depths[current] + levels)
            waits[id_] -= 1
            if waits[id_] == 0:
                ready.append(id_)
    return frozenset(edges.keys() - bounded)


def _parts(decl: Decl) -> list[tuple[Type, int]]:
    """The types that a declaration consists of, each with the levels around it."""
    found: list[tuple[Type, int]] = []
    match decl.body:
        case Record(fields=fields, extra=extra):
            for item in fields:
                _add(item.type, 1, found)
            _add(extra, 1, found)
        case UnionBody(branches=branches):
            for branch in branches:
                _add(branch.type, 0, found)
        case Alias(type=type_):
            _add(type_, 0, found)
        case EnumBody():
            pass
    return found


def _add(type_: Type, level: int, found: list[tuple[Type, int]]) -> None:
    """Add a type and what it consists of."""
    found.append((type_, level))
    match type_:
        case NullableType(inner=inner):
            _add(inner, level, found)
        case ListType(item=inner) | MapType(value=inner):
            _add(inner, level + 1, found)
        case TupleType(prefix=prefix, rest=rest):
            for item in (*prefix, rest):
                _add(item, level + 1, found)
        case _:
            pass
