"""Instances: cases for the schemas of a spec enter, more cases leave.

The others are made with an eye to what a schema says; these are not. An instance of one
schema is asked of the others, and spoiled at places chosen by chance: what nobody has
thought of is met so.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from specloom.conform.cases import as_text
from specloom.conform.oracle import Oracle
from specloom.conform.protocol import Case

from .words import ODD_PROPERTIES, PROPERTIES

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 1.0, -0.0, 1.5, 2, 2**53 + 1, 10**30, 1e300, -1e-7),
    *(
        "",
        "x",
        "y",
        "xx",
        "A",
        "B",
        "\U0001f600",
        "2024-01-01",
        [],
        {},
        [1],
        ["x", "x"],
    ),
    *([[]], [None, 1], {"a": 1}, {"t": "x"}, {"a": {"a": "x"}}, {"x-a": None}),
)
_NUMBER = re.compile(r'"(?:\\.|[^"\\])*"|(?P<number>-?\d[\d.]*(?:e[+-]?\d+)?)')
NAMES = (*PROPERTIES, *PROPERTIES, *ODD_PROPERTIES)


def crossed(
    cases: Sequence[Case], oracle: Oracle, random: Random, count: int
) -> Iterator[Case]:
    """Up to ``count`` more cases for each schema that has some, labelled."""
    known = {(case.schema, case.instance) for case in cases}
    for schema in dict.fromkeys(case.schema for case in cases):
        own = [case for case in cases if case.schema == schema]
        for number in range(count):
            case = random.choice(own if number % 2 else cases)
            text = _spoiled(case.instance, random)
            label = oracle.accepts(schema, text)
            if label is not None and (schema, text) not in known:
                known.add((schema, text))
                yield Case(schema, text, label)


def _spoiled(text: str, random: Random) -> str:
    """An instance with up to three faults."""
    made = [json.loads(text)]
    for _ in range(random.randint(0, 3)):
        container, key = random.choice(list(_places(made)))
        value = container[key]
        chosen = random.choice(VALUES if random.random() < 0.4 else (made[0], *VALUES))
        chosen = copy.deepcopy(chosen)
        if isinstance(value, dict) and random.random() < 0.7:
            value[random.choice(NAMES)] = chosen
        elif isinstance(value, list) and random.random() < 0.7:
            value.insert(random.randint(0, len(value)), chosen)
        elif container is not made and random.random() < 0.4:
            del container[key]
        else:
            container[key] = chosen
    text = as_text(made[0])
    return _NUMBER.sub(_spelled, text) if random.random() < 0.1 else text


def _spelled(found: re.Match[str]) -> str:
    """A number spelled otherwise, its value the same; only what a double holds."""
    number = found["number"]
    if number is None or "e" in number:  # a text, or there is no need
        return found[0]
    if "." in number:
        return f"{number}E0"
    return f"{number}.0e0" if float(number) == int(number) else number


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    keys: Any = node if isinstance(node, dict) else range(len(node))
    for key in list(keys):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from _places(node[key])
