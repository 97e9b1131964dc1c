"""Dispatch: how a value finds its branch of a union, decided once for all languages.

Enters: the types of a union's branches and every declaration's shape. Leaves:
:class:`ir.Dispatch`. A choice is called sure (:class:`ir.Only`) only where the standard
itself rules the other branches out: another JSON kind, another fixed tag, another
literal. Anything less is a trial in order, which targets make with the assertions;
between which objects the properties decide then is settled in ``rounds.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from ..ir import (
    ByLiteral,
    ByTag,
    Choice,
    DeclRef,
    Dispatch,
    IntegerType,
    Json,
    Kind,
    NumberType,
    Only,
    Schema,
    Trial,
    Type,
)
from ..json_value import WIRE_KINDS, is_kind, json_key, value_kind
from ..values import dataclass, replace
from .extents import Extents
from .rounds import ByNames, settle, singly
from .shapes import ProtoRecord, ProtoUnion, Shape


@dataclass(frozen=True, slots=True)
class _Tag:
    """What a branch says of one property: its values, or None where any will do."""

    values: tuple[Json, ...] | None
    required: bool
    excluded: frozenset[str] = frozenset()
    """Values, by their :func:`json_key`, that it rules out although any will do."""

    @property
    def single(self) -> bool:
        """Whether it is one value, set apart from all that others may have."""
        return self.values is not None and len(self.values) == 1


_WILD = _Tag(None, False)


def dispatch(union: ProtoUnion, types: Sequence[Type], extents: Extents) -> Dispatch:
    """How a union is read whose branches are declared as these types."""
    schemas = [branch.schema for branch in union.branches]
    told = _Union(types, schemas, union.tag_hint, extents)
    kinds = [extents.kinds(type_) for type_ in types]
    rows: list[tuple[Kind, Choice]] = []
    for kind in WIRE_KINDS:
        members = [i for i, found in enumerate(kinds) if kind in found]
        if members:
            ranked = kind == "object" and not union.exclusive
            split = ByNames(extents, types).split if ranked else singly
            rows.append((kind, settle(told.choose(kind, members), split)))
    return Dispatch(tuple(rows))


@dataclass(frozen=True, slots=True)
class _Union:
    """The branches of a union, which ``members`` names by their index."""

    types: Sequence[Type]
    schemas: Sequence[Schema]
    tag_hint: str | None
    extents: Extents

    def choose(self, kind: Kind, members: list[int]) -> Choice:
        """The choice between branches that take values of one kind."""
        if len(members) == 1:
            return Only(members[0])
        if kind == "object":
            return self._by_tag(members)
        return self._by_literal(kind, members)

    # --- fixed values -----------------------------------------------------------------

    def _by_literal(self, kind: Kind, members: list[int]) -> Choice:
        literals = [self._literals(index, kind) for index in members]
        known = [value for values in literals for value in values or ()]
        rows: list[tuple[int, _Tag]] = []
        for index, values in zip(members, literals):
            shape = self.extents.expand(self.types[index])
            refused = [json_key(value) for value in known if not _admits(shape, value)]
            rows.append((index, _Tag(values, True, frozenset(refused))))
        cases, wild = _cases(rows)
        return ByLiteral(cases, _only(wild)) if cases else _some(members)

    def _literals(self, index: int, kind: Kind) -> tuple[Json, ...] | None:
        """The values of a kind that a branch lists; None where it takes any."""
        listed = self.extents.listed(self.types[index])
        if listed is None:
            return None
        return tuple(value for value in listed if value_kind(value) == kind)

    # --- objects ----------------------------------------------------------------------

    def _by_tag(self, members: list[int]) -> Choice:
        best: ByTag | None = None
        for key in self._candidates(members):
            made = self._tagged(key, members)
            if made is not None and (best is None or _doubt(made) < _doubt(best)):
                best = made
            if best is not None and _doubt(best) == 0:
                break
        if best is not None:
            return best
        return Trial((tuple(members),), self._own_keys(members))

    def _candidates(self, members: list[int]) -> list[str]:
        """Properties that could tell the branches apart, the best guess first."""
        names = [] if self.tag_hint is None else [self.tag_hint]
        for record in self.extents.objects(self.types[members[0]]):
            names += record.fields
        for index in members[1:]:
            for record in self.extents.objects(self.types[index]):
                names += [n for n in record.fields if n in ("type", "object")]
        return list(dict.fromkeys(names))

    def _tagged(self, key: str, members: list[int]) -> ByTag | None:
        tags = [(index, self._member_tag(index, key)) for index in members]
        listed = [tag for _, tag in tags if tag.values is not None]
        if len(listed) < 2 and not any(tag.required and tag.single for tag in listed):
            return None
        cases, wild = _cases(tags)
        absent = [index for index, tag in tags if not tag.required]
        made = ByTag(key, cases, _only(wild), _only(absent))
        choices = (made.other, made.absent, *(choice for _, choice in cases))
        tells = any(c and len(_branches(c)) < len(members) for c in choices)
        return made if tells else None

    def _member_tag(self, index: int, key: str) -> _Tag:
        tag = self._tag(self.types[index], key, set())
        if tag.values is not None:
            return tag
        return replace(tag, excluded=frozenset(_excluded(self.schemas[index], key)))

    def _tag(self, type_: Type, key: str, seen: set[str]) -> _Tag:
        """What a type says of a property that might be its tag."""
        if isinstance(type_, DeclRef):
            if type_.id in seen:
                return _Tag((), True)
            seen.add(type_.id)
        match self.extents.expand(type_):
            case ProtoRecord(implied=False) as record if key in record.fields:
                values = self.extents.listed(record.fields[key].type)
                return _Tag(values, key in record.required)
            case ProtoUnion(told=told) if isinstance(type_, DeclRef):
                branches = self.extents.branch_types(type_)
                if told is not None:  # a base says it for all that is made of it
                    branches = branches[-1:]
                return _joined([self._tag(branch, key, seen) for branch in branches])
            case _:
                return _WILD

    def _own_keys(self, members: list[int]) -> tuple[tuple[str, int], ...]:
        """A required property that no other branch knows, for each branch with one."""
        known: dict[int, frozenset[str]] = {}
        required: dict[int, tuple[str, ...]] = {}
        for index in members:
            objects = self.extents.objects(self.types[index])
            known[index] = frozenset(chain.from_iterable(x.fields for x in objects))
            shape = self.extents.expand(self.types[index])
            if isinstance(shape, ProtoRecord):
                required[index] = shape.required
        found: list[tuple[str, int]] = []
        for index, names in required.items():
            others = [known[other] for other in known if other != index]
            own = [n for n in names if not any(n in other for other in others)]
            found += [(name, index) for name in own[:1]]
        return tuple(found)


def _admits(shape: Shape, value: Json) -> bool:
    """Whether the bounds of numbers leave room for a value."""
    if not isinstance(shape, IntegerType | NumberType):
        return True
    if not isinstance(value, int | float) or isinstance(value, bool):
        return shape.implied
    rules = shape.rules
    return (
        (isinstance(shape, NumberType) or is_kind(value, "integer"))
        and (rules.minimum is None or value >= rules.minimum)
        and (rules.maximum is None or value <= rules.maximum)
        and (rules.exclusive_minimum is None or value > rules.exclusive_minimum)
        and (rules.exclusive_maximum is None or value < rules.exclusive_maximum)
    )


def _joined(tags: Sequence[_Tag]) -> _Tag:
    values: list[Json] = []
    for tag in tags:
        if tag.values is None:
            return _WILD
        values += tag.values
    return _Tag(tuple(values), all(tag.required for tag in tags))


def _excluded(schema: Schema, key: str) -> Iterable[str]:
    """The values that a schema rules out for a property, and says nothing else with."""
    for part in schema.all_of:
        yield from _excluded(part, key)
    properties = () if schema.object is None else schema.object.properties
    for name, member in properties:
        unwanted = member.not_ if name == key else None
        if unwanted is not None and unwanted == Schema(values=unwanted.values):
            yield from map(json_key, unwanted.values or ())


def _cases(
    rows: Iterable[tuple[int, _Tag]],
) -> tuple[tuple[tuple[Json, Only | Trial], ...], list[int]]:
    """For each value the branches that take it; and the branches that take any."""
    listed = list(rows)
    wild = [(index, tag.excluded) for index, tag in listed if tag.values is None]
    by_value: dict[str, tuple[Json, list[int]]] = {}
    for index, tag in listed:
        for value in tag.values or ():
            _, indexes = by_value.setdefault(json_key(value), (value, []))
            if index not in indexes:
                indexes.append(index)
    cases: list[tuple[Json, Only | Trial]] = []
    for key, (value, indexes) in by_value.items():
        # A branch that lists the value is meant before one that takes any.
        others = [index for index, excluded in wild if key not in excluded]
        cases.append((value, _some(indexes, others)))
    return tuple(cases), [index for index, _ in wild]


def _some(*groups: list[int]) -> Only | Trial:
    """The choice between branches, of which each group goes before the next."""
    rounds = tuple(tuple(group) for group in groups if group)
    if len(rounds) == 1 and len(rounds[0]) == 1:
        return Only(rounds[0][0])
    return Trial(rounds)


def _only(indexes: list[int]) -> Only | Trial | None:
    return _some(indexes) if indexes else None


def _branches(choice: Only | Trial) -> tuple[int, ...]:
    return (choice.branch,) if isinstance(choice, Only) else choice.branches


def _doubt(tag: ByTag) -> int:
    """How many choices of a tag are not sure."""
    rest = (tag.other, tag.absent)
    return sum(isinstance(made, Trial) for made in (*rest, *(m for _, m in tag.cases)))
