"""Moments of truth: touchpoints where a typical swing of experience moves the most, over all customers who come there.

Importance = |slope| × spread of the score × customers touched. Slopes lean on each other as far as their errors ask for it
(empirical Bayes), and how sure the order is is drawn. Sources: Carlzon 1987, Moments of Truth (the idea); Efron and Morris 1975,
JASA 70:311 (leaning); Goldstein and Spiegelhalter 1996, JRSS A 159:385 (a rank needs its uncertainty); Matzler and Sauerwein
2002, International Journal of Service Industry Management 13:314 (penalty and reward on either side).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.score_slope import ScoreSlope, Slope
from touchline.formulas.shrinkage import Observed, shrink

SEED = 19_870_501
DRAWS = 4000
FIRST = 5
LABEL_FROM = 0.8
"""How sure it must be that a touchpoint is among the first five before it is called a moment of truth."""

Asymmetry: TypeAlias = Literal["hygiene", "performance", "delighter", "neither"]
"""Only bad experiences count; both count; only good ones count; neither can be told from nothing."""


@dataclass(frozen=True)
class Touched:
    """A touchpoint to be ranked."""

    touchpoint: str
    slope: ScoreSlope
    reach: int
    """Customers who came there."""


@dataclass(frozen=True)
class MomentOfTruth:
    """How much hangs on a touchpoint."""

    touchpoint: str
    importance: float
    """Outcomes moved by a typical swing, over all who came; in the outcome's unit."""
    low: float
    high: float
    """80 % interval of what was drawn."""
    among_first: float
    """How likely it is among the five most important ones, 0 to 1."""
    asymmetry: Asymmetry

    @property
    def is_one(self) -> bool:
        """Whether it may be called a moment of truth."""
        return self.among_first > LABEL_FROM


def moments_of_truth(
    touched: Sequence[Touched], draws: int = DRAWS, seed: int = SEED
) -> tuple[MomentOfTruth, ...] | CannotSay:
    """Return all touchpoints from the most to the least important. With five or fewer, nothing would be left out."""
    if len(touched) <= FIRST:
        return CannotSay(
            "few-touchpoints",
            f"{len(touched)} touchpoints have a slope; the first {FIRST} are told from others when there are more.",
        )
    leaned = shrink([Observed(one.slope.whole.value, one.slope.whole.error**2, "") for one in touched])
    scale = np.array([one.slope.spread * one.reach for one in touched])
    normal = np.random.default_rng(seed).standard_normal((draws, len(touched)))
    slopes = np.array([one.mean for one in leaned]) + normal * np.array([one.sd for one in leaned])
    drawn = np.abs(slopes) * scale
    rank = np.argsort(np.argsort(-drawn, axis=1), axis=1)
    low, high = np.quantile(drawn, [0.1, 0.9], axis=0)
    found = [
        MomentOfTruth(
            touchpoint=one.touchpoint,
            importance=float(abs(lean.mean) * size),
            low=float(low[at]),
            high=float(high[at]),
            among_first=float(np.mean(rank[:, at] < FIRST)),
            asymmetry=asymmetry(one.slope.below, one.slope.above),
        )
        for at, (one, lean, size) in enumerate(zip(touched, leaned, scale, strict=True))
    ]
    return tuple(sorted(found, key=lambda one: -one.importance))


def asymmetry(below: Slope | CannotSay, above: Slope | CannotSay) -> Asymmetry:
    """Return which side of the median counts, by which slopes can be told from nothing."""
    penalty = isinstance(below, Slope) and below.leaves_out_zero
    reward = isinstance(above, Slope) and above.leaves_out_zero
    kinds: dict[tuple[bool, bool], Asymmetry] = {
        (True, False): "hygiene",
        (True, True): "performance",
        (False, True): "delighter",
    }
    return kinds.get((penalty, reward), "neither")
