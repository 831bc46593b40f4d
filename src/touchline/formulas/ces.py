"""Customer effort, CES 2.0: agreement on 1..7 with "made it easy for me"; higher is easier.

Source: Dixon, Toman and DeLisi, The Effortless Experience, 2013. Published sums differ, so we name ours: the mean, and
beside it the share of 5, 6 and 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from touchline.formulas.evidence import Change
from touchline.formulas.mean import Mean, mean, mean_change, sample
from touchline.formulas.proportion import Proportion, share

LOW, HIGH = 1, 7
EASY_FROM = 5


@dataclass(frozen=True)
class Ces:
    """Mean on 1..7 with its t interval, and the share who found it easy (5 to 7, Wilson)."""

    mean: Mean
    easy: Proportion

    @property
    def n(self) -> int:
        """How many answered."""
        return self.mean.n


def ces(answers: Mapping[float, int]) -> Ces:
    """Return both figures of answers given as value on 1..7 → how often."""
    easy = sum(count for value, count in answers.items() if value >= EASY_FROM)
    return Ces(mean(sample(answers), LOW, HIGH), share(easy, sum(answers.values())))


def ces_change(now: Mapping[float, int], before: Mapping[float, int]) -> Change:
    """Return the difference of the means with Welch's interval."""
    return mean_change(sample(now), sample(before))
