"""Specloom: one canonical spec in; bindings and documentation in many languages out."""

from __future__ import annotations

__version__ = "0.1.0"
