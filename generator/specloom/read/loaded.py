"""Loaded: what reading asks of a document, whoever has loaded it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..budgets import Budgets
from ..diagnostics import Location
from ..ir import Json


class Loaded(Protocol):
    """A document with its files at hand."""

    start: Location
    budgets: Budgets

    def get(self, at: Location) -> Json:
        """The content at a location."""
        ...

    def resolve(self, ref: str, at: Location) -> Location:
        """The location that a ``$ref`` written at ``at`` names."""
        ...

    def scope(self, at: Location) -> Location:
        """The schema resource that a place is in."""
        ...

    def dynamic_anchors(self, name: str) -> Mapping[Location, Sequence[Location]]:
        """The schemas that declare a dynamic anchor, by their resource."""
        ...
