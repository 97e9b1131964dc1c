"""Choices: how a union is read, decided once for all languages.

Enters: nothing but JSON values. Leaves: the branch that a value is for, or those that
it can be for, by its kind, by the value of a property, or by the value itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise
from typing import TypeAlias

from .json_value import Json, Kind
from .values import dataclass

Rounds: TypeAlias = tuple[tuple[int, ...], ...]
"""Branches in the order in which they are tried, by their index.

A round of one is for the first branch that accepts the value. Of a round of several,
which are objects, the one is meant that names the most of the value's properties; of
those that name as many, the first.
"""


@dataclass(frozen=True, slots=True)
class Only:
    """The choice is made: no other branch can match, or a ``discriminator`` means this.

    The latter is so of a base among what is made of it.
    """

    branch: int

    @property
    def rounds(self) -> Rounds:
        """The branch as the one round that there is."""
        return ((self.branch,),)


@dataclass(frozen=True, slots=True)
class Trial:
    """Several branches can match: try them round by round.

    ``keys`` names, for branches that have one, a required property that no other
    branch knows: not a proof, but the best guess of what the sender meant.
    """

    rounds: Rounds
    keys: tuple[tuple[str, int], ...] = ()

    @property
    def branches(self) -> tuple[int, ...]:
        """All branches, in order."""
        return tuple(chain.from_iterable(self.rounds))


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
    def trials(self) -> tuple[Trial, ...]:
        """What is left in doubt."""
        return tuple(
            made
            for _, choice in self.by_kind
            for made in leading_to(choice)
            if isinstance(made, Trial)
        )

    @property
    def last(self) -> int | None:
        """The branch that takes whatever none before it accepts, if it is always one.

        Such is the base in a union with what is made of it.
        """
        made = [one for _, choice in self.by_kind for one in leading_to(choice) if one]
        ends = {one.rounds[-1] for one in made}
        return ends.pop()[0] if len(ends) == 1 and len(max(ends)) == 1 else None

    @property
    def doubtful(self) -> tuple[int, ...]:
        """The branches between which some values leave a doubt, in order."""
        return tuple(sorted({b for trial in self.trials for b in trial.branches}))

    @property
    def by_names(self) -> bool:
        """Whether the names of properties settle any doubt."""
        return any(len(group) > 1 for t in self.trials for group in t.rounds)

    @property
    def disjoint(self) -> bool:
        """Whether no value can match two branches."""
        return not self.trials


def leading_to(choice: Choice) -> tuple[Only | Trial | None, ...]:
    """What a choice may lead to; None where nothing can match."""
    match choice:
        case Only() | Trial():
            return (choice,)
        case ByTag():
            return (choice.other, choice.absent, *(made for _, made in choice.cases))
        case ByLiteral():
            return (choice.other, *(made for _, made in choice.cases))


def together(choices: Iterable[Only | Trial | None]) -> Rounds:
    """The rounds for a value that any of several choices may be for."""
    known = dict.fromkeys(choice.rounds for choice in choices if choice is not None)
    if len(known) == 1:
        return next(iter(known))
    groups = list(chain.from_iterable(known))
    branches = sorted({*chain.from_iterable(groups)})
    # A longer round finds what those in it find.
    first = min((group[0] for group in groups if len(group) > 1), default=None)
    alone = branches if first is None else branches[: branches.index(first)]
    rest = tuple(branches[len(alone) :])
    return (*((branch,) for branch in alone), *([rest] if rest else ()))


def keeps_order(rounds: Rounds, wanted: Rounds) -> bool:
    """Whether rounds, which have more branches, also try the wanted ones in turn."""
    place = {branch: at for at, group in enumerate(rounds) for branch in group}
    places = [[place[branch] for branch in group] for group in wanted]
    return all(max(one) < min(other) for one, other in pairwise(places))
