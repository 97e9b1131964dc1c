"""Objects: what a schema asks of an object, with all that it includes by ``allOf``.

Enters: the schema of a class. Leaves: what is asked of each property, which a decoder
can write in line, and the schemas that a table has to judge. Together they accept the
objects that the schema accepts, no more and no less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...ir import ANYTHING, NOTHING, ObjectRules, Schema
from ...parts import asserted
from ...values import dataclass, replace
from .alignment import Decls, depends

_NO_RULES = ObjectRules()


@dataclass(frozen=True, slots=True)
class Objects:
    """What a schema asks of an object.

    ``properties`` holds all that is asked of each; ``rest`` what a table has to judge.
    """

    properties: Mapping[str, tuple[Schema, ...]]
    rules: tuple[ObjectRules, ...]
    additional: Schema | None
    rest: tuple[Schema, ...]

    def of_property(self, name: str) -> tuple[Schema, ...] | None:
        """All that is asked of a property, or None where a table judges it."""
        others = None if self.additional is None else (self.additional,)
        return self.properties.get(name, others)


def objects(
    schema: Schema, decls: Decls, closed: frozenset[str] | None = None
) -> Objects:
    """What a schema, with all that it includes by ``allOf``, asks of an object.

    ``closed`` are names if a decoder lets no object have others, whoever asks for that.
    """
    every = list(_conjuncts(schema, decls, frozenset()))
    several = sum(part.object is not None for part, _ in every) > 1
    properties: dict[str, tuple[Schema, ...]] = {}
    taken: list[ObjectRules] = []
    rest: list[Schema] = []
    additional: Schema | None = None
    for part, again in every:
        rules = part.object or _NO_RULES
        if closed is not None and _only_closes(part, closed):
            continue
        alone = rules.additional is not None and several
        if rules.patterns or rules.names is not None or alone or not _of_objects(part):
            rest.append(_own(part, again))
            continue
        unions = part.any_of or part.one_of
        if again or unions or part.not_ is not None or depends(part):
            rest.append(replace(_own(part, again), kinds=None, object=None))
        taken.append(rules)
        additional = rules.additional or additional
        for name, member in rules.properties:
            known = properties.get(name, ())
            if not any(member is other for other in known):
                properties[name] = (*known, member)
    return Objects(properties, tuple(taken), additional, tuple(rest))


def _only_closes(part: Schema, names: frozenset[str]) -> bool:
    """Whether a schema asks no more than that an object has none but these names."""
    rules = part.object
    if rules is None or rules.additional != NOTHING or asserted(part) != ("object",):
        return False
    bare = ObjectRules(properties=rules.properties, additional=rules.additional)
    members = dict(rules.properties)
    free = all(member == ANYTHING for member in members.values())
    return free and rules == bare and names <= members.keys()


def _of_objects(part: Schema) -> bool:
    """Whether the kinds of a schema, and its own keywords, stop no object."""
    return part.values is None and (part.kinds is None or "object" in part.kinds)


def _conjuncts(
    schema: Schema, decls: Decls, seen: frozenset[str]
) -> Iterator[tuple[Schema, bool]]:
    """The schemas that must all hold, and whether the reference of each leads back.

    What other references and ``allOf`` gather stands beside them.
    """
    again = schema.ref in seen
    if schema.ref is not None and not again:
        inner = decls[schema.ref].schema
        yield from _conjuncts(inner, decls, seen | {schema.ref})
    for member in schema.all_of:
        yield from _conjuncts(member, decls, seen)
    yield schema, again


def _own(schema: Schema, again: bool) -> Schema:
    """What one of these schemas itself asks of an object."""
    ref = schema.ref if again else None
    return replace(schema, all_of=(), ref=ref, array=None, number=None, string=None)
