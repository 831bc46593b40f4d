"""An improvement: a change proposed against a pain point, or of one's own accord."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from touchline.improvements.rules.target import TargetMetric

MAX_TITLE_CHARACTERS: Final = 120
MAX_TEXT_CHARACTERS: Final = 4000
LARGEST_AMOUNT: Final = 1e12

STATUSES: Final = {
    "proposed": "Proposed",
    "approved": "Approved",
    "launched": "Launched",
    "kept": "Kept",
    "taken back": "Taken back",
    "rejected": "Rejected",
}
"""Where an improvement stands, in the order it goes through; a verdict is read and leads to no status by itself."""
OPEN: Final = ("proposed", "approved", "launched")

USUAL_REMOVED: Final = (0.3, 0.7)
"""Share of a pain that a fix is expected to take away where nobody said otherwise: 80 % of the belief lies between."""


class ImprovementError(ValueError):
    """An improvement that is not there or cannot be as asked; the message is a sentence for the user."""


@dataclass(frozen=True)
class Improvement:
    """One line of the backlog."""

    number: int
    title: str
    pain_id: str = ""
    """Id of the pain it is for; '' for one of one's own."""
    touchpoint_id: str = ""
    owner: str = ""
    status: str = "proposed"
    next_review: date | None = None
    target: TargetMetric | None = None
    """What is to move; without one there is no plan and no verdict."""
    removes: tuple[float, float] = USUAL_REMOVED
    """Share of the pain that the fix is expected to take away, 0..1: the 80 % interval of whoever proposes it."""
    cost: float | None = None
    """Once, in the currency of the assumptions; None: nobody said."""
    running_cost_a_month: float = 0.0
    effort_days: float | None = None
    """Days of work; None: nobody said."""
    summary: str = ""
    """What is to change, in the words of whoever proposes it."""
    options: tuple[str, ...] = ()
    """What else was looked at, one sentence each."""
    risks: tuple[str, ...] = ()
    law: str = ""
    """Which law or standard asks for it, where one does."""
    made: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done or read."""
        return self.status in OPEN


def checked(improvement: Improvement) -> Improvement:
    """The improvement without needless blanks. Raises ImprovementError saying what it lacks."""
    title = " ".join(improvement.title.split())
    if not title:
        raise ImprovementError("An improvement needs a title: what is to change, in a few words.")
    if len(title) > MAX_TITLE_CHARACTERS:
        raise ImprovementError(f"The title has {len(title)} characters; up to {MAX_TITLE_CHARACTERS} are kept.")
    if improvement.status not in STATUSES:
        raise ImprovementError(f"There is no status “{improvement.status}”. There are: {', '.join(STATUSES)}.")
    low, high = improvement.removes
    if not 0 <= low < high <= 1:
        raise ImprovementError(
            "What the fix takes away is a range between 0 and 100%, the smaller share first, such as 30 to 70%."
        )
    for name, amount in (
        ("The cost", improvement.cost),
        ("The running cost", improvement.running_cost_a_month),
        ("The effort", improvement.effort_days),
    ):
        if amount is not None and not 0 <= amount < LARGEST_AMOUNT:
            raise ImprovementError(f"{name} must be a number from 0 on, found {amount:g}.")
    return replace(
        improvement,
        title=title,
        owner=" ".join(improvement.owner.split())[:MAX_TITLE_CHARACTERS],
        summary=_text(improvement.summary, "The summary"),
        options=_sentences(improvement.options, "The options"),
        risks=_sentences(improvement.risks, "The risks"),
        law=_text(improvement.law, "The law or standard"),
    )


def _text(text: str, what: str) -> str:
    text = text.strip()
    if len(text) > MAX_TEXT_CHARACTERS:
        raise ImprovementError(f"{what} has {len(text):,} characters; up to {MAX_TEXT_CHARACTERS:,} are kept.")
    return text


def _sentences(lines: tuple[str, ...], what: str) -> tuple[str, ...]:
    _text("\n".join(lines), what)
    return tuple(line for each in lines if (line := " ".join(each.split())))
