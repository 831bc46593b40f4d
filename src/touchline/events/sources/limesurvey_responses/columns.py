"""What the columns of a LimeSurvey export are: facts about the response, questions with their sub-questions, neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from touchline.events.sources.headers import canonical_names, normalised
from touchline.events.sources.survey_columns import Asked, spread_questions
from touchline.events.sources.survey_questions import Question

_HEADINGS = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
    "seed": "Seed",
    "token": "Access code",
    "startdate": "Date started",
    "datestamp": "Date last action",
    "ipaddr": "IP address",
    "refurl": "Referrer URL",
}
"""Code -> the heading of an export of questions instead of codes."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    code: (words, f"{code}. {words}", *(("Token", "token. Token") if code == "token" else ()))
    for code, words in _HEADINGS.items()
}

_NO_QUESTION = re.compile(r"^(interviewtime|group ?time\d*|question ?time.*|\w+Time)\b", re.IGNORECASE)
_ABOUT_PARTICIPANT = frozenset({"firstname", "first name", "lastname", "last name", "name", "full name"})
_CODED = re.compile(
    r"(?P<code>[A-Za-z]\w*)(?:\[(?P<sub>[^\]]+)\])?(?:\[(?P<scale>[^\]]+)\])?(?:\.\s+(?P<text>\S.*))?", re.DOTALL
)
_WITH_OPTION = re.compile(r"(?P<wording>.+?)\s*\[(?P<option>[^\[\]]+)\]", re.DOTALL)


def questions_of(header: Iterable[str]) -> list[Question]:
    """The questions of a file, in the order of their columns, and the language of the respondent."""
    columns = {name: _asked(name) for name in canonical_names(header, COLUMNS).values() if _is_question(name)}
    return [*spread_questions(columns), Question("startlanguage", "startlanguage", "language")]


def _is_question(column: str) -> bool:
    return column not in COLUMNS and not _NO_QUESTION.search(column) and normalised(column) not in _ABOUT_PARTICIPANT


def _asked(column: str) -> Asked:
    """'Q2[SQ001]', 'Q2[SQ001]. Which did you buy? [Lamp]' or 'Which did you buy? [Lamp]'."""
    coded = _CODED.fullmatch(column)
    if coded is None:
        return _worded(column)
    if coded["text"]:
        return _worded(coded["text"])
    return Asked(coded["code"], " ".join(filter(None, (coded["sub"], coded["scale"]))))


def _worded(words: str) -> Asked:
    spread = _WITH_OPTION.fullmatch(words)
    return Asked(spread["wording"], spread["option"]) if spread else Asked(words)
