"""Nothing that a spec says breaks out: every payload, at every place, in every target.

What comes of a hostile spec parses with the language's own parser, has the syntax tree
of what comes of a harmless twin, carries each value unchanged, and executes nothing.
A target that is not judged here fails :func:`test_every_target_is_judged`.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from conftest import CHECKOUT, find_tool
from hostile_corpus import batches, crossings, document, named, spoken
from hostile_payloads import CALM, CANARY, PAYLOADS
from markdown_reading import PageText, dead_links
from specloom.budgets import Budgets
from specloom.conform.protocol import Case
from specloom.conform.runner import judge_cases
from specloom.conform.toolchains import TOOLCHAINS
from specloom.options import Options
from specloom.pipeline import Result, generate
from specloom.targets import TARGETS
from typescript_package import run

# One process makes each spec of the corpus for all who look at it.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

READER = Path(__file__).parent / "hostile_reader.mjs"
Files = Mapping[str, str]

LONG = "calm " * 25
"""So long that no literal shares a line: layout may depend on width."""

# What tools obey when a comment says it, for Python: the interpreter, checkers, black.
OBEYED = re.compile(
    r"coding[:=]\s*[-\w.]+|\btype:\s*ignore|\b(?:mypy|pyright|ruff|flake8|isort|fmt):"
)


@cache
def made(name: str) -> Result:
    """What Specloom makes of one spec of the corpus, for all targets."""
    with TemporaryDirectory() as folder:
        spec = Path(folder) / "spec.json"
        spec.write_text(texts()[name], encoding="utf-8")
        return generate(spec, list(TARGETS), Options(budgets=Budgets()))


@cache
def texts() -> dict[str, str]:
    calm = {name: text for name, text, _ in batches()}
    lamp = {"Lamp": {"type": "object", "properties": {"on": {"type": "boolean"}}}}
    calm["before"] = document(spoken(lambda text: text + LONG)[0])
    calm["behind"] = document(spoken(lambda text: LONG + text)[0])
    calm["twin"] = document(spoken(lambda _: LONG + CALM)[0])
    calm["info, calm"] = document(lamp)
    return calm


def of_target(name: str, target: str) -> dict[str, str]:
    return {
        path: text
        for path, text in made(name).files.items()
        if path.startswith(f"{target}/")
    }


INFOS = [name for name in texts() if re.fullmatch("info[0-9]+", name)]
HOSTILE = ["spoken", "named", "before", "behind", *INFOS]


# --- parsers --------------------------------------------------------------------------


class _Shape(ast.NodeTransformer):
    """Leaves the syntax of a module, and no name and no text of it."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        value = type(node.value).__name__ if isinstance(node.value, str) else node.value
        return ast.copy_location(ast.Constant(value), node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("id", "name", "attr", "arg", "module", "asname"):
            if isinstance(getattr(node, name, None), str):
                setattr(node, name, "_")
        return node


OUR_HEADINGS = set(
    "Properties|Details|Values|Alternatives|Definition|Examples|Models"
    "|Load the model package|Documentation for models"
    "|Reading the types|Reading and writing JSON"
    "".split("|")
)
"""The headings of pages; those of descriptions go two levels down."""


def python_shapes(files: Files) -> dict[str, str]:
    """The syntax tree of each module; fails where there is none, or a tool is told."""
    shapes: dict[str, str] = {}
    for path, text in files.items():
        if not path.endswith(".py"):
            continue
        data = text.encode()
        tree = ast.parse(data, path)  # as bytes, so that a coding comment counts
        compile(data, path, "exec")
        shapes[path] = ast.dump(_Shape().visit(tree))
        if "/_runtime/" in path:
            continue  # ours to the letter
        for token in tokenize.tokenize(io.BytesIO(data).readline):
            obeyed = token.type == tokenize.COMMENT and OBEYED.search(token.string)
            assert not obeyed, f"{path}: {token.string}"
    return shapes


def typescript_shapes(files: Files) -> dict[str, str]:
    """The syntax tree of each module and JSON file; fails where there is none."""
    pages = {path: text for path, text in files.items() if path.endswith(".md")}
    files = {path: files[path] for path in files.keys() - pages.keys()}
    find_tool("tsc5")
    compiler = CHECKOUT / "node_modules" / "typescript5"
    asked = json.dumps({"compiler": str(compiler), "files": dict(files)})
    read = json.loads(run("node", str(READER), cwd=CHECKOUT, given=asked))
    for path, found in read.items():
        assert found["faults"] == [], path
        assert found["asked"] == [], path
        if path.endswith("package.json"):
            json.loads(files[path])
    return {path: found["shape"] for path, found in read.items()} | markdown_shapes(
        pages
    )


def markdown_shapes(files: Files) -> dict[str, str]:
    """The headings and tables of each page; fails for what no page may have."""
    pages = {path: PageText(path, text) for path, text in files.items()}
    for path, page in pages.items():
        assert page.html == [], path
        assert _ragged(page) == [], path
        assert not re.search("javascript:|vbscript:|data:", " ".join(page.links)), path
        images = [t.attrs["src"] for t in page.inline if t.type == "image"]
        assert not re.search("javascript:|data:", " ".join(map(str, images))), path
        # Outside of code, no template engine finds what it evaluates.
        told = "".join(t.content for t in page.inline if t.type == "text")
        raw = re.sub(r"(?s)(`+)(?!`).*?(?<!`)\1(?!`)", "", page.source)
        assert "{{" in told or "{{" not in raw, path
        assert not re.search(r"<\?php|<script|<!--", raw.replace("\\<", "")), path
    assert dead_links(pages) == []
    return {path: _outline(page) for path, page in pages.items()}


def _ragged(page: PageText) -> list[str]:
    """The rows of our tables that have more cells, or fewer, than the header.

    A pipe ends a cell even in code, if no backslash is before it (GFM section 4.10).
    """
    lines = page.source.splitlines()
    found: list[str] = []
    for token in page.tokens:
        if token.type == "table_open" and token.map is not None:
            head, _, *rows = lines[slice(*token.map)]
            if head.startswith(("Name | ", "Value | ", "Type | ")):
                bars = head.count("|")
                found += [x for x in rows if len(re.findall(r"(?<!\\)\|", x)) != bars]
    return found


def _outline(page: PageText) -> str:
    """How many cells our tables' rows have; fails for a heading that is not ours."""
    heads = [at for at, t in enumerate(page.tokens) if t.tag in ("h1", "h2")]
    heads = [at for at in heads if page.tokens[at].type == "heading_open"]
    titles = {page.tokens[at + 1].content for at in heads[1:]}
    assert titles <= OUR_HEADINGS, f"{page.path}: {titles}"
    assert [page.tokens[at].tag for at in heads].count("h1") == 1, page.path
    ours = [
        [len(row) for row in table]
        for table in page.tables
        if [cell.content for cell in table[0]][:2] == ["Name", "Type"]
    ]
    return json.dumps(ours)


SHAPES: dict[str, Callable[[Files], dict[str, str]]] = {
    "python": python_shapes,
    "typescript": typescript_shapes,
    "markdown": markdown_shapes,
}
"""The parser of each target's language."""


@cache
def shapes_of(name: str, target: str) -> dict[str, str]:
    """The syntax of what a target makes of one spec of the corpus."""
    return SHAPES[target](of_target(name, target))


targets = pytest.mark.parametrize("target", sorted(TARGETS))


def test_every_target_is_judged() -> None:
    assert SHAPES.keys() == TARGETS.keys()
    assert crossings() > 4_500


# --- the corpus -----------------------------------------------------------------------


@targets
@pytest.mark.parametrize("place", ["before", "behind"])
def test_what_it_says_has_the_syntax_of_a_harmless_twin(
    place: str, target: str
) -> None:
    shapes, twins = shapes_of(place, target), shapes_of("twin", target)
    assert shapes.keys() == twins.keys()
    other = [path for path in shapes if shapes[path] != twins[path]]
    assert other == []


@targets
def test_what_it_says_parses(target: str) -> None:
    assert len(shapes_of("spoken", target)) > len(PAYLOADS)


@targets
def test_names_parse(target: str) -> None:
    assert len(shapes_of("named", target)) > len(PAYLOADS)


@targets
def test_titles_have_the_syntax_of_a_harmless_twin(target: str) -> None:
    """A title names the package, so files are compared without their paths."""
    calm = Counter(shapes_of("info, calm", target).values())
    joined: dict[str, str] = {}
    for name in INFOS:
        joined |= {f"{name}/{p}": x for p, x in of_target(name, target).items()}
    shapes = SHAPES[target](joined)
    for name, payload in zip(INFOS, PAYLOADS):
        own = Counter(x for p, x in shapes.items() if p.startswith(f"{name}/"))
        assert own == calm, payload


@pytest.mark.parametrize("target", sorted(TOOLCHAINS))
@pytest.mark.parametrize("name", ["spoken", "named"])
def test_values_are_carried_unchanged_and_nothing_runs(
    name: str,
    target: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tool: Callable[[str], Path],
) -> None:
    for needed in ("node", "tsc") if target == "typescript" else ():
        tool(needed)
    canary = tmp_path / "canary"
    monkeypatch.setenv(CANARY, str(canary))
    asked = spoken(lambda payload: payload)[1] if name == "spoken" else named()[1]
    cases = [Case(schema, json.dumps(instance)) for schema, instance, _ in asked]
    answers = judge_cases(target, of_target(name, target), cases, {})
    for (schema, instance, valid), answer in zip(asked, answers, strict=True):
        told = f"{schema}: {json.dumps(instance)[:200]}: {answer}"
        assert answer.ok is valid, told
        if valid:
            assert answer.out is not None, told
            assert json.loads(answer.out) == instance, told
    assert not canary.exists()


def test_a_canary_that_runs_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The corpus would notice: its payloads do run where nothing encodes them."""
    canary = tmp_path / "canary"
    monkeypatch.setenv(CANARY, str(canary))
    exec(f'x = "{PAYLOADS["CVE-2016-5641 literal, double quotes, Python"]}"')
    assert canary.exists()


@targets
def test_no_file_is_called_as_a_spec_pleases(target: str) -> None:
    for name in HOSTILE:
        for path in of_target(name, target):
            assert re.fullmatch(r"[A-Za-z0-9_./-]+", path), path
            assert not {"", ".", ".."} & set(path.split("/")), path
            assert max(map(len, path.split("/"))) <= 255


@targets
def test_nothing_invisible_reaches_a_file(target: str) -> None:
    """Characters that hide or reorder text (CVE-2021-42574) are spelled out."""
    unseen = re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
        "\u2060-\u206f\ufeff\ufffe\uffff\U000e0000-\U000e0fff]"
    )
    for name in HOSTILE:
        for path, text in of_target(name, target).items():
            assert not (found := unseen.search(text)), f"{path}: {found}"


def test_one_bad_character_is_an_error_with_its_place(tmp_path: Path) -> None:
    """JSON and YAML can spell half a surrogate pair; no file of ours could hold it."""
    from shell import run as specloom

    spec = tmp_path / "spec.json"
    spec.write_text(document({"A": {"const": "x"}}).replace('"x"', '"\\ud800"'))
    ran = specloom(f"generate {spec} -o {tmp_path}/out --format json")
    assert (ran.status, ran.findings[0]["code"]) == (1, "encoding")
    assert ran.findings[0]["line"] == 1
