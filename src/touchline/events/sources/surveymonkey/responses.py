"""SurveyMonkey responses: two header rows (question, then answer option), and questions spread over several columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from touchline.events.rules import Skipped
from touchline.events.sources.cells import identifiers, order_number, required_text, required_time, text, time
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.protocol import Context, Result, Row
from touchline.events.sources.survey_answers import Response, survey_events
from touchline.events.sources.survey_questions import Question, plain, question
from touchline.events.sources.table_source import each_row, without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **without_aliases("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"),
    "Email Address": ("Email",),
    **without_aliases("First Name", "Last Name"),
    "Custom Data 1": ("Custom Data",),
}

_OPEN_ENDED = "open-ended response"


def read_responses(rows: Iterable[Row], context: Context) -> Iterator[Result]:
    """Skip the second header row, read the questions from both, then each row as one response."""
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return
    line, cells = first
    options: Mapping[str, str] = {}
    if text(cells, "Respondent ID") is None:
        options = cells
        yield Skipped(line, "second header row, with the answer options")
    else:
        remaining = chain([first], remaining)
    questions = _questions(context.columns or tuple(cells), options)

    def read(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
        return survey_events(_response(line, cells, context), questions, cells)

    yield from each_row(read)(remaining, context)


def _questions(header: tuple[str, ...], options: Mapping[str, str]) -> list[Question]:
    """A nameless column goes on with the question to its left."""
    names = canonical_names(header, COLUMNS)
    spread: dict[str, list[str]] = {}
    for position, written in enumerate(header, start=1):
        column = names[written]
        if written == f"column {position}" and spread:
            spread[next(reversed(spread))].append(column)
        elif column not in COLUMNS:
            spread[column] = [column]
    return [asked for title, columns in spread.items() for asked in _spread_question(title, columns, options)]


def _spread_question(title: str, columns: list[str], options: Mapping[str, str]) -> Iterator[Question]:
    """A score in several columns is a matrix, each row of it a question; anything else is a choice of several."""
    asked = question(title)
    if len(columns) == 1:
        is_open = plain(options.get(title, "")).casefold() == _OPEN_ENDED and asked.role in ("answer", "score")
        yield replace(asked, role="comment", scale=None) if is_open else asked
        return
    for column in columns:
        option = plain(options.get(column, ""))
        row = f"{asked.title}: {option or column}" if asked.role == "score" else asked.title
        yield replace(asked, column=column, title=row, option=option or "Response")


def _response(line: int, cells: Mapping[str, str], context: Context) -> Response:
    return Response(
        id=required_text(cells, "Respondent ID", "the respondent's number"),
        time=time(cells, "End Date", context.zone) or required_time(cells, "Start Date", context.zone),
        line=line,
        identifiers=_identifiers(cells),
    )


def _identifiers(cells: Mapping[str, str]) -> dict[str, str]:
    """Custom Data 1 is whatever the sender put there: an address, an order or, else, the customer's own id."""
    custom = text(cells, "Custom Data 1") or ""
    is_email, is_order = "@" in custom, custom.startswith("#")
    return identifiers(
        email=text(cells, "Email Address") or (custom if is_email else None),
        order_id=order_number(custom) if is_order else None,
        external_id=None if is_email or is_order else custom,
    )
