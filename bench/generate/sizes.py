"""The specs that the generators are measured on: three sizes of one, in two forms.

Enters: OpenAI's OpenAPI document. Leaves: files of YAML and of JSON with the sessions
of the Realtime API, with all of that API, and with everything. Without the document
there is one size, the canonical spec of this project.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.closure import closure
from specloom.load.document import Document

CHECKOUT = Path(__file__).parents[2]
CANONICAL = CHECKOUT / "spec" / "openapi.yaml"
OURS, WHOLE = "ours", "all"
SESSION = (
    "RealtimeSession",
    "RealtimeSessionCreateRequest",
    "RealtimeSessionCreateResponse",
)
"""The schemas that, with all they need, are of the size of a small SDK's models."""


@dataclass(frozen=True, slots=True)
class Size:
    """One spec, as a file of YAML and, if it is one file, as one of JSON."""

    name: str
    schemas: int
    yaml: Path
    json: Path | None


def sizes(spec: Path | None, folder: Path) -> list[Size]:
    """The sizes, the smallest first; what is cut from the spec goes to ``folder``.

    Raises:
        SpecloomError: the spec cannot be read.
        KeyError: it is not OpenAI's, and lacks the sessions.
    """
    if spec is None:
        loaded = Document.load(CANONICAL)
        content: Any = loaded.get(loaded.start)
        return [Size(OURS, len(content["components"]["schemas"]), CANONICAL, None)]
    loaded = Document.load(spec)
    document: Any = loaded.get(loaded.start)
    made = [Size(*each) for each in _closures(document, folder)]
    whole = folder / "all.json"
    whole.write_text(json.dumps(document, indent=1), encoding="utf-8")
    count = len(document["components"]["schemas"])
    return [*made, Size(WHOLE, count, spec, whole)]


def _closures(document: Any, folder: Path) -> Iterator[tuple[str, int, Path, Path]]:
    named = document["components"]["schemas"]
    realtime = [name for name in named if "Realtime" in name]
    for name, roots in (("session", SESSION), ("realtime", realtime)):
        part = closure(document, roots)
        as_yaml, as_json = folder / f"{name}.yaml", folder / f"{name}.json"
        as_json.write_text(json.dumps(part, indent=1), encoding="utf-8")
        text = yaml.safe_dump(part, allow_unicode=True, sort_keys=False)
        as_yaml.write_text(text, encoding="utf-8")
        yield name, len(part["components"]["schemas"]), as_yaml, as_json
