"""The command line: arguments in, an exit status out.

A run that has nothing to do ends in ``shortcut``; else only ``argparse`` is imported
before a command is known, and ``commands.py`` does the work. Whatever goes wrong, no
traceback reaches the user unless SPECLOOM_TRACEBACK is set.
"""

from __future__ import annotations

import gc
import os
import sys
import time

from . import __version__
from .shortcut.stamp import nothing_to_do
from .streams import settle_streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DONE = 0
FAILED = 1
INTERRUPTED = 130  # 128 + SIGINT, as shells count
BROKEN_PIPE = 141  # 128 + SIGPIPE
INTERNAL = 70  # EX_SOFTWARE of sysexits.h


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; ``--help`` and bad usage exit."""
    started, spent = time.time_ns(), time.process_time()
    gc.disable()  # a run makes few cycles, and ends soon
    settle_streams()
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if given[:1] == ["generate"] and nothing_to_do(given):
            status = DONE
        else:
            from .arguments import make_parser

            args = make_parser().parse_args(given)
            from . import commands

            status = commands.run(args, given, started, spent)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # What is still in the buffer must not fail again when Python exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        _print_traceback(error)
        print(f"specloom: error: {error}", file=sys.stderr)
        return FAILED
    except Exception as error:
        _print_traceback(error)
        return _internal_error(error)
    finally:
        gc.enable()


def _print_traceback(error: Exception) -> None:
    if os.environ.get("SPECLOOM_TRACEBACK"):
        import traceback

        traceback.print_exception(error)


def _internal_error(error: Exception) -> int:
    print(
        f"specloom: internal error: {type(error).__name__}: {error}\n"
        "  This is a defect of Specloom. Please report it to its maintainers with the\n"
        f"  command, the version ({__version__}), a spec that shows it, and what is\n"
        "  printed with SPECLOOM_TRACEBACK=1 in the environment.",
        file=sys.stderr,
    )
    return INTERNAL
