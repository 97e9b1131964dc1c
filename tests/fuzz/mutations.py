"""Mutations: a real spec enters, one that is wrong in a few places leaves.

Data is changed where its structure is known (a value lost, doubled, swapped with one
from elsewhere, a reference turned round), text where it is not (lines and characters
lost, doubled, put elsewhere): the readers and what follows both get their share.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeAlias

from .words import SCALARS, TEXTS

Place: TypeAlias = "tuple[Any, Any]"
"""A container, and the key or the index of a value in it."""

ODD: tuple[Any, ...] = (None, True, 0, -1, 1.5, 10**30, 1e300, "", [], {}, [[]], *TEXTS)
WORDS = (
    "type", "enum", "const", "properties", "required", "items", "prefixItems", "allOf",
    "anyOf", "oneOf", "not", "additionalProperties", "patternProperties",
    "propertyNames", "minimum", "maximum", "multipleOf", "minLength", "maxLength",
    "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    "nullable", "default", "example", "discriminator", "format", "$ref", "$defs", "$id",
    "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef",
    "description", "title", "deprecated", "x-enumNames", "if", "contains",
    "minContains", "maxContains", "unevaluatedProperties", "unevaluatedItems",
)  # fmt: skip
REFERENCES = ("$ref", "$ref", "$ref", "$dynamicRef", "$recursiveRef")
MARKS = "\"'{}[]:,&*!|>#%@`-?\t\n \\\u2028\x00\x85\ufeff"


def mutated(document: Any, random: Random) -> Any:
    """A copy of some data with a few faults."""
    made = {"": copy.deepcopy(document)}
    for _ in range(random.randint(1, 4)):
        places = list(_places(made))
        random.choice(_STEPS)(random, places, random.choice(places))
    return made[""]


def _places(node: Any) -> Iterator[Place]:
    """Every value inside, the outer ones first."""
    waiting = [node]
    while waiting:
        outer = waiting.pop()
        if isinstance(outer, dict | list):
            keys = list(outer) if isinstance(outer, dict) else range(len(outer))
            for key in keys:
                yield outer, key
                waiting.append(outer[key])


def _lose(random: Random, places: list[Place], at: Place) -> None:
    container, key = at
    if container is not places[0][0]:
        del container[key]


def _odd(random: Random, places: list[Place], at: Place) -> None:
    container, key = at
    container[key] = copy.deepcopy(random.choice(ODD))


def _schema(random: Random, places: list[Place], at: Place) -> None:
    container, key = at
    container[key] = copy.deepcopy(random.choice(SCALARS))


def _other(random: Random, places: list[Place], at: Place) -> None:
    """The value of another place, which may hold this one."""
    container, key = at
    outer, inner = random.choice(places)
    container[key] = copy.deepcopy(outer[inner])


def _word(random: Random, places: list[Place], at: Place) -> None:
    """A keyword where there was none, with the value of another place."""
    container, key = at
    if isinstance(container[key], dict):
        outer, inner = random.choice(places)
        container[key][random.choice(WORDS)] = copy.deepcopy(outer[inner])


def _rename(random: Random, places: list[Place], at: Place) -> None:
    container, key = at
    if isinstance(container, dict) and container is not places[0][0]:
        container[random.choice((*WORDS, *TEXTS))] = container.pop(key)


def _reference(random: Random, places: list[Place], at: Place) -> None:
    """A reference to what another refers to, or nearly so."""
    found = [c[k] for c, k in places if k in REFERENCES and isinstance(c[k], str)]
    if found:
        container, key = at
        target = random.choice(found)
        spoiled = (target, target, target[:-1], f"{target}/properties", f"x{target}")
        container[key] = {random.choice(REFERENCES): random.choice(spoiled)}


_STEPS: tuple[Callable[[Random, list[Place], Place], None], ...] = (
    _lose,
    _odd,
    _schema,
    _other,
    _word,
    _rename,
    _reference,
)


def scratched(text: str, random: Random) -> str:
    """A text with a few faults."""
    for _ in range(random.randint(1, 3)):
        lines = text.split("\n")
        at, other = random.randrange(len(lines)), random.randrange(len(lines))
        match random.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at] = " " * random.randint(1, 4) + lines[at]
            case 3:
                lines[at] = _pricked(lines[at], random, random.choice(MARKS))
            case 4:
                lines[at] = _pricked(lines[at], random, "")
            case _:
                lines[at], lines[other] = lines[other], lines[at]
        text = "\n".join(lines) or "\n"
    return text


def _pricked(line: str, random: Random, mark: str) -> str:
    """A line with a character more, or one less if there is no mark."""
    at = random.randrange(len(line) + 1)
    return line[:at] + mark + line[at + (not mark) :]
