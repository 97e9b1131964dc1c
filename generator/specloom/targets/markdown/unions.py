"""Markdown's unions: how a page says which alternative a value is.

Enters: a union and its dispatch. Leaves: for each alternative, one encoded phrase for a
cell. Promises: the phrases say what the bindings do, since both read the dispatch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...code import Code, join
from ...ir import ByLiteral, ByTag, Choice, Json, Kind, Only, Trial, UnionBody
from .text import cell_code, json_code

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
        for branch, phrase in _phrases(kind, choice):
            found[branch].append(phrase)
    return tuple(join(", or ", dict.fromkeys(phrases)) for phrases in found)


def _phrases(kind: Kind, choice: Choice) -> Iterator[tuple[int, str]]:
    """Pairs of a branch and a reason for it."""
    match choice:
        case Only() | Trial():
            yield from _settled(_KINDS[kind], choice)
        case ByTag(key=key):
            name = cell_code(key)
            for values, inner in _by_choice(choice.cases):
                yield from _settled(f"an object whose {name} is {values}", inner)
            if choice.other is not None:
                yield from _settled(f"an object with any other {name}", choice.other)
            if choice.absent is not None:
                yield from _settled(f"an object without {name}", choice.absent)
        case ByLiteral():
            for values, inner in _by_choice(choice.cases):
                yield from _settled(values, inner)
            if choice.other is not None:
                other = f"any other {_KINDS[kind].split(' ')[-1]}"
                yield from _settled(other, choice.other)


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
        first = ", ".join(values[:-1])
        yield f"{first} or {values[-1]}" if first else values[-1], choice


def _settled(reason: str, choice: Only | Trial) -> Iterator[tuple[int, str]]:
    if isinstance(choice, Only):
        yield choice.branch, reason
        return
    keys = {branch: key for key, branch in choice.keys}
    for place, branch in enumerate(choice.branches):
        mark = f" with {cell_code(keys[branch])}" if branch in keys else ""
        order = ", unless one above does" if place else ""
        yield branch, f"{reason}{mark} that fits{order}"
