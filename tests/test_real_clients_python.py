"""The `openai` package for Python takes what ours encodes, and gives it back to ours.

Instances are drawn from the canonical spec, each place changed to every value that is
special there, and labelled by the oracle. Ours decodes and encodes them; the client's
types check them strictly, and what they dump is decoded by ours again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from equality import same
from python_packages import imported
from real_clients import LOSSY, PYTHON
from small_specs import load_file
from spec_files import ENTRY, SPEC
from specloom.conform.cases import as_text, instances
from specloom.conform.oracle import Oracle, named_roots
from specloom.conform.readings import Reader
from specloom.diagnostics import Diagnostics
from specloom.load.document import Document
from specloom.read import read

Draw = Callable[[str], list[Any]]
DRAWN = 250
PAIRS = pytest.mark.parametrize(("schema", "name"), PYTHON)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Our package of the canonical spec."""
    folder = tmp_path_factory.mktemp("clients")
    with imported(load_file(SPEC / ENTRY).model, "realtime_clients", folder) as package:
        yield package


@pytest.fixture(scope="module")
def draw() -> Draw:
    """A function from a schema's name to valid instances of it."""
    document = Document.load(SPEC / ENTRY)
    source = read(document, Diagnostics())
    oracle, reader = Oracle(document, source), Reader(source.roots)
    roots = named_roots(source)

    @cache
    def drawn(schema: str) -> list[Any]:
        made = islice(instances(roots[schema].schema, reader, schema), DRAWN)
        texts = dict.fromkeys(as_text(whole(value)) for value in made)
        return [json.loads(text) for text in texts if oracle.accepts(schema, text)]

    return drawn


def whole(value: Any) -> Any:
    """A value with `3` for `3.0`, which are the same, but not to pydantic if strict."""
    match value:
        case dict():
            return {key: whole(item) for key, item in value.items()}
        case list():
            return [whole(item) for item in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


def client_type(name: str) -> TypeAdapter[Any]:
    """The client's type, by its name below `openai.types`."""
    module, _, attribute = name.rpartition(".")
    return TypeAdapter(getattr(import_module(f"openai.types.{module}"), attribute))


@PAIRS
def test_the_client_takes_what_ours_encodes(
    schema: str, name: str, ours: Any, draw: Draw
) -> None:
    client = client_type(name)
    refused: set[str] = set()
    taken = 0
    for instance in draw(schema):
        encoded = ours.encode(ours.decode(schema, instance))
        try:
            client.validate_python(encoded, strict=True)
        except ValidationError as error:
            refused |= {str(fault["loc"][0]) for fault in error.errors()}
        else:
            taken += 1
    assert taken
    assert refused == PYTHON[schema, name].keys()


@PAIRS
def test_ours_takes_what_the_client_dumps(
    schema: str, name: str, ours: Any, draw: Draw
) -> None:
    client = client_type(name)
    kept: list[bool] = []
    for instance in draw(schema):
        try:
            value = client.validate_python(instance, strict=True)
        except ValidationError:
            continue
        text = client.dump_json(value, exclude_unset=True, by_alias=True)
        if (schema, name) in LOSSY:
            kept.append(same(json.loads(text), instance))
        else:
            kept.append(same(ours.encode(ours.decode_json(schema, text)), instance))
    assert kept
    assert all(kept) == ((schema, name) not in LOSSY)
