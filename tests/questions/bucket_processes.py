"""Eight processes, each with a store that holds nothing but its own customers, answer the parts of a question."""

from __future__ import annotations

import multiprocessing
import shutil
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from touchline.engine.question import Bucket
from touchline.engine.store import Store

BUCKETS = 8

ONLY_ITS_CUSTOMERS = (
    "delete from visits where customer % $of <> $index",
    "delete from responses where coalesce(customer, 0) % $of <> $index",
    "delete from traits where customer % $of <> $index",
    """delete from events where coalesce(
      (select i.customer from identities i where i.identifier = events.who), 0) % $of <> $index""",
    "delete from identities where customer % $of <> $index",
)


class BucketProcesses:
    """Workers that live as long as the tests; `ask` has the shape of Reading.elsewhere."""

    def __init__(self, store: Store, folder: Path) -> None:
        store.checkpoint()
        context = multiprocessing.get_context("forkserver")  # it holds no store, and has loaded what all of them need
        context.set_forkserver_preload(["touchline.analyses.facade", __name__])
        self._pipes: list[Connection] = []
        self._workers = []
        for index in range(BUCKETS):
            place = folder / str(index)
            place.mkdir()
            _copy(store, place / "store.duckdb", index)
            here, there = context.Pipe()
            worker = context.Process(target=_work, args=(place / "store.duckdb", index, there), daemon=True)
            worker.start()
            self._pipes.append(here)
            self._workers.append(worker)

    def ask(self, question: Any, _store: Store) -> Any:
        """Send the question to every process, and put their parts together here."""
        for pipe in self._pipes:
            pipe.send(question)
        parts = [pipe.recv() for pipe in self._pipes]
        for part in parts:
            if isinstance(part, BaseException):
                raise part
        return question.combine(parts)

    def close(self) -> None:
        """End the processes."""
        for pipe, worker in zip(self._pipes, self._workers, strict=True):
            pipe.send(None)
            worker.join(10)


def _copy(store: Store, place: Path, index: int) -> None:
    shutil.copy(store.path, place)
    copied = Store.open(place)
    with copied.transaction() as writer:
        for sql in ONLY_ITS_CUSTOMERS:
            writer.execute(sql, {"of": BUCKETS, "index": index})
    copied.close()


def _work(place: Path, index: int, pipe: Connection) -> None:
    store = Store.open(place)
    while (question := pipe.recv()) is not None:
        try:
            pipe.send(question.part(store, Bucket(index, BUCKETS)))
        except Exception as error:
            pipe.send(RuntimeError(f"{type(question).__name__} in bucket {index}: {error}"))
    store.close()
