"""Moments of truth: touchpoints whose experience moves what customers do next, over all who come there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.learners import PLAIN
from touchline.formulas.effects.moments_of_truth import MomentOfTruth as RankedMoment
from touchline.formulas.effects.moments_of_truth import Touched, moments_of_truth
from touchline.formulas.effects.score_slope import ScoreSlope, score_slope
from touchline.pains.rules.assembly import DAYS_PER_MONTH, Place
from touchline.pains.rules.covariates import History, columns_for
from touchline.pains.rules.evidence import ScoredVisits
from touchline.pains.rules.pain import MomentOfTruth
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Ints

NO_ASYMMETRY: Final = "neither"


@dataclass(frozen=True)
class Moments:
    """The touchpoints ranked, or why they cannot be."""

    moments: tuple[MomentOfTruth, ...]
    why: str


def moments(
    history: History, scored: ScoredVisits, data_until: int, window_days: int, place: Callable[[int], Place]
) -> Moments:
    """Rank the touchpoints by how much a typical swing of their scores moves."""
    followed = scored.time + window_days * MICROSECONDS_PER_DAY <= data_until
    visit, score, begins = scored.visit[followed], scored.experience[followed], scored.time[followed]
    counted = history.visits.counted[visit]
    visit, score, begins = visit[counted], score[counted], begins[counted]
    customer = history.visits.customer[visit]
    until = begins + window_days * MICROSECONDS_PER_DAY
    bought = (history.orders.between(customer, begins, until) > 0).astype(float)
    touched, slopes, names = [], {}, {}
    for position in np.unique(history.visits.touchpoint[visit]).tolist():
        here = np.flatnonzero(history.visits.touchpoint[visit] == position)
        covariates = history.before(visit[here], most=columns_for(len(np.unique(customer[here]))))
        slope = score_slope(score[here], bought[here], customer[here], covariates.values, PLAIN)
        if isinstance(slope, CannotSay):
            continue
        where = place(position)
        slopes[where.id], names[where.id] = slope, where.name
        touched.append(Touched(where.id, slope, _reach(history, position)))
    found = moments_of_truth(touched)
    if isinstance(found, CannotSay):
        return Moments((), found.sentence)
    months = _months(history)
    reach = {each.touchpoint: each.reach for each in touched}
    return Moments(
        tuple(
            _moment(each, names[each.touchpoint], slopes[each.touchpoint], round(reach[each.touchpoint] / months))
            for each in found
        ),
        "",
    )


def _moment(found: RankedMoment, name: str, slope: ScoreSlope, reach: int) -> MomentOfTruth:
    return MomentOfTruth(
        touchpoint=found.touchpoint,
        touchpoint_name=name,
        slope=slope.whole.value,
        low=slope.whole.low,
        high=slope.whole.high,
        spread=slope.spread,
        reach=reach,
        top_five=found.among_first,
        is_labelled=found.is_one,
        asymmetry="" if found.asymmetry == NO_ASYMMETRY else found.asymmetry,
    )


def _reach(history: History, position: int) -> int:
    here = history.visits.counted & (history.visits.touchpoint == position)
    return len(np.unique(history.visits.customer[here]))


def _months(history: History) -> float:
    times: Ints = history.visits.time[history.visits.counted]
    return max(float(np.ptp(times)) / MICROSECONDS_PER_DAY / DAYS_PER_MONTH, 1.0) if len(times) else 1.0
