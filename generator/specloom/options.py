"""Options: what a run may be asked, held in one place.

The API takes them directly, the command line makes them from the configuration
(``config.py``). Nothing here reads a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from .budgets import Budgets
from .values import dataclass, field

_URL = partial(re.compile, r"[A-Za-z][A-Za-z0-9+.-]+:[^\s#]+#?")
_WEB_ADDRESS = partial(re.compile, r"https?://[^\s/?#]+[^\s?#]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a spec is read and what is made of it; the defaults read it to the letter.

    Raises:
        ValueError: a value that cannot be meant, such as a ``docs_base_url`` that is
            no web address.
    """

    include: tuple[str, ...] = ()
    """Names or globs of the schemas to emit, with all that they need; all if empty."""
    bodies: bool = False
    """Read requests and responses too where an OpenAPI document names schemas."""
    skip_broken: bool = False
    """Read a spec with faults as if they were not there, and warn of each."""
    lenient: bool = False
    """Accept the nulls and the new values that live servers send."""
    templates: Path | None = None
    """A folder of the user's own templates, which win over those of Specloom."""
    docs_base_url: str | None = None
    """Where links in descriptions that begin with ``/`` lead."""
    allow_ref: tuple[Path, ...] = ()
    """Folders outside the spec's own that a ``$ref`` may name."""
    map_ref: Mapping[str, Path] = field(default_factory=dict[str, Path])
    """Where copies are of what a ``$ref`` names by a URL, which is never fetched.

    A URL that is mapped to a folder stands for all below it, one that is mapped to a
    file for itself; the longest that fits counts. A ``$ref`` may name what is there.
    """
    black: bool = False
    """Run black over the Python files that the user's own templates lay out."""
    budgets: Budgets = field(default_factory=Budgets)
    """What reading the spec and writing what comes of it may cost."""
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The settings of targets and languages, by name, as their ``settings_type``."""

    def __post_init__(self) -> None:
        url = self.docs_base_url
        if url is not None and not _WEB_ADDRESS().fullmatch(url):
            raise ValueError(
                "`docs_base_url` must be a web address such as https://example.com/docs,"
                f" not {url!r}"
            )
        for url in self.map_ref:
            if not _URL().fullmatch(url):
                raise ValueError(
                    "`map_ref` must name URLs such as https://example.com/schemas/,"
                    f" not {url!r}"
                )


DEFAULTS = Options()
"""The spec to the letter, every schema, the templates that ship with Specloom."""
