"""`touchline watch` in processes of its own: what appears is imported, Ctrl-C ends it with a summary."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from tests.forked import start_touchline

from touchline.cli.joined import answer_with
from touchline.cli.main import commands, main
from touchline.engine.joining import Owner
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

PATIENCE_SECONDS = 60
EVENTS = "email,time,event\nada@example.org,2026-03-01T09:00:00Z,Product Viewed\n"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "exports").mkdir()
    workspace = create_workspace(tmp_path / "touchline-workspace", Settings("Shop"), DEFAULT_JOURNEY_TOML)
    yield workspace
    workspace.close()


def shown_until(printed: Path, words: str, process: BaseProcess) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while words not in (shown := printed.read_text("utf-8") if printed.exists() else ""):
        waits = process.is_alive() and time.monotonic() < deadline
        assert waits, f"{words!r} was never shown:\n{shown}"
        time.sleep(0.02)


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


def test_a_file_that_appears_is_imported_and_ctrl_c_ends_with_a_summary(
    place: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    printed = tmp_path_factory.mktemp("printed") / "output"
    process = start_touchline("watch", "exports", "--yes", "--every", "0.05", output=printed)
    try:
        shown_until(printed, "Watching", process)
        (place / "exports" / "events.csv").write_text(EVENTS)
        shown_until(printed, "events.csv", process)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)
        process.join(PATIENCE_SECONDS)
    finally:
        process.kill()

    assert "1 file imported with 1 row." in " ".join(printed.read_text("utf-8").split())
    assert process.exitcode == 0


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
