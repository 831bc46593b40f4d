"""What is true about a planted world, by simulating what would have been. The product never reads it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.world.planted.life import DAYS, OUTCOME_DAYS, Life
from touchline.world.planted.plan import Plan

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MEAN_ORDER_EUR = 45.0
MARGIN = 0.4
"""Of an order's value; the company types it into its assumptions."""


@dataclass(frozen=True)
class Truth:
    """Arrays by place. A journey counts where its 90 days lie within the files."""

    ids: tuple[str, ...]
    """In journey.toml."""
    number: Whole
    """The part played, #0..#39."""
    stage: Whole
    effect: Floats
    """Change of the logit of ordering again."""
    journeys: Whole
    """With a visit here."""
    sufferers: Whole
    """Journeys with a bad visit here."""
    att: Floats
    """Mean change of the probability of ordering within 90 days, over those who suffered; 0 where nobody did."""
    lost_orders: Floats
    """Orders that would have been placed had the visits here been fine, all else as it was."""
    lost_margin_eur: Floats
    """The same in euros: only the next order, at the mean order and the margin."""
    lost_orders_of_all: float
    """Orders that would have been placed had every visit been fine: less than the sum of `lost_orders`."""
    naive: Floats
    """Difference of the share who ordered, bad against fine visits, nothing adjusted."""

    @property
    def drivers(self) -> tuple[str, ...]:
        """Ids of the true drivers, the costliest in orders first."""
        true = [place for place in np.argsort(-self.lost_orders).tolist() if self.effect[place] < 0]
        return tuple(self.ids[place] for place in true)

    def of(self, number: int) -> int:
        """The place of part #`number`."""
        return int(np.flatnonzero(self.number == number)[0])


def truth_of(plan: Plan, life: Life) -> Truth:
    """Compute it for every touchpoint: each bad visit undone by itself, and then all of them."""
    journeys = life.journeys
    within = journeys.begins + OUTCOME_DAYS <= DAYS
    bad, chance, calm = journeys.bad[within], journeys.chance[within], journeys.calm[within]
    visited, orders = journeys.visited[within], journeys.orders[within]
    logit = calm + bad @ plan.effect
    suffered = bad.sum(axis=0)
    lost, naive = np.zeros(plan.touchpoints), np.zeros(plan.touchpoints)
    for place in range(plan.touchpoints):
        here, fine = bad[:, place], visited[:, place] & ~bad[:, place]
        without = 1 / (1 + np.exp(-(logit[here] - plan.effect[place])))
        lost[place] = float((without - chance[here]).sum())
        naive[place] = float(orders[here].mean() - orders[fine].mean()) if here.any() and fine.any() else 0.0
    return Truth(
        ids=tuple(name.id for name in plan.names),
        number=plan.number,
        stage=plan.stage,
        effect=plan.effect,
        journeys=visited.sum(axis=0),
        sufferers=suffered,
        att=-lost / np.maximum(suffered, 1),
        lost_orders=lost,
        lost_margin_eur=lost * MEAN_ORDER_EUR * MARGIN,
        lost_orders_of_all=float((1 / (1 + np.exp(-calm)) - chance).sum()),
        naive=naive,
    )
