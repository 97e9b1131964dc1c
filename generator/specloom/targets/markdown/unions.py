"""Markdown's unions: how a page says which alternative a value is.

Enters: a union and its dispatch. Leaves: for each alternative, one encoded phrase for a
cell. Promises: the phrases say what the bindings do, since both read the dispatch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...code import Code, join
from ...ir import (
    Branch,
    ByLiteral,
    ByTag,
    Choice,
    Json,
    Kind,
    Only,
    Trial,
    UnionBody,
)
from ..markup import cell_code, json_code

_KINDS: dict[Kind, str] = {
    "null": "null",
    "boolean": "a boolean",
    "integer": "an integer",
    "number": "a number",
    "string": "a string",
    "array": "an array",
    "object": "an object",
}
_MOST_VALUES = 8
_FIRST_VALUES = 5
"""So many are shown where there are more than fit."""


def conditions(union: UnionBody) -> tuple[Code, ...]:
    """When each alternative is chosen, in the order of the branches."""
    found: list[list[str]] = [[] for _ in union.branches]
    for kind, choice in union.dispatch.by_kind:
        base = _base(choice, union)
        for reason, made in _reasons(kind, choice):
            for branch, limits in _settled(made, union.branches):
                if branch != base or isinstance(made, Only):
                    found[branch].append(f"{reason}{limits}")
        if base is not None:
            found[base].append("one that fits none above")
    return tuple(join(", or ", dict.fromkeys(phrases)) for phrases in found)


def _base(choice: Choice, union: UnionBody) -> int | None:
    """The last branch, if it takes what no other one does, whatever the tag says."""
    last = len(union.branches) - 1
    told = isinstance(choice, ByTag) and choice.cases and choice.other == Only(last)
    return last if told and union.dispatch.last == last else None


def _reasons(kind: Kind, choice: Choice) -> Iterator[tuple[str, Only | Trial]]:
    """What a value is, and what that leads to."""
    match choice:
        case Only() | Trial():
            yield _KINDS[kind], choice
        case ByTag(key=key):
            name = cell_code(key)
            for values, inner in _by_choice(choice.cases):
                yield f"an object whose {name} is {values}", inner
            if choice.other is not None:
                yield f"an object with any other {name}", choice.other
            if choice.absent is not None:
                yield f"an object without {name}", choice.absent
        case ByLiteral():
            yield from _by_choice(choice.cases)
            if choice.other is not None:
                yield f"any other {_KINDS[kind].split(' ')[-1]}", choice.other


def _by_choice(
    cases: Sequence[tuple[Json, Only | Trial]],
) -> Iterator[tuple[str, Only | Trial]]:
    """The values that lead to each choice, as one phrase."""
    grouped: dict[Only | Trial, list[str]] = {}
    for value, choice in cases:
        grouped.setdefault(choice, []).append(json_code(value))
    for choice, values in grouped.items():
        if len(values) > _MOST_VALUES:
            values[_FIRST_VALUES:] = [f"one of {len(values) - _FIRST_VALUES} more"]
        yield _listed(values), choice


def _settled(
    choice: Only | Trial, branches: Sequence[Branch]
) -> Iterator[tuple[int, str]]:
    """Pairs of a branch and what else there is to say of a value that is for it."""
    if isinstance(choice, Only):
        yield choice.branch, ""
        return
    keys = {branch: key for key, branch in choice.keys}
    earlier: list[int] = []
    for group in choice.rounds:
        for branch in group:
            mark = f" with {cell_code(keys[branch])}" if branch in keys else ""
            doubts = list(_doubts(branch, group, earlier, branches))
            unless = f", unless {' or '.join(doubts)}" if doubts else ""
            yield branch, f"{mark} that fits{unless}"
        earlier += group


def _doubts(
    branch: int, group: Sequence[int], earlier: Sequence[int], all_: Sequence[Branch]
) -> Iterator[str]:
    """What goes before a branch."""
    if earlier and len(group) == 1 and max(earlier) < branch:
        yield "one above does"
    elif earlier:
        names = [cell_code(all_[index].label) for index in earlier]
        if len(names) > _MOST_VALUES:
            names[_FIRST_VALUES:] = [Code(f"one of {len(names) - _FIRST_VALUES} more")]
        yield f"{_listed(names)} does"
    if len(group) > 1:
        tie = "" if branch == group[0] else ", or one above as many"
        yield f"another one names more of its properties{tie}"


def _listed(words: Sequence[str]) -> str:
    first = ", ".join(words[:-1])
    return f"{first} or {words[-1]}" if first else words[-1]
