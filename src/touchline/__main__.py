"""`touchline` and `python -m touchline`."""

from __future__ import annotations

import os
import signal
import sys

INTERRUPTED = 130


def run() -> None:
    """Load the command line and run it. Loading takes a second, in which Ctrl-C ends the process without a word."""
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from touchline.cli.main import main

    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        main()
    except SystemExit as ended:
        if ended.code != INTERRUPTED:
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(INTERRUPTED)  # a thread may still read ahead: taking it down under the engine is noisy


if __name__ == "__main__":
    run()
