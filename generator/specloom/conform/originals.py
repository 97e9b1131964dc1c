"""Originals: the schemas of a document as their authors wrote them, in one bundle.

Enters: a loaded document and the places of schemas in it. Leaves: one JSON Schema
2020-12 resource whose ``$defs`` hold these schemas and all that they refer to.
Only what other dialects spell in their own way is rewritten: ``nullable``, flags for
exclusive bounds, lists of ``items``, ``dependencies``, ``$recursiveRef``, and keywords
beside ``$ref`` where a dialect ignores them. Each schema resource stays one, so that a
``$dynamicRef`` finds the scopes that it would find there. Nothing of the engine's own
reading of schemas is used here.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from ..diagnostics import Location, SpecloomError
from ..json_value import Json
from ..load.document import Document
from ..values import dataclass, field

URI = "urn:specloom:originals"
_ONE = frozenset(
    "additionalProperties propertyNames not items additionalItems contains"
    " if then else unevaluatedItems unevaluatedProperties".split()
)
_LISTS = frozenset("allOf anyOf oneOf prefixItems".split())
_MAPS = frozenset("properties patternProperties dependentSchemas dependencies".split())
_DATA = frozenset(
    "type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum"
    " maxLength minLength pattern maxItems minItems uniqueItems maxProperties"
    " minProperties required minContains maxContains dependentRequired".split()
)


_REFERENCES = frozenset("$ref $dynamicRef $recursiveRef".split())
_RECURSIVE = "#"


@dataclass(frozen=True, slots=True)
class _Home:
    """What is taken in of one resource of the document."""

    uri: str
    defs: dict[str, Json] = field(default_factory=dict[str, Json])


class Originals:
    """A bundle that grows with each schema that is asked for."""

    def __init__(self, document: Document, places: Iterable[Location]) -> None:
        self._document = document
        self._keys: dict[Location, str] = {}
        self._homes: dict[Location, _Home] = {}  # by where the resource stands
        self._anchors: dict[str, str] = {}  # what dynamic anchors are called here
        self._waiting: list[tuple[str, Location]] = []
        self._named = list(places)
        for place in self._named:
            self.key(place)

    def key(self, at: Location) -> str:
        """The name in ``$defs`` of the schema at a location."""
        at = Location(at.file, at.pointer)
        known = self._keys.get(at)
        if known is None:
            known = self._keys[at] = f"s{len(self._keys)}"
            self._waiting.append((known, at))
        return known

    def ref(self, at: Location) -> str:
        """The absolute ``$ref`` to the schema at a location."""
        return f"{self._home(at).uri}#/$defs/{self.key(at)}"

    def resource(self) -> dict[str, Json]:
        """The whole bundle. Schemas that are met on the way are taken in."""
        while self._waiting:
            key, at = self._waiting.pop()
            self._home(at).defs[key] = self._converted(self._document.get(at), at)
            if not self._waiting:
                self._declare()
        bundled: dict[str, Json] = {
            home.uri: {"$id": home.uri, "$defs": home.defs}
            for home in self._homes.values()
        }
        return {"$id": URI, "$defs": bundled}

    def _home(self, at: Location) -> _Home:
        """The resource that a place is in."""
        new = _Home(f"{URI}:{len(self._homes)}")
        return self._homes.setdefault(self._document.scope(at), new)

    def _declare(self) -> None:
        """Let each resource have the dynamic anchors that are asked for."""
        for name, anchor in self._anchors.items():
            for place, *_ in self._document.dynamic_anchors(name).values():
                made: Json = {"$dynamicAnchor": anchor, "$ref": self.ref(place)}
                self._home(place).defs[anchor] = made

    def _dynamic(self, name: str, target: Location) -> str:
        """The ``$dynamicRef`` that first leads to a dynamic anchor."""
        anchor = self._anchors.setdefault(name, f"a{len(self._anchors)}")
        return f"{self._home(target).uri}#{anchor}"

    def _ignores_siblings(self, at: Location) -> bool:
        """Whether the dialect of a place ignores keywords beside ``$ref``."""
        for place in (
            self._document.scope(at),
            Location(at.file),
            self._document.start,
        ):
            facts = self._document.get(place)
            if isinstance(facts, dict) and ("openapi" in facts or "$schema" in facts):
                told = f"{facts.get('openapi', '')} {facts.get('$schema', '')}"
                return told.startswith("3.0") or "draft-0" in told
        return False

    def _converted(self, raw: Json, at: Location) -> Json:
        if not isinstance(raw, dict):
            return raw
        nullable = raw.get("nullable") is True
        if "$ref" in raw and self._ignores_siblings(at):
            raw = {"$ref": raw["$ref"]}
        made: dict[str, Json] = {}
        for keyword, value in raw.items():
            place = at.child(keyword)
            if keyword in _REFERENCES and isinstance(value, str):
                self._refer(made, keyword, value, at)
            elif keyword in (*_LISTS, "items") and isinstance(value, list):
                items = enumerate(value)
                made[keyword] = [self._part(x, place.child(i)) for i, x in items]
            elif keyword in _MAPS and isinstance(value, dict):
                made[keyword] = {
                    name: self._part(item, place.child(name))
                    for name, item in value.items()
                }
            elif keyword in _ONE:
                made[keyword] = self._part(value, place)
            elif keyword in _DATA:
                made[keyword] = value
        _modernise(made)
        return {"anyOf": [made, {"type": "null"}]} if nullable else made

    def _part(self, raw: Json, at: Location) -> Json:
        """A schema inside another one, or where to find it if it is a resource."""
        if at == self._document.scope(at):
            return {"$ref": self.ref(at)}
        return self._converted(raw, at)

    def _refer(
        self, made: dict[str, Json], keyword: str, value: str, at: Location
    ) -> None:
        """Add a reference as written at ``at`` to what becomes of the schema there."""
        document, name = self._document, ""
        if keyword == "$ref":
            made[keyword] = self.ref(document.resolve(value, at.child(keyword)))
            return
        if keyword == "$recursiveRef":
            target, declaring = self._recursed(at), "$recursiveAnchor"
            if document.scope(target) == target:
                name = _RECURSIVE
            wanted: Json = True
        else:
            try:
                target = document.resolve(value, at.child(keyword))
            except SpecloomError:  # which the standard leaves undefined
                return
            declaring, name = "$dynamicAnchor", unquote(value.partition("#")[2])
            wanted = name
        calls = name and _member(document.get(target), declaring) == wanted
        ref = self._dynamic(name, target) if calls else self.ref(target)
        made["$dynamicRef"] = ref

    def _recursed(self, at: Location) -> Location:
        """Where ``$recursiveRef`` leads: in OpenAPI, ``#`` is no schema."""
        home = self._document.scope(at)
        described = _member(self._document.get(home), "openapi") is not None
        if home.pointer or (home in self._named and not described):
            return home
        around: list[Location] = []
        pointer = at.pointer
        while pointer:
            around.append(Location(at.file, pointer))
            pointer = pointer.rpartition("/")[0]
        for place in around:
            if _member(self._document.get(place), "$recursiveAnchor") is True:
                return place
        return next(place for place in reversed(around) if place in self._named)


def _member(raw: Json, name: str) -> Json:
    return raw.get(name) if isinstance(raw, dict) else None


def _modernise(schema: dict[str, Json]) -> None:
    """Flags for exclusive bounds (OpenAPI 3.0), lists of ``items`` and dependencies.

    The last two are draft-07's, sections 6.4.1 and 6.5.7.

    A name that is required twice, which the standard forbids (validation, section
    6.5.3), is required once: the validator would count to two.
    """
    required = schema.get("required")
    if isinstance(required, list):
        schema["required"] = [*dict.fromkeys(x for x in required if isinstance(x, str))]
    for bound in ("minimum", "maximum"):
        flag = f"exclusive{bound.capitalize()}"
        if isinstance(schema.get(flag), bool):
            exclusive = schema.pop(flag)
            if exclusive and bound in schema:
                schema[flag] = schema.pop(bound)
    dependencies = schema.pop("dependencies", None)
    if isinstance(dependencies, dict):
        every: list[Json] = [{"allOf": schema["allOf"]}] if "allOf" in schema else []
        for name, asked in dependencies.items():
            kind = "Required" if isinstance(asked, list) else "Schemas"
            every.append({f"dependent{kind}": {name: asked}})
        schema["allOf"] = every
    rest = schema.pop("additionalItems", None)
    if isinstance(schema.get("items"), list):
        schema["prefixItems"] = schema.pop("items")
        if rest is not None:
            schema["items"] = rest
