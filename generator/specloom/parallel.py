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

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import IO

from .processes import Child, fork, received, send, uninterrupted
from .target import Page
from .texts import PLAIN, Texts

PAGES_A_WORKER = 150
"""Fewer are made sooner than a process is forked for them."""
_AT_ONCE = 1024
"""So many texts are sent in one piece."""

Lay = Callable[[int], str]
"""From the number of a page to its text."""


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
                while some := received(pipe):
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
) -> Generator[list[Child]]:
    """A child for each share; none outlives the block, however that ends."""
    children: list[Child] = []
    try:
        for share in shares:

            def work(pipe: IO[bytes], share: Sequence[int] = share) -> None:
                _fill(made, share, lay)
                _send(pipe, made)

            # The system may have no process to spare.
            with suppress(OSError), uninterrupted():
                children.append(fork(work, [child.pipe for child in children]))
        yield children
    finally:
        with uninterrupted():  # until all of them have ended
            for child in children:
                child.end()


def _send(pipe: IO[bytes], made: Texts[int]) -> None:
    """Write texts a few at a time: to hold all of them twice would take memory."""
    left = iter(made.kept.items())
    while some := dict(islice(left, _AT_ONCE)):
        send(pipe, some)
