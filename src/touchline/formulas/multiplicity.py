"""Many comparisons at once: what share of the findings would be false.

Source: Benjamini and Hochberg 1995, JRSS B 57:289.
"""

from __future__ import annotations

from collections.abc import Sequence

FALSE_FINDINGS = 0.10
"""The share of false findings we accept among everything called a finding."""


def q_values(p: Sequence[float]) -> tuple[float, ...]:
    """Return the Benjamini–Hochberg adjusted value of each p, in the order given."""
    count = len(p)
    smallest = 1.0
    adjusted = [1.0] * count
    for rank, index in reversed(list(enumerate(sorted(range(count), key=lambda i: p[i]), start=1))):
        smallest = min(smallest, p[index] * count / rank)
        adjusted[index] = smallest
    return tuple(adjusted)


def findings(p: Sequence[float], q: float = FALSE_FINDINGS) -> tuple[bool, ...]:
    """Return for each p whether it counts as a finding when at most a share q of all findings may be false."""
    return tuple(value < q for value in q_values(p))
