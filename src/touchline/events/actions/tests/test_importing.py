"""Files through the whole of an import, on small worlds counted by hand."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from touchline.engine.workspace import Workspace
from touchline.events.actions.tests.files import EVENTS, ORDERS, bring, counts, long_file, put
from touchline.events.facade import (
    Proposal,
    import_files,
    imports,
    propose,
    quarantined,
    save_mapping,
)
from touchline.events.intake import producing
from touchline.events.readers import delimited


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


def test_a_damaged_file_keeps_nothing_half_written(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited.open_delimited, "__defaults__", (256 * 1024,))
    monkeypatch.setattr(producing, "ROWS_PER_CHUNK", 10_000)
    cut = gzip.compress(long_file(60_000).encode())[:-3000]

    (report,) = import_files(workspace, [put(tmp_path, "events.csv.gz", cut)], accept_proposals=True)

    assert report.status == "failed"
    assert "damaged or cut short" in report.error
    assert workspace.store.value("select count(*) from events") == report.imported > 0
    assert [record.status for record in imports(workspace)] == ["failed"]
