"""`make verify`: an import killed at random moments, again and again, ends with exactly the rows of the file."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROWS = 400_000
KILLS = 20
ENVIRONMENT = os.environ | {"NO_COLOR": "1"}


def touchline(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "touchline", *words],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def write_events(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("customer,time,event,value\n")
        for number in range(ROWS):
            day, second = divmod(number, 86_400)
            clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
            file.write(f"c{number % 9_973},2026-03-{day + 1:02}T{clock}Z,Product Viewed,{number % 50}\n")


@pytest.mark.verify
def test_twenty_kills_lose_nothing_and_store_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(20261121)
    write_events(tmp_path / "events.csv")
    assert touchline(tmp_path, "init").wait() == 0
    killed = 0
    for _ in range(KILLS):
        running = touchline(tmp_path, "import", "events.csv", "--yes")
        deadline = time.monotonic() + chance.uniform(1.0, 4.0)
        while running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        if running.poll() is None:
            running.send_signal(signal.SIGKILL)
            killed += 1
        running.wait()

    assert touchline(tmp_path, "import", "events.csv", "--yes").wait() == 0

    code = (
        "from pathlib import Path; from touchline.engine.store import Store\n"
        "store = Store.open(Path('touchline-workspace/store.duckdb'))\n"
        "print(*store.row('select count(*), count(distinct id), sum(value)::bigint from events')); store.close()"
    )
    counted = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    print(f"\n{killed} of {KILLS} imports killed; {counted.strip()} (events, distinct, sum of values)")
    assert killed > 0
    assert counted.split() == [str(ROWS), str(ROWS), str(sum(number % 50 for number in range(ROWS)))]
