"""What customers will be worth: purchases expected, each at its margin, money of later worth less; no revenue, no eternity.

A year's discount is taken in steps of at most a quarter, at their middle. Source: Fader, Hardie & Lee 2005, "RFM and CLV",
Journal of Marketing Research 42:415.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil

import numpy as np

from touchline.formulas.lifetime.fitting import PurchaseModel
from touchline.formulas.lifetime.histories import Floats, Histories

WEEKS_A_YEAR = 365.25 / 7
WEEKS_A_MONTH = WEEKS_A_YEAR / 12

LONGEST_STEP_WEEKS = WEEKS_A_YEAR / 4


def discounted_purchases(
    model: PurchaseModel, histories: Histories, weeks: float, discount_a_year: float, starting_in: float = 0.0
) -> Floats:
    """Purchases expected of each customer within so many weeks, each counted at what money is worth then.

    `starting_in` weeks: the weeks begin that far in the future, and `histories` are as they will be by then.
    """
    edges = np.linspace(0.0, weeks, ceil(weeks / LONGEST_STEP_WEEKS - 1e-9) + 1)
    total, before = np.zeros(len(histories)), np.zeros(len(histories))
    for start, end in pairwise(edges):
        by_then = model.expected(histories, float(end))
        total += (by_then - before) * worth_in((start + end) / 2 + starting_in, discount_a_year)
        before = by_then
    return total


def worth_in(weeks: float, discount_a_year: float) -> float:
    """Worth today of one unit of money in so many weeks."""
    return float((1.0 + discount_a_year) ** (-weeks / WEEKS_A_YEAR))


def margin_value(purchases: Floats, spend: Floats, margin: float) -> Floats:
    """Margin expected of each customer: discounted purchases × what one comes to × the share that is margin."""
    return purchases * spend * margin
