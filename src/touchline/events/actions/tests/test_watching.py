from __future__ import annotations

import os
from pathlib import Path

import pytest

from touchline.engine.workspace import Workspace
from touchline.events.actions.watching import FolderWatch
from touchline.events.intake.report import DONE, FAILED, INTERRUPTED, KNOWN

TABLE = "email,time,event\nada@example.org,2026-03-01T09:00:00Z,Product Viewed\n"
MORE = "ada@example.org,2026-03-01T09:05:00Z,Order Completed\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "exports"
    place.mkdir()
    return place


@pytest.fixture
def watch(workspace: Workspace, folder: Path) -> FolderWatch:
    return FolderWatch(workspace, folder, accept_proposals=True)


def write(file: Path, text: str, second: int) -> Path:
    """Write a file as if at that second."""
    file.write_text(text)
    os.utime(file, (second, second))
    return file


def test_a_file_is_settled_when_two_looks_agree(watch: FolderWatch, folder: Path) -> None:
    assert watch.settled() == []
    file = write(folder / "events.csv", TABLE, 100)
    assert watch.settled() == []
    write(file, TABLE + MORE, 101)
    assert watch.settled() == [], "it grew"
    write(file, TABLE + MORE, 102)
    assert watch.settled() == [], "it was written again, to the same size"
    assert watch.settled() == [file]


def test_a_file_is_imported_once_and_again_when_it_changes(watch: FolderWatch, folder: Path) -> None:
    file = write(folder / "events.csv", TABLE, 100)
    watch.settled()
    assert watch.settled() == [file]
    report = watch.bring_in(file, None, None)
    assert (report.status, report.imported) == (DONE, 1)
    assert watch.settled() == []

    write(file, TABLE + MORE, 200)
    watch.settled()
    assert watch.settled() == [file]
    report = watch.bring_in(file, None, None)
    assert (report.imported, report.skip_reasons) == (1, {"already imported": 1})


def test_another_watch_knows_what_was_imported(workspace: Workspace, watch: FolderWatch, folder: Path) -> None:
    file = write(folder / "events.csv", TABLE, 100)
    watch.settled()
    watch.settled()
    watch.bring_in(file, None, None)

    later = FolderWatch(workspace, folder, accept_proposals=True)
    later.settled()

    assert [later.bring_in(each, None, None).status for each in later.settled()] == [KNOWN]


def test_what_cannot_be_read_is_told_once_and_stops_nothing(watch: FolderWatch, folder: Path) -> None:
    broken = write(folder / "broken.xlsx", "PK\3\4 this is no sheet", 100)
    file = write(folder / "events.csv", TABLE, 100)
    watch.settled()

    assert watch.settled() == [broken, file]
    report = watch.bring_in(broken, None, None)
    assert report.status == FAILED
    assert report.error.startswith(str(broken))
    assert watch.bring_in(file, None, None).imported == 1
    assert watch.settled() == []


def test_unfinished_hidden_and_other_files_are_left(watch: FolderWatch, folder: Path) -> None:
    for name, text in (("events.csv.part", TABLE), (".events.csv", TABLE), ("notes.docx", "x"), ("empty.csv", "")):
        write(folder / name, text, 100)
    (folder / "inside").mkdir()
    inside = write(folder / "inside" / "events.csv", TABLE, 100)
    watch.settled()

    assert watch.settled() == [inside]


def test_a_folder_that_goes_away_is_an_empty_one(watch: FolderWatch, folder: Path) -> None:
    folder.rmdir()

    assert watch.settled() == []


def test_an_import_that_was_stopped_goes_on_at_the_next_look(watch: FolderWatch, folder: Path) -> None:
    file = write(folder / "events.csv", TABLE, 100)
    watch.settled()
    watch.settled()

    assert watch.bring_in(file, None, lambda: True).status == INTERRUPTED
    assert watch.settled() == [file]
    assert watch.bring_in(file, None, None).imported == 1
