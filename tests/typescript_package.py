"""Generated TypeScript packages for tests: a spec enters, a folder with one leaves.

Compilers and Node.js run on it; each function raises with what they say.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from specloom.pipeline import generate

DRIVER = Path(__file__).parent / "typescript_driver.mjs"

STRICTEST = {
    "target": "es2022",
    "lib": ["es2022", "dom"],
    "module": "nodenext",
    "types": [],
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "isolatedModules": True,
    "isolatedDeclarations": True,
    "declaration": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "skipLibCheck": False,
}
"""Every flag that a careful user may set."""


def write_package(spec: Path, folder: Path) -> Path:
    """Generate the TypeScript bindings of a spec; the folder of the package."""
    for path, text in generate(spec, ["typescript"]).files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "typescript"


def write_spec(schemas: dict[str, Any], folder: Path, **info: str) -> Path:
    """An OpenAPI document with these schemas, as a file."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Test", "version": "1", **info},
        "components": {"schemas": schemas},
    }
    folder.mkdir(parents=True, exist_ok=True)
    spec = folder / "spec.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    return spec


def compile_package(package: Path, tsc: Path, *arguments: str) -> None:
    """Compile a package with its own ``tsconfig.json``; nothing may be said of it."""
    run("node", str(tsc), "--project", ".", *arguments, cwd=package)


def run(*command: str, cwd: Path, given: str = "") -> str:
    """What a program prints; an :class:`AssertionError` with it if it fails."""
    done = subprocess.run(
        command, cwd=cwd, input=given, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def violations(
    package: Path, cases: Iterable[tuple[str, Any]]
) -> list[list[dict[str, str]]]:
    """What a compiled package has to say of each instance of a schema."""
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    told = run("node", str(DRIVER), cwd=package, given=lines)
    return [json.loads(line) for line in told.splitlines()]
