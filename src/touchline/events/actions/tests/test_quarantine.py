"""Rows that could not be read: kept, listed, exported, corrected, tried again."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from touchline.engine.store import StoreError
from touchline.engine.workspace import Workspace
from touchline.events.actions.tests.files import EVENTS, bring, counts, one, put
from touchline.events.facade import (
    Correction,
    export_quarantine,
    imports,
    quarantined,
    retry_quarantined,
)


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


INVOICES = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,Customer ID\n" + "".join(
    f"{number},{item},{pieces},2026-03-{number - 500:02d} 08:00,{price},{number + 1000}\n"
    for number in range(501, 521)
    for item, pieces, price in (("ink", 2, "2.50"), ("pen", 1, "4.00"))
)


def stored_orders(workspace: Workspace) -> list[tuple[object, ...]]:
    return workspace.store.rows(
        "select k.name, e.time, e.value, e.currency, e.line, e.properties,"
        " list_sort(list_transform(e.objects, lambda one: one.type || ' ' || one.id))"
        " from events e join kinds k using (kind) order by e.id"
    )


def test_a_corrected_line_is_added_to_its_order(workspace: Workspace, tmp_path: Path) -> None:
    broken = (
        INVOICES.replace("503,ink,2,", "503,ink,two,")
        .replace("504,ink,2,", "504,ink,two,")
        .replace("504,pen,1,", "504,pen,one,")
    )
    import_id = bring(workspace, put(tmp_path, "invoices.csv", broken)).import_id or 0
    assert quarantined(workspace).total == 3

    corrections = [Correction("Quantity", "2", "two"), Correction("Quantity", "1", "one")]
    retried = one([retry_quarantined(workspace, import_id, corrections)])

    assert (retried.imported, retried.quarantined) == (3, 0)
    found = stored_orders(workspace)
    assert len(found) == 20
    assert {order[2] for order in found} == {Decimal("9.0000")}
    assert {order[5] for order in found} == {'{"lines":2}'}
    (record,) = imports(workspace)
    assert (record.rows, record.imported, record.quarantined, record.with_customer) == (40, 40, 0, 40)
    assert one([retry_quarantined(workspace, import_id, corrections)]).rows == 0

    bring(workspace, put(tmp_path, "right.csv", INVOICES))
    assert stored_orders(workspace) == found


def test_a_corrected_line_in_another_currency_is_an_order_of_its_own(workspace: Workspace, tmp_path: Path) -> None:
    header, *rows = INVOICES.splitlines()
    text = "\n".join([f"{header},Currency", *(f"{row},GBP" for row in rows)])
    broken = text.replace("503,ink,2,2026-03-03 08:00,2.50,1503,GBP", "503,ink,two,2026-03-03 08:00,2.50,1503,USD")
    assert broken != text
    import_id = bring(workspace, put(tmp_path, "invoices.csv", broken)).import_id or 0

    retry_quarantined(workspace, import_id, [Correction("Quantity", "2", "two")])

    of_503 = [order[2:4] for order in stored_orders(workspace) if "order 503" in order[6]]  # type: ignore[operator]
    assert sorted(of_503) == [(Decimal("4.0000"), "GBP"), (Decimal("5.0000"), "USD")]


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
