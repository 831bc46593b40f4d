"""What the columns of a Qualtrics export are: facts about the response, questions, and neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from touchline.events.sources.survey_columns import Asked, spread_questions
from touchline.events.sources.survey_questions import Question, plain

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "StartDate": ("Start Date",),
    "EndDate": ("End Date",),
    "Status": ("Response Type",),
    "IPAddress": ("IP Address",),
    "Progress": (),
    "Duration (in seconds)": ("Duration",),
    "Finished": (),
    "RecordedDate": ("Recorded Date",),
    "ResponseId": ("Response ID",),
    "RecipientLastName": ("Recipient Last Name",),
    "RecipientFirstName": ("Recipient First Name",),
    "RecipientEmail": ("Recipient Email",),
    "ExternalReference": ("External Data Reference", "ExternalDataReference"),
    "LocationLatitude": ("Location Latitude",),
    "LocationLongitude": ("Location Longitude",),
    "DistributionChannel": ("Distribution Channel",),
    "UserLanguage": ("User Language",),
}

_NO_QUESTION = re.compile(
    r"_(First Click|Last Click|Page Submit|Click Count)$|_DO(_\w+)?$|^(Q_)?(RecaptchaScore|RelevantID|DuplicateScore)"
    r"| - (Parent Topics?|Topics?|Topic Sentiment|Topic Hierarchy|Sentiment|Emotion|Effort|Actionability)\b[^-]*$",
    re.IGNORECASE,
)
"""Timings, the order of questions, checks for robots, and what Qualtrics reads out of comments."""
_GROUP_OF_NPS = re.compile(r"_NPS_GROUP$", re.IGNORECASE)
_IN_WORDS = re.compile(r"_TEXT$", re.IGNORECASE)
_KIND_OF_COLUMN = re.compile(r"\s+-\s+Selected Choice\b")
_CODE = re.compile(r"^(?P<code>[^:\n]{1,60}): (?P<wording>\S.*)$", re.DOTALL)


def questions_of(names: Iterable[str], wordings: Mapping[str, str]) -> list[Question]:
    """The questions of a file by the names of its columns. `wordings` is its second row; without one the names say what
    is asked."""
    columns = {name: _asked(name, wordings) for name in names if _is_question(name)}
    told = [_by_kind(asked) for asked in spread_questions(columns)]
    return [*told, Question("UserLanguage", "UserLanguage", "language")]


def with_wording(column: str, wordings: Mapping[str, str]) -> str:
    """'Q1: How likely ...?': the name under which a refused row keeps its answer, so that it can be read alone later."""
    wording = plain(wordings.get(column, ""))
    return f"{column}: {wording}" if wording and column not in COLUMNS else column


def _is_question(column: str) -> bool:
    return column not in COLUMNS and not _NO_QUESTION.search(_code_of(column))


def _asked(column: str, wordings: Mapping[str, str]) -> Asked:
    alone = _CODE.match(column)
    wording = wordings.get(column) or (alone["wording"] if alone else column)
    words = plain(_KIND_OF_COLUMN.sub("", wording))
    if _IN_WORDS.search(_code_of(column)) or _GROUP_OF_NPS.search(_code_of(column)):
        return Asked(words)
    base, dash, option = words.rpartition(" - ")
    return Asked(base, option) if dash else Asked(words)


def _code_of(column: str) -> str:
    alone = _CODE.match(column)
    return alone["code"] if alone else column


def _by_kind(asked: Question) -> Question:
    """The kinds of columns that Qualtrics tells by the end of their name."""
    code = _code_of(asked.column)
    if _GROUP_OF_NPS.search(code):
        return replace(asked, role="answer", scale=None)
    if _IN_WORDS.search(code) and asked.role in ("answer", "score"):
        return replace(asked, role="comment", scale=None)
    return asked
