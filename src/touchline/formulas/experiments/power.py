"""How many customers an experiment needs, what the smallest difference is that it would find, and how many weeks it takes.

Source: Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, 3rd edition, section 4.2 (shares,
without continuity correction; equation 4.19 for unequal arms); for means the same with one spread for both arms.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, sqrt
from statistics import NormalDist

from touchline.formulas.cannot_say import CannotSay

POWER = 0.80
ALPHA = 0.05
LONGEST_WEEKS = 26
"""Longer than half a year nobody keeps an experiment apart from everything else that changes."""


@dataclass(frozen=True)
class Planned:
    """What an experiment will take."""

    n_control: int
    n_treated: int
    weeks: int
    """Whole weeks, at least one, so that every weekday counts alike."""

    @property
    def n(self) -> int:
        """Customers of both arms."""
        return self.n_control + self.n_treated


def customers_for_shares(
    control: float, treated: float, *, treated_per_control: float = 1.0, power: float = POWER, alpha: float = ALPHA
) -> tuple[int, int]:
    """Return how many customers (control, treated) find a share of `treated` instead of `control`, both 0..1.

    Raises ValueError where the two are equal or lie outside 0..1.
    """
    if not (0 <= control <= 1 and 0 <= treated <= 1) or control == treated:
        raise ValueError(f"Shares {control} and {treated} cannot be told apart: both must lie in 0..1 and differ.")
    ratio = treated_per_control
    pooled = (control + ratio * treated) / (1 + ratio)
    under_null = sqrt(pooled * (1 - pooled) * (1 + 1 / ratio))
    under_change = sqrt(control * (1 - control) + treated * (1 - treated) / ratio)
    n = ((_z(1 - alpha / 2) * under_null + _z(power) * under_change) / (treated - control)) ** 2
    return ceil(n), ceil(n * ratio)


def customers_for_means(
    spread: float, change: float, *, treated_per_control: float = 1.0, power: float = POWER, alpha: float = ALPHA
) -> tuple[int, int]:
    """Return how many customers (control, treated) find a `change` of a mean whose values have the standard deviation `spread`.

    Raises ValueError where the change is 0 or the spread is not above 0.
    """
    if change == 0 or spread <= 0:
        raise ValueError(f"A change of {change} with a spread of {spread} cannot be planned for.")
    n = (1 + 1 / treated_per_control) * ((_z(1 - alpha / 2) + _z(power)) * spread / change) ** 2
    return ceil(n), ceil(n * treated_per_control)


def smallest_change_of_share(
    control: float, n_control: int, n_treated: int, *, power: float = POWER, alpha: float = ALPHA
) -> float:
    """Return the smallest rise above a share of `control` found with these customers; infinity where none is."""
    ratio = n_treated / n_control
    low, high = 0.0, 1 - control

    def needed(rise: float) -> int:
        return customers_for_shares(control, control + rise, treated_per_control=ratio, power=power, alpha=alpha)[0]

    if high <= 0 or needed(high) > n_control:
        return inf
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if needed(middle) <= n_control else (middle, high)
    return high


def smallest_change_of_mean(
    spread: float, n_control: int, n_treated: int, *, power: float = POWER, alpha: float = ALPHA
) -> float:
    """Return the smallest change of a mean found with these customers."""
    return (_z(1 - alpha / 2) + _z(power)) * spread * sqrt(1 / n_control + 1 / n_treated)


def planned(customers: tuple[int, int], reached_per_week: float) -> Planned | CannotSay:
    """Return how many whole weeks it takes to reach (control, treated) customers, of whom so many come by in a week."""
    if reached_per_week <= 0:
        return CannotSay(
            "nobody-comes-by",
            "Nobody came by where this experiment would run in the period looked at, so how long it takes cannot be said.",
        )
    weeks = max(1, ceil(sum(customers) / reached_per_week))
    if weeks > LONGEST_WEEKS:
        return CannotSay(
            "too-long",
            f"It would take {sum(customers):,} customers and {weeks} weeks at {reached_per_week:,.0f} a week. More than "
            f"{LONGEST_WEEKS} weeks are too long to keep anything apart: look for a larger change, or a step that more "
            "customers reach.",
        )
    return Planned(*customers, weeks)


def _z(share: float) -> float:
    return NormalDist().inv_cdf(share)
