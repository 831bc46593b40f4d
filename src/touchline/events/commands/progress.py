"""The progress bar of an import, and the questions asked between two files."""

from __future__ import annotations

from pathlib import Path

from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from touchline.events import facade
from touchline.events.commands.asking import ask_for_mapping
from touchline.events.commands.session import Session
from touchline.events.commands.tables import shortened
from touchline.events.facade import Mapping, Proposal


class Bar:
    """The progress bar, and the questions asked between two files."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            TaskProgressColumn(),
            TextColumn("{task.fields[told]}", markup=False),
            TimeRemainingColumn(compact=True),
            console=session.console,
            transient=True,
            disable=not session.console.is_terminal,
        )
        self._tasks: dict[Path, TaskID] = {}

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def show(self, progress: facade.Progress) -> None:
        """Move the bar of a file."""
        if progress.file not in self._tasks:
            name = shortened(progress.file.name, 24)
            self._tasks[progress.file] = self._progress.add_task(name, total=progress.bytes_total, told="")
        told = f"{progress.rows:,} rows, {progress.rows_per_second:,.0f}/s"
        self._progress.update(self._tasks[progress.file], completed=progress.bytes_read, told=told)

    def ask(self, proposal: Proposal) -> Mapping | None:
        """Show the proposed mapping and ask whether to take it."""
        self._progress.stop()
        try:
            return ask_for_mapping(self._session.console, proposal, self._session.workspace.settings)
        finally:
            self._progress.start()
