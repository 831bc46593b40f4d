"""`make soak`: five million rows through a workspace that is served meanwhile; memory stays where it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROWS = 5_000_000
BATCH = 100_000


def write_events(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("customer,time,event,value\n")
        for start in range(0, ROWS, BATCH):
            file.writelines(
                f"c{number % 200_003},2026-0{1 + number % 9}-{1 + number // 9 % 28:02}T{number % 24:02}:{number % 60:02}:00Z,"
                f"{'Product Viewed' if number % 7 else 'Order Completed'},{number % 50}\n"
                for number in range(start, start + BATCH)
            )


def resident_mb(pid: int, field: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(rf"{field}:\s+(\d+) kB", status)
    assert found
    return int(found.group(1)) // 1000


@pytest.mark.soak
def test_five_million_rows_while_serving(tmp_path: Path) -> None:
    write_events(tmp_path / "events.csv")
    environment = os.environ | {"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    subprocess.run([sys.executable, "-m", "touchline", "init"], cwd=tmp_path, env=environment, check=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "touchline", "serve", "--port", "0"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    address = re.search(r"http://\S+/", server.stdout.readline())
    assert address
    done = subprocess.run(
        [sys.executable, "-m", "touchline", "import", "events.csv", "--yes"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    for _ in range(200):
        with urllib.request.urlopen(address.group(), timeout=120) as page:
            assert page.status == 200
    peak, now = resident_mb(server.pid, "VmHWM"), resident_mb(server.pid, "VmRSS")
    server.terminate()
    server.wait(timeout=30)
    server.stdout.close()
    print(f"\n{ROWS:,} rows imported and 200 pages served by one process: peak {peak:,} MB, at the end {now:,} MB")

    assert done.returncode == 0, done.stderr
    assert "5,000,000" in done.stdout
    assert peak < 4000
