"""How much the storing of collected events gives way: those who send wait for an answer, nobody waits for the store."""

from __future__ import annotations

STEPS_ASIDE_PER_REQUEST = 0.5 / 2000
"""For each request a second: it waits for the interpreter a few times, however small it is."""
STEPS_ASIDE_FOR_PAGE = 2.0
"""While somebody waits for a page."""
MANY_IN_FLIGHT = 16
STEPS_BACK = 20.0
"""Where storing cannot keep up, or more requests than that wait for their answers."""
STORABLE_BYTES_PER_SECOND = 15_000_000
"""What storing keeps up with while requests are answered: some 15,000 events."""

STORABLE_REQUESTS_PER_SECOND = 2000
"""More take the whole of the interpreter, and each would wait behind the others."""


def times_to_step_back(bytes_per_second: float, requests_per_second: float, in_flight: int) -> float:
    """So many times as long as it worked, storing pauses while requests are answered.

    A little where it can keep up with what arrives. Much where it cannot: what waits grows then anyway, and answers come first.
    """
    if (
        in_flight > MANY_IN_FLIGHT
        or bytes_per_second >= STORABLE_BYTES_PER_SECOND
        or requests_per_second > STORABLE_REQUESTS_PER_SECOND
    ):
        return STEPS_BACK
    return STEPS_ASIDE_PER_REQUEST * requests_per_second
