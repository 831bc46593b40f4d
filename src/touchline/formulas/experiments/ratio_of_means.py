"""The difference of two ratios, such as revenue per order, where customers were drawn but orders are counted.

Orders of one customer are not independent, so the interval rests on how far each customer lies from the arm's ratio.
Source: Deng, Knoblich and Lu 2018, KDD, "Applying the delta method in metric analytics", section 3.
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.evidence import MINIMUM_N
from touchline.formulas.experiments.difference import Arm, Difference, Values, difference_of_arms


def ratio_difference(
    control: Values, control_of: Values, treated: Values, treated_of: Values
) -> Difference | CannotSay:
    """Return Σ treated / Σ treated_of − Σ control / Σ control_of, each with one value per customer.

    The arms' variances are those of one customer's part in the ratio.
    """
    if min(np.count_nonzero(control_of), np.count_nonzero(treated_of)) < MINIMUM_N:
        return CannotSay(
            "too-few-counted",
            f"{np.count_nonzero(control_of)} customers of the control and {np.count_nonzero(treated_of)} of the changed "
            f"arm have anything to divide by. A ratio needs at least {MINIMUM_N} in each.",
        )
    return difference_of_arms(ratio_arm(control, control_of), ratio_arm(treated, treated_of))


def ratio_arm(above: Values, below: Values) -> Arm:
    """Sum up a ratio of one arm; its variance is that of one customer's part in it. Needs anything to divide by."""
    ratio = float(above.sum() / below.sum())
    linear = (above - ratio * below) / below.mean()
    return Arm(int(above.size), ratio, float(linear.var(ddof=1)))
