"""Collecting as long as the workspace is served: the journal, the thread that writes it, the one that empties it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from touchline.collection.actions.storing import store_waiting
from touchline.collection.receiver.application import Receiver
from touchline.collection.receiver.committing import GroupCommit
from touchline.collection.receiver.keyring import KeyRing
from touchline.collection.rules.limits import MOST_JOURNAL_BYTES
from touchline.collection.rules.pacing import STEPS_ASIDE_FOR_PAGE, times_to_step_back
from touchline.engine.journal import JOURNAL_FILE, Journal, JournalError
from touchline.engine.store import StoreError
from touchline.engine.workspace import Workspace

_log = logging.getLogger("django.touchline")

GATHERING_SECONDS = 0.3
"""Events wait so long for others before they are stored: a transaction costs the same for one as for thousands."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
"""After the store refused: then twice as long each time."""
LOOKS_AT_JOURNAL_SECONDS = 1.0
LAST_SECONDS = 10.0
"""Nobody who stops a server waits for all that is left to be stored: the next one goes on with it."""
LONGEST_STEP_BACK_SECONDS = 0.5
MANY_WAITING_BYTES = MOST_JOURNAL_BYTES // 2
"""From here on it does not pause: what arrives is slowed down by that, instead of the disk filling up."""
SHRINK_SECONDS = 60.0


@dataclass(frozen=True)
class JournalState:
    """What was received and is not in the store yet."""

    waiting: int = 0
    """Requests and rejected events on disk."""
    size_bytes: int = 0
    """Of them."""
    is_full: bool = False
    """Whether senders are told to come back later."""
    problem: str = ""
    """Why what waits cannot be stored, in a sentence; '' when it can."""


class Collector:
    """Everything that runs while a workspace collects. Make it in the process that has the store open."""

    def __init__(self, workspace: Workspace, only_at_port: int | None = None) -> None:
        """Raises JournalError when the journal cannot be opened."""
        self.workspace = workspace
        self.only_at_port = only_at_port
        """What arrives at this port is for collecting and nothing else; None: there is no such port."""
        self.journal = Journal(workspace.folder / JOURNAL_FILE)
        self._commit = GroupCommit(self.journal)
        self._keys = KeyRing(workspace)
        self._something_waits = threading.Event()
        self._something_waits.set()
        self._stopping = threading.Event()
        self._journal_is_full = False
        self._problem = ""
        self._waiting_bytes = 0
        self._working_since = self._counted_since = time.perf_counter()
        self._counted_bytes = self._counted_requests = 0
        self._steps_back = 0.0
        self._pages = 0
        self._has_worked, self._shrunk_at = True, float("-inf")
        self.receiver = Receiver(
            workspace, self._commit, self._keys, self._something_waits.set, lambda: self._journal_is_full
        )
        self._thread = threading.Thread(target=self._store_what_waits, name="collecting", daemon=True)
        self._thread.start()

    def state(self) -> JournalState:
        """How things stand with what was received and is not stored yet."""
        try:
            waiting, size_bytes = self.journal.waiting()
        except JournalError as problem:
            return JournalState(problem=str(problem))
        return JournalState(waiting, size_bytes, self._journal_is_full, self._problem)

    @contextmanager
    def while_a_page_is_made(self) -> Iterator[None]:
        """Storing steps aside for whoever waits for it. In the thread of the event loop."""
        self._pages += 1
        try:
            yield
        finally:
            self._pages -= 1

    def stop(self) -> None:
        """Write what was received, store what a few seconds take, and end; the rest waits in the journal."""
        self._stopping.set()
        self._something_waits.set()
        self._thread.join()
        self._commit.close()
        with suppress(StoreError, JournalError):
            until = time.monotonic() + LAST_SECONDS
            while store_waiting(self.workspace, self.journal, everything=False) and time.monotonic() < until:
                continue
            self.journal.shrink()
        self._keys.close()
        self.receiver.close()
        self.journal.close()

    def _store_what_waits(self) -> None:
        pause_seconds = FIRST_PAUSE_SECONDS
        while not self._stopping.is_set():
            self._something_waits.wait(LOOKS_AT_JOURNAL_SECONDS)
            self._something_waits.clear()
            self._stopping.wait(GATHERING_SECONDS)
            try:
                while not self._stopping.is_set() and self._store_some():
                    self._look_at_size()
                self._look_at_size()
                self._shrink_after_work()
                pause_seconds, self._problem = FIRST_PAUSE_SECONDS, ""
            except (StoreError, JournalError) as problem:
                self._problem = str(problem)
                _log.error("Collected events wait in the journal: %s", problem)
                self._look_at_size()
                self._something_waits.set()
                self._stopping.wait(pause_seconds)
                pause_seconds = min(2 * pause_seconds, LONGEST_PAUSE_SECONDS)
            except Exception:
                self._problem = "Storing failed, and the fault is ours: the terminal says more."
                _log.exception("Collected events wait in the journal: storing them failed, and the fault is ours.")
                self._something_waits.set()
                self._stopping.wait(LONGEST_PAUSE_SECONDS)

    def _store_some(self) -> int:
        done = store_waiting(self.workspace, self.journal, everything=False, step_back=self._step_back)
        self._has_worked |= done > 0
        return done

    def _step_back(self) -> None:
        """Those who send wait for an answer, nobody waits for the store."""
        now = time.perf_counter()
        worked_seconds = now - self._working_since
        if now - self._counted_since > 1:
            self._look_at_arrivals(now)
        if (self.receiver.in_flight or self._pages) and self._waiting_bytes < MANY_WAITING_BYTES:
            times = self._steps_back + (STEPS_ASIDE_FOR_PAGE if self._pages else 0.0)
            self._stopping.wait(min(times * worked_seconds, LONGEST_STEP_BACK_SECONDS))
        self._working_since = time.perf_counter()

    def _look_at_arrivals(self, now: float) -> None:
        seconds, self._counted_since = now - self._counted_since, now
        arrived_bytes = self._commit.handed_over_bytes - self._counted_bytes
        requests = self._commit.handed_over_requests - self._counted_requests
        self._counted_bytes += arrived_bytes
        self._counted_requests += requests
        in_flight = self.receiver.in_flight
        self._steps_back = times_to_step_back(arrived_bytes / seconds, requests / seconds, in_flight)

    def _look_at_size(self) -> None:
        with suppress(JournalError):
            self._waiting_bytes = self.journal.waiting()[1]
            self._journal_is_full = self._waiting_bytes > MOST_JOURNAL_BYTES

    def _shrink_after_work(self) -> None:
        """Once nothing waits: bodies that are stored are not kept a second time."""
        if self._has_worked and time.monotonic() - self._shrunk_at > SHRINK_SECONDS:
            self.journal.shrink()
            self._has_worked, self._shrunk_at = False, time.monotonic()


_collectors: dict[Path, Collector] = {}


def start_collecting(workspace: Workspace, only_at_port: int | None = None) -> Collector:
    """Begin to collect for a workspace this process serves. Raises JournalError when the journal cannot be opened."""
    collector = _collectors[workspace.folder.resolve()] = Collector(workspace, only_at_port)
    return collector


def stop_collecting(workspace: Workspace) -> None:
    """End it; what was received is stored, or waits in the journal."""
    collector = _collectors.pop(workspace.folder.resolve(), None)
    if collector is not None:
        collector.stop()


def collector_at(folder: Path | None) -> Collector | None:
    """Who collects for the workspace in a folder, or None."""
    return None if folder is None else _collectors.get(folder) or _collectors.get(folder.resolve())


def store_left_behind(workspace: Workspace) -> int:
    """Store what a process that ended suddenly had received and not stored yet; give how many entries that were.

    For commands that open a workspace nobody serves. Raises StoreError or JournalError.
    """
    path: Path = workspace.folder / JOURNAL_FILE
    if not path.exists():
        return 0
    journal = Journal(path)
    try:
        return store_waiting(workspace, journal)
    finally:
        journal.close()
