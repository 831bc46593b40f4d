"""Promised beside realised: how good forecasts are, and what changes came to without the winner's curse.

A change that looks best was probably lucky, too: adding up what was measured promises more than the next year will show.
So every realised amount is first divided by what was promised for it, these ratios are drawn towards their common mean by
as much as their own uncertainty asks (empirical Bayes, touchline.formulas.shrinkage), and only then multiplied back and
added. Source: Efron 2011, JASA 106:1602, "Tweedie's formula and selection bias".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws, normal_draws
from touchline.formulas.evidence import Z_95
from touchline.formulas.money_at_stake import Amount, amount_of
from touchline.formulas.proportion import Proportion, share
from touchline.formulas.shrinkage import Observed, shrink

FEWEST_FOR_A_SUM = 3
"""With two there is no telling luck from merit: the common mean would be as uncertain as each of them."""


@dataclass(frozen=True)
class Kept:
    """One promise with what came of it, both a month in one currency."""

    promised: Amount
    realised: Amount


def realised_amount(
    key: str, measured: tuple[float, float, float], times_a_month: float, worth_of_one: Draws | float
) -> Amount:
    """Return what a measured change brings a month: change × how often a month × what one unit of it is worth.

    `measured` is the change with both ends of its 95 % interval; `worth_of_one` is negative for what costs, such as a bad
    visit, so that fewer of them bring something. The key names the draws.
    """
    effect, low, high = measured
    change = normal_draws(f"{key}: effect", effect, (high - low) / 2 / Z_95)
    return amount_of(change * times_a_month * worth_of_one)


def worth_of_a_point(key: str, slope: tuple[float, float, float], worth_of_one: Draws) -> Draws:
    """Return draws of what one point of score is worth a visit: the share more who buy × what one who buys is worth.

    `slope` is that share for one point, with both ends of its 95 % interval. It is an association: what comes of it is a lead.
    """
    share_more, low, high = slope
    return normal_draws(f"{key}: slope", share_more, (high - low) / 2 / Z_95) * worth_of_one


def is_inside(kept: Kept) -> bool:
    """Whether what was realised, in the middle, lies in the promised 80 % interval."""
    return kept.promised.low <= kept.realised.median <= kept.promised.high


def calibration(kept: Sequence[Kept]) -> Proportion | CannotSay:
    """Return how many realised amounts fell inside the promised 80 % intervals; eight of ten should."""
    found = share(sum(is_inside(each) for each in kept), len(kept))
    if found.value is None:
        return CannotSay(
            "few-verdicts",
            f"{len(kept)} promised {'amount has' if len(kept) == 1 else 'amounts have'} a measured one beside "
            f"{'it' if len(kept) == 1 else 'them'}; how good forecasts are is said from 5 on.",
        )
    return found


def shrunk_sum(kept: Sequence[Kept]) -> Amount | CannotSay:
    """Return what the changes bring a month together, each shrunk first."""
    usable = [each for each in kept if each.promised.median > 0]
    if len(usable) < FEWEST_FOR_A_SUM:
        return CannotSay(
            "few-verdicts",
            f"A sum is shown from {FEWEST_FOR_A_SUM} measured improvements on, as luck and merit cannot be told apart "
            f"before; there {'is' if len(usable) == 1 else 'are'} {len(usable)}.",
        )
    ratios = [Observed(*_ratio(each), group="all") for each in usable]
    promised = np.array([each.promised.median for each in usable])
    shrunk = shrink(ratios)
    weights = np.array([each.prior_weight for each in shrunk])
    middle = float(promised @ np.array([each.mean for each in shrunk]))
    own = (promised**2 * (1 - weights)) @ np.array([each.variance for each in ratios])
    centre = _centre_variance(ratios, weights) * float(promised @ weights) ** 2
    return amount_of(normal_draws("ledger: sum", middle, sqrt(float(own) + centre)))


def _ratio(kept: Kept) -> tuple[float, float]:
    """Realised as a share of promised, and the variance of that."""
    ratios = kept.realised.draws / kept.promised.median
    return float(ratios.mean()), max(float(ratios.var()), 1e-12)


def _centre_variance(ratios: Sequence[Observed], weights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """Variance of the common mean that all of them lean on: 1 / Σ 1/(v + τ²), where the weight is v/(v + τ²)."""
    return 1 / float(sum(weight / each.variance for weight, each in zip(weights, ratios, strict=True)))
