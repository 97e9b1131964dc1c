"""Pages of a target enter, the text of each by its path leaves."""

from __future__ import annotations

from collections.abc import Iterable

from specloom.render import Renderer
from specloom.target import Page


def rendered(folder: str, pages: Iterable[Page]) -> dict[str, str]:
    """What the templates that ship with Specloom make of pages."""
    renderer = Renderer()
    paths = {f"{folder}/{page.path}": page for page in pages}
    return {
        path: renderer.text(path, page, page.view()) for path, page in paths.items()
    }
