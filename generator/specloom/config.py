"""Config: ``specloom.toml`` or ``[tool.specloom]`` in, checked settings out.

Every table is read against a dataclass (``toml_file.py``). So a setting is declared in
one place, and a mistake in a file is reported with its line, all mistakes at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .diagnostics import Diagnostic, Diagnostics, Location, Severity, SpecloomError
from .load.source import shown
from .options import Options
from .values import dataclass, replace

if TYPE_CHECKING:
    from .toml_file import TomlFile

OWN_FILE = "specloom.toml"
SHARED_FILE = "pyproject.toml"
SHARED_TABLE = "tool.specloom"


class ConfigError(SpecloomError):
    """The command line or a configuration file asks for what cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config(Options):
    """What a command works with: the options, and where things are.

    The fields, those of :class:`Options` too, are the keys of a configuration file;
    ``settings`` stands for the tables of targets and languages.
    """

    spec: Path | None = None
    """The entry file of the spec."""
    output: Path = Path("generated")
    """The folder that the targets' folders are in."""
    targets: tuple[str, ...] = ()
    """The targets to write; all if empty."""
    vocabulary: Path | None = None
    """A JSON Schema that ``lint`` applies to the ``x-`` keys of each schema.

    It speaks for ``spec``: if the command line names another one, it does not apply.
    """


def load_config(
    named: Path | None, given: Mapping[str, Any], settings_types: Mapping[str, type]
) -> Config:
    """The configuration that holds here, under what the command line gives.

    Args:
        named: the file that the user named; else it is looked for upward.
        given: fields of :class:`Config` from the command line, which win; of
            ``budgets`` and ``map_ref`` those that it names.
        settings_types: the settings dataclass of each target and language, by name.

    Raises:
        ConfigError: all that is wrong with the file, or with ``given``.
    """
    path = named or find_config()
    findings = Diagnostics()
    config = Config()
    try:
        if path is not None:
            config = _read(path, settings_types, findings)
        findings.raise_errors()
        return _overridden(config, given)
    except SpecloomError as error:
        raise ConfigError(*error.diagnostics) from error
    except ValueError as error:
        raise usage_error("option-value", str(error)) from error


def _file(path: Path, findings: Diagnostics) -> TomlFile:
    from .toml_file import TomlFile  # which only a run with a configuration needs

    shared = path.name == SHARED_FILE
    return TomlFile(path, tuple(SHARED_TABLE.split(".")) if shared else (), findings)


def _read(
    path: Path, settings_types: Mapping[str, type], findings: Diagnostics
) -> Config:
    """What a file says."""
    file = _file(path, findings)
    content = file.content()
    settings: dict[str, Any] = {}
    if isinstance(content, dict):
        content = dict(cast("dict[str, object]", content))
        for name, type_ in settings_types.items():
            if name in content:
                settings[name] = file.table(type_, content.pop(name), (name,))
    config: Config = file.table(Config, content, (), also_known=settings_types)
    return replace(config, settings=settings)


def _overridden(config: Config, given: Mapping[str, Any]) -> Config:
    budgets = replace(config.budgets, **given.get("budgets", {}))
    map_ref = {**config.map_ref, **given.get("map_ref", {})}
    changed = replace(config, **{**given, "budgets": budgets, "map_ref": map_ref})
    if config.spec is None or changed.spec is None:
        return changed
    same = os.path.realpath(config.spec) == os.path.realpath(changed.spec)
    return changed if same else replace(changed, vocabulary=None)


def usage_error(
    code: str, message: str, hint: str = "", at: Location | None = None
) -> ConfigError:
    """The error for one thing that the command line asks for, or a configuration."""
    return ConfigError(Diagnostic(Severity.ERROR, code, message, at, hint))


def place_of(path: Path, *key: str) -> Location:
    """Where a configuration file sets a key whose value cannot be used."""
    return _file(path, Diagnostics()).place(key)


def find_config() -> Path | None:
    """The nearest configuration in this folder or above, relative where it can be."""
    return next((shown(path) for path, is_one in search(Path.cwd()) if is_one), None)


def search(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Each path looked at for a configuration, up to the first that is one."""
    for place in (folder, *folder.parents):
        own, shared = place / OWN_FILE, place / SHARED_FILE
        for path, is_one in ((own, own.is_file()), (shared, _has_table(shared))):
            yield path, is_one
            if is_one:
                return


def _has_table(path: Path) -> bool:
    """Whether a ``pyproject.toml`` has settings for Specloom; a broken one may."""
    if not path.is_file():
        return False
    text = path.read_text(encoding="utf-8", errors="replace")
    if "specloom" not in text:
        return False
    from .toml_file import loads

    try:
        return "specloom" in loads(text).get("tool", {})
    except ValueError:
        return True
