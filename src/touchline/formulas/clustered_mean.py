"""The mean of answers where some people gave several: their answers are not as many independent ones.

Source: Cochran 1977, Sampling Techniques, 3rd edition, chapter 9A (clusters of unequal size: the ratio of two
totals), with Student's t on one degree of freedom less than there are people.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from touchline.formulas.evidence import is_enough


@dataclass(frozen=True)
class PeopleSums:
    """Sums over people who gave n answers that add up to `total`."""

    people: int
    answers: int
    total: float
    n_squared: float
    n_times_total: float
    total_squared: float


@dataclass(frozen=True)
class ClusteredMean:
    """A mean on the scale of the answers with its 95 % interval; None where fewer than five people answered."""

    value: float | None
    low: float | None
    high: float | None
    people: int
    answers: int


def clustered_mean(sums: PeopleSums, low: float, high: float, confidence: float = 0.95) -> ClusteredMean:
    """Return the mean of all answers with an interval that counts people, kept within the ends of the scale."""
    if not is_enough(sums.people):
        return ClusteredMean(None, None, None, sums.people, sums.answers)
    from scipy.special import stdtrit  # takes a fifth of a second to import; most commands ask for no mean

    mean = sums.total / sums.answers
    squares = sums.total_squared - 2 * mean * sums.n_times_total + mean * mean * sums.n_squared
    error = sqrt(max(squares, 0.0) * sums.people / (sums.people - 1)) / sums.answers
    margin = float(stdtrit(sums.people - 1, (1 + confidence) / 2)) * error
    return ClusteredMean(mean, max(mean - margin, low), min(mean + margin, high), sums.people, sums.answers)
