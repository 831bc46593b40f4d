"""Before and after, and nothing to compare with: a lead, never a cause.

The difference of two means with errors that hang together over time. Whatever else changed since is in it, so no check
can make more of it than grade D.
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.check import Check
from touchline.formulas.roll_outs.interrupted_series import refused_series
from touchline.formulas.roll_outs.measured import Measured
from touchline.formulas.roll_outs.panel import Values
from touchline.formulas.roll_outs.serial_regression import fitted

FEWEST_BEFORE = 4
FEWEST_AFTER = 2


def before_after(values: Values, start: int) -> Measured | CannotSay:
    """Return the mean from `start` on minus the mean before, of one value per period."""
    refusal = refused_series(values, start, FEWEST_BEFORE, FEWEST_AFTER)
    if refusal is not None:
        return refusal
    found = fitted(np.column_stack([np.ones(values.size), np.arange(values.size) >= start]).astype(np.float64), values)
    effect, margin = float(found.coefficients[1]), found.margin(1)
    return Measured(
        "before-after",
        effect,
        effect - margin,
        effect + margin,
        found.p(1),
        treated_groups=1,
        control_groups=0,
        periods_before=start,
        periods_after=values.size - start,
        expected=float(values[start:].mean()) - effect,
        checks=(
            Check(
                "comparison",
                False,
                "Nobody was left without the change and no other date was tried: whatever else changed since is in this "
                "difference.",
            ),
        ),
    )
