"""Loaded: what reading asks of a document, whoever has loaded it."""

from __future__ import annotations

from typing import Protocol

from ..diagnostics import Location
from ..ir import Json


class Loaded(Protocol):
    """A document with its files at hand."""

    start: Location

    def get(self, at: Location) -> Json:
        """The content at a location."""
        ...

    def resolve(self, ref: str, at: Location) -> Location:
        """The location that a ``$ref`` written at ``at`` names."""
        ...
