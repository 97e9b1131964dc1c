"""Contents: the bytes of files in; what they say, as plain values, out.

Promises that all files of a spec together stay within its budgets, whether their values
come from a parser or from earlier readings, and remembers where YAML says them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from ..budgets import Budgets
from ..diagnostics import Diagnostic, Location, Severity, SpecloomError
from ..json_value import Json
from . import json8259
from .known import Readings, Told
from .places import Finder
from .source import decode, failure, read_bytes

if TYPE_CHECKING:
    from .pieces import Reading
    from .yaml12 import Composed


class Contents:
    """Reads the files of one spec; ``start`` is where the whole of it begins.

    Attributes:
        notices: what the user should know about how files were read.
        digests: the SHA-256 of each file that was read, by its absolute path.
    """

    def __init__(
        self, start: Location, budgets: Budgets, readings: Readings | None
    ) -> None:
        self.notices: list[Diagnostic] = []
        self.digests: dict[Path, str] = {}
        self._start, self._readings = start, readings
        self._bytes_left, self._nodes_left = budgets.input_bytes, budgets.nodes
        self._depth = budgets.depth
        self._places: dict[str, Finder] = {}  # by display path, where they are known

    def read(self, path: Path, display: str, at: Location) -> tuple[Json, str]:
        """What a file says, and its text; ``at`` is where its name was found.

        Raises:
            SpecloomError: as :meth:`document.Document.load`.
        """
        data = read_bytes(path, self._bytes_left, at)
        self._bytes_left -= len(data)
        self.digests[path.absolute()] = hashlib.sha256(data).hexdigest()
        text = decode(data, display)
        content, nodes = self._parse(path, data, text, display)
        if content is None:
            message, hint = "the file holds no document", "write a spec into it"
            raise failure("empty-file", message, Location(display), hint)
        self._nodes_left -= nodes
        return content, text

    def find(self, at: Location) -> tuple[int, int] | None:
        """The line and column of a place, if these cost no second reading."""
        places = self._places.get(at.file)
        return None if places is None else places.find(at.pointer)

    @property
    def _limits(self) -> tuple[int, int]:
        return self._nodes_left, self._depth

    def _parse(
        self, path: Path, data: bytes, text: str, display: str
    ) -> tuple[Json, int]:
        if json8259.looks_like_json(text, display):
            try:
                return json8259.load(text, display, *self._limits)
            except SpecloomError as error:
                # A YAML file may begin with a bracket too.
                not_json = error.diagnostics[0].code == "json-syntax"
                if json8259.is_json_file(display) or not not_json:
                    raise
        found: Told | None = None
        if self._readings is not None:
            digest = self.digests[path.absolute()]
            found = self._readings.told(digest, text, *self._limits)
        if found is None:
            found = self._parse_yaml(path, data, text, display)
        self._places[display] = found
        return found.content, found.nodes

    def _parse_yaml(
        self, path: Path, data: bytes, text: str, display: str
    ) -> Reading | Composed:
        # To import PyYAML is a tenth of a small run: JSON does without.
        from . import pieces, yaml_events

        if yaml_events.IS_SLOW and not self.notices:
            message = "PyYAML was built without libyaml: reading is many times slower"
            hint = "install a PyYAML wheel, or libyaml before PyYAML"
            at = self._start
            notice = Diagnostic(Severity.WARNING, "slow-yaml", message, at, hint)
            self.notices.append(notice)
        old = self._readings.get(path) if self._readings is not None else None
        found = pieces.read(text, data, display, *self._limits, old)
        if self._readings is not None and found is not old:
            self._readings.put(path, found, text, data)
        return found
