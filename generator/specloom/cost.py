"""Cost: what the schemas of a spec ask for, counted before anything is made of them.

Enters: every schema by identity, as it was read. Leaves: nothing, or diagnostics where
one asks for more than its budget. Promises time linear in the size of what was read:
what a ``$ref`` leads to is measured once, however often and however deep it is used.
So whoever comes later may follow every ``$ref`` as if it were a copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sized
from typing import Protocol

from .analyse import refuse_cycles, same_value
from .budgets import Budgets, budget_hint
from .diagnostics import Diagnostics, Location
from .parts import applied, held
from .schema import Schema
from .values import dataclass, field

_SHOWN = 60


class Named(Protocol):
    """A schema with a name, as it was read."""

    @property
    def name(self) -> str:
        """What the spec calls it."""
        ...

    @property
    def schema(self) -> Schema:
        """What it asserts."""
        ...


def afford(
    named: Mapping[str, Named], budgets: Budgets, diagnostics: Diagnostics
) -> None:
    """Report a schema that has no end, or costs more than a budget allows.

    The codes are ``ref-cycle``, ``budget-depth``, ``budget-ref-chain``,
    ``budget-expansion``, ``budget-alternatives``, ``budget-members`` and
    ``budget-name``. The first schema that is over a budget is reported, no other: what
    refers to it would repeat it.
    """
    schemas = {id_: item.schema for id_, item in named.items()}
    refuse_cycles(schemas, diagnostics)
    if diagnostics.failed:
        return  # the measures below would have no end
    survey = _Survey(schemas, budgets, diagnostics)
    for id_, item in named.items():
        survey.judge_name(item.name, item.schema.at)
        survey.settle(id_)
        if diagnostics.failed:
            return
        survey.walk(item.schema)
        if survey.total > budgets.expansion:
            what = "up to this schema, `$ref` and the combiners apply"
            message = f"{what} {_about(survey.total)} schemas"
            survey.report("expansion", message, item.schema.at)
        if diagnostics.failed:
            return


@dataclass(frozen=True, slots=True)
class _Measure:
    """What applying one schema to one value comes to, every ``$ref`` followed."""

    count: int
    """Schemas that are applied."""
    height: int
    """The longest row of them in which each is applied because of the one before."""
    refs: int
    """The most ``$ref`` in such a row."""


_ONE = _Measure(1, 1, 0)


@dataclass(slots=True)
class _Survey:
    schemas: Mapping[str, Schema]
    budgets: Budgets
    diagnostics: Diagnostics
    known: dict[str, _Measure] = field(default_factory=dict[str, _Measure])
    total: int = 0

    def settle(self, start: str) -> None:
        """Measure a named schema after all that it refers to, without recursion."""
        waiting = [start]
        while waiting:
            id_ = waiting[-1]
            schema = self.schemas.get(id_)
            if schema is None or id_ in self.known:
                waiting.pop()
                continue
            ahead = [ref for ref in same_value(schema) if self._is_new(ref)]
            if ahead:
                waiting += ahead
                continue
            self.known[id_] = made = self.measure(schema)
            self._judge(made, schema.at)
            if self.diagnostics.failed:
                return

    def _is_new(self, ref: str) -> bool:
        return ref in self.schemas and ref not in self.known

    def measure(self, schema: Schema) -> _Measure:
        """Measure one schema; what it refers to is known."""
        return self._with_ref(schema, [self.measure(part) for part in applied(schema)])

    def walk(self, schema: Schema) -> _Measure:
        """Measure a schema and each one inside it, and add to the total."""
        same_value, made = applied(schema), _ONE
        if same_value or schema.values or schema.object is not None:
            self._judge_width(schema)
        if schema.ref is not None:
            self.settle(schema.ref)
        if same_value or schema.ref is not None:
            made = self._with_ref(schema, [self.walk(part) for part in same_value])
        for part in held(schema):
            self.walk(part)
        self.total += made.count
        return made

    def _with_ref(self, schema: Schema, inner: list[_Measure]) -> _Measure:
        target = None if schema.ref is None else self.known.get(schema.ref)
        if target is None and not inner:
            return _ONE
        count, height, refs = 1, 0, 0
        if target is not None:
            count, height, refs = 1 + target.count, target.height, target.refs + 1
        for part in inner:
            count += part.count
            height = max(height, part.height)
            refs = max(refs, part.refs)
        return _Measure(count, height + 1, refs)

    def report(self, name: str, message: str, at: Location) -> None:
        """Report that a budget, a field of :class:`Budgets`, ran out."""
        code = f"budget-{name.removesuffix('_length').replace('_', '-')}"
        self.diagnostics.error(code, message, at, budget_hint(name))

    def _judge(self, made: _Measure, at: Location) -> None:
        spent = (
            ("ref_chain", made.refs, "`$ref`, one behind another"),
            ("depth", made.height, "schemas, one inside another"),
            ("expansion", made.count, "schemas"),
        )
        for name, value, what in spent:
            if value > getattr(self.budgets, name):
                message = f"one value is to match {_about(value)} {what}"
                self.report(name, message, at)
                return

    def _judge_width(self, schema: Schema) -> None:
        rules = schema.object
        groups: tuple[tuple[str, str, Sized | None], ...] = (
            ("alternatives", "allOf", schema.all_of),
            ("alternatives", "anyOf", schema.any_of),
            ("alternatives", "oneOf", schema.one_of),
            ("members", "enum", schema.values),
            ("members", "properties", rules.properties if rules is not None else ()),
        )
        for name, keyword, group in groups:
            if group and len(group) > getattr(self.budgets, name):
                message = f"`{keyword}` has {len(group):,} members"
                self.report(name, message, schema.at.child(keyword))
        if rules is not None:
            for name in (*dict(rules.properties), *rules.required):
                self.judge_name(name, schema.at)

    def judge_name(self, name: str, at: Location) -> None:
        """Report the name of a schema or a property that is too long."""
        if len(name) > self.budgets.name_length:
            message = f"the name `{name[:_SHOWN]}...` has {len(name):,} characters"
            self.report("name_length", message, at)


def _about(number: int) -> str:
    """A number for people; one with very many digits is only compared."""
    return f"{number:,}" if number < 10**12 else "more than a million million"
