"""`touchline watch` in processes of its own: what appears is imported, Ctrl-C ends it with a summary."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from touchline.cli.joined import answer_with
from touchline.cli.main import commands, main
from touchline.engine.joining import Owner
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

SOURCE = Path(__file__).parents[3]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(SOURCE), "NO_COLOR": "1", "COLUMNS": "80", "PYTHONUNBUFFERED": "1"}
EVENTS = "email,time,event\nada@example.org,2026-03-01T09:00:00Z,Product Viewed\n"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "exports").mkdir()
    workspace = create_workspace(tmp_path / "touchline-workspace", Settings("Shop"), DEFAULT_JOURNEY_TOML)
    yield workspace
    workspace.close()


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "touchline", "watch", "exports", "--yes", "--every", "0.05"]
    return subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def shown_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    shown = ""
    while words not in shown:
        line = process.stdout.readline()
        assert line, f"{words!r} was never shown:\n{shown}"
        shown += line
    return shown


@pytest.fixture(params=["alone", "joined"])
def place(request: pytest.FixtureRequest, shop: Workspace, tmp_path: Path) -> Iterator[Path]:
    """A workspace that nobody has open, or another process has."""
    if request.param == "alone":
        shop.close()
        yield tmp_path
        return
    owner = Owner(shop.folder, answer_with(commands(), shop))
    owner.start()
    yield tmp_path
    owner.stop()


def test_a_file_that_appears_is_imported_and_ctrl_c_ends_with_a_summary(place: Path) -> None:
    process = start(place)
    try:
        shown_until(process, "Watching")
        (place / "exports" / "events.csv").write_text(EVENTS)
        shown_until(process, "events.csv")
        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=30)
    finally:
        process.kill()

    assert "1 file imported with 1 row." in " ".join(told.split())
    assert process.returncode == 0


def test_once_imports_what_is_there_and_says_what_it_left(
    shop: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.close()
    exports = tmp_path / "exports"
    (exports / "events.csv").write_text(EVENTS)
    (exports / "broken.parquet").write_text("PAR1")

    with pytest.raises(SystemExit) as ended:
        main(["-w", str(shop.folder), "watch", str(exports), "--yes", "--once", "--every", "0.05"])

    told = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 1
    assert "is not a whole Parquet file" in told
    assert told.endswith("exports: 1 file imported with 1 row, 1 left.")
