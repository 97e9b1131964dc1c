"""Fence: the name of a file in, as a ``$ref`` has it; the file out, if it may be read.

Promises that only plain files are read which are in the spec's folder, or in one that
the user has allowed, once all links are followed.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
from contextlib import suppress
from pathlib import Path

from ..diagnostics import Location
from .nearest import nearest
from .source import failure


class Fence:
    """What may be read.

    Args:
        root: the spec's own folder.
        allowed: further folders, or files.
        known: real paths of what has been read, which is never refused.

    Attributes:
        missed: the files that were looked for in vain, or refused, by their absolute
            paths: a link may lead elsewhere by the next run.
    """

    def __init__(
        self, root: Path, allowed: Iterable[Path], known: Container[Path]
    ) -> None:
        self._root, self._known = real_path(root), known
        self._allowed = [real_path(folder) for folder in allowed]
        self.missed: set[Path] = set()

    def admit(self, name: str, reached: Path, at: Location) -> Path:
        """The real path of what a ``$ref`` calls ``name``; nothing is opened yet.

        Raises:
            SpecloomError: ``ref-outside`` at ``at``.
        """
        real = real_path(reached)
        absolute = Path(name).is_absolute()
        inside = real in self._known or real.is_relative_to(self._root)
        if absolute or not inside:
            if not any(real.is_relative_to(folder) for folder in self._allowed):
                self.missed.add(reached.absolute())
                message = f"`{name}` is not inside the spec's folder"
                if absolute:
                    message = f"`{name}` is an absolute path"
                hint = "allow the folder that holds it with --allow-ref"
                raise failure("ref-outside", message, at, hint)
        return real

    def first(self, names: Iterable[str], at: Location) -> str | None:
        """The first of some paths that leads to a file, if one does.

        Raises:
            SpecloomError: ``ref-outside`` at ``at``, before anything is looked for.
        """
        for name in names:
            path = Path(name)
            self.admit(name, path, at)
            with suppress(OSError):  # a name may be too long for a file
                if path.is_file():
                    return name
            self.missed.add(path.absolute())
        return None

    def require_file(self, name: str, reached: Path, at: Location) -> None:
        """Refuse what must not be opened: a folder, a device, nothing at all.

        Raises:
            SpecloomError: ``file-unreadable`` or ``ref-not-found`` at ``at``.
        """
        real = real_path(reached)
        try:
            if real.is_file():
                return
            exists, beside = real.exists(), [x.name for x in real.parent.glob("*")]
        except OSError as error:
            message = f"`{name}` cannot be read: {error.strerror}"
            raise failure("file-unreadable", message, at, "check the path") from None
        if exists:
            message, hint = f"`{name}` is not a file", "name a YAML or JSON file"
            raise failure("file-unreadable", message, at, hint)
        self.missed.add(reached.absolute())
        hint = f"write `#/components/schemas/{name}` if a schema of this file is meant"
        if "." in name or "/" in name:
            hint = nearest(real.name, sorted(beside))
        raise failure("ref-not-found", f"there is no file `{name}`", at, hint)


def real_path(path: Path) -> Path:
    """The path without symlinks; never fails, unlike ``Path.resolve`` on a loop."""
    return Path(os.path.realpath(path))
