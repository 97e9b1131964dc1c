"""The command line, used as people use it: what it does, and how fast it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import specloom
from shell import PETS, Ran, files, folder, run
from small_specs import openapi
from specloom.targets import TARGETS

__all__ = ["folder"]  # a fixture, which pytest finds here
pytestmark = pytest.mark.usefixtures("folder")


def test_generate_writes_once() -> None:
    first = run("generate pets.yaml -t typescript")
    assert (first.status, first.err) == (0, "")
    made = files()
    assert ".specloom-manifest.json" in made
    want = f"Test: 3 models, 1 target: {len(made) - 1} files written in "
    assert first.out.startswith(want)
    again = run("generate pets.yaml -t typescript")
    assert f": 0 files written, {len(made) - 1} unchanged in " in again.out


def test_include_emits_the_closure_and_removes_the_rest() -> None:
    run("generate pets.yaml -t typescript")
    before = files()
    ran = run("generate pets.yaml -t typescript --include P*")
    assert "Test: 2 models, 1 target: " in ran.out
    assert ", 1 removed in " in ran.out
    assert {Path(path).stem for path in before - files()} == {"other"}


def test_a_target_that_is_named_leaves_others_alone() -> None:
    run("generate pets.yaml -t typescript -t markdown")
    both = files()
    run("generate pets.yaml -t typescript --include Kind")
    kept = {path for path in both if path.startswith("markdown/")}
    assert kept
    assert kept <= files()
    Path("specloom.toml").write_text('spec = "pets.yaml"\ntargets = ["typescript"]')
    run("generate")
    assert not any(path.startswith("markdown/") for path in files())


def test_check_tells_each_kind_of_drift_and_how_to_mend_it() -> None:
    run("generate pets.yaml -t typescript")
    root = Path("generated/typescript/src/models")
    (root / "pet.ts").write_text("mine")
    (root / "kind.ts").unlink()
    spec = Path("pets.yaml")
    spec.write_text(spec.read_text().replace("Other:", "Another:"))
    before = {path: Path("generated", path).read_bytes() for path in files()}
    ran = run("check pets.yaml -t typescript")
    assert ran.status == 1
    for line in (
        "generated/typescript/src/models/pet.ts: error[edited] this is not what",
        "generated/typescript/src/models/kind.ts: error[missing] this is not there",
        "generated/typescript/src/models/other.ts: error[orphaned] nothing generates",
        "generated/typescript/src/index.ts: error[outdated] the spec, a setting or",
        "hint: missing: run `specloom generate`, and see that",
    ):
        assert line in ran.out
    assert "1 edited, 2 outdated, 2 missing, 1 orphaned in " in ran.out
    same = run("generate pets.yaml -t typescript --check")
    assert same.out.splitlines()[:-1] == ran.out.splitlines()[:-1]
    assert {path: Path("generated", path).read_bytes() for path in files()} == before
    kinds = {item["code"] for item in run("check pets.yaml --format json").findings}
    assert kinds == {"edited", "missing", "orphaned", "outdated"}
    assert run("generate pets.yaml -t typescript").status == 0
    assert run("check pets.yaml -t typescript").status == 0


def own_record_template(text: str) -> None:
    """A template of one's own for Python's records, in `mine`."""
    own = Path("mine/python/record.py.j2")
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text)


@pytest.mark.parametrize(
    ("option", "want"),
    [
        ("", "x = { 'a':1 }\n"),
        ("--black", 'x = {"a": 1}\n'),
        ("--format", 'x = {"a": 1}\n'),
        ("--format --format json", 'x = {"a": 1}\n'),
    ],
)
def test_black_tidies_what_own_templates_lay_out(option: str, want: str) -> None:
    own_record_template("{{ view.header }}\nx = { 'a':1 }\n")
    assert run(f"generate pets.yaml -t python --templates mine {option}").status == 0
    assert Path("generated/python/test/pet.py").read_text().endswith(want)


def test_black_cannot_mend_what_is_no_python() -> None:
    own_record_template("{{ view.header }}\nx = (\n")
    ran = run("generate pets.yaml -t python --templates mine --black")
    assert ran.status == 1
    assert "pet.py is no Python that black can read" in ran.err
    assert not Path("generated").exists()


def test_hostile_names_stay_inside() -> None:
    nasty = ["../../etc", "/etc/passwd", "C:\\x", "a\nb", "\x1b[31m", "\u202e"]
    schemas = {name: {"type": "object", "title": name} for name in nasty}
    document = {"openapi": "3.1.0", "info": {"title": "../../up", "version": "../1"}}
    document["components"] = {"schemas": schemas}
    Path("nasty.json").write_text(json.dumps(document))
    ran = run("generate nasty.json -o deep/out")
    assert ran.status == 0
    assert ran.out.isprintable() or "\x1b" not in ran.out
    assert files(".") == {"pets.yaml", "nasty.json"} | {
        f"deep/out/{path}" for path in files("deep/out")
    }


ODD = PETS.replace("Other:", "Odd: {typ: string}\nOther:")
WRONG = PETS.replace("string, enum", "strin, enum")


@pytest.mark.parametrize("option", ["-q", "--quiet", "--format json -q"])
@pytest.mark.parametrize("command", ["generate", "check", "lint", "relax"])
def test_quiet_tells_errors_alone(command: str, option: str) -> None:
    Path("pets.yaml").write_text(openapi(ODD))
    line = f"{command} pets.yaml"
    assert run("generate pets.yaml -q") == Ran(0, "", "")
    loud, quiet = run(line), run(f"{line} {option}")
    assert "warning[unknown-keyword]" in loud.out + loud.err
    assert quiet.status == loud.status == 0
    assert (quiet.out if command != "relax" else "") == ""
    assert quiet.err == ""
    Path("pets.yaml").write_text(openapi(WRONG))
    loud, quiet = run(line), run(f"{line} {option}")
    assert quiet.status == loud.status == 1
    if "json" in option:
        said = [json.loads(x) for x in (quiet.out + quiet.err).splitlines()]
        assert [item["severity"] for item in said] == ["error"]
    else:
        (first, *_) = (quiet.out + quiet.err).splitlines()
        assert first.startswith("pets.yaml:11:12: error[")
        assert "nothing was written" not in quiet.err


def test_a_quiet_check_names_what_is_not_up_to_date() -> None:
    assert run("generate pets.yaml -t typescript").status == 0
    Path("generated/typescript/src/index.ts").write_text("mine")
    ran = run("check pets.yaml -t typescript --quiet")
    assert ran.status == 1
    assert ran.out.startswith("generated/typescript/src/index.ts: error[edited]")
    assert ran.out.count("\n") == 1
    assert ran.err == ""


def test_quiet_commands_still_give_what_they_are_asked_for() -> None:
    quiet = run("targets -q")
    assert quiet == run("targets")
    assert quiet.out
    printed, told = run("cases pets.yaml -q"), run("cases pets.yaml")
    assert printed == Ran(0, told.out, "")
    assert "fewer than 100 cases were found" in told.err
    assert run("cases pets.yaml -q --out cases.jsonl") == Ran(0, "", "")
    assert Path("cases.jsonl").read_text(encoding="utf-8") == printed.out
    told = run("cases nope.yaml -q --format json")
    assert json.loads(told.err)["code"] == "file-not-found"


def test_lint_asks_for_nothing_but_a_spec() -> None:
    assert run("lint pets.yaml").out == "pets.yaml: nothing to say\n"
    Path("pets.yaml").write_text(openapi("A: {minimum: 1, default: 0}\nB: {typ: x}"))
    ran = run("lint pets.yaml")
    assert ran.status == 0
    assert "info[implied-type]" in ran.out
    assert ran.out.endswith("pets.yaml: 2 warnings, 1 note\n")


def test_relax_prints_what_lenient_accepts() -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    document = json.loads(run("relax pets.yaml").out)
    assert document["info"] == {"title": "Test", "version": "1"}
    pet = {**document, "$ref": "#/components/schemas/Pet"}
    judge = jsonschema_rs.validator_for(pet)
    assert judge.is_valid({"name": "x", "kind": "bird"})
    assert judge.is_valid({"name": "x", "kind": None})
    assert not judge.is_valid({"name": None})
    assert not judge.is_valid({"kind": "cat"})


def test_targets_lists_all_with_their_settings() -> None:
    ran = run("targets")
    for name, target in TARGETS.items():
        assert any(
            line.startswith(name) and line.endswith(target.summary)
            for line in ran.out.splitlines()
        )
    assert "\n[rust]\n# Settings of Rust.\n" in ran.out
    assert '\ncrate = ""\n' in ran.out
    machine = [
        json.loads(line) for line in run("targets --format json").out.splitlines()
    ]
    assert {"name": "rust", "summary": None, "settings": {"crate": ""}} in machine


def test_a_spec_of_the_configuration(folder: Path) -> None:
    text = 'spec = "pets.yaml"\ntargets = ["typescript"]\noutput = "out"\n'
    (folder / "specloom.toml").write_text(text + '[typescript]\npackage = "@a/pets"')
    (folder / "inside").mkdir()
    os.chdir("inside")
    assert run("generate").status == 0
    package = json.loads((folder / "out/typescript/package.json").read_text())
    assert package["name"] == "@a/pets"
    assert run("lint").out == "../pets.yaml: nothing to say\n"


def test_version_and_help_import_nothing_heavy() -> None:
    assert run("--version").out == f"specloom {specloom.__version__}\n"
    script = (
        "import sys; from specloom.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules)"
    )
    for option in ("--version", "--help"):
        loaded = subprocess.run(
            [sys.executable, "-c", script, option],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        assert {"specloom.cli", "argparse"} <= set(loaded)
        assert not {"jinja2", "yaml", "black", "specloom.pipeline"} & set(loaded)


def test_help_tells_commands_options_and_statuses() -> None:
    text = run("--help").out
    for word in ("generate", "check", "lint", "relax", "targets", "exit status:"):
        assert word in text
    text = run("generate --help").out
    for option in ("--include", "--lenient", "--no-lenient", "--black", "--allow-ref"):
        assert option in text


def test_the_api_gives_all_that_it_names() -> None:
    for name in specloom.__all__:
        assert getattr(specloom, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nope'"):
        _ = specloom.nope
    result = specloom.generate(Path("pets.yaml"), ["typescript"])
    assert result.model.title == "Test"
    assert not Path("generated").exists()
    assert result.write(Path("out")).created == tuple(sorted(result.files))
    assert result.check(Path("out")) == ()
    Path("pets.yaml").write_text("{}")
    with pytest.raises(specloom.SpecloomError) as caught:
        specloom.generate(Path("pets.yaml"), ["typescript"])
    assert [item.code for item in caught.value.diagnostics] == ["not-a-spec"]
