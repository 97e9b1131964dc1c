"""Our TypeScript types and those of the `openai` package for npm stand for one another.

A program of types alone is compiled. For each pair it works out which properties of the
one cannot be assigned to the other, in both directions, and compares them with what is
listed: a difference that is new, and one that is gone, are errors of the compiler.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from real_clients import TYPESCRIPT
from small_specs import load_file
from spec_files import ENTRY, SPEC
from specloom.ir import Model, Record
from typescript_package import compile_package, run, write_package

HEAD = """\
import type * as beta from "openai/resources/beta/realtime/sessions";
import type * as realtime from "openai/resources/realtime/realtime";
import type * as responses from "openai/resources/responses/responses";
import type * as ours from "PACKAGE";

type Property<From, To, K> = K extends keyof To
  ? K extends keyof From
    ? Pick<From, K> extends Pick<To, K> ? never : K
    : {} extends Pick<To, K> ? never : K
  : never;
type Properties<From, To> = { [K in keyof To]-?: Property<From, To, K> }[keyof To];
type Whole<From, To> = [From] extends [To] ? never : "";
type Listed<Found, Names> = [Found, Names] extends [Names, Found]
  ? true
  : { found: `${Found & string}` };
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return load_file(SPEC / ENTRY).model


@pytest.fixture(scope="module")
def package(
    tool: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Our package of the canonical spec, compiled."""
    folder = write_package(SPEC / ENTRY, tmp_path_factory.mktemp("clients"))
    compile_package(folder, tool("tsc"))
    return folder


def program(model: Model, package: str) -> str:
    """One constant for each pair and direction, which is true if the list is."""
    lines = [HEAD.replace("PACKAGE", package)]
    records = {
        decl.wire_name for decl in model.decls.values() if isinstance(decl.body, Record)
    }
    for number, ((schema, client), (taken, given)) in enumerate(TYPESCRIPT.items()):
        word = "Properties" if schema in records else "Whole"
        mine = f"ours.{schema}"
        for way, types, names in (
            ("to", f"{mine}, {client}", taken),
            ("from", f"{client}, {mine}", given),
        ):
            found = f"Listed<{word}<{types}>, {listed(names)}>"
            lines.append(f"export const {way}{number}: {found} = true;")
    return "\n".join([*lines, ""])


def listed(names: Iterable[str]) -> str:
    """The names as a union of literal types."""
    return " | ".join(map(json.dumps, names)) or "never"


@pytest.mark.parametrize("compiler", ["tsc", "tsc5"])
def test_types_are_assignable_both_ways_but_for_what_is_listed(
    compiler: str,
    model: Model,
    package: Path,
    tool: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    client = tool("openai").parent
    name = json.loads((package / "package.json").read_text(encoding="utf-8"))["name"]
    modules = tmp_path / "node_modules"
    modules.mkdir()
    (modules / name).symlink_to(package, target_is_directory=True)
    (modules / "openai").symlink_to(client, target_is_directory=True)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (tmp_path / "program.ts").write_text(program(model, name), encoding="utf-8")
    settings = {
        "compilerOptions": {
            "target": "es2022",
            "lib": ["es2022", "dom", "dom.asynciterable"],
            "module": "nodenext",
            "types": [],
            "strict": True,
            "noEmit": True,
            "skipLibCheck": True,
        },
        "files": ["program.ts"],
    }
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    run("node", str(tool(compiler)), "-p", ".", cwd=tmp_path)
