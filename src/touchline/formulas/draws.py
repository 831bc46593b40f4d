"""Draws that carry uncertainty through a calculation: the same 4,000 for the same key, on every machine and every run.

One draw falls into each of 4,000 equally likely strata, shuffled (McKay, Beckman & Conover 1979, Technometrics 21:239):
medians and quantiles are those of the distribution, not of the luck of the dice. Different keys are independent.
"""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

DRAWS = 4000

Draws = NDArray[np.float64]
"""One value per draw; arithmetic on arrays of one length keeps what belongs together together."""


def uniform_draws(key: str, draws: int = DRAWS) -> Draws:
    """Return draws strictly between 0 and 1, shuffled by the key."""
    seed = int.from_bytes(sha256(key.encode()).digest()[:8], "big")
    return (np.random.default_rng(seed).permutation(draws) + 0.5) / draws


def normal_draws(key: str, estimate: float, standard_error: float, draws: int = DRAWS) -> Draws:
    """Return draws of an estimate with its standard error, in its unit."""
    from scipy.special import ndtri  # takes a fifth of a second to import

    spread: Draws = ndtri(uniform_draws(key, draws))
    return estimate + standard_error * spread


def rate_draws(key: str, count: int, months: float, draws: int = DRAWS) -> Draws:
    """Return draws of how many a month there are, where `count` came in `months`.

    The posterior of a Poisson rate under Jeffreys' prior, a gamma distribution of shape count + ½.
    """
    from scipy.special import gammaincinv

    scaled: Draws = gammaincinv(count + 0.5, uniform_draws(key, draws))
    return scaled / months
