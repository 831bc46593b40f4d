"""Files nobody meant well with, through the whole of an import: a sentence each, and never a row lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import openpyxl
import pyarrow as pa
import pytest

from touchline.engine.workspace import Workspace
from touchline.events.actions import importing
from touchline.events.facade import FileReport, import_files
from touchline.events.intake import producing
from touchline.events.mapping import Mapping
from touchline.events.readers.sheet import Batch
from touchline.events.rules import Refused
from touchline.events.sources.protocol import Context

HEADER = "customer_email,time,event,comment\n"


def row(number: int, comment: str = "fine") -> str:
    return f"u{number}@shop.example,2026-03-{1 + number % 28:02d} 10:00:00,Login,{comment}\n"


def bring(workspace: Workspace, folder: Path, name: str, content: str | bytes) -> FileReport:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (report,) = import_files(workspace, [path], accept_proposals=True)
    assert report.rows == report.imported + report.quarantined + report.skipped
    return report


def track(number: int, **changes: object) -> str:
    call = {
        "type": "track",
        "event": "Product Viewed",
        "userId": f"u{number}",
        "timestamp": "2026-03-01T10:00:00Z",
        "messageId": f"m{number}",
    }
    return json.dumps(call | changes) + "\n"


@pytest.mark.parametrize(
    "time",
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", 1e30, -1e12, 10**400, "1e400"],
)
def test_years_nobody_lived_in_are_refused(workspace: Workspace, tmp_path: Path, time: object) -> None:
    report = bring(workspace, tmp_path, "calls.jsonl", track(1) + track(2, timestamp=time))

    assert (report.imported, report.quarantined) == (1, 1)


def test_what_is_no_json_object_is_named_in_plain_words(workspace: Workspace, tmp_path: Path) -> None:
    odd = ["[]", '"x"', "12", "null", "true", '{"a":' * 5000 + "1" + "}" * 5000]

    report = bring(workspace, tmp_path, "calls.jsonl", track(1) + "\n".join(odd))

    assert (report.imported, report.quarantined) == (1, 6)
    assert sorted(report.quarantine_reasons) == [
        "Holds a JSON list; a JSON object was expected.",
        "Holds a JSON null; a JSON object was expected.",
        "Holds a JSON number; a JSON object was expected.",
        "Holds a JSON text; a JSON object was expected.",
        "Holds a JSON true or false; a JSON object was expected.",
        "Is nested too deeply; a JSON object of at most some hundred levels was expected.",
    ]


def test_reasons_read_well_without_their_line(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(row(number) for number in range(5))

    report = bring(workspace, tmp_path, "visits.csv", f"{HEADER}{rows}alone\n" + row(7, '"never closed'))

    assert (report.imported, report.quarantined) == (5, 2)
    assert set(report.quarantine_reasons) == {
        "Has 1 cell; 4 were expected, one for each column name.",
        "A quotation mark opens and is never closed; a closing mark before the next comma was expected.",
    }


def test_a_workbook_with_gaps_and_errors_in_its_cells(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        HEADER.strip().split(","),
        ["a@shop.example", "2026-03-01 10:00:00", "Login", None],
        ["b@shop.example", "#N/A", "Login", True],
        ["c@shop.example", "2026-03-02 10:00:00", "Login", "late"],
    ):
        sheet.append(cells)
    book.save(tmp_path / "visits.xlsx")

    (report,) = import_files(workspace, [tmp_path / "visits.xlsx"], accept_proposals=True)

    assert (report.rows, report.imported, report.quarantined) == (3, 2, 1)


def test_a_name_that_is_no_text_is_refused_with_a_sentence(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, tmp_path, b"inv\xff.csv".decode("utf-8", "surrogateescape"), HEADER + row(1))

    assert report.status == "failed"
    assert "please rename it" in report.error
    report.error.encode()


def test_a_header_without_rows_cannot_be_accepted(workspace: Workspace, tmp_path: Path) -> None:
    report = bring(workspace, tmp_path, "visits.csv", HEADER)

    assert report.status == "failed"
    assert report.error.endswith("The file has a header and no row below it that can be read; rows were expected.")


def test_refused_rows_do_not_gather_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(producing, "REFUSED_PER_CHUNK", 100)
    nothing = pa.table({"at": pa.array([], pa.string())})
    context = Context(ZoneInfo("UTC"), "EUR", "visits.csv", ("at",))

    def batches() -> Iterator[Batch]:
        for first in range(0, 1000, 50):
            refused = tuple(Refused(line, "Has 1 cell.", {}) for line in range(first, first + 50))
            yield Batch(nothing, np.array([], dtype=np.int64), 0, refused)

    chunks = list(producing.by_mapping(Mapping({"time": "at"}))(batches(), context))

    assert [len(chunk.refused) for chunk in chunks] == [100] * 10


def test_a_fault_in_one_file_does_not_stop_the_others(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text(HEADER + row(1))
    (tmp_path / "b.csv").write_text(HEADER + row(2))
    opened = importing.open_sheet

    def open_sheet(path: Path) -> object:
        if path.name == "a.csv":
            raise OverflowError("date value out of range")
        return opened(path)

    monkeypatch.setattr(importing, "open_sheet", open_sheet)

    reports = import_files(workspace, [tmp_path / "a.csv", tmp_path / "b.csv"], accept_proposals=True)

    assert [report.status for report in reports] == ["failed", "done"]
    assert "the fault is Touchline's (OverflowError: date value out of range)" in reports[0].error


def test_tags_with_line_ends_in_them_are_tags(workspace: Workspace, tmp_path: Path) -> None:
    header = (
        "Email Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
    )
    member = 'a@shop.example,2,,,2026-03-01 10:00:00,,2026-03-01 10:00:00,1,e1,,"""VIP"",\r\n""News\rweekly"""\n'

    report = bring(workspace, tmp_path, "subscribed.csv", header + member)

    assert (report.source, report.imported, report.error) == ("mailchimp_audience", 1, "")


def test_reasons_that_differ_by_the_cell_only_are_one(workspace: Workspace, tmp_path: Path) -> None:
    times = ["'-x-'", 'a "b"', 'it\'s "so"', "back\\slash'"]
    rows = "".join(map(row, range(20)))
    bad = "".join('a@shop.example,"{}",Login,\n'.format(time.replace('"', '""')) for time in times)

    report = bring(workspace, tmp_path, "visits.csv", HEADER + rows + bad)

    assert list(report.quarantine_reasons.values()) == [4]
