from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchline.events.readers.delimited import open_delimited
from touchline.events.readers.lines import LINE_LIMIT_BYTES
from touchline.events.readers.sheet import WHOLE_LINE, Sheet, UnreadableFileError
from touchline.events.rules import Refused


def written(tmp_path: Path, content: str | bytes, name: str = "file.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows(sheet: Sheet) -> list[tuple[int, ...] | tuple[object, ...]]:
    """(line, cell, cell, ...) of every row that came through."""
    found = []
    for batch in sheet.batches:
        cells = zip(*(column.to_pylist() for column in batch.table.columns), strict=True)
        found += [(int(line), *row) for line, row in zip(batch.lines, cells, strict=True)]
    return found


def outcome(sheet: Sheet) -> tuple[list[object], list[Refused], dict[str, int]]:
    kept: list[object] = []
    refused: list[Refused] = []
    skipped: dict[str, int] = {}
    for batch in sheet.batches:
        cells = zip(*(column.to_pylist() for column in batch.table.columns), strict=True)
        kept += [(int(line), *row) for line, row in zip(batch.lines, cells, strict=True)]
        refused += batch.refused
        for reason, count in batch.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + count
    return kept, refused, skipped


def test_a_plain_file(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, "id,time\n1,2026-01-01\n2,\n"))

    assert (sheet.format, sheet.delimiter, sheet.columns, sheet.notes) == ("csv", ",", ("id", "time"), ())
    assert rows(sheet) == [(2, "1", "2026-01-01"), (3, "2", "")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    sheet = open_delimited(written(tmp_path, f"id{mark}amount{mark}note\n1{mark}2.5{mark}x\n2{mark}3.5{mark}y\n"))

    assert sheet.delimiter == mark
    assert rows(sheet) == [(2, "1", "2.5", "x"), (3, "2", "3.5", "y")]


def test_decimal_commas_do_not_win_over_semicolons(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, "id;amount;tax\n1;2,50;0,50\n2;3,50;0,70\n"))

    assert rows(sheet) == [(2, "1", "2,50", "0,50"), (3, "2", "3,50", "0,70")]


@pytest.mark.parametrize(
    ("codec", "bom"),
    [
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("utf-32-be", b"\x00\x00\xfe\xff"),
        ("cp1252", b""),
    ],
)
def test_encodings(tmp_path: Path, codec: str, bom: bytes) -> None:
    content = bom + "name,text\nJörg,Ärger – über 5 €\nZoë,ok\n".encode(codec)

    sheet = open_delimited(written(tmp_path, content))

    assert sheet.columns == ("name", "text")
    assert rows(sheet) == [(2, "Jörg", "Ärger – über 5 €"), (3, "Zoë", "ok")]


def test_one_accent_in_windows_1252_far_behind_an_ascii_beginning(tmp_path: Path) -> None:
    content = b"name,text\n" + b"Ann,ok\n" * 300_000 + "Jörg,späth\n".encode("cp1252")

    sheet = open_delimited(written(tmp_path, content))

    assert sheet.encoding == "cp1252"
    assert rows(sheet)[-1] == (300_002, "Jörg", "späth")


def test_a_line_of_another_encoding_goes_to_quarantine_with_its_line(tmp_path: Path) -> None:
    content = "name,city\nZoë,Köln\nÅsa,Malmö\n".encode() + "Jörg,Ulm\n".encode("cp1252") + b"Ann,Bath\n"

    kept, refused, _ = outcome(open_delimited(written(tmp_path, content)))

    assert kept == [(2, "Zoë", "Köln"), (3, "Åsa", "Malmö"), (5, "Ann", "Bath")]
    assert refused == [
        Refused(4, "Column 'name' of line 4 holds bytes that are not UTF-8 text.", {"name": "J\ufffdrg", "city": "Ulm"})
    ]


def test_quoted_newlines_keep_the_lines_of_what_follows(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, 'id,text\n1,"two\nlines"\n2,"say ""hi"""\n3,end\n'))

    assert rows(sheet) == [(2, "1", "two\nlines"), (4, "2", 'say "hi"'), (5, "3", "end")]


def test_marks_in_odd_places_are_text(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, 'id,text\n1,5" pipe\n2,"a"b\n3,"x\ny"\n4,end\n'))

    assert rows(sheet) == [(2, "1", '5" pipe'), (3, "2", "ab"), (4, "3", "x\ny"), (6, "4", "end")]


def test_a_mark_never_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    kept, refused, _ = outcome(open_delimited(written(tmp_path, 'id,text\n1,ok\n2,"never\n3,fine\n4,also\n')))

    assert kept == [(2, "1", "ok"), (4, "3", "fine"), (5, "4", "also")]
    assert [(row.line, row.content) for row in refused] == [(3, {WHOLE_LINE: '2,"never'})]


def test_ragged_rows_go_to_quarantine(tmp_path: Path) -> None:
    kept, refused, _ = outcome(open_delimited(written(tmp_path, "id,a,b\n1,x,y\n2,x\n3,x,y,z\n4,p,q\n")))

    assert kept == [(2, "1", "x", "y"), (5, "4", "p", "q")]
    assert [(row.line, row.reason) for row in refused] == [
        (3, "Line 3 has 2 cells; 3 were expected, one for each column name."),
        (4, "Line 4 has 4 cells; 3 were expected, one for each column name."),
    ]
    assert dict(refused[1].content) == {"id": "3", "a": "x", "b": "y", "column 4": "z", WHOLE_LINE: "3,x,y,z"}


def test_empty_lines_and_repeated_headers_are_counted(tmp_path: Path) -> None:
    kept, refused, skipped = outcome(open_delimited(written(tmp_path, "id,a\n1,x\n\nid,a\n,\n2,y\n\n")))

    assert kept == [(2, "1", "x"), (6, "2", "y")]
    assert (refused, skipped) == ([], {"empty line": 3, "the header again": 1})


def test_order_names_are_no_comments(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, "Name,Total\n#1001,5\n#1002,6\n"))

    assert rows(sheet) == [(2, "#1001", "5"), (3, "#1002", "6")]


def test_order_names_under_a_header_that_is_a_sign(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, "#,Total\n#1001,5\n#1002,6\n"))

    assert sheet.columns == ("#", "Total")
    assert rows(sheet) == [(2, "#1001", "5"), (3, "#1002", "6")]


def test_a_comment_block_is_skipped(tmp_path: Path) -> None:
    content = "# ------\n# Demographic details\n# 20260801-20260831\n\nDate,Sessions\n20260801,12\n"

    sheet = open_delimited(written(tmp_path, content))

    assert sheet.columns == ("Date", "Sessions")
    assert sheet.notes == ("Skipped 4 comment lines above the column names.",)
    assert rows(sheet) == [(6, "20260801", "12")]


def test_a_title_above_the_header_is_skipped(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, "Orders of August\n\nid,total,city\n1,5,Bath\n2,6,York\n"))

    assert sheet.columns == ("id", "total", "city")
    assert rows(sheet) == [(4, "1", "5", "Bath"), (5, "2", "6", "York")]


def test_doubled_and_missing_names(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, "name,,name,name (2)\na,b,c,d\n"))

    assert sheet.columns == ("name", "column 2", "name (2)", "name (2) (2)")


def test_a_comma_too_many_in_every_row(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, "id,a,b\n1,x,y,\n2,x,y,\n"))

    assert sheet.columns == ("id", "a", "b", "column 4")
    assert rows(sheet) == [(2, "1", "x", "y", ""), (3, "2", "x", "y", "")]


def test_a_file_without_header(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, "7,2026-01-01,4.5\n8,2026-01-02,5.5\n"))

    assert sheet.columns == ("column 1", "column 2", "column 3")
    assert sheet.notes == ("Line 1 holds data and no column names: the columns are numbered.",)
    assert len(rows(sheet)) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    sheet = open_delimited(written(tmp_path, end.join(["id,a", "1,x", "2,y", ""])))

    assert rows(sheet) == [(2, "1", "x"), (3, "2", "y")]


def test_gzip_is_opened(tmp_path: Path) -> None:
    sheet = open_delimited(written(tmp_path, gzip.compress(b"id,a\n1,x\n"), "file.csv.gz"))

    assert rows(sheet) == [(2, "1", "x")]


def test_a_gzip_cut_short_says_so(tmp_path: Path) -> None:
    whole = gzip.compress("\n".join(["id,a", *(f"{n},{n * 7919 % 1000}" for n in range(400_000))]).encode())
    sheet = open_delimited(written(tmp_path, whole[:-2000], "file.csv.gz"))

    with pytest.raises(UnreadableFileError, match="damaged or cut short"):
        rows(sheet)


def test_a_line_longer_than_anybody_means_is_refused_without_losing_the_others(tmp_path: Path) -> None:
    content = b"id,a\n1,x\n2," + b"y" * (2 * LINE_LIMIT_BYTES) + b"\n3,z\n"

    kept, refused, _ = outcome(open_delimited(written(tmp_path, content)))

    assert kept == [(2, "1", "x"), (4, "3", "z")]
    assert [(row.line, row.reason) for row in refused] == [
        (3, "Line 3 is longer than 16 MB; a row of a table was expected.")
    ]


def test_a_first_line_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="Line 1 is longer than 16 MB"):
        open_delimited(written(tmp_path, b"x" * (LINE_LIMIT_BYTES + 2_000_000)))


def test_nothing_but_comments_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="holds no rows"):
        open_delimited(written(tmp_path, "\n\n  \n"))


cells = st.text(alphabet=st.sampled_from(list("aB0é€ \n\";,\t'#-")), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(st.tuples(st.from_regex(r"k[0-9]{1,3}", fullmatch=True), cells, cells), min_size=1, max_size=12),
    mark=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    block_bytes=st.integers(3, 80),
)
def test_what_a_csv_writer_wrote_comes_back_with_exact_lines(
    tmp_path: Path, table: list[tuple[str, str, str]], mark: str, end: str, codec: str, block_bytes: int
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mark, lineterminator=end)
    expected = []
    for row in [("key", "first text", "second text"), *table]:
        line = text.getvalue().count("\n") + 1
        writer.writerow(row)
        expected.append((line, *row))

    sheet = open_delimited(written(tmp_path, text.getvalue().encode(codec)), block_bytes)

    assert sheet.columns == ("key", "first text", "second text")
    assert rows(sheet) == expected[1:]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.text(alphabet='ab,;"# \n', max_size=12), max_size=12), block_bytes=st.integers(3, 40))
def test_no_text_is_lost_or_fails(tmp_path: Path, lines: list[str], block_bytes: int) -> None:
    """Any mess gives rows, refused rows and skipped lines; lines only grow."""
    content = "id,one,two\n" + "1,a,b\n" * 200 + "\n".join(lines)

    sheet = open_delimited(written(tmp_path, content), block_bytes)
    seen = [int(line) for batch in sheet.batches for line in batch.lines]

    assert seen == sorted(set(seen))
    assert seen[:200] == list(range(2, 202))
