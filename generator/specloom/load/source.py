"""Source: the bytes of one file in, its text out; nothing is parsed here.

Also how every reader of text makes a failure.
Promises text without a byte order mark, without NUL, of a bounded size, or a
``SpecloomError`` that says where and what to do.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..budgets import budget_hint
from ..diagnostics import Diagnostic, Location, Severity, SpecloomError
from ..values import replace

_PACKED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
}
"""How files begin that these programs have packed."""


def failure(code: str, message: str, at: Location, hint: str = "") -> SpecloomError:
    """An error to raise that holds one diagnostic."""
    return SpecloomError(Diagnostic(Severity.ERROR, code, message, at, hint))


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1 and in characters, of an offset into ``text``."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


def at_offset(file: str, text: str, offset: int, pointer: str = "") -> Location:
    """The location of an offset into the text of ``file``."""
    return Location(file, pointer, *line_column(text, offset))


def read_bytes(path: Path, limit: int, at: Location) -> bytes:
    """Read a file of at most ``limit`` bytes; ``at`` is where its name was found.

    Raises:
        SpecloomError: ``file-not-found``, ``file-unreadable`` or ``budget-bytes``.
    """
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size  # 0 for what has none
            # One byte more than allowed tells too much from just enough, and a
            # stream without end (a device, a pipe) is not read to its end.
            data = stream.read(limit + 1) if size <= limit else b""
    except FileNotFoundError:
        message = f"there is no file {path.as_posix()}"
        raise failure("file-not-found", message, at, "check the path") from None
    except IsADirectoryError:
        message = f"{path.as_posix()} is a folder"
        hint = "name a file in it"
        raise failure("file-unreadable", message, at, hint) from None
    except OSError as error:
        message = f"{path.as_posix()} cannot be read: {error.strerror}"
        raise failure("file-unreadable", message, at, "check the path") from None
    if max(len(data), size) > limit:
        message = "the files of the spec hold more bytes than its budget allows"
        if size:
            message += f": `{path.name}` has {size:,}, and {limit:,} are left"
        # To look for where the entry file begins would be to read it after all.
        at = at if at.pointer else replace(at, line=1, column=1)
        raise failure("budget-bytes", message, at, budget_hint("input_bytes"))
    return data


def decode(data: bytes, file: str) -> str:
    """Decode UTF-8, or UTF-16 that says so with a byte order mark (YAML 1.2.2, 5.2).

    Raises:
        SpecloomError: ``encoding``, with the line and column of the first bad byte.
    """
    codec, bom = "utf-8", b"\xef\xbb\xbf"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec, bom = "utf-16", b""  # this codec needs the mark, and takes it off
    data = data.removeprefix(bom)
    for beginning, packer in _PACKED.items():
        if data.startswith(beginning):
            message, at = f"the file is packed by {packer}", Location(file)
            raise failure("encoding", message, at, "unpack it first")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        valid = data[: error.start].decode(codec, "ignore")
        at = at_offset(file, valid, len(valid))
        message = f"not valid {codec.upper()}: {error.reason}"
        raise failure("encoding", message, at, "save the file as UTF-8") from None
    if (nul := text.find("\0")) >= 0:
        at = at_offset(file, text, nul)
        message = "the file holds a NUL character"
        hint = "save the file as UTF-8 text; UTF-16 needs a byte order mark"
        raise failure("encoding", message, at, hint)
    return text


def shown(path: Path) -> Path:
    """The path as a user in the current folder would type it."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # another drive of Windows
        return path
