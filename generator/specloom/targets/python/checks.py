"""Checks: what the assertions about a scalar ask, as conditions of Python.

Enters: a schema for values of one kind. Leaves: :class:`Steps` that reject what it does
not accept, or None where only the tables can tell. A value's class is compared, not
asked for with ``isinstance``: that keeps booleans apart from numbers, and what is of a
class of its own is made plain before it is tried again.
"""

from __future__ import annotations

from ...ir import Kind, NumberRules, Schema, StringRules
from . import literals
from .alignment import combined
from .blocks import Block, Steps
from .codec import Codec
from .patterns import translate


def class_test(name: str, kind: Kind, negated: bool = True) -> str:
    """A condition that tells whether a value is not of a kind, or is."""
    word = "is not" if negated else "is"
    if kind == "number":
        joint = "and" if negated else "or"
        return f"{name}.__class__ {word} float {joint} {name}.__class__ {word} int"
    if kind == "null":
        return f"{name} {word} None"
    return f"{name}.__class__ {word} {CLASSES[kind]}"


def subclass_test(name: str, kind: Kind) -> str:
    """A condition that tells a value of a class of its own from those of other kinds.

    It holds for those of a kind whose class is another than JSON's.
    """
    if kind == "number":
        test = f"isinstance({name}, (int, float))"
        return f"{test} and {class_test(name, 'boolean')}"
    return f"isinstance({name}, {CLASSES[kind]})"


CLASSES: dict[Kind, str] = {
    "boolean": "bool",
    "integer": "int",
    "string": "str",
    "array": "list",
    "object": "dict",
}


def scalar(schema: Schema, name: str, codec: Codec) -> Steps | None:
    """The steps for a schema that names one kind of scalar, and lists no values."""
    if schema.kinds is None or len(schema.kinds) != 1:
        return None
    if schema.values is not None or combined(schema):
        return None
    match schema.kinds[0]:
        case "null" | "boolean" as kind:
            return Steps((class_test(name, kind),))
        case "string":
            rules = _string(schema.string, name, codec)
            return Steps((class_test(name, "string"), *rules))
        case "number":
            rules = _number(schema.number, name, codec)
            return Steps((class_test(name, "number"), *rules))
        case "integer":
            return _integer(schema.number, name, codec)
        case "array" | "object":
            return None


def _string(rules: StringRules | None, name: str, codec: Codec) -> list[str]:
    if rules is None:
        return []
    made = lengths(name, rules.min_length, rules.max_length)
    pattern = None if rules.pattern is None else translate(rules.pattern)
    if pattern is not None:
        text = literals.string(pattern)
        made.append(f"not {codec.use('matcher')}({text})({name})")
    return made


def lengths(name: str, least: int | None, most: int | None) -> list[str]:
    """Conditions that tell whether a value is too short or too long."""
    made = [] if not least else [f"len({name}) < {literals.number(least)}"]
    return made if most is None else [*made, f"len({name}) > {literals.number(most)}"]


def _integer(rules: NumberRules | None, name: str, codec: Codec) -> Steps:
    whole = codec.use("whole")
    bounds = _bounds(rules or NumberRules(), name, "", "")
    bounds += _unit(rules, name, codec)

    def then(block: Block) -> None:
        with block.under(f"if {name}.__class__ is not int:"):
            block.add(f"{name} = {whole}({name})")
        if bounds:
            block.refuse(bounds)

    return Steps(then=then)


def _number(rules: NumberRules | None, name: str, codec: Codec) -> list[str]:
    """Bounds that also stop what JSON lacks: NaN and the infinities."""
    made = _bounds(rules or NumberRules(), name, "-INFINITY < ", " < INFINITY")
    if any("INFINITY" in condition for condition in made):
        codec.use("INFINITY")
    return [*made, *_unit(rules, name, codec)]


def _unit(rules: NumberRules | None, name: str, codec: Codec) -> list[str]:
    if rules is None or rules.multiple_of is None:
        return []
    unit = literals.number(rules.multiple_of)
    return [f"not {codec.use('is_multiple')}({name}, {unit})"]


def _bounds(rules: NumberRules, name: str, low: str, high: str) -> list[str]:
    """Conditions for each pair of bounds; ``low`` and ``high`` are used for none."""
    least = [
        f"{literals.number(bound)} {sign} "
        for bound, sign in ((rules.minimum, "<="), (rules.exclusive_minimum, "<"))
        if bound is not None
    ] or [low]
    most = [
        f" {sign} {literals.number(bound)}"
        for bound, sign in ((rules.maximum, "<="), (rules.exclusive_maximum, "<"))
        if bound is not None
    ] or [high]
    pairs = zip(least + least[-1:], most + most[-1:])
    made = dict.fromkeys(f"{first}{name}{second}" for first, second in pairs)
    return [f"not {condition}" for condition in made if condition != name]
