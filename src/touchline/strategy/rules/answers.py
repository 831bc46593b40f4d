"""Answers of the self-assessment: how far a statement holds, in words, counted and never turned into points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

ANSWERS: Final = {
    "not at all": "Not at all",
    "partly": "Partly",
    "mostly": "Mostly",
    "fully": "Fully",
    "does not apply": "Does not apply",
}
SHORT_OF: Final = ("not at all", "partly")
"""Answers that propose a gap."""


@dataclass(frozen=True)
class Question:
    """A statement about us; the answer says how far it holds."""

    id: str
    """Area or lens, a dot, and a word."""
    text: str
    should_be: str
    """What would be so if the answer were 'fully', to stand in the register of gaps."""


@dataclass(frozen=True)
class Area:
    """Questions that belong together: one of our own areas, or a lens."""

    name: str
    """As in addresses and files."""
    title: str
    questions: tuple[Question, ...]
    source: str = ""
    """Where a lens is from; '' for our own areas."""
    idea: str = ""
    """What a lens looks at, in a sentence."""
    limits: str = ""
    """What a lens cannot tell, in one sentence; shown wherever it is."""

    @property
    def is_lens(self) -> bool:
        """Whether it is somebody's model rather than an area of our own."""
        return bool(self.source)


@dataclass(frozen=True)
class Answer:
    """The latest answer to a question."""

    question: str
    answer: str
    """Key of ANSWERS."""
    note: str
    who: str
    given: datetime


@dataclass(frozen=True)
class Counts:
    """How many questions of an area have which answer."""

    of: int
    """Questions."""
    by_answer: tuple[tuple[str, int], ...]
    """Every key of ANSWERS, in their order."""
    unanswered: int

    @property
    def words(self) -> str:
        """For people: '1 not at all, 2 mostly; 1 of 4 not answered'."""
        given = ", ".join(f"{count} {answer}" for answer, count in self.by_answer if count)
        if not given:
            return f"none of {self.of} answered"
        return f"{given}; {self.unanswered} of {self.of} not answered" if self.unanswered else given


def counts(area: Area, answers: Iterable[Answer]) -> Counts:
    """Count the answers of an area."""
    ids = {question.id for question in area.questions}
    found = Counter(each.answer for each in answers if each.question in ids)
    return Counts(len(ids), tuple((answer, found[answer]) for answer in ANSWERS), len(ids) - sum(found.values()))
