"""What one run found, by name, and the ratios that are read off it.

Enters: what `timing.py`, `timing.mjs` and `imports.py` measured. Leaves: ratios of a
peer's figure to ours, and the goals with what was found. A goal is judged by the worst
of the payloads that it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.code.contenders import (
    BARE,
    CATTRS,
    MASHUMARO,
    MSGSPEC,
    OPENAI,
    OURS,
    PYDANTIC,
    PYDANTIC_STRICT,
)
from bench.code.imports import ONE
from bench.code.payloads import SESSION_NAME, SINGLE, STREAM
from bench.report import Goal, times_as_long

EACH = (SESSION_NAME, *SINGLE)
EVERY = (*EACH, STREAM)
NESTED = tuple(name for name in EACH if name != "audio delta")
PARSE = "parse"
AJV = ("ajv (compiled)", "ajv (compiled, discriminator)")
BUNDLE = "Specloom: parseRealtimeSession"
LEAST_ZOD = "zod: one string"


@dataclass(frozen=True, slots=True)
class Results:
    """One run."""

    python: dict[str, Any]
    node: dict[str, Any]
    imports: dict[tuple[str, str], float | None]

    def seconds(self, operation: str, payload: str) -> dict[str, float | None]:
        """Seconds by contender."""
        found: dict[str, float | None]
        if operation == PARSE:
            found = self.node["seconds"].get(payload, {})
        else:
            found = self.python["seconds"][operation].get(payload, {})
        return found

    def ratio(self, operation: str, payload: str, peer: str) -> float | None:
        """How many times as long the peer takes as we do."""
        found = self.seconds(operation, payload)
        return times_as_long(found.get(peer), found.get(OURS))

    def least(
        self, operation: str, payloads: Sequence[str], *peers: str
    ) -> float | None:
        """The smallest ratio over some payloads and peers."""
        pairs = [(payload, peer) for payload in payloads for peer in peers]
        return least(self.ratio(operation, *pair) for pair in pairs)

    def import_ratio(self, peer: str) -> float | None:
        """Our time to import all models as a share of the peer's."""
        own = self.imports.get(("all", OURS))
        return times_as_long(own, self.imports.get(("all", peer)))

    def memory_ratio(self, operation: str, peer: str) -> float | None:
        """Our bytes for a decoded session as a share of the peer's."""
        found = self.python["memory"]
        own, other = found.get(OURS, {}), found.get(peer, {})
        return times_as_long(own.get(operation), other.get(operation))

    def over_bare(self) -> float | None:
        """The greatest of our times from text over that of `json.loads` alone."""
        share = self.least("from_json", NESTED, BARE)
        return None if share is None else 1 / share

    def one_model(self) -> float | None:
        """Milliseconds to import one of our models, above a bare interpreter."""
        own = self.imports.get((ONE, OURS))
        return None if own is None else own * 1000


def least(ratios: Iterable[float | None]) -> float | None:
    """The smallest; None where one was not measured or there is none."""
    found = list(ratios)
    known = [ratio for ratio in found if ratio is not None]
    return min(known) if known and len(known) == len(found) else None


def goals(run: Results) -> list[Goal]:
    """The goals of generated code and whether this run meets them."""
    decode = "Python, decode a dict: time of"
    at_least = partial(_at_least, run)
    core = times_as_long(
        run.node["sizes"].get(BUNDLE), run.node["sizes"].get(LEAST_ZOD)
    )
    return [
        at_least(f"{decode} {PYDANTIC}, each", 2.5, "decode", EACH, PYDANTIC),
        at_least(f"{decode} {PYDANTIC}, stream", 5, "decode", (STREAM,), PYDANTIC),
        at_least(f"{decode} {PYDANTIC_STRICT}", 1.5, "decode", EVERY, PYDANTIC_STRICT),
        at_least(f"{decode} {OPENAI}, each", 14, "decode", EACH, OPENAI),
        at_least(f"{decode} {OPENAI}, stream", 45, "decode", (STREAM,), OPENAI),
        at_least(f"{decode} {MASHUMARO}", 1.7, "decode", EVERY, MASHUMARO),
        at_least(f"{decode} {CATTRS}", 1.7, "decode", EVERY, CATTRS),
        at_least(f"{decode} {MSGSPEC}", 0.28, "decode", EVERY, MSGSPEC),
        at_least(
            f"Python, from JSON: {PYDANTIC}, stream",
            *(1.6, "from_json", (STREAM,), PYDANTIC),
        ),
        at_least(
            f"Python, from JSON: {OPENAI}, stream",
            *(10, "from_json", (STREAM,), OPENAI),
        ),
        _at_most(
            "Python, from JSON: ours over `json.loads`, nested objects",
            *(1.9, run.over_bare()),
        ),
        at_least(f"Python, encode: {PYDANTIC}", 2.4, "encode", EVERY, PYDANTIC),
        at_least(f"Python, encode: {OPENAI}", 2.4, "encode", EVERY, OPENAI),
        _at_most(
            f"Import of all: ours over {PYDANTIC}",
            *(0.167, run.import_ratio(PYDANTIC)),
        ),
        _at_most(f"Import of all: ours over {OPENAI}", 0.1, run.import_ratio(OPENAI)),
        _at_most("Import of one model, ms above bare Python", 30, run.one_model()),
        _at_most(
            f"Memory of a session: ours over {OPENAI}",
            *(0.65, run.memory_ratio("from_json", OPENAI)),
        ),
        at_least("TypeScript, parse: time of zod 4", 1, PARSE, EVERY, "zod 4"),
        at_least("TypeScript, parse: time of ajv, the faster", 1, PARSE, EVERY, *AJV),
        at_least(
            "TypeScript, parse: time of quicktype",
            *(1, PARSE, EVERY, "quicktype (converters)"),
        ),
        _at_most("Bundle: one session's parser over the least of zod", 1, core),
    ]


def _at_least(
    run: Results,
    what: str,
    bound: float,
    operation: str,
    payloads: Sequence[str],
    *peers: str,
) -> Goal:
    return Goal(what, "at least", bound, run.least(operation, payloads, *peers))


def _at_most(what: str, bound: float, found: float | None) -> Goal:
    return Goal(what, "at most", bound, found)
