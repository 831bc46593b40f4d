"""Cross-fitting: customers in five parts, so that nobody's visits teach the model that judges them.

Source: Chernozhukov, Chetverikov, Demirer, Duflo, Hansen, Newey and Robins 2018, Econometrics Journal 21:C1, definition 3.1.
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.effects.visits import Floats, Whole

FOLDS = 5

GOLDEN = 0x9E3779B97F4A7C15
"""SplitMix64's increment (Steele, Lea and Flood 2014, OOPSLA): mixes neighbouring numbers well."""


def mixed(values: Whole, seed: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Return each number scrambled by SplitMix64: the same number gives the same result wherever it stands."""
    at = values.astype(np.uint64) * np.uint64(GOLDEN) + np.uint64(seed * GOLDEN % 2**64)
    at = (at ^ (at >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    at = (at ^ (at >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return at ^ (at >> np.uint64(31))


def folds_of(customer: Whole, seed: int, folds: int = FOLDS) -> Whole:
    """Return the fold of each visit, 0 to folds − 1: equally many customers in each, whatever the order of visits."""
    people, whose = np.unique(customer, return_inverse=True)
    fold = np.empty(len(people), np.int64)
    fold[np.argsort(mixed(people, seed), kind="stable")] = np.arange(len(people)) % folds
    found: Whole = fold[whose]
    return found


def steady_order(fold: Whole, customer: Whole, covariates: Floats) -> Whole:
    """Return an order of visits by fold and customer that is the same however the visits came.

    Trees add up in the order they are given: without this, the same visits in another order could give another tree.
    """
    bits = np.ascontiguousarray(covariates + 0.0).view(np.int64)
    key = np.zeros(len(fold), np.uint64)
    for column in range(bits.shape[1]):
        key += mixed(bits[:, column], column + 1)
    found: Whole = np.lexsort((key, customer, fold)).astype(np.int64)
    return found
