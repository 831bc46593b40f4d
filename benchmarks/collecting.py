"""Collecting with storage and fsync, from a second process on loopback: beside a server that only decodes, same client.

The store takes in what arrives meanwhile, as it does in earnest; what is left in the journal at the end is waited for, and
every event answered 2xx must then be in the store exactly once.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from statistics import median, quantiles

from benchmarks.measuring import Row, Sizes, in_child
from benchmarks.sender import Load, send
from touchline.collection.facade import make_write_key
from touchline.engine.journal import JOURNAL_FILE
from touchline.engine.workspace import Settings, create_workspace, open_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

SECONDS, ROUNDS, ROUND_SECONDS = 15.0, 3, 8.0
SHARE_OF_DECODING, BATCHED_PER_SECOND, SINGLE_PER_SECOND = 0.35, 25_000, 2_000
MOST_P99_MS, MOST_READER_RATIO, MOST_GROWTH_BYTES = 150, 2.0, 100_000_000
CACHE_MB = 250
"""For the store's pages; by itself it takes 1,000 MB, and a million events do not fill that."""
BATCH, BATCH_CONNECTIONS, SINGLE_CONNECTIONS = 100, 32, 64
MILLION = 1_000_000
PLAIN_BYTES, PLAIN_PAUSE_SECONDS = 50_000, 0.05


@dataclass(frozen=True)
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    port: int

    @property
    def resident_bytes(self) -> int:
        """Memory it takes now (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found.group(1)) * 1024 if found else 0


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure; raises RuntimeError when an answered event is not stored exactly once."""
    workspace = folder / "collecting"
    token = make_workspace(workspace)
    batches = Load("127.0.0.1", 0, token, BATCH, BATCH_CONNECTIONS, SECONDS)
    singles = replace(batches, events_per_request=1, connections=SINGLE_CONNECTIONS)
    with served(workspace) as server:
        rates = _rates(workspace, server, batches, singles)
        rows = [
            *_rows_of_rates(rates),
            _row_of_p99("batches", server, _paced(batches, rates.at_once / BATCH / 2, "h"), folder),
            _row_of_p99("single calls", server, _paced(singles, rates.one_by_one / 2, "i"), folder),
            _row_of_memory(folder / "memory"),
            _row_of_readers(workspace, server, batches, BATCHED_PER_SECOND),
            _row_of_readers(workspace, server, batches, rates.at_once / 2, judged=False),
        ]
        wait_until_stored(workspace)
    check_stored_once(workspace)
    return rows


@dataclass(frozen=True)
class _Rates:
    """Events a second; the median of the rounds."""

    at_once: float
    decoded: float
    one_by_one: float
    decoded_singly: float


def _rates(workspace: Path, server: Served, batches: Load, singles: Load) -> _Rates:
    """Ours and decoding alone in turns, since a machine is now faster and now slower."""
    found: list[_Rates] = []
    batches, singles = replace(batches, seconds=ROUND_SECONDS), replace(singles, seconds=ROUND_SECONDS)
    for number in range(ROUNDS):
        with _decoding_only() as baseline:
            decoded = sent(baseline, replace(batches, salt=f"d{number}"))
            decoded_singly = sent(baseline, replace(singles, salt=f"e{number}"))
        at_once = sent(server, replace(batches, salt=f"a{number}"))
        one_by_one = sent(server, replace(singles, salt=f"b{number}"))
        found.append(_Rates(*(each["events_per_second"] for each in (at_once, decoded, one_by_one, decoded_singly))))
        wait_until_stored(workspace)
    return _Rates(*(median(getattr(each, part.name) for each in found) for part in fields(_Rates)))


def _rows_of_rates(found: _Rates) -> list[Row]:
    rate, beside = found.at_once, found.decoded
    single, single_beside = found.one_by_one, found.decoded_singly
    share = rate / beside
    return [
        Row(
            f"1M events in batches of {BATCH}, stored and synced: {rate:,.0f} events/s",
            MILLION / rate,
            None,
            f"≥ {BATCHED_PER_SECOND:,} events/s and {SHARE_OF_DECODING:.0%} of decoding alone",
            rate >= BATCHED_PER_SECOND and share >= SHARE_OF_DECODING,
            f"decoding alone: {beside:,.0f} events/s",
            MILLION / beside,
        ),
        Row(
            f"10,000 single track calls, stored and synced: {single:,.0f} a second",
            10_000 / single,
            None,
            f"≥ {SINGLE_PER_SECOND:,} a second",
            single >= SINGLE_PER_SECOND,
            f"decoding alone: {single_beside:,.0f} a second",
            10_000 / single_beside,
        ),
    ]


def _row_of_p99(of_what: str, server: Served, load: Load, folder: Path) -> Row:
    """Answers at half load, beside another process's plain file on the same disk: a slow disk makes both of them late."""
    with _plain_syncs(folder / "plain") as plain_ms:
        found = sent(server, load)
    return Row(
        f"answer to {of_what} at half of that load, 99th percentile (median {found['p50_ms']:.0f} ms)",
        found["p99_ms"] / 1000,
        None,
        f"< {MOST_P99_MS} ms",
        found["p99_ms"] < MOST_P99_MS,
        f"a plain file of {PLAIN_BYTES:,} bytes more and synced, 99th percentile of {len(plain_ms):,}",
        quantiles(plain_ms, n=100)[-1] / 1000,
    )


@contextmanager
def _plain_syncs(path: Path) -> Iterator[list[float]]:
    """Append to a file and sync it, over and over with pauses, as long as the block runs; milliseconds each took."""
    taken: list[float] = []
    stop = threading.Event()

    def sync() -> None:
        with path.open("wb") as file:
            while not stop.wait(PLAIN_PAUSE_SECONDS):
                start = time.perf_counter()
                file.write(bytes(PLAIN_BYTES))
                file.flush()
                os.fsync(file.fileno())
                taken.append((time.perf_counter() - start) * 1000)

    syncer = threading.Thread(target=sync)
    syncer.start()
    try:
        yield taken
    finally:
        stop.set()
        syncer.join()


def _row_of_memory(workspace: Path) -> Row:
    """Memory over a million events, stored too: of a server whose store's cache is full before, and can grow no more."""
    batches = Load("127.0.0.1", 0, make_workspace(workspace), BATCH, BATCH_CONNECTIONS, 5.0)
    with served(workspace, TOUCHLINE_MEMORY_MB=f"{CACHE_MB}") as server:
        sent(server, replace(batches, salt="w"))
        wait_until_stored(workspace)
        before, events, seconds, peak = server.resident_bytes, 0.0, 0.0, 0
        while events < MILLION:
            found = sent(server, replace(batches, salt=f"m{int(seconds)}"))
            events += found["good"] * BATCH
            seconds += batches.seconds
            peak = max(peak, server.resident_bytes)
        wait_until_stored(workspace)
        after = server.resident_bytes
    check_stored_once(workspace)
    return Row(
        f"memory over {events / MILLION:.1f}M events with a cache of {CACHE_MB} MB: {before / 1e6:,.0f} to {after / 1e6:,.0f} MB",
        seconds,
        peak,
        f"flat (at most {MOST_GROWTH_BYTES / MILLION:.0f} MB more)",
        after - before < MOST_GROWTH_BYTES,
    )


def _row_of_readers(workspace: Path, server: Served, batches: Load, rate: float, judged: bool = True) -> Row:
    """The map read over and over, idle and while so many events a second arrive: those that are asked for, and more."""
    wait_until_stored(workspace)
    read_map(server)
    idle = median(read_map(server) for _ in range(20))
    taken: list[float] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            taken.append(read_map(server))

    reader = threading.Thread(target=read)
    reader.start()
    sent(server, _paced(batches, rate / BATCH, f"r{int(judged)}"))
    stop.set()
    reader.join()
    busy = median(taken)
    return Row(
        f"the map's page while {rate:,.0f} events a second arrive ({len(taken)} times)",
        busy,
        None,
        f"≤ {MOST_READER_RATIO:g} × idle" if judged else "",
        busy <= MOST_READER_RATIO * idle if judged else None,
        "the same page, idle",
        idle,
    )


def _paced(load: Load, requests_per_second: float, salt: str) -> Load:
    return replace(load, requests_per_second=requests_per_second, salt=salt)


def sent(server: Served, load: Load) -> dict[str, float]:
    """Send a load from a process of its own; what `sender.send` found."""
    found: dict[str, float] = in_child(send, replace(load, port=server.port)).found
    return found


def read_map(server: Served) -> float:
    """Seconds until the map's page is here."""
    start = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/", timeout=60) as answer:
        answer.read()
    return time.perf_counter() - start


def make_workspace(folder: Path) -> str:
    """Make a workspace with a key that allows any load; give the key's token."""
    workspace = create_workspace(folder, Settings("Bench", currency="EUR"), DEFAULT_JOURNEY_TOML)
    _, token = make_write_key(workspace, "Bench", events_per_second=MILLION)
    workspace.close()
    return token


@contextmanager
def served(workspace: Path, **settings: str) -> Iterator[Served]:
    """A server of ours, as long as the block runs; `settings` are variables of its environment."""
    command = [sys.executable, "-m", "touchline", "-w", str(workspace), "serve", "--port", "0"]
    with _running(command, settings) as served:
        yield served


@contextmanager
def _decoding_only() -> Iterator[Served]:
    command = [
        *(sys.executable, "-m", "uvicorn", "benchmarks.decoding_only:application", "--port", "0"),
        *("--lifespan", "off", "--no-access-log"),
    ]
    with _running(command) as served:
        yield served


@contextmanager
def _running(command: list[str], settings: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Start a server, wait for the address it prints, and stop it in the end."""
    environment = os.environ | dict(settings or {})
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield Served(process, _port_told(process))
    finally:
        process.terminate()
        process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


def _port_told(process: subprocess.Popen[str]) -> int:
    for line in process.stdout or ():
        if found := re.search(r"http://[^ ]*:(\d+)", line):
            return int(found.group(1))
    raise RuntimeError("The server ended before it told its address.")


def wait_until_stored(workspace: Path) -> None:
    """Return when the journal is empty."""
    journal = sqlite3.connect(f"file:{workspace / JOURNAL_FILE}?mode=ro", uri=True)
    while journal.execute("select count(*) from entries").fetchone()[0]:
        time.sleep(0.5)
    journal.close()


def check_stored_once(folder: Path) -> None:
    """Every event answered is stored once: message ids are counted within what the record says was received."""
    workspace = open_workspace(folder)
    stored, distinct = workspace.store.row("select count(*), count(distinct id) from events") or (0, 0)
    received = workspace.store.value("select rows from imports")
    workspace.close()
    if not stored == distinct == received:
        raise RuntimeError(f"{received:,} events were received, {stored:,} are stored, {distinct:,} of them distinct.")
