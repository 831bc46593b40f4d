"""Empirical Bayes: how far to trust each mean, and how far to lean on its group instead.

Normal–normal model: a group's true means scatter around the group mean with variance τ², shared by all groups; each
observed mean scatters around its true one with its own known variance. Sources: Efron and Morris 1975, JASA 70:311
(the shrinkage); DerSimonian and Laird 1986, Controlled Clinical Trials 7:177, equation 8 (τ² from Cochran's Q).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Observed:
    """One observed mean, the variance of that mean, and the group it belongs to."""

    mean: float
    variance: float
    group: str


@dataclass(frozen=True)
class Shrunk:
    """What is believed after leaning on the group."""

    mean: float
    sd: float
    """Posterior standard deviation, the uncertainty of the group mean included."""
    prior_weight: float
    """B: the share of the result that comes from the group, 0..1."""


def shrink(observed: Sequence[Observed]) -> tuple[Shrunk, ...]:
    """Return B·group mean + (1 − B)·own mean for each, in the order given. Variances must be above zero."""
    groups = _by_group(observed)
    between = between_variance(observed)
    centres = {name: _centre(members, between) for name, members in groups.items()}
    return tuple(
        _lean(one, between, *centres[one.group]) if len(groups[one.group]) > 1 else _alone(one) for one in observed
    )


def between_variance(observed: Sequence[Observed]) -> float:
    """Return τ², the variance of true means within their groups (DerSimonian–Laird, summed over the groups)."""
    q = scale = 0.0
    freedom = 0
    for members in _by_group(observed).values():
        weights = [1 / one.variance for one in members]
        total = sum(weights)
        centre = sum(weight * one.mean for weight, one in zip(weights, members, strict=True)) / total
        q += sum(weight * (one.mean - centre) ** 2 for weight, one in zip(weights, members, strict=True))
        scale += total - sum(weight * weight for weight in weights) / total
        freedom += len(members) - 1
    return max(q - freedom, 0.0) / scale if scale > 0 else 0.0


def _by_group(observed: Sequence[Observed]) -> Mapping[str, list[Observed]]:
    groups: dict[str, list[Observed]] = {}
    for one in observed:
        groups.setdefault(one.group, []).append(one)
    return groups


def _centre(members: Sequence[Observed], between: float) -> tuple[float, float]:
    """Return the group mean and its variance."""
    weights = [1 / (one.variance + between) for one in members]
    total = sum(weights)
    return sum(weight * one.mean for weight, one in zip(weights, members, strict=True)) / total, 1 / total


def _alone(one: Observed) -> Shrunk:
    """A group of one has nothing to lean on; the formula gives the same mean and sd with any weight, so it is 0."""
    return Shrunk(one.mean, sqrt(one.variance), prior_weight=0.0)


def _lean(one: Observed, between: float, centre: float, centre_variance: float) -> Shrunk:
    prior_weight = one.variance / (one.variance + between)
    return Shrunk(
        mean=prior_weight * centre + (1 - prior_weight) * one.mean,
        sd=sqrt((1 - prior_weight) * one.variance + prior_weight**2 * centre_variance),
        prior_weight=prior_weight,
    )
