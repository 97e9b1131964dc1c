"""Record: a stamp is written at the end of a run, if the run can vouch for it.

Enters: what the run read, left and said. Leaves: a stamp, or nothing where something
that was read may have changed meanwhile, so that the next run is a whole one.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
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
    settled,
    sha256,
    shape,
)

if TYPE_CHECKING:
    from .stamp import Listing, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that has ended well.

    ``started`` is the time, in nanoseconds, before anything was read; ``read`` has the
    SHA-256 of each file of the spec; ``settings`` says which files were looked for
    beside it, and whether they were there; ``templates`` are the folders of templates;
    ``files`` are the paths of the output below ``output``.
    """

    arguments: Sequence[str]
    started: int
    read: Mapping[Path, str]
    settings: Mapping[Path, bool]
    templates: Iterable[Path]
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
    for path, there in run.settings.items():
        if there:
            inputs[str(path)] = _input(path, run, None)
    trees, folders = _surroundings(run.templates, run.started)
    return Stamp(
        key=key_of(run.arguments),
        inputs=inputs,
        absent=[
            *(str(path) for path, there in run.settings.items() if not there),
            f"{output}/{TEMPORARY}",
        ],
        trees=trees,
        folders=folders,
        output=output,
        files=_outputs(output, run),
        manifest=(MANIFEST, run.manifest),
        said=run.said,
        summary=run.summary,
    )


def maker(templates: Iterable[str | Path], started: int) -> str | None:
    """What tells one maker of text from others, which may make another text.

    None where nothing can be kept, or vouched for.
    """
    if cache_folder() is None:
        return None
    try:
        return repr((sys.version, _surroundings(templates, started)))
    except (MovingError, OSError):
        return None


def _surroundings(
    templates: Iterable[str | Path], started: int
) -> tuple[dict[str, Listing], dict[str, Shape]]:
    """What makes text of a spec: Specloom, all templates, and the folders of libraries.

    Raises :class:`MovingError` if something of it may change without a trace, or has
    changed since ``started``; and OSError.
    """
    trees = {PACKAGE, *map(str, templates)}
    return (
        {root: _tree(root, started) for root in sorted(trees)},
        {
            root: _settled(folder_shape(root), started)
            for root in sorted(_library_folders())
        },
    )


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
        return settled(shape(found), run.started), digest
    return _settled(shape(found), run.started), sha256(str(path))


def _tree(root: str, started: int) -> Listing:
    found = listing(root)
    if found is None:
        raise MovingError
    for folder, files in found.items():
        _settled(folder_shape(f"{root}/{folder}"), started)
        for one in files.values():
            _settled(one, started)
    return found


def _library_folders() -> set[str]:
    """Where the libraries are installed that were imported, but for Python's own."""
    own = os.path.dirname(os.__file__)
    found: set[str] = set()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if "." in name or name == "__main__" or not file:
            continue
        folder = os.path.dirname(os.path.abspath(file))
        if os.path.basename(file).startswith("__init__."):
            folder = os.path.dirname(folder)
        found.add(folder)
    return {x for x in found - {own} if os.path.basename(x) != "lib-dynload"}


def _outputs(output: str, run: Run) -> Listing:
    """The output files, and every folder above them even if it has none itself."""
    found: Listing = {folder: {} for folder in ("", *sorted(parents(run.files)))}
    for path in (MANIFEST, *run.files):
        folder, _, name = path.rpartition("/")
        now = shape(os.lstat(f"{output}/{path}"))
        found[folder][name] = settled(now, run.started)
    return found
