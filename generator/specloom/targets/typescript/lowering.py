"""Lowering: the assertions of one declaration become what its check asks.

Enters: a schema and what is known of the declarations that it refers to. Leaves: the
body of a function with its bounds, and the functions and constants that it calls.
Promises: a condition holds only for values that the schema accepts. What would be long
or doubtful to say raises :class:`OddError`, and is left to the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...code import Code
from ...ir import ANYTHING, NOTHING, NULL, ArrayRules, Kind, ObjectRules, Schema
from ...naming import pascal
from ...parts import asserted
from ...values import dataclass, field
from . import literals
from .alternatives import Alternatives, Kinds, Tag, Union, unions_of
from .bounds import FREE, SCALAR, Bounds, apart, together
from .choices import Made, choose
from .conditions import (
    NEVER,
    Condition,
    OddError,
    all_of,
    any_of,
    call,
    compare,
    compares,
    narrows,
)
from .enumerations import excluded, listed
from .functions import VALUE, Body, Property, Record, variables
from .helpers import Helpers, Place
from .scalars import PREDICATES, equals, number_tests, string_tests

_TEXT = Schema(kinds=("string",))
_TEXTS: Kinds = frozenset[Kind](("string",))
_OBJECT: Kinds = frozenset[Kind](("object",))
_NO_ITEMS = ArrayRules()
_NO_RULES = ObjectRules()
_ROOM = Code("room")
_MOST_PROPERTIES = 300
"""Compilers give up on a function that asks much more (TypeScript's error 2563)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The check of a declaration, as others call it."""

    function: Code
    bounds: Bounds
    table: Code | None = None
    """The table that judges, where there is no check."""
    rounds: tuple[Code, ...] = ()
    """How many rounds are left, if it leads back into the recursion of the caller."""


Called = tuple[Code, ...]
"""A function, and what it is given beside the value."""


@dataclass(slots=True)
class Lowering:
    """The lowering of one declaration."""

    alternatives: Alternatives
    reference: Callable[[str], Reference]
    helpers: Helpers = field(default_factory=Helpers)

    def body(self, schema: Schema, place: Place) -> tuple[Body, Bounds]:
        """What a function does that checks its parameter ``value``.

        ``place`` names what stands there.

        Raises:
            OddError: it cannot be said.
        """
        said = asserted(schema)
        if said == ("kinds", "object") and schema.kinds == ("object",):
            rules = schema.object
            if rules is not None and (rules.properties or rules.required):
                return self._record(rules, place)
        if said in (("any_of",), ("one_of",)):
            (union,) = unions_of(schema)
            found = self._choice(union, place, self.alternatives.kinds(schema))
            if found is not None:
                return found
        return self.condition(schema, VALUE, place)

    # --- any value --------------------------------------------------------------------

    def condition(
        self, schema: Schema, value: Code, place: Place, possible: Kinds | None = None
    ) -> Made:
        """What is asked of the value of a variable.

        ``possible`` are the kinds that are left by what is asked of it elsewhere.
        """
        kinds = self.alternatives.kinds(schema)
        kinds = kinds if possible is None else kinds & possible
        if not kinds or schema.conditions or schema.unevaluated:
            raise OddError
        made = self._asked(schema, value, place, kinds)
        if len(made) == 1 and schema.not_ is None:
            return made[0]
        # Compilers refuse comparisons that cannot hold by what was asked before.
        compared = sum(compares(condition) for condition, _ in made)
        if compared > 1 or (compared and sum(narrows(c) for c, _ in made) > 1):
            raise OddError
        if schema.not_ is not None:
            if compared or "string" not in kinds:
                raise OddError
            other = excluded(schema.not_, value, place, self.helpers)
            made.append((other, SCALAR))
        parts = [condition for condition, _ in made]
        return all_of(parts), together([bounds for _, bounds in made])

    def _asked(
        self, schema: Schema, value: Code, place: Place, kinds: Kinds
    ) -> list[Made]:
        """What the keywords of a schema ask but ``not``: first of which kind it is."""
        made: list[Made] = []
        if schema.values is not None:
            made.append((listed(schema, value, place, self.helpers), SCALAR))
        if schema.ref is not None:
            made.append(self._reference(schema.ref, value))
        for part in schema.all_of:
            made.append(self.condition(part, value, place, kinds))
        if schema.any_of or schema.one_of:
            for union in unions_of(schema):
                made.append(self._union(union, value, place, kinds))
        if schema.values is None or _ruled(schema):
            made[:0] = self._kinds(schema, value, place, kinds, vouched=bool(made))
        return made or [(call("testShallow", (value,)), FREE)]

    def _reference(self, id_: str, value: Code) -> Made:
        found = self.reference(id_)
        if found.table is not None:
            return call("passes", (found.table, value), "passes", found.table), FREE
        return call(found.function, (value, *found.rounds)), found.bounds

    # --- kinds ------------------------------------------------------------------------

    def _kinds(
        self,
        schema: Schema,
        value: Code,
        place: Place,
        possible: Kinds,
        *,
        vouched: bool,
    ) -> list[Made]:
        wanted = schema.kinds
        if wanted is None:
            # Values of other kinds are accepted, too: the table says so.
            wanted = _ruled(schema)
            if not wanted:
                return []
        made: list[Made] = []
        for kind in wanted:
            if kind == "integer" and ("number" in wanted or "number" not in possible):
                continue
            if kind == "integer" or kind in possible:
                made.append(self._kind(kind, schema, value, place, vouched))
        if not made:
            raise OddError
        return [(any_of([one for one, _ in made]), apart([b for _, b in made]))]

    def _kind(
        self, kind: Kind, schema: Schema, value: Code, place: Place, vouched: bool
    ) -> Made:
        match kind:
            case "null":
                return equals(value, None), SCALAR
            case "boolean":
                return compare(f"typeof {value}", "===", '"boolean"'), SCALAR
            case "integer" | "number":
                tests = number_tests(schema.number, value)
                return all_of([call(PREDICATES[kind], (value,)), *tests]), SCALAR
            case "string":
                is_text = compare(f"typeof {value}", "===", '"string"')
                return all_of([is_text, *string_tests(schema.string, value)]), SCALAR
            case "array":
                return self._array(schema.array or _NO_ITEMS, value, place)
            case "object":
                rules = schema.object or _NO_RULES
                if rules == _NO_RULES and vouched:
                    return call("testObject", (value,)), SCALAR
                return self._object(rules, value, place)

    def _array(self, rules: ArrayRules, value: Code, place: Place) -> Made:
        if rules.prefix or rules.unique or rules.contains is not None:
            raise OddError
        items = rules.items or ANYTHING
        check, bounds = self._function(items, (*place, "Item"))
        tests: list[Condition] = [_every("testArrayOf", value, check)]
        size = Code(f"{value}.length")
        if rules.min_items:
            tests.append(compare(size, ">=", literals.number(rules.min_items)))
        if rules.max_items is not None:
            tests.append(compare(size, "<=", literals.number(rules.max_items)))
        return all_of(tests), bounds.inside()

    def _object(self, rules: ObjectRules, value: Code, place: Place) -> Made:
        values = rules.additional or ANYTHING
        if rules == ObjectRules(additional=rules.additional) and values != NOTHING:
            check, bounds = self._function(values, (*place, "Value"))
            return _every("testMapOf", value, check), bounds.inside()
        return self._local(self._record(rules, place), value, place)

    def _record(self, rules: ObjectRules, place: Place) -> tuple[Body, Bounds]:
        if rules.additional not in (None, ANYTHING, NOTHING) or _counts(rules):
            raise OddError
        closed = rules.additional == NOTHING
        members = dict(rules.properties)
        if closed and not members.keys() >= set(rules.required):
            raise OddError  # no object has what is required and nothing else
        members.update((n, ANYTHING) for n in rules.required if n not in members)
        if len(members) > _MOST_PROPERTIES:
            raise OddError
        names = variables(members)
        properties: list[Property] = []
        found = [SCALAR if closed else FREE]
        for wire, member in members.items():
            if member.kinds == ():
                raise OddError
            needed = wire in rules.required
            try:
                inner = (*place, wire)
                condition, bounds = self.condition(member, names[wire], inner)
            except OddError:
                if needed:
                    raise
                condition, bounds = NEVER, SCALAR  # where it is, the table judges
            properties.append(Property(wire, names[wire], needed, condition))
            found.append(bounds)
        return Record(tuple(properties), closed), apart(found).inside()

    # --- functions --------------------------------------------------------------------

    def _function(self, schema: Schema, place: Place) -> tuple[Called, Bounds]:
        """A function for what is in a list or map, and what else it is given."""
        said = asserted(schema)
        if not said:
            return (Code("testShallow"),), FREE
        if said == ("ref",) and schema.ref is not None:
            found = self.reference(schema.ref)
            if found.table is None:
                return (found.function, *found.rounds), found.bounds
        if said == ("kinds",) and schema.kinds and len(schema.kinds) == 1:
            predicate = PREDICATES.get(schema.kinds[0])
            if predicate is not None:
                return (predicate,), SCALAR
        return self._helper(self.body(schema, place), place)

    def _local(self, made: tuple[Body, Bounds], value: Code, place: Place) -> Made:
        """A call of a function beside the one of the declaration."""
        (name, *rounds), bounds = self._helper(made, place)
        return call(name, (value, *rounds)), bounds

    def _helper(self, made: tuple[Body, Bounds], place: Place) -> tuple[Called, Bounds]:
        body, bounds = made
        name = self.helpers.function(body, bounds, place)
        return (name, *([_ROOM] * bounds.recursive)), bounds

    # --- unions -----------------------------------------------------------------------

    def _union(self, union: Union, value: Code, place: Place, possible: Kinds) -> Made:
        """What is asked of a value by a union that others may stand beside."""
        found = self._choice(union, place, possible)
        if found is not None:
            return self._local(found, value, place)
        members = self._possible(union.members, possible)
        if union.exclusive and not self.alternatives.disjoint(members):
            raise OddError
        if _TEXT in members and not union.exclusive:
            # What any text satisfies needs no list of texts.
            kinds = [self.alternatives.kinds(member) for member in members]
            pairs = zip(members, kinds)
            members = [m for m, mine in pairs if m == _TEXT or not mine <= _TEXTS]
        members = sorted(members, key=lambda member: member != NULL)  # quickly asked
        made = [self.condition(member, value, place, possible) for member in members]
        kinds = [self.alternatives.kinds(member) for member in members]
        nested = [kind for mine in kinds for kind in mine & {"array", "object"}]
        joined = apart if len(nested) == len(set(nested)) else together
        return any_of([one for one, _ in made]), joined([b for _, b in made])

    def _possible(self, members: Sequence[Schema], kinds: Kinds) -> list[Schema]:
        """The alternatives that take values of some kinds."""
        return [m for m in members if self.alternatives.kinds(m) & kinds]

    def _choice(
        self, union: Union, place: Place, possible: Kinds
    ) -> tuple[Body, Bounds] | None:
        """A union whose objects a tag tells apart; None if there is no such tag."""
        objects = self._possible(union.members, _OBJECT & possible)
        tag = self.alternatives.tag(objects, union.tag_hint)
        if tag is None:
            return None
        made = [
            self.condition(member, VALUE, _place(place, tag, index), _OBJECT)
            for index, member in enumerate(objects)
        ]
        free = [
            index
            for index, member in enumerate(objects)
            if index in tag.wild or not self.alternatives.requires(member, tag.name)
        ]
        others = self._possible(union.members, possible - _OBJECT)
        rest: Made = (NEVER, SCALAR)
        if others:
            inner = Union(tuple(others), union.exclusive)
            rest = self._union(inner, VALUE, place, possible - _OBJECT)
        return choose(tag, made, free, rest, exclusive=union.exclusive)


def _every(function: str, value: Code, check: Called) -> Condition:
    """A test of everything in a list or map."""
    return call(function, (value, *check), function, check[0])


def _place(place: Place, tag: Tag, index: int) -> Place:
    """The place of an alternative, after the first value of its tag."""
    values = (value for value, takers in tag.cases if index in takers)
    return (*place, pascal(str(next(values, "Other"))))


def _counts(rules: ObjectRules) -> bool:
    """Whether there are rules for properties that have no name, or for their number."""
    counts = (rules.min_properties, rules.max_properties)
    return bool(rules.patterns) or rules.names is not None or counts != (None, None)


def _ruled(schema: Schema) -> tuple[Kind, ...]:
    """The kinds of value that a schema has rules for."""
    rules: tuple[tuple[Kind, object], ...] = (
        ("number", schema.number),
        ("string", schema.string),
        ("array", schema.array),
        ("object", schema.object),
    )
    return tuple([kind for kind, said in rules if said is not None])
