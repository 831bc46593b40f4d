"""`touchline` in processes of their own that need not load it first: they are forked from one that has.

Loading takes a second and a half of processor time, and a test run needs some forty processes. They are what a command in a
terminal is from its first line on: its arguments, its folder, its output, its signals, its end. How one starts is tried where
`python -m touchline` itself is run: src/touchline/cli/tests and tests/hostile/test_disk.py.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import pkgutil
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

import touchline

LOADED = [
    name
    for capability in pkgutil.iter_modules(touchline.__path__, "touchline.")
    for name in (f"{capability.name}.commands", f"{capability.name}.urls")
    if capability.ispkg and capability.name != "touchline.config" and importlib.util.find_spec(name)
]
"""What commands and servers load; Django's settings are not among it, as they say which workspace is served."""


def start_touchline(*words: object, output: Path | None = None) -> BaseProcess:
    """Run a command as typed in the folder where we are; what it prints goes to a file. It ends when the tests do."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*LOADED, "uvicorn"])
    told = ([*map(str, words)], Path.cwd(), output or Path(os.devnull), dict(os.environ))
    process = context.Process(target=_run, args=told, daemon=True)
    process.start()
    return process


def _run(words: list[str], folder: Path, output: Path, surroundings: dict[str, str]) -> None:
    from touchline.__main__ import run

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    with output.open("wb") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
            stream.reconfigure(encoding="utf-8", line_buffering=True)
    sys.argv = ["touchline", *words]
    run()
