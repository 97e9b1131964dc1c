"""Record: a stamp is written at the end of a run, if the run can vouch for it.

Enters: what the run read, left and said. Leaves: a stamp, or nothing where something
that was read may have changed meanwhile, so that the next run is a whole one.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..cache import cache_folder, prune
from ..values import dataclass
from ..write.manifest import MANIFEST, TEMPORARY, parents
from .stamp import (
    PACKAGE,
    Stamp,
    folder_shape,
    key_of,
    listing,
    read_shape,
    settled,
    sha256,
    shape,
)

if TYPE_CHECKING:
    from .stamp import Listing, Shape


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes text of a spec, as a run has found it when it began.

    ``trees`` are the files of Specloom, and of all templates; ``name`` tells it from
    others, which may make another text.
    """

    name: str
    trees: dict[str, Listing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that has ended well.

    ``started`` is the time, in nanoseconds, before anything was read; ``read`` has the
    SHA-256 of each file of the spec; ``sought`` says which files were looked for beside
    these, and whether they were there; ``needed`` are paths that must not go; ``files``
    are the paths of the output below ``output``.
    """

    arguments: Sequence[str]
    started: int
    read: Mapping[Path, str]
    sought: Mapping[Path, bool]
    needed: Iterable[Path]
    maker: Maker
    output: Path
    files: Collection[str]
    manifest: str
    said: tuple[str, str, bool]
    summary: str


class MovingError(Exception):
    """Something is not as the run found it, or may become so without a trace."""


def remember(run: Run) -> None:
    """Save the stamp of a run, if nothing that it read has changed since it began."""
    try:
        stamp = _stamp(run)
    except (MovingError, OSError):
        return
    stamp.save()
    prune()


def _stamp(run: Run) -> Stamp:
    output = os.fspath(run.output)
    inputs = {str(path): _input(path, run, known) for path, known in run.read.items()}
    for path, there in run.sought.items():
        if there:
            inputs[str(path)] = _input(path, run, None)
    return Stamp(
        key=key_of(run.arguments),
        inputs=inputs,
        absent=[
            *(str(path) for path, there in run.sought.items() if not there),
            f"{output}/{TEMPORARY}",
        ],
        needed=list(map(str, run.needed)),
        trees=run.maker.trees,
        folders=_library_folders(run.started),  # more of them than when it began
        output=output,
        files=_outputs(output, run),
        manifest=(MANIFEST, run.manifest),
        said=run.said,
        summary=run.summary,
    )


def find_maker(templates: Iterable[str | Path], started: int) -> Maker | None:
    """What makes text here; None where nothing can be kept, or vouched for.

    The latter if something of it may change without a trace, or has changed since
    ``started``. What changes later is not what was found.
    """
    if cache_folder() is None:
        return None
    try:
        roots = sorted({PACKAGE, *map(str, templates)})
        trees = {root: _tree(root, started) for root in roots}
        return Maker(repr((sys.version, trees, _library_folders(started))), trees)
    except (MovingError, OSError):
        return None


def _settled(found: Shape, moment: int) -> Shape:
    if settled(found, moment) != found:
        raise MovingError
    return found


def _input(path: Path, run: Run, digest: str | None) -> tuple[Shape, str]:
    """A file that was read; its digest then, or if that is not known, its digest now.

    The latter holds only if the file has not been touched since.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):  # a pipe, which tells only once
        raise MovingError
    if digest is not None:
        return settled(read_shape(found), run.started), digest
    return _settled(read_shape(found), run.started), sha256(str(path))


def _tree(root: str, started: int) -> Listing:
    found = listing(root)
    if found is None:
        raise MovingError
    for folder, files in found.items():
        _settled(folder_shape(f"{root}/{folder}"), started)
        for one in files.values():
            _settled(one, started)
    return found


def _library_folders(started: int) -> dict[str, Shape]:
    """Where the libraries are installed that were imported, but for Python's own.

    PyYAML is one of them even if it was another process that has read the spec.
    """
    own = os.path.dirname(os.__file__)
    yaml = find_spec("yaml")
    files = {} if yaml is None else {"yaml": yaml.origin}
    for name, module in list(sys.modules.items()):
        files[name] = getattr(module, "__file__", None)
    found: set[str] = set()
    for name, file in files.items():
        if "." in name or name == "__main__" or not file:
            continue
        folder = os.path.dirname(os.path.abspath(file))
        if os.path.basename(file).startswith("__init__."):
            folder = os.path.dirname(folder)
        found.add(folder)
    found = {x for x in found - {own} if os.path.basename(x) != "lib-dynload"}
    return {root: _settled(folder_shape(root), started) for root in sorted(found)}


def _outputs(output: str, run: Run) -> Listing:
    """The output files, and every folder above them even if it has none itself."""
    found: Listing = {folder: {} for folder in ("", *sorted(parents(run.files)))}
    for path in (MANIFEST, *run.files):
        folder, _, name = path.rpartition("/")
        now = shape(os.lstat(f"{output}/{path}"))
        found[folder][name] = settled(now, run.started)
    return found
