"""What a command gets: the open workspace, a console, and whether the user wants to stop."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType

from rich.console import Console

from touchline.engine.workspace import Workspace, open_workspace


class Session:
    """One command's surroundings, local or on behalf of another process."""

    def __init__(
        self,
        folder: Path,
        console: Console,
        *,
        interactive: bool,
        workspace: Workspace | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self.folder = folder
        self.console = console
        self.interactive = interactive
        """Whether questions can be asked and will be answered."""
        self.exit_code = 0
        self._workspace = workspace
        self._stop = stop

    @property
    def workspace(self) -> Workspace:
        """The workspace, opened at first use. Raises StoreError (StoreInUseError, StoreTooNewError)."""
        if self._workspace is None:
            self._workspace = open_workspace(self.folder)
        return self._workspace

    def close(self) -> None:
        """Let go of the workspace, if it was opened here."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def should_stop(self) -> bool:
        """Whether the user asked to stop. From the first call on, Ctrl-C asks; a second one ends at once."""
        return self.stopping().is_set()

    def stopping(self) -> threading.Event:
        """What is set once the user asked to stop."""
        if self._stop is None:
            self._stop = threading.Event()
            stop = self._stop

            def ask(_signal: int, _frame: FrameType | None) -> None:
                stop.set()
                signal.signal(signal.SIGINT, signal.default_int_handler)

            signal.signal(signal.SIGINT, ask)
        return self._stop
