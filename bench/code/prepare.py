"""Write every contender's code into one folder, out of one document.

Enters: the suite. Leaves: a folder with our own packages, the modules of the peers, the
JSON Schema that Node's contenders start from, and the payloads in `suite.json`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.closure import PREFIX
from bench.code.classes import Library, module
from bench.code.outline import outline
from bench.code.payloads import Suite
from bench.code.scripts import discriminated, only, script
from specloom import Options, generate
from specloom.build import build
from specloom.diagnostics import Diagnostics
from specloom.export import export
from specloom.targets.settings import PythonSettings, TypeScriptSettings

NODE_TOOLS = Path(__file__).parents[1] / "node_modules" / ".bin"
PACKAGE = "specloom_models"
BY_HAND: tuple[Library, ...] = ("pydantic", "mashumaro", "cattrs", "msgspec")
DATAMODEL: dict[str, tuple[str, ...]] = {
    "peer_datamodel": (),
    "peer_datamodel_tuned": (
        *("--enum-field-as-literal", "all"),
        *("--extra-fields", "allow"),
    ),
}
"""The modules of datamodel-code-generator, and the flags of each."""


QUICKTYPE = (
    *("--src-lang", "schema", "--lang", "typescript"),
    *("--raw-type", "any", "--runtime-typecheck-ignore-unknown-properties"),
)


def prepare(suite: Suite, folder: Path) -> None:
    """Fill a folder; the document is there already as `realtime.json`."""
    spec = folder / "realtime.json"
    own_packages(spec, folder)
    shapes = outline(build(suite.source, Diagnostics()))
    for library in BY_HAND:
        write(folder / f"peer_{library}.py", module(shapes, library))
    for checker in ("zod", "valibot"):
        write(folder / f"peer_{checker}.mjs", script(shapes, checker))
    session = only(shapes, suite.session)
    write(folder / "peer_zod_session.mjs", script(session, "zod"))
    write(folder / "peer_zod_mini_session.mjs", script(session, "zod mini"))
    for name, flags in DATAMODEL.items():
        datamodel(spec, folder / f"{name}.py", flags)
    payloads = {payload.name: payload.values for payload in suite.payloads}
    write(folder / "suite.json", json.dumps(payloads))
    document = export(suite.source)
    write(folder / "schema.json", json.dumps(document))
    write(folder / "schema_tagged.json", json.dumps(discriminated(document)))
    roots = {schema for payload in suite.payloads for schema, _ in payload.values}
    quicktype(sorted(roots), folder)
    # Where Node.js looks for what the modules import.
    (folder / "node_modules").symlink_to(NODE_TOOLS.parent, target_is_directory=True)


def write(path: Path, text: str) -> None:
    """Write a file of UTF-8."""
    path.write_text(text, encoding="utf-8")


def own_packages(spec: Path, folder: Path) -> None:
    """Our Python package beside the peers' modules, and our TypeScript package."""
    settings = {
        "python": PythonSettings(package=PACKAGE),
        "typescript": TypeScriptSettings(package="specloom-models"),
    }
    generate(spec, ["python", "typescript"], Options(settings=settings)).write(folder)


def datamodel(spec: Path, module: Path, flags: tuple[str, ...]) -> None:
    """A module of pydantic models by datamodel-code-generator."""
    run(
        *(sys.executable, "-W", "ignore", "-m", "datamodel_code_generator"),
        *("--input", str(spec), "--input-file-type", "openapi"),
        *("--output-model-type", "pydantic_v2.BaseModel", *flags),
        *("--output", str(module)),
    )


def quicktype(roots: list[str], folder: Path) -> None:
    """Quicktype's converters; a file that points at a schema names its type."""
    for name in roots:
        write(folder / name, json.dumps({"$ref": f"schema.json{PREFIX}{name}"}))
    tool = str(NODE_TOOLS / "quicktype")
    files = [str(folder / name) for name in roots]
    run(tool, *QUICKTYPE, "--out", str(folder / "peer_quicktype.ts"), *files)


def run(*command: str) -> None:
    """Run a tool quietly; what it says is shown only where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
