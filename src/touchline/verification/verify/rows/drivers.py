"""Row 6: what truly costs orders, how much, and whether the intervals hold it. Formulas alone on planted facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.formulas.multiplicity import q_values
from touchline.verification.verify.estimates import Estimate, estimates, small_estimates
from touchline.verification.verify.line import Line, share_line, value_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial
from touchline.world.planted.truth import Truth

FOUND_BELOW = 0.05
MOST_FALSE = 1
LEAST_COVERED, MOST_COVERED = 0.92, 0.98
LOST_WITHIN = 0.10


@dataclass(frozen=True)
class Seen:
    """What one world's effects came out as."""

    found: int
    drivers: int
    false: int
    lost: float
    """Orders lost to the true drivers, recovered over planted."""
    covered: int
    intervals: int


def look(trial: Trial) -> Seen:
    """Test all touchpoints together; count intervals over small worlds of the seed."""
    truth, found = trial.large_world().truth, estimates(trial)
    significant = costly(found)
    true = [place for place in range(len(truth.ids)) if truth.effect[place] < 0]
    lost = sum(-each.effect.effect * each.effect.bad_visits for each in found if each.effect and each.place in true)
    covered = [
        _covers(each, small.truth) for small, several in small_estimates(trial) for each in several if each.effect
    ]
    return Seen(
        found=len(significant & set(true)),
        drivers=len(true),
        false=len(significant - set(true)),
        lost=lost / float(truth.lost_orders[true].sum()),
        covered=sum(covered),
        intervals=len(covered),
    )


def costly(found: Sequence[Estimate]) -> set[int]:
    """Places called drivers: below zero at a false-discovery rate of 5 % over all touchpoints."""
    tested = [each for each in found if each.effect is not None]
    q = q_values([each.effect.p for each in tested if each.effect])
    return {
        each.place
        for each, level in zip(tested, q, strict=True)
        if each.effect and each.effect.effect < 0 and level < FOUND_BELOW
    }


def _covers(each: Estimate, truth: Truth) -> bool:
    return each.effect is not None and each.effect.low <= truth.att[each.place] <= each.effect.high


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Found, false, covered, and how much in all."""
    worlds = [1] * len(seen)
    return [
        share_line("true drivers found", [each.found for each in seen], [each.drivers for each in seen], least=1.0),
        share_line("at most 1 false", [each.false <= MOST_FALSE for each in seen], worlds, least=0.95),
        share_line(
            "intervals that hold",
            [each.covered for each in seen],
            [each.intervals for each in seen],
            LEAST_COVERED,
            MOST_COVERED,
        ),
        value_line("lost orders", [each.lost for each in seen], 1 - LOST_WITHIN, 1 + LOST_WITHIN, planted="1"),
    ]


ROW = Row(6, "drivers of ordering again", look, judge)
