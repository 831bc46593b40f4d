"""Money: sums per currency. Amounts of different currencies are never added."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


def sum_by_currency(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Add up (currency, amount) pairs; the currency is empty where the file gave none. In alphabetical order."""
    totals: dict[str, Decimal] = {}
    for currency, amount in amounts:
        totals[currency] = totals.get(currency, Decimal(0)) + amount
    return dict(sorted(totals.items()))
