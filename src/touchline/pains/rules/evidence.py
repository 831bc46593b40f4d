"""How bad a symptom is beside what it costs: the gap between scores, and whether somebody acts on bad visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.formulas.clustered import clustered_share, difference
from touchline.formulas.mean import Sample, mean_change
from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.attaching import visit_of
from touchline.pains.rules.candidates import cluster_sums
from touchline.pains.rules.pain import Gap
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, NOWHERE, AnswerRows, Floats, Ints, VisitRows
from touchline.pains.rules.trials import Trial

ANSWERED_WITHIN_DAYS: Final = 14
"""How long after a visit an answer at its touchpoint still is about it."""
ACTED_WITHIN_DAYS: Final = 14
FEWEST_ANSWERS: Final = 5


@dataclass(frozen=True)
class ScoredVisits:
    """Visits with an answer about them; the first answer counts."""

    visit: Ints
    experience: Floats
    """±100."""
    time: Ints


def scored_visits(visits: VisitRows, answers: AnswerRows) -> ScoredVisits:
    """Find the visit of each answer."""
    at = visit_of(
        visits, answers.customer, answers.time, ANSWERED_WITHIN_DAYS * MICROSECONDS_PER_DAY, answers.touchpoint
    )
    there = np.flatnonzero(at != NOWHERE)
    visit, first = np.unique(at[there], return_index=True)
    rows = there[first]
    return ScoredVisits(visit.astype(np.int64), answers.experience[rows], answers.time[rows])


def score_gap(trial: Trial, visits: VisitRows, scored: ScoredVisits) -> tuple[Gap | None, float | None, str]:
    """The gap between bad and truly fine visits of a trial with its p, or why there is none.

    Each customer's answers on a side count as one, their mean.
    """
    place = np.full(len(visits), NOWHERE, np.int64)
    place[trial.visit] = np.arange(len(trial))
    own = place[scored.visit]
    rows, score = own[own != NOWHERE], scored.experience[own != NOWHERE]
    customer, bad = visits.customer[trial.visit[rows]], trial.bad[rows]
    fine = ~bad & ~trial.spoiled[rows]
    sufferers, others = _by_customer(customer[bad], score[bad]), _by_customer(customer[fine], score[fine])
    if min(len(sufferers), len(others)) < FEWEST_ANSWERS:
        return (
            None,
            None,
            f"{len(sufferers):,} sufferers and {len(others):,} others scored a visit here; {FEWEST_ANSWERS} of each are needed.",
        )
    change = mean_change(_sample(sufferers), _sample(others))
    if change.difference is None or change.low is None or change.high is None:
        return None, None, "The scores cannot be compared."
    return Gap(change.difference, change.low, change.high, int(bad.sum()), int(fine.sum())), change.p, ""


def is_acted_on(trial: Trial, visits: VisitRows, acts: Earlier) -> bool:
    """Whether refunds or follow-up cases come after bad visits more often than after fine ones, beyond chance."""
    customer = visits.customer[trial.visit]
    until = trial.begins + ACTED_WITHIN_DAYS * MICROSECONDS_PER_DAY
    acted = acts.between(customer, trial.begins, until) > 0
    fine = ~trial.bad & ~trial.spoiled
    sides = [clustered_share(cluster_sums(customer[side], acted[side])) for side in (trial.bad, fine) if side.any()]
    if len(sides) < 2:
        return False
    change = difference(sides[0], sides[1])
    return change.low is not None and change.low > 0


def strikes(trial: Trial, visits: VisitRows) -> int:
    """Journeys with a bad visit."""
    which = trial.visit[trial.bad]
    return len(np.unique(np.stack([visits.customer[which], visits.journey[which]]), axis=1).T)


def span_days(trial: Trial, visits: VisitRows) -> float:
    """How long the visits of a trial span, at least a day."""
    times = visits.time[trial.visit]
    return max(float(np.ptp(times)) / MICROSECONDS_PER_DAY, 1.0)


def _by_customer(customer: Ints, score: Floats) -> Floats:
    if not len(customer):
        return np.empty(0)
    _, whose = np.unique(customer, return_inverse=True)
    means: Floats = np.bincount(whose, score) / np.bincount(whose)
    return means


def _sample(values: Floats) -> Sample:
    return Sample(len(values), float(values.sum()), float((values**2).sum()))
