"""Group commit: what arrives while the disk is busy is written together, and answered together."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from touchline.engine.journal import Entry, Journal, JournalError

MOST_GROUP_BYTES = 8_000_000
MOST_GROUP_REQUESTS = 512


@dataclass(frozen=True, slots=True)
class _Ticket:
    entries: Sequence[Entry]
    loop: asyncio.AbstractEventLoop
    kept: asyncio.Future[None]


class GroupCommit:
    """One thread writes for all requests."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._queue: SimpleQueue[_Ticket | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()
        self.pending_bytes = 0
        """Handed over and not settled; belongs to the thread of the event loop."""
        self.handed_over_bytes = self.handed_over_requests = 0
        """In all, since the start."""

    async def keep(self, entries: Sequence[Entry]) -> None:
        """Return once the entries are on disk. Raises JournalError: they are not."""
        size = sum(len(entry.body) for entry in entries)
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[None] = loop.create_future()
        self.pending_bytes += size
        self.handed_over_bytes += size
        self.handed_over_requests += 1
        self._queue.put(_Ticket(entries, loop, kept))
        try:
            await asyncio.shield(kept)
        finally:
            self.pending_bytes -= size

    def close(self) -> None:
        """Write what is waiting, then end."""
        self._queue.put(None)
        self._thread.join()

    def _write(self) -> None:
        while (first := self._queue.get()) is not None:
            group, is_last = self._gather(first)
            error: JournalError | None = None
            try:
                self._journal.append([entry for ticket in group for entry in ticket.entries])
            except JournalError as found:
                error = found
            _settle_all(group, error)
            if is_last:
                return

    def _gather(self, first: _Ticket) -> tuple[list[_Ticket], bool]:
        """Everything that waits by now, up to a size; and whether the end was asked for."""
        group, size = [first], sum(len(entry.body) for entry in first.entries)
        while len(group) < MOST_GROUP_REQUESTS and size < MOST_GROUP_BYTES and not self._queue.empty():
            ticket = self._queue.get()
            if ticket is None:
                return group, True
            group.append(ticket)
            size += sum(len(entry.body) for entry in ticket.entries)
        return group, False


def _settle_all(group: Sequence[_Ticket], error: JournalError | None) -> None:
    """Wake each event loop once for all of its requests."""
    by_loop: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
    for ticket in group:
        by_loop.setdefault(ticket.loop, []).append(ticket.kept)
    for loop, futures in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, futures, error)


def _settle(futures: Sequence[asyncio.Future[None]], error: JournalError | None) -> None:
    for future in futures:
        if future.done():
            continue  # the loop is being closed
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)
