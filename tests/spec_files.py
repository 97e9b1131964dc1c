"""Read `spec/` for the tests that judge it, apart from the engine's own loader.

The entry and the topic files enter; one mapping from public name to schema leaves, in
which each reference is `#/$defs/NAME`. A reference that leads nowhere is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Schema = dict[str, Any]

SPEC = Path(__file__).resolve().parent.parent / "spec"
ENTRY = "openapi.yaml"


def read_files(folder: Path = SPEC) -> dict[str, dict[str, Any]]:
    """Return the content of each YAML file in `folder` by its name."""
    return {
        path.name: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.yaml"))
    }


def read_spec(files: dict[str, dict[str, Any]] | None = None) -> dict[str, Schema]:
    """Return the public schemas by name, each reference turned into `#/$defs/NAME`.

    Raises:
        LookupError: A reference names a file or a schema that is not there.
    """
    files = read_files() if files is None else files
    public: dict[str, Schema] = files[ENTRY]["components"]["schemas"]
    schemas: dict[str, Schema] = {}
    for name, entry in public.items():
        file, target = _target(entry["$ref"], ENTRY, files)
        schemas[name] = _bundled(files[file][target], file, files)
    return schemas


def bundle(schemas: dict[str, Schema], name: str) -> Schema:
    """Return one self-contained JSON Schema for the schema called `name`."""
    return {"$ref": f"#/$defs/{name}", "$defs": schemas}


def descriptions(node: Any) -> Iterator[str]:
    """Yield each description inside a JSON value."""
    if isinstance(node, dict):
        if isinstance(node.get("description"), str):
            yield node["description"]
        for child in node.values():
            yield from descriptions(child)
    elif isinstance(node, list):
        for child in node:
            yield from descriptions(child)


def subschemas(schema: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    """Yield `schema` and each schema inside it, with its path from `path` on."""
    yield path, schema
    for name, child in schema.get("properties", {}).items():
        yield from subschemas(child, f"{path}.{name}")
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from subschemas(schema[keyword], f"{path}[{keyword}]")
    for keyword in ("anyOf", "oneOf"):
        for index, child in enumerate(schema.get(keyword, [])):
            yield from subschemas(child, f"{path}[{keyword} {index}]")


def _target(ref: str, base: str, files: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """Return the file and the schema that `ref`, standing in file `base`, names."""
    path, _, name = ref.partition("#/")
    file = path.removeprefix("./") or base
    if name not in files.get(file, {}):
        raise LookupError(f"{base}: {ref} leads nowhere")
    return file, name


def _bundled(node: Any, file: str, files: dict[str, dict[str, Any]]) -> Any:
    """Return a copy of `node` in which every reference has its bundled form."""
    if isinstance(node, list):
        return [_bundled(child, file, files) for child in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _bundled(child, file, files) for key, child in node.items()}
    if "$ref" in copy:
        copy["$ref"] = "#/$defs/" + _target(copy["$ref"], file, files)[1]
    if "discriminator" in copy:
        mapping: dict[str, str] = copy["discriminator"]["mapping"]
        for tag, ref in mapping.items():
            mapping[tag] = "#/$defs/" + _target(ref, file, files)[1]
    return copy
