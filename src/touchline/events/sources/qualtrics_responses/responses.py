"""Qualtrics responses: two rows under the header say what was asked and in which time zone, then one row each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import chain
from zoneinfo import ZoneInfo

from touchline.events.rules import Refused, Skipped
from touchline.events.sources.cells import (
    CellError,
    identifiers,
    number,
    parse_time,
    present,
    required_text,
    required_time,
    text,
    time,
    truthy,
)
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.protocol import Context, Result, Row
from touchline.events.sources.qualtrics_responses.columns import COLUMNS, questions_of, with_wording
from touchline.events.sources.survey_answers import Response, survey_events
from touchline.events.sources.survey_columns import with_ticks_named
from touchline.events.sources.survey_questions import Question

_IMPORT_ID = re.compile(r"[\"']ImportId[\"']")
_ZONE = re.compile(r"[\"']timeZone[\"']\s*:\s*[\"']([^\"']+)[\"']")
_TIMES = ("StartDate", "EndDate", "RecordedDate")
_RESPONSE_ID = re.compile(r"(R|FS|LS)_\w+")

_PREVIEW, _TEST, _SPAM = 1, 2, 8
"""Bits of a numeric `Status`: 9 is a preview that looks like spam."""
_LEFT_OUT = ((_PREVIEW | _TEST, r"preview|test", "preview or test of the survey"), (_SPAM, r"spam", "marked as spam"))


@dataclass
class _File:
    """What the two rows under the header say."""

    zone: tzinfo
    wordings: Mapping[str, str] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)


def read_responses(rows: Iterable[Row], context: Context) -> Iterator[Result]:
    """Skip the label rows, read the questions from them, then each row as one response."""
    remaining = iter(rows)
    file, first = _beginning(remaining, context)
    yield from file.skipped
    columns = dict.fromkeys(canonical_names(context.columns, COLUMNS).values())
    questions: list[Question] = []
    for line, cells in chain(first, remaining):
        if not questions or not cells.keys() <= columns.keys():  # rows out of quarantine bring columns of their own
            columns |= dict.fromkeys(cells)
            questions = questions_of(columns, file.wordings)
        try:
            results = list(_read(line, cells, file, questions))
        except CellError as error:
            results = [Refused(line, str(error), _kept(cells, file))]
        yield from results


def _beginning(remaining: Iterator[Row], context: Context) -> tuple[_File, list[Row]]:
    """Read the rows under the header; gives back a row that is a response already."""
    file = _File(context.zone)
    for line, cells in remaining:
        if any(_IMPORT_ID.search(cell) for cell in cells.values()):
            file.skipped.append(Skipped(line, "third row, with import ids"))
            file.zone = _stated_zone(cells) or context.zone
        elif not file.skipped and _holds_labels(cells):
            file.skipped.append(Skipped(line, "second row, with the wording of the questions"))
            file.wordings = cells
        else:
            return file, [(line, cells)]
    return file, []


def _holds_labels(cells: Mapping[str, str]) -> bool:
    """Neither the id of a response nor a date: the wording of the columns themselves, in whatever language."""
    if _RESPONSE_ID.fullmatch(text(cells, "ResponseId") or ""):
        return False
    start = text(cells, "StartDate")
    try:
        return start is not None and not parse_time(start, ZoneInfo("UTC"))
    except ValueError:
        return True


def _stated_zone(cells: Mapping[str, str]) -> ZoneInfo | None:
    stated = next((found[1] for column in _TIMES if (found := _ZONE.search(cells.get(column, "")))), None)
    if stated is None:
        return None
    try:
        return ZoneInfo("UTC" if stated == "Z" else stated)
    except (KeyError, ValueError, OSError):
        return None


def _read(line: int, cells: Mapping[str, str], file: _File, questions: list[Question]) -> Iterator[Result]:
    left_out = _left_out(text(cells, "Status"))
    if left_out:
        return iter([Skipped(line, left_out)])
    return survey_events(_response(line, cells, file), questions, with_ticks_named(questions, cells))


def _left_out(status: str | None) -> str | None:
    """Why a response does not count, by `Status` in numbers or in words; None for one that does."""
    if status is None:
        return None
    bits = int(status) if status.isdigit() else 0
    for bit, words, reason in _LEFT_OUT:
        if bits & bit or re.search(words, status, re.IGNORECASE):
            return reason
    return None


def _response(line: int, cells: Mapping[str, str], file: _File) -> Response:
    progress = number(cells, "Progress")
    finished = truthy(text(cells, "Finished"))
    if finished is None:
        finished = progress is None or progress >= 100
    return Response(
        id=required_text(cells, "ResponseId", "the response's id"),
        time=_ended(cells, file),
        line=line,
        identifiers=identifiers(email=text(cells, "RecipientEmail"), external_id=text(cells, "ExternalReference")),
        properties=present(
            completed=None if finished else False,
            progress=None if finished else progress,
            duration_seconds=number(cells, "Duration (in seconds)"),
            distribution=text(cells, "DistributionChannel"),
        ),
    )


def _ended(cells: Mapping[str, str], file: _File) -> datetime:
    """When the respondent last did something; a partial response is recorded days after that."""
    moments = (time(cells, column, file.zone) for column in ("EndDate", "RecordedDate"))
    return next(filter(None, moments), None) or required_time(cells, "StartDate", file.zone)


def _kept(cells: Mapping[str, str], file: _File) -> dict[str, str]:
    """A refused row as it can be read alone later: with the wording of its questions and the offset of its times."""
    kept = {with_wording(column, file.wordings): cell for column, cell in cells.items()}
    for column in _TIMES:
        try:
            moment = time(cells, column, file.zone)
        except CellError:
            continue
        if moment:
            kept[column] = moment.isoformat()
    return kept
