from __future__ import annotations

import json
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from touchline.events import facade
from touchline.events.tasks import ASKING, DONE, FAILED, STOPPED, desk_of, stop_imports

CALLS = """when,cust no,what,where,stars
2026-01-02 10:00,17,visited shop,Store Berlin,4
2026-01-03 11:00,18,called,Phone,2
nonsense,19,called,Phone,5
"""
RIGHT = {"column_1": "external_id", "column_2": "name"}


def drop(client, name: str, text: str | bytes, **options):
    content = text.encode() if isinstance(text, str) else text
    return client.post("/import", {"files": [SimpleUploadedFile(name, content)]}, **options)


def confirm(client, workspace, dropped, **changes: str):
    """Send the mapping page as it is shown, with some fields changed."""
    from touchline.events.forms import MappingForm

    form = MappingForm(None, dropped.proposal, workspace.settings)
    sent = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    return client.post(f"/import/{dropped.id}/mapping", {**sent, "confirm": "1", **changes})


def test_a_file_of_unknown_columns_waits_for_a_look(client, page_workspace):
    drop(client, "calls.csv", CALLS)

    (dropped,) = desk_of(page_workspace).files()
    assert (dropped.name, dropped.state) == ("calls.csv", ASKING)
    page = client.get("/import").content.decode()
    assert "calls.csv" in page
    assert f"/import/{dropped.id}/mapping" in page
    assert facade.imports(page_workspace) == []


def test_a_dropped_file_is_kept_for_its_owner_only(client, page_workspace):
    drop(client, "../../calls.csv", CALLS)

    (dropped,) = desk_of(page_workspace).files()
    assert dropped.path.parent.parent == page_workspace.uploads
    assert stat.S_IMODE(dropped.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(dropped.path.parent.stat().st_mode) == 0o700
    assert dropped.path.read_text("utf-8") == CALLS


def test_the_mapping_page_shows_cells_and_confidence(client, page_workspace):
    drop(client, "calls.csv", CALLS)
    (dropped,) = desk_of(page_workspace).files()

    page = client.get(f"/import/{dropped.id}/mapping").content.decode()

    assert all(header in page for header in ("when", "cust no", "what", "where", "stars"))
    assert "visited shop" in page
    assert "What stars means" in page
    assert "read as stars from 1 to 5" in page


def test_a_corrected_mapping_is_imported_and_remembered(client, page_workspace):
    drop(client, "calls.csv", CALLS)
    (dropped,) = desk_of(page_workspace).files()

    confirm(client, page_workspace, dropped, **RIGHT)
    desk_of(page_workspace).wait()

    (record,) = facade.imports(page_workspace)
    assert (record.rows, record.imported, record.quarantined, record.skipped) == (3, 2, 1, 0)
    assert dropped.state == DONE
    names = page_workspace.store.rows("select distinct name from kinds order by name")
    assert names == [("called",), ("visited shop",)]

    drop(client, "more calls.csv", CALLS.replace("2026-01", "2026-02"))
    desk_of(page_workspace).wait()
    assert facade.imports(page_workspace)[0].imported == 2


def test_two_columns_with_one_meaning_are_refused(client, page_workspace):
    drop(client, "calls.csv", CALLS)
    (dropped,) = desk_of(page_workspace).files()

    answer = confirm(client, page_workspace, dropped, column_1="name", column_2="name")

    assert "cannot both be Event name: choose one of them." in answer.content.decode()
    assert facade.imports(page_workspace) == []


def test_a_time_zone_that_does_not_exist_is_refused(client, page_workspace):
    drop(client, "calls.csv", CALLS)
    (dropped,) = desk_of(page_workspace).files()

    answer = confirm(client, page_workspace, dropped, time_zone="Berlin")

    assert "expected a name such as Europe/Berlin" in answer.content.decode()


def test_what_is_said_by_hand_wins(client, page_workspace):
    drop(client, "calls.csv", CALLS)
    (dropped,) = desk_of(page_workspace).files()

    confirm(client, page_workspace, dropped, column_1="external_id", column_3="", name="Called", channel="phone")
    desk_of(page_workspace).wait()

    assert page_workspace.store.rows("select name, channel from kinds") == [("Called", "phone")]


def test_what_is_no_table_says_so_by_its_name(client, page_workspace):
    drop(client, "picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01")

    (dropped,) = desk_of(page_workspace).files()
    assert dropped.state == FAILED
    assert str(page_workspace.folder) not in dropped.problem
    assert dropped.problem.rstrip(".").replace("&#x27;", "'") in client.get("/import").content.decode().replace(
        "&#x27;", "'"
    )


def test_nothing_dropped_is_said(client):
    answer = client.post("/import", {}, follow=True)

    assert b"choose one or more files first" in answer.content


def test_an_interrupted_import_is_resumed(client, page_workspace):
    rows = "".join(f"2026-01-01 10:00:{n % 60:02d},{n},called,Phone,3\n" for n in range(2000))
    drop(client, "calls.csv", CALLS.splitlines()[0] + "\n" + rows)
    desk = desk_of(page_workspace)
    (dropped,) = desk.files()
    facade.save_mapping(page_workspace, dropped.proposal.header_key, dropped.proposal.mapping)

    dropped.stop.set()
    desk._import(dropped)
    assert dropped.state == STOPPED

    client.post(f"/import/{dropped.id}/resume")
    desk.wait()
    assert dropped.state == DONE
    assert facade.imports(page_workspace)[0].imported == 2000


def test_files_left_behind_by_a_stopped_process_are_there_again(client, page_workspace):
    drop(client, "calls.csv", CALLS)
    (dropped,) = desk_of(page_workspace).files()

    stop_imports(page_workspace)
    (found,) = desk_of(page_workspace).files()
    assert (found.name, found.state) == ("calls.csv", ASKING)

    facade.save_mapping(page_workspace, dropped.proposal.header_key, dropped.proposal.mapping)
    stop_imports(page_workspace)
    (found,) = desk_of(page_workspace).files()
    assert (found.name, found.state) == ("calls.csv", STOPPED)


def test_a_forgotten_file_is_deleted(client, page_workspace):
    drop(client, "calls.csv", CALLS)
    (dropped,) = desk_of(page_workspace).files()

    client.post(f"/import/{dropped.id}/forget")

    assert desk_of(page_workspace).files() == []
    assert not dropped.path.exists()


def test_progress_refreshes_itself_only_while_something_runs(client):
    assert b"hx-get" not in client.get("/import/progress").content


@pytest.mark.parametrize("change", ["stop", "resume", "forget", "explode"])
def test_an_unknown_file_is_not_found(client, change):
    assert client.post(f"/import/abc/{change}").status_code == 404


@pytest.fixture
def with_quarantine(client, page_workspace):
    """Two rows in quarantine: line 4 without a time, line 5 too."""
    drop(client, "calls.csv", CALLS + "nonsense,20,called,Phone,1\n")
    (dropped,) = desk_of(page_workspace).files()
    confirm(client, page_workspace, dropped, **RIGHT)
    desk_of(page_workspace).wait()
    return facade.imports(page_workspace)[0].import_id


def test_the_list_of_files_says_what_became_of_the_rows(client, with_quarantine):
    page = client.get("/imports").content.decode()

    assert "calls.csv" in page
    assert "Table with mapped columns" in page
    assert f"/quarantine?import={with_quarantine}" in page


def test_quarantined_rows_show_file_line_and_reason(client, with_quarantine):
    page = client.get("/quarantine").content.decode()

    assert "calls.csv, line 4" in page
    assert "calls.csv, line 5" in page
    assert "when: found &#x27;nonsense&#x27;, expected a time such as 2026-03-31 14:05" in page


def sent_row(with_quarantine: int, line: int, cells: dict[str, str], **changes: str) -> dict[str, str]:
    return {
        "import": str(with_quarantine),
        "line": str(line),
        "cells": json.dumps(cells),
        **{f"cell:{header}": cell for header, cell in {**cells, **changes}.items()},
    }


ROW_4 = {"when": "nonsense", "cust no": "19", "what": "called", "where": "Phone", "stars": "5"}


def test_a_corrected_row_leaves_quarantine(client, page_workspace, with_quarantine):
    client.post("/quarantine", sent_row(with_quarantine, 4, ROW_4, when="2026-01-04 09:00"))

    assert [row.line for row in facade.quarantined(page_workspace).rows] == [5]
    assert page_workspace.store.value("select count(*) from events") == 3


def test_one_correction_can_hold_for_all_rows_that_say_the_same(client, page_workspace, with_quarantine):
    client.post("/quarantine", sent_row(with_quarantine, 4, ROW_4, when="2026-01-04 09:00") | {"everywhere": "1"})

    assert facade.quarantined(page_workspace).total == 0


def test_a_row_that_is_still_wrong_stays(client, page_workspace, with_quarantine):
    answer = client.post("/quarantine", sent_row(with_quarantine, 4, ROW_4, when="soon"), follow=True)

    assert b"Tried again: 0 imported" in answer.content
    assert facade.quarantined(page_workspace).total == 2


def test_quarantine_is_given_as_csv(client, with_quarantine):
    answer = client.get(f"/quarantine.csv?import={with_quarantine}")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.decode().count("nonsense") >= 2


def test_empty_pages_say_what_to_do_next(client):
    assert b"Import files" in client.get("/imports").content
    assert b"Every row could be read" in client.get("/quarantine").content
