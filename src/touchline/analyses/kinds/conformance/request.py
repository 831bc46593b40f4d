"""What is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Conformance:
    """Compare journeys with the order they should have."""

    order: tuple[str, ...] = ()
    """Steps as the journey definition writes them (basket, product+, review?, search | browse); () takes its own."""
    most: int = 12
    """How many deviations are listed."""
