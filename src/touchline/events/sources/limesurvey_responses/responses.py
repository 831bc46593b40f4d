"""LimeSurvey responses: one row per respondent, finished or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from touchline.events.sources.cells import (
    CellError,
    identifiers,
    number,
    present,
    required_text,
    required_time,
    text,
    time,
)
from touchline.events.sources.limesurvey_responses.columns import questions_of
from touchline.events.sources.protocol import Context, Result, Row
from touchline.events.sources.survey_answers import Response, survey_events
from touchline.events.sources.survey_columns import with_ticks_named
from touchline.events.sources.survey_questions import Question
from touchline.events.sources.table_source import each_row

_NO_DATE_STAMP = "1980-01-01"
_SURVEY_IN_NAME = re.compile(r"survey[-_ ]?(\d+)", re.IGNORECASE)


def read_responses(rows: Iterable[Row], context: Context) -> Iterator[Result]:
    """Read each row as one response; what the columns ask is read once from their names."""
    asked: list[Question] = []

    def read(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
        if not asked:
            asked.extend(questions_of(context.columns or tuple(cells)))
        return survey_events(_response(line, cells, context), asked, with_ticks_named(asked, cells))

    return each_row(read)(rows, context)


def _response(line: int, cells: Mapping[str, str], context: Context) -> Response:
    submitted = text(cells, "submitdate")
    return Response(
        id=_key(required_text(cells, "id", "the response's number"), cells, context),
        time=_answered(cells, context),
        line=line,
        identifiers=identifiers(external_id=text(cells, "token")),
        properties=present(
            completed=None if submitted else False, last_page=None if submitted else number(cells, "lastpage")
        ),
    )


def _key(number_: str, cells: Mapping[str, str], context: Context) -> str:
    """Every survey counts from 1: the seed is drawn for each response, and its start never changes."""
    own = text(cells, "seed") or text(cells, "startdate")
    if own is None:
        survey = _SURVEY_IN_NAME.search(context.file)
        own = survey[1] if survey else context.file
    return f"{number_}|{own}"


def _answered(cells: Mapping[str, str], context: Context) -> datetime:
    """When it was submitted; one that was not, when the respondent last did something."""
    submitted = text(cells, "submitdate") or ""
    is_stamped = not submitted.startswith(_NO_DATE_STAMP)
    columns = ("submitdate", "datestamp", "startdate") if is_stamped else ("datestamp", "startdate")
    for column in columns:
        moment = time(cells, column, context.zone)
        if moment:
            return moment
    if is_stamped:
        return required_time(cells, "startdate", context.zone)
    raise CellError("submitdate", submitted, "a date; LimeSurvey writes 1980 where a survey keeps no date stamps")
