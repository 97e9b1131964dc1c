"""Documents: a seed and a number enter, a spec and the way to read it leave.

Half of them are made up, half are real specs with faults: the canonical spec and the
golden cases. The same seed and number give the same document on any machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from .forms import spread
from .inventor import Inventor
from .mutations import mutated, scratched

ENTRY = "spec.json"
TESTS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Document:
    """The files of a spec by their names, the entry first."""

    kind: str
    files: dict[str, str]
    lenient: bool

    def write(self, folder: Path) -> Path:
        """Put the files into a folder; returns the entry."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open(
                "w", encoding="utf-8", newline="", errors="surrogatepass"
            ) as f:
                f.write(text)
        return folder / next(iter(self.files))


def document(seed: int, number: int) -> Document:
    """The document of a number, from 0 on."""
    random = Random(f"{seed} {number}")
    lenient = random.random() < 0.2
    chosen = random.random()
    if chosen < 0.55:
        kind, inventor = "invented", Inventor(f"{seed} {number}")
        made = inventor.document()
        if chosen < 0.25:
            kind, made = "adorned", inventor.adorned(made)
        if random.random() < 0.15:
            return _data(kind, spread(made, ENTRY, "parts/more.json"), lenient)
        return _data(kind, {ENTRY: made}, lenient)
    sources = _sources()
    files = dict(random.choice(sources[1:] if random.random() < 0.9 else sources[:1]))
    name = random.choice(list(files))
    if chosen < 0.85:
        faulty = mutated(_parsed(files[name]), random)
        return Document("mutated", {**files, name: _text(faulty)}, lenient)
    return Document(
        "scratched", {**files, name: scratched(files[name], random)}, lenient
    )


def _data(kind: str, files: dict[str, Any], lenient: bool) -> Document:
    texts = {name: _text(data) for name, data in files.items()}
    return Document(kind, texts, lenient)


def _text(data: Any) -> str:
    """JSON, which is YAML as well."""
    return json.dumps(data, indent=1)


@cache
def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=_PlainLoader)


class _PlainLoader(yaml.CSafeLoader):
    """YAML as JSON: no dates."""


_PlainLoader.yaml_implicit_resolvers = {
    mark: [(tag, form) for tag, form in found if not tag.endswith(":timestamp")]
    for mark, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@cache
def _sources() -> tuple[dict[str, str], ...]:
    """The canonical spec first, then the golden cases; the entry of each is first."""
    entries = [TESTS.parent / "spec" / "openapi.yaml"]
    entries += sorted(TESTS.glob("cases/*/spec.*"))
    return tuple(_files(entry) for entry in entries)


def _files(entry: Path) -> dict[str, str]:
    others = [
        path
        for path in sorted(entry.parent.rglob("*"))
        if path.suffix in (".yaml", ".yml", ".json")
        and path.is_file()
        and "expected" not in path.relative_to(entry.parent).parts
    ]
    chosen = [entry, *(path for path in others if path != entry)]
    return {
        path.relative_to(entry.parent).as_posix(): path.read_text(encoding="utf-8")
        for path in chosen
    }
