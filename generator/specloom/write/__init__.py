"""Write: the last phase, {path: text} -> files on disk. Nothing else writes output.

In: a folder and every file it should hold. Out: the folder brought up to date, and
what that took (:func:`write`), or what it would take (:func:`check`).

Promises
- Everything is checked before the first write; a foreseeable error changes nothing.
- No path leaves the folder, not even through a link, and a file that the manifest
  does not own is neither changed nor removed.
- A file whose bytes are right is not touched. A changed one is swapped in whole.
- Killed at any point, the next run mends the folder.

How the last one is kept. Every step only touches what the manifest on disk owns:
  1. if a file is new, a manifest that owns the old and the planned files is swapped in;
  2. stale files go, then the folders this empties. They go first because a new file
     may need the place: a case-only rename, or a file that becomes a folder;
  3. files are created or swapped in;
  4. the final manifest is swapped in, so stale entries stay until all else is done.
There is no fsync: after a power cut, generate again. The swap uses one temporary
file directly in the folder, whose fixed name lets the next run find a leftover.
"""
# `Path` would double the time that thousands of small files take.
# ruff: noqa: PTH102, PTH103, PTH105, PTH106, PTH108

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from ..diagnostics import SpecloomError
from ..values import dataclass, field
from . import manifest
from .lock import exclusive
from .manifest import refusal
from .survey import NOT_READ, Found, Known, Survey, read_regular

_SHOWN_FOREIGN = 5
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: sorted relative paths, and how many files were right.

    ``digests`` has the SHA-256 of each file that it was given, and ``manifest`` that of
    the manifest that it left.
    """

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    digests: Mapping[str, str] = field(
        default_factory=dict[str, str], compare=False, repr=False
    )
    manifest: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Drift:
    """One finding of :func:`check`.

    ``edited``: the bytes are not the ones recorded. ``outdated``: they are, but
    generating gives others. ``missing``: not there. ``orphaned``: ours, but no longer
    generated. The manifest itself may be missing or outdated too.
    """

    path: str
    kind: Literal["edited", "outdated", "missing", "orphaned"]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What must happen on disk; paths are sorted."""

    recorded: bytes | None  # the manifest now, as it is on disk
    owned: Mapping[str, str]  # ... and read
    final: bytes  # the manifest afterwards
    planned: Mapping[str, str]
    created: tuple[str, ...]
    changed: tuple[str, ...]
    stale: tuple[str, ...]  # owned and no longer generated, whether still there or not
    removed: tuple[str, ...]  # those of them that are still there


def write(
    root: Path,
    files: Mapping[str, str],
    *,
    scope: Collection[str] | None = None,
    known: Known = NOT_READ,
) -> Written:
    """Make ``root`` hold exactly ``files`` (relative POSIX path -> text), in UTF-8.

    ``scope`` names the targets (first segments) of this run; files of other targets
    are left as they are. None means all. ``known`` are files in which the caller has
    just read what is to be there; they are not read again.

    Raises :class:`SpecloomError` with one of the codes ``path-unsafe``, ``path-clash``,
    ``path-escapes``, ``path-blocked``, ``text-unsafe``, ``not-ours``, ``manifest-...``,
    ``busy`` and ``write-failed``; only the last can leave a folder half-written, and
    the next run mends it.
    """
    base = os.fspath(root)
    contents = _Encoded(files, known)
    with _system_errors("write", base):
        os.makedirs(base, exist_ok=True)
        with exclusive(base):
            plan = _plan(base, contents, scope, known)
            foreign = [path for path in plan.changed if path not in plan.owned]
            if foreign:
                raise _not_ours(base, foreign)
            _apply(base, contents, plan)
    unchanged = len(contents) - len(plan.created) - len(plan.changed)
    return Written(
        created=plan.created,
        changed=plan.changed,
        unchanged=unchanged,
        removed=plan.removed,
        digests=plan.planned,
        manifest=manifest.digest(plan.final),
    )


def check(
    root: Path, files: Mapping[str, str], *, scope: Collection[str] | None = None
) -> tuple[Drift, ...]:
    """Find what :func:`write` would mend, sorted by path; writes nothing.

    Raises as :func:`write` does, with ``check-failed`` for ``write-failed``; but
    somebody else's file at a planned path is ``edited``.
    """
    base = os.fspath(root)
    contents = _Encoded(files, NOT_READ)
    with _system_errors("check", base):
        plan = _plan(base, contents, scope, NOT_READ)
        found = [Drift(path, "missing") for path in plan.created]
        found += [Drift(path, "orphaned") for path in plan.removed]
        for path in plan.changed:
            data = read_regular(f"{base}/{path}")
            kept = data is not None and manifest.digest(data) == plan.owned.get(path)
            found.append(Drift(path, "outdated" if kept else "edited"))
    if plan.recorded is None:
        found.append(Drift(manifest.MANIFEST, "missing"))
    elif not found and plan.recorded != plan.final:
        found.append(Drift(manifest.MANIFEST, "outdated"))
    return tuple(sorted(found, key=lambda drift: drift.path))


class _Encoded(Mapping[str, bytes]):
    """The files by path, in order, checked; each is encoded whenever it is asked for.

    That takes less time than to find the memory for all of them at once.
    """

    def __init__(self, files: Mapping[str, str], known: Known) -> None:
        manifest.require_safe(files)
        self._files = files
        self.digests = {
            path: known.digests.get(path) or manifest.digest(self[path])
            for path in sorted(files)
        }

    def __getitem__(self, path: str) -> bytes:
        try:
            return self._files[path].encode()
        except UnicodeEncodeError as error:
            message = f"{path} has a character that UTF-8 cannot hold: {error.reason}"
            hint = "look for a lone surrogate, such as \\ud800, in the spec"
            raise refusal("text-unsafe", message, hint) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)


def _plan(
    base: str,
    contents: _Encoded,
    scope: Collection[str] | None,
    known: Known,
) -> _Plan:
    """Compare the wanted files with the disk; raises before anything is written."""
    recorded, owned = _load_manifest(base)
    left = sorted(owned.keys() - contents.keys())
    stale = [p for p in left if scope is None or p.partition("/")[0] in scope]
    spellings: dict[str, list[str]] = {}
    for path in stale:
        spellings.setdefault(manifest.fold(path), []).append(path)
    survey = Survey(base, contents, spellings, known)
    # The stale ones first, so that a link on their way is refused as well.
    removed = tuple(path for path in stale if survey.remains(path))
    created: list[str] = []
    changed: list[str] = []
    for path in contents:
        found = survey.file(path)
        if found is Found.NOTHING:
            created.append(path)
        elif found is Found.OTHER:
            changed.append(path)
    planned = contents.digests
    kept = {path: owned[path] for path in set(left).difference(stale)}
    return _Plan(
        recorded=recorded,
        owned=owned,
        final=manifest.dump({**kept, **planned}),
        planned=planned,
        created=tuple(created),
        changed=tuple(changed),
        stale=tuple(stale),
        removed=removed,
    )


def _load_manifest(base: str) -> tuple[bytes | None, dict[str, str]]:
    shown = f"{base}/{manifest.MANIFEST}"
    try:
        recorded = read_regular(shown)
    except FileNotFoundError:
        return None, {}
    if recorded is None:
        hint = "move it away and generate again"
        raise refusal("manifest-invalid", f"{shown} is not a regular file", hint)
    return recorded, manifest.parse(recorded, shown)


def _apply(base: str, contents: Mapping[str, bytes], plan: _Plan) -> None:
    """Carry the plan out, in the order that the docstring above gives."""
    with suppress(FileNotFoundError):
        os.unlink(f"{base}/{manifest.TEMPORARY}")
    if any(path not in plan.owned for path in plan.created):
        _swap(base, manifest.MANIFEST, manifest.dump({**plan.planned, **plan.owned}))
    for path in plan.removed:
        os.unlink(f"{base}/{path}")
    # Folders of stale files that are gone already, too: a killed run may leave them.
    for folder in sorted(manifest.parents(plan.stale), key=len, reverse=True):
        with suppress(OSError):
            os.rmdir(f"{base}/{folder}")
    for folder in sorted(manifest.parents(plan.created)):
        with suppress(FileExistsError):
            os.mkdir(f"{base}/{folder}")
    for path in plan.created:
        _create(f"{base}/{path}", contents[path])
    for path in plan.changed:
        _swap(base, path, contents[path])
    if plan.final != plan.recorded:
        _swap(base, manifest.MANIFEST, plan.final)


def _create(path: str, data: bytes) -> None:
    handle = os.open(path, _CREATE, 0o666)
    try:
        while data:
            data = data[os.write(handle, data) :]
    except OSError as error:
        error.filename = path  # write(2) knows only the handle
        raise
    finally:
        os.close(handle)


def _swap(base: str, path: str, data: bytes) -> None:
    """Put a file in place whole, or not at all."""
    temporary = f"{base}/{manifest.TEMPORARY}"
    try:
        _create(temporary, data)
        os.replace(temporary, f"{base}/{path}")
    except OSError as error:
        error.filename = f"{base}/{path}"  # what the user knows
        raise


@contextmanager
def _system_errors(verb: Literal["write", "check"], base: str) -> Generator[None]:
    """Turn what the operating system refuses into an error that names the path."""
    try:
        yield
    except OSError as error:
        path = error.filename or base
        reason = error.strerror or type(error).__name__
        if error.errno == errno.EEXIST and path == base:
            reason = "it is not a folder"
        hint = "mend that, and run again: what was begun is finished then"
        message = f"cannot {verb} {path}: {reason}"
        raise refusal(f"{verb}-failed", message, hint) from error


def _not_ours(base: str, foreign: Sequence[str]) -> SpecloomError:
    named = ", ".join(foreign[:_SHOWN_FOREIGN])
    more = len(foreign) - _SHOWN_FOREIGN
    if more > 0:
        named += f" and {more} more"
    return refusal(
        "not-ours",
        f"{base} has files in the way that Specloom did not write: {named}",
        "move them away, or choose another folder with -o",
    )
