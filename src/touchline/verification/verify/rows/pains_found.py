"""Row 6 through the whole product: which pains `touchline pains` calls costly, and what it says they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.verification.verify.asked_pains import asked_pains
from touchline.verification.verify.line import Line, share_line, value_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial

MOST_FALSE = 1
LOST_WITHIN = 0.10
LEAST_COVERED, MOST_COVERED = 0.92, 0.98


@dataclass(frozen=True)
class Seen:
    """What the product made of one world."""

    found: int
    drivers: int
    false: int
    covered: int
    intervals: int
    lost: float
    """Orders lost to the drivers that were estimated, recovered over planted."""


def look(trial: Trial) -> Seen:
    """Compare pains with what was planted at their touchpoints."""
    asked = asked_pains(trial)
    truth = asked.truth
    true = {place for place in range(len(truth.ids)) if truth.effect[place] < 0}
    estimated = [(place, each.effect) for place, each in asked.at.items() if each.effect is not None]
    lost = [
        (-effect.value * effect.bad_visits, -truth.att[place] * effect.bad_visits)
        for place, effect in estimated
        if place in true
    ]
    return Seen(
        found=len(asked.costly & true),
        drivers=len(true),
        false=len(asked.costly - true),
        covered=sum(effect.low <= truth.att[place] <= effect.high for place, effect in estimated),
        intervals=len(estimated),
        lost=sum(recovered for recovered, _ in lost) / max(sum(planted for _, planted in lost), 1e-9),
    )


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Found, false, covered, and how much in all."""
    worlds = [1] * len(seen)
    return [
        share_line("pains: drivers found", [each.found for each in seen], [each.drivers for each in seen], least=1.0),
        share_line("pains: ≤ 1 false", [each.false <= MOST_FALSE for each in seen], worlds, least=0.95),
        share_line(
            "pains: intervals",
            [each.covered for each in seen],
            [each.intervals for each in seen],
            LEAST_COVERED,
            MOST_COVERED,
        ),
        value_line("pains: lost orders", [each.lost for each in seen], 1 - LOST_WITHIN, 1 + LOST_WITHIN, planted="1"),
    ]


ROW = Row(6, "drivers, by the whole product", look, judge, in_quick=False)
