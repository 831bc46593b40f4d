"""Where scores and texts belong: docs/algorithms/placing-answers.md. Pure NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from touchline.journeys.rules.contacts import NOWHERE, Contacts, end_of_moment
from touchline.journeys.rules.visits import MICROSECONDS_PER_DAY

Array = npt.NDArray[Any]


ABOUT_THE_WHOLE = "nps"
"""The metric that asks about the company as a whole; it says nothing about the step that happened to come before."""


def place_answers(
    contacts: Contacts, touchpoint: Array, answers: Array, about_the_whole: Array, answers_at: Array, *, gap_days: float
) -> Array:
    """Return the touchpoint of each answer, NOWHERE where none can be named.

    `touchpoint`: of each contact, NOWHERE where it is none. `answers`: positions of the contacts that carry a score or a
    text; `about_the_whole` says which of them are not about a step. `answers_at`: by kind number, where its answers belong whatever the customer did.
    In turn: what the kind says; the event's own touchpoint; for what is about a step, the customer's latest contact of
    the same moment or before, unless so long ago that its journey is over.
    """
    found = answers_at[contacts.kind[answers]].astype(np.int16)
    found = np.where(found == NOWHERE, touchpoint[answers], found)
    lost = np.flatnonzero((found == NOWHERE) & ~about_the_whole)
    if len(lost):
        found[lost] = _latest_contact(contacts, touchpoint, answers[lost], gap_days)
    return found


def _latest_contact(contacts: Contacts, touchpoint: Array, answers: Array, gap_days: float) -> Array:
    visited = np.flatnonzero(touchpoint != NOWHERE)
    if not len(visited):
        return np.full(len(answers), NOWHERE, dtype=np.int16)
    latest = visited[(np.searchsorted(visited, end_of_moment(contacts, answers), side="right") - 1).clip(min=0)]
    own = contacts.customer[latest] == contacts.customer[answers]
    pause = contacts.time[answers] - contacts.time[latest]
    near = (pause >= 0) & (pause <= gap_days * MICROSECONDS_PER_DAY)
    return np.where(own & near, touchpoint[latest], NOWHERE).astype(np.int16)
