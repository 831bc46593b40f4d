"""Purchases as models of buying look at them: whose, on which day, for how much; of one currency."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.lifetime.histories import Floats, Histories, histories

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Purchases:
    """One entry per purchase, by customer and day; arrays of one length."""

    customer: Numbers
    day: Numbers
    """Counted from 1970, in UTC."""
    worth: Floats
    """NaN where the amount is not known; what came to nothing, cancelled or given back, is no purchase."""
    currency: NDArray[np.str_]
    """'' where the file gave none."""
    until: int = 0
    """Last day of the data."""
    are_payments: bool = False
    """Whether payments stand in for orders."""

    def __len__(self) -> int:
        return len(self.day)

    def known_until(self, day: int | None, *, are_payments: bool) -> Purchases:
        """The same, with the last day of the data."""
        last = int(self.day.max()) if len(self) else 0
        return replace(self, until=max(day or 0, last), are_payments=are_payments)

    def chosen(self, which: NDArray[np.bool_]) -> Purchases:
        """Some of them."""
        return replace(
            self,
            customer=self.customer[which],
            day=self.day[which],
            worth=self.worth[which],
            currency=self.currency[which],
        )

    def usual_currency(self) -> str:
        """That of most purchases of known amount; '' where none has one."""
        counted = Counter(self.currency[~np.isnan(self.worth)].tolist())
        return min(counted, key=lambda code: (-counted[code], code)) if counted else ""

    def of_currency(self, code: str) -> Purchases:
        """Purchases in one currency, and those of unknown amount."""
        return self.chosen((self.currency == code) | np.isnan(self.worth))

    def of_customers(self, customers: Numbers) -> Purchases:
        """Purchases of these customers."""
        return self.chosen(np.isin(self.customer, customers))


@dataclass(frozen=True)
class Buyers:
    """Customers who bought, and what is known of their buying; entries in the order of `customer`."""

    customer: Numbers
    histories: Histories
    purchases: Floats
    """Purchases of known amount."""
    mean: Floats
    """Mean amount of these; NaN where there are none."""
    silent_days: Floats
    """Since the last purchase."""

    def __len__(self) -> int:
        return len(self.customer)


def put_together(customer: Numbers, day: Numbers, worth: Floats, currency: NDArray[np.str_]) -> Purchases:
    """Return purchases by customer and day, without those that came to nothing."""
    counts = np.isnan(worth) | (worth > 0)
    order = np.lexsort((worth, day, customer))
    order = order[counts[order]]
    return Purchases(customer[order].astype(np.int64), day[order].astype(np.int64), worth[order], currency[order])


def buyers(purchases: Purchases) -> Buyers:
    """Return who bought and how often, when last and for how much."""
    who, found = histories(purchases.customer, purchases.day, purchases.until)
    known = ~np.isnan(purchases.worth)
    place = np.searchsorted(who, purchases.customer[known])
    days = np.unique(np.stack([place, purchases.day[known]]), axis=1)[0] if known.any() else place
    counts = np.bincount(days, minlength=len(who)).astype(np.float64)
    totals = np.bincount(place, purchases.worth[known], minlength=len(who))
    mean = np.divide(totals, counts, out=np.full(len(who), np.nan), where=counts > 0)
    return Buyers(who, found, counts, mean, (found.age - found.last) * 7)
