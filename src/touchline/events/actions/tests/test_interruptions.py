"""Stopped, killed, and out of room: what an import leaves behind and how it goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from touchline.engine.store import DiskFullError, Store
from touchline.engine.workspace import Settings, Workspace, create_workspace, open_workspace
from touchline.events.actions.tests.files import ORDERS, bring, counts, long_file, put
from touchline.events.facade import (
    Progress,
    import_files,
    imports,
    quarantined,
)
from touchline.events.intake import producing
from touchline.events.readers import delimited

ROWS = 8_000
BLOCK_BYTES = 100 * 1024
"""A third of the file: another block is read when the first is stored."""


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited.open_delimited, "__defaults__", (BLOCK_BYTES,))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch, small_blocks: None) -> None:
    monkeypatch.setattr(producing, "ROWS_PER_CHUNK", 1000)


def test_a_stopped_import_goes_on_where_it_was(workspace: Workspace, tmp_path: Path, small_chunks: None) -> None:
    path = put(tmp_path, "events.csv", long_file(ROWS))
    told: list[Progress] = []

    (stopped,) = import_files(
        workspace,
        [path],
        accept_proposals=True,
        on_progress=told.append,
        should_stop=lambda: bool(told) and told[-1].imported > 0,
    )
    assert stopped.status == "interrupted"
    assert 0 < stopped.imported < ROWS
    assert stopped.rows == stopped.imported == workspace.store.value("select count(*) from events")
    first_seq = workspace.store.value("select max(seq) from events")

    report = bring(workspace, path)

    assert counts(report) == ("done", ROWS, ROWS, 0, 0)
    assert (report.import_id, report.with_customer) == (stopped.import_id, ROWS)
    assert workspace.store.value("select count(*) from events where seq <= ?", [first_seq]) == stopped.imported
    assert workspace.store.value("select count(distinct id) from events") == ROWS


def test_ctrl_c_in_the_middle_of_a_chunk_drops_that_chunk(
    workspace: Workspace, tmp_path: Path, small_chunks: None
) -> None:
    path = put(tmp_path, "events.csv", long_file(ROWS))

    def interrupt(progress: Progress) -> None:
        if progress.imported:
            raise KeyboardInterrupt

    (report,) = import_files(workspace, [path], accept_proposals=True, on_progress=interrupt)

    assert report.status == "interrupted"
    assert report.imported == workspace.store.value("select count(*) from events")
    assert bring(workspace, path).imported == ROWS


def test_a_known_export_goes_on_where_it_was(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(producing, "RESULTS_PER_CHUNK", 1)
    path = put(tmp_path, "orders.csv", ORDERS.replace("2026-08-02 09:00:00 +0200", "some day") + ORDERS.splitlines()[1])
    told: list[Progress] = []

    (stopped,) = import_files(
        workspace,
        [path],
        on_progress=told.append,
        should_stop=lambda: told[-1].imported > 0 if told else False,
    )
    report = bring(workspace, path)

    assert (stopped.status, stopped.rows, stopped.imported) == ("interrupted", 1, 1)
    assert (report.import_id, report.rows, report.quarantined) == (stopped.import_id, 3, 1)
    assert quarantined(workspace).total == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from touchline.engine.workspace import open_workspace
from touchline.events.facade import import_files
from touchline.events.intake import producing
from touchline.events.readers import delimited

delimited.open_delimited.__defaults__ = (int(sys.argv[3]),)
producing.ROWS_PER_CHUNK = 1000

def kill(progress):
    if progress.imported:
        os.kill(os.getpid(), signal.SIGKILL)

import_files(open_workspace(Path(sys.argv[1])), [Path(sys.argv[2])], accept_proposals=True, on_progress=kill)
"""


def test_a_killed_process_leaves_a_store_that_says_what_was_imported(tmp_path: Path, small_chunks: None) -> None:
    path = put(tmp_path, "events.csv", long_file(ROWS))
    folder = tmp_path / "workspace"
    create_workspace(folder, Settings("Test"), "").close()

    source = str(Path(__file__).parents[4])
    command = [sys.executable, "-c", KILLED, str(folder), str(path), str(BLOCK_BYTES)]
    ended = subprocess.run(command, env=os.environ | {"PYTHONPATH": source}, check=False)
    assert ended.returncode == -signal.SIGKILL

    workspace = open_workspace(folder)
    (record,) = imports(workspace)
    assert record.status == "interrupted"
    assert 0 < record.imported < ROWS
    assert record.rows == record.imported == workspace.store.value("select count(*) from events")

    assert bring(workspace, path).imported == ROWS
    assert workspace.store.value("select count(distinct id) from events") == ROWS
    workspace.close()


def test_an_import_begun_with_other_chunks_begins_again(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_blocks: None
) -> None:
    path = put(tmp_path, "events.csv", long_file(ROWS))
    told: list[Progress] = []
    with monkeypatch.context() as patched:
        patched.setattr(producing, "ROWS_PER_CHUNK", 1000)
        import_files(
            workspace,
            [path],
            accept_proposals=True,
            on_progress=told.append,
            should_stop=lambda: told[-1].imported > 0 if told else False,
        )

    report = bring(workspace, path)

    assert counts(report) == ("done", ROWS, ROWS, 0, 0)
    assert [record.status for record in imports(workspace)] == ["done", "replaced"]
    assert workspace.store.value("select count(*) from events") == ROWS


class FullStore(Store):
    """A store whose disk is full from the fifth transaction on."""

    transactions = 0

    def transaction(self):  # type: ignore[no-untyped-def]
        self.transactions += 1
        if self.transactions > 4:
            raise DiskFullError("No room left on the disk. Nothing of this step was kept; free some and try again.")
        return super().transaction()


def test_a_full_disk_is_one_sentence_and_the_import_goes_on_later(
    workspace: Workspace, tmp_path: Path, small_chunks: None
) -> None:
    path = put(tmp_path, "events.csv", long_file(2 * ROWS))
    full = Workspace(workspace.folder, FullStore(workspace.store.path, workspace.store._connection), workspace.settings)

    reports = import_files(full, [path, path], accept_proposals=True)

    assert [report.status for report in reports] == ["interrupted"]
    assert reports[0].error.startswith("No room left on the disk.")
    assert reports[0].imported == workspace.store.value("select count(*) from events") > 0
    assert [record.status for record in imports(workspace)] == ["interrupted"]
    assert bring(workspace, path).imported == 2 * ROWS
