"""Registry: how the modules of this package find one another when they are needed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any, TypeAlias

Table: TypeAlias = "dict[str, Any] | bool"
"""Assertions in the keywords of JSON Schema; `True` accepts all, `False` nothing."""

models: ModuleType = sys.modules[__name__.rsplit(".", 2)[0]]
"""This package: its attributes are types and modules, imported on first use."""


@cache
def table_from(assertions: Callable[[], Table]) -> Table:
    """The table that a function makes, made once."""
    return assertions()


@cache
def table_of(reference: str) -> Table:
    """The table that a `$ref` names."""
    return table_from(getattr(models, reference).assertions)


def through(table: Table) -> Table:
    """The table that one leads to which is a `$ref` and nothing else."""
    while isinstance(table, dict) and "$ref" in table and len(table) == 1:
        table = table_of(table["$ref"])
    return table
