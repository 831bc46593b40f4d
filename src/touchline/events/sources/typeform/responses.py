"""Typeform responses: one row per respondent, one column per question, hidden fields among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC

from touchline.events.sources.cells import present, required_text, required_time, text, time
from touchline.events.sources.protocol import Context, Result, Row
from touchline.events.sources.survey_answers import Response, survey_events
from touchline.events.sources.survey_questions import Question, question
from touchline.events.sources.table_source import each_row, without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "#": ("Response ID", "Token"),
    **without_aliases("Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID"),
    "Tags": (),
}


def read_responses(rows: Iterable[Row], context: Context) -> Iterator[Result]:
    """Read each row as one response; what the questions ask is read once from their titles."""
    asked: dict[str, Question] = {}

    def read(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
        for column in cells:
            if column not in COLUMNS and column not in asked:
                asked[column] = question(column)
        questions = [asked[column] for column in cells if column in asked]
        return survey_events(_response(line, cells), questions, cells)

    return each_row(read)(rows, context)


def _response(line: int, cells: Mapping[str, str]) -> Response:
    """A response that was never submitted is dated at its last stage; it keeps its answers."""
    submitted = time(cells, "Submit Date (UTC)", UTC)
    stage = submitted or time(cells, "Stage Date (UTC)", UTC)
    return Response(
        id=required_text(cells, "#", "the response's number"),
        time=stage or required_time(cells, "Start Date (UTC)", UTC),
        line=line,
        properties=present(completed=None if submitted else False, tags=text(cells, "Tags")),
    )
