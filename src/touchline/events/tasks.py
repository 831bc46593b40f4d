"""Imports that were started on the page: they run one after the other, in the background, and can be stopped and resumed."""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from touchline.engine.store import StoreError
from touchline.engine.workspace import Workspace
from touchline.events.actions.importing import import_files
from touchline.events.actions.recognising import Proposal, propose
from touchline.events.intake import report as outcomes
from touchline.events.intake.report import FileReport, Progress
from touchline.events.readers.sheet import UnreadableFileError

_log = logging.getLogger("django.touchline")

ASKING, WAITING, RUNNING, STOPPED, DONE, FAILED = "asking", "waiting", "running", "stopped", "done", "failed"


_STATE_AFTER = {outcomes.DONE: DONE, outcomes.KNOWN: DONE, outcomes.INTERRUPTED: STOPPED}


@dataclass
class DroppedFile:
    """A file on its way into the store."""

    id: str
    path: Path
    size_bytes: int
    state: str = ASKING
    """asking (for its mapping), waiting (for its turn), running, stopped, done or failed."""
    proposal: Proposal | None = None
    progress: Progress | None = None
    report: FileReport | None = None
    problem: str = ""
    """Why it failed, a sentence."""
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def name(self) -> str:
        """The file's name as the user knows it."""
        return self.path.name

    @property
    def is_understood(self) -> bool:
        """Whether it can be read without asking: a known kind of export, or a mapping confirmed before."""
        return self.proposal is not None and (self.proposal.source is not None or self.proposal.remembered)

    @property
    def is_mapped(self) -> bool:
        """Whether it is read through a mapping, which the user can correct."""
        return self.proposal is not None and self.proposal.source is None


class ImportDesk:
    """The dropped files of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files: dict[str, DroppedFile] = {}
        self._queue: deque[DroppedFile] = deque()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        for path in _left_behind(workspace.uploads):
            dropped = DroppedFile(path.parent.name, path, path.stat().st_size)
            self._files[dropped.id] = dropped
            self._look_at(dropped)
            if dropped.is_understood:
                dropped.state = STOPPED

    def files(self) -> list[DroppedFile]:
        """Return every file, the latest first."""
        with self._lock:
            return list(self._files.values())[::-1]

    def file(self, id_: str) -> DroppedFile | None:
        """Return one file."""
        return self._files.get(id_)

    @property
    def is_busy(self) -> bool:
        """Whether anything runs or waits for its turn."""
        return any(each.state in (WAITING, RUNNING) for each in self.files())

    def receive(self, name: str, put: Callable[[Path], None]) -> DroppedFile:
        """Take a file in; `put` writes it to the path it is given. Recognised files start at once."""
        id_ = secrets.token_hex(6)
        folder = self._workspace.uploads / id_
        folder.mkdir(parents=True, mode=0o700)
        path = folder / (Path(name).name[-120:] or "file")
        put(path)
        path.chmod(0o600)
        dropped = DroppedFile(id_, path, path.stat().st_size)
        with self._lock:
            self._files[id_] = dropped
        self._look_at(dropped)
        if dropped.is_understood:
            self.start(dropped)
        return dropped

    def start(self, dropped: DroppedFile) -> None:
        """Let a file have its turn; one that was stopped goes on where it was."""
        dropped.stop.clear()
        dropped.state = WAITING
        dropped.problem = ""
        with self._lock:
            self._queue.append(dropped)
            if self._worker is None or not self._worker.is_alive():
                self._worker = threading.Thread(target=self._work, name="imports", daemon=True)
                self._worker.start()

    def stop(self, dropped: DroppedFile) -> None:
        """Interrupt a file's import after the rows in hand."""
        dropped.stop.set()
        with self._lock:
            if dropped in self._queue:
                self._queue.remove(dropped)
                dropped.state = STOPPED

    def wait(self, seconds: float | None = None) -> None:
        """Return when nothing runs any more, or after so many seconds."""
        worker = self._worker
        if worker is not None:
            worker.join(seconds)

    def forget(self, dropped: DroppedFile) -> None:
        """Take a file off the list and delete its copy; what was imported stays."""
        self.stop(dropped)
        with self._lock:
            self._files.pop(dropped.id, None)
        shutil.rmtree(dropped.path.parent, ignore_errors=True)

    def _look_at(self, dropped: DroppedFile) -> None:
        try:
            dropped.proposal = propose(self._workspace, dropped.path)
        except (UnreadableFileError, StoreError, OSError) as problem:
            dropped.state, dropped.problem = FAILED, str(problem).replace(str(dropped.path), dropped.name)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self._worker = None
                    return
                dropped = self._queue.popleft()
                dropped.state = RUNNING
            self._import(dropped)

    def _import(self, dropped: DroppedFile) -> None:
        def show(progress: Progress) -> None:
            dropped.progress = progress

        try:
            reports = import_files(self._workspace, [dropped.path], on_progress=show, should_stop=dropped.stop.is_set)
        except (UnreadableFileError, StoreError, OSError) as problem:
            dropped.state, dropped.problem = FAILED, str(problem)
            return
        except Exception:
            _log.exception("An import started on the page failed: %s", dropped.name)
            dropped.state = FAILED
            dropped.problem = "Touchline could not import this file, and the fault is ours: the terminal says more."
            return
        report = dropped.report = reports[0]
        dropped.state = _STATE_AFTER.get(report.status, FAILED)
        dropped.problem = report.error.replace(str(dropped.path), dropped.name)
        if dropped.state == DONE and not dropped.is_mapped:
            shutil.rmtree(dropped.path.parent, ignore_errors=True)


def _left_behind(uploads: Path) -> list[Path]:
    """Files whose import had not ended when the process did."""
    if not uploads.is_dir():
        return []
    folders = sorted((each for each in uploads.iterdir() if each.is_dir()), key=lambda each: each.stat().st_mtime)
    return [path for folder in folders for path in folder.iterdir() if path.is_file()]


STOP_SECONDS = 20
"""A running import stops after the rows in hand; beyond this it is left behind, and resumes from its last chunk."""

_desks: dict[Path, ImportDesk] = {}
_opening = threading.Lock()


def desk_of(workspace: Workspace) -> ImportDesk:
    """Return the one desk of a workspace."""
    with _opening:
        key = workspace.folder.resolve()
        desk = _desks.get(key)
        if desk is None:
            desk = _desks[key] = ImportDesk(workspace)
        return desk


def stop_imports(workspace: Workspace) -> None:
    """Interrupt what runs on a workspace that is about to be closed; it can be resumed later."""
    desk = _desks.pop(workspace.folder.resolve(), None)
    if desk is None:
        return
    for dropped in desk.files():
        desk.stop(dropped)
    desk.wait(STOP_SECONDS)
