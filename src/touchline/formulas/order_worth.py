"""What one order came to: the amount it was placed at less what was given back, and nothing once it was cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def order_worth(placed: Decimal | None, given_back: Iterable[Decimal], *, is_cancelled: bool) -> Decimal | None:
    """Return the worth of an order in its currency; None where the amount it was placed at is not known.

    `given_back` are the amounts of refunds; their sign does not matter, exports differ in it. A cancelled order is worth
    nothing, refunds included: its payment was voided or is given back as a whole.
    """
    if is_cancelled:
        return Decimal(0)
    if placed is None:
        return None
    return placed - sum((abs(amount) for amount in given_back), Decimal(0))


def order_worths(placed: Floats, given_back: Floats, is_cancelled: NDArray[np.bool_]) -> Floats:
    """Return the worth of many orders, in floating point; NaN where the amount an order was placed at is not known.

    `given_back` is the sum of each order's refunds without their sign.
    """
    return np.where(is_cancelled, 0.0, placed - given_back)
