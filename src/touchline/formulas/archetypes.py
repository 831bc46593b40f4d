"""How many archetypes there are: as many as BIC prefers among those that come back when people are drawn again.

Sources: Schwarz 1978, Annals of Statistics 6:461 (BIC); Hennig 2007, Computational Statistics & Data Analysis 52:258
(drawing people again tells kinds that are there from kinds that the method made up).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.agreement import adjusted_rand
from touchline.formulas.markov_mixture import SEARCHED_PEOPLE, SEED, Mixture, Ways, located, mixture, only, pooled

Floats: TypeAlias = "NDArray[np.float64]"

DRAWS = 10
STABLE_FROM = 0.8
"""Adjusted Rand index between the kinds and those found in people drawn again, on average."""

STARTS_AGAIN = 3
"""Short runs in people drawn again."""

FEWEST_PEOPLE = 50
"""Fewer cannot be divided into kinds that would come back."""

TYPICAL_FROM = 0.5
"""Share of an archetype's people who reach a touchpoint that belongs to its typical way."""

MAPPED_FROM = 0.1
"""Share of an archetype's people who reach a touchpoint that stands on its small map."""

TELLING_FROM = 0.05
"""A difference in reach from everybody else below this sets nothing apart, however sure it is."""


@dataclass(frozen=True)
class Tried:
    """One number of kinds and what speaks for it."""

    kinds: int
    bic: float
    """Smaller is better."""
    agreement: float | None
    """See `stability`; None where it was not asked: one kind, or BIC spoke against it."""

    @property
    def is_stable(self) -> bool:
        """Whether the kinds come back when people are drawn again."""
        return self.agreement is not None and self.agreement >= STABLE_FROM


@dataclass(frozen=True)
class Chosen:
    """The kinds kept, and all that were tried, in order of their number."""

    mixture: Mixture | None
    """None: there is more than one kind by BIC, and none of the divisions is stable."""
    tried: tuple[Tried, ...]


def choose(ways: Ways, most: int, seed: int = SEED) -> Chosen:
    """Keep, of 1 to `most` kinds, the number with the smallest BIC whose kinds are stable; one kind needs no proof."""
    ways = located(ways)
    fitted = [mixture(ways, kinds, seed) for kinds in range(1, most + 1)]
    tried = {each.kinds: Tried(each.kinds, each.bic, None) for each in fitted}
    better = [each for each in fitted[1:] if each.bic < fitted[0].bic]
    kept = None if better else fitted[0]
    for each in sorted(better, key=lambda one: one.bic):
        tried[each.kinds] = Tried(each.kinds, each.bic, stability(ways, each, seed))
        if tried[each.kinds].is_stable:
            kept = each
            break
    return Chosen(kept, tuple(tried.values()))


def fixed(ways: Ways, kinds: int, seed: int = SEED) -> Chosen:
    """Fit as many kinds as were asked for, stable or not."""
    ways = located(ways)
    found = mixture(ways, kinds, seed)
    return Chosen(found, (Tried(kinds, found.bic, stability(ways, found, seed) if kinds > 1 else None),))


def stability(ways: Ways, found: Mixture, seed: int = SEED, draws: int = DRAWS) -> float:
    """Say how far the kinds come back when people are drawn again: the mean adjusted Rand index over everybody."""
    rng = np.random.default_rng(seed)
    chances = ways.people / ways.people.sum()
    ours, everybody = found.kind_of(ways), pooled(ways)
    agreements = []
    for draw in range(draws):
        again = rng.multinomial(min(ways.n, SEARCHED_PEOPLE), chances)
        theirs = mixture(only(ways, again), found.kinds, seed + draw + 1, STARTS_AGAIN, everybody).kind_of(ways)
        agreements.append(adjusted_rand(crossed(ours, theirs, ways.people, found.kinds)))
    return float(np.mean(agreements))


def crossed(first: NDArray[np.int64], second: NDArray[np.int64], people: Floats, kinds: int) -> Floats:
    """Count people by two groupings: rows are the first, columns the second."""
    counts = np.bincount(first * kinds + second, people, kinds * kinds)
    return counts.reshape(kinds, kinds).astype(np.float64)
