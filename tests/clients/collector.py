"""`touchline serve` as a process of its own, which can be killed and come back."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

STOP_SECONDS = 20


class CollectorProcess:
    """Serves a workspace folder; the first start chooses a port and every later one takes it again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = 0
        self._process = self._start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._end()

    def restart(self) -> None:
        """Start it again on the same port."""
        self._process = self._start()

    def stop(self) -> None:
        """Ask it to end as service managers do, which stores what it received."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._end()
            assert self._process.returncode == 0

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "touchline", "-w", str(self._folder), "serve", "--port", str(self.port)]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, f"The collector did not start: {line!r}, exit code {process.poll()}."
        self.port = int(found.group(1))
        return process

    def _end(self) -> None:
        self._process.wait(STOP_SECONDS)
        assert self._process.stdout is not None
        self._process.stdout.close()
