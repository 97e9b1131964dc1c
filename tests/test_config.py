"""The configuration: where it is found, what it may say, how mistakes are reported."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from specloom.budgets import Budgets
from specloom.config import Config, ConfigError, find_config, load_config
from specloom.naming import snake
from specloom.settings import name_setting, settle_names
from specloom.values import dataclass


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """Settings of a language that exists here only."""

    package: str = name_setting(snake, "[a-z][a-z_0-9]*", "a word in lower case")
    style: Literal["old", "new"] = "new"
    dialects: tuple[str, ...] = ("one",)
    width: int = 88

    def __post_init__(self) -> None:
        if self.width < 40:
            raise ValueError("`width` must be 40 or more")


LANGUAGES = {"klingon": LanguageSettings}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(text: str, file: str = "specloom.toml", **given: object) -> Config:
    """Load a configuration with this text from the current folder."""
    Path(file).write_text(text, encoding="utf-8")
    return load_config(None, given, LANGUAGES)


def mistakes(text: str, file: str = "specloom.toml") -> list[str]:
    """What is wrong with a configuration: `line:column code message`, sorted."""
    with pytest.raises(ConfigError) as caught:
        load(text, file)
    found: list[str] = []
    for item in caught.value.diagnostics:
        assert item.location is not None
        assert item.location.file == file
        place = f"{item.location.line}:{item.location.column}"
        found.append(f"{place} {item.code} {item.message}")
    return sorted(found)


WHOLE = """
spec = "api/openapi.yaml"
output = "out"
targets = ["klingon"]
include = ["A", "B*"]
lenient = true
templates = "mine"
docs_base_url = "https://example.com/docs"
allow_ref = ["../shared-schemas"]
vocabulary = "words.json"
black = true

[budgets]
depth = 900

[klingon]
package = "kli"
style = "old"
dialects = ["two", "three"]
"""


def test_every_key(folder: Path) -> None:
    config = load(WHOLE)
    assert config == Config(
        spec=Path("api/openapi.yaml"),
        output=Path("out"),
        targets=("klingon",),
        include=("A", "B*"),
        lenient=True,
        templates=Path("mine"),
        docs_base_url="https://example.com/docs",
        allow_ref=(Path("../shared-schemas"),),
        vocabulary=Path("words.json"),
        black=True,
        budgets=Budgets(depth=900),
        settings={
            "klingon": LanguageSettings(
                package="kli", style="old", dialects=("two", "three")
            )
        },
    )


def test_without_a_file_all_is_at_its_default(folder: Path) -> None:
    assert load_config(None, {}, LANGUAGES) == Config()


def test_the_command_line_wins(folder: Path) -> None:
    config = load(WHOLE, targets=("other",), lenient=False)
    assert (config.targets, config.lenient) == (("other",), False)
    assert config.include == ("A", "B*")


def test_paths_are_relative_to_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "specloom.toml").write_text('spec = "api.yaml"\nallow_ref = ["x"]')
    inside = folder / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    config = load_config(None, {}, LANGUAGES)
    assert config.spec == Path("../../api.yaml")
    assert config.allow_ref == (Path("../../x"),)


def test_the_nearest_file_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "specloom.toml").write_text('spec = "far.yaml"')
    inside = folder / "a"
    inside.mkdir()
    monkeypatch.chdir(inside)
    (inside / "pyproject.toml").write_text("[tool.other]\nx = 1")
    assert find_config() == Path("../specloom.toml")
    (inside / "pyproject.toml").write_text("[tool.specloom]\nspec = 'near.yaml'")
    assert load_config(None, {}, LANGUAGES).spec == Path("near.yaml")
    (inside / "specloom.toml").write_text("spec = 'own.yaml'")
    assert load_config(None, {}, LANGUAGES).spec == Path("own.yaml")


def test_a_named_file_counts_alone(folder: Path) -> None:
    (folder / "specloom.toml").write_text('spec = "a.yaml"\nlenient = true')
    (folder / "other.toml").write_text('spec = "b.yaml"')
    config = load_config(Path("other.toml"), {}, LANGUAGES)
    assert config == Config(spec=Path("b.yaml"))


def test_pyproject(folder: Path) -> None:
    text = '[project]\nname = "x"\n[tool.specloom]\nspec = "s.yaml"\n'
    text += '[tool.specloom.klingon]\npackage = "kli"\n'
    config = load(text, "pyproject.toml")
    assert config.spec == Path("s.yaml")
    assert config.settings == {"klingon": LanguageSettings(package="kli")}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            'spec = "a"\nspce = "b"',
            ["2:1 setting-unknown there is no setting `spce`"],
        ),
        (
            "[klingon]\n  pakage = 'x'",
            ["2:3 setting-unknown there is no setting `klingon.pakage`"],
        ),
        ("[klingn]\n", ["1:2 setting-unknown there is no setting `klingn`"]),
        ("lenient = 1", ["1:1 setting-type `lenient` must be true or false"]),
        ("spec = true", ["1:1 setting-type `spec` must be a path, as a text"]),
        ("output = ''", ["1:1 setting-value `output` is an empty path"]),
        ("targets = 'x'", ["1:1 setting-type `targets` must be a list of texts"]),
        ("include = [1]", ["1:1 setting-type `include` must be a list of texts"]),
        (
            "[klingon]\nstyle = 'x'",
            ["2:1 setting-type `klingon.style` must be one of: old, new"],
        ),
        (
            "[klingon]\nwidth = true",
            ["2:1 setting-type `klingon.width` must be a whole number"],
        ),
        ("klingon = 3", ["1:1 setting-type `klingon` must be a table"]),
        ("budgets.depth = 'x'", ["1:1 setting-type `budgets.depth` must be a whole"]),
        ("[klingon]\nwidth = 3", ["2:1 setting-value `width` must be 40 or more"]),
        (
            "[klingon]\npackage = '../../etc'",
            [
                "2:1 setting-value `klingon.package` must be a word in lower case,"
                " not '../../etc'"
            ],
        ),
        (
            "docs_base_url = 'example.com'",
            ["1:1 setting-value `docs_base_url` must be a web address"],
        ),
        ("spec = \n", ["1:8 toml-syntax Invalid value"]),
        ("[a\n", ["1:3 toml-syntax"]),
        (
            "a = 1\n[klingon]\nb = 2\nwidth = 'x'",
            [
                "1:1 setting-unknown there is no setting `a`",
                "3:1 setting-unknown there is no setting `klingon.b`",
                "4:1 setting-type `klingon.width` must be a whole number",
            ],
        ),
    ],
)
def test_mistakes(folder: Path, text: str, want: list[str]) -> None:
    found = mistakes(text)
    assert len(found) == len(want)
    for one, start in zip(found, want):
        assert one.startswith(start)


def test_mistakes_in_pyproject_have_its_lines(folder: Path) -> None:
    text = "[project]\nspec = 1\n[tool.specloom]\nspec = 1\n"
    want = ["4:1 setting-type `spec` must be a path, as a text"]
    assert mistakes(text, "pyproject.toml") == want
    want = ["2:1 setting-type `tool.specloom` must be a table"]
    assert mistakes("[tool]\nspecloom = 3\n", "pyproject.toml") == want


def test_a_wrong_value_of_the_command_line(folder: Path) -> None:
    with pytest.raises(ConfigError, match="must be a web address"):
        load_config(None, {"docs_base_url": "x"}, LANGUAGES)


def test_files_that_cannot_be_read(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no file nope\.toml"):
        load_config(Path("nope.toml"), {}, LANGUAGES)
    Path("specloom.toml").write_bytes(b"spec = '\xff'")
    with pytest.raises(ConfigError, match="not valid UTF-8"):
        load_config(None, {}, LANGUAGES)


def test_a_vocabulary_speaks_for_its_own_spec(folder: Path) -> None:
    text = 'spec = "a.yaml"\nvocabulary = "words.json"'
    assert load(text).vocabulary == Path("words.json")
    assert load(text, spec=Path("./a.yaml")).vocabulary == Path("words.json")
    assert load(text, spec=Path("b.yaml")).vocabulary is None


@pytest.mark.parametrize(
    ("title", "want"),
    [
        ("Pet Store", "pet_store"),
        ("", "models"),
        ("3D prints", "models_3d_prints"),
        ("Überfahrt", "uberfahrt"),
        ("../../etc", "etc"),
    ],
)
def test_a_name_that_is_not_chosen_is_the_title(title: str, want: str) -> None:
    assert settle_names(LanguageSettings(), title).package == want
    chosen = LanguageSettings(package="chosen")
    assert settle_names(chosen, title) == chosen
