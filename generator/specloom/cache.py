"""Cache: bytes under a name, in the user's own cache folder.

What is kept may be gone at any time, and is never changed half: it comes back as it
was, or not at all. What somebody else wrote does not come back either.

Imports next to nothing, as every run starts here.
"""

from __future__ import annotations

import os
import sys
import time
import zlib

CACHE_VARIABLE = "SPECLOOM_CACHE_DIR"
"""Names the cache folder; if it is set and empty, there is none."""

_KINDS = ("stamp", "template", "pages", "reading")
_DIGITS = set("0123456789abcdef")
_KEPT_SECONDS = 30 * 24 * 3600


def cache_folder() -> str | None:
    """The folder for what Specloom may lose at any time; None if there is none."""
    named = os.environ.get(CACHE_VARIABLE)
    if named is not None:
        return named or None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "specloom") if base and os.path.isabs(base) else None


def name_for(key: object, kind: str) -> str:
    """A name for what is kept under a key; other keys may have it, if seldom."""
    return f"{zlib.crc32(repr(key).encode(errors='surrogatepass')):08x}.{kind}"


def keep(name: str, data: bytes) -> None:
    """Keep bytes under a name; where that cannot be done, it is left."""
    folder = cache_folder()
    if folder is None:
        return
    path = os.path.join(folder, name)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(temporary, "wb") as stream:
            stream.write(zlib.crc32(data).to_bytes(4, "big"))
            stream.write(data)
        os.replace(temporary, path)
    except OSError:
        _remove(temporary)


def kept(name: str) -> bytes | None:
    """What was kept under a name, if it is there, whole, and this user's."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        with open(os.path.join(folder, name), "rb") as stream:
            if os.name == "posix" and os.fstat(stream.fileno()).st_uid != os.geteuid():
                return None
            data = stream.read()
    except OSError:
        return None
    whole = int.from_bytes(data[:4], "big") == zlib.crc32(memoryview(data)[4:])
    return data[4:] if whole and len(data) > 4 else None


def prune() -> None:
    """Remove what was not written for a month; who needs it makes it anew.

    Files that do not look like Specloom's are left: any folder may have been named.
    """
    folder = cache_folder()
    if folder is None:
        return
    oldest = time.time() - _KEPT_SECONDS
    try:
        with os.scandir(folder) as entries:
            old = [
                entry.path
                for entry in entries
                if _is_ours(entry.name)
                and entry.is_file(follow_symlinks=False)
                and entry.stat().st_mtime < oldest
            ]
    except OSError:
        return
    for path in old:
        _remove(path)


def _is_ours(name: str) -> bool:
    start, kind = (*name.split("."), "")[:2]
    return len(start) >= 8 and _DIGITS.issuperset(start) and kind in _KINDS


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
