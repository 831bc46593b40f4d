"""Rows of research tables: what was said or seen at which step, by which method, noted by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from touchline.events.rules import Observation
from touchline.events.sources.cells import CellError, text, time
from touchline.events.sources.headers import canonical_names, likeness, normalised
from touchline.events.sources.protocol import Context, Result

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "Touchpoint": ("Step", "Journey step", "Journey stage", "Stage", "Moment"),
    "Note": ("Notes", "Observation", "Insight", "Finding", "What was said", "What was seen", "What we heard"),
    "Quote": ("Verbatim", "Participant quote"),
    "Method": ("Research method", "Study type", "Session type"),
    "Participant": ("Participant ID", "Interviewee", "Participant label", "Who"),
    "Noted by": ("Researcher", "Interviewer", "Moderator", "Facilitator", "Observer"),
    "Date": ("Day", "Session date", "Interview date", "Noted on"),
    "Note ID": ("ID", "Observation ID", "Insight ID"),
}

_WORDS: Final = ("Note", "Quote")
_OF_RESEARCH: Final = frozenset({"Method", "Participant", "Noted by"})
_NAMES_CUSTOMERS: Final = frozenset(
    {
        "email", "e mail", "email address", "e mail address", "customer e mail", "customer email", "customer",
        "customer id", "customer number", "customer no", "user id", "account id", "order", "order id", "order number",
        "phone",
    }
)  # fmt: skip
"""Normalised headers of tables in which customers answer: those answers count, and must not be taken for notes."""

_FIGURES: Final = frozenset(
    {
        "score", "scores", "rating", "ratings", "stars", "nps", "csat", "ces", "sentiment", "importance", "severity",
        "impact", "votes", "vote", "count", "mentions", "frequency",
    }
)  # fmt: skip
"""Words in headers of columns that people would add up."""

_METHODS: Final = {
    "interview": "interview",
    "user interview": "interview",
    "customer interview": "interview",
    "depth interview": "interview",
    "in depth interview": "interview",
    "conversation": "interview",
    "observation": "observation",
    "field observation": "observation",
    "field study": "observation",
    "field visit": "observation",
    "contextual inquiry": "observation",
    "shadowing": "observation",
    "workshop": "workshop",
    "mapping workshop": "workshop",
    "focus group": "workshop",
    "usability test": "usability_test",
    "usability testing": "usability_test",
    "user test": "usability_test",
    "user testing": "usability_test",
}
_OTHER: Final = "other"
_BETWEEN: Final = "\x1f"


def looks_like_notes(header: tuple[str, ...]) -> float:
    """Say from 0 to 1 how sure it is: a step, words, and a sign of research; nothing that names customers."""
    found = set(canonical_names(header, COLUMNS).values())
    if found.isdisjoint(_WORDS) or found.isdisjoint(_OF_RESEARCH):
        return 0.0
    if not _NAMES_CUSTOMERS.isdisjoint(map(normalised, header)):
        return 0.0
    return likeness(header, COLUMNS, ("Touchpoint",))


def scores_left_out(header: tuple[str, ...]) -> tuple[str, ...]:
    """Say which columns were taken for figures and therefore left: what ten people were asked is no measurement."""
    found = [f"“{name}”" for name in header if _FIGURES.intersection(normalised(name).split())]
    if not found:
        return ()
    return (f"Not read: {', '.join(found)}. An opinion is no number; a note is evidence in words, never counted.",)


def read_note(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """One note; a row without words is refused."""
    said = "\n".join(filter(None, (text(cells, column) for column in _WORDS)))
    if not said:
        raise CellError("Note", "", "what was said or seen")
    day = time(cells, "Date", ZoneInfo("UTC"))
    called = text(cells, "Touchpoint") or ""
    method = _METHODS.get(normalised(text(cells, "Method") or ""), _OTHER)
    participant, noted_by = text(cells, "Participant") or "", text(cells, "Noted by") or ""
    key = text(cells, "Note ID") or _BETWEEN.join((called, method, participant, noted_by, str(day), said))
    yield Observation(key, line, called, method, said, participant, noted_by, day.date() if day else None)
