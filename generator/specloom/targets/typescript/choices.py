"""Choices: alternatives that a tag tells apart become one switch.

Enters: the tag, and what is asked of each alternative that is an object. Leaves: the
body of a function with its bounds. Promises: an object is asked only what the
alternatives that its tag leaves open ask.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...code import Code
from . import literals
from .alternatives import Tag
from .bounds import Bounds, apart, together
from .conditions import NEVER, Condition, OddError, any_of
from .functions import Choice

Made = tuple[Condition, Bounds]
"""What is asked of a value, and how deep what passes can be nested."""


def choose(
    tag: Tag, made: Sequence[Made], free: Sequence[int], rest: Made, *, exclusive: bool
) -> tuple[Choice, Bounds]:
    """A switch over the values of a tag.

    Args:
        tag: the property, and for each of its values which alternatives take that.
        made: what each alternative asks.
        free: which alternatives take objects without the tag, or with any other value.
        rest: what is asked of values that are no objects.
        exclusive: whether a value that two alternatives take is refused.

    Raises:
        OddError: it would never say yes.
    """

    def some(indexes: Sequence[int]) -> Condition:
        """What is asked of objects that some of the alternatives may take."""
        if exclusive and len(indexes) > 1:
            return NEVER
        return any_of([made[index][0] for index in indexes])

    default = some(free)
    cases: dict[Condition, list[Code]] = {}
    for scalar, takers in tag.cases:
        asked = some(takers)
        if asked != default:
            cases.setdefault(asked, []).append(literals.literal(scalar))
    groups = [free, *(takers for _, takers in tag.cases)]
    passing = [group for group in groups if some(group) != NEVER]
    if not passing and rest[0] == NEVER:
        raise OddError  # it would never say yes
    bounds = [together([made[index][1] for index in group]) for group in passing]
    listed = tuple((tuple(labels), asked) for asked, labels in cases.items())
    return Choice(tag.name, rest[0], listed, default), apart([*bounds, rest[1]])
