"""`touchline serve` as a process of its own, which can be killed and come back."""

from __future__ import annotations

import os
import re
import signal
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.forked import start_touchline

START_SECONDS = 60
STOP_SECONDS = 20


class CollectorProcess:
    """Serves a workspace folder; the first start chooses a port and every later one takes it again."""

    def __init__(self, folder: Path, *options: str, addresses: int = 1) -> None:
        self._folder = folder
        self._options = options
        self.ports = [0] * addresses
        self._process = self._start()

    @property
    def port(self) -> int:
        """Of the first address."""
        return self.ports[0]

    @property
    def pid(self) -> int:
        """Of the process."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.join(STOP_SECONDS)

    def restart(self) -> None:
        """Start it again on the same port."""
        self._process = self._start()

    def stop(self) -> None:
        """Ask it to end as service managers do, which stores what it received."""
        if self._process.is_alive():
            os.kill(self.pid, signal.SIGTERM)
            self._process.join(STOP_SECONDS)
            assert self._process.exitcode == 0

    def _start(self) -> BaseProcess:
        output = self._folder.parent / "printed"
        output.unlink(missing_ok=True)
        words = ("-w", self._folder, "serve", "--port", self.port, *self._options)
        process = start_touchline(*words, output=output)
        deadline = time.monotonic() + START_SECONDS
        while True:
            printed = output.read_text("utf-8") if output.exists() else ""
            found = re.findall(r"http://[\d.]+:(\d+)/", printed)
            if len(found) >= len(self.ports):
                self.ports = [int(port) for port in found[: len(self.ports)]]
                return process
            waits = process.is_alive() and time.monotonic() < deadline
            assert waits, f"The collector did not start: {printed!r}, exit code {process.exitcode}."
            time.sleep(0.02)
