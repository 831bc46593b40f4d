"""Computing in the background for whoever waits on a page: one computation a scope, with its progress; it can be stopped."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path

from touchline.engine.store import StoreError
from touchline.engine.workspace import Workspace
from touchline.journeys.facade import JourneyFileError
from touchline.pains.rules.progress import Progress
from touchline.segments.facade import FilterError, Scope, compile_scope, scope_query

_log = logging.getLogger("django.touchline")


class StoppedError(Exception):
    """Somebody ended the computation."""


@dataclass
class Running:
    """A computation in the background."""

    progress: Progress
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def report(self, progress: Progress) -> None:
        """Take note of a step. Raises StoppedError once somebody asked to stop."""
        if self.stop.is_set():
            raise StoppedError
        self.progress = progress


_running: dict[tuple[Path, str], Running] = {}
_lock = threading.Lock()
STOP_SECONDS = 20


def begin(workspace: Workspace, scope: Scope) -> Progress:
    """Begin to compute where that is not going on already. Raises FilterError for a scope that cannot be read."""
    compile_scope(workspace, scope)
    key = (workspace.folder.resolve(), scope_query(scope))
    with _lock:
        running = _running.get(key)
        if running is not None and running.thread is not None and running.thread.is_alive():
            return running.progress
        running = _running[key] = Running(Progress(0, 0, "Beginning"))
        running.thread = threading.Thread(
            target=_compute, args=(workspace, scope, running, key), name="pains", daemon=True
        )
        running.thread.start()
    return running.progress


def progress_of(workspace: Workspace, scope: Scope) -> Progress | None:
    """How far the computation is, or why it failed; None where none is going on."""
    running = _running.get((workspace.folder.resolve(), scope_query(scope)))
    return None if running is None else running.progress


def stop(workspace: Workspace, scope: Scope | None = None) -> None:
    """End the computation of a scope, or all of a workspace, and wait until it has ended."""
    folder = workspace.folder.resolve()
    with _lock:
        meant = [one for key, one in _running.items() if key[0] == folder and _is(key, scope)]
    for running in meant:
        running.stop.set()
    for running in meant:
        if running.thread is not None:
            running.thread.join(STOP_SECONDS)


def _is(key: tuple[Path, str], scope: Scope | None) -> bool:
    return scope is None or key[1] == scope_query(scope)


def _compute(workspace: Workspace, scope: Scope, running: Running, key: tuple[Path, str]) -> None:
    from touchline.pains.actions.estimating import compute_pains  # takes a second to import: scipy's statistics

    try:
        compute_pains(workspace, scope, running.report)
    except StoppedError:
        _forget(key, running)
    except (FilterError, JourneyFileError, StoreError) as problem:
        running.progress = Progress(0, 0, "", str(problem))
    except Exception:
        _log.exception("Computing pain points failed")
        running.progress = Progress(
            0, 0, "", "Pain points could not be computed, and the fault is ours: the terminal says more."
        )
    else:
        _forget(key, running)


def _forget(key: tuple[Path, str], running: Running) -> None:
    with _lock:
        if _running.get(key) is running:
            del _running[key]
