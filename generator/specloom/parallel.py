"""Parallel: the pages of one run laid out by several processes.

Enters: pages, whose views are not made yet, and what turns one into text. Leaves: the
text of each page, in order. Promises: the same texts and the same errors as one process
gives, whatever becomes of the others.

After the model is built nothing changes any more, so that processes need no messages: a
fork has all that there is, makes the texts of its share, and sends them back when it is
done. It says nothing else. Pages that one which fails in any way has not sent are made
again by the first process, in order, where what is wrong is raised in the open.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import IO

from .target import Page
from .texts import PLAIN, Kept, Texts
from .values import dataclass

PAGES_A_WORKER = 150
"""Fewer are made sooner than a process is forked for them."""
MOST_WORKERS = 8
_AT_ONCE = 1024
"""So many texts are sent in one piece."""
_SIZE = 8
"""So many bytes say how long a piece is."""

Lay = Callable[[int], str]
"""From the number of a page to its text."""


def workers() -> int:
    """How many processes a command may use; 1 where a fork is not safe.

    On macOS system libraries may have started threads, which a fork does not survive.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST_WORKERS)
    return min(os.cpu_count() or 1, MOST_WORKERS)


@dataclass(frozen=True, slots=True)
class _Child:
    process: int
    pipe: int


def lay_out(
    pages: Sequence[Page], lay: Lay, most: int, wait: Callable[[], None]
) -> Texts[int]:
    """The texts of pages by their numbers, made by up to ``most`` processes.

    ``wait`` is called when nothing is left to do but to wait for the others. Pages may
    be missing: the caller makes them, and meets what was wrong with them.
    """
    count = min(most, len(pages) // PAGES_A_WORKER)
    if count < 2:
        return Texts()
    shares = _shares(pages, count)
    made = Texts[int](PLAIN // count)  # of which each process fills its own copy
    with _forked(shares[1:], lay, made) as children:
        with suppress(Exception):  # the caller makes the page again, and raises it
            _fill(made, shares[0], lay)
        wait()
        for child in children:
            with os.fdopen(child.pipe, "rb", closefd=False) as pipe:
                for some in _received(pipe):
                    made.kept.update(some)
    return made


def _shares(pages: Sequence[Page], count: int) -> list[list[int]]:
    """The numbers of pages, parted where the spec is.

    Neighbours refer to each other: what is found out of one is not found out again, in
    another process, for the next. For that all pages of a declaration, in every target,
    are in one share too.
    """
    subjects: dict[str, list[int]] = {}
    for number, page in enumerate(pages):
        about = page.path if page.decl is None else page.decl.id
        subjects.setdefault(about, []).append(number)
    shares: list[list[int]] = [[] for _ in range(count)]
    shared = 0
    for numbers in subjects.values():
        shares[shared * count // len(pages)] += numbers
        shared += len(numbers)
    return [sorted(share) for share in shares]


def _fill(made: Texts[int], share: Sequence[int], lay: Lay) -> None:
    for number in share:
        made.add(number, lay(number))


@contextmanager
def _forked(
    shares: Sequence[Sequence[int]], lay: Lay, made: Texts[int]
) -> Generator[list[_Child]]:
    """A child for each share; none outlives the block, however that ends."""
    children: list[_Child] = []
    try:
        for share in shares:
            with suppress(OSError):  # the system has no process to spare
                children.append(_fork(share, lay, made, children))
        yield children
    finally:
        for child in children:
            os.close(child.pipe)
            with suppress(ProcessLookupError):
                os.kill(child.process, signal.SIGKILL)
            os.waitpid(child.process, 0)


def _fork(
    share: Sequence[int], lay: Lay, made: Texts[int], others: Sequence[_Child]
) -> _Child:
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns where there are threads. Ours only shows the progress, and
        # a child neither uses what it holds nor returns.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process:
        os.close(writing)
        return _Child(process, reading)
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        for other in others:
            os.close(other.pipe)
        os.close(reading)
        _fill(made, share, lay)
        with os.fdopen(writing, "wb") as pipe:
            _send(pipe, made)
        status = 0
    finally:
        os._exit(status)  # no handler and no buffer of the parent's is this one's


def _send(pipe: IO[bytes], made: Texts[int]) -> None:
    """Write texts a few at a time: to hold all of them twice would take memory."""
    left = iter(made.kept.items())
    while some := dict(islice(left, _AT_ONCE)):
        data = marshal.dumps(some)
        pipe.write(len(data).to_bytes(_SIZE, "big") + data)


def _received(pipe: IO[bytes]) -> Iterator[dict[int, Kept]]:
    """What was sent. A process that was ended in the middle leaves too little."""
    while len(size := pipe.read(_SIZE)) == _SIZE:
        data = pipe.read(int.from_bytes(size, "big"))
        with suppress(EOFError, ValueError, TypeError):
            yield marshal.loads(data)
