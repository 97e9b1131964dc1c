"""Report: how findings, progress and summaries look.

Enters: values. Leaves: text for people or JSON Lines for machines, on the stream that
the caller names. Text of a spec never reaches a terminal raw: control characters are
shown as escapes.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TextIO

from .diagnostics import Diagnostic, Location, Severity, shortened
from .load.positions import with_positions
from .streams import takes_colour
from .timing import Timing

SHOWN_WARNINGS = 10
"""How many warnings of one code a command shows that was not asked for them."""

_TEXT_MAX = 400
_NOWHERE = Location("")
_LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")
# Controls, and what reorders or hides text (Unicode bidi and separators).
_UNPRINTABLE: Callable[[], re.Pattern[str]] = partial(
    re.compile,
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]",
)
_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.INFO: "\x1b[1;36m",
}
_RESET = "\x1b[0m"


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings with lines and columns, in the order of files and places.

    What has no place comes first, as it concerns everything.
    """

    def key(item: Diagnostic) -> tuple[object, ...]:
        at = item.location or _NOWHERE
        place = (at.file, at.line or 0, at.column or 0, at.pointer)
        return (*place, -item.severity, item.code, item.message)

    return sorted(with_positions(found), key=key)


def as_text(item: Diagnostic, colour: bool = False) -> str:
    """``file:line:column: severity[code] message``, then the pointer and the hint."""
    label = f"{item.severity.label}[{item.code}]"
    if colour:
        label = f"{_COLOURS[item.severity]}{label}{_RESET}"
    at = item.location or _NOWHERE
    place = ":".join(plain(str(part)) for part in (at.file, at.line, at.column) if part)
    lines = [f"{place + ': ' if place else ''}{label} {_told(item.message)}"]
    if at.pointer:
        lines.append(f"  at {_told(at.pointer)}")
    if item.hint:
        lines.append(f"  hint: {_told(item.hint)}")
    return "\n".join(lines)


def as_json(item: Diagnostic) -> str:
    """One line of JSON; what is not known is null."""
    at = item.location
    facts: dict[str, Any] = {
        "severity": item.severity.label,
        "code": item.code,
        "message": item.message,
        "file": at.file if at else None,
        "line": at.line if at else None,
        "column": at.column if at else None,
        "pointer": at.pointer if at else None,
        "hint": item.hint or None,
    }
    return json.dumps(facts)


def plain(text: str) -> str:
    """Text on one line in which nothing steers a terminal."""
    if text.isprintable():
        return text
    return _UNPRINTABLE().sub(
        lambda match: f"\\u{ord(match[0]):04x}", _LINE_BREAK.sub(" ", text)
    )


def _told(text: str) -> str:
    """Text of a spec as a line that people can read."""
    return shortened(plain(text), _TEXT_MAX)


def counted(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(
    ordered: Iterable[Diagnostic],
    *,
    machine: bool,
    colour: bool = False,
    everything: bool = True,
    quiet: bool = False,
) -> str:
    """Findings that are in order, each with its line break.

    Notes, and of warnings of one code all after the first ten, are left out unless
    ``everything`` is asked for; but a machine is given every warning. ``quiet`` leaves
    only errors.
    """
    lines: list[str] = []
    warnings, hidden = Counter[str](), 0
    for item in ordered:
        if quiet and item.severity is not Severity.ERROR:
            continue
        if item.severity is Severity.INFO and not everything:
            continue
        if item.severity is Severity.WARNING and not (everything or machine):
            warnings[item.code] += 1
            if warnings[item.code] > SHOWN_WARNINGS:
                hidden += 1
                continue
        lines.append(as_json(item) if machine else as_text(item, colour))
    if hidden:
        lines.append(f"{counted(hidden, 'more warning')}: see `specloom lint`")
    return "".join(f"{line}\n" for line in lines)


class Reporter:
    """Puts findings on a stream, for people or for machines.

    For machines, every finding is one line of JSON, and nothing else goes there.
    Where it is to be quiet, only errors are told, and what was asked for by name.
    """

    def __init__(self, stream: TextIO, *, machine: bool, quiet: bool = False) -> None:
        self.machine, self.quiet = machine, quiet
        self._stream = stream
        self._colour = not machine and takes_colour(stream)

    def show(self, found: Iterable[Diagnostic], everything: bool = False) -> None:
        """Report findings in order, the notes and all warnings only if told to."""
        self.put(in_order(found), everything)

    def put(self, ordered: Iterable[Diagnostic], everything: bool = True) -> None:
        """Report findings as they stand."""
        self._stream.write(self.worded(ordered, self._colour, everything))

    def worded(
        self, ordered: Iterable[Diagnostic], colour: bool, everything: bool
    ) -> str:
        """The text of findings, as they stand."""
        return listed(
            ordered,
            machine=self.machine,
            colour=colour,
            everything=everything,
            quiet=self.quiet,
        )

    def note(self, text: str) -> None:
        """Say something about the findings, to people."""
        if not self.quiet:
            print(text, file=sys.stderr if self.machine else self._stream)

    def profile(self, timing: Timing) -> None:
        """Say on standard error where the time went."""
        print(timing.as_json() if self.machine else timing.as_text(), file=sys.stderr)

    def summary(self, text: str) -> None:
        """Say in a line what was done."""
        if not self.quiet:
            print(text, file=sys.stderr if self.machine else sys.stdout)

    def progress(self) -> Progress:
        """A line on the terminal that tells what is done, unless it is to be quiet."""
        return Progress(shown=not self.quiet)


class Progress:
    """One line on a terminal that tells what a long run is doing, and then goes.

    It appears after a second. Use it as a context manager; a call sets the line. Where
    standard error is not a terminal, nothing is ever shown. There are no colours in it.
    """

    _PATIENCE = 1.0
    _PAUSE = 0.1
    _CELLS = 20

    def __init__(self, stream: TextIO | None = None, *, shown: bool = True) -> None:
        """Report to a stream, standard error if none is given; or not at all."""
        self._stream = sys.stderr if stream is None else stream
        self._shown = shown and self._stream.isatty()
        self._state = ("", 0, 0)
        self._begun = time.monotonic()
        self._counting = self._begun, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True)

    def __call__(self, phase: str, count: int, total: int = 0, /) -> None:
        """Tell what is worked on, and how many files there are, of how many."""
        if total and not self._state[2]:
            self._counting = time.monotonic(), count
        self._state = phase, count, total  # put into words when it is shown

    def _line(self) -> str:
        phase, count, total = self._state
        now = time.monotonic()
        name = phase.partition(" ")[0]  # a target lowers and renders by turns
        if not total:
            files = f": {counted(count, 'file')}" if count else ""
            return f"specloom: {name}{files} ({now - self._begun:.0f} s)"
        filled = self._CELLS * count // total
        bar = "#" * filled + "-" * (self._CELLS - filled)
        since, before = self._counting
        left = ""
        if count > before and now - since >= self._PATIENCE:
            seconds = (now - since) / (count - before) * (total - count)
            left = f", about {seconds:.0f} s left"
        files = f"{count:,} of {total:,} files [{bar}]"
        return f"specloom: {name}: {files} ({now - self._begun:.0f} s{left})"

    def __enter__(self) -> Progress:
        if self._shown:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()

    def _show(self) -> None:
        if self._done.wait(self._PATIENCE):
            return
        while not self._done.wait(self._PAUSE):
            self._put(self._line())
        self._put("")

    def _put(self, text: str) -> None:
        # Back to the first column, then erase to the end of the line (ECMA-48, EL),
        # which does not reach what the terminal has put on lines above.
        self._stream.write(f"\r\x1b[K{text[: self._columns()]}")
        self._stream.flush()

    def _columns(self) -> int | None:
        """How many fit on a line of the terminal, if it says so, but for the last."""
        try:
            columns = os.get_terminal_size(self._stream.fileno()).columns
        except OSError:
            return None
        return columns - 1 if columns else None
