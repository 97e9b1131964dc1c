"""Read: a loaded document becomes schemas with one spelling for each meaning.

Enters: a :class:`Document` (OpenAPI 3.0 or 3.1, JSON Schema of draft 4 or later).
Leaves: :class:`Source`, every schema that has a name or that a ``$ref`` points to, by
identity, in document order; those of bodies where an OpenAPI document names none
(``bodies.py``). Identities are registered when met and read afterwards, so
recursion needs no second pass. Promises: what is not supported is reported with its
place; nothing is dropped in silence.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import PurePosixPath

from ..diagnostics import Diagnostics, Location, SpecloomError
from ..ir import ANYTHING, KINDS, NOTHING, Json, Schema
from ..json_value import json_key
from ..values import dataclass, field, replace
from .conditions import settle_condition, with_lone
from .dialects import Dialects, report_unknown
from .docs import TELLERS, settle_link
from .draft import (
    Draft,
    settle_all_of,
    settle_contains,
    settle_exclusive,
    settle_items,
    settle_nullable,
    settle_patterns,
)
from .entries import Entry, components, definitions, not_a_spec, text
from .keywords import READERS
from .loaded import Loaded
from .mappings import Mappings, settle_mappings
from .reached import Names
from .roots import Root, called_after, identity, reached, referred_root
from .vocabulary import ANNOTATIONS, has_keywords, similar_keyword

__all__ = ["FAULTS", "Root", "Source", "identity", "read", "referred_root"]


@dataclass(frozen=True, slots=True)
class Source:
    """All that was read: the spec's own words, and its roots in document order."""

    title: str
    version: str
    description: str
    file: str
    roots: dict[str, Root]
    has_unevaluated: bool = False
    """Whether a schema asks something of what no keyword has looked at."""
    mappings: Mappings = field(default_factory=dict[Location, Mapping[str, str]])
    """What the values of a ``discriminator`` name where that stands alone."""
    tags: Mapping[Location, str] = field(default_factory=dict[Location, str])
    """The value of a tag that a schema gives for itself, by its place."""


FAULTS = frozenset(
    "keyword-value not-a-schema not-an-object ref-ambiguous ref-not-found ref-outside"
    " ref-remote ref-syntax".split()
)
"""Codes of the errors behind which reading goes on as if the place were left out.

A keyword is left out, and a schema or what a ``$ref`` means is read as ``true``.
"""


def read(document: Loaded, diagnostics: Diagnostics, *, bodies: bool = False) -> Source:
    """Read every named schema and all that they refer to.

    Those of ``bodies`` are read too if that is asked for, or none other is named.
    Raises :class:`SpecloomError` where the document is of a kind that cannot be read
    at all; other findings go to ``diagnostics``.
    """
    said = document.get(document.start)
    if not isinstance(said, bool | dict):
        raise not_a_spec(diagnostics, document.start, "the document is not a mapping")
    # `true` and `false` are schemas as well, which say no more (core, section 4.3.2).
    entry = said if isinstance(said, dict) else {}
    info = entry.get("info") if "openapi" in entry else entry
    facts = info if isinstance(info, dict) else {}
    stem = PurePosixPath(document.start.file).name.split(".")[0]
    reader = _Reader(document, diagnostics, Dialects(document), Names(document))
    named: Sequence[Entry]
    if isinstance(said, bool):
        named = [(stem, document.start, said)]
    elif "openapi" in entry:
        named = components(entry, document, diagnostics, bodies=bodies)
    else:
        named = definitions(entry, document.start, diagnostics, stem)
    report_unknown(entry, document.start, diagnostics)
    for name, at, raw in named:
        reader.register_entry(name, at, raw)
    entries = list(reader.roots)
    reader.read_all()
    mappings = settle_mappings(reader)
    roots = reader.roots
    if reader.calls:
        from .scopes import settle_scopes  # which few specs need

        roots = settle_scopes(reader, entries)
    return Source(
        title=text(facts, "title") or stem,
        version=text(facts, "version"),
        description=text(facts, "description"),
        file=PurePosixPath(document.start.file).name,
        roots=roots,
        has_unevaluated=reader.has_unevaluated,
        mappings=mappings,
        tags=reader.tags,
    )


@dataclass(slots=True)
class _Reader:
    document: Loaded
    diagnostics: Diagnostics
    dialects: Dialects
    names: Names
    has_unevaluated: bool = False
    lone: dict[Location, Json] = field(default_factory=dict[Location, Json])
    """What stands in an ``if`` without ``then`` and ``else``, by its schema."""
    roots: dict[str, Root] = field(default_factory=dict[str, Root])
    same: dict[str, str] = field(default_factory=dict[str, str])
    """Identity of an entry that only points elsewhere -> identity of its target."""
    calls: dict[Location, str] = field(default_factory=dict[Location, str])
    mappings: dict[Location, Mapping[str, Json]] = field(
        default_factory=dict[Location, Mapping[str, Json]]
    )
    tags: dict[Location, str] = field(default_factory=dict[Location, str])
    waiting: deque[Root] = field(default_factory=deque[Root])

    def register_entry(self, name: str | None, at: Location, raw: Json) -> None:
        """Give a named schema its identity.

        ``Name: {$ref: other-file}`` names the schema in the other file: one thing,
        not two.
        """
        target = at
        ref = raw.get("$ref") if isinstance(raw, dict) and len(raw) == 1 else None
        if name is None:
            self.reference(str(ref), at.child("$ref"))
            return
        if isinstance(ref, str):
            try:
                found = self.document.resolve(ref, at.child("$ref"))
            except SpecloomError as error:
                self._keep(error)
            else:
                if found.file != at.file and identity(found) not in self.roots:
                    self.same[identity(at)] = identity(found)
                    target = found
        self.names.given[target] = name
        self._register(Root(identity(target), name, True, target))

    def _register(self, root: Root) -> None:
        self.roots[root.id] = root
        self.waiting.append(root)

    def _keep(self, error: SpecloomError) -> None:
        for item in error.diagnostics:
            self.diagnostics.add(item)

    def read_all(self) -> bool:
        """Read what is registered, and what that refers to, until nothing is new.

        Returns whether there was anything to read.
        """
        found = bool(self.waiting)
        while self.waiting:
            root = self.waiting.popleft()
            try:
                schema = self.schema(self.document.get(root.at), root.at)
            except SpecloomError as error:
                self._keep(error)
                continue
            self.roots[root.id] = replace(root, schema=schema)
        if self.has_unevaluated and self.lone:
            self._heed_lone()
        return found

    def _heed_lone(self) -> None:
        """Read each ``if`` that stands alone: it decides what is looked at."""
        lone, self.lone = self.lone, {}
        read = {at: self.schema(raw, at.child("if")) for at, raw in lone.items()}
        for id_, root in self.roots.items():
            self.roots[id_] = replace(root, schema=with_lone(root.schema, read))
        self.read_all()

    def reference(self, ref: str, at: Location) -> str | None:
        """The identity that a ``$ref`` names, registered if it is new.

        None if it leads nowhere, which is reported: the schema asks nothing then.
        """
        try:
            target = self.document.resolve(ref, at)
        except SpecloomError as error:
            self._keep(error)
            return None
        return self.known(target)

    def known(self, target: Location) -> str:
        """The identity of the schema at a location, registered if it is new."""
        found = identity(target)
        found = self.same.get(found, found)
        if found not in self.roots:
            self._register(self._reached(target))
        return self.roots[found].id  # one text for all that refer to it

    def _reached(self, target: Location) -> Root:
        raw, home = self.document.get(target), self.document.scope(target)
        if isinstance(raw, dict) and "$dynamicAnchor" in raw and target != home:
            return called_after(self.roots.get(identity(home)) or reached(home), target)
        return reached(target, self.names.within)

    def is_known(self, at: Location) -> bool:
        """Whether the schema at a location is registered."""
        return identity(at) in self.roots

    def is_schema(self, raw: Json) -> bool:
        """Whether a whole document looks like a schema, not a collection of some."""
        return isinstance(raw, bool) or (
            isinstance(raw, dict) and "openapi" not in raw and has_keywords(raw)
        )

    def schema(self, raw: Json, at: Location) -> Schema:
        """Read one schema and all that stands inside it."""
        if isinstance(raw, bool):
            return replace(ANYTHING if raw else NOTHING, at=at)
        if not isinstance(raw, dict):
            hint = f"write `{{type: {raw}}}`" if raw in KINDS else ""
            self.diagnostics.error(
                "not-a-schema", "a schema must be an object, true or false", at, hint
            )
            return ANYTHING
        draft = Draft(at)
        alone = "$ref" in raw and len(raw) > 1 and self.dialects.refs_stand_alone(at)
        for keyword, value in raw.items():
            reader = READERS.get(keyword)
            if reader is None:
                reader = TELLERS.get(keyword)
                if reader is None:
                    self._other_keyword(keyword, at)
                    continue
            elif alone and keyword not in ("$ref", "default", "nullable"):
                self._ignored_sibling(keyword, raw, at)
                continue
            reader(self, draft, keyword, value)
        if "exclusiveMinimum" in raw or "exclusiveMaximum" in raw:
            settle_exclusive(draft)
        if "additionalItems" in raw and not alone:
            settle_items(self, draft, raw)
        if "contains" in raw:
            settle_contains(draft)
        if "patternProperties" in raw:
            settle_patterns(draft)
        if "externalDocs" in raw:
            settle_link(self, draft, raw["externalDocs"])
        if draft.dynamic:
            from .dynamic import settle_dynamic  # which few specs need

            settle_dynamic(self, draft)
        if "if" in raw and not alone:
            settle_condition(self, draft, raw)
        if draft.all_of:
            settle_all_of(self, draft)
        return settle_nullable(draft) if draft.nullable else draft.freeze()

    def _other_keyword(self, keyword: str, at: Location) -> None:
        if keyword in ANNOTATIONS or keyword.startswith("x-"):
            return
        hint = similar_keyword(keyword) or "an extension begins with `x-`"
        self.diagnostics.warning(
            "unknown-keyword",
            f"`{keyword}` is no keyword and asserts nothing",
            at.child(keyword),
            hint,
        )

    def _ignored_sibling(
        self, keyword: str, raw: dict[str, Json], at: Location
    ) -> None:
        """Warn of what is lost, which is nothing if the target says the same."""
        with suppress(SpecloomError):  # it is reported where the `$ref` is read
            target = self.document.get(
                self.document.resolve(str(raw["$ref"]), at.child("$ref"))
            )
            said = target.get(keyword) if isinstance(target, dict) else None
            if json_key(said) == json_key(raw[keyword]):
                return
        self.diagnostics.warning(
            "ref-sibling",
            f"`{keyword}` beside `$ref` is ignored in this version of the standard",
            at.child(keyword),
            "wrap the `$ref` in `allOf`, or move to OpenAPI 3.1 or JSON Schema 2020-12",
        )
