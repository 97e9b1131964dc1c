"""OpenAI's whole spec as Python: nothing dropped; all of it imports and reads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from equality import same
from python_packages import imported
from small_specs import load_file
from specloom.conform.cases import make_cases
from specloom.conform.oracle import Oracle, named_roots
from specloom.diagnostics import Diagnostics
from specloom.ir import Model
from specloom.load.document import Document
from specloom.read import read

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("python-whole")]


@pytest.fixture(scope="module")
def model(shared_spec: Path) -> Model:
    return load_file(shared_spec).model


@pytest.fixture(scope="module")
def whole(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("whole")
    with imported(model, "openai_whole", folder) as package:
        yield package


def test_every_schema_is_there_and_imports(model: Model, whole: Any) -> None:
    named = {d.wire_name: d.name for d in model.decls.values() if d.wire_name}
    assert named.keys() == whole._schemas.SCHEMAS.keys()
    for name in whole.__all__:
        assert hasattr(whole, name)


def test_black_leaves_every_file_as_it_is(whole: Any) -> None:
    folder = Path(whole.__file__).parent
    done = subprocess.run(
        [sys.executable, "-m", "black", "--check", "-q", "-t", "py310", str(folder)],
        check=False,
    )
    assert done.returncode == 0


def test_mypy_has_nothing_to_say(whole: Any) -> None:
    folder = Path(whole.__file__).parent
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", folder.name],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("Success"), done.stdout


def test_json_schema_agrees(shared_spec: Path, whole: Any) -> None:
    document = Document.load(shared_spec)
    source = read(document, Diagnostics())
    oracle = Oracle(document, source)
    named = named_roots(source)
    for case in make_cases(source.roots, named, oracle, per_schema=10, seed=3):
        instance = json.loads(case.instance)
        try:
            value = whole.decode(case.schema, instance)
        except whole.DecodeError:
            assert not case.valid, case
        else:
            assert case.valid, case
            assert same(whole.encode(value), instance), case
