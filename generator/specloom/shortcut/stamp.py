"""Stamp: what one command line read and left, and whether that still holds.

Enters: arguments. Leaves: True once the run is known to change nothing and has said
what it said last time; False where only a whole run can tell.

A stamp is no part of the output. The manifest there is committed, and untrusted: it
must not say that there is nothing to do. Stamps lie in the user's own cache folder, one
for each command line and current folder, and hold
- which Specloom, Python and libraries ran: the listing of the package with its
  templates, and the state of the folders that libraries are installed into;
- the files of the spec and of the configuration with their SHA-256, where no file may
  appear, and the listing of the user's own templates;
- size, modification and change time of every output file, and the SHA-256 of the
  manifest, which has theirs;
- what was reported.

A file with other times is hashed before it is taken for another one. A file that was
touched less than a tick of its file system's clock before it was looked at could be
edited again without a trace, so its times are not kept: it is hashed by the next run.

Nothing heavy is imported here, and no dataclass, enum or regular expression is made.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time

from ..cache import keep, kept, name_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, TypeAlias

    Shape: TypeAlias = tuple[int, ...]
    """Size in bytes, modification and change time in nanoseconds; of a file that was
    read its number, too."""
    Listing: TypeAlias = dict[str, dict[str, Shape]]
    """Files by name, by the folder that they are in, relative and "" for the root."""

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_FORMAT = 1
_NO_MATTER = ("--verify", "--profile", "--watch")
_KIND = "stamp"
_UNKNOWN: Shape = (-1, -1, -1)
_TICK = 50_000_000
COARSE_TICK = 2_100_000_000  # FAT keeps two seconds, others one
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a folder link of Windows
_BYTECODE = "__pycache__"


class Stamp:
    """One stamp; every field is plain data that ``marshal`` takes.

    Attributes:
        key: what tells the command line and its surroundings from others.
        inputs: path -> shape and SHA-256 of the files that were read.
        absent: paths where there was no file, and a file would matter.
        needed: paths where something was that has to be there, whatever it holds.
        trees: folder -> listing of all files in it.
        folders: folder -> its own shape.
        output: the output folder.
        files: the listing of the run's own files in it.
        manifest: the manifest's name there and its SHA-256.
        said: findings as plain and as coloured text, and whether they are for machines.
        summary: the line that a run without changes ends with, but for the seconds; or
            nothing if that run was quiet.
    """

    __slots__ = (
        "absent",
        "files",
        "folders",
        "inputs",
        "key",
        "manifest",
        "needed",
        "output",
        "said",
        "summary",
        "trees",
    )

    key: Any
    inputs: dict[str, tuple[Shape, str]]
    absent: list[str]
    needed: list[str]
    trees: dict[str, Listing]
    folders: dict[str, Shape]
    output: str
    files: Listing
    manifest: tuple[str, str]
    said: tuple[str, str, bool]
    summary: str

    def __init__(self, **content: Any) -> None:
        for name in self.__slots__:
            setattr(self, name, content[name])

    def save(self) -> None:
        """Keep the stamp for the next run."""
        content = {name: getattr(self, name) for name in self.__slots__}
        keep(name_for(self.key, _KIND), marshal.dumps(content))

    def holds(self, *, verify: bool = False) -> bool:
        """Whether a run would read the same and change nothing.

        With ``verify`` no size and time of an input or output is believed: all are
        read and hashed.
        """
        moment = time.time_ns()
        try:
            if not self._same_surroundings():
                return False
            known = self._inputs_left(moment, verify)
            if known is None:
                return False
            left = self._outputs_left(verify)
        except OSError:
            return False
        if left and not self._same_outputs(left, moment):
            return False
        if left or known:
            self.save()
        return True

    def _same_surroundings(self) -> bool:
        return (
            not any(os.path.isfile(path) for path in self.absent)
            and all(os.path.exists(path) for path in self.needed)
            and all(folder_shape(path) == was for path, was in self.folders.items())
            and all(listing(root) == was for root, was in self.trees.items())
        )

    def _inputs_left(self, moment: int, verify: bool) -> bool | None:
        """Whether inputs had to be hashed; None if one is not what it was."""
        hashed = False
        for path, (was, digest) in self.inputs.items():
            found = os.stat(path)
            if read_shape(found) == was and not verify:
                continue
            if not stat.S_ISREG(found.st_mode) or sha256(path) != digest:
                return None
            self.inputs[path] = settled(read_shape(found), moment), digest
            hashed = True
        return hashed

    def _outputs_left(self, verify: bool) -> list[tuple[str, str]]:
        """Folder and name of the output files that only their bytes can tell."""
        left: list[tuple[str, str]] = []
        for folder, files in self.files.items():
            inside = f"{self.output}/{folder}"
            if not is_folder(inside):
                raise NotADirectoryError(inside)
            for name, was in files.items():
                # Looking for each is faster than listing a folder of thousands.
                if shape(os.lstat(f"{inside}/{name}")) != was or verify:
                    left.append((folder, name))
        return left

    def _same_outputs(self, left: Iterable[tuple[str, str]], moment: int) -> bool:
        """Whether files hold what the manifest says that a run left there."""
        from ..write.manifest import digest, parse
        from ..write.survey import read_regular

        name, recorded = self.manifest
        try:
            data = read_regular(f"{self.output}/{name}")
            if data is None or digest(data) != recorded:
                return False
            owned = {name: recorded, **parse(data, name)}
            for folder, file in left:
                path = f"{folder}/{file}" if folder else file
                found = os.lstat(f"{self.output}/{path}")
                data = read_regular(f"{self.output}/{path}")
                if data is None or digest(data) != owned.get(path):
                    return False
                self.files[folder][file] = settled(shape(found), moment)
        except OSError:
            return False
        return True

    def say(self, seconds: float) -> None:
        """Report what the run that left this stamp reported."""
        from ..streams import takes_colour

        plain, coloured, machine = self.said
        stream = sys.stdout if machine else sys.stderr
        stream.write(coloured if not machine and takes_colour(stream) else plain)
        if self.summary:
            last = sys.stderr if machine else sys.stdout
            print(f"{self.summary} in {seconds:.2f} s", file=last)


def nothing_to_do(arguments: Sequence[str]) -> bool:
    """Whether ``generate`` with these arguments is done already, and was reported."""
    # These want the work to be done; after the last, a word is no option.
    if not {"--profile", "--watch", "--"}.isdisjoint(arguments):
        return False
    start = time.perf_counter()
    stamp = load(key_of(arguments))
    if stamp is None or not stamp.holds(verify="--verify" in arguments):
        return False
    stamp.say(time.perf_counter() - start)
    return True


def key_of(arguments: Sequence[str]) -> Any:
    """What a stamp is for: a command line, where it is run, and what runs it."""
    return (
        _FORMAT,
        tuple(item for item in arguments if item not in _NO_MATTER),
        os.getcwd(),
        PACKAGE,
        sys.version,
        sys.prefix,
        os.environ.get("PYTHONPATH", ""),
    )


def load(key: Any) -> Stamp | None:
    """The stamp that was saved for a key."""
    data = kept(name_for(key, _KIND))
    if data is None:
        return None
    try:
        content = marshal.loads(data)
        return Stamp(**content) if content["key"] == key else None
    except (EOFError, ValueError, TypeError, LookupError):
        return None


def shape(found: os.stat_result) -> Shape:
    """What of a file's state changes with every edit."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def read_shape(found: os.stat_result) -> Shape:
    """The shape of a file that was read; a link may lead to another one by now.

    What was unpacked at once may have the same times, and sizes are soon the same.
    """
    return (*shape(found), found.st_ino)


def settled(found: Shape, moment: int) -> Shape:
    """The shape if a later edit would change it, else one that no file has.

    ``moment``, in nanoseconds, is before the file was read. The window covers the tick
    of the system's clock; that of a file system shows in the digits that it keeps.
    """
    newest = max(found[1], found[2])
    window = _TICK if newest % 1_000_000 else COARSE_TICK
    return found if newest < moment - window else _UNKNOWN


def folder_shape(path: str) -> Shape:
    """The shape of a folder, which changes with each name that comes or goes."""
    found = os.stat(path)
    return 0, found.st_mtime_ns, found.st_ctime_ns


def listing(root: str) -> Listing | None:
    """Every file below a folder but bytecode; None if a link leads to a folder."""
    found: Listing = {}
    folders = [""]
    while folders:
        folder = folders.pop()
        files = found[folder] = {}
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                if not entry.is_dir():
                    files[entry.name] = shape(entry.stat())
                elif not is_folder(entry.path):
                    return None
                elif entry.name != _BYTECODE:
                    folders.append(f"{folder}/{entry.name}" if folder else entry.name)
    return found


def is_folder(path: str) -> bool:
    """Whether something is a folder, and no link to one."""
    found = os.lstat(path)
    junction = getattr(found, "st_reparse_tag", 0) == _JUNCTION
    return stat.S_ISDIR(found.st_mode) and not junction


def sha256(path: str) -> str:
    """The SHA-256 of a file's bytes."""
    import hashlib

    with open(path, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()
