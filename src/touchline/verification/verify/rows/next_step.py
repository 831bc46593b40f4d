"""Row 11: when customers go on, while others leave and for some the data end too early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from touchline.formulas.waiting import GONE_ON, LEFT, UNDECIDED, count_durations, incidence
from touchline.verification.verify.line import Line, value_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial

VISITS, DAY = 20_000, 7.0
WITHIN = 0.02


@dataclass(frozen=True)
class Seen:
    """The share gone on within a week, planted and recovered; and what those who moved alone would say."""

    planted: float
    recovered: float
    movers_only: float


def look(trial: Trial) -> Seen:
    """Two exponential clocks, and a date at which the data end for each visit."""
    rng = trial.rng(11)
    go, leave = rng.uniform(0.06, 0.2), rng.uniform(0.05, 0.15)
    goes, leaves, ends = (rng.exponential(1 / rate, VISITS) for rate in (go, leave, 0.06))
    days = np.minimum(np.minimum(goes, leaves), ends)
    how = np.where(days == goes, GONE_ON, np.where(days == leaves, LEFT, UNDECIDED))
    recovered = incidence(count_durations(days, how)).gone_on_by(DAY)
    planted = go / (go + leave) * (1 - np.exp(-(go + leave) * DAY))
    return Seen(float(planted), -1.0 if recovered is None else recovered, float((days[how == GONE_ON] <= DAY).mean()))


def judge(seen: Sequence[Seen]) -> list[Line]:
    """How far off, in shares."""
    off = [each.recovered - each.planted for each in seen]
    return [value_line("in 7 days, off by", off, -WITHIN, WITHIN, planted=f"{seen[0].planted:.3f}")]


ROW = Row(11, "time to the next step", look, judge)
