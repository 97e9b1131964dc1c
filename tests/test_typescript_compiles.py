"""What is generated compiles under every strict flag, in both versions of TypeScript.

A user's program is compiled against it, with the mistakes that have to be found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from spec_files import ENTRY, SPEC
from typescript_package import (
    STRICTEST,
    compile_package,
    run,
    write_package,
    write_spec,
)
from typescript_specs import ALL, ATTACK

Tool = Callable[[str], Path]
COMPILERS = ["tsc", "tsc5"]
USER = Path(__file__).parent / "typescript_user.ts"


@pytest.fixture(scope="module")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the canonical spec."""
    return write_package(SPEC / ENTRY, tmp_path_factory.mktemp("flagship"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a spec that tries everything."""
    folder = tmp_path_factory.mktemp("hostile")
    return write_package(write_spec(ALL, folder, title=ATTACK, version=ATTACK), folder)


@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("package", ["flagship", "hostile"])
def test_it_compiles_with_its_own_settings(
    compiler: str, package: str, tool: Tool, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(package)
    compile_package(folder, tool(compiler), "--noEmit")


@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("package", ["flagship", "hostile"])
def test_it_compiles_under_the_strictest_flags_of_a_user(
    compiler: str, package: str, tool: Tool, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(package)
    settings = {"compilerOptions": STRICTEST, "include": ["src"]}
    (folder / "user.json").write_text(json.dumps(settings), encoding="utf-8")
    run("node", str(tool(compiler)), "--noEmit", "-p", "user.json", cwd=folder)


@pytest.mark.parametrize("compiler", COMPILERS)
def test_a_program_that_uses_it(
    compiler: str, flagship: Path, tool: Tool, tmp_path: Path
) -> None:
    """It is compiled against the declarations, as a user of the package would.

    So is the example of the README.
    """
    compile_package(flagship, tool(compiler))
    name = json.loads((flagship / "package.json").read_text(encoding="utf-8"))["name"]
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / name).symlink_to(flagship, target_is_directory=True)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    program = USER.read_text(encoding="utf-8").replace("PACKAGE", name)
    (tmp_path / "user.ts").write_text(program, encoding="utf-8")
    example = (flagship / "README.md").read_text(encoding="utf-8").split("```")[1]
    declared = f"declare const text: string;{example.removeprefix('typescript')}"
    (tmp_path / "readme.ts").write_text(f"{declared}export {{ json }};", "utf-8")
    settings = {"compilerOptions": STRICTEST, "files": ["user.ts", "readme.ts"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    run("node", str(tool(compiler)), "-p", ".", cwd=tmp_path)
    assert run("node", "user.js", cwd=tmp_path) == "ok\n"


@pytest.mark.slow
@pytest.mark.parametrize("compiler", COMPILERS)
def test_a_whole_api_compiles(
    compiler: str, tool: Tool, shared_spec: Path, tmp_path: Path
) -> None:
    compile_package(write_package(shared_spec, tmp_path), tool(compiler), "--noEmit")


TAGS = """
const ts = require(process.argv[1]);
const { readFileSync, readdirSync } = require("node:fs");
const found = new Set();
for (const name of readdirSync("src/models")) {
  const text = readFileSync(`src/models/${name}`, "utf8");
  const visit = (node) => {
    for (const doc of node.jsDoc ?? []) {
      for (const tag of doc.tags ?? []) found.add(tag.tagName.text);
      for (const part of Array.isArray(doc.comment) ? doc.comment : []) {
        if (part.kind !== ts.SyntaxKind.JSDocText) found.add("{@" + part.kind);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
}
console.log([...found].sort().join(" "));
"""


def test_text_of_a_spec_starts_no_tag(hostile: Path, tool: Tool) -> None:
    """TypeScript's own parser of comments sees our tags and no others."""
    library = tool("tsc5").parent.parent
    told = run("node", "-e", TAGS, str(library), cwd=hostile)
    assert told.split() == ["defaultValue", "deprecated", "internal"]


LITERAL_OR_COMMENT = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|//[^\n]*|/\*.*?\*/""", re.DOTALL
)


def test_text_of_a_spec_stays_where_it_belongs(hostile: Path) -> None:
    for file in hostile.rglob("*.ts"):
        text = file.read_text(encoding="utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e]", text), file
        assert "export const x" not in LITERAL_OR_COMMENT.sub("", text), file
