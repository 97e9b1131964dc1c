"""The guard: a view that holds text no encoder has made cannot be printed.

Every view of every target that there is, made of the canonical spec and of the golden
cases, is walked: each text in it is ``Code``. And each of them, put there as a plain
``str``, makes the render fail, wherever a template prints it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from golden_cases import CASES
from spec_files import ENTRY, SPEC
from specloom.code import Code
from specloom.diagnostics import Diagnostics
from specloom.options import Options
from specloom.pipeline import load, shape
from specloom.read import read
from specloom.render import Renderer, only_code
from specloom.target import Page, Run
from specloom.targets import TARGETS

targets = pytest.mark.parametrize("target", sorted(TARGETS))
MARK = "\N{SNOWMAN}"
MOST = 40
"""Pages of each template whose every text is tried."""


def pages(target: str, spec: Path, options: Options) -> list[Page]:
    found = Diagnostics()
    model = shape(read(load(spec, options, found), found), options, found)
    return list(TARGETS[target].pages(Run(model, {})))


def holes(view: Any, at: str = "view") -> Iterator[str]:
    """Where a view holds text that is not ``Code``."""
    if isinstance(view, str):
        if not isinstance(view, Code | Enum):
            yield f"{at}: {view!r:.60}"
    elif is_dataclass(view) and not isinstance(view, type):
        for item in fields(view):
            yield from holes(getattr(view, item.name), f"{at}.{item.name}")
    elif isinstance(view, Mapping):
        for key, value in view.items():
            yield from holes(key, f"{at} key")
            yield from holes(value, f"{at}[{key!r}]")
    elif isinstance(view, list | tuple | set | frozenset):
        for index, value in enumerate(view):
            yield from holes(value, f"{at}[{index}]")


def with_holes(view: Any) -> Iterator[Any]:
    """The view again and again, each time with one ``Code`` as a plain ``str``."""
    if isinstance(view, Code):
        yield f"{view}{MARK}"
    elif is_dataclass(view) and not isinstance(view, type):
        for item in fields(view):
            for holed in with_holes(getattr(view, item.name)):
                yield replace(view, **{item.name: holed})
    elif isinstance(view, list | tuple) and view:
        # One is enough: a template does the same with each.
        make = getattr(view, "_make", type(view))
        for holed in with_holes(view[0]):
            yield make([holed, *view[1:]])


@targets
@pytest.mark.parametrize(
    ("spec", "options"),
    [(SPEC / ENTRY, Options()), *((case.spec, case.config) for case in CASES)],
    ids=["spec", *map(str, CASES)],
)
def test_views_hold_nothing_but_code(target: str, spec: Path, options: Options) -> None:
    made = pages(target, spec, options)
    views = {page.path: page.view() for page in made}
    assert any(view is not None for view in views.values())
    assert [hole for path, view in views.items() for hole in holes(view, path)] == []


@targets
def test_a_raw_string_in_a_view_is_not_printed(target: str) -> None:
    renderer = Renderer()
    tried: dict[str, int] = {}
    unguarded: list[str] = []
    refused = 0
    for page in pages(target, SPEC / ENTRY, Options()):
        whole = page.view()
        if whole is None or tried.get(page.template, 0) >= MOST:
            continue
        for view in islice(with_holes(whole), MOST):
            tried[page.template] = tried.get(page.template, 0) + 1
            # A template may also look whether there is a text, and not print it.
            with suppress(TypeError):
                made = renderer.text(page.path, replace(page, finish=None), view)
                unguarded += [page.template] if MARK in made else []
                continue
            refused += 1
    assert unguarded == []
    assert refused > len(tried) > 0


@pytest.mark.parametrize("value", ["text", 1, None, True, [Code("x")], b"x", object()])
def test_the_guard_lets_nothing_else_pass(value: object) -> None:
    with pytest.raises(TypeError, match="encoded text only"):
        only_code(value)
