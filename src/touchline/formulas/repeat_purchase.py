"""Repeat purchase: the share of first-time buyers who ordered again within 90 days.

Only customers whose 90 days are wholly inside the data count: anyone newer has not had the time yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from touchline.formulas.proportion import Proportion, share

WINDOW_DAYS = 90


@dataclass(frozen=True)
class FirstOrder:
    """A customer's first order, as day numbers; `second` is None where no other order followed."""

    first: float
    second: float | None


def repeat_purchase(returned: int, followed: int) -> Proportion:
    """Return how many of the first-time buyers who were followed for the whole window came back within it."""
    return share(returned, followed)


def repeat_counts(orders: Iterable[FirstOrder], data_until: float) -> tuple[int, int]:
    """Return (returned, followed) of first orders, given the day until which there are data."""
    followed = [order for order in orders if order.first + WINDOW_DAYS <= data_until]
    returned = sum(order.second is not None and order.second - order.first <= WINDOW_DAYS for order in followed)
    return returned, len(followed)
