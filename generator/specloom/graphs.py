"""Graphs: nodes and the nodes that each leads to.

Enters: edges by node. Leaves: what is on circles, what leads to them, and an order in
which whatever a node leads to stands before it. Promises linear time and no recursion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping


def components(edges: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """The strongly connected components of a graph, each behind those it leads to.

    Tarjan's algorithm, with a list in place of the call stack.
    """
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: dict[str, None] = {}
    for root in edges:
        path = [] if root in number else [(root, iter(edges[root]))]
        while path:
            node, targets = path[-1]
            if node not in number:
                number[node] = low[node] = len(number)
                open_[node] = None
            for target in targets:
                if target not in number:
                    path.append((target, iter(edges[target])))
                    break
                if target in open_:
                    low[node] = min(low[node], number[target])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == number[node]:
                    yield _popped(open_, node)


def _popped(stack: dict[str, None], last: str) -> tuple[str, ...]:
    """What stands on a stack down to one member, taken off."""
    found: list[str] = []
    while not found or found[-1] != last:
        found.append(stack.popitem()[0])
    return tuple(found)


def endless(edges: Mapping[str, Collection[str]]) -> set[str]:
    """The nodes of a graph from which a path leads to a cycle.

    What leads nowhere is taken away until nothing does (Kahn's algorithm), in linear
    time. Each node's targets are nodes themselves, without repeats.
    """
    left = {node: len(targets) for node, targets in edges.items()}
    sources = inverted(edges)
    ends = [node for node, count in left.items() if count == 0]
    for node in ends:  # which grows meanwhile
        for source in sources[node]:
            left[source] -= 1
            if left[source] == 0:
                ends.append(source)
    return left.keys() - ends


def inverted(edges: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """The same graph with every edge turned round."""
    sources: dict[str, list[str]] = {node: [] for node in edges}
    for node, targets in edges.items():
        for target in targets:
            sources[target].append(node)
    return sources
