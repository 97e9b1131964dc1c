"""The five phases in order: load, build, lower, render, write.

Each takes plain data from the one before and knows nothing of the one after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .analyse import select
from .build import build
from .diagnostics import Diagnostics
from .document import Budgets, Document
from .ir import Model
from .read import read
from .relax import relax
from .render import Renderer
from .target import Run
from .targets import TARGETS


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked to do. ``settings`` holds each target's own, by name."""

    spec: Path
    targets: tuple[str, ...]
    include: tuple[str, ...] = ()
    lenient: bool = False
    templates: Path | None = None
    docs_base_url: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    budgets: Budgets = field(default_factory=Budgets)
    allow_ref: tuple[str, ...] = ()


def load_model(options: Options, diagnostics: Diagnostics) -> Model:
    """Load and build. Raises :class:`SpecloomError` with all errors that were found."""
    document = Document.load(
        options.spec, budgets=options.budgets, allow_ref=options.allow_ref
    )
    source = read(document, diagnostics)
    if options.lenient:
        source = relax(source)
    diagnostics.raise_errors()
    model = build(source, diagnostics)
    diagnostics.raise_errors()
    return select(model, options.include, diagnostics)


def render_targets(
    model: Model, options: Options, names: Iterable[str]
) -> dict[str, str]:
    """Lower and render: every file of the named targets, by path."""
    renderer = Renderer(options.templates)
    run = Run(model, options.settings, options.docs_base_url)
    files: dict[str, str] = {}
    for name in names:
        target = TARGETS[name]
        files |= renderer.render(target.name, target.pages(run))
    return files
