"""The repository's own rules, read off the files that git tracks.

No registry's host and no machine's path is written anywhere, only optional tests look
outside the checkout, and our files and functions stay short.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

# Written with spaces, so that this file keeps the rule it checks.
REGISTRY_HOSTS = [
    host.replace(" ", ".")
    for host in (
        "pypi org",
        "pythonhosted org",
        "npmjs org",
        "npmjs com",
        "yarnpkg com",
        "crates io",
        "proxy golang org",
        "sum golang org",
        "maven org",
        "maven apache org",
        "deb debian org",
        "rubygems org",
        "packagist org",
        "pub dev",
    )
]
HOST = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, REGISTRY_HOSTS)) + r")\b")
# A slash that starts a path, not one in the middle of a URL's or a relative path.
MACHINE_PATH = re.compile(r"(?<![\w.*-])/(?:home|root|work|Users)/")
OUTSIDE = re.compile(r"\.\./shared\b")

MAX_FILE_LINES = 350
MAX_FUNCTION_LINES = 50


@pytest.fixture(scope="module")
def tracked(checkout: Path) -> dict[str, str]:
    """The text of every tracked file by its path; binary files are left out."""
    if not (checkout / ".git").exists():
        pytest.skip("not a git checkout")
    # Where CI runs as somebody else than who has checked it out, git asks for a word.
    command = ["git", "-c", f"safe.directory={checkout}", "ls-files", "-z"]
    listing = subprocess.run(
        command, cwd=checkout, capture_output=True, check=True
    ).stdout.decode()
    texts: dict[str, str] = {}
    for name in filter(None, listing.split("\0")):
        path = checkout / name
        data = path.read_bytes() if path.is_file() else b""
        if b"\0" not in data:
            texts[name] = data.decode(errors="replace")
    assert "pyproject.toml" in texts
    return texts


@pytest.fixture(scope="module")
def sources(tracked: dict[str, str]) -> dict[str, str]:
    """The tracked files that people write and that hold code."""
    folders, endings = "generator|bench|templates|tests(?!/cases)", "py|ts|mjs|j2"
    ours = re.compile(rf"(?:{folders})/.*\.(?:{endings})")
    return {name: text for name, text in tracked.items() if ours.fullmatch(name)}


def found(texts: dict[str, str], pattern: re.Pattern[str]) -> list[str]:
    """Return `path:line: match` for each match."""
    return [
        f"{name}:{number}: {match[0]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        for match in pattern.finditer(line)
    ]


def test_names_no_package_registry(tracked: dict[str, str]) -> None:
    none(found(tracked, HOST))


def test_names_no_path_of_a_machine(tracked: dict[str, str]) -> None:
    none(found(tracked, MACHINE_PATH))


def test_only_tests_look_outside_the_checkout(tracked: dict[str, str]) -> None:
    tests = re.compile(r"tests/[^/]*\.py")
    rest = {name: text for name, text in tracked.items() if not tests.fullmatch(name)}
    none(found(rest, OUTSIDE))


def test_contributing_names_what_is_there(tracked: dict[str, str]) -> None:
    named = re.findall(
        r"`([\w./-]+\.(?:py|ts|md|toml|yaml|txt))`", contributing(tracked)
    )
    paths = [f"/{path}" for path in tracked]
    none(x for x in named if not any(path.endswith(f"/{x}") for path in paths))


def test_contributing_has_every_room_of_the_package(tracked: dict[str, str]) -> None:
    map_ = contributing(tracked)
    package = re.compile(r"generator/specloom/(\w+(?:\.py|/))")
    found = {match[1] for match in map(package.match, tracked) if match is not None}
    none(sorted(x for x in found - {"__init__.py"} if f"{x}`" not in map_))


def contributing(tracked: dict[str, str]) -> str:
    """How somebody who wants to change the code finds the way."""
    return tracked["CONTRIBUTING.md"]


def test_files_are_short(sources: dict[str, str]) -> None:
    assert sources
    lengths = {name: text.count("\n") for name, text in sources.items()}
    none(f"{n}: {size} lines" for n, size in lengths.items() if size > MAX_FILE_LINES)


def test_functions_are_short(sources: dict[str, str]) -> None:
    none(
        long
        for name, text in sources.items()
        if name.endswith(".py")
        for long in long_functions(name, text)
    )


def long_functions(path: str, text: str) -> Iterator[str]:
    """Yield `path:line: name has N lines` for each function over the limit."""
    for node in ast.walk(ast.parse(text, path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines"


def none(offenders: Iterable[str]) -> None:
    """Fail with every offender, one a line."""
    listing = "\n".join(offenders)
    assert not listing, listing


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (HOST, "https://registry." + "npmjs" + ".org/x", True),
        (HOST, "index " + "crates" + ".io", True),
        (HOST, "crates_io", False),
        (HOST, "mypypi" + ".org", False),
        (MACHINE_PATH, "in '/" + "home/me/x'", True),
        (MACHINE_PATH, "(/" + "root/.cache)", True),
        (MACHINE_PATH, "file:///" + "home/me", True),
        (MACHINE_PATH, "https://example.com/" + "work/1", False),
        (MACHINE_PATH, "../" + "work/1", False),
        (OUTSIDE, "open('../shared/x')", True),
        (OUTSIDE, "spec/shared/x.yaml", False),
    ],
)
def test_patterns(pattern: re.Pattern[str], text: str, matches: bool) -> None:
    assert bool(pattern.search(text)) is matches
