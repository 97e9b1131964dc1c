"""Edits of specs, drawn at random: what people do to a schema between two runs.

Enters: documents by file name, as plain data, and a source of randomness. Leaves: the
same documents with one edit. What comes of it need not be a good spec.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml

Documents = dict[str, Any]
Edit = Callable[[Documents, Random], None]
_SCALARS = ("string", "integer", "number", "boolean")


def read_documents(folder: Path, names: list[str]) -> Documents:
    """Files below a folder, as plain data."""
    return {
        name: _plain(yaml.safe_load((folder / name).read_bytes())) for name in names
    }


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def write_documents(folder: Path, documents: Documents) -> None:
    """Each as JSON, which YAML is as well."""
    for name, document in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(document, indent=1))


def edited(documents: Documents, random: Random) -> Documents:
    """A copy with one edit."""
    made = copy.deepcopy(documents)
    while made == documents:
        random.choice(EDITS)(made, random)
    return made


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from _objects(inner)


def _with(documents: Documents, random: Random, *keys: str) -> dict[str, Any]:
    """Some object with all of the keys, else an empty one."""
    found = [
        one
        for document in documents.values()
        for one in _objects(document)
        if all(key in one and one[key] for key in keys)
    ]
    return random.choice(found) if found else {}


def _named(documents: Documents) -> list[tuple[dict[str, Any], str, str]]:
    """Schemas with names: what they are in, the name, and a reference."""
    found: list[tuple[dict[str, Any], str, str]] = []
    for file, document in documents.items():
        for keyword, above in (
            ("schemas", document.get("components", {})),
            ("$defs", document),
        ):
            place = "components/schemas" if keyword == "schemas" else keyword
            schemas = above.get(keyword, {})
            found += [(schemas, name, f"{file}#/{place}/{name}") for name in schemas]
    return found


def _reference(documents: Documents, random: Random) -> dict[str, str]:
    named = _named(documents)
    if not named:
        return {"type": "null"}
    whole = random.choice(named)[2]
    return {"$ref": whole if len(documents) > 1 else whole[whole.index("#") :]}


def _describe(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "type")
    one["description"] = (
        f"{one.get('description', 'A value')} Number {random.random()}."
    )


def _retype(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "type")
    one["type"] = random.choice(_SCALARS)


def _allow_null(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "type")
    if isinstance(one.get("type"), str):
        one["type"] = [one["type"], "null"]


def _change_values(documents: Documents, random: Random) -> None:
    values = _with(documents, random, "enum").get("enum")
    if isinstance(values, list):
        values.insert(random.randrange(len(values) + 1), f"value-{random.random()}")
        if random.random() < 0.5:
            values.pop(0)


def _limit(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "type")
    one[random.choice(["minLength", "minimum", "minItems"])] = random.randrange(1, 5)


def _wrap(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "$ref")
    inner = dict(one)
    one.clear()
    one.update({"type": "array", "items": inner})


def _add_property(documents: Documents, random: Random) -> None:
    properties = _with(documents, random, "properties").get("properties", {})
    properties[f"added{random.randrange(100)}"] = random.choice(
        [
            {"type": random.choice(_SCALARS)},
            {"type": "string", "enum": ["a", "b" * random.randrange(1, 70)]},
            {"type": "object", "properties": {"x": _reference(documents, random)}},
            _reference(documents, random),  # which may make it recursive
            {"type": "array", "items": _reference(documents, random)},
            {"anyOf": [_reference(documents, random), {"type": "null"}]},
        ]
    )


def _remove_property(documents: Documents, random: Random) -> None:
    properties = _with(documents, random, "properties").get("properties", {})
    if properties:
        del properties[random.choice(list(properties))]


def _require(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "properties")
    if one:
        one["required"] = random.sample(list(one["properties"]), 1)


def _add_schema(documents: Documents, random: Random) -> None:
    named = _named(documents)
    if named:
        schemas, name, _ = random.choice(named)
        twin = random.choice(
            [name.lower(), f"{name}_", f"{name}Schema", f"Parse{name}"]
        )
        added = {"type": "object", "properties": {"twin": {"type": "string"}}}
        items = list(schemas.items())
        items.insert(random.randrange(len(items) + 1), (twin, added))
        schemas.clear()
        schemas.update(items)


def _rename_schema(documents: Documents, random: Random) -> None:
    named = _named(documents)
    if named:
        _, name, reference = random.choice(named)
        at = reference[reference.index("#") :].removesuffix(name)
        for file, document in documents.items():
            text = json.dumps(document).replace(f'{at}{name}"', f'{at}{name}Renamed"')
            documents[file] = json.loads(text)
        for schemas, other, _ in _named(documents):
            if other == name:
                items = [(k + "Renamed" * (k == name), v) for k, v in schemas.items()]
                schemas.clear()
                schemas.update(items)


def _remove_schema(documents: Documents, random: Random) -> None:
    named = _named(documents)
    if named:
        schemas, name, _ = random.choice(named)
        del schemas[name]


def _rename_property(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "properties")
    properties = one.get("properties", {})
    if properties:
        old = random.choice(list(properties))
        items = [(f"{k}_again" if k == old else k, v) for k, v in properties.items()]
        one["properties"] = dict(items)


def _reorder_properties(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "properties")
    if one:
        items = list(one["properties"].items())
        one["properties"] = dict(random.sample(items, len(items)))


def _name(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "type")
    one["title"] = f"{one.get('title', 'Some')} {random.randrange(100)}"


def _merge(documents: Documents, random: Random) -> None:
    """What another schema asks for too, and perhaps of the same property."""
    one = _with(documents, random, "type")
    shared = {"type": "object", "properties": {"id": {"type": "string"}}}
    own = random.choice([shared, {"description": "Both."}])
    asked = [_reference(documents, random), own]
    one["allOf"] = [*one.get("allOf", []), *asked]


def _make_alternatives(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "type")
    inner = dict(one)
    one.clear()
    one[random.choice(["anyOf", "oneOf"])] = [inner, _reference(documents, random)]


def _refer_into(documents: Documents, random: Random) -> None:
    """Give an identity to a property, by a reference to it from elsewhere."""
    named = [
        (f"{reference}/properties/{key}", file)
        for schemas, name, reference in _named(documents)
        if isinstance(schemas[name], dict)
        for key in schemas[name].get("properties", {})
        if key.isidentifier()
        for file in (reference[: reference.index("#")],)
    ]
    if named:
        reference, file = random.choice(named)
        target = reference if len(documents) > 1 else reference[len(file) :]
        properties = _with(documents, random, "properties").get("properties", {})
        properties[f"into{random.randrange(100)}"] = {"$ref": target}


def _reorder(documents: Documents, random: Random) -> None:
    named = _named(documents)
    if named:
        schemas = random.choice(named)[0]
        items = random.sample(list(schemas.items()), len(schemas))
        schemas.clear()
        schemas.update(items)


def _retitle(documents: Documents, random: Random) -> None:
    one = _with(documents, random, "version")
    if one:
        one[random.choice(["version", "title"])] = f"1.2.{random.randrange(99)}"


EDITS: tuple[Edit, ...] = (
    _describe,
    _describe,
    _retype,
    _allow_null,
    _change_values,
    _limit,
    _wrap,
    _add_property,
    _add_property,
    _remove_property,
    _rename_property,
    _reorder_properties,
    _name,
    _merge,
    _make_alternatives,
    _refer_into,
    _require,
    _add_schema,
    _remove_schema,
    _rename_schema,
    _reorder,
    _retitle,
)
