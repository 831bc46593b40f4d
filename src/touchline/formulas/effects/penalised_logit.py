"""A logistic regression with a small penalty, once for each fold by models that never saw it.

All folds are fitted together. The model of everybody is found first, by Newton's steps; what a fold's visits add to its
curvature is then taken away, and each fold's model is a few cheap steps from there. Sources: McCullagh and Nelder 1989,
Generalized Linear Models, section 4.4 (Newton's steps); le Cessie and van Houwelingen 1992, Applied Statistics 41:191
(the squared penalty).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np
from scipy.special import expit

from touchline.formulas.effects.visits import Floats, Marks, Whole

STEPS = 50
CHEAP_STEPS = 30
CLOSE = 1e-6
"""Coefficients of standardised facts that move by less have arrived."""

SHRINKING = 0.2
"""A step longer than this share of the last one asks for the curvature where it began."""

BLOCK = 65_536
"""Visits weighed at a time: a weighted copy of all of them would double the memory."""


def logits(x: Floats, y: Floats, fold: Whole, used: Marks, penalty: float) -> Floats:
    """Return the coefficients by fold (columns × folds), learned from the `used` rows of the other folds.

    x: rows × columns, standardised, the first column all ones (it is not penalised). y: 0 or 1.
    """
    folds = int(fold.max()) + 1
    ridge = _ridge(x, penalty)
    everybody = _newton(x, y, used.astype(np.float64)[:, None], ridge, np.zeros((x.shape[1], 1)))
    weight = used.astype(np.float64) * _spread(expit(x @ everybody[:, 0]))
    parts = np.stack([_curvature(x[fold == one], weight[fold == one]) for one in range(folds)])
    learns = used[:, None] & (fold[:, None] != np.arange(folds))
    return _from_nearby(x, y, learns.astype(np.float64), ridge, np.repeat(everybody, folds, axis=1), parts)


def logit(x: Floats, y: Floats, penalty: float, start: Floats) -> Floats:
    """Return the coefficients of one model of all rows, from coefficients that are near."""
    found: Floats = _newton(x, y, np.ones((len(x), 1)), _ridge(x, penalty), start[:, None])[:, 0]
    return found


def chances(x: Floats, beta: Floats) -> Floats:
    """Return the chance of 1 in every row."""
    found: Floats = expit(x @ beta)
    return found


def _ridge(x: Floats, penalty: float) -> Floats:
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 0.0
    return ridge


def _from_nearby(x: Floats, y: Floats, learns: Floats, ridge: Floats, beta: Floats, parts: Floats) -> Floats:
    """Each fold's model, from the model of everybody, with the curvature found there; Newton's own where that fails."""
    curvatures = parts.sum(axis=0) - parts + np.diag(ridge)
    for _ in range(CHEAP_STEPS):
        step = np.linalg.solve(curvatures, _slopes(x, y, learns, ridge, beta).T[:, :, None])[:, :, 0].T
        beta = beta + step
        if np.abs(step).max() < CLOSE:
            return beta
    return np.hstack(
        [_newton(x, y, learns[:, [one]], ridge, np.zeros((x.shape[1], 1))) for one in range(beta.shape[1])]
    )


def _newton(x: Floats, y: Floats, learns: Floats, ridge: Floats, beta: Floats) -> Floats:
    """One model (one column) by Newton's steps, halved while they do not gain.

    The curvature is what costs; it is kept as long as steps with it shrink fast.
    """
    reached = _gain(x, y, learns, ridge, beta)
    curvature, last = None, inf
    for _ in range(STEPS):
        if curvature is None:
            weight = learns[:, 0] * _spread(expit(x @ beta[:, 0]))
            curvature = _curvature(x, weight) + np.diag(ridge)
        step: Floats = np.linalg.solve(curvature, _slopes(x, y, learns, ridge, beta)).astype(np.float64)
        beta, reached = _halved(x, y, learns, ridge, beta, step, reached)
        moved = float(np.abs(step).max())
        if moved < CLOSE:
            break
        if moved > SHRINKING * last:
            curvature = None
        last = moved
    return beta


def _halved(
    x: Floats, y: Floats, learns: Floats, ridge: Floats, beta: Floats, step: Floats, reached: float
) -> tuple[Floats, float]:
    for halvings in range(12):
        tried = beta + step / 2**halvings
        gained = _gain(x, y, learns, ridge, tried)
        if gained >= reached - 1e-9 * abs(reached):
            return tried, gained
    return beta, reached


def _gain(x: Floats, y: Floats, learns: Floats, ridge: Floats, beta: Floats) -> float:
    """The penalised log-likelihood of one model."""
    score = x @ beta[:, 0]
    return float(learns[:, 0] @ (y * score - np.logaddexp(0.0, score)) - 0.5 * ridge @ beta[:, 0] ** 2)


def _slopes(x: Floats, y: Floats, learns: Floats, ridge: Floats, beta: Floats) -> Floats:
    residual = learns * (y[:, None] - expit(x @ beta))
    found: Floats = x.T @ residual - ridge[:, None] * beta
    return found


def _spread(chance: Floats) -> Floats:
    return np.maximum(chance * (1.0 - chance), 1e-10)


def _curvature(x: Floats, weight: Floats) -> Floats:
    total = np.zeros((x.shape[1], x.shape[1]))
    for rows in _blocks(len(x)):
        part = x[rows] * np.sqrt(weight[rows, None])
        total += part.T @ part  # of a matrix with itself NumPy computes only one half
    return total


def _blocks(count: int) -> Iterator[slice]:
    yield from (slice(begin, begin + BLOCK) for begin in range(0, count, BLOCK))
