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
from contextlib import suppress

from .mishap import INTERRUPTED, explain
from .shortcut.stamp import nothing_to_do
from .streams import settle_streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

DONE = 0
BROKEN_PIPE = 141  # 128 + SIGPIPE


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

            args = make_parser(given).parse_args(given)
            from .ahead import reading_ahead

            with reading_ahead(args, started, alone=arguments is None) as ahead:
                from . import commands

                status = commands.run(args, given, started, spent, ahead)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        if arguments is None:
            import signal

            # A second one could only disturb the end, where much is taken apart.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        return INTERRUPTED
    except BrokenPipeError:
        # What is still in the buffer must not fail again when Python exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        return explain(error)
    finally:
        gc.enable()


def program() -> NoReturn:
    """Run the command of this process, and end it.

    Python would first take apart all that was imported, for a fiftieth of a usual run
    and a tenth of one with nothing to do. Where somebody traces or profiles, it may.
    """
    _insist()
    status = INTERRUPTED
    with suppress(KeyboardInterrupt):  # at the end, where much is taken apart
        status = main()
    if sys.gettrace() is None and sys.getprofile() is None:
        for stream in (sys.stdout, sys.stderr):
            # Somebody may have closed it, or interrupt what is done already.
            with suppress(OSError, ValueError, KeyboardInterrupt):
                stream.flush()
        os._exit(status)
    sys.exit(status)


def _insist() -> None:
    """Have an interrupt that Python drops come again.

    A KeyboardInterrupt that arises where nothing can be raised, as in the callback of
    a weak reference, would be printed, and the run go on.
    """
    import _thread  # which costs nothing, unlike `threading`

    main_thread, before = _thread.get_ident(), sys.unraisablehook

    def again() -> None:
        import signal

        time.sleep(0.001)  # in which the callback ends
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(main_thread, signal.SIGINT)
        else:
            _thread.interrupt_main()

    def told(dropped: sys.UnraisableHookArgs) -> None:
        if dropped.exc_type is KeyboardInterrupt:
            try:
                _thread.start_new_thread(again, ())
            except KeyboardInterrupt:  # which is back so soon, and must not be lost
                told(dropped)
        else:
            before(dropped)

    sys.unraisablehook = told
