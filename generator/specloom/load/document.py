"""Document: the path of a spec in; its files as plain values, its ``$ref`` resolved.

Files are read when a ``$ref`` first names them. Promises that nothing outside the
spec's folder is read unless the user allowed that folder, that nothing is fetched, and
that the whole spec stays within its budgets.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from ..budgets import DEFAULT_BUDGETS, Budgets
from ..diagnostics import Diagnostic, Location, SpecloomError
from ..json_value import Json
from ..values import replace
from .anchors import Anchors
from .contents import Contents
from .fence import Fence, real_path
from .identities import (
    Identities,
    absolute,
    dialect_of,
    find_identities,
    neighbour,
)
from .known import Readings
from .mapping import ENDINGS, Copy, UrlMap
from .nearest import nearest
from .references import (
    NotThereError,
    Reference,
    copy_hint,
    descend,
    is_remote,
    read_reference,
    split_pointer,
)
from .source import failure


class Document:
    """All files of one spec, loaded on demand. Made by :meth:`load`.

    Attributes:
        entry: the file that was asked for.
        root: the folder that a ``$ref`` may not leave: the entry's own.
        start: the location of the whole entry file.
        budgets: what the spec may cost.
    """

    def __init__(
        self,
        path: Path | str,
        budgets: Budgets,
        allow_ref: Iterable[str],
        map_ref: Mapping[str, Path],
        readings: Readings | None,
    ) -> None:
        self.entry = Path(path)
        self.root = self.entry.parent
        self.start = Location(str(path).replace(os.sep, "/"))
        self.budgets = budgets
        self._contents = Contents(self.start, budgets, readings)
        self._urls = UrlMap(map_ref)
        self._files: dict[str, Json] = {}
        self._paths: dict[str, Path] = {}  # display path -> absolute path
        self._displays: dict[Path, str] = {}  # real path -> display path
        allowed = [*map(Path, allow_ref), *map_ref.values()]
        self._fence = Fence(self.root, allowed, self._displays)
        self._reached: dict[tuple[str, str], str] = {}  # from a file, by a path
        self._resolved: dict[tuple[str, str, str], Location] = {}
        self._identities: dict[str, Identities] = {}  # by display path
        self._anchors = Anchors(self._files, self._identities)
        self._read(self.entry, self.start.file, self.start)

    @classmethod
    def load(
        cls,
        path: Path | str,
        *,
        budgets: Budgets = DEFAULT_BUDGETS,
        allow_ref: tuple[str, ...] = (),
        map_ref: Mapping[str, Path] = MappingProxyType({}),
        readings: Readings | None = None,
    ) -> Document:
        """Read the entry file of a spec.

        Args:
            path: the file, as the user typed it; locations repeat it.
            budgets: what loading may cost.
            allow_ref: folders outside the spec's own that a ``$ref`` may name.
            map_ref: URL -> the folder or file that has copies, which are allowed too.
            readings: earlier ones, which are asked and told of large files.

        Raises:
            SpecloomError: ``file-not-found``, ``file-unreadable``, ``encoding``,
                ``empty-file``, ``budget-bytes``, or what ``yaml12.load`` and
                ``json8259.load`` raise.
        """
        return cls(path, budgets, allow_ref, map_ref, readings)

    @property
    def files(self) -> Mapping[str, Json]:
        """Display path -> content, of the files loaded so far."""
        return MappingProxyType(self._files)

    @property
    def notices(self) -> tuple[Diagnostic, ...]:
        """What the user should know about how the spec was read."""
        return tuple(self._contents.notices)

    @property
    def digests(self) -> Mapping[Path, str]:
        """The SHA-256 of each file that was read, by its path."""
        return self._contents.digests

    @property
    def missed(self) -> Collection[Path]:
        """What a ``$ref`` looked for in vain, as :class:`.fence.Fence` has it."""
        return self._fence.missed

    def get(self, at: Location) -> Json:
        """The content at a location.

        Raises:
            SpecloomError: ``ref-not-found``, also for a file that is not loaded.
        """
        if at.file not in self._files:
            message = f"{at.file} is not a loaded file"
            raise failure("ref-not-found", message, at, nearest(at.file, self._files))
        try:
            return descend(self._files[at.file], split_pointer(at.pointer))
        except NotThereError as error:
            raise failure("ref-not-found", error.message, at, error.hint) from None

    def place(self, at: Location) -> Location:
        """The location with its line and column, if these cost no second reading."""
        found = None if at.line is not None else self._contents.find(at)
        return at if found is None else replace(at, line=found[0], column=found[1])

    def resolve(self, ref: str, at: Location) -> Location:
        """The location that a ``$ref`` written at ``at`` names: one step.

        The file is loaded if need be; the pointer is normalised (RFC 6901 escapes,
        no percent-encoding). ``at`` must be in a loaded file.

        Raises:
            SpecloomError: ``ref-not-found``, ``ref-ambiguous``, ``ref-outside``,
                ``ref-remote`` or ``ref-syntax`` at ``at``, or what :meth:`load` raises
                for a file that is read now.
        """
        identities = self._identities[at.file]
        home = identities.home(at.pointer)
        known = self._resolved.get((at.file, home, ref))
        if known is None:
            known = self._by_identity(ref, at, home) or self._by_path(ref, at)
            self._resolved[at.file, home, ref] = known
        return known

    def scope(self, at: Location) -> Location:
        """The schema resource that a place is in: what has a URI, or the whole file.

        JSON Schema 2020-12 Core, section 4.3.5. ``at`` must be in a loaded file.
        """
        return Location(at.file, self._identities[at.file].home(at.pointer))

    def dynamic_anchors(self, name: str) -> Mapping[Location, Sequence[Location]]:
        """The schemas that declare a dynamic anchor, by their resource.

        Only files that are loaded count. ``#`` is what ``$recursiveAnchor`` declares.
        """
        return self._anchors.dynamic(name)

    def _by_path(self, ref: str, at: Location) -> Location:
        wanted = read_reference(ref, at)
        file = self._file(wanted.path, at) if wanted.path else at.file
        return self._within(Location(file), wanted, ref, at)

    def _within(
        self, resource: Location, wanted: Reference, ref: str, at: Location
    ) -> Location:
        """The place in a schema resource that a ``$ref`` names."""
        if wanted.anchor:
            return self._anchors.find(resource, wanted.anchor, at)
        target = resource.child(*wanted.tokens)
        try:
            descend(self._files[target.file], split_pointer(target.pointer))
        except NotThereError as error:
            message = f"`{ref}` leads nowhere: {error.message}"
            raise failure("ref-not-found", message, at, error.hint) from None
        return target

    def _by_identity(self, ref: str, at: Location, home: str) -> Location | None:
        """What a ``$ref`` names by a URI; None if it names a place by its path.

        A pointer into the schema around it that leads nowhere there is read from the
        top of the file: many write it so.
        """
        path, _, fragment = ref.partition("#")
        if not path and not home:
            return None
        base = self._identities[at.file].uris.get(home, "")
        uri = absolute(base, path)
        for file, identities in self._identities.items():
            pointer = identities.places.get(uri)
            if pointer is None:
                continue
            wanted = read_reference(f"#{fragment}", at)
            try:
                return self._within(Location(file, pointer), wanted, ref, at)
            except SpecloomError:
                if path or wanted.anchor:
                    raise
                return None
        copy = self._urls.copy_of(uri)
        if copy is not None:
            wanted = read_reference(f"#{fragment}", at)
            return self._within(Location(self._copied(uri, copy, at)), wanted, ref, at)
        return self._beside(ref, uri, at, home)

    def _beside(self, ref: str, uri: str, at: Location, home: str) -> Location | None:
        """What a ``$ref`` names in the file that stands where its URI would.

        None where the path that is written leads there, or is the better guess.
        """
        path, _, fragment = ref.partition("#")
        beside = neighbour(self._identities[at.file].uris.get("", ""), uri)
        if not beside or not (home or is_remote(path)):
            return None
        try:
            return self._by_path(f"{quote(beside)}#{fragment}", at)
        except SpecloomError as error:
            if error.diagnostics[0].code != "ref-not-found":
                raise
            if not is_remote(path):
                return None
            message = f"`{ref}` is a URL; nothing is fetched"
            hint = copy_hint(uri, f" beside the spec as `{beside}`")
            raise failure("ref-remote", message, at, hint) from None

    def _file(self, path: str, at: Location) -> str:
        """The display path of the file that a ``$ref`` names, loaded and allowed."""
        known = self._reached.get((at.file, path))
        if known is None:
            reached = self._paths[at.file].parent / path
            display = posixpath.join(posixpath.dirname(at.file), path)
            known = self._open(path, reached, display, at)
            self._reached[at.file, path] = known
        return known

    def _copied(self, uri: str, copy: Copy, at: Location) -> str:
        """The display path of the file that a URI is mapped to, loaded and allowed."""
        known = self._reached.get(("", uri))
        if known is None:
            # With a dot before it, nothing in it can pass for the scheme of a URL.
            rest = read_reference(f"./{copy.rest}", at).path if copy.rest else ""
            name = posixpath.normpath(f"{copy.place.as_posix()}/{rest}")
            names = [name + ending for ending in ENDINGS] if rest else [name]
            found = self._fence.first(names, at)
            if found is None:
                message = f"`{uri}` is mapped to `{name}`, and there is no such file"
                hint = "put a copy there, or map the URL to where it is"
                raise failure("ref-not-found", message, at, hint)
            known = self._open(found, Path(found), found, at)
            self._reached["", uri] = known
        return known

    def _open(self, name: str, reached: Path, display: str, at: Location) -> str:
        """The display path of a file that ``at`` calls by a name, once it is loaded."""
        real = self._fence.admit(name, reached, at)
        if real not in self._displays:
            self._fence.require_file(name, reached, at)
            display = posixpath.normpath(display.replace(os.sep, "/"))
            if real_path(Path(display)) != real:  # `..` behind a symlink
                display = real.as_posix()
            self._read(reached, display, at)
        return self._displays[real]

    def _read(self, path: Path, display: str, at: Location) -> None:
        """Load one file; ``at`` is where its name was found."""
        content, text = self._contents.read(path, display, at)
        self._files[display] = content
        dialect = dialect_of(content, self._files[self.start.file])
        url = self._urls.url_of(path)
        self._identities[display] = find_identities(content, text, dialect, url)
        self._paths[display] = path.absolute()
        self._displays[real_path(path)] = display
