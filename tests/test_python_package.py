"""The generated package as a whole: its index, and what is imported when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from python_packages import imported, texts, write
from small_specs import schemas
from specloom.ir import Model


def run(code: str, folder: Path) -> None:
    """Run a program of its own beside a package."""
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=folder, check=True)


def test_the_index_lists_and_finds_everything(
    realtime_model: Model, realtime: Any
) -> None:
    for decl in realtime_model.decls.values():
        if decl.wire_name is not None:
            assert decl.name in realtime.__all__
            assert decl.name in dir(realtime)
    for name in realtime.__all__:
        assert getattr(realtime, name) is not None
    assert realtime.__all__ == sorted(realtime.__all__)


def test_enumerations_have_lists_of_their_values(tmp_path: Path) -> None:
    """All that a list can hold: no array, no object, no null."""
    model = schemas("""
        Closed: {enum: [b, a, null]}
        Open: {anyOf: [{enum: [y, x]}, {type: string}]}
        Mixed: {enum: [1.5, true, 9007199254740993, class]}
        Arrays: {enum: [[1], [2]]}
        Class: {enum: [one, two]}
        Only: {const: one}
        Half: {enum: [0.5, null]}
        Array: {const: [1]}
    """).model
    with imported(model, "listed", tmp_path) as package:
        values = {
            name: getattr(package, name)
            for name in package.__all__
            if name.endswith("_VALUES")
        }
        assert values == {
            "CLOSED_VALUES": ("b", "a"),
            "OPEN_VALUES": ("y", "x"),
            "MIXED_VALUES": (1.5, True, 9007199254740993, "class"),
            "CLASS__VALUES": ("one", "two"),
            "ONLY_VALUES": ("one",),
            "HALF_VALUES": (0.5,),
        }
        assert package.closed.CLOSED_VALUES is values["CLOSED_VALUES"]


def test_modules_are_imported_when_they_are_used(
    realtime_model: Model, tmp_path: Path
) -> None:
    write(realtime_model, "lazy", tmp_path)
    code = (
        "import sys, lazy\n"
        "count = lambda: sum(m.startswith('lazy.re') for m in sys.modules)\n"
        "assert count() == 0\n"
        "lazy.RealtimeSession(voice='marin').to_json()\n"
        "assert count() == 1, count()\n"
        "lazy.RealtimeSession.from_json('{\"tracing\": null}')\n"
        "assert 'lazy.prompt' not in sys.modules\n"
        'lazy.RealtimeSession.from_json(\'{"prompt": {"id": "p"}}\')\n'
        "assert 'lazy.prompt' in sys.modules\n"
        "assert 'lazy._runtime.verdict' not in sys.modules\n"
        "assert 'lazy._runtime.explain' not in sys.modules\n"
    )
    run(code, tmp_path)


def test_importing_compiles_no_text(realtime_model: Model, tmp_path: Path) -> None:
    """The first `compile` in a process takes longer than importing ten modules."""
    write(realtime_model, "lazy", tmp_path)
    code = (
        "import typing\n"
        "typing.ForwardRef.__init__ = None\n"
        "import lazy\n"
        "for name in lazy.__all__: getattr(lazy, name)\n"
    )
    run(code, tmp_path)


def test_text_is_the_same_without_an_encoder_in_c(
    realtime_model: Model, tmp_path: Path
) -> None:
    write(realtime_model, "pure", tmp_path)
    code = (
        "import json.encoder\n"
        "json.encoder.c_make_encoder = None\n"
        "import pure\n"
        "made = pure.RealtimeSession(id='\\u00e9', speed=1.5, tools=[])\n"
        'want = r\'{"id":"\\u00e9","speed":1.5,"tools":[]}\'\n'
        "assert made.to_json() == want, made.to_json()\n"
        "made.speed = float('nan')\n"
        "try: made.to_json()\n"
        "except pure.EncodeError: pass\n"
        "else: raise AssertionError\n"
    )
    run(code, tmp_path)


def test_output_is_the_same_every_time(realtime_model: Model) -> None:
    assert texts(realtime_model, "again") == texts(realtime_model, "again")


def test_nothing_is_imported_or_named_that_is_not_used() -> None:
    cases = Path(__file__).with_name("cases").glob("*/expected/python")
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--select=F", *cases],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
