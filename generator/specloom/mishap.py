"""Mishap: an exception that nobody expected, as words for the user and an exit status.

Imports nothing, as every run starts here.
"""

from __future__ import annotations

import os
import sys

from . import __version__

FAILED = 1
INTERNAL = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130  # 128 + SIGINT, as shells count


def explain(error: Exception) -> int:
    """Say on standard error what went wrong, and return the exit status for it.

    No traceback is shown unless SPECLOOM_TRACEBACK is set. Nothing is said of what came
    of an interrupt, as a RuntimeError does before Python 3.12 where a class is made.
    """
    if _is_interrupt(error):
        return INTERRUPTED
    if os.environ.get("SPECLOOM_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        print(f"specloom: error: {place}{error.strerror or error}", file=sys.stderr)
        return FAILED
    print(
        f"specloom: internal error: {type(error).__name__}: {error}\n"
        "  This is a defect of Specloom. Please report it to its maintainers with the\n"
        f"  command, the version ({__version__}), a spec that shows it, and what is\n"
        "  printed with SPECLOOM_TRACEBACK=1 in the environment.",
        file=sys.stderr,
    )
    return INTERNAL


def _is_interrupt(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None
