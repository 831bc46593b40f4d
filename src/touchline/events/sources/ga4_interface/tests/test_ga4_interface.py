"""reports_snapshot.csv: four tables in one file. By line: 12 to 15 days of the first, the last with a comma in its channel;
16 a day that is none, 17 a count that is none, 18 too few cells, 19 the grand total; 24 and 25 the second, by nth day; 31 to
33 the third, by event name; 36 the fourth, which has no dates of its own and a count that nobody knows.
free_form.csv: an exploration, dated in one comment line."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.sources.ga4_interface import SOURCE
from touchline.events.sources.headers import canonical_names

FILE = Path(__file__).parent / "reports_snapshot.csv"
FREE_FORM = Path(__file__).parent / "free_form.csv"
HEADER = (
    "Date,Session primary channel group (Default channel group),Sessions,Engaged sessions,Engagement rate,"
    "Average engagement time per session,Events per session,Event count,Key events,Session key event rate,Total revenue"
)


@pytest.fixture
def report(read_file):
    return read_file(SOURCE, FILE)


def points(results, line: int) -> dict[str, tuple[str, float]]:
    """measure -> (event counted, count) of a line."""
    return {point.measure: (point.name, point.amount) for point in results.points if point.line == line}


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[10] == HEADER
    names = canonical_names(HEADER.split(","), SOURCE.columns)
    assert list(names.values()) == list(SOURCE.columns)[:11]


def test_comment_lines_are_no_rows_and_all_tables_are_read() -> None:
    sheet = open_sheet(FILE)

    assert sheet.notes == ("Read 4 tables of a report, with the dates stated above.",)
    (batch,) = sheet.batches
    assert batch.lines.tolist() == [12, 13, 14, 15, 16, 17, 19, 24, 25, 31, 32, 33, 36]
    assert [(row.line, row.reason) for row in batch.refused] == [
        (18, "Line 18 has 4 cells; 11 were expected, one for each column name of its table.")
    ]


def test_the_report_names_nobody_and_says_so(report) -> None:
    assert report.events == []
    assert SOURCE.joins_people.startswith("No row can be joined to a person")


def test_counts_of_a_day_become_points(report) -> None:
    assert points(report, 12) == {
        "sessions": ("Page Viewed", 1200),
        "engaged_sessions": ("Page Viewed", 800),
        "events": ("Page Viewed", 9000),
        "key_events": ("Page Viewed", 24),
        "revenue": ("Order Completed", 1050.5),
    }
    assert {(point.label, point.channel) for point in report.points if point.line == 12} == {("Organic Search", "web")}


def test_dates_are_eight_digits_in_the_assumed_zone(report) -> None:
    assert {point.time.astimezone(UTC) for point in report.points if point.line == 12} == {
        datetime(2026, 7, 31, 22, tzinfo=UTC)
    }
    assert {point.time.astimezone(UTC) for point in report.points if point.line == 15} == {
        datetime(2026, 8, 2, 22, tzinfo=UTC)
    }


def test_rates_and_averages_are_not_taken_over(report) -> None:
    measures = {point.measure for point in report.points}

    assert not {measure for measure in measures if "rate" in measure or "per" in measure or "average" in measure}


def test_a_channel_that_is_not_set_and_one_with_a_comma_keep_their_names(report) -> None:
    assert {point.label for point in report.points if point.line in (14, 15)} == {"(not set)", "Paid, Social"}


def test_what_cannot_be_read_is_refused_and_totals_are_skipped(report) -> None:
    assert [(refused.line, refused.reason) for refused in report.refused] == [
        (16, "Date: found “someday”, expected a date such as 20260801."),
        (17, "Sessions: found “many”, expected a number."),
    ]
    assert [(skipped.line, skipped.reason) for skipped in report.skipped] == [(19, "total of the other rows")]


def test_the_second_table_counts_its_days_from_the_start_date(report) -> None:
    assert points(report, 24) == {"active_users": ("Page Viewed", 410), "new_users": ("Page Viewed", 100)}
    assert {point.time.astimezone(UTC) for point in report.points if point.line == 25} == {
        datetime(2026, 8, 2, 22, tzinfo=UTC)
    }


def test_a_table_of_events_counts_each_by_its_name_in_the_vocabulary(report) -> None:
    assert points(report, 31) == {
        "events": ("Page Viewed", 5000), "users": ("Page Viewed", 410), "revenue": ("Page Viewed", 0),
    }  # fmt: skip
    assert points(report, 32)["events"] == ("Order Completed", 24)
    assert points(report, 33)["events"] == ("lamp_dimmed", 17)
    assert {point.label for point in report.points if point.line == 33} == {"lamp_dimmed"}


def test_a_table_without_days_is_dated_at_the_start_of_its_period(report) -> None:
    [key] = {point.key.rsplit("|", 1)[0] for point in report.points if point.line == 32}

    assert key == "Marl shop|20260801-20260831|event name=purchase"
    assert {point.time.astimezone(UTC) for point in report.points if point.line == 32} == {
        datetime(2026, 7, 31, 22, tzinfo=UTC)
    }


def test_a_count_nobody_knows_is_kept_under_its_own_name_and_a_table_without_dates_takes_the_last_ones(report) -> None:
    assert points(report, 36) == {
        "views": ("Page Viewed", 700), "active_users": ("Page Viewed", 300), "newsletter_leads": ("Page Viewed", 14),
    }  # fmt: skip
    assert {point.label for point in report.points if point.line == 36} == {"/lamps"}


def test_no_two_points_share_a_key(report) -> None:
    assert Counter((point.key, point.measure) for point in report.points).most_common(1)[0][1] == 1


def test_an_exploration_is_dated_in_one_line(read_file) -> None:
    results = read_file(SOURCE, FREE_FORM)

    assert [(point.line, point.label, point.amount) for point in results.points] == [
        (8, "Direct", 12),
        (9, "Direct", 8),
    ]
    assert [skipped.line for skipped in results.skipped] == [10]


@pytest.mark.parametrize(
    "drift",
    [
        "Session primary channel group (Default channel group)",
        "Session primary channel group (Default Channel Group)",
        "Session default channel group",
    ],
)
def test_spelling_drift_of_a_header(drift: str) -> None:
    assert canonical_names([drift], SOURCE.columns)[drift] == "Session primary channel group (Default Channel Group)"


def test_a_dated_list_of_people_is_no_report_of_counts() -> None:
    header = ("Email", "Name", "Comment", "report title", "report property", "report start date", "report end date")

    assert SOURCE.recognises(header) == 0


def test_without_any_date_a_row_is_refused(read_rows) -> None:
    [refused] = read_rows(SOURCE, {"Landing page": "/", "Sessions": "4"}).refused

    assert refused.reason.startswith(
        "Date is empty, expected a date such as 20260801, or a line '# Start date: 20260801'"
    )


def test_a_table_opened_in_a_spreadsheet_keeps_its_days(read_file, tmp_path: Path) -> None:
    """Spreadsheets keep the comment lines as rows above the table: without '# Start date', its own days date it."""
    book = openpyxl.Workbook()
    for row in (["# Traffic"], [], ["Date", "Session primary channel group (Default Channel Group)", "Sessions"]):
        book.active.append(row)
    for row in (["20260801", "Direct", 12], ["20260802", "Direct", 8]):
        book.active.append(row)
    book.save(tmp_path / "traffic.xlsx")

    sheet = open_sheet(tmp_path / "traffic.xlsx")

    assert SOURCE.recognises(sheet.columns) == 0.7
    assert [(point.line, point.amount) for point in read_file(SOURCE, tmp_path / "traffic.xlsx").points] == [
        (4, 12),
        (5, 8),
    ]
