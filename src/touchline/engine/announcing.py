"""Telling the other parts of this process that something happened: new events, changed keys.

Announcements carry no data: whoever hears one asks the store. One that comes while the last is not heard yet adds nothing to it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from touchline.engine.workspace import Workspace

EVENTS = "events"
"""Events were stored, replaced or taken out."""
WRITE_KEYS = "write keys"
"""A write key was made, changed or withdrawn."""
OFFERS = "offers"
"""Variants of an experiment were put on offer, or taken off."""

STOPPING = "stopping"
"""The server was asked to stop: whoever keeps a connection open lets go of it."""

Listener = Callable[[], None]

_lock = threading.Lock()
_listeners: dict[tuple[Path, str], list[Listener]] = defaultdict(list)
_counts: dict[tuple[Path, str], int] = defaultdict(int)


def announce(workspace: Workspace, topic: str) -> None:
    """Call everybody who listens, in this thread: listeners only set a flag or wake somebody up."""
    with _lock:
        _counts[workspace.store.path, topic] += 1
        listeners = list(_listeners.get((workspace.store.path, topic), ()))
    for listener in listeners:
        listener()


def announced(workspace: Workspace, topic: str) -> int:
    """How often something was announced: whoever looked when it was as many has missed nothing."""
    with _lock:
        return _counts[workspace.store.path, topic]


def listen(workspace: Workspace, topic: str, listener: Listener) -> Callable[[], None]:
    """Be called at every announcement from now on; call what is returned to hear no more."""
    listeners = _listeners[workspace.store.path, topic]
    with _lock:
        listeners.append(listener)

    def stop() -> None:
        with _lock:
            if listener in listeners:
                listeners.remove(listener)

    return stop
