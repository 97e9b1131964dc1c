"""Helpers: what stands beside the function of a check, in the same module.

Enters: bodies of functions, and values that are looked up. Leaves: names to call, and
the text of what is really called. A name says the place that it is for: a path of words
from the declaration inwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TypeAlias

from ...code import Code
from ...naming import join_names
from ...values import dataclass, field
from .alternatives import Scalar
from .bounds import ROOM, Bounds
from .functions import Body, called, function
from .layout import array, placed
from .scalars import spelled

Place: TypeAlias = tuple[str, ...]
PARAMETER = Code("value: unknown")
"""The parameter of every check."""
ROUNDS = Code(f"room = {ROOM}")
"""The parameter of what takes part in a recursion."""


@dataclass(slots=True)
class Helpers:
    """The helpers of one declaration, in the order in which they are met."""

    functions: dict[str, tuple[Body, Bounds]] = field(
        default_factory=dict[str, tuple[Body, Bounds]]
    )
    constants: dict[str, Code] = field(default_factory=dict[str, Code])

    def function(self, body: Body, bounds: Bounds, place: Place) -> Code:
        """The name of a function that checks what stands at a place."""
        name = f"fits{_name(place)}"
        while name in self.functions:
            name += "_"
        self.functions[name] = body, bounds
        return Code(name)

    def values(self, scalars: Sequence[Scalar], place: Place) -> Code:
        """The name of a set of what is listed at a place."""
        title = _name(place)
        name = f"{title[0].lower()}{title[1:]}Set"
        label = f"const {name}: ReadonlySet<unknown> = new Set("
        items = array([spelled(scalar) for scalar in scalars])
        self.constants[name] = Code(placed(label, items, "", 2) + ");")
        return Code(name)

    def behind(self, body: Body) -> tuple[tuple[Code, ...], frozenset[str]]:
        """The text of all helpers that a body needs, and the names of all it calls."""
        needed = called(body)
        if not self.functions and not self.constants:
            return (), frozenset(needed)
        waiting = [name for name in needed if name in self.functions]
        while waiting:
            inner, _ = self.functions[waiting.pop()]
            fresh = called(inner) - needed
            needed |= fresh
            waiting += (name for name in fresh if name in self.functions)
        texts = [text for name, text in self.constants.items() if name in needed]
        for name, (inner, bounds) in self.functions.items():
            if name in needed:
                rounds = (ROUNDS,) if bounds.recursive else ()
                texts.append(function(f"function {name}", (PARAMETER, *rounds), inner))
        return tuple(texts), frozenset(needed)


def _name(place: Place) -> str:
    return reduce(join_names, place)
