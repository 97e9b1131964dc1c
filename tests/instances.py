"""Instances: a schema enters, JSON values leave that its author has to decide about.

Deterministic and without a validator: values that are meant to be accepted (minimal,
maximal, each branch, each fixed value, each boundary) and single faults in them (wrong
kinds, missing and unknown properties, one beyond each boundary). Who accepts what is
for others to say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from specloom.conform.patterns import example, searches

Json = Any
Schema = Any
Resolve = Callable[[str], Schema]

WRONG: tuple[Json, ...] = (None, True, 7, -1.5, "text", [], {}, [None], {"odd": 1})
"""One value of each kind at least, to stand where another is wanted."""
TEXTS = (
    "",
    "a",
    "ab",
    "abc",
    "A1",
    "x",
    "x-a",
    "y-b",
    "text",
    "sk_1",
    "42",
    "2024-01-01",
    "2024-01-01T00:00:00Z",
    "\N{GRINNING FACE}\N{GRINNING FACE}",
    "e\N{COMBINING ACUTE ACCENT}",
)
NUMBERS = (0, 1, 2, 3, 5, 10, 0.1, 0.3, 2.5, 1e3, -0.0, 2**33, 2**53 + 1, -(2**63))
DEEPEST = 3
"""Nesting down to which every choice is tried; below it the first one."""
BOTTOM = 12
"""Nesting below which there is nothing."""
LONGEST = 1000
"""Characters of a text whose length is a boundary."""
MOST = 600
"""Instances of one schema."""


def instances(schema: Schema, resolve: Resolve) -> list[Json]:
    """Values for and against a schema, each once, the simplest first."""
    maker = _Maker(resolve)
    found = {_key(value): value for value in WRONG}
    for value in islice(maker.values(schema, 0), MOST):
        found.setdefault(_key(value), value)
    return list(found.values())


def _key(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


class _Maker:
    def __init__(self, resolve: Resolve) -> None:
        self.resolve = resolve

    def values(self, schema: Schema, depth: int) -> Iterator[Json]:
        """Values for each way to read a schema."""
        if depth > BOTTOM:
            return
        seen: set[str] = set()
        for flat in self._readings(schema, frozenset()):
            for value in self._of_reading(flat, depth):
                key = _key(value)
                if key not in seen:
                    seen.add(key)
                    yield value

    def first(self, schema: Schema, depth: int) -> Json:
        """The simplest value that is meant to be accepted."""
        return next(self.values(schema, max(depth + 1, DEEPEST)), None)

    def _readings(self, schema: Schema, seen: frozenset[str]) -> Iterator[list[Schema]]:
        """The schemas that hold at once, for each choice among alternatives."""
        if not isinstance(schema, dict):
            yield [{}] if schema else [{"type": []}]
            return
        groups: list[list[Schema]] = [[part] for part in schema.get("allOf", ())]
        ref = schema.get("$ref")
        if ref is not None:
            if ref in seen:
                return
            seen |= {ref}
            groups.append([self.resolve(ref)])
        groups += [schema[word] for word in ("anyOf", "oneOf") if word in schema]
        own = {k: v for k, v in schema.items() if k not in ("allOf", "$ref")}
        made: list[list[Schema]] = [[own]]
        for group in groups:
            options = [r for part in group for r in self._readings(part, seen)]
            made = [[*left, *right] for left in made for right in options][:40]
        yield from made

    def _of_reading(self, rules: list[Schema], depth: int) -> Iterator[Json]:
        if not any(rules):
            yield from WRONG
            return
        yield from _told(rules)
        for kind in _kinds(rules):
            match kind:
                case "null":
                    yield None
                case "boolean":
                    yield from (True, False)
                case "string":
                    yield from _strings(rules)
                case "integer" | "number":
                    yield from _numbers(rules)
                case "array":
                    yield from self._arrays(rules, depth)
                case _:
                    yield from self._objects(rules, depth)

    def _arrays(self, rules: list[Schema], depth: int) -> Iterator[Json]:
        prefix = max((r.get("prefixItems", []) for r in rules), key=len)
        rest = next((r["items"] for r in rules if "items" in r), True)
        low = max(max(r.get("minItems", 0) for r in rules), len(prefix))

        def filled(length: int) -> list[Json]:
            """Distinct items as far as there are, each meant to be accepted."""
            tops = [self.first(item, depth) for item in prefix[:length]]
            more = length - len(tops)
            options = list(islice(self.values(rest, depth + 1), more)) or [1]
            return [*tops, *(options[i % len(options)] for i in range(more))]

        yield filled(low)
        if depth >= DEEPEST:
            return
        counts = [r[w] for r in rules for w in ("minItems", "maxItems") if w in r]
        lengths = {
            0,
            1,
            2,
            len(prefix) + 1,
            *(n + i for n in counts for i in (-1, 0, 1)),
        }
        yield from (filled(length) for length in sorted(lengths) if 0 <= length <= 40)
        base = filled(max(low, 1))
        for at in range(len(base)):
            item = prefix[at] if at < len(prefix) else rest
            for value in self._choices(item, depth):
                yield [*base[:at], value, *base[at + 1 :]]
        yield base * 2

    def _choices(self, schema: Schema, depth: int) -> Iterable[Json]:
        """Right and wrong values for a place inside."""
        yield from islice(self.values(schema, depth + 1), 20 if depth else 40)
        yield from WRONG

    def _objects(self, rules: list[Schema], depth: int) -> Iterator[Json]:
        members = _members(rules)
        required = list(dict.fromkeys(n for r in rules for n in r.get("required", ())))
        minimal = {n: self.first(members.get(n, True), depth) for n in required}
        few = max(r.get("minProperties", 0) for r in rules)
        for name in _names(rules)[: few - len(minimal)] if few else ():
            minimal[name] = self.first(_extra(rules, name), depth)
        yield minimal
        if depth >= DEEPEST:
            return
        yield {name: self.first(schema, depth) for name, schema in members.items()}
        for name in required:
            yield {key: value for key, value in minimal.items() if key != name}
        for name, schema in members.items():
            for value in self._choices(schema, depth):
                yield {**minimal, name: value}
        for name in _names(rules):
            yield {**minimal, name: "surprise"}
            for value in islice(self.values(_extra(rules, name), depth + 1), 8):
                yield {**minimal, name: value}
        many = {name: self.first(_extra(rules, name), depth) for name in _names(rules)}
        yield {**minimal, **many}


def _told(rules: list[Schema]) -> Iterator[Json]:
    """Values that a schema itself lists."""
    for rule in rules:
        yield from rule.get("enum", ())
        yield from (rule["const"],) if "const" in rule else ()


def _kinds(rules: list[Schema]) -> list[str]:
    kinds = ["object", "string", "integer", "number", "array", "boolean", "null"]
    for rule in rules:
        named = rule.get("type", kinds)
        allowed = {named} if isinstance(named, str) else set(named)
        if "number" in allowed:
            allowed.add("integer")
        kinds = [kind for kind in kinds if kind in allowed]
    if any("enum" in rule or "const" in rule for rule in rules):
        return []
    return kinds


def _strings(rules: list[Schema]) -> Iterator[Json]:
    patterns = [rule["pattern"] for rule in rules if "pattern" in rule]
    bounds = [r[w] for r in rules for w in ("minLength", "maxLength") if w in r]
    lengths = [n + step for n in bounds if n <= LONGEST for step in (0, -1, 1)]
    sized = [text * n for n in lengths for text in ("a", "\N{GRINNING FACE}")]
    asked = [example(p, repeats=n) for p in patterns for n in (0, 1, 3, *lengths)]
    texts = [text for text in asked if text is not None] + [*TEXTS, *sized]
    low = max((r.get("minLength", 0) for r in rules), default=0)
    likely = [t for t in texts if all(searches(p, t) for p in patterns)]
    likely.sort(key=lambda text: not low <= len(text) <= low + 30)
    yield from (*likely, *texts)


def _numbers(rules: list[Schema]) -> Iterator[Json]:
    words = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
    near = [rule[word] for rule in rules for word in words if word in rule]
    whole = any(rule.get("type") == "integer" for rule in rules)
    inside = [value for n in near for value in (n, n + 1, n - 1, n * 2)]
    allowed = [value for value in (*inside, *NUMBERS) if _in_bounds(value, rules)]
    allowed.sort(key=lambda value: whole and value != int(value))
    yield from allowed
    yield from (*inside, *(n + 0.5 for n in near), *(n - 0.25 for n in near), *NUMBERS)


def _in_bounds(value: float, rules: list[Schema]) -> bool:
    return all(
        value >= rule.get("minimum", value)
        and value <= rule.get("maximum", value)
        and value != rule.get("exclusiveMinimum")
        and value != rule.get("exclusiveMaximum")
        for rule in rules
    )


def _members(rules: list[Schema]) -> dict[str, Schema]:
    """The schema of each named property; of several, all hold."""
    found: dict[str, list[Schema]] = {}
    for rule in rules:
        for name, schema in rule.get("properties", {}).items():
            known = found.setdefault(name, [])
            if schema not in known:
                known.append(schema)
    return {
        name: known[0] if len(known) == 1 else {"allOf": known}
        for name, known in found.items()
    }


def _names(rules: list[Schema]) -> list[str]:
    """Names that no rule lists, some of which a pattern takes."""
    taken = _members(rules)
    patterns = [p for rule in rules for p in rule.get("patternProperties", ())]
    matching = [t for t in TEXTS if any(searches(p, t) for p in patterns)]
    names = ["unknown", *matching[:3], "x-a", "y-b", "odd name", ""]
    return [name for name in dict.fromkeys(names) if name not in taken]


def _extra(rules: list[Schema], name: str) -> Schema:
    """What an unlisted property has to be."""
    said: list[Schema] = []
    for rule in rules:
        matching = [
            schema
            for pattern, schema in rule.get("patternProperties", {}).items()
            if searches(pattern, name)
        ]
        extra = rule.get("additionalProperties")
        said += matching or ([extra] if extra is not None else [])
    return {"allOf": said} if said else True
