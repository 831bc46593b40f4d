"""Thresholds and pairs of facts that a straight line misses: offered to it, and taken where the visits ask for them.

Each fact offers a step at each of its tenths, each pair of facts its product. A term is taken into a model when what the line
left unexplained goes along with it (a score test), by models that never saw the customers to be judged. Sources: Rao 1948,
Proceedings of the Cambridge Philosophical Society 44:50 (the score test); Belloni, Chernozhukov and Hansen 2014, Review of
Economic Studies 81:608 (choosing among many terms for each of the two questions by itself).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.effects.visits import Floats, Marks, Whole

Numbers: TypeAlias = "NDArray[np.floating]"

SEARCHED_VISITS = 30_000
"""Terms are looked for in no more visits than this; every so many of them if there are more."""

FACTS_SEARCHED = 30
"""Pairs of no more facts than this are offered, the first ones given: 435 pairs."""

TENTHS = np.linspace(0.1, 0.9, 9)
OUTLYING = 4.0
"""Standard deviations beyond which a fact counts no more in a product."""

ASKED_FROM = 3.5
"""Score, in standard errors, from which a term is taken; of a thousand terms that mean nothing half a one goes beyond."""

MOST_TAKEN = 12
"""In one go."""

APART = 0.7
"""Terms that are correlated more than this with one that was taken in the same go say the same again."""


@dataclass(frozen=True)
class Terms:
    """What the facts of some visits offer beyond a straight line."""

    standard: Floats
    """Ones, then the standardised facts: visits × (1 + facts)."""

    @cached_property
    def steps(self) -> tuple[Whole, Floats]:
        """Column and height of every step."""
        at, heights = [], []
        for column in range(1, self.standard.shape[1]):
            values = np.unique(np.quantile(self.standard[:, column], TENTHS, method="lower"))
            if len(np.unique(self.standard[self.searched, column])) > 2:
                at += [column] * len(values)
                heights += values.tolist()
        return np.array(at, np.int64), np.array(heights, np.float64)

    @cached_property
    def pairs(self) -> tuple[Whole, Whole]:
        """Columns of every product."""
        first, second = np.triu_indices(min(self.standard.shape[1] - 1, FACTS_SEARCHED), 1)
        return first + 1, second + 1

    @cached_property
    def searched(self) -> Whole:
        """Rows in which terms are looked for."""
        every = -(-len(self.standard) // SEARCHED_VISITS)
        return np.arange(0, len(self.standard), max(every, 1))

    def columns(self, wanted: Whole) -> Floats:
        """Return these terms for every visit: visits × terms. Steps are numbered before pairs."""
        facts = np.ascontiguousarray(self.standard.T)
        return np.ascontiguousarray(self._values(facts, wanted).T)

    def _values(self, facts: Numbers, wanted: Whole) -> Numbers:
        """Terms × visits, of (1 + facts) × visits: each term in one piece of memory, which is four times as fast."""
        at, heights = self.steps
        first, second = self.pairs
        steps, products = np.flatnonzero(wanted < len(at)), np.flatnonzero(wanted >= len(at))
        found = np.empty((len(wanted), facts.shape[1]), facts.dtype)
        for one in steps:
            np.greater(facts[at[wanted[one]]], heights[wanted[one]], out=found[one], casting="unsafe")
        near = np.clip(facts, -OUTLYING, OUTLYING)
        for one in products:
            pair = wanted[one] - len(at)
            np.multiply(near[first[pair]], near[second[pair]], out=found[one])
        return found

    @cached_property
    def beyond(self) -> NDArray[np.float32]:
        """Every term where it is looked for, less what the line of the facts says of it, in standard deviations.

        Terms × visits looked at. A term that the facts already hold (a pair that never occurs together) becomes 0.
        """
        facts = np.ascontiguousarray(self.standard[self.searched].T.astype(np.float32))
        found: NDArray[np.float32] = self._values(facts, np.arange(len(self.steps[0]) + len(self.pairs[0])))
        usual = np.sqrt(np.maximum(_mean_square(found) - found.mean(axis=1) ** 2, 0.0))
        found -= (np.linalg.pinv(facts @ facts.T, rcond=1e-6, hermitian=True) @ (facts @ found.T)).T @ facts
        spread = np.sqrt(_mean_square(found))  # ones are among the facts: what is left has mean 0
        said = spread > 0.05 * np.maximum(usual, 1e-6)
        found *= np.divide(said, spread, out=np.zeros_like(spread), where=said)[:, None]
        return found

    def asked_for(self, unexplained: Floats, taken: Whole) -> Whole:
        """Return the terms that go along with what is unexplained, one value per searched visit (0: not looked at)."""
        scale = float(np.sqrt(unexplained @ unexplained))
        if scale == 0 or not len(self.beyond):
            return taken
        score = np.abs(self.beyond @ unexplained.astype(np.float32)) / scale
        score[taken] = 0.0
        order = np.argsort(-score, kind="stable")[: 3 * MOST_TAKEN]
        order = order[score[order] > ASKED_FROM]
        alike = np.abs(self.beyond[order] @ self.beyond[order].T) / len(self.searched)
        kept: list[int] = []
        for at in range(len(order)):
            if len(kept) < MOST_TAKEN and (not kept or alike[at, kept].max() < APART):
                kept.append(at)
        return np.concatenate([taken, order[kept]])


def _mean_square(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each row, without a copy of them all."""
    found: NDArray[np.float32] = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[1])
    return found


def standard_columns(columns: Floats, learns: Marks) -> Floats:
    """Return columns with mean 0 and standard deviation 1 where they are learned from."""
    spread = columns[learns].std(axis=0)
    found: Floats = np.divide(
        columns - columns[learns].mean(axis=0), spread, out=np.zeros_like(columns), where=spread > 1e-9
    )
    return found
