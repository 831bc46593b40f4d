"""What to do first: value × confidence ÷ effort, and how sure that order is.

The score of a proposal is what it promises a month, times how far its evidence is trusted, for each day of work. The idea is
RICE's (reach × impact × confidence ÷ effort; McBride 2016, Intercom) and ICE's before it (impact × confidence × ease; Ellis and
Brown 2017, Hacking Growth, chapter 4). Where they ask for guesses of reach, impact and confidence, value here is an amount with its
interval, and confidence follows from the evidence grade, in RICE's own steps of 100, 80 and 50 %.

The order is that of the middle of each score. How far it can be trusted is said by drawing: in which share of 4,000 draws a
proposal is among the first three, and between which places it lies in eight draws of ten. Effort is one figure without an interval,
so the order is less sure than that, never more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws
from touchline.formulas.evidence_grade import ADJUSTED, EXPERIMENT, ROLL_OUT
from touchline.formulas.money_at_stake import SURE_QUANTILE, Amount

CONFIDENCE: Final = {EXPERIMENT.letter: 1.0, ROLL_OUT.letter: 0.8, ADJUSTED.letter: 0.5}
"""By evidence grade. D and E promise no amount, so they have no score."""
FIRST: Final = 3


@dataclass(frozen=True)
class Proposal:
    """One thing that could be done."""

    value_a_month: Amount | CannotSay
    """What it promises."""
    grade: str
    """Letter of the evidence behind the promise."""
    effort_days: float | None
    """Days of work; None: nobody said."""


@dataclass(frozen=True)
class Priority:
    """The score of a proposal and its place among those that have one."""

    score: float
    """Money a month for each day of work, its evidence allowed for: median."""
    low: float
    """80 % interval."""
    high: float
    confidence: float
    place: int
    """From 1."""
    first_place: int
    """Best place, in eight draws of ten."""
    last_place: int
    among_first: float
    """Share of draws in which it is among the first three, 0..1."""


def priorities(proposals: Sequence[Proposal]) -> list[Priority | CannotSay]:
    """Rank proposals; for each, in the order given, its score and place, or why it has none."""
    found: list[Priority | CannotSay | None] = [_why_not(each) for each in proposals]
    scored = [at for at, reason in enumerate(found) if reason is None]
    if scored:
        scores = np.stack([_score(proposals[at]) for at in scored])
        middle = np.median(scores, axis=1)
        order = _places(middle[:, np.newaxis])[:, 0]
        places = _places(scores)
        for row, at in enumerate(scored):
            low, high = np.quantile(scores[row], (SURE_QUANTILE, 1 - SURE_QUANTILE))
            first, last = np.quantile(places[row], (SURE_QUANTILE, 1 - SURE_QUANTILE), method="nearest")
            found[at] = Priority(
                score=float(middle[row]),
                low=float(low),
                high=float(high),
                confidence=CONFIDENCE[proposals[at].grade],
                place=int(order[row]),
                first_place=int(first),
                last_place=int(last),
                among_first=float(np.mean(places[row] <= FIRST)),
            )
    return [each for each in found if each is not None]


def _score(proposal: Proposal) -> Draws:
    value, days = proposal.value_a_month, proposal.effort_days
    if isinstance(value, CannotSay) or days is None:
        raise ValueError("Only a proposal with a promise and an effort has a score.")
    return value.draws * CONFIDENCE[proposal.grade] / days


def _places(scores: Draws) -> NDArray[np.int64]:
    """Places from 1, the largest first, in each column; ties in the order given."""
    order = np.argsort(-scores, axis=0, kind="stable")
    return np.argsort(order, axis=0, kind="stable") + 1


def _why_not(proposal: Proposal) -> CannotSay | None:
    value = proposal.value_a_month
    if isinstance(value, CannotSay):
        return value
    if proposal.grade not in CONFIDENCE:
        return CannotSay(
            "grade", f"Evidence of grade {proposal.grade} promises no amount; from grade C on an improvement is ranked."
        )
    if proposal.effort_days is None:
        return CannotSay("no-effort", "No effort is stated: say how many days of work it takes, and it is ranked.")
    if proposal.effort_days <= 0:
        return CannotSay("no-effort", "Its effort is stated as 0 days: say how many days of work it takes.")
    return None
