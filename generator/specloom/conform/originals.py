"""Originals: the schemas of a document as their authors wrote them, in one bundle.

Enters: a loaded document and the places of schemas in it. Leaves: one JSON Schema
2020-12 resource whose ``$defs`` hold these schemas and all that they refer to.
Only what other dialects spell in their own way is rewritten: ``nullable``, flags for
exclusive bounds, lists of ``items``, ``dependencies``, and keywords beside ``$ref``
where a dialect ignores them. Nothing of the engine's own reading of schemas is used
here.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics import Location
from ..load.document import Document
from ..schema import Json

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


class Originals:
    """A bundle that grows with each schema that is asked for."""

    def __init__(self, document: Document, places: Iterable[Location]) -> None:
        self._document = document
        entry = document.get(document.start)
        facts = entry if isinstance(entry, dict) else {}
        told = f"{facts.get('openapi', '')} {facts.get('$schema', '')}"
        self._ignores_siblings = told.startswith("3.0") or "draft-0" in told
        self._keys: dict[tuple[str, str], str] = {}
        self._defs: dict[str, Json] = {}
        self._waiting: list[tuple[str, Location]] = []
        for place in places:
            self.key(place)

    def key(self, at: Location) -> str:
        """The name in ``$defs`` of the schema at a location."""
        known = self._keys.get((at.file, at.pointer))
        if known is None:
            known = self._keys[at.file, at.pointer] = f"s{len(self._keys)}"
            self._waiting.append((known, at))
        return known

    def ref(self, at: Location) -> str:
        """The absolute ``$ref`` to the schema at a location."""
        return f"{URI}#/$defs/{self.key(at)}"

    def resource(self) -> dict[str, Json]:
        """The whole bundle. Schemas that are met on the way are taken in."""
        while self._waiting:
            key, at = self._waiting.pop()
            self._defs[key] = self._converted(self._document.get(at), at)
        return {"$id": URI, "$defs": self._defs}

    def _converted(self, raw: Json, at: Location) -> Json:
        if not isinstance(raw, dict):
            return raw
        nullable = raw.get("nullable") is True
        if self._ignores_siblings and "$ref" in raw:
            raw = {"$ref": raw["$ref"]}
        made: dict[str, Json] = {}
        for keyword, value in raw.items():
            place = at.child(keyword)
            if keyword == "$ref" and isinstance(value, str):
                made[keyword] = self.ref(self._document.resolve(value, place))
            elif keyword in (*_LISTS, "items") and isinstance(value, list):
                items = enumerate(value)
                made[keyword] = [self._converted(x, place.child(i)) for i, x in items]
            elif keyword in _MAPS and isinstance(value, dict):
                made[keyword] = {
                    name: self._converted(item, place.child(name))
                    for name, item in value.items()
                }
            elif keyword in _ONE:
                made[keyword] = self._converted(value, place)
            elif keyword in _DATA:
                made[keyword] = value
        _modernise(made)
        return {"anyOf": [made, {"type": "null"}]} if nullable else made


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
