"""`--map-ref` and `--allow-ref`, as people use them: commands, settings, later runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from folders import tree
from reading import write
from shell import folder, run
from small_specs import openapi
from specloom.config import load_config, place_of
from specloom.options import Options
from specloom.pipeline import generate
from stamped import cache, fresh, runs, settle
from watched import DONE, FAILED, Watching

__all__ = ["cache", "folder", "runs"]  # fixtures, which pytest finds here

ROOT = "https://example.com/schemas/"
OPTIONS = f"--map-ref {ROOT}=vendor --map-ref urn:example:tag=tag.json"
TABLE = f'[map_ref]\n"{ROOT}" = "vendor"\n"urn:example:tag" = "tag.json"\n'
PET = '{"type": "object", "properties": {"owner": {"$ref": "owner"}}}'
OWNER = Path("generated/typescript/src/models/owner.ts")


@pytest.fixture(autouse=True)
def project(folder: Path) -> Path:
    """A spec that names all its schemas by URL, and copies of what it names."""
    schemas = f"Pet: {{$ref: '{ROOT}pet.json'}}\nTag: {{$ref: 'urn:example:tag'}}"
    write(
        {
            "api.yaml": openapi(schemas),
            "vendor/pet.json": PET,
            "vendor/owner.json": '{"type": "string", "maxLength": 10}',
            "mirror/pet.json": PET,
            "mirror/owner.json": '{"type": "string", "maxLength": 77}',
            "tag.json": '{"type": "string"}',
        }
    )
    return folder


def test_every_command_reads_the_copies() -> None:
    assert run("generate api.yaml").status == 1
    assert run(f"generate api.yaml {OPTIONS} -t typescript").status == 0
    assert "maxLength: 10" in OWNER.read_text()
    assert run(f"check api.yaml {OPTIONS} -t typescript").status == 0
    assert run(f"lint api.yaml {OPTIONS}").out.endswith("api.yaml: nothing to say\n")
    assert '"maxLength": 10' in run(f"relax api.yaml {OPTIONS}").out
    ran = run(f"cases api.yaml {OPTIONS} --out cases.jsonl --per-schema 9")
    assert ran.status == 0
    line = f"conform api.yaml {OPTIONS} -t python --cases cases.jsonl"
    ran = run(line)
    assert ran.status == 0
    assert "agreement   100.00 %" in ran.out


def test_help_names_the_options() -> None:
    for command in ("generate", "check", "lint", "relax", "cases", "conform"):
        assert "--map-ref URL=PATH" in run(f"{command} --help").out


def test_the_api_reads_the_copies() -> None:
    copies = {ROOT: Path("vendor"), "urn:example:tag": Path("tag.json")}
    result = generate(Path("api.yaml"), ["typescript"], Options(map_ref=copies))
    read = {path.relative_to(Path.cwd()).as_posix() for path in result.read}
    assert read == {"api.yaml", "vendor/pet.json", "vendor/owner.json", "tag.json"}
    assert set(result.missed) == {Path.cwd() / "vendor/owner"}


def test_the_configuration_names_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("specloom.toml").write_text(f'spec = "api.yaml"\n{TABLE}')
    Path("inner").mkdir()
    monkeypatch.chdir("inner")
    assert load_config(None, {}, {}).map_ref == {
        ROOT: Path("../vendor"),
        "urn:example:tag": Path("../tag.json"),
    }
    assert run("generate -t typescript -o ../generated").status == 0
    monkeypatch.chdir("..")
    table = TABLE.replace("[", "[tool.specloom.")
    Path("specloom.toml").unlink()
    Path("pyproject.toml").write_text(table)
    assert run("check api.yaml -t typescript").status == 0
    assert place_of(Path("pyproject.toml"), "map_ref", ROOT).line == 2


def test_the_command_line_wins_url_by_url() -> None:
    Path("specloom.toml").write_text(TABLE)
    line = f"generate api.yaml -t typescript --map-ref {ROOT}=mirror"
    assert run(line).status == 0
    assert "maxLength: 77" in OWNER.read_text()


WHICH = f"which `{ROOT}` is mapped to"
WRONG = [
    # options, a configuration, and what is said of them
    ("--map-ref vendor", "", "error[option-value] `vendor` is not of the form URL=P"),
    (f"--map-ref {ROOT}=", "", "is not of the form URL=PATH"),
    ("--map-ref vendor=vendor", "", "`map_ref` must name URLs such as"),
    (
        f"--map-ref {ROOT}=vend",
        "",
        f"error[path-not-found] there is no `vend`, {WHICH}",
    ),
    (f"--map-ref {ROOT}=tag.json", "", "is mapped to `tag.json`, which is no folder"),
    ("--allow-ref vend", "", "error[path-not-found] there is no folder `vend`"),
    (
        "",
        'allow_ref = ["vend"]',
        "specloom.toml:1:1: error[path-not-found] there is no folder `vend`",
    ),
    (
        "",
        f'[map_ref]\n"urn:a" = "tag.json"\n  "{ROOT}" = "vend"',
        f"specloom.toml:3:3: error[path-not-found] there is no `vend`, {WHICH}",
    ),
    (
        f"--map-ref {ROOT}=mirror",
        f'[map_ref]\n"{ROOT}" = "vend"\n"urn:a" = "b"',
        "specloom.toml:3:1: error[path-not-found] there is no `b`, which `urn:a`",
    ),
    ("", "map_ref = 'x'", "1:1: error[setting-type] `map_ref` must be a table of pat"),
    ("", "[map_ref]\n'a:b' = 3", "`map_ref` must be a table of paths, as texts"),
    ("", "[map_ref]\nvendor = 'vendor'", "1:2: error[setting-value] `map_ref` must n"),
]


@pytest.mark.parametrize(("options", "config", "want"), WRONG)
def test_what_cannot_be_meant(options: str, config: str, want: str) -> None:
    Path("specloom.toml").write_text(config)
    for command in ("generate", "check", "lint", "relax"):
        ran = run(f"{command} api.yaml {options}")
        assert ran.status == 2
        assert want in ran.out + ran.err
    assert not Path("generated").exists()


def test_a_copy_that_is_not_there_is_told_with_both_names() -> None:
    Path("vendor/owner.json").unlink()
    ran = run(f"generate api.yaml {OPTIONS}")
    assert ran.status == 1
    assert ran.err.startswith(
        "vendor/pet.json:1:45: error[ref-not-found]"
        f" `{ROOT}owner` is mapped to `vendor/owner`, and there is no such file\n"
        "  at /properties/owner/$ref\n  hint: put a copy there, or map"
    )


def test_a_meta_schema_can_be_mapped() -> None:
    url = "https://json-schema.org/draft/2020-12/"
    core = f'{{"$id": "{url}meta/core", "$dynamicAnchor": "meta", "$defs": {{"Any":'
    core += '{"$dynamicRef": "#meta"}}, "type": ["object", "boolean"]}'
    schema = f'{{"$id": "{url}schema", "$dynamicAnchor": "meta",'
    schema += '"allOf": [{"$ref": "meta/core"}], "type": ["object", "boolean"]}'
    write(
        {
            "tool.yaml": openapi(
                f"Tool: {{type: array, items: {{$ref: {url}schema}}}}"
            ),
            "meta/schema.json": schema,
            "meta/meta/core.json": core,
        }
    )
    ran = run(f"lint tool.yaml --map-ref {url}=meta")
    assert (ran.status, ran.out) == (0, "tool.yaml: nothing to say\n")


def edit_a_copy() -> None:
    Path("vendor/owner.json").write_text('{"type": "string", "maxLength": 20}')


def edit_a_copy_keeping_its_times() -> None:
    at = Path("vendor/owner.json").stat()
    edit_a_copy()
    os.utime("vendor/owner.json", ns=(at.st_atime_ns, at.st_mtime_ns))


def put_a_file_before_a_copy() -> None:
    shutil.copy("mirror/owner.json", "vendor/owner")


def change_the_map() -> None:
    config = Path("specloom.toml")
    config.write_text(config.read_text().replace("vendor", "mirror"))


def exchange_the_folders() -> None:
    for one, other in (("vendor", "x"), ("mirror", "vendor"), ("x", "mirror")):
        Path(one).rename(other)


CHANGES = [
    edit_a_copy,
    edit_a_copy_keeping_its_times,
    put_a_file_before_a_copy,
    change_the_map,
    exchange_the_folders,
]


@pytest.fixture
def done(project: Path, cache: Path, runs: list[str]) -> list[str]:
    """A run that has nothing to do; the whole runs after it."""
    Path("more").mkdir()
    config = 'spec = "api.yaml"\ntargets = ["typescript"]\nallow_ref = ["more"]\n'
    Path("specloom.toml").write_text(config + TABLE)
    settle()
    for _ in range(3):
        assert run("generate").status == 0
        settle()
    assert len(runs) < 3
    runs.clear()
    return runs


@pytest.mark.parametrize("change", CHANGES, ids=lambda x: x.__name__)
def test_a_change_is_always_seen(done: list[str], change: Callable[[], None]) -> None:
    change()
    assert run("generate").status == 0
    assert done == ["generate"]
    assert tree(Path("generated")) == fresh(Path("fresh"))
    assert "maxLength: 10" not in OWNER.read_text()


def test_a_folder_that_is_allowed_and_goes_is_missed(done: list[str]) -> None:
    assert run("generate").status == 0
    assert done == []
    Path("more").rmdir()
    assert "there is no folder `more`" in run("generate").err


def test_another_map_on_the_command_line_is_another_run(done: list[str]) -> None:
    assert run(f"generate --map-ref {ROOT}=mirror").status == 0
    assert "maxLength: 77" in OWNER.read_text()
    assert tree(Path("generated")) == fresh(
        Path("fresh"), f"generate --map-ref {ROOT}=mirror"
    )
    assert run("generate").status == 0
    assert "maxLength: 10" in OWNER.read_text()


def test_a_neighbour_that_an_id_asks_for_first_is_seen_when_it_comes(
    cache: Path,
) -> None:
    spec = '{"$id": "https://example.com/", "$defs": {"A": {"$id": "parts/", "$ref":'
    write({"s.json": spec + '"near.json"}}}', "near.json": '{"type": "string"}'})
    settle()
    for _ in range(2):
        assert run("generate s.json -t typescript").status == 0
        settle()
    write({"parts/near.json": '{"type": "number"}'})
    assert run("generate s.json -t typescript").status == 0
    assert tree(Path("generated")) == fresh(
        Path("fresh"), "generate s.json -t typescript"
    )


@pytest.fixture
def watching(project: Path) -> Iterator[Watching]:
    """A `specloom generate --watch` of the project, made once."""
    pytest.importorskip("watchfiles", reason='pip install "specloom[watch]"')
    config = 'spec = "api.yaml"\ntargets = ["typescript"]\n'
    Path("specloom.toml").write_text(config + TABLE)
    found = Watching()
    try:
        found.until(DONE)
        found.until("watching")
        yield found
    finally:
        found.close()


def test_copies_are_watched(watching: Watching) -> None:
    edit_a_copy()
    watching.until_it(lambda: "maxLength: 20" in OWNER.read_text())
    put_a_file_before_a_copy()
    watching.until_it(lambda: "maxLength: 77" in OWNER.read_text())
    change_the_map()
    watching.until(DONE)
    Path("mirror").rename("away")
    watching.until(FAILED)
    watching.until("watching")
    Path("away").rename("mirror")
    watching.until(DONE)
