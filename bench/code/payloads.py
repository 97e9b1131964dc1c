"""Payloads: what every contender decodes, out of the spec's own examples.

Enters: an OpenAPI document of OpenAI's Realtime API. Leaves: a document cut down to its
events, and payloads that the schemas accept to the letter, so that no contender has an
excuse. The examples stand in the spec as text (``x-oaiMeta``) and are mended in four
steps, each only where it is needed:

1. comments and commas before a closing bracket are left out of the text, and of
   several examples the first is taken;
2. text that is still no JSON gives way to an instance made from the schema;
3. a null where the schema takes none is left out, as a property;
4. an example that is still refused gives way to an instance made from the schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bench.closure import closure
from specloom.conform.readings import Reader
from specloom.conform.sampler import Fill, Sampler
from specloom.diagnostics import Diagnostics
from specloom.export import component_names, export, references
from specloom.judge import Judge, make_judge, make_registry
from specloom.load.document import Document
from specloom.read import Root, Source, read

SERVER, CLIENT = "RealtimeServerEvent", "RealtimeClientEvent"
SESSION = "RealtimeSessionCreateResponseGA"
SESSION_EVENT = "RealtimeServerEventSessionUpdated"
SESSION_NAME, STREAM = "session", "stream"
SINGLE = {
    "audio delta": "RealtimeServerEventResponseAudioDelta",
    "response.done": "RealtimeServerEventResponseDone",
    "session.created": "RealtimeServerEventSessionCreated",
}
OWN = {
    SESSION_NAME: "RealtimeSession",
    "create request": "RealtimeSessionCreateRequest",
    "create response": "RealtimeSessionCreateResponse",
}
_URI = "urn:bench"
_NOISE = re.compile(
    r"""("(?:[^"\\]|\\.)*")  # a string, kept
    | //[^\n]*               # a comment
    | ,(?=\s*[}\]])          # a comma before a closing bracket
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Payload:
    """JSON values and the schema that each is decoded as."""

    name: str
    values: tuple[tuple[str, Any], ...]
    """Pairs of the schema's name and a value."""


@dataclass(frozen=True, slots=True)
class Suite:
    """What is measured: a document and its payloads."""

    document: dict[str, Any]
    source: Source
    payloads: tuple[Payload, ...]
    """The session comes first."""
    notes: tuple[str, ...]
    """Which examples were changed, and how."""

    @property
    def session(self) -> str:
        """The schema of the session."""
        ((schema, _),) = self.payloads[0].values
        return schema


def is_realtime(document: dict[str, Any]) -> bool:
    """Whether a document has the events that the payloads are made of."""
    needed = {SERVER, CLIENT, SESSION, *SINGLE.values()}
    return all(name in document["components"]["schemas"] for name in needed)


def make_suite(document: dict[str, Any], folder: Path) -> Suite:
    """The suite of a document; the cut document is written to ``folder``."""
    cut = closure(document, (SERVER, CLIENT, SESSION))
    file = folder / "realtime.json"
    file.write_text(json.dumps(cut), encoding="utf-8")
    source = read(Document.load(file), Diagnostics())
    mender = Mender(source)
    events: dict[str, Any] = {}
    for union in (SERVER, CLIENT):
        for name in references_of(cut, union):
            events[name] = mender.example(name, cut)
    session = mender.mended(SESSION, events[SESSION_EVENT]["session"])
    servers = set(references_of(cut, SERVER))
    stream = tuple(
        (SERVER if name in servers else CLIENT, event) for name, event in events.items()
    )
    singles = [Payload(what, ((name, events[name]),)) for what, name in SINGLE.items()]
    first = Payload(SESSION_NAME, ((SESSION, session),))
    payloads = (first, *singles, Payload(STREAM, stream))
    return Suite(cut, source, payloads, tuple(mender.notes))


def canonical_suite(spec: Path, folder: Path) -> Suite:
    """The suite of our own spec: its sessions, made from the schemas."""
    source = read(Document.load(spec), Diagnostics())
    document: dict[str, Any] = export(source)
    file = folder / "realtime.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    mender = Mender(source)
    payloads = tuple(
        Payload(what, ((name, mender.made(name)),)) for what, name in OWN.items()
    )
    notes = ("Every payload is made from its schema.",)
    return Suite(document, source, payloads, notes)


def references_of(document: dict[str, Any], union: str) -> list[str]:
    """The names of a union's alternatives, in order."""
    schema = document["components"]["schemas"][union]
    branches = schema.get("anyOf") or schema["oneOf"]
    return [branch["$ref"].rpartition("/")[2] for branch in branches]


class Mender:
    """Makes valid payloads of examples, and keeps account of what it changed."""

    def __init__(self, source: Source) -> None:
        self.notes: list[str] = []
        self._roots = {root.name: root for root in source.roots.values() if root.named}
        self._sampler = Sampler(Reader(source.roots), Random("bench"))
        registry = make_registry(_URI, export(source))
        to_ref = references(component_names(source), _URI)
        self._judges: dict[str, Judge] = {
            name: make_judge({"$ref": to_ref(root.id)}, registry)
            for name, root in self._roots.items()
        }

    def example(self, name: str, document: dict[str, Any]) -> Any:
        """The example of a schema, or an instance made from it."""
        schema = document["components"]["schemas"][name]
        text = schema.get("x-oaiMeta", {}).get("example", "")
        bare = _NOISE.sub(lambda found: found[1] or "", text)
        try:
            value, _ = json.JSONDecoder().raw_decode(bare.strip())
        except ValueError:
            self.notes.append(f"{name}: made from the schema, the example is no JSON")
            return self.made(name)
        if bare.strip() != text.strip():
            self.notes.append(f"{name}: comments or stray commas left out")
        return self.mended(name, value)

    def mended(self, name: str, value: Any) -> Any:
        """A value that the schema accepts, as near to the one given as possible."""
        judge = self._judges[name]
        while faults := judge(value):
            nulls = [f.path for f in faults if f.path and at(value, f.path) is None]
            if not nulls:
                text = f"made from the schema, the example is refused: {faults[0]}"
                self.notes.append(f"{name}: {text}")
                return self.made(name)
            for path in dict.fromkeys(nulls):
                del at(value, path[:-1])[path[-1]]
                self.notes.append(
                    f"{name}: null left out at {'/'.join(map(str, path))}"
                )
        return value

    def made(self, name: str) -> Any:
        """An instance of a schema, as full as one is found."""
        for value in self._tries(self._roots[name]):
            if not self._judges[name](value):
                return value
        raise LookupError(f"no instance of {name} was found")

    def _tries(self, root: Root) -> Iterator[Any]:
        yield self._sampler.instance(root.schema, Fill.ALL)
        yield self._sampler.instance(root.schema, Fill.LITTLE)
        for _ in range(100):
            yield self._sampler.instance(root.schema, Fill.SOME)


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    """What stands at a path; None where it leads nowhere."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return ...
    return value
