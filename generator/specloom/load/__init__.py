"""Load: a path in; a document out, within budgets, with positions for findings."""

from __future__ import annotations
