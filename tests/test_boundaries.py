"""Dependencies point one way: the imports of `generator/specloom`, read with `ast`.

Every module has a room here, and every room names the rooms that it may import from;
the room `values` is for all, as the standard library is.
A new module fails until somebody says where it belongs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "generator" / "specloom"

ROOMS = {
    "values": "values json_value",
    "diagnostics": "diagnostics",
    "budgets": "budgets",
    "code": "code",
    "naming": "naming",
    "text": "doctext doctext.*",
    "ir": "schema parts choices ir",
    "load": "load load.*",
    "read": "read read.*",
    "questions": "graphs analyse cost tables",
    "build": "build build.*",
    "target": "settings target",
    "targets": "targets targets.*",
    "render": "render",
    "write": "write write.*",
    "pipeline": "options texts keys parallel rendering pipeline",
    "oracle": "judge export",
    "conform": "conform conform.*",
    "streams": "streams mishap",
    "cache": "cache",
    "processes": "processes",
    "report": "report timing",
    "shortcut": "shortcut shortcut.*",
    "config": "config toml_file",
    "cli": "ahead reader arguments given generating watching lint mapped"
    " commands cli __main__",
    "api": "specloom",
}
MAY_IMPORT = {
    "values": "",
    "diagnostics": "",
    "budgets": "",
    "code": "",
    "naming": "",
    "text": "",
    "ir": "diagnostics",
    "load": "diagnostics budgets",
    "read": "diagnostics budgets ir naming questions",
    "questions": "diagnostics budgets ir",
    "build": "diagnostics ir naming read questions",
    "target": "diagnostics ir naming code",
    "targets": "diagnostics ir naming code text questions target",
    "render": "diagnostics budgets code load target cache",
    "write": "diagnostics",
    "pipeline": "diagnostics budgets ir load read questions build target targets render"
    " write processes",
    "oracle": "diagnostics ir read questions",
    "streams": "api",
    "cache": "",
    "processes": "",
    "report": "diagnostics load streams",
    "shortcut": "load write streams cache processes",
    "config": "diagnostics budgets load target pipeline",
    "conform": "diagnostics ir load read questions build targets render pipeline oracle"
    " report config",
    "cli": "diagnostics budgets text ir load read questions build target targets render"
    " write pipeline oracle streams report processes shortcut config conform api",
    "api": "diagnostics budgets load write pipeline",
}


def modules() -> dict[str, Path]:
    """Every module by its name below the package, which is `specloom` itself."""
    found: dict[str, Path] = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        found[".".join(parts) or "specloom"] = path
    return found


MODULES = modules()


def imports(name: str) -> Iterator[str]:
    """The modules of ours that a module imports, for type checkers only included."""
    path = MODULES[name]
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=module, names=names, level=level):
                if level:
                    start = package[: len(package) - level + 1]
                elif module is not None and module.partition(".")[0] == "specloom":
                    start, module = (), module.partition(".")[2]
                else:
                    continue
                base = ".".join((*start, *((module or "").split("."))))
                base = base.rstrip(".")
                for alias in names:
                    inner = f"{base}.{alias.name}".lstrip(".")
                    yield inner if inner in MODULES else base or "specloom"
            case ast.Import(names=names):
                for alias in names:
                    if alias.name.partition(".")[0] == "specloom":
                        yield alias.name.partition(".")[2] or "specloom"
            case _:
                pass


GRAPH = {name: sorted(set(imports(name))) for name in MODULES}


def room(name: str) -> str:
    """The room of a module."""
    rooms = [
        room_
        for room_, patterns in ROOMS.items()
        if any(fnmatchcase(name, pattern) for pattern in patterns.split())
    ]
    assert len(rooms) == 1, f"say in ROOMS where {name} belongs: {rooms}"
    return rooms[0]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_where_it_may(name: str) -> None:
    own = room(name)
    allowed = {own, "values", *MAY_IMPORT[own].split()}
    wrong = [other for other in GRAPH[name] if room(other) not in allowed]
    assert not wrong, f"{name} ({own}) imports {', '.join(wrong)}"


def test_no_imports_go_round_in_a_circle() -> None:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name not in done:
            for other in GRAPH[name]:
                visit(other, (*path, name))
            done.add(name)

    for name in GRAPH:
        visit(name, ())


def test_rules_name_rooms_that_are_there() -> None:
    assert MAY_IMPORT.keys() == ROOMS.keys()
    assert {room for rooms in MAY_IMPORT.values() for room in rooms.split()} <= {*ROOMS}


def test_phases_know_nothing_of_later_ones() -> None:
    """The rules themselves, so that nobody loosens them in passing."""
    build, render = MAY_IMPORT["build"].split(), MAY_IMPORT["render"].split()
    assert {"target", "targets", "render", "write", "load"}.isdisjoint(build)
    assert {"ir", "read", "build", "targets"}.isdisjoint(render)
    assert MAY_IMPORT["ir"] == "diagnostics"
    assert MAY_IMPORT["diagnostics"] == MAY_IMPORT["code"] == ""


def test_imports_are_found() -> None:
    assert "conform.commands" in GRAPH["commands"]  # from .conform import commands
    assert "load.yaml12" in GRAPH["load.contents"]  # from .yaml12 import Composed
    assert "schema" in GRAPH["ir"]  # from .schema import Schema
    assert "ir" in GRAPH["targets.python"]  # from ..ir import Model
    assert "pipeline" in GRAPH["specloom"]  # for type checkers only
