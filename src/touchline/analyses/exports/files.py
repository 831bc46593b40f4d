"""An answer as JSON, CSV or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from touchline.analyses.exports.leaving import leaving
from touchline.analyses.facade import Answered
from touchline.analyses.questions.asked import question_pairs
from touchline.analyses.rules.presentation import Table
from touchline.analyses.rules.problem import QuestionError, what_exists
from touchline.events.facade import neutral


def as_json(answered: Answered, *, indent: int = 2) -> str:
    """The whole answer as a JSON object: question, words, answer, presentation, difference and groups."""
    found: dict[str, Any] = {
        "kind": answered.question.kind,
        "asked": [list(pair) for pair in question_pairs(answered.question)],
        "about": answered.words,
        "data_until": answered.data_until,
        "answer": answered.answer,
        "presentation": answered.presentation,
        "compared_with": answered.second_words or None,
        "second": answered.second,
        "difference": answered.difference,
        "breakdown": answered.groups,
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=indent).decode() + "\n"


def arrow_table(table: Table) -> pa.Table:
    """A table with its raw values; shares are 0..1, durations in days. Doubled names become 'name (2)'."""
    columns: dict[str, list[Any]] = {}
    for at, column in enumerate(table.columns):
        times = sum(each.name == column.name for each in table.columns[:at])
        columns[f"{column.name} ({times + 1})" if times else column.name] = [row.cells[at] for row in table.rows]
    return pa.table(columns | {"not over yet": [row.is_provisional for row in table.rows]})


def endings(answered: Answered) -> tuple[str, ...]:
    """The files an answer can be written as."""
    has_table = any(shown.tables for shown in answered.presentations)
    return tuple(ending for ending in WRITERS if has_table or ending != "parquet")


def _csv(answered: Answered) -> bytes:
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([neutral(answered.words)])
    for shown in answered.presentations:
        writer.writerow([neutral(shown.sentence)])
        for table in shown.tables:
            writer.writerow([])
            writer.writerow([neutral(table.caption)])
            writer.writerow([neutral(column.name) for column in table.columns])
            for row in table.rows:
                writer.writerow([_cell(cell) for cell in row.cells])
        for caution in shown.cautions:
            writer.writerow([neutral(caution)])
    return written.getvalue().encode("utf-8-sig")


def _parquet(answered: Answered) -> bytes:
    tables = [table for shown in answered.presentations for table in shown.tables]
    if not tables:
        raise QuestionError("This answer has no table to write.")
    written = BytesIO()
    pq.write_table(arrow_table(tables[0]), written)
    return written.getvalue()


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, float):
        return round(value, 6)
    return neutral(value) if isinstance(value, str) else int(value)


WRITERS: dict[str, tuple[str, Callable[[Answered], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "json": ("application/json", lambda answered: as_json(answered).encode()),
    "parquet": ("application/vnd.apache.parquet", _parquet),
}
"""Ending -> media type and writer."""


def write_answer(answered: Answered, suffix: str) -> tuple[str, bytes]:
    """Media type and content of an answer as a file, without what rests on fewer than ten people.

    Raises QuestionError for an ending there is not.
    """
    ending = suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        raise QuestionError(what_exists("file ending", ending, WRITERS))
    kept = replace(
        answered,
        answer=None,
        second=None,
        presentation=leaving(answered.presentation),
        difference=answered.difference and leaving(answered.difference),
        groups=answered.groups and leaving(answered.groups),
    )
    media_type, write = WRITERS[ending]
    return media_type, write(kept)
