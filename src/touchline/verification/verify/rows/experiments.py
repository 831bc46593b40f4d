"""Row 12: twenty looks at an experiment without a difference, and at one with a difference worth finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.confidence_sequence import any_time_valid
from touchline.formulas.experiments.difference import arm_of_share, difference_of_arms
from touchline.verification.verify.line import Line, share_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import REPETITIONS, Trial

CUSTOMERS, LOOKS, BASE, LIFT = 10_000, 20, 0.10, 0.025
MOST_FALSE, LEAST_POWER = 0.05, 0.80


@dataclass(frozen=True)
class Seen:
    """Experiments with a difference found at any look, without and with one."""

    false: int
    true: int
    of: int


def look(trial: Trial) -> Seen:
    """Run both kinds of experiments many times."""
    rng = trial.rng(12)
    found = [sum(_found(rng, lift) for _ in range(REPETITIONS)) for lift in (0.0, LIFT)]
    return Seen(found[0], found[1], REPETITIONS)


def _found(rng: np.random.Generator, lift: float) -> bool:
    """Whether one of the looks says that the arms differ (the treated one better, where it is)."""
    treated = rng.random(CUSTOMERS) < 0.5
    bought = rng.random(CUSTOMERS) < BASE + lift * treated
    for until in range(CUSTOMERS // LOOKS, CUSTOMERS + 1, CUSTOMERS // LOOKS):
        arms = [
            arm_of_share(int((bought[:until] & which).sum()), int(which.sum()))
            for which in (~treated[:until], treated[:until])
        ]
        difference = difference_of_arms(*arms)
        interval = difference if isinstance(difference, CannotSay) else any_time_valid(difference, CUSTOMERS)
        if not isinstance(interval, CannotSay) and (interval.low > 0 or (lift == 0 and interval.high < 0)):
            return True
    return False


def judge(seen: Sequence[Seen]) -> list[Line]:
    """False alarms and power."""
    of = [each.of for each in seen]
    return [
        share_line("A/A called different", [each.false for each in seen], of, most=MOST_FALSE),
        share_line("A/B +2.5 pp found", [each.true for each in seen], of, least=LEAST_POWER),
    ]


ROW = Row(12, "A/A and A/B", look, judge, seeds=1)
