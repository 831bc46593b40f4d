"""How well renewals are forecast: fitted to the first part of a cohort's life, tried on the rest of it.

Source: Fader & Hardie 2007, Journal of Interactive Marketing 21:76, who fit to seven renewals and try on the next five.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.back_test import HELD_OUT
from touchline.formulas.lifetime.cohorts_again import fitted_again
from touchline.formulas.lifetime.contracts import fit_contracts

FEWEST_SEEN = 2
"""Renewals that the model must have seen."""


@dataclass(frozen=True)
class RenewalsBackTest:
    """Renewals of the months held out, by the contracts that were there when they began."""

    seen: int
    """Renewals that the model has seen."""
    held_out: int
    """Renewals it has not."""
    contracts: int
    """Contracts of the cohort at its start."""
    forecast: float
    actual: int
    ratio: float
    """Forecast over actual: below 1 the model forecasts too few."""
    low: float
    """80 % interval of the ratio."""
    high: float

    @property
    def sentence(self) -> str:
        """What is printed beside every figure of the model."""
        return (
            f"Tried on the last {self.held_out} of the first {self.seen + self.held_out} months of {self.contracts:,} contracts: "
            f"{self.forecast:,.0f} monthly renewals forecast, {self.actual:,} came (ratio {self.ratio:.2f}, 80% interval "
            f"{self.low:.2f} to {self.high:.2f})."
        )


def back_test_renewals(survivors: Sequence[float]) -> RenewalsBackTest | CannotSay:
    """Hold out the last third of a cohort's renewals; `survivors` as in `fit_contracts`.

    The interval holds what is uncertain of the parameters, by cohorts drawn again, and chance in the months held out.
    """
    counts = np.asarray(survivors, dtype=np.float64)
    renewals = len(counts) - 1
    held_out = max(round(renewals * HELD_OUT), 1)
    seen = renewals - held_out
    if seen < FEWEST_SEEN:
        return CannotSay(
            "too-few-renewals",
            f"The forecast of renewals could not be tried: enough contracts are followed for {max(renewals, 0)} months only, and "
            f"{FEWEST_SEEN + 1} are needed to hold one out.",
        )
    known = counts[: seen + 1].tolist()
    model = fit_contracts(known)
    if isinstance(model, CannotSay):
        return CannotSay(
            "no-back-test", f"The forecast of renewals could not be tried on months held out. {model.sentence}"
        )
    there, actual = int(counts[seen]), int(counts[seen + 1 :].sum())
    if not actual:
        return CannotSay(
            "nobody-renewed", "Nobody renewed in the months held out, so the forecast cannot be tried on any."
        )
    forecast = there * float(np.cumprod(model.retention(renewals)[seen:]).sum())
    chance = np.random.default_rng(0)
    drawn = []
    for again in fitted_again(model, known):
        still, came = there, 0
        for share in again.retention(renewals)[seen:]:
            still = int(chance.binomial(still, share))
            came += still
        drawn.append(came / actual)
    low, high = np.quantile(drawn, (0.1, 0.9))
    return RenewalsBackTest(
        seen, held_out, int(counts[0]), forecast, actual, forecast / actual, float(low), float(high)
    )
