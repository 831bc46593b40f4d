"""Shares of observations that come in clusters: several journeys of one customer are not several customers.

The design effect says how many times wider the share's variance is than that of as many independent observations. Counts
divided by it are treated as independent: Wilson's and Newcombe's intervals then hold.

Source: Rao and Scott 1992, Biometrics 48:577 (equations 1 and 2); at shares of 0 and 1, where nothing varies, Kish 1965,
Survey Sampling, section 8.2, with observations of one cluster all alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.formulas.evidence import MINIMUM_N, UNKNOWN_CHANGE, Z_95, Change, is_enough
from touchline.formulas.multiplicity import findings
from touchline.formulas.proportion import newcombe, wilson


@dataclass(frozen=True)
class ClusteredShare:
    """A share of observations. value, low and high are 0..1, and None where there are fewer than five clusters."""

    count: int
    of: int
    clusters: int
    """How many customers (or accounts, cases, journeys) the observations come from."""
    design_effect: float
    """At least 1; 1 where every cluster has one observation."""
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class ClusterSums:
    """What the variance of a share rests on, summed over clusters with x of n observations."""

    x: int
    n: int
    clusters: int
    x_squared: int
    x_times_n: int
    n_squared: int


def clustered_share(sums: ClusterSums, z: float = Z_95) -> ClusteredShare:
    """Return x / n with Wilson's interval for clustered counts. Raises ValueError on impossible counts."""
    if not 0 <= sums.x <= sums.n or sums.clusters > sums.n:
        raise ValueError(f"{sums.x} of {sums.n} in {sums.clusters} clusters is not a share.")
    effect = design_effect(sums)
    if not is_enough(sums.clusters):
        return ClusteredShare(sums.x, sums.n, sums.clusters, effect, None, None, None)
    low, high = wilson(sums.x / effect, sums.n / effect, z)
    return ClusteredShare(sums.x, sums.n, sums.clusters, effect, sums.x / sums.n, low, high)


def design_effect(sums: ClusterSums) -> float:
    """Return how many times the variance is that of independent observations, at least 1."""
    if sums.clusters == sums.n:
        return 1.0
    if sums.clusters < 2:
        return float(sums.n)
    if sums.x in (0, sums.n):
        return sums.n_squared / sums.n
    share = sums.x / sums.n
    squared_residuals = sums.x_squared - 2 * share * sums.x_times_n + share * share * sums.n_squared
    variance = squared_residuals / sums.n**2 * sums.clusters / (sums.clusters - 1)
    return max(1.0, variance / (share * (1 - share) / sums.n))


def difference(second: ClusteredShare, first: ClusteredShare, z: float = Z_95) -> Change:
    """Return second − first with Newcombe's interval for clustered counts; unknown where one cannot be said."""
    if second.value is None or first.value is None:
        return UNKNOWN_CHANGE
    return newcombe(
        second.count / second.design_effect,
        second.of / second.design_effect,
        first.count / first.design_effect,
        first.of / first.design_effect,
        z,
    )


@dataclass(frozen=True)
class Compared:
    """One of many differences."""

    first: ClusteredShare
    second: ClusteredShare
    change: Change
    is_found: bool
    """Whether it counts as a difference: among those, at most a tenth are expected to be false."""


def compared(pairs: Sequence[tuple[ClusteredShare, ClusteredShare]]) -> tuple[Compared, ...]:
    """Compare many (first, second) shares of the same two groups, in the order given.

    A pair is tested where at least five independent observations are expected on both sides if the groups were alike
    (Cochran 1954, Biometrics 10:417); it is found where Benjamini and Hochberg keep it and its interval leaves out zero.
    """
    changes = [difference(second, first) for first, second in pairs]
    tested = [at for at, (pair, change) in enumerate(zip(pairs, changes, strict=True)) if _can_be_tested(*pair, change)]
    kept = dict(zip(tested, findings([changes[at].p or 0.0 for at in tested]), strict=True))
    return tuple(
        Compared(first, second, change, kept.get(at, False) and not change.is_noise)
        for at, ((first, second), change) in enumerate(zip(pairs, changes, strict=True))
    )


def _can_be_tested(first: ClusteredShare, second: ClusteredShare, change: Change) -> bool:
    if change.p is None:
        return False
    of = [each.of / each.design_effect for each in (first, second)]
    counts = [each.count / each.design_effect for each in (first, second)]
    pooled = sum(counts) / sum(of)
    return min(of) * min(pooled, 1 - pooled) >= MINIMUM_N
