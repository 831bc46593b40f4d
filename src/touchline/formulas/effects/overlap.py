"""Whether bad visits have fine ones to be compared with.

A bad visit has its like among the fine ones unless it was all but certain to be bad; that it was unlikely to be bad does no harm,
since what is asked is what those who had it lost (ADR-0014). Fine visits are weighted by the odds of having been bad, so that they
look like the bad ones; how alike is told by standardised mean differences, and how many visits that leaves by Kish's effective
sample size. Sources: Heckman, Ichimura and Todd 1997, Review of Economic Studies 64:605 (the effect on the treated needs fine ones
like the bad, not the reverse); Austin 2009, Statistics in Medicine 28:3083 (below 0.1 is alike); Kish 1965, Survey Sampling, section
11.7.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.formulas.effects.visits import Floats, Visits

MOST_CHANCE = 0.95
COMPARABLE_FROM = 0.90
"""The share of bad visits whose chance of being bad must not be above that."""

ALIKE_BELOW = 0.1
EFFECTIVE_FROM = 100.0


@dataclass(frozen=True)
class Overlap:
    """How comparable bad and fine visits are, after weighting."""

    comparable: float
    """Share of bad visits whose chance of being bad was at most 0.95."""
    unlike: float
    """The largest standardised difference of a fact between bad visits and weighted fine ones."""
    most_unlike: str
    """The fact it belongs to; '' where there are no facts."""
    effective_sufferers: float
    """Customers with a bad visit, those with many counted for less than their visits."""
    effective_fine: float
    """Fine visits, those with much weight counted for less than their weight."""

    @property
    def is_enough(self) -> bool:
        """Whether an effect may be estimated at all."""
        return (
            self.comparable >= COMPARABLE_FROM
            and self.unlike < ALIKE_BELOW
            and min(self.effective_sufferers, self.effective_fine) >= EFFECTIVE_FROM
        )


def overlap(visits: Visits, standard: Floats, chance: Floats, weight: Floats) -> Overlap:
    """Compare bad visits with weighted fine ones. `chance` of being bad and `weight` of fine visits, one per visit."""
    bad, fine = visits.bad, ~visits.bad
    differences = np.abs(_means(standard[bad, 1:], np.ones(int(bad.sum()))) - _means(standard[fine, 1:], weight[fine]))
    scale = standard[bad, 1:].std(axis=0)
    differences = np.divide(differences, scale, out=differences, where=scale > 0)
    most = int(differences.argmax()) if len(differences) else -1
    return Overlap(
        comparable=float(np.mean(chance[bad] <= MOST_CHANCE)),
        unlike=float(differences[most]) if most >= 0 else 0.0,
        most_unlike=visits.names[most] if most >= 0 else "",
        effective_sufferers=effective_size(np.unique(visits.customer[bad], return_counts=True)[1].astype(np.float64)),
        effective_fine=effective_size(weight[fine]),
    )


def effective_size(weight: Floats) -> float:
    """Return how many equally weighted ones these are worth: (Σw)² / Σw²; 0 where all weigh nothing."""
    squares = float(weight @ weight)
    return float(weight.sum()) ** 2 / squares if squares > 0 else 0.0


def _means(facts: Floats, weight: Floats) -> Floats:
    found: Floats = weight @ facts / weight.sum()
    return found
