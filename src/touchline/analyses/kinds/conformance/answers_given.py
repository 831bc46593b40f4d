"""What was felt: the first answer of each journey at some moment or after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.analyses.kinds.conformance.rows import Ints, Journeys

PER_POINT = 1000
"""Scores are kept as whole thousandths, so that sums do not depend on their order."""


@dataclass(frozen=True)
class AnswersGiven:
    """Answers in journeys, in order of journey and time."""

    journey: Ints
    rank: Ints
    """Of its time among all times of answers."""
    score: Ints
    """Thousandths of a point of experience."""
    times: Ints
    """Every time of an answer, once, sorted."""

    def sums_from(self, journey: Ints, moment: Ints) -> tuple[int, int, int]:
        """How many of these journeys have an answer at `moment` or later, its scores' sum and sum of squares."""
        if not self.journey.size:
            return 0, 0, 0
        places = len(self.times) + 1
        wanted = journey * places + np.searchsorted(self.times, moment)
        at = np.searchsorted(self.journey * places + self.rank, wanted)
        at, journey = at[at < len(self.journey)], journey[at < len(self.journey)]
        scores = self.score[at[self.journey[at] == journey]]
        return len(scores), int(scores.sum()), int((scores * scores).sum())


def answers_given(found: Journeys, customer: Ints, at: Ints, score: Ints, gap: int) -> AnswersGiven:
    """Place answers in the journey of the customer's last visit before them, unless it is longer over than a pause."""
    order = np.lexsort((found.journey, found.visits.at, found.visits.customer))
    who, when = found.visits.customer[order], found.visits.at[order]
    times, rank = np.unique(np.concatenate([when, at]), return_inverse=True)
    visited, answered = rank[: len(when)], rank[len(when) :]
    before = np.searchsorted(who * len(times) + visited, customer * len(times) + answered, side="right") - 1
    known = (before >= 0) & (who[before] == customer) if len(who) else np.zeros(len(customer), dtype=np.bool_)
    journey = found.journey[order][before[known]]
    at, score = at[known], score[known]
    in_time = at <= found.ended[journey] + gap
    journey, at, score = journey[in_time], at[in_time], score[in_time]
    order = np.lexsort((score, at, journey))
    moments, ranks = np.unique(at, return_inverse=True)
    return AnswersGiven(journey[order], ranks[order], score[order], moments)
