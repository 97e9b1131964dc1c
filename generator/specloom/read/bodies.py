"""Bodies: the schemas of an API's requests and responses, with names for them.

Enters: an OpenAPI document. Leaves: the schema of each body, in the order of its paths,
webhooks and components, each under a name that follows from where it stands and that no
other has:

- ``ListPetsResponse`` of an operation called ``listPets``: the lowest status 2xx
- ``ListPets404Response``, ``ListPets4XXResponse``, ``ListPetsDefaultResponse``
- ``ListPetsRequest``; and ``GetPetsByIdResponse`` for ``GET /pets/{id}`` that has no
  ``operationId``; a webhook's or callback's name stands for the path
- ``NotFoundResponse`` and ``PetRequest`` of what has a place of its own, such as
  ``components.responses.NotFound``
- ``AddPetRequestBody`` where a schema is called ``AddPetRequest``

Of the media types of a body those that are JSON count, else the first: of more than
one the others are told in the name, as in ``ListPetsProblemJsonResponse``. A body that
says no more than the kind of a scalar has no model: each language has a type for it.
"""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from ..diagnostics import Diagnostics, Location, SpecloomError, unescape_token
from ..ir import Json
from ..naming import pascal
from ..values import dataclass, field
from .docs import TELLERS
from .loaded import Loaded
from .vocabulary import ANNOTATIONS

_METHODS = "get put post delete options head patch trace query".split()
"""The operations of a path (OpenAPI 3.1, section 4.8.9, and 3.2)."""
_SUCCESS = re.compile(r"2\d\d|2XX")
_PARAMETER = re.compile(r"\{(.*?)\}")
_JSON = re.compile(r"[^/;]+/([^/;]+\+)?json\s*(;.*)?", re.IGNORECASE)
_SCALARS = frozenset("string number integer boolean null".split())
_LONGEST_CHAIN = 64
"""Steps from a ``$ref`` to what it means: more are a circle, or made to cost."""
_ASK_NO_MORE = frozenset("type format nullable default".split())


class Body(NamedTuple):
    """A schema of a body; None is its name if it is but a ``$ref``."""

    name: str | None
    at: Location
    raw: Json


class _Part(NamedTuple):
    """An object of the document, by the key that leads to it.

    ``apart`` tells whether a ``$ref`` lies between: it has a place of its own then.
    """

    key: str
    at: Location
    raw: dict[str, Json]
    apart: bool = False


def find_bodies(
    document: Loaded,
    entry: dict[str, Json],
    diagnostics: Diagnostics,
    taken: Iterable[str] = (),
) -> list[Body]:
    """The bodies of an OpenAPI document, those with a name first.

    ``entry`` is the content of its entry file; no body is called as what is ``taken``,
    the schemas that it names. Findings go to ``diagnostics``: ``ref-cycle``,
    ``not-an-object`` for what should be one, ``name-clash``, and what resolving a
    ``$ref`` raises.
    """
    finder = _Finder(document, diagnostics, frozenset(map(pascal, taken)))
    root = _Part("", document.start, entry)
    finder.waiting += finder.within(root, "paths")
    finder.waiting += finder.within(root, "webhooks")
    finder.operations()
    for components in finder.member(root, "components"):
        finder.components(components)
    for part, kind in finder.apart:
        finder.shared(part, kind)
    return sorted(finder.found.values(), key=lambda body: body.name is None)


@dataclass(slots=True)
class _Finder:
    document: Loaded
    diagnostics: Diagnostics
    schemas: frozenset[str]
    """The names that schemas have."""
    found: dict[Location, Body] = field(default_factory=dict[Location, Body])
    names: set[str] = field(default_factory=set[str])
    waiting: deque[_Part] = field(default_factory=deque[_Part])
    """Path items whose operations are not read yet."""
    seen: set[Location] = field(default_factory=set[Location])
    """Maps and path items that were read: what many refer to is read once."""
    apart: list[tuple[_Part, str]] = field(default_factory=list[tuple[_Part, str]])
    """What operations refer to, and whether it is a request or a response."""

    # --- the document -----------------------------------------------------------------

    def follow(self, key: str, at: Location, raw: Json) -> Iterator[_Part]:
        """An object where it stands, behind any ``$ref``; nothing if there is none."""
        place, steps = at, 0
        try:
            while isinstance(raw, dict) and isinstance(ref := raw.get("$ref"), str):
                if steps == _LONGEST_CHAIN:
                    what = f"no content stands behind {steps} `$ref` in a row from here"
                    hint = "refer to the place that has it"
                    self.diagnostics.error("ref-cycle", what, at, hint)
                    return
                place = self.document.resolve(ref, place.child("$ref"))
                raw = self.document.get(place)
                steps += 1
        except SpecloomError as error:
            for item in error.diagnostics:
                self.diagnostics.add(item)
            return
        if isinstance(raw, dict):
            yield _Part(key, place, raw, apart=steps > 0)
        elif raw is not None:
            what, hint = f"`{key}` must be an object here", "see OpenAPI, section 4.8"
            self.diagnostics.error("not-an-object", what, place, hint)

    def member(self, part: _Part, key: str) -> Iterator[_Part]:
        """The object under a key, if there is one."""
        return self.follow(key, part.at.child(key), part.raw.get(key))

    def members(self, part: _Part) -> Iterator[_Part]:
        """The objects of a map of them, without extensions; of each map only once."""
        if part.at not in self.seen:
            self.seen.add(part.at)
            for key in part.raw:
                if not key.startswith("x-"):
                    yield from self.member(part, key)

    def within(self, part: _Part, key: str) -> Iterator[_Part]:
        """The objects of the map under a key."""
        for group in self.member(part, key):
            yield from self.members(group)

    # --- what has bodies --------------------------------------------------------------

    def components(self, components: _Part) -> None:
        """Read what is shared, whether or not something refers to it."""
        self.waiting += self.within(components, "pathItems")
        for callback in self.within(components, "callbacks"):
            self._callback(callback)
        self.operations()
        for response in self.within(components, "responses"):
            self.shared(response, "Response")
        for request in self.within(components, "requestBodies"):
            self.shared(request, "Request")

    def _callback(self, callback: _Part) -> None:
        """The path items of a callback go by its name, not by their expressions."""
        items = self.members(callback)
        self.waiting += (item._replace(key=callback.key) for item in items)

    def operations(self) -> None:
        """Read the path items that wait, and those of their callbacks."""
        while self.waiting:
            item = self.waiting.popleft()
            if item.at not in self.seen:
                self.seen.add(item.at)
                for method in _METHODS:
                    for operation in self.member(item, method):
                        self._operation(operation, item.key)

    def _operation(self, operation: _Part, path: str) -> None:
        for callback in self.within(operation, "callbacks"):
            self._callback(callback)
        id_ = operation.raw.get("operationId")
        said = operation.key + " " + _PARAMETER.sub(r" by \1 ", path)
        name = pascal(id_ if isinstance(id_, str) and id_ else said)
        place = f"{operation.key} {path}"
        for request in self.member(operation, "requestBody"):
            self._body(request, name, place, "Request")
        responses = list(self.within(operation, "responses"))
        main = min((x.key for x in responses if _SUCCESS.fullmatch(x.key)), default="")
        for response in responses:
            status = "" if response.key == main else pascal(response.key)
            self._body(response, name + status, f"{place} {response.key}", "Response")

    def _body(self, part: _Part, name: str, place: str, kind: str) -> None:
        if part.apart:
            self.apart.append((part, kind))
        else:
            self._content(part, name, place, kind)

    def shared(self, part: _Part, kind: str) -> None:
        """Read a request or response that is called after its own place."""
        file, pointer = self._file(part.at), part.at.pointer
        called = unescape_token(pointer.rpartition("/")[2]) or PurePosixPath(file).stem
        name = re.sub(f"{kind}(Body)?$", "", pascal(called))
        self._content(part, name, f"{file} {called}", kind)

    def _file(self, at: Location) -> str:
        """The file of a place, from the entry's folder: the same for all users."""
        return posixpath.relpath(at.file, posixpath.dirname(self.document.start.file))

    def _content(self, part: _Part, name: str, place: str, kind: str) -> None:
        content = list(self.within(part, "content"))
        chosen = [media for media in content if _JSON.fullmatch(media.key)]
        chosen.sort(key=lambda media: media.key != "application/json")
        for index, media in enumerate(chosen or content[:1]):
            told = pascal(media.key.partition("/")[2]) if index else ""
            if "schema" in media.raw:
                at, raw = media.at.child("schema"), media.raw["schema"]
                self._schema(at, raw, name + told + kind, f"{place} {told}{kind}")

    def _schema(self, at: Location, raw: Json, wanted: str, other: str) -> None:
        """Keep the schema of a body; ``other`` is its name where the first is taken."""
        if at in self.found or _is_plain(raw):
            return
        if isinstance(raw, dict) and raw.keys() == {"$ref"}:
            self.found[at] = Body(None, at, raw)
            return
        if wanted in self.schemas:
            wanted += "Body"
        options = (wanted, other, f"{self._file(at)}#{at.pointer}")
        name = next(x for x in options if x not in self.names and x not in self.schemas)
        self.names.add(name)
        self.found[at] = Body(name, at, raw)
        if name != wanted:
            what = (
                f"`{wanted}` is the name of another body; this one is called `{name}`"
            )
            hint = "give each operation an `operationId` of its own"
            self.diagnostics.warning("name-clash", what, at, hint)


def _is_plain(raw: Json) -> bool:
    """Whether a schema asks for nothing, or for scalars of a kind and no more."""
    if not isinstance(raw, dict):
        return isinstance(raw, bool)
    asked = raw.keys() - TELLERS.keys() - ANNOTATIONS
    kinds = raw.get("type", [])
    listed = kinds if isinstance(kinds, list) else [kinds]
    return all(key in _ASK_NO_MORE or key.startswith("x-") for key in asked) and all(
        isinstance(kind, str) and kind in _SCALARS for kind in listed
    )
