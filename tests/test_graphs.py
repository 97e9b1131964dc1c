"""Graphs: which parts of one never end."""

from __future__ import annotations

import pytest

from specloom.graphs import endless, inverted

LONG = 20_000


@pytest.mark.parametrize(
    ("graph", "leading", "between"),
    [
        ("", "", ""),
        ("a:", "", ""),
        ("a:b b:c c:", "", ""),
        ("a:a", "a", "a"),
        ("a:b b:a", "ab", "ab"),
        ("a:b b:b c:", "ab", "b"),
        ("a:a b:a c:b", "abc", "a"),
        ("a:ab b:c c:cd d:", "abc", "abc"),
        ("a:bc b:d c:d d:", "", ""),
        ("a:bc b:d c:d d:a e:d", "abcde", "abcd"),
    ],
)
def test_endless_is_what_leads_to_a_cycle(
    graph: str, leading: str, between: str
) -> None:
    rows = (row.partition(":") for row in graph.split())
    edges = {node: set(targets) for node, _, targets in rows}
    assert endless(edges) == set(leading)
    assert endless(edges) & endless(inverted(edges)) == set(between)


@pytest.mark.parametrize("last", [(), ("0",), (str(LONG - 1),)])
def test_a_chain_may_be_long(last: tuple[str, ...]) -> None:
    edges = {str(number): [str(number + 1)] for number in range(LONG)}
    edges[str(LONG)] = [*last]
    assert endless(edges) == (edges.keys() if last else set())
