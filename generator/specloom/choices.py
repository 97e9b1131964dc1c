"""Choices: how a union is read, decided once for all languages.

Enters: nothing but JSON values. Leaves: the branch that a value is for, or those that
it can be for, by its kind, by the value of a property, or by the value itself.
"""

from __future__ import annotations

from typing import TypeAlias

from .json_value import Json, Kind
from .values import dataclass


@dataclass(frozen=True, slots=True)
class Only:
    """The choice is made: this branch and no other can match."""

    branch: int


@dataclass(frozen=True, slots=True)
class Trial:
    """Several branches can match: try in order.

    ``keys`` names, for branches that have one, a required property that no other
    branch knows: not a proof, but the best guess of what the sender meant.
    """

    branches: tuple[int, ...]
    keys: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ByTag:
    """Choose by the value of one property.

    ``other`` serves values that no case lists, ``absent`` objects without the property.
    """

    key: str
    cases: tuple[tuple[Json, Only | Trial], ...]
    other: Only | Trial | None
    absent: Only | Trial | None


@dataclass(frozen=True, slots=True)
class ByLiteral:
    """Choose by the value itself; ``other`` serves values that none lists."""

    cases: tuple[tuple[Json, Only | Trial], ...]
    other: Only | Trial | None


Choice: TypeAlias = Only | Trial | ByTag | ByLiteral


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How a union is read: first by the JSON kind, then within the kind.

    Kinds are those of a value on the wire, so ``integer`` does not occur beside
    ``number``: whether a number is an integer is a matter of its value.
    """

    by_kind: tuple[tuple[Kind, Choice], ...]

    @property
    def trials(self) -> tuple[int, ...]:
        """The branches between which some values leave a doubt, in order."""
        found: set[int] = set()
        for _, choice in self.by_kind:
            for made in _final_choices(choice):
                if isinstance(made, Trial):
                    found.update(made.branches)
        return tuple(sorted(found))

    @property
    def disjoint(self) -> bool:
        """Whether no value can match two branches."""
        return not self.trials


def _final_choices(choice: Choice) -> tuple[Only | Trial | None, ...]:
    match choice:
        case Only() | Trial():
            return (choice,)
        case ByTag():
            return (choice.other, choice.absent, *(made for _, made in choice.cases))
        case ByLiteral():
            return (choice.other, *(made for _, made in choice.cases))
