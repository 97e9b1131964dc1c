"""Budgets: what a run may cost, in one place; each can be raised by its name.

Nothing here measures. Whoever spends compares with a field, and reports with
:func:`budget_hint`, so that every such error names the option that lifts it. The
defaults let the largest public descriptions through (GitHub's: 13 MB, a few thousand
schemas) with room to spare, and stop what only means harm within seconds.
"""

from __future__ import annotations

from .values import dataclass, fields

_DEEPEST = 5_000
"""More frames than this takes overflow the stack of some builds of Python."""


@dataclass(frozen=True, slots=True)
class Budgets:
    """The most that reading one spec, and writing what comes of it, may take.

    Raises:
        ValueError: a budget below 0, or a depth that Python cannot recurse to.
    """

    input_bytes: int = 64 * 2**20
    """Size of all files together."""
    nodes: int = 5_000_000
    """Values in all files together, an alias counting as a copy of its node."""
    depth: int = 500
    """Containers inside containers; and schemas that apply to one value, each because
    of the one before it."""
    ref_chain: int = 64
    """``$ref`` that leads to another ``$ref`` for the same value."""
    expansion: int = 2_000_000
    """Schemas, each counted as often as ``$ref`` and the combiners apply it."""
    alternatives: int = 2_000
    """Members of one ``anyOf``, ``oneOf`` or ``allOf``."""
    members: int = 20_000
    """Properties of one object, or values of one ``enum``."""
    name_length: int = 1_000
    """Characters in the name of a schema or a property."""
    variants: int = 200_000
    """Schemas, each counted as often as it is read for another dynamic scope."""
    output_bytes: int = 2**30
    """Size of all generated files together."""
    output_files: int = 1_000_000
    """Generated files."""

    def __post_init__(self) -> None:
        for item in fields(self):
            if getattr(self, item.name) < 0:
                raise ValueError(f"the budget `{item.name}` must not be below 0")
        if self.depth > _DEEPEST:
            raise ValueError(
                f"the budget `depth` must not be above {_DEEPEST:,}: Python ends there"
            )


DEFAULT_BUDGETS = Budgets()


def budget_hint(name: str) -> str:
    """What to do when ``name``, a field of :class:`Budgets`, ran out."""
    return (
        f"raise the budget `{name}` if you trust this document: --budget {name}=N,"
        f" or `{name} = N` under [budgets] in specloom.toml"
    )
