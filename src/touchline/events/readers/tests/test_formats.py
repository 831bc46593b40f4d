from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.readers.header import column_names, find_header
from touchline.events.readers.jsonl import flatten
from touchline.events.readers.opening import open_sheet
from touchline.events.readers.records import _by_counting, _by_walking
from touchline.events.readers.sheet import Sheet, UnreadableFileError


def rows(sheet: Sheet) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for batch in sheet.batches:
        cells = zip(*(column.to_pylist() for column in batch.table.columns), strict=True)
        found += [(int(line), *row) for line, row in zip(batch.lines, cells, strict=True)]
    return found


def moment(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 8, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


def workbook(path: Path, *table: list[object], title: str = "Orders") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in table:
        sheet.append(row)
    book.create_sheet("Notes").append(["nothing"])
    book.save(path)
    return path


def test_a_workbook_gives_text_cells_and_sheet_rows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "orders.xlsx",
        ["id", "time", "total", "paid", "day"],
        [1, moment(1, 14, 30), 12.0, True, date(2026, 8, 2)],
        [],
        [2, moment(2), 7.25, False, None],
    )

    sheet = open_sheet(path)

    assert (sheet.format, sheet.columns) == ("xlsx", ("id", "time", "total", "paid", "day"))
    assert sheet.notes == ("Read the sheet 'Orders'; 1 further sheets of the workbook were not read.",)
    assert rows(sheet) == [
        (2, "1", "2026-08-01 14:30:00", "12", "true", "2026-08-02 00:00:00"),
        (4, "2", "2026-08-02 00:00:00", "7.25", "false", ""),
    ]


def test_empty_rows_of_a_workbook_count_only_between_filled_ones(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["id", "a"], ["1", "x"], [], ["id", "a"], ["2", "y"], [None, None])

    (batch,) = open_sheet(path).batches

    assert batch.skipped == {"empty line": 1, "the header again": 1}
    assert batch.lines.tolist() == [2, 5]


def test_a_title_above_the_table_of_a_workbook_is_skipped(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Orders of August"], [], ["id", "a", "b"], ["1", "x"], ["2", "y", "z"])

    sheet = open_sheet(path)

    assert sheet.columns == ("id", "a", "b")
    assert rows(sheet) == [(4, "1", "x", ""), (5, "2", "y", "z")]


def test_a_cell_far_outside_the_table_sends_its_row_to_quarantine(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["id", "a"], *([str(n), "x"] for n in range(300)), ["300", "y", "far"])

    (batch,) = open_sheet(path).batches

    assert [(row.line, row.reason) for row in batch.refused] == [
        (302, "Row 302 has cells as far as column 3; 2 columns have a name.")
    ]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)

    with pytest.raises(UnreadableFileError, match=r"would unpack from 0\.1 MB to 80 MB"):
        open_sheet(path)


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", ["id"], [1]).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(UnreadableFileError, match="is not a whole Excel workbook"):
        open_sheet(path)


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", b"<w/>")

    with pytest.raises(UnreadableFileError, match="is not a whole Excel workbook"):
        open_sheet(path)


def test_json_lines_are_flattened_and_kept_raw(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"event":"A","context":{"page":{"path":"/x"}},"n":1,"tags":["a"],"none":null}\n\n{"event":"B"}\n')

    sheet = open_sheet(path)

    assert sheet.columns == ("event", "context.page.path", "n", "tags", "_json")
    assert [row[:-1] for row in rows(sheet)] == [(1, "A", "/x", "1", '["a"]'), (3, "B", None, None, None)]


def test_broken_json_lines_go_to_quarantine_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"event":"A"}\n{"event":\n[1]\n{"event":"D"}\n')

    batch = next(iter(open_sheet(path).batches))

    assert batch.lines.tolist() == [1, 4]
    assert [(row.line, row.content) for row in batch.refused] == [(2, {"_json": '{"event":'}), (3, {"_json": "[1]"})]
    assert batch.refused[1].reason == "Line 3 holds a JSON list; a JSON object was expected."


def test_deep_nesting_goes_to_quarantine(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"event":"A"}\n' + '{"a":' * 20_000 + "1" + "}" * 20_000 + "\n")

    batch = next(iter(open_sheet(path).batches))

    assert (batch.lines.tolist(), [row.line for row in batch.refused]) == ([1], [2])


def test_parquet_becomes_text(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    table = pa.table(
        {
            "id": [1, 2],
            "time": [moment(1, 14, 30), None],
            "total": [12.0, 7.25],
            "price": [Decimal("1.50"), None],
            "kind": pa.array(["a", "b"]).dictionary_encode(),
            "nested": [{"x": 1}, None],
        }
    )
    pyarrow.parquet.write_table(table, path)

    sheet = open_sheet(path)

    assert sheet.columns == ("id", "time", "total", "price", "kind", "nested")
    assert rows(sheet) == [
        (1, "1", "2026-08-01 14:30:00.000000", "12", "1.50", "a", '{"x":1}'),
        (2, "2", None, "7.25", None, "b", None),
    ]


def test_a_parquet_file_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    pyarrow.parquet.write_table(pa.table({"a": list(range(1000))}), path)
    path.write_bytes(path.read_bytes()[:200])

    with pytest.raises(UnreadableFileError, match="is not a whole Parquet file"):
        open_sheet(path)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "is empty"),
        (b"\x00\x01\x02\xff" * 100, "a.csv", "holds binary data"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.xls", "old or password-protected Excel"),
        (b"%PDF-1.7 ...", "a.csv", "is a PDF"),
        (b"id,a\n1,2\n", "a.xlsx", "is not a XLSX file"),
        (b"no json here\n", "a.jsonl", "no line holds a JSON object"),
    ],
)
def test_what_is_no_table_gets_a_sentence(tmp_path: Path, content: bytes, name: str, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError, match=sentence) as error:
        open_sheet(path)
    assert str(path) in str(error.value)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is a folder"):
        open_sheet(tmp_path)
    with pytest.raises(UnreadableFileError, match="does not exist"):
        open_sheet(tmp_path / "gone.csv")


def test_a_header_of_two_rows_is_the_first(tmp_path: Path) -> None:
    """SurveyMonkey writes the questions, then the answer options; the source skips the second row."""
    found = find_header([(1, ["Respondent ID", "Which?", ""]), (2, ["", "Tea", "Coffee"]), (3, ["7", "Tea", ""])])

    assert found is not None
    assert (found.columns, found.data_index) == (("Respondent ID", "Which?", "column 3"), 1)


@given(st.lists(st.sampled_from(["a", "a ", "a (2)", "", "b"]), max_size=8))
def test_column_names_are_never_doubled(cells: list[str]) -> None:
    names = column_names(cells)

    assert len(set(names)) == len(names) == len(cells)


@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=3),
        st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.dictionaries(st.text("de", min_size=1, max_size=2), inner, max_size=3)),
        max_size=4,
    )
)  # fmt: skip
def test_flat_cells_are_text(object_: dict[str, object]) -> None:
    assert all(isinstance(cell, str) for cell in flatten(object_).values())


@given(st.text(alphabet='ab,"\n', max_size=60))
def test_both_ways_to_find_records_agree_where_the_fast_one_dares(text: str) -> None:
    data = text.encode()
    quick, slow = _by_counting(data, 1, ",", last=True), _by_walking(data, 1, ",", last=True)

    if quick is not None:
        assert quick.lines.tolist() == slow.lines.tolist()
        assert (quick.empty, quick.refused, slow.refused) == (slow.empty, (), ())


def test_a_workbook_saved_by_other_programs_has_no_dimensions(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["id", "a"], ["1", "x"])
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b'<dimension ref="A1:B2"/>', b'<dimension ref="A1"/>')
            new.writestr(name, content)
    path.write_bytes(changed.getvalue())

    assert rows(open_sheet(path)) == [(2, "1", "x")]
