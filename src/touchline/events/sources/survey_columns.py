"""Questions that an export spreads over several columns: the rows of a matrix, and choices of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from touchline.events.sources.cells import text
from touchline.events.sources.survey_questions import Question, plain, question

_TICKED = frozenset({"y", "yes", "1", "x", "true", "ja", "oui", "sí", "si", "sì", "checked", "selected"})
_NOT_TICKED = frozenset({"n", "no", "0", "false", "nein", "non", "nee", "unchecked", "not selected"})


class Asked(NamedTuple):
    """What a column asks: the wording, and the option or row of a matrix that it stands for."""

    wording: str
    option: str = ""


def spread_questions(columns: Mapping[str, Asked]) -> list[Question]:
    """Read column -> what it asks. A scored wording with options is a matrix, each row of it a question of its own;
    any other is a choice of several. An option whose wording stands in no other column is part of the wording."""
    shared = Counter(asked.wording for asked in columns.values())
    found = []
    for column, asked in columns.items():
        option = plain(asked.option)
        if not option:
            found.append(question(column, asked.wording))
        elif shared[asked.wording] == 1:
            found.append(question(column, f"{asked.wording} - {option}"))
        else:
            read = question(column, asked.wording)
            title = f"{read.title}: {option}" if read.role == "score" else read.title
            found.append(replace(read, title=title, option=option))
    return found


def with_ticks_named(questions: Sequence[Question], cells: Mapping[str, str]) -> dict[str, str]:
    """The cells, with a tick ('Y', '1') replaced by the option it stands for, and its absence ('N', '0') by nothing."""
    named = dict(cells)
    for asked in questions:
        if not asked.option or asked.role == "score":
            continue
        word = (text(cells, asked.column) or "").casefold()
        if word in _TICKED:
            named[asked.column] = asked.option
        elif word in _NOT_TICKED:
            named[asked.column] = ""
    return named
