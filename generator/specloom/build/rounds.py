"""Rounds: between which branches of a trial the names of properties decide.

Enters: a choice; in its trials the branches are grouped that nothing tells apart.
Leaves: the same choice, each group split into rounds as :class:`ir.Trial` has them. A
branch is tried alone as long as no later one of its group can name more properties of
an object that both accept: the first that fits is then the one that names the most.
Wherever that is not certain the value decides, which is never wrong, only slower.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from ..ir import (
    ByLiteral,
    ByTag,
    Choice,
    Only,
    Rounds,
    Trial,
    Type,
)
from ..json_value import json_key
from ..values import dataclass, field, replace
from .extents import Extents
from .shapes import ProtoRecord

Group: TypeAlias = tuple[int, ...]
Split: TypeAlias = Callable[[Group], Rounds]

_MOST = 40
"""Objects of a group that are compared, each with each; of more the value decides."""


def settle(choice: Choice, split: Split) -> Choice:
    """A choice with each group of its trials split into rounds."""
    match choice:
        case Only() | Trial():
            return _settled(choice, split)
        case ByTag(cases=cases, other=other, absent=absent):
            return replace(
                choice,
                cases=tuple((value, _settled(made, split)) for value, made in cases),
                other=other and _settled(other, split),
                absent=absent and _settled(absent, split),
            )
        case ByLiteral(cases=cases, other=other):
            return replace(
                choice,
                cases=tuple((value, _settled(made, split)) for value, made in cases),
                other=other and _settled(other, split),
            )


def _settled(made: Only | Trial, split: Split) -> Only | Trial:
    if isinstance(made, Only):
        return made
    rounds = tuple(one for group in made.rounds for one in split(group))
    return replace(made, rounds=rounds)


def singly(group: Group) -> Rounds:
    """Each branch in a round of its own."""
    return tuple((branch,) for branch in group)


@dataclass(slots=True)
class ByNames:
    """Splits groups of the branches of one union, which are objects."""

    extents: Extents
    types: Sequence[Type]
    _known: dict[Group, Rounds] = field(default_factory=dict[Group, Rounds])

    def split(self, group: Group) -> Rounds:
        """The rounds of a group: many tags lead to the same one."""
        if group not in self._known:
            self._known[group] = self._split(group)
        return self._known[group]

    def _split(self, group: Group) -> Rounds:
        objects = [self.extents.objects(self.types[branch]) for branch in group]
        if sum(map(len, objects)) > _MOST:
            return (group,)
        for place in range(len(group) - 1):
            later = [other for found in objects[place + 1 :] for other in found]
            if any(self._outdone(x, other) for x in objects[place] for other in later):
                return (*singly(group[:place]), group[place:])
        return singly(group)

    def _outdone(self, one: ProtoRecord, other: ProtoRecord) -> bool:
        """Whether an object can be both, and have more properties of the other one."""
        names, other_names = _names(one), _names(other)
        new = [
            name
            for name in other_names - names
            if not self._apart(_type_at(other, name), one.extra)
        ]
        if not new:
            return False
        needed = {*one.required, *other.required}
        if any(self._apart(_type_at(one, n), _type_at(other, n)) for n in needed):
            return False
        return len(new) > len(needed & names - other_names)

    def _apart(self, one: Type, other: Type) -> bool:
        """Whether no value can be of both types."""
        if not self.extents.kinds(one) & self.extents.kinds(other):
            return True
        listed = self.extents.listed(one)
        others = self.extents.listed(other)
        if listed is None or others is None:
            return False
        return {*map(json_key, listed)}.isdisjoint(map(json_key, others))


def _names(record: ProtoRecord) -> frozenset[str]:
    """The properties that a record will name: also those that it only requires."""
    return frozenset(record.fields).union(record.required)


def _type_at(record: ProtoRecord, name: str) -> Type:
    """The type of a property, named or not."""
    found = record.fields.get(name)
    return record.extra if found is None else found.type
