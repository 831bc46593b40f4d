"""Files through the whole of an import, on small worlds counted by hand."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from touchline.engine.store import DiskFullError, Store, StoreError
from touchline.engine.workspace import Settings, Workspace, create_workspace, open_workspace
from touchline.events.facade import (
    Correction,
    FileReport,
    Progress,
    Proposal,
    export_quarantine,
    import_files,
    imports,
    propose,
    quarantined,
    retry_quarantined,
    save_mapping,
)
from touchline.events.intake import producing

EVENTS = """event_id,customer email,time,event,page
1,ada@shop.example,2026-08-01 10:00:00,Page Viewed,/shirts?utm=x
2,ada@shop.example,2026-08-01 10:05:00,Product Added,/cart/
3,ben@shop.example,2026-08-01 11:00:00,Page Viewed,/
4,none@shop.example,2026-08-01 12:00:00,Page Viewed,/
"""
ORDERS = """Name,Email,Financial Status,Paid at,Created at,Currency,Subtotal,Total,Lineitem quantity,Lineitem name,Lineitem price,Phone,Id
#1001,ada@shop.example,paid,2026-08-01 10:10:00 +0200,2026-08-01 10:10:00 +0200,EUR,20.00,20.00,1,Shirt,20.00,,9001
#1002,ben@shop.example,pending,,2026-08-02 09:00:00 +0200,EUR,30.00,30.00,1,Shoe,30.00,+49 30 1234567,9002
"""


def one(reports: list[FileReport]) -> FileReport:
    (report,) = reports
    assert report.rows == report.imported + report.quarantined + report.skipped
    return report


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def bring(workspace: Workspace, path: Path) -> FileReport:
    return one(import_files(workspace, [path], accept_proposals=True))


def counts(report: FileReport) -> tuple[str, int, int, int, int]:
    return report.status, report.rows, report.imported, report.quarantined, report.skipped


def test_any_table_becomes_events(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, put(tmp_path, "events.csv", EVENTS))

    assert counts(report) == ("done", 4, 4, 0, 0)
    assert (report.source, report.with_customer) == ("table", 3)
    assert "3 of 4 rows can be joined to a person." in report.notes
    assert workspace.store.rows(
        "select k.name, k.page, i.value, e.time::varchar, e.line from events e join kinds k using (kind)"
        " left join identifiers i on i.identifier = e.who order by e.line"
    ) == [
        ("Page Viewed", "/shirts", "ada@shop.example", "2026-08-01 08:00:00", 2),
        ("Product Added", "/cart", "ada@shop.example", "2026-08-01 08:05:00", 3),
        ("Page Viewed", "/", "ben@shop.example", "2026-08-01 09:00:00", 4),
        ("Page Viewed", "/", None, "2026-08-01 10:00:00", 5),
    ]


def test_a_named_source_is_recognised_and_its_identifiers_are_linked(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, put(tmp_path, "orders_export.csv", ORDERS))

    assert (report.source, report.title, report.imported) == ("shopify_orders", "Shopify orders", 2)
    linked = workspace.store.rows(
        "select a.value, b.type, b.value, l.reason from links l join identifiers a on a.identifier = l.a"
        " join identifiers b on b.identifier = l.b order by all"
    )
    assert linked == [
        ("ada@shop.example", "order_id", "1001", "email and order_id on one row"),
        ("ada@shop.example", "order_id", "9001", "email and order_id on one row"),
        ("ben@shop.example", "order_id", "1002", "email and order_id on one row"),
        ("ben@shop.example", "order_id", "9002", "email and order_id on one row"),
        ("ben@shop.example", "phone", "+49301234567", "email and phone on one row"),
    ]


def test_the_same_file_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    first = put(tmp_path, "events.csv", EVENTS)
    bring(workspace, first)
    before = workspace.store.rows("select seq, id from events order by seq")

    report = bring(workspace, put(tmp_path, "copy.csv", EVENTS))

    assert counts(report) == ("known", 4, 0, 0, 4)
    assert report.skip_reasons == {"already imported": 4}
    assert workspace.store.rows("select seq, id from events order by seq") == before


def test_an_overlapping_newer_export_adds_what_is_new_and_updates_what_changed(
    workspace: Workspace, tmp_path: Path
) -> None:
    bring(workspace, put(tmp_path, "events.csv", EVENTS))
    newer = EVENTS.replace("/cart/", "/checkout") + "5,ben@shop.example,2026-08-02 09:00:00,Page Viewed,/help\n"

    report = bring(workspace, put(tmp_path, "newer.csv", newer))

    assert counts(report) == ("done", 5, 2, 0, 3)
    assert (report.updated, report.skip_reasons) == (1, {"already imported": 3})
    assert workspace.store.value("select count(*) from events") == 5
    assert workspace.store.rows("select i.value from revisions r join identifiers i on i.identifier = r.who") == [
        ("ada@shop.example",)
    ]
    assert workspace.store.rows("select page from kinds join events using (kind) where line = 3") == [("/checkout",)]


def test_a_changed_order_is_replaced_and_its_links_are_kept_once(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, put(tmp_path, "a.csv", ORDERS))
    links = workspace.store.value("select count(*) from links")

    report = bring(workspace, put(tmp_path, "b.csv", ORDERS.replace("pending,,", "paid,2026-08-03 09:00:00 +0200,")))

    assert report.imported + report.skipped == 2
    assert workspace.store.value("select count(*) from links") == links
    assert workspace.store.value("select count(*) - count(distinct id) from events") == 0


def test_a_fact_twice_in_a_file_is_one_event_and_the_later_row_wins(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, put(tmp_path, "a.csv", EVENTS))
    twice = (
        "event_id,customer email,time,event,page\n"
        "8,zoe@shop.example,2026-08-01 11:00:00,Page Viewed,/first\n"
        "8,zoe@shop.example,2026-08-01 11:00:00,Page Viewed,/later\n"
    )

    report = bring(workspace, put(tmp_path, "b.csv", twice))

    assert counts(report) == ("done", 2, 1, 0, 1)
    assert report.skip_reasons == {"the same again further down": 1}
    assert workspace.store.rows("select page, line from kinds join events using (kind) where import_id = 2") == [
        ("/later", 3)
    ]


def test_what_stands_already_and_is_written_twice_is_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, put(tmp_path, "a.csv", EVENTS))
    older_above = EVENTS.replace(
        "event,page\n", "event,page\n3,ben@shop.example,2026-08-01 11:00:00,Page Viewed,/old\n"
    )

    report = bring(workspace, put(tmp_path, "b.csv", older_above))

    assert (report.imported, report.skipped) == (0, 5)
    assert workspace.store.value("select count(*) from events") == 4


def test_rows_that_cannot_be_read_wait_with_line_reason_and_content(workspace: Workspace, tmp_path: Path) -> None:
    broken = EVENTS + "5,cem@shop.example,someday,Page Viewed,/\n6,cem@shop.example\n\n"

    report = bring(workspace, put(tmp_path, "events.csv", broken))

    assert counts(report) == ("done", 7, 4, 2, 1)
    page = quarantined(workspace, report.import_id)
    assert [(row.file, row.line) for row in page.rows] == [("events.csv", 6), ("events.csv", 7)]
    assert "someday" in page.rows[0].reason
    assert page.rows[1].reason == "Line 7 has 2 cells; 5 were expected, one for each column name."
    assert page.rows[0].content["customer email"] == "cem@shop.example"


def test_a_corrected_row_leaves_quarantine(workspace: Workspace, tmp_path: Path) -> None:
    broken = EVENTS + "5,cem@shop.example,someday,Page Viewed,/\n6,cem@shop.example,never,Page Viewed,/\n"
    import_id = bring(workspace, put(tmp_path, "events.csv", broken)).import_id
    assert import_id is not None

    unchanged = one([retry_quarantined(workspace, import_id)])
    corrected = one([retry_quarantined(workspace, import_id, [Correction("time", "2026-08-03 10:00:00", line=6)])])

    assert (unchanged.imported, unchanged.quarantined) == (0, 2)
    assert (corrected.imported, corrected.quarantined) == (1, 1)
    assert [row.line for row in quarantined(workspace).rows] == [7]
    (record,) = imports(workspace)
    assert (record.rows, record.imported, record.quarantined, record.skipped) == (6, 5, 1, 0)
    assert workspace.store.value("select count(*) from events where line = 6") == 1


def test_a_ragged_row_is_tried_once_it_was_corrected(workspace: Workspace, tmp_path: Path) -> None:
    broken = EVENTS + "6,cem@shop.example,2026-08-03 10:00:00\n"
    import_id = bring(workspace, put(tmp_path, "events.csv", broken)).import_id or 0

    assert retry_quarantined(workspace, import_id).imported == 0
    assert retry_quarantined(workspace, import_id, [Correction("event", "Page Viewed")]).imported == 1
    assert quarantined(workspace).total == 0


def test_a_value_is_replaced_wherever_it_stands(workspace: Workspace, tmp_path: Path) -> None:
    broken = EVENTS + "".join(f"{n},cem@shop.example,someday,Page Viewed,/\n" for n in (5, 6, 7))
    import_id = bring(workspace, put(tmp_path, "events.csv", broken)).import_id or 0

    report = retry_quarantined(workspace, import_id, [Correction("time", "2026-08-03", found="someday")])

    assert (report.rows, report.imported) == (3, 3)


def test_a_broken_json_line_is_corrected_as_a_whole_or_by_its_cells(workspace: Workspace, tmp_path: Path) -> None:
    call = {
        "type": "track",
        "messageId": "m1",
        "userId": "u1",
        "event": "Page Viewed",
        "timestamp": "2026-08-01T10:00:00Z",
    }
    lines = [json.dumps(call), json.dumps(call | {"messageId": "m2", "event": ""}), '{"type":']
    import_id = bring(workspace, put(tmp_path, "calls.jsonl", "\n".join(lines) + "\n")).import_id or 0
    assert [row.line for row in quarantined(workspace).rows] == [2, 3]

    whole = json.dumps(call | {"messageId": "m3"})
    report = retry_quarantined(
        workspace, import_id, [Correction("event", "Cart Viewed", line=2), Correction("_json", whole, line=3)]
    )

    assert (report.imported, report.quarantined) == (2, 0)


def test_an_export_of_quarantine_runs_no_formula(workspace: Workspace, tmp_path: Path) -> None:
    broken = EVENTS + "=2+5,@cem,someday,\t+Page Viewed,-1\n"
    bring(workspace, put(tmp_path, "events.csv", broken))

    header, row, _ = export_quarantine(workspace).split("\r\n")

    assert header == "import,file,line,reason,event_id,customer email,time,event,page"
    assert row.startswith("1,events.csv,6,")
    assert row.endswith(",'=2+5,'@cem,someday,'\t+Page Viewed,'-1")


def test_a_corrected_export_is_taken_in(workspace: Workspace, tmp_path: Path) -> None:
    broken = EVENTS + "=5,cem@shop.example,someday,Page Viewed,/\n6,cem@shop.example,never,Page Viewed,/\n"
    bring(workspace, put(tmp_path, "events.csv", broken))
    exported = export_quarantine(workspace)

    report = bring(workspace, put(tmp_path, "corrected.csv", exported.replace(",someday,", ",2026-08-05 10:00:00,")))

    assert (report.title, report.rows, report.imported, report.quarantined) == ("Corrected rows", 2, 1, 1)
    assert [row.line for row in quarantined(workspace).rows] == [7]
    assert workspace.store.value("select count(*) from events where line = 6 and import_id = 1") == 1


def test_a_retry_of_what_is_not_there(workspace: Workspace) -> None:
    with pytest.raises(StoreError, match="There is no import 7"):
        retry_quarantined(workspace, 7)


def test_a_folder_imports_what_it_can_and_names_the_rest(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    (folder / "more").mkdir(parents=True)
    put(folder, "a_events.csv", EVENTS)
    put(folder, "b_empty.csv", "")
    put(folder, "c_letter.docx", b"PK")
    put(folder, ".hidden.csv", EVENTS)
    put(folder / "more", "orders.csv.gz", gzip.compress(ORDERS.encode()))

    reports = import_files(workspace, [folder], accept_proposals=True)

    assert [(report.file.name, report.status) for report in reports] == [
        ("a_events.csv", "done"),
        ("b_empty.csv", "failed"),
        ("c_letter.docx", "ignored"),
        ("orders.csv.gz", "done"),
    ]
    assert "is empty" in reports[1].error


def test_nothing_is_guessed_unless_allowed(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path, "events.csv", EVENTS)

    (report,) = import_files(workspace, [path])

    assert (report.status, workspace.store.value("select count(*) from events")) == ("undecided", 0)


def test_a_chosen_mapping_is_remembered_for_its_header(workspace: Workspace, tmp_path: Path) -> None:
    asked: list[Proposal] = []

    def choose(proposal: Proposal) -> object:
        asked.append(proposal)
        return proposal.mapping

    first = import_files(workspace, [put(tmp_path, "a.csv", EVENTS)], choose=choose)  # type: ignore[arg-type]
    header = EVENTS.splitlines()[0]
    other = f"{header}\n9,zoe@shop.example,2026-08-09 10:00:00,Page Viewed,/\n"
    second = import_files(workspace, [put(tmp_path, "b.csv", other)])

    assert [report.status for report in first + second] == ["done", "done"]
    assert len(asked) == 1
    assert propose(workspace, tmp_path / "b.csv").remembered


def test_a_file_read_again_with_a_corrected_mapping_replaces_its_events(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path, "events.csv", EVENTS)
    bring(workspace, path)
    proposal = propose(workspace, path)
    assert proposal.mapping is not None
    save_mapping(workspace, proposal.header_key, replace(proposal.mapping, channel="app"))
    report = bring(workspace, path)

    assert counts(report) == ("done", 4, 4, 0, 0)
    assert "It was imported before with another mapping; those events were replaced." in report.notes
    assert workspace.store.rows("select k.channel, count(*) from events join kinds k using (kind) group by all") == [
        ("app", 4)
    ]
    assert [record.status for record in imports(workspace)] == ["done", "replaced"]
    assert workspace.store.value("select count(*) from revisions") == 4


def test_a_header_twice_and_dates_in_three_formats(workspace: Workspace, tmp_path: Path) -> None:
    content = (
        "id,customer email,time,event\n"
        + "".join(f"{n},ada@shop.example,2026-08-0{n} 10:00:00,Page Viewed\n" for n in range(1, 9))
        + "id,customer email,time,event\n"
        "9,ada@shop.example,09.08.2026 10:00,Page Viewed\n10,ada@shop.example,Aug 10 2026,Page Viewed\n"
    )

    report = bring(workspace, put(tmp_path, "events.csv", content))

    assert (report.rows, report.imported, report.skipped) == (11, 8, 1)
    assert report.skip_reasons == {"the header again": 1}
    assert [row.line for row in quarantined(workspace).rows] == [11, 12]


def test_a_damaged_file_keeps_nothing_half_written(workspace: Workspace, tmp_path: Path) -> None:
    cut = gzip.compress(long_file(400_000).encode())[:-3000]

    (report,) = import_files(workspace, [put(tmp_path, "events.csv.gz", cut)], accept_proposals=True)

    assert report.status == "failed"
    assert "damaged or cut short" in report.error
    assert workspace.store.value("select count(*) from events") == report.imported
    assert [record.status for record in imports(workspace)] == ["failed"]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(producing, "ROWS_PER_CHUNK", 1000)


def long_file(rows: int) -> str:
    lines = [f"{n},user{n % 1000},2026-08-01 10:00:00,Page Viewed,/p{n % 7}" for n in range(rows)]
    return "event_id,user_id,time,event,page\n" + "\n".join(lines) + "\n"


def test_a_stopped_import_goes_on_where_it_was(workspace: Workspace, tmp_path: Path, small_chunks: None) -> None:
    path = put(tmp_path, "events.csv", long_file(400_000))
    told: list[Progress] = []

    (stopped,) = import_files(
        workspace,
        [path],
        accept_proposals=True,
        on_progress=told.append,
        should_stop=lambda: bool(told) and told[-1].imported > 0,
    )
    assert stopped.status == "interrupted"
    assert 0 < stopped.imported < 400_000
    assert stopped.rows == stopped.imported == workspace.store.value("select count(*) from events")
    first_seq = workspace.store.value("select max(seq) from events")

    report = bring(workspace, path)

    assert counts(report) == ("done", 400_000, 400_000, 0, 0)
    assert (report.import_id, report.with_customer) == (stopped.import_id, 400_000)
    assert workspace.store.value("select count(*) from events where seq <= ?", [first_seq]) == stopped.imported
    assert workspace.store.value("select count(distinct id) from events") == 400_000


def test_ctrl_c_in_the_middle_of_a_chunk_drops_that_chunk(
    workspace: Workspace, tmp_path: Path, small_chunks: None
) -> None:
    path = put(tmp_path, "events.csv", long_file(400_000))

    def interrupt(progress: Progress) -> None:
        if progress.imported:
            raise KeyboardInterrupt

    (report,) = import_files(workspace, [path], accept_proposals=True, on_progress=interrupt)

    assert report.status == "interrupted"
    assert report.imported == workspace.store.value("select count(*) from events")
    assert bring(workspace, path).imported == 400_000


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

producing.ROWS_PER_CHUNK = 1000

def kill(progress):
    if progress.imported:
        os.kill(os.getpid(), signal.SIGKILL)

import_files(open_workspace(Path(sys.argv[1])), [Path(sys.argv[2])], accept_proposals=True, on_progress=kill)
"""


def test_a_killed_process_leaves_a_store_that_says_what_was_imported(tmp_path: Path, small_chunks: None) -> None:
    path = put(tmp_path, "events.csv", long_file(400_000))
    folder = tmp_path / "workspace"
    create_workspace(folder, Settings("Test"), "").close()

    source = str(Path(__file__).parents[4])
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(path)], env=os.environ | {"PYTHONPATH": source}, check=False
    )
    assert ended.returncode == -signal.SIGKILL

    workspace = open_workspace(folder)
    (record,) = imports(workspace)
    assert record.status == "interrupted"
    assert 0 < record.imported < 400_000
    assert record.rows == record.imported == workspace.store.value("select count(*) from events")

    assert bring(workspace, path).imported == 400_000
    assert workspace.store.value("select count(distinct id) from events") == 400_000
    workspace.close()


def test_an_import_begun_with_other_chunks_begins_again(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "events.csv", long_file(400_000))
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

    assert counts(report) == ("done", 400_000, 400_000, 0, 0)
    assert [record.status for record in imports(workspace)] == ["done", "replaced"]
    assert workspace.store.value("select count(*) from events") == 400_000


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
    path = put(tmp_path, "events.csv", long_file(400_000))
    full = Workspace(workspace.folder, FullStore(workspace.store.path, workspace.store._connection), workspace.settings)

    reports = import_files(full, [path, path], accept_proposals=True)

    assert [report.status for report in reports] == ["interrupted"]
    assert reports[0].error.startswith("No room left on the disk.")
    assert reports[0].imported == workspace.store.value("select count(*) from events") > 0
    assert [record.status for record in imports(workspace)] == ["interrupted"]
    assert bring(workspace, path).imported == 400_000
