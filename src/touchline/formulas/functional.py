"""The line beside the emotional one: did it work, how hard was it, how long did it take."""

from __future__ import annotations

from touchline.formulas.evidence import is_enough

CONTACT_WINDOW_DAYS = 7
"""A service contact within this time counts as caused by the visit before it (repeated contact, Dixon et al. 2010)."""


def retries_per_customer(visits: int, customer_journeys: int) -> float | None:
    """Return visits beyond the first, per customer and journey: 0 when nobody had to come back. None below five."""
    return (visits - customer_journeys) / customer_journeys if is_enough(customer_journeys) else None


def effort_of_seven(n: int, total: float) -> float | None:
    """Return the mean effort on 1..7 (higher is easier) of answers summed up on −100..+100. None below five answers."""
    return 4 + 3 * total / n / 100 if is_enough(n) else None
