"""Which answers of one survey go together with the overall one: shares of explained variance, not effects.

Up to twelve items by the mean of what each adds to R² over all orders (LMG, the Shapley value of R²); above that by Johnson's
relative weights, which are the same for two items and close beyond. Sources: Lindeman, Merenda and Gold 1980, Introduction to
Bivariate and Multivariate Analysis, page 119; Grömping 2007, The American Statistician 61:139; Johnson 2000, Multivariate
Behavioral Research 35:1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.visits import Floats, Whole

MOST_EXACT = 12
"""Items up to which all orders are asked: 4,096 sets."""

DRAWS = 400
SEED = 19_800_119
ANSWERS_PER_ITEM = 10


@dataclass(frozen=True)
class Weight:
    """One item's share of the explained variance."""

    item: str
    r2: float
    """What it adds to R²; all items' add up to the whole."""
    share: float
    """Of what is explained, 0 to 1."""
    low: float
    high: float
    """95 % interval of the share, from people drawn again."""


def relative_weights(
    items: Floats, overall: Floats, names: tuple[str, ...], draws: int = DRAWS, seed: int = SEED
) -> tuple[Weight, ...] | CannotSay:
    """Return the weight of each item, in the order given. items: people × items; overall: one answer per person."""
    people, count = items.shape
    if people < ANSWERS_PER_ITEM * count or count == 0:
        return CannotSay(
            "few-answers",
            f"{people:,} people answered all {count} items; at least {ANSWERS_PER_ITEM} for each item are needed.",
        )
    same = [
        name
        for name, column in zip((*names, "the overall answer"), (*items.T, overall), strict=True)
        if np.ptp(column) == 0
    ]
    if same:
        return CannotSay(
            "answers-constant", f"Everybody answered the same to {same[0]}: nothing goes together with it."
        )
    found = weights_of(_correlations(items, overall, [np.arange(people)]))[0]
    chance = np.random.default_rng(seed)
    drawn = weights_of(_correlations(items, overall, [chance.integers(0, people, (people,)) for _ in range(draws)]))
    low, high = np.quantile(_shares(drawn), [0.025, 0.975], axis=0)
    return tuple(
        Weight(name, float(r2), float(share), float(low[at]), float(high[at]))
        for at, (name, r2, share) in enumerate(zip(names, found, _shares(found), strict=True))
    )


def weights_of(correlations: Floats) -> Floats:
    """Return what each item adds to R²: draws × items, from draws × correlations of the items and, last, the overall answer."""
    count = correlations.shape[-1] - 1
    if count <= MOST_EXACT:
        return lmg(r2_of_sets(correlations))
    return np.array([johnson(one) for one in correlations])


def lmg(r2: Floats) -> Floats:
    """Return the mean of what each item adds to R² over all orders: draws × items.

    r2: draws × 2^items; the items of a set are the bits of its position, the first item's the lowest, the empty set's R² is 0.
    """
    count = r2.shape[-1].bit_length() - 1
    sets = np.arange(r2.shape[-1])
    size = np.bitwise_count(sets)
    orders = np.array([1 / (count * comb(count - 1, before)) for before in range(count)])
    added = []
    for item in range(count):
        without = sets[(sets >> item) & 1 == 0]
        added.append((r2[:, without | 1 << item] - r2[:, without]) @ orders[size[without]])
    return np.stack(added, axis=-1)


def r2_of_sets(correlations: Floats) -> Floats:
    """Return R² of every set of items: draws × 2^items, as `lmg` wants it.

    Each set takes one item more out of what another leaves, for all draws at once (Goodnight 1979, The American Statistician
    33:149).
    """
    count = correlations.shape[-1] - 1
    r2 = np.zeros((len(correlations), 2**count))
    _take_out(correlations, 0, 0, r2)
    return r2


def _take_out(left: Floats, members: int, first: int, r2: Floats) -> None:
    for at in range(left.shape[-1] - 1):
        own = left[:, at, at]
        weight = np.divide(
            left[:, at, at + 1 :], own[:, None], out=np.zeros_like(left[:, at, at + 1 :]), where=own[:, None] > 1e-9
        )
        beyond = left[:, at + 1 :, at + 1 :] - left[:, at + 1 :, at, None] * weight[:, None, :]
        found = members | 1 << (first + at)
        r2[:, found] = 1 - beyond[:, -1, -1]
        _take_out(beyond, found, first + at + 1, r2)


def johnson(correlation: Floats) -> Floats:
    """Return Johnson's weights: R² divided among the nearest orthogonal items, and those among the items."""
    among, with_overall = correlation[:-1, :-1], correlation[:-1, -1]
    values, vectors = np.linalg.eigh(among)
    root = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    found: Floats = root**2 @ (np.linalg.pinv(root) @ with_overall) ** 2
    return found


def _correlations(items: Floats, overall: Floats, drawn: list[Whole]) -> Floats:
    """Correlations among people drawn again; 0 with an answer that is the same for all of them."""
    table = np.column_stack([items, overall])
    found = np.empty((len(drawn), table.shape[1], table.shape[1]))
    for at, people in enumerate(drawn):
        chosen = table[people]
        spread = chosen.std(axis=0)
        standard = np.divide(chosen - chosen.mean(axis=0), spread, out=np.zeros_like(chosen), where=spread > 1e-12)
        found[at] = standard.T @ standard / len(people)
        np.fill_diagonal(found[at], 1.0)
    return found


def _shares(r2: Floats) -> Floats:
    total = r2.sum(axis=-1, keepdims=True)
    shares: Floats = np.divide(r2, total, out=np.zeros_like(r2), where=total > 0)
    return shares
