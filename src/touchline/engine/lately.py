"""Answers that may be some seconds old while events arrive: whoever looks then waits no longer than in quiet times.

Only what arrives by itself lets an answer grow old. After anything that somebody did, an import or a corrected journey, the
next look waits for the answer to the data as they are.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from touchline.engine.announcing import EVENTS, announce
from touchline.engine.store import StoreError
from touchline.engine.workspace import Workspace

MOST_AGE_SECONDS = 60.0
PAUSE_TO_EFFORT = 4.0
"""An answer that took a second is made anew every fifth second at most."""
MOST_ANSWERS = 16

_log = logging.getLogger("django.touchline")

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class _Given(Generic[Answer]):
    answer: Answer
    commits: int
    changes_by_people: int
    made_at: float
    took_seconds: float


class Lately(Generic[Answer]):
    """The latest answers of one kind, over all workspaces of this process."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self._most = most
        self._given: OrderedDict[Hashable, _Given[Answer]] = OrderedDict()
        self._being_made: set[Hashable] = set()
        self._lock = threading.Lock()

    def recall(self, workspace: Workspace, asked: Hashable, answer: Callable[[], Answer]) -> Answer:
        """Return the latest answer; while events arrive a new one is made in the background, and announced."""
        key = (workspace.store.path, workspace.settings, asked)
        store, now = workspace.store, time.monotonic()
        with self._lock:
            given = self._given.get(key)
        if given is None or given.changes_by_people != store.changes_by_people:
            return self._make(workspace, key, answer)
        if given.commits == store.commits:
            return given.answer
        if now - given.made_at > MOST_AGE_SECONDS:
            return self._make(workspace, key, answer)
        # Later rather than not at all: nothing may arrive any more that would make anybody look again.
        pause = max(0.0, given.made_at + PAUSE_TO_EFFORT * given.took_seconds - now)
        self._make_in_background(workspace, key, answer, min(pause, MOST_AGE_SECONDS))
        return given.answer

    def _make(self, workspace: Workspace, key: Hashable, answer: Callable[[], Answer]) -> Answer:
        began = time.monotonic()
        # From before it was made: what was committed meanwhile may be in it or not, so the next look makes it once more.
        commits, changes = workspace.store.commits, workspace.store.changes_by_people
        found = answer()
        made = _Given(found, commits, changes, time.monotonic(), time.monotonic() - began)
        with self._lock:
            self._given[key] = made
            self._given.move_to_end(key)
            while len(self._given) > self._most:
                self._given.popitem(last=False)
        return found

    def _make_in_background(
        self, workspace: Workspace, key: Hashable, answer: Callable[[], Answer], pause_seconds: float
    ) -> None:
        with self._lock:
            if key in self._being_made:
                return
            self._being_made.add(key)

        def make() -> None:
            try:
                self._make(workspace, key, answer)
            except StoreError as problem:
                _log.warning("An answer could not be brought up to date: %s", problem)
            except Exception:
                _log.exception("An answer could not be brought up to date, and the fault is ours.")
            finally:
                with self._lock:
                    self._being_made.discard(key)
            announce(workspace, EVENTS)

        waiting = threading.Timer(pause_seconds, make)
        waiting.name, waiting.daemon = "lately", True
        waiting.start()
