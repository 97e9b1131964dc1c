"""Time the Python contenders in one process, each in turn.

    python -m bench.code.timing FOLDER

Enters: a folder with `suite.json` and the contenders' modules. Leaves: JSON on standard
output: what each contender does right, seconds by operation, payload and contender, and
the bytes that a decoded session takes. Nothing is timed that was not verified before.
"""

from __future__ import annotations

import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bench.code.contenders import BARE, CONTENDERS, OPENAI, OPENAI_TYPES, Call, Calls
from bench.code.payloads import SESSION_NAME
from bench.report import interleaved

ROUNDS = 11
A_ROUND = 0.02
"""Seconds of one contender's turn."""
COPIES = 200

Pairs = list[tuple[str, Any]]


@dataclass(slots=True)
class Verified:
    """What a contender did with a payload before it was timed."""

    decodes: bool = False
    keeps: bool = False
    """Whether encoding gives back what was decoded."""
    objects: int = 0
    """JSON objects that became instances of classes, not dictionaries."""
    classes: int = 0
    """Classes of the values that were decoded: as many as there are values."""
    problem: str = ""


def instances(value: Any) -> Iterator[Any]:
    """The instances of classes in a decoded value, at any depth."""
    if isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, list):
        inner = value
    elif value is None or isinstance(value, (str, int, float, Enum)):
        return
    else:
        names = [
            name
            for base in type(value).__mro__
            for name in getattr(base, "__slots__", ())
            if not name.startswith("__")
        ]
        inner = [*getattr(value, "__dict__", {}).values()]
        inner += [getattr(value, name) for name in names if hasattr(value, name)]
        # A wrapper around the one value of a union is not another object.
        if not hasattr(value, "root") and (names or hasattr(value, "__dict__")):
            yield value
    for item in inner:
        yield from instances(item)


def verify(calls: dict[str, Calls], pairs: Pairs) -> Verified:
    """Decode and encode once, from plain values and from text."""
    found = Verified()
    classes: set[type] = set()
    try:
        for schema, value in pairs:
            one = calls[schema]
            made = did(one.decode)(value)
            again = did(one.from_json)(json.dumps(value))
            found.objects += len([*instances(made)])
            classes.add(type(getattr(made, "root", made)))
            found.decodes = True
            written = [did(one.encode)(made), json.loads(did(one.to_json)(again))]
            kept = json.loads(json.dumps(written))
            if kept != [value, value]:
                found.problem = found.problem or difference(value, kept[0], kept[1])
        found.keeps = not found.problem
        found.classes = len(classes)
    except Exception as error:
        found.decodes = False
        found.problem = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return found


def did(call: Call | None) -> Call:
    """The call that a contender has to have."""
    if call is None:
        raise LookupError("has no way to do it")
    return call


def difference(value: Any, *others: Any, path: str = "") -> str:
    """The first place where one of the others differs."""
    for other in others:
        if isinstance(value, dict) and isinstance(other, dict):
            for key in {**value, **other}:
                gone = key not in other
                if gone or key not in value:
                    return f"{path}/{key} is {'lost' if gone else 'added'}"
                deeper = difference(value[key], other[key], path=f"{path}/{key}")
                if deeper:
                    return deeper
        elif isinstance(value, list) and isinstance(other, list):
            for index, (left, right) in enumerate(zip(value, other)):
                deeper = difference(left, right, path=f"{path}/{index}")
                if deeper:
                    return deeper
        elif value != other:
            return f"{path} is changed"
    return ""


def work(operation: str, calls: dict[str, Calls], pairs: Pairs) -> Callable[[], None]:
    """What is timed: one operation over a whole payload."""
    todo: list[tuple[Callable[[Any], Any], Any]] = []
    for schema, value in pairs:
        one = calls[schema]
        call = getattr(one, operation)
        if call is None:
            raise LookupError(operation)
        if operation == "from_json":
            value = json.dumps(value)
        elif operation != "decode" and one.decode is not None:
            value = one.decode(value)
        todo.append((call, value))
    if len(todo) == 1:
        ((call, value),) = todo
        return lambda: call(value)

    def every() -> None:
        for call, value in todo:
            call(value)

    return every


def timed(job: Callable[[], Any]) -> Callable[[], float]:
    """A function that gives the mean seconds of a job over about a fiftieth second.

    They are the processor's, so that what else a machine does is not counted.
    """
    start = time.process_time()
    job()
    for _ in range(5):
        start = time.process_time()
        job()
    number = max(1, int(A_ROUND / max(time.process_time() - start, 1e-7)))

    def measure() -> float:
        turns = range(number)
        start = time.process_time()
        for _ in turns:
            job()
        return (time.process_time() - start) / number

    return measure


def memory(call: Callable[[Any], Any], value: Any) -> float:
    """Bytes that one more decoded value keeps, on average."""
    for _ in range(3):
        call(value)
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = [call(value) for _ in range(COPIES)]
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / len(kept)


OPERATIONS = ("decode", "from_json", "encode", "to_json")

ByName = dict[str, dict[str, Calls]]
"""What each contender does, by its name and that of the schema."""
Proofs = dict[str, dict[str, Verified]]
"""What each was seen to do, by its name and that of the payload."""


def measured(payloads: dict[str, Pairs]) -> dict[str, Any]:
    """Everything, by name."""
    schemas = {schema for pairs in payloads.values() for schema, _ in pairs}
    calls = {
        name: {schema: contender(schema) for schema in schemas}
        for name, contender in CONTENDERS.items()
        if name != OPENAI or schemas <= OPENAI_TYPES.keys()
    }
    verified = {
        name: {what: verify(own, pairs) for what, pairs in payloads.items()}
        for name, own in calls.items()
        if name != BARE
    }
    gc.collect()
    gc.freeze()
    return {
        "verified": {
            name: {what: asdict(found) for what, found in by_payload.items()}
            for name, by_payload in verified.items()
        },
        "seconds": {
            operation: {
                what: seconds(operation, what, pairs, calls, verified)
                for what, pairs in payloads.items()
            }
            for operation in OPERATIONS
        },
        "memory": footprints(payloads[SESSION_NAME], calls, verified),
    }


def seconds(
    operation: str, what: str, pairs: Pairs, calls: ByName, verified: Proofs
) -> dict[str, float | None]:
    """What an operation takes each contender that can do it; bare JSON only text."""
    jobs = {
        name: timed(work(operation, own, pairs))
        for name, own in calls.items()
        if (
            operation.endswith("json") if name == BARE else verified[name][what].decodes
        )
    }
    print(f"Python: {operation}, {what}", file=sys.stderr)
    return interleaved(jobs, ROUNDS)


def footprints(
    pairs: Pairs, calls: ByName, verified: Proofs
) -> dict[str, dict[str, float]]:
    """The bytes that a decoded session takes, by contender and by where it is from."""
    ((schema, session),) = pairs
    found: dict[str, dict[str, float]] = {}
    for name, own in calls.items():
        one = own[schema]
        if one.decode and one.from_json and verified[name][SESSION_NAME].decodes:
            text = json.dumps(session)
            found[name] = {
                "decode": memory(one.decode, session),
                "from_json": memory(one.from_json, text),
            }
    return found


def main(folder: Path) -> None:
    """Measure what a folder holds."""
    sys.path[:0] = [str(folder), str(folder / "python")]
    suite = json.loads((folder / "suite.json").read_text(encoding="utf-8"))
    payloads = {
        name: [(schema, value) for schema, value in pairs]
        for name, pairs in suite.items()
    }
    print(json.dumps(measured(payloads)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
