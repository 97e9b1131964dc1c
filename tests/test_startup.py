"""Start-up: a run imports what its own spec and target need, and nothing of others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SPEC = Path(__file__).parents[1] / "spec" / "openapi.yaml"
TARGETS = ("python", "typescript", "markdown")
ELSEWHERE = {
    "black": "a template of the user's own",
    "html": "an entity in a description",
    "jsonschema_rs": "lint",
    "tomllib": "a configuration",
    "watchfiles": "--watch",
    "specloom.conform.commands": "conform",
    "specloom.lint": "lint",
}
"""What a plain run does without, and what it is for."""


def loaded(folder: Path, spec: Path, target: str) -> set[str]:
    """The modules of a run that has everything to do."""
    script = (
        "import sys; from specloom.cli import main\n"
        "status = main(['generate', *sys.argv[1:], '-o', 'out'])\n"
        "print(status, *sys.modules)"
    )
    command = [sys.executable, "-c", script, str(spec), "-t", target]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    status, *names = ran.stdout.splitlines()[-1].split()
    assert status == "0", ran.stderr
    return set(names)


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_imports_its_own(tmp_path: Path, target: str) -> None:
    names = loaded(tmp_path, SPEC, target)
    assert f"specloom.targets.{target}" in names
    assert not names & ELSEWHERE.keys()
    if target != "markdown":  # which shows the types of all languages
        others = {f"specloom.targets.{other}" for other in TARGETS} & names
        assert others == {f"specloom.targets.{target}"}


def test_an_entity_brings_the_table_of_them(tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    name = {"type": "string", "description": "A &lt; B."}
    schema = {"title": "A", "type": "object", "properties": {"name": name}}
    spec.write_text(json.dumps(schema), encoding="utf-8")
    names = loaded(tmp_path, spec, "python")
    assert "html" in names
    assert "yaml" not in names
