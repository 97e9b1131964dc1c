"""The manifest: which files of an output folder are Specloom's own.

In: relative POSIX paths and the bytes of ``.specloom-manifest.json``. Out: checked
paths, and the manifest's own bytes. Nothing here touches the disk.

The manifest maps every file that Specloom owns to the SHA-256 of what it wrote. Users
commit it, so it holds no time, no absolute path and no tool version, and the same run
gives the same bytes anywhere. It is read as untrusted text: a path that could leave
the folder refuses the whole manifest.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import cast

from ..diagnostics import Diagnostic, Severity, SpecloomError

OWN_PREFIX = ".specloom-"
"""Names in the output folder that start so are Specloom's bookkeeping."""

MANIFEST = OWN_PREFIX + "manifest.json"
TEMPORARY = OWN_PREFIX + "temporary"
_FORMAT = 1
_NAME_MAX = 255

_ORDINARY = re.compile(r"[A-Za-z0-9_.-]+")
# Windows refuses the punctuation. HFS+ ignores the invisible characters when it
# compares names, and they hide text from a reader. A lone surrogate has no UTF-8.
_FORBIDDEN = partial(
    re.compile,
    r'["*:<>?\\|\x00-\x1f\x7f-\x9f'
    r"\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]",
)
# Windows reads "nul.txt" as the device NUL ("Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|\Z)",
    re.IGNORECASE,
)
_REPOSITORY = (".git", "git~1")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def fold(path: str) -> str:
    """The form in which two paths are equal if any file system takes them for one.

    Unicode's canonical caseless matching (The Unicode Standard, 3.13, D145); case
    folding leaves decomposed text decomposed, so it is normalised once.
    """
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFD", path).casefold()


def path_faults(paths: Collection[str]) -> dict[str, str]:
    """The paths, sorted, that no system should write or remove, each with a reason."""
    # Most names repeat, so each is judged once.
    names = {name for path in paths for name in path.split("/")}
    bad = {name: fault for name in names if (fault := _name_fault(name))}
    found: dict[str, str] = {}
    for path in sorted(paths):
        if path[: len(OWN_PREFIX)].lower() == OWN_PREFIX:
            found[path] = f"names that start with {OWN_PREFIX} are Specloom's own"
        elif bad and not bad.keys().isdisjoint(segments := path.split("/")):
            found[path] = next(bad[name] for name in segments if name in bad)
    return found


def _name_fault(name: str) -> str:
    if name in ("", ".", ".."):
        return "it is absolute, or has an empty, '.' or '..' segment"
    if not _ORDINARY.fullmatch(name) and _FORBIDDEN().search(name):
        return "it has a character that is not safe in a file name"
    if name[-1] in ". ":
        return "a name in it ends in a dot or a space, which Windows drops"
    if _DEVICE.match(name):
        return "a name in it is the name of a Windows device"
    if name.lower() in _REPOSITORY:
        return "it reaches into a git repository's own folder"
    if len(name.encode()) > _NAME_MAX:
        return f"a name in it is longer than {_NAME_MAX} bytes"
    return ""


def require_safe(paths: Collection[str]) -> None:
    """Check that every path can be written, on every system, beside all the others.

    Raises :class:`SpecloomError` with one ``path-unsafe`` for each bad path, else
    with one ``path-clash`` for each pair that a file system could take for one.
    """
    unsafe = tuple(
        _error(
            "path-unsafe",
            f"cannot write {path!r}: {fault}",
            "Rename the schema, or change the target's package or module name.",
        )
        for path, fault in path_faults(paths).items()
    )
    if unsafe:
        raise SpecloomError(*unsafe)
    clashes = tuple(
        _error(
            "path-clash",
            f"{first!r} and {second!r} cannot both stand on every file system",
            "Rename one of the two schemas, so that more than case tells them apart.",
        )
        for first, second in _clashes(paths)
    )
    if clashes:
        raise SpecloomError(*clashes)


def parents(paths: Iterable[str]) -> set[str]:
    """Every folder above the paths, each once, without the output folder itself."""
    found: set[str] = set()
    for folder in {path.rpartition("/")[0] for path in paths}:
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _clashes(paths: Collection[str]) -> Iterator[tuple[str, str]]:
    folders = parents(paths)
    spelled: dict[str, str] = {}
    for name in (*sorted(folders), *sorted(paths)):
        first = spelled.setdefault(fold(name), name)
        if first != name:
            yield first, name
    for name in sorted(folders.intersection(paths)):
        yield name, name + "/"


def dump(entries: Mapping[str, str]) -> bytes:
    """The manifest's bytes for path -> digest: sorted, one file a line."""
    # The C encoder takes no indent, but a separator may hold one.
    body = json.dumps(
        entries, sort_keys=True, ensure_ascii=False, separators=(",\n    ", ": ")
    )[1:-1]
    body = body and f"\n    {body}\n  "
    return f'{{\n  "format": {_FORMAT},\n  "files": {{{body}}}\n}}\n'.encode()


def parse(data: bytes, shown: str) -> dict[str, str]:
    """Read a manifest: path -> digest, every path safe.

    ``shown`` is the manifest's path for messages. Repeated entries are taken (the
    last wins), so a merge may keep both sides. Raises :class:`SpecloomError` with
    code ``manifest-invalid``, ``manifest-version`` or ``manifest-unsafe``.
    """
    try:
        document: object = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise _invalid(shown, f"is not JSON: {error}") from error
    members = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    version = members.get("format")
    if type(version) is not int:
        raise _invalid(shown, "is not a manifest of Specloom")
    if version != _FORMAT:
        message = f"{shown} has format {version}; this Specloom reads {_FORMAT}"
        hint = "generate with the version of Specloom that wrote it, or a newer one"
        raise refusal("manifest-version", message, hint)
    files = members.get("files")
    if not isinstance(files, dict):
        raise _invalid(shown, "has no 'files' object")
    return _entries(cast("dict[str, object]", files), shown)


def _entries(files: dict[str, object], shown: str) -> dict[str, str]:
    for path, fault in path_faults(files).items():
        message = f"{shown} claims {path!r}: {fault}"
        hint = (
            "Nothing was touched. Find out who wrote this entry, remove it, and"
            " generate again."
        )
        raise refusal("manifest-unsafe", message, hint)
    entries: dict[str, str] = {}
    for path, value in files.items():
        if not isinstance(value, str) or not _DIGEST.fullmatch(value):
            raise _invalid(shown, f"has no SHA-256 for {path!r}")
        entries[path] = value
    return entries


def _invalid(shown: str, what: str) -> SpecloomError:
    hint = (
        "restore it from version control (after a merge conflict, keep the lines of"
        " both sides), or delete the whole folder, and generate again"
    )
    return refusal("manifest-invalid", f"{shown} {what}", hint)


def refusal(code: str, message: str, hint: str) -> SpecloomError:
    """The error for one thing, not of the spec, that the output folder refuses."""
    return SpecloomError(_error(code, message, hint))


def _error(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, code, message, hint=hint)
