"""Importing what appears in a folder: each file once, and only when nobody writes to it any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from touchline.engine.workspace import Workspace
from touchline.events.actions.files import files_of, looks_like_table
from touchline.events.actions.importing import import_files
from touchline.events.intake.report import INTERRUPTED, FileReport
from touchline.events.intake.run import OnProgress, ShouldStop


@dataclass(frozen=True)
class _Seen:
    """A file at one look; the same twice in a row is a file that is finished."""

    size_bytes: int
    changed_ns: int


class FolderWatch:
    """Looks into one folder, folders in it included, as often as it is asked to.

    What was imported before, by this watch or any earlier import, is known by its content and changes nothing. A file
    that changes later is imported again.
    """

    def __init__(self, workspace: Workspace, folder: Path, *, accept_proposals: bool) -> None:
        self._workspace, self._folder = workspace, folder
        self._accept_proposals = accept_proposals
        self._last: dict[Path, _Seen] = {}
        self._done: dict[Path, _Seen] = {}

    def settled(self) -> list[Path]:
        """Look once; return the files that are as they were at the look before and were not imported so, by name."""
        now = dict(_tables_in(self._folder))
        found = [file for file, seen in now.items() if seen == self._last.get(file) and seen != self._done.get(file)]
        self._last = now
        return found

    def bring_in(self, file: Path, on_progress: OnProgress | None, should_stop: ShouldStop | None) -> FileReport:
        """Import a settled file; whatever is wrong with it stands in the report."""
        report = import_files(
            self._workspace,
            [file],
            accept_proposals=self._accept_proposals,
            on_progress=on_progress,
            should_stop=should_stop,
        )[0]
        if report.status != INTERRUPTED:
            self._done[file] = self._last[file]
        return report


def _tables_in(folder: Path) -> Iterator[tuple[Path, _Seen]]:
    """Files with the ending of a table that hold something; one that goes away while being looked at is not there."""
    for file, _ in files_of([folder]) if folder.is_dir() else ():
        try:
            told = file.stat()
        except OSError:
            continue
        if told.st_size and looks_like_table(file):
            yield file, _Seen(told.st_size, told.st_mtime_ns)
