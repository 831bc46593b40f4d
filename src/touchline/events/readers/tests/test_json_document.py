from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from touchline.events.readers import json_document, jsonl
from touchline.events.readers.encoding import INVALID
from touchline.events.readers.json_outline import outline_of
from touchline.events.readers.json_structure import Structure
from touchline.events.readers.lines import LINE_LIMIT_BYTES
from touchline.events.readers.opening import open_sheet
from touchline.events.readers.raw import RawBlock
from touchline.events.readers.sheet import Sheet, UnreadableFileError
from touchline.events.rules import Refused

REVIEWS = [{"id": "a", "stars": 5, "by": {"name": "Ada"}}, {"id": "b", "stars": 1, "text": 'said "no", [really] {not}'}]


def written(tmp_path: Path, content: str | bytes, name: str = "export.json") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def objects(sheet: Sheet) -> list[tuple[int, object]]:
    """(row number, the object itself) of every row."""
    return [
        (int(line), json.loads(raw))
        for batch in sheet.batches
        for line, raw in zip(batch.lines, batch.table.column("_json").to_pylist(), strict=True)
    ]


def refused(sheet: Sheet) -> list[Refused]:
    return [row for batch in sheet.batches for row in batch.refused]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_of_objects_is_its_rows(tmp_path: Path, indent: int | None) -> None:
    sheet = open_sheet(written(tmp_path, json.dumps(REVIEWS, indent=indent)))

    assert (sheet.format, sheet.columns, sheet.notes) == ("json", ("id", "stars", "by.name", "text", "_json"), ())
    (batch,) = sheet.batches
    assert batch.lines.tolist() == [1, 2]
    assert batch.table.column("stars").to_pylist() == ["5", "1"]
    assert batch.table.column("by.name").to_pylist() == ["Ada", None]
    assert batch.table.column("text").to_pylist() == [None, 'said "no", [really] {not}']


@pytest.mark.parametrize(
    "around",
    [
        {"data": REVIEWS, "links": {"self": "https://example.org/1"}, "meta": {"paging": {"total": 2}}},
        {"links": {"next": None}, "included": [{"id": "x"}, {"id": "y"}, {"id": "z"}], "data": REVIEWS},
        {"current_page": 1, "per_page": 10, "reviews": REVIEWS},
        {"type": "conversation.list", "pages": {"page": 1, "more": [[]]}, "total_count": 2, "conversations": REVIEWS},
        {"results": REVIEWS, "users": [{"id": 7}], "count": 2},
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_an_object_around_a_list_gives_the_lists_rows(
    tmp_path: Path, around: dict[str, object], indent: int | None
) -> None:
    sheet = open_sheet(written(tmp_path, json.dumps(around, indent=indent)))

    assert objects(sheet) == [(1, REVIEWS[0]), (2, REVIEWS[1])]


def test_the_user_is_told_which_list_was_read_and_which_was_not(tmp_path: Path) -> None:
    sheet = open_sheet(written(tmp_path, json.dumps({"tickets": REVIEWS, "users": [{"id": 7}], "count": 2})))

    assert sheet.notes == ("Read the list 'tickets' of the JSON object as rows. Not read: 'users'.",)


@pytest.mark.parametrize(
    "single", [{"id": 7, "line_items": [{"sku": "a"}]}, {"batch": [{"type": "page"}], "sentAt": "x"}]
)
def test_a_single_object_is_one_row(tmp_path: Path, single: dict[str, object]) -> None:
    printed = open_sheet(written(tmp_path, json.dumps(single, indent=2)))
    in_one_line = open_sheet(written(tmp_path, json.dumps(single)))

    assert (printed.format, in_one_line.format) == ("json", "jsonl")
    assert objects(printed) == objects(in_one_line) == [(1, single)]


@pytest.mark.parametrize(
    "lines",
    [
        '{"data":[{"id":1}]}\n{"data":[{"id":2}]}\n',
        '\n{"id":1}\n\n{"id":2}\n',
        '{"id":\n{"id":2}\n{"id":3}\n',
    ],
)
def test_json_lines_stay_json_lines(tmp_path: Path, lines: str) -> None:
    assert open_sheet(written(tmp_path, lines)).format == "jsonl"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    sheet = open_sheet(written(tmp_path, json.dumps([{"text": "schön"}], ensure_ascii=False).encode(encoding)))

    assert objects(sheet) == [(1, {"text": "schön"})]


def test_what_is_no_object_in_the_list_goes_to_quarantine(tmp_path: Path) -> None:
    sheet = open_sheet(written(tmp_path, '[{"id":1}, 7, {"id":2} {"id":3}, {"id":4},\n]'))

    (batch,) = sheet.batches
    assert batch.lines.tolist() == [1, 4]
    assert [(row.line, row.content) for row in batch.refused] == [
        (2, {"_json": "7"}),
        (3, {"_json": '{"id":2} {"id":3}'}),
    ]
    assert batch.refused[0].reason == "Row 2 holds a JSON number; a JSON object was expected."
    assert batch.refused[1].reason.startswith("Row 3 is not a whole JSON object: ")


def test_bytes_of_another_encoding_refuse_their_row(tmp_path: Path) -> None:
    accented = ",".join(f'{{"text":"schön {n}"}}' for n in range(3)).encode()

    [row] = refused(open_sheet(written(tmp_path, b"[" + accented + b',\n{"text":"sch\xf6n"},\n' + accented + b"]")))

    assert (row.line, row.reason) == (4, "Row 4 holds bytes that are not text in the encoding of the file.")


def test_a_row_longer_than_any_row_is_refused(tmp_path: Path) -> None:
    long = '{"text":"' + "x" * (LINE_LIMIT_BYTES + 10) + '"}'

    [row] = refused(open_sheet(written(tmp_path, f'[{{"id":1}},{long},{{"id":3}}]')))

    assert (row.line, row.reason) == (2, "Row 2 is longer than 16 MB; a row of a table was expected.")
    assert len(row.content["_json"]) < 200_000


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            '[{"id":1},\n{"id":2',
            "is cut short or broken: the JSON that begins with [ is not closed at the end, line 2.",
        ),
        ('{"data":[{"id":1}],"next":"a', "is not closed at the end, line 1."),
        ('[{"id":1}}', "its brackets do not match"),
        ('{"data":[{"id":1}}}', "its brackets do not match"),
        ('{"data":[{"id":1}],}', "its brackets do not match or something between them is missing"),
        ("[]", "holds a JSON list without any object"),
        ("[1,2]", "holds a JSON list without any object"),
        (
            '[\n{"id":1}\n]\n[\n{"id":2}\n]\n',
            "holds several JSON documents one after the other; the first ends in line 3.",
        ),
        ('{"data":[],"links":{}}', "holds an empty list 'data': there is nothing to import."),
    ],
)
def test_a_broken_or_empty_document_gets_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = written(tmp_path, content)

    with pytest.raises(UnreadableFileError) as error:
        open_sheet(path)
    assert str(path) in str(error.value)
    assert sentence in str(error.value)


words = st.text(st.characters(codec="utf-8", exclude_characters=INVALID), max_size=8)
leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))
rows = st.lists(st.dictionaries(words, values, max_size=4), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, st.sampled_from([None, 0, 3]), st.booleans(), st.booleans())
@example([{"\\": '\\"[{'}], None, True, True)
def test_any_list_of_objects_reads_back(
    tmp_path: Path, given_rows: list[dict[str, object]], indent: int | None, wrapped: bool, ascii_only: bool
) -> None:
    document = {"meta": {"a": []}, "data": given_rows, "more": [1]} if wrapped else given_rows
    path = written(
        tmp_path, json.dumps(document, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    )

    assert objects(open_sheet(path)) == list(enumerate(given_rows, start=1))


@given(rows, st.integers(1, 7), st.sampled_from([None, 1]))
def test_blocks_cut_anywhere_give_the_same_rows(
    given_rows: list[dict[str, object]], block_bytes: int, indent: int | None
) -> None:
    text = json.dumps({"links": {"self": "x"}, "rows": given_rows}, indent=indent).encode()

    def blocks():
        return (RawBlock(text[at : at + block_bytes], at) for at in range(0, len(text), block_bytes))

    found = [
        piece for pieces, _ in json_document.elements_of(blocks(), outline_of(Path("x"), blocks())) for piece in pieces
    ]

    assert [json.loads(piece) for piece in found] == given_rows


@given(st.text('[]{},"\\a', max_size=30))
def test_depth_is_what_a_walk_over_the_text_finds(text: str) -> None:
    depth, in_string, escaped = 0, False, False
    for sign in text:
        if escaped or sign == "\\":
            escaped = not escaped and sign == "\\"
        elif sign == '"':
            in_string = not in_string
        elif not in_string:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign, 0)
    structure = Structure()

    list(structure.marks([RawBlock(text[:7].encode(), 7), RawBlock(text[7:].encode(), 30)]))

    assert (structure.depth, structure.in_string) == (depth, in_string)


def test_columns_are_those_of_the_rows_read_first_and_later_ones_stay_in_the_raw_row(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(json_document, "SAMPLE_BYTES", 32)
    monkeypatch.setattr(json_document, "BLOCK_BYTES", 64)
    many = [{"id": n} for n in range(40)] + [{"id": 40, "late": "x"}]

    sheet = open_sheet(written(tmp_path, json.dumps(many)))

    assert sheet.columns == ("id", jsonl.RAW_COLUMN)
    assert objects(sheet) == list(enumerate(many, start=1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('[]{}",:a1\\ \n', max_size=40), st.sampled_from(["[{", '{"data":[{', "{", "["]))
@example('"a":1},{"a', '{"data":[{')
def test_whatever_is_broken_is_read_or_gets_a_sentence(tmp_path: Path, text: str, start: str) -> None:
    path = written(tmp_path, start + text)
    try:
        sheet = open_sheet(path)
        found = [
            line for batch in sheet.batches for line in (*batch.lines.tolist(), *(row.line for row in batch.refused))
        ]
    except UnreadableFileError:
        return

    assert len(set(found)) == len(found)
