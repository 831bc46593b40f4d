"""The journal: what was received and is not worked off yet, on disk before anybody is told that it was received.

A SQLite file beside the store. Whoever receives appends and gets an answer only once the bytes are synced; whoever works
it off reads from where it stopped, and forgets what the store holds. The store's own commits cost more than a hundred times as
much for a row as for one of many, and wait for its writer; this one takes three milliseconds whatever the store does.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

JOURNAL_FILE = "journal.sqlite"
RESERVE_BYTES = 64_000_000
"""So much of the disk stays free: the store needs room to take in what the journal holds."""
PAGE_BYTES = 16_384
"""Bodies are large: bigger pages than usual take half the processor time, and up to twice the rate."""
PAGES_BETWEEN_CHECKPOINTS = 1000

ROWS_AT_ONCE = 500
"""In one statement: each statement lets go of the interpreter and waits for it again, behind a busy thread 5 ms and more."""

PACKED_FROM_BYTES = 2000
"""Smaller bodies are kept as they are. JSON packs to a tenth in a fraction of the time its writing would take."""

_SCHEMA = """
create table if not exists about (id text not null);
create table if not exists entries (
  position integer primary key autoincrement,  -- never used twice, not even after everything was forgotten
  received integer not null,                   -- microseconds since 1970, UTC
  door     text not null,
  key      integer not null,
  bytes    integer not null,                   -- of the body before it was packed; 0: it is not packed
  body     blob not null
);
"""


class JournalError(Exception):
    """Nothing can be kept at the moment; the message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something received; what its bytes mean is the business of its door."""

    received_us: int
    """When, in microseconds since 1970, UTC."""
    door: str
    key: int
    """Who sent it: the number of a write key."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry at its position; positions grow."""

    position: int
    entry: Entry


class Journal:
    """One open journal. Appending, reading and forgetting may happen in different threads."""

    def __init__(self, path: Path) -> None:
        """Open or create. Raises JournalError when that is impossible."""
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._reading = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        """Of its own, so that who reads keeps nobody from writing."""
        self.id = self._identify()
        """Positions count within this journal: a new file has another id."""

    def append(self, entries: Sequence[Entry]) -> int:
        """Keep entries, synced to disk when this returns; give the position of the last. Raises JournalError: none is kept."""
        rows = [(entry.received_us, entry.door, entry.key, *_packed(entry.body)) for entry in entries]
        with self._lock:
            self._refuse_without_room()
            connection = self._open()
            try:
                last = _insert(connection, rows)
            except sqlite3.Error as error:
                self._drop()
                raise self._in_words(error) from error
            return last

    def read(self, after: int, most: int, most_bytes: int) -> list[Kept]:
        """Return entries beyond a position in order: at least one if there is any, at most so many and so many bytes."""
        found: list[Kept] = []
        size = 0
        with self._reading:
            if self._reader is None:
                self._reader = self._connect()
            try:
                cursor = self._reader.execute(
                    "select position, received, door, key, bytes, body from entries where position > ? order by position limit ?",
                    (after, most),
                )
                for position, received, door, key, bytes_, body in cursor:
                    size += bytes_ or len(body)
                    if found and size > most_bytes:
                        break
                    found.append(Kept(position, Entry(received, door, key, _unpacked(bytes_, body))))
                cursor.close()
            except sqlite3.Error as error:
                self._drop_reader()
                raise self._in_words(error) from error
        return found

    def forget(self, until: int) -> None:
        """Let go of entries up to a position; their room is used again. Raises JournalError: they stay."""
        with self._lock:
            connection = self._open()
            try:
                connection.execute("delete from entries where position <= ?", (until,))
            except sqlite3.Error as error:
                self._drop()
                raise self._in_words(error) from error

    def waiting(self) -> tuple[int, int]:
        """Return how many entries wait, and how many bytes they take."""
        with self._lock:
            connection = self._open()
            try:
                # Positions have no gaps, and counting goes through all of them.
                first, last = connection.execute(
                    "select (select min(position) from entries), (select max(position) from entries)"
                ).fetchone()
                count = 0 if first is None else last - first + 1
                pages, free, page_bytes = (
                    connection.execute(f"pragma {name}").fetchone()[0]
                    for name in ("page_count", "freelist_count", "page_size")
                )
            except sqlite3.Error as error:
                self._drop()
                raise self._in_words(error) from error
        return int(count), (int(pages) - int(free)) * int(page_bytes)

    def shrink(self) -> None:
        """Give room that forgotten entries took back to the disk: what they said lies nowhere any more.

        Raises JournalError. Quick when nothing waits; what waits is copied.
        """
        with self._reading, self._lock:
            self._drop_reader()
            connection = self._open()
            try:
                connection.execute("vacuum")
                connection.execute("pragma wal_checkpoint(truncate)").fetchall()
            except sqlite3.Error as error:
                self._drop()
                raise self._in_words(error) from error

    def close(self) -> None:
        """Let go of the file."""
        with self._reading:
            self._drop_reader()
        with self._lock:
            self._drop()

    def _identify(self) -> str:
        with self._lock:
            connection = self._open()
            try:
                found = connection.execute("select id from about").fetchone()
                if found is None:
                    found = (secrets.token_hex(8),)
                    connection.execute("insert into about values (?)", found)
            except sqlite3.Error as error:
                self._drop()
                raise self._in_words(error) from error
        return str(found[0])

    def _open(self) -> sqlite3.Connection:
        """The connection that writes; a new one after an error, so that a cause that is gone is gone for us too."""
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        try:
            is_new = not self._path.exists()
            connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            if is_new:
                self._path.chmod(0o600)
            connection.execute(f"pragma page_size = {PAGE_BYTES}")
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute(f"pragma wal_autocheckpoint = {PAGES_BETWEEN_CHECKPOINTS}")
            connection.executescript(_SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise self._in_words(error) from error
        return connection

    def _drop_reader(self) -> None:
        connection, self._reader = self._reader, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def _refuse_without_room(self) -> None:
        try:
            free_bytes = shutil.disk_usage(self._path.parent).free
        except OSError as error:
            raise self._in_words(error) from error
        if free_bytes < RESERVE_BYTES:
            raise JournalError(f"No room left on the disk of {self._path.parent}: {free_bytes:,} bytes are free.")

    def _in_words(self, error: Exception) -> JournalError:
        text = str(error)
        if "full" in text or "No space left" in text:
            return JournalError(f"No room left on the disk of {self._path.parent}.")
        if "readonly" in text or "Read-only" in text or "Permission denied" in text:
            return JournalError(f"{self._path} cannot be written to: its owner, or the disk, allows reading only.")
        return JournalError(f"{self._path} cannot be used: {text}.")


def _insert(connection: sqlite3.Connection, rows: Sequence[tuple[int, str, int, int, bytes]]) -> int:
    """Insert all or none, give the position of the last. One statement commits by itself."""
    last = 0
    is_one = len(rows) <= ROWS_AT_ONCE
    if not is_one:
        connection.execute("begin immediate")
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        places = ", ".join(["(?, ?, ?, ?, ?)"] * len(part))
        inserted = connection.execute(
            f"insert into entries (received, door, key, bytes, body) values {places}",
            [value for row in part for value in row],
        )
        last = inserted.lastrowid or last
    if not is_one:
        connection.execute("commit")
    return last


def _packed(body: bytes) -> tuple[int, bytes]:
    """(size before, bytes); does not hold the interpreter while it packs."""
    if len(body) < PACKED_FROM_BYTES:
        return 0, body
    packed: bytes = pa.compress(body, "lz4", asbytes=True)
    return (len(body), packed) if len(packed) < len(body) else (0, body)


def _unpacked(size: int, body: bytes) -> bytes:
    if not size:
        return body
    unpacked: bytes = pa.decompress(body, size, "lz4", asbytes=True)
    return unpacked
