"""`make soak`: half an hour of collecting at half of the load asked for, while the map is read; nothing is lost or doubled."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from statistics import median

import pytest

from benchmarks.collecting import (
    BATCH,
    BATCHED_PER_SECOND,
    Served,
    check_stored_once,
    make_workspace,
    read_map,
    sent,
    served,
    wait_until_stored,
)
from benchmarks.sender import Load
from touchline.engine.store import MEMORY_LIMIT_BYTES

SECONDS = float(os.environ.get("TOUCHLINE_SOAK_SECONDS", "1800"))
EVENTS_PER_SECOND = BATCHED_PER_SECOND / 2
LOOK_SECONDS = 5.0
MOST_GROWTH_MB = MEMORY_LIMIT_BYTES / 1e6
"""Between the third minute and the end: the engine keeps what it read of a growing store, up to its limit and no more."""


class Watch:
    """Looks at memory, journal and map every few seconds."""

    def __init__(self, server: Served, workspace: Path) -> None:
        self._server, self._workspace = server, workspace
        self.resident_mb: list[float] = []
        self.journal_mb: list[float] = []
        self.map_seconds: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            self.resident_mb.append(self._server.resident_bytes / 1e6)
            self.journal_mb.append((self._workspace / "journal.sqlite").stat().st_size / 1e6)
            self.map_seconds.append(read_map(self._server))


@pytest.mark.soak
def test_half_an_hour_at_half_of_the_load(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    token = make_workspace(workspace)
    load = Load("127.0.0.1", 0, token, BATCH, 32, SECONDS, EVENTS_PER_SECOND / BATCH)
    with served(workspace) as server:
        watch = Watch(server, workspace)
        found = sent(server, load)
        watch.end()
        _print_load(found, watch)
        behind = time.monotonic()
        wait_until_stored(workspace)
        after_mb = server.resident_bytes / 1e6
    check_stored_once(workspace)
    warm = watch.resident_mb[int(180 / LOOK_SECONDS) :] or watch.resident_mb
    print(
        f"memory {warm[0]:,.0f} MB after three minutes, {max(warm):,.0f} MB at most, {after_mb:,.0f} MB at the end; everything "
        f"stored, once each, {time.monotonic() - behind:.0f} s after the last answer"
    )
    assert found["others"] == 0
    assert after_mb - warm[0] < MOST_GROWTH_MB


def _print_load(found: dict[str, float], watch: Watch) -> None:
    """As soon as they are known: storing the rest may take minutes, and may be interrupted."""
    print(
        f"\n{found['good'] * BATCH:,.0f} events answered in {SECONDS / 60:.0f} minutes ({found['events_per_second']:,.0f} a second), "
        f"{found['others']:,.0f} requests refused; answers took {found['p50_ms']:.1f} ms (median) and {found['p99_ms']:.0f} ms "
        f"(99th percentile); journal {max(watch.journal_mb):,.0f} MB at most; the map's page {median(watch.map_seconds):.2f} s "
        f"(median), {max(watch.map_seconds):.2f} s at most, read {len(watch.map_seconds)} times",
        flush=True,
    )
