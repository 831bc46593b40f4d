"""When there is nothing to say about pains at all, and what readers should know where there is."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from touchline.pains.rules.candidates import FEWEST_SUFFERERS
from touchline.pains.rules.rows import AnswerRows, Moments, VisitRows
from touchline.pains.rules.trials import Marks


class Read(Protocol):
    """What was read."""

    @property
    def visits(self) -> VisitRows:
        """All visits."""

    @property
    def orders(self) -> Moments:
        """All orders."""

    @property
    def answers(self) -> AnswerRows:
        """All scores."""


class Tested(Protocol):
    """What was tested."""

    @property
    def estimated(self) -> int:
        """How many pairs have an effect."""

    @property
    def not_followed(self) -> int:
        """Visits whose window is not over."""


def refused(read: Read | None, marks: Marks | None) -> str:
    """Why nothing can be said, as a sentence; '' where something can."""
    if read is None or marks is None or not len(read.visits):
        return "There are no visits yet. Import the exports you have (touchline import FILES); then ask again."
    counted = read.visits.counted
    if not counted.any():
        return "No visit lies in this scope. Choose a longer period, or another filter."
    customers = len(np.unique(read.visits.customer[counted]))
    if customers == 1:
        return "All visits are by one customer. What a symptom costs is found by comparing many customers."
    if customers < FEWEST_SUFFERERS:
        return (
            f"{customers} customers have visits; a pain point needs at least {FEWEST_SUFFERERS} customers who suffer from it, "
            "and others to compare them with."
        )
    if not any(flags.any() for flags in marks.bad.values()):
        titles = ", ".join(_words(kind.name) for kind in marks.kinds)
        return (
            f"None of the symptoms looked for ({titles}) was found at any of {int(counted.sum()):,} visits. Either all went well, "
            "or nothing tells otherwise yet: add the browser snippet (touchline snippet), survey answers, tickets or deliveries."
        )
    return ""


def notes_on(read: Read, tested: Tested) -> tuple[str, ...]:
    """What readers should know about the data."""
    notes = []
    if not len(read.orders):
        notes.append(
            "There are no orders, so nothing can be said of what pains cost: import orders (an export of the shop) to compare "
            "who orders again."
        )
    if not len(read.answers.time):
        notes.append(
            "There are no scores, so nothing can be said of how bad pains feel: import survey answers or reviews."
        )
    if tested.not_followed:
        notes.append(
            f"{tested.not_followed:,} visits are too recent to know what follows, and are left out of the comparisons."
        )
    return tuple(notes)


def _words(name: str) -> str:
    return name.replace("_", " ")
