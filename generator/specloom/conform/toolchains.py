"""Toolchains: what builds and runs a driver, for each target that can be judged.

A driver is a small program beside the generated package. It is started with two paths:
a file of cases, one a line (the schema's name as a JSON string, a tab, the instance),
and a file to which it appends ``ready`` and then one verdict a line. To add a language,
add an entry here and a driver to ``templates/conform``.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ..diagnostics import Diagnostic, Severity, SpecloomError
from ..values import dataclass

_NODE = "install Node.js 18 or newer (Debian: apt-get install nodejs npm)"
_TSC = "install TypeScript where the command is run: npm install --no-save typescript"


@dataclass(frozen=True, slots=True)
class Tool:
    """A program: how it is found, and what to do when it is not."""

    find: Callable[[], str | None]
    hint: str


def _on_path(name: str) -> Callable[[], str | None]:
    return lambda: shutil.which(name)


def _of_npm(name: str) -> Callable[[], str | None]:
    """In ``node_modules`` here or above, in those of a checkout, or on the PATH."""

    def find() -> str | None:
        here, source = Path.cwd(), Path(__file__).resolve()
        folders = [*here.joinpath("_").parents, *source.parents]
        bins = [str(folder / "node_modules" / ".bin") for folder in folders]
        path = os.pathsep.join((*bins, os.environ.get("PATH", os.defpath)))
        return shutil.which(name, path=path)

    return find


@dataclass(frozen=True, slots=True)
class Toolchain:
    """How the driver of a target is built and run.

    Commands stand in the target's folder; ``{name}`` in a word is a tool. The paths
    of cases and verdicts are added to ``run``.
    """

    driver: str
    tools: Mapping[str, Tool]
    run: tuple[str, ...]
    build: tuple[tuple[str, ...], ...] = ()

    def resolved(self, target: str) -> Toolchain:
        """The same with the tools of this machine in its commands.

        Raises:
            SpecloomError: ``toolchain-missing``, one finding for each missing tool.
        """
        found = {name: tool.find() for name, tool in self.tools.items()}
        missing = [name for name, place in found.items() if place is None]
        if missing:
            raise SpecloomError(
                *(_missing(name, self.tools[name].hint, target) for name in missing)
            )
        return Toolchain(
            self.driver,
            self.tools,
            tuple(word.format_map(found) for word in self.run),
            tuple(tuple(w.format_map(found) for w in words) for words in self.build),
        )


def _missing(name: str, hint: str, target: str) -> Diagnostic:
    message = f"`{name}` is needed to judge the target {target}, and is not found"
    return Diagnostic(Severity.ERROR, "toolchain-missing", message, hint=hint)


TOOLCHAINS: Mapping[str, Toolchain] = {
    "python": Toolchain(
        driver="driver.py",
        tools={"python": Tool(lambda: sys.executable or None, "run it with Python")},
        run=("{python}", "driver.py"),
    ),
    "typescript": Toolchain(
        driver="driver.mjs",
        tools={
            "node": Tool(_on_path("node"), _NODE),
            "tsc": Tool(_of_npm("tsc"), _TSC),
        },
        build=(("{tsc}", "--project", "tsconfig.json"),),
        run=("{node}", "driver.mjs"),
    ),
}
