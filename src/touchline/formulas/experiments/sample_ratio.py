"""Did the arms get the shares of customers they were meant to get?

If not, whatever keeps customers out of one arm also decides who is compared with whom, and no result of the experiment
can be read. Source: Fabijan et al. 2019, KDD, "Diagnosing sample ratio mismatch in online controlled experiments";
the test is Pearson's chi-squared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.formulas.cannot_say import CannotSay

HIDES_BELOW = 0.001
"""Below this p the results are hidden: of a thousand sound experiments one would be hidden too."""
WARNS_BELOW = 0.01
"""Below this p the results are shown with a warning."""
MINIMUM_EXPECTED = 5
"""Customers expected in every arm before the test may be asked (Cochran 1954, Biometrics 10:417)."""


@dataclass(frozen=True)
class SampleRatio:
    """How the customers of an experiment fell into its arms, beside how they should have."""

    observed: tuple[int, ...]
    expected: tuple[float, ...]
    chi_squared: float
    p: float

    @property
    def hides_results(self) -> bool:
        """Whether the arms differ too much from the plan for any result to be read."""
        return self.p < HIDES_BELOW

    @property
    def warns(self) -> bool:
        """Whether the arms differ noticeably from the plan, but not enough to hide the results."""
        return HIDES_BELOW <= self.p < WARNS_BELOW


def sample_ratio(observed: Sequence[int], shares: Sequence[float]) -> SampleRatio | CannotSay:
    """Compare customers per arm with the planned shares, which add up to 1 or are scaled to do so.

    Raises ValueError where the two differ in length, a count is negative or a share is not above zero.
    """
    if len(observed) != len(shares) or min(observed, default=0) < 0 or min(shares, default=0.0) <= 0:
        raise ValueError(f"{list(observed)} customers do not fit arms planned with shares {list(shares)}.")
    total = sum(observed)
    expected = tuple(total * share / sum(shares) for share in shares)
    if min(expected) < MINIMUM_EXPECTED:
        return CannotSay(
            "too-few-exposed",
            f"{total} customers were exposed so far. Whether the arms were drawn as planned can be told once at least "
            f"{MINIMUM_EXPECTED} are expected in each.",
        )
    from scipy.special import chdtrc  # takes a fifth of a second to import

    chi_squared = sum((seen - planned) ** 2 / planned for seen, planned in zip(observed, expected, strict=True))
    return SampleRatio(tuple(observed), expected, chi_squared, float(chdtrc(len(shares) - 1, chi_squared)))
