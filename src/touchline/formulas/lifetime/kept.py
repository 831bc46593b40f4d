"""What it is worth that a customer buys in the coming weeks rather than not.

Margin × (E[purchases | bought] − E[purchases | did not]), over the horizon, discounted, the purchase itself included. Both
follow from the model without an approximation: not having bought is a silent stretch of the history, its chance is the
likelihood of the longer silence over that of the shorter, and the two expectations, weighted by their chances, are the
expectation of now.
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.draws import DRAWS, Draws, normal_draws
from touchline.formulas.lifetime.fitting import Fitted, PurchaseModel
from touchline.formulas.lifetime.histories import DAYS_A_WEEK, Floats, Histories
from touchline.formulas.lifetime.margin_value import WEEKS_A_MONTH, discounted_purchases

MOST_CUSTOMERS = 1000
"""Every so-manieth customer is looked at where there are more: the mean's error is then below that of the parameters."""


def gained_purchases(
    model: PurchaseModel, histories: Histories, window_days: float, horizon_months: float, discount_a_year: float
) -> Floats:
    """Discounted purchases each customer makes more if they buy within the window than if they do not."""
    weeks, window = horizon_months * WEEKS_A_MONTH, window_days / DAYS_A_WEEK
    window = min(window, weeks)
    silent = histories.older(window)
    log_silence = model.log_likelihood(silent) - model.log_likelihood(histories)
    bought = np.maximum(-np.expm1(np.minimum(log_silence, 0.0)), SMALLEST_CHANCE)
    anyway = discounted_purchases(model, histories, weeks, discount_a_year)
    not_bought = (
        discounted_purchases(model, silent, weeks - window, discount_a_year, window) if weeks > window else 0.0 * anyway
    )
    return np.maximum(anyway - not_bought, 0.0) / bought


SMALLEST_CHANCE = 1e-9


def kept_value(
    fitted: Fitted,
    histories: Histories,
    spend: Floats,
    margin: float,
    window_days: float,
    horizon_months: float,
    discount_a_year: float,
    draws: int = DRAWS,
) -> Draws:
    """Return draws of the mean margin gained over these customers; `spend` is what a purchase of each comes to.

    Uncertain are the parameters (delta method) and which customers were seen (the mean's standard error).
    """
    chosen = np.arange(0, len(histories), -(-len(histories) // MOST_CUSTOMERS))
    seen, amounts = histories.of(chosen), spend[chosen]

    def gained(model: PurchaseModel) -> Floats:
        return gained_purchases(model, seen, window_days, horizon_months, discount_a_year) * amounts * margin

    by_parameters = fitted.drawn(lambda model: float(gained(model).mean()), "kept customer: model", draws)
    each = gained(fitted.model)
    error = float(each.std(ddof=1) / np.sqrt(len(each)) / each.mean()) if len(each) > 1 and each.mean() > 0 else 0.0
    return by_parameters * np.exp(normal_draws("kept customer: customers", 0.0, error, draws))
