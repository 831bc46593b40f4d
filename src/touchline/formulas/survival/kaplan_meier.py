"""The share still there after each time, counting those who have not been followed for longer up to where they were.

Kaplan & Meier 1958, Journal of the American Statistical Association 53:457; variance by Greenwood 1926; interval on the
log-minus-log scale (Kalbfleisch & Prentice 1980), which stays between 0 and 1. With several ways to leave, the share
that left each way is touchline.formulas.waiting's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.evidence import MINIMUM_N, Z_95
from touchline.formulas.waiting import GONE_ON, UNDECIDED, WaitingCounts, count_durations

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Survival:
    """A survival curve; it stays at `share[i]` from `times[i]` on until the next time."""

    times: Floats
    share: Floats
    low: Floats
    """95 % interval at each time, not for all of them together."""
    high: Floats
    at_risk: NDArray[np.int64]
    """How many were followed up to each time."""
    n: int
    ended: int
    """How many of them were seen to end; the others are counted up to where they were followed."""
    counts: WaitingCounts = field(repr=False, compare=False)

    def share_after(self, time: float) -> tuple[float, float, float] | None:
        """Return share and 95 % interval after a time; None where nobody was followed for so long."""
        if time > self.times[-1] and self.share[-1] > 0:
            return None
        at = int(np.searchsorted(self.times, time, side="right"))
        return (
            (1.0, 1.0, 1.0)
            if at == 0
            else (float(self.share[at - 1]), float(self.low[at - 1]), float(self.high[at - 1]))
        )

    @property
    def median(self) -> float | None:
        """The first time by which half had ended; None where half never do."""
        return self._first(self.share)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """95 % interval of the median (Brookmeyer & Crowley 1982); None where that end is beyond the data."""
        return self._first(self.low), self._first(self.high)

    def _first(self, curve: Floats) -> float | None:
        below = np.flatnonzero(curve <= 0.5 + 1e-12)
        return float(self.times[below[0]]) if below.size else None


@dataclass(frozen=True)
class MeanTime:
    """Mean time within a limit: the area under the curve up to it."""

    value: float
    low: float
    """95 % interval."""
    high: float
    standard_error: float
    limit: float


@dataclass(frozen=True)
class Difference:
    """How much longer one group lasts than another, on average within a limit."""

    value: float
    low: float
    """95 % interval."""
    high: float
    limit: float

    @property
    def is_noise(self) -> bool:
        """True unless the interval leaves zero out."""
        return self.low <= 0 <= self.high


def survival(lasted: ArrayLike, ended: ArrayLike) -> Survival | CannotSay:
    """Return the curve of durations (0 or more) and whether each ended or was merely not followed for longer."""
    counts = count_durations(lasted, np.where(np.asarray(ended, dtype=bool), GONE_ON, UNDECIDED))
    if counts.n < MINIMUM_N:
        return CannotSay(
            "too-few", f"{counts.n} {'was' if counts.n == 1 else 'were'} followed; a curve needs at least {MINIMUM_N}."
        )
    at_risk, died = _at_risk(counts), counts.gone_on
    share = np.cumprod(1.0 - died / at_risk).astype(np.float64)
    low, high = _interval(share, _greenwood(died, at_risk))
    return Survival(counts.edges, share, low, high, at_risk, counts.n, int(died.sum()), counts)


def mean_time(curve: Survival, limit: float) -> MeanTime | CannotSay:
    """Return the restricted mean time within a limit; a sentence where the data do not reach so far.

    Variance as in Klein & Moeschberger 2003, Survival Analysis, section 4.5.
    """
    if limit <= 0 or (limit > curve.times[-1] and curve.share[-1] > 0):
        return CannotSay(
            "not-followed", f"Nobody was followed for {limit:g}; the longest was followed for {curve.times[-1]:g}."
        )
    inside = curve.times < limit
    edges = np.concatenate([[0.0], curve.times[inside], [limit]])
    heights = np.concatenate([[1.0], curve.share[inside]])
    areas = heights * np.diff(edges)
    died, at_risk = curve.counts.gone_on[inside], curve.at_risk[inside]
    after = areas[::-1].cumsum()[::-1][1:]
    still = at_risk - died
    parts = np.divide(after**2 * died, at_risk * np.maximum(still, 1), where=still > 0, out=np.zeros_like(after))
    mean, error = float(areas.sum()), sqrt(float(parts.sum()))
    return MeanTime(mean, max(mean - Z_95 * error, 0.0), min(mean + Z_95 * error, limit), error, limit)


def mean_time_difference(one: Survival, other: Survival, limit: float | None = None) -> Difference | CannotSay:
    """Return how much longer one group lasts; without a limit, up to where both were followed.

    The headline of a comparison: unlike a hazard ratio it is in days, and true whatever the curves' shapes (Royston &
    Parmar 2013, BMC Medical Research Methodology 13:152).
    """
    limit = min(float(one.times[-1]), float(other.times[-1])) if limit is None else limit
    first, second = mean_time(one, limit), mean_time(other, limit)
    if isinstance(first, CannotSay):
        return first
    if isinstance(second, CannotSay):
        return second
    gap, error = first.value - second.value, sqrt(first.standard_error**2 + second.standard_error**2)
    return Difference(gap, gap - Z_95 * error, gap + Z_95 * error, limit)


def _at_risk(counts: WaitingCounts) -> NDArray[np.int64]:
    ended = counts.gone_on + counts.left + counts.censored
    return counts.n - np.concatenate(([0], np.cumsum(ended)[:-1]))


def _greenwood(died: NDArray[np.int64], at_risk: NDArray[np.int64]) -> Floats:
    """Σ d / (n (n − d)) up to each time; infinite once nobody is left."""
    still = (at_risk - died).astype(np.float64)
    return np.cumsum(np.divide(died, at_risk * still, where=still > 0, out=np.full(len(died), np.inf)))


def _interval(share: Floats, relative_variance: Floats) -> tuple[Floats, Floats]:
    inner = (share > 0) & (share < 1)
    low, high = share.copy(), share.copy()
    log_share = np.log(share[inner])
    width = Z_95 * np.sqrt(relative_variance[inner]) / np.abs(log_share)
    low[inner], high[inner] = np.exp(log_share * np.exp(width)), np.exp(log_share * np.exp(-width))
    return low, high
