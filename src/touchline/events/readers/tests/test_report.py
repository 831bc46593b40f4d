from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchline.events.readers.opening import open_sheet
from touchline.events.readers.report import is_report, open_report
from touchline.events.readers.sheet import Sheet, UnreadableFileError
from touchline.events.rules import Refused

DATED = "# Traffic\n# Start date: 20260801\n# End date: 20260831\n"


def written(tmp_path: Path, content: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "report.csv"
    path.write_bytes(content.encode(encoding))
    return path


def rows(sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    return [
        (int(line), {name: cell for name, cell in row.items() if cell is not None})
        for batch in sheet.batches
        for line, row in zip(batch.lines, batch.table.to_pylist(), strict=True)
    ]


def refused(sheet: Sheet) -> list[Refused]:
    return [row for batch in sheet.batches for row in batch.refused]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_row_has_the_columns_of_its_table_and_what_stands_above(tmp_path: Path, encoding: str) -> None:
    content = f"{DATED}Page,Views\n/a,1\n\n# Start date: 20260701\n# End date: 20260731\nCity,Users\nKöln,2\n"

    sheet = open_sheet(written(tmp_path, content, encoding))

    assert sheet.columns[:4] == ("Page", "Views", "City", "Users")
    assert rows(sheet) == [
        (5, {"Page": "/a", "Views": "1", "report title": "Traffic", "report start date": "20260801", "report end date": "20260831"}),
        (10, {"City": "Köln", "Users": "2", "report start date": "20260701", "report end date": "20260731"}),
    ]  # fmt: skip


def test_an_empty_line_inside_a_table_does_not_end_it(tmp_path: Path) -> None:
    sheet = open_sheet(written(tmp_path, f"{DATED}Page,Views\n/a,1\n\n/b,2\n,\n/c,3\n"))

    assert [line for line, _ in rows(sheet)] == [5, 7, 9]


def test_a_cell_over_two_lines_and_a_mark_never_closed(tmp_path: Path) -> None:
    sheet = open_sheet(written(tmp_path, f'{DATED}Page,Views\n"/a\n/b",1\n/c,2\n"/d,3\n/e,4\n'))

    assert [(line, row["Page"]) for line, row in rows(sheet)] == [(5, "/a\n/b"), (7, "/c")]
    assert [(row.line, row.reason) for row in refused(open_sheet(sheet.file))] == [
        (8, "Line 8 has 1 cell; 2 were expected, one for each column name of its table.")
    ]


def test_comments_alone_are_no_table(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"report\.csv holds comment lines and no rows below them"):
        open_sheet(written(tmp_path, DATED))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (DATED, True),
        ("# ---\n# Free form\n# 20260801-20260831\n\nDate,Sessions\n", True),
        ("\n# Startdatum: 20260801\n# Enddatum: 20260831\n", True),
        ("# exported: 20260801\nEmail,Name\n", False),
        ("# made by hand\nid,time\n", False),
        ("id,time\n# Start date: 20260801\n", False),
        ("#,Total\n#1001,5\n", False),
    ],
)
def test_a_report_begins_with_comments_that_state_dates(start: str, expected: bool) -> None:
    assert is_report(start) is expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(alphabet='ab1,;"# \n', max_size=12), max_size=10))
def test_every_line_is_a_row_refused_a_header_or_blank(tmp_path: Path, lines: list[str]) -> None:
    text = DATED + "head,line\n" + "\n".join(lines)
    try:
        sheet = open_report(written(tmp_path, text))
    except UnreadableFileError:
        return
    found = [line for batch in sheet.batches for line in (*batch.lines.tolist(), *(row.line for row in batch.refused))]

    assert len(set(found)) == len(found)
    assert set(found) <= set(range(5, text.count("\n") + 2))
