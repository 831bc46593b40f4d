"""The review of a quarter: what was launched, read, due, opened, closed and decided, and how experience moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from touchline.engine.workspace import Workspace
from touchline.improvements.facade import Improvement, LedgerRow, improvements, ledger
from touchline.strategy.questions.gaps import RegisterLine, register
from touchline.strategy.questions.kept import answers, areas, audits, decisions
from touchline.strategy.questions.scorecard import moved_since
from touchline.strategy.rules.answers import ANSWERS
from touchline.strategy.rules.decision import Decision
from touchline.strategy.rules.quarter import Quarter
from touchline.strategy.rules.snapshot import ClosedAudit, Moved


@dataclass(frozen=True)
class Review:
    """One quarter."""

    quarter: Quarter
    launched: tuple[LedgerRow, ...]
    """In the quarter."""
    read: tuple[LedgerRow, ...]
    """Whose plan says that they are read in the quarter."""
    due: tuple[Improvement, ...]
    """Open ones whose next review lies in the quarter and is still to come."""
    overdue: tuple[Improvement, ...]
    """Open ones whose next review lies in or before the quarter and has passed."""
    opened: tuple[RegisterLine, ...]
    ended: tuple[RegisterLine, ...]
    then: ClosedAudit | None
    """The latest audit closed up to the end of the quarter."""
    moved: tuple[Moved, ...]
    moved_why: str
    """Why nothing is compared; '' where something is."""
    answers_moved: tuple[str, ...]
    """Sentences: what was answered then and is now."""
    decisions: tuple[Decision, ...]


def review(workspace: Workspace, quarter: Quarter, today: date) -> Review:
    """The review of a quarter as the data are now. Raises JourneyFileError."""
    rows, found = ledger(workspace).rows, register(workspace)
    lines = (*found.kept, *found.ended)
    still_open = [each for each in improvements(workspace) if each.is_open and each.next_review]
    then = next((each for each in audits(workspace) if each.closed.date() <= quarter.last), None)
    moved, why = moved_since(workspace, then) if then else ((), "No audit was closed up to the end of this quarter.")
    return Review(
        quarter=quarter,
        launched=tuple(row for row in rows if quarter.has(row.launch.day)),
        read=tuple(row for row in rows if quarter.has(row.launch.plan.read_on)),
        due=tuple(each for each in still_open if quarter.has(each.next_review) and not _passed(each, today)),
        overdue=tuple(each for each in still_open if _passed(each, min(today, quarter.later(1).first))),
        opened=tuple(line for line in lines if line.gap.state != "dismissed" and quarter.has(line.gap.opened)),
        ended=tuple(line for line in lines if line.gap.state == "closed" and quarter.has(line.gap.ended)),
        then=then,
        moved=moved,
        moved_why=why,
        answers_moved=_answers_moved(workspace, then) if then else (),
        decisions=tuple(each for each in decisions(workspace) if each.quarter == quarter),
    )


def _passed(improvement: Improvement, today: date) -> bool:
    return improvement.next_review is not None and improvement.next_review < today


def _answers_moved(workspace: Workspace, then: ClosedAudit) -> tuple[str, ...]:
    given = {each.question: each.answer for each in answers(workspace)}
    was = then.snapshot.answers
    return tuple(
        f"“{question.text}” was answered “{_words(was.get(question.id))}”, now “{_words(given.get(question.id))}”."
        for area in areas(workspace)
        for question in area.questions
        if was.get(question.id) != given.get(question.id)
    )


def _words(answer: str | None) -> str:
    return ANSWERS[answer].lower() if answer else "not yet"
