"""How well a model of buying forecasts what it has not seen: fitted to the first part of the data, tried on the rest.

Printed beside every figure that comes from such a model. Sources as for the models; by tenths of customers as in Fader,
Hardie & Lee 2005, figure 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS, normal_draws
from touchline.formulas.lifetime.fitting import fit
from touchline.formulas.lifetime.histories import DAYS_A_WEEK, histories

HELD_OUT = 1 / 3
"""Of the time the data cover: its last third."""

TENTHS = 10


@dataclass(frozen=True)
class Tenth:
    """A tenth of the customers, by how many purchases were forecast."""

    customers: int
    forecast: float
    actual: int


@dataclass(frozen=True)
class BackTest:
    """Forecast and actual purchases of the time held out, by customers known before it."""

    cut_day: int
    """The last day the model has seen."""
    held_out_weeks: float
    customers: int
    forecast: float
    actual: int
    ratio: float
    """Forecast over actual: below 1 the model forecasts too few."""
    low: float
    """80 % interval of the ratio."""
    high: float
    tenths: tuple[Tenth, ...]
    """The most active first."""
    error: float
    """Mean over the tenths of |forecast − actual|, as a share of the actual purchases of a mean tenth."""

    @property
    def sentence(self) -> str:
        """What is printed beside every figure of the model."""
        return (
            f"Tried on the last {self.held_out_weeks:.0f} weeks: {self.forecast:,.0f} purchases forecast, "
            f"{self.actual:,} came (ratio {self.ratio:.2f}, 80% interval {self.low:.2f} to {self.high:.2f})."
        )


def back_test(
    kind: str, customer: NDArray[np.int64], day: NDArray[np.int64], until: int, cut_day: int | None = None
) -> BackTest | CannotSay:
    """Fit to purchases up to the cut and compare with those after it, up to and on the day `until`.

    `customer` and `day` have one entry per purchase; two of one day are one. Without a cut, the last third is held out.
    """
    if not len(day):
        return CannotSay("no-orders", "There are no orders, so a forecast cannot be tried on any.")
    cut = int(until - (until - day.min()) * HELD_OUT) if cut_day is None else cut_day
    who, before = histories(customer, day, cut)
    fitted = fit(kind, before)
    if isinstance(fitted, CannotSay):
        return CannotSay(
            "no-back-test",
            "The forecast could not be tried on data held out: too few customers had bought again before.",
        )
    weeks = (until - cut) / DAYS_A_WEEK
    purchases = np.unique(np.stack([customer, day])[:, (day > cut) & (day <= until) & np.isin(customer, who)], axis=1)
    actual = np.bincount(np.searchsorted(who, purchases[0]), minlength=len(who))
    if not actual.sum():
        return CannotSay(
            "nobody-came-back", "Nobody bought again in the time held out, so the forecast cannot be tried."
        )
    forecast = fitted.model.expected(before, weeks)
    total, came = float(forecast.sum()), int(actual.sum())
    chance = float(np.sqrt(((actual - forecast) ** 2).sum()))
    drawn = fitted.drawn(lambda model: float(model.expected(before, weeks).sum()), "back-test: model", DRAWS)
    low, high = np.quantile((drawn + normal_draws("back-test: chance", 0.0, chance, DRAWS)) / came, (0.1, 0.9))
    order = np.argsort(-forecast, kind="stable")
    tenths = tuple(
        Tenth(len(part), float(forecast[part].sum()), int(actual[part].sum()))
        for part in np.array_split(order, min(TENTHS, len(order)))
    )
    error = sum(abs(each.forecast - each.actual) for each in tenths) / came
    return BackTest(cut, weeks, len(who), total, came, total / came, float(low), float(high), tenths, error)
