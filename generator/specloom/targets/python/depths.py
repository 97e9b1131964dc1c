"""Depths: which declarations may stand deeper than a decoder allows.

Enters: the model. Leaves: the declarations that recursion leads to, or a very long
chain; only their decoders refuse what is too deep, and only those that lead to them
count levels. Everywhere else the spec itself ends in time.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...analyse import HOLDERS, named_types
from ...ir import (
    Decl,
    DeclRef,
    ListType,
    MapType,
    Model,
    NullableType,
    Record,
    TupleType,
    Type,
)
from ...values import dataclass

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
    edges: dict[str, list[tuple[str, int]]] = {}
    heights: dict[str, int] = {}
    for id_, decl in model.decls.items():
        edges[id_], heights[id_] = _uses(decl)
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


def _uses(decl: Decl) -> tuple[list[tuple[str, int]], int]:
    """The declarations that one refers to, each with the levels around it; its own."""
    level = int(isinstance(decl.body, Record))
    found: list[tuple[str, int]] = []
    height = level
    for type_ in named_types(decl):
        if isinstance(type_, DeclRef):
            found.append((type_.id, level))
        elif isinstance(type_, HOLDERS):
            height = max(height, _add(type_, level, found))
    return found, height


def _add(type_: Type, level: int, found: list[tuple[str, int]]) -> int:
    """Add what a type refers to; the level of the innermost type in it."""
    match type_:
        case DeclRef(id=id_):
            found.append((id_, level))
            return level
        case NullableType(inner=inner):
            return _add(inner, level, found)
        case ListType(item=inner) | MapType(value=inner):
            return _add(inner, level + 1, found)
        case TupleType(prefix=prefix, rest=rest):
            return max([_add(item, level + 1, found) for item in (*prefix, rest)])
        case _:
            return level
