"""Customer satisfaction: the share of the two best answers of five, with the mean beside it.

Source: industry use after the ACSI. On another scale than 1..5 an answer counts as satisfied when it lies at least as
far up its scale as 4 does on 1..5 (three quarters): 6 and 7 of 7, 'good' of 'bad, good'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from touchline.formulas.evidence import Change
from touchline.formulas.mean import Mean, mean, sample
from touchline.formulas.proportion import Proportion, difference, share

SATISFIED_FROM = 0.75
"""Position on the scale, 0..1, of the lowest satisfied answer: 4 on 1..5."""


@dataclass(frozen=True)
class Csat:
    """Top-2-box share (0..1, Wilson) and the mean on the scale (t interval)."""

    satisfied: Proportion
    mean: Mean

    @property
    def n(self) -> int:
        """How many answered."""
        return self.satisfied.of


def is_satisfied(answer: float, low: float = 1, high: float = 5) -> bool:
    """Whether an answer is one of the satisfied ones on its scale."""
    return (answer - low) / (high - low) >= SATISFIED_FROM


def csat(answers: Mapping[float, int], low: float = 1, high: float = 5) -> Csat:
    """Return the top-2-box share and the mean of answers given as value → how often."""
    satisfied = sum(count for value, count in answers.items() if is_satisfied(value, low, high))
    return Csat(share(satisfied, sum(answers.values())), mean(sample(answers), low, high))


def csat_change(now: Csat, before: Csat) -> Change:
    """Return the difference of the top-2-box shares with Newcombe's interval."""
    return difference(now.satisfied, before.satisfied)
