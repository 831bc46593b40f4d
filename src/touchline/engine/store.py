"""The store: one DuckDB file per workspace, and the only door to it.

Nothing outside this package imports duckdb. Reading takes a cursor of its own per question, so threads do not
wait for each other; writing goes through one lock, because two updates of one row raise a transaction conflict.
Never fork a process that holds a store open.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

SCHEMA = (
    "0001_foundation.sql",
    "0002_boards.sql",
    "0003_research.sql",
    "0004_collection.sql",
    "0005_identity.sql",
    "0006_webhooks.sql",
    "0007_value.sql",
    "0008_improvements.sql",
    "0009_experiments.sql",
    "0010_pains.sql",
    "0011_strategy.sql",
)
"""Steps of the schema in order; a store written by an older Touchline gets those it lacks when it is opened."""
SCHEMA_VERSION = len(SCHEMA)
STORE_FILE = "store.duckdb"
MEMORY_LIMIT_BYTES = 1_000_000_000
"""DuckDB spills to disk above this; TOUCHLINE_MEMORY_MB changes it. Arrow batches and kernels come on top."""
LOG_BYTES = 64_000_000
"""The write-ahead log is folded into the file beyond this. Four times as often, the latest rows are packed four times over."""

Parameters = Sequence[Any] | dict[str, Any]


class StoreError(Exception):
    """The store cannot be used as asked; the message is a sentence for the user."""


class StoreInUseError(StoreError):
    """Another process has the file open."""


class StoreTooNewError(StoreError):
    """The file was written by a newer Touchline or DuckDB."""


class DiskFullError(StoreError):
    """There was no room to write; nothing of the running transaction was kept."""


class Store:
    """One open store file. Use `Store.create` or `Store.open`, and `close` when done."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.commits = 0
        """How often data were committed since the store was opened: while it stays, so does every answer."""
        self.changes_by_people = 0
        """How many of these somebody asked for: an import, a corrected journey. The others are events that arrive by
        themselves, and what is derived from them."""
        self._connection = connection
        self._is_given_up = False
        self._renewing = threading.Lock()
        self._write_lock = threading.RLock()
        self._in_transaction = threading.local()

    @classmethod
    def create(cls, path: Path) -> Store:
        """Create an empty store readable by its owner only. Raises StoreError when the file exists."""
        if path.exists():
            raise StoreError(f"{path} exists already.")
        connection = _connect(path)
        path.chmod(0o600)
        _apply_schema(connection, 0)
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open an existing store. Raises StoreInUseError, StoreTooNewError or StoreError with a sentence."""
        if not path.is_file():
            raise StoreError(f"{path} is not a Touchline store: no such file.")
        connection = _connect(path)
        try:
            # All rows: an unread answer is a transaction that never ends, and while there is an older one nothing updated can
            # be folded into the file; the write-ahead log would grow as long as the store is open.
            version = connection.execute("select value from meta where key = 'schema_version'").fetchall()
        except duckdb.CatalogException:
            connection.close()
            raise StoreError(f"{path} is a database, but not a Touchline store.") from None
        except duckdb.Error as error:
            connection.close()
            raise _as_open_error(error, path) from None
        found = int(version[0][0]) if version else 0
        if found > SCHEMA_VERSION:
            connection.close()
            raise StoreTooNewError(
                f"{path} was written by a newer Touchline (store version {found}, this one reads up to "
                f"{SCHEMA_VERSION}). Update Touchline and try again; nothing was changed."
            )
        if found < SCHEMA_VERSION:
            _apply_schema(connection, found)
        return cls(path, connection)

    def close(self) -> None:
        """Write the file out and let go of it."""
        self._connection.close()

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """Return every row of a question as tuples."""
        with self._cursor() as cursor:
            return cursor.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """Return the first row of a question, or None."""
        with self._cursor() as cursor:
            return cursor.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the single value of a question, or None when it has no row."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def table(self, sql: str, parameters: Parameters = ()) -> pa.Table:
        """Return a question's answer as an Arrow table."""
        with self._cursor() as cursor:
            table: pa.Table = cursor.sql(sql, params=parameters).to_arrow_table()
            return table

    def columns(self, sql: str, parameters: Parameters = ()) -> dict[str, Any]:
        """Return a question's answer as NumPy arrays by column name (masked where there are nulls)."""
        with self._cursor() as cursor:
            return cursor.execute(sql, parameters).fetchnumpy()

    def batches(
        self, sql: str, parameters: Parameters = (), staged: Mapping[str, pa.Table] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Give an answer bit by bit: it need not fit in memory. `staged` tables are readable under their names."""
        with self._cursor() as cursor:
            for name, table in (staged or {}).items():
                cursor.register(name, table)
            yield from cursor.sql(sql, params=parameters).to_arrow_reader()

    @contextmanager
    def transaction(self, *, by_itself: bool = False) -> Iterator[Writer]:
        """Give the one writer; commit whole on success, roll back whole on any error.

        `by_itself`: nobody asked for it and waits to see it; see `changes_by_people`.
        """
        with self._write_lock:
            cursor = self._new_cursor()
            try:
                cursor.begin()
                yield Writer(cursor)
                cursor.commit()
                self.commits += 1
                self.changes_by_people += not by_itself
            except BaseException as error:
                _roll_back(cursor)
                self._raise_in_words(error)
                raise
            finally:
                cursor.close()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file."""
        with self._write_lock, self._cursor() as cursor:
            cursor.execute("checkpoint")

    def meta(self, key: str) -> str | None:
        """Return a stored setting of the store itself, or None."""
        found = self.value("select value from meta where key = ?", [key])
        return None if found is None else str(found)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._new_cursor()
        try:
            yield cursor
        except (duckdb.Error, RuntimeError) as error:
            self._raise_in_words(error)
            raise
        finally:
            cursor.close()

    def _new_cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor. Once the engine has given the file up it is opened anew: what is gone by then is gone for us too.

        A disk that is full while the write-ahead log is folded in has that effect; what was committed is in the log.
        """
        if self._is_given_up:
            with self._renewing:
                if self._is_given_up:
                    with suppress(duckdb.Error):
                        self._connection.close()
                    self._connection = _connect(self.path)
                    self._is_given_up = False
                    self.commits += 1  # a commit may have failed after it was in the log
                    self.changes_by_people += 1
        return self._connection.cursor()

    def _raise_in_words(self, error: BaseException) -> None:
        """Raise what a user can be told, where the engine's error is of that kind."""
        self._is_given_up |= "database has been invalidated" in str(error) or isinstance(error, duckdb.FatalException)
        if _is_interruption(error):
            raise KeyboardInterrupt from error
        if (sentence := _in_words(error, self.path)) is not None:
            raise sentence from error
        if isinstance(error, duckdb.FatalException | duckdb.IOException | duckdb.TransactionException):
            raise StoreError(f"{self.path} cannot be used at the moment: {str(error).splitlines()[0]}") from error


class Writer:
    """What a transaction may do. Tables go in through Arrow: row-wise inserts take 1.8 s per 1,000 rows."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def execute(self, sql: str, parameters: Parameters = ()) -> None:
        """Run one statement."""
        self._cursor.execute(sql, parameters)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """Read inside the transaction."""
        return self._cursor.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Read one value inside the transaction, or None."""
        found = self.rows(sql, parameters)  # all of them: an unread result blocks the connection
        return found[0][0] if found else None

    def columns(self, sql: str, parameters: Parameters = ()) -> dict[str, Any]:
        """Read inside the transaction, as NumPy arrays by column name."""
        return self._cursor.execute(sql, parameters).fetchnumpy()

    @contextmanager
    def staged(self, name: str, table: pa.Table) -> Iterator[str]:
        """Make an Arrow table readable under a name while the block runs, without copying it."""
        self._cursor.register(name, table)
        try:
            yield name
        finally:
            with suppress(duckdb.TransactionException):  # after a failed statement, which is the error to show
                self._cursor.unregister(name)

    def append(self, into: str, rows: pa.Table, columns: str) -> None:
        """Add rows to a table; `columns` says in SQL how each of its columns is made of those of `rows`, in order.

        Nothing of `rows` stays in memory, whereas staged tables stay until the transaction's end.
        """
        self._cursor.from_arrow(rows).project(columns).insert_into(into)

    def set_meta(self, key: str, value: str) -> None:
        """Set one of the store's own settings."""
        self._cursor.execute("delete from meta where key = ?", [key])
        self._cursor.execute("insert into meta values (?, ?)", [key, value])


def _apply_schema(connection: duckdb.DuckDBPyConnection, found: int) -> None:
    """Bring the schema from version `found` to the latest, whole or not at all."""
    connection.begin()
    for name in SCHEMA[found:]:
        connection.execute((resources.files(__package__) / "schema" / name).read_text("utf-8"))
    connection.execute("delete from meta where key = 'schema_version'")
    connection.execute("insert into meta values ('schema_version', ?)", [str(SCHEMA_VERSION)])
    connection.commit()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    spill = path.parent / "tmp"
    free_bytes = shutil.disk_usage(path.parent).free
    memory_bytes = _allowed_megabytes() * 1_000_000 or MEMORY_LIMIT_BYTES
    try:
        connection = duckdb.connect(
            str(path),
            config={
                "memory_limit": f"{memory_bytes}B",
                "temp_directory": str(spill),
                "max_temp_directory_size": f"{int(free_bytes * 0.8)}B",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "checkpoint_threshold": f"{LOG_BYTES}B",
            },
        )
    except duckdb.Error as error:
        raise _as_open_error(error, path) from None
    connection.execute("set TimeZone = 'UTC'")
    return connection


def _allowed_megabytes() -> int:
    written = os.environ.get("TOUCHLINE_MEMORY_MB", "") or "0"
    if not written.isdecimal():
        raise StoreError(f"TOUCHLINE_MEMORY_MB is {written!r}; expected a number of megabytes such as 2000.")
    return int(written)


def _as_open_error(error: Exception, path: Path) -> StoreError:
    text = str(error)
    if "Could not set lock" in text or "Conflicting lock" in text:
        return StoreInUseError(f"{path} is in use by another process.")
    if "version number" in text or "newer version" in text:
        return StoreTooNewError(
            f"{path} was written by a newer version and cannot be read by this one. Update Touchline."
        )
    return _in_words(error, path) or StoreError(f"{path} cannot be opened: {text.splitlines()[0]}")


def _is_interruption(error: BaseException) -> bool:
    """Whether Ctrl-C ended a running statement: the engine makes an error of its own of it."""
    return isinstance(error, RuntimeError | duckdb.InterruptException) and "interrupted" in str(error).lower()


def _in_words(error: BaseException, path: Path) -> StoreError | None:
    """What the engine says of the disk and of a damaged file, as a sentence; None for anything else."""
    text = str(error)
    if "No space left" in text or "max_temp_directory_size" in text or "not enough disk space" in text.lower():
        return DiskFullError(
            f"No room left on the disk of {path.parent}. Nothing of this step was kept; free some and try again."
        )
    if text.startswith("Out of Memory"):
        return StoreError("The store needs more memory than it may take. Set TOUCHLINE_MEMORY_MB higher and try again.")
    if "Permission denied" in text or "Read-only file system" in text:
        return StoreError(f"{path.parent} cannot be written to: its owner, or the disk, allows reading only.")
    if "Corrupt database file" in text or "Could not read enough bytes" in text:
        return StoreError(
            f"{path} is damaged: part of it was overwritten or cut off. Put a copy of the workspace in its place, or make "
            "a new workspace and import the files again."
        )
    return None


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.rollback()
    except duckdb.Error:
        return  # the engine has rolled back already
