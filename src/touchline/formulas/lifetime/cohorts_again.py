"""The shifted beta-geometric fitted to cohorts drawn again from one: what is uncertain about its parameters.

All draws take the same Newton steps at once, from the parameters of the whole cohort and from one that is as usual; one by one they
would take seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from touchline.formulas.lifetime.contracts import LEAST_LOG, MOST_LOG, ShiftedBetaGeometric
from touchline.formulas.lifetime.histories import Floats
from touchline.formulas.lifetime.maximum import STEP

RESAMPLED = 200
USUAL = (0.0, 0.7)
"""Alpha and beta of about one, as logarithms of their ratio and their sum."""
NEWTON_STEPS = 25
FLATTEST = 1e-6
"""Curvature below which a direction counts as flat: a cohort of customers all alike tells two parameters badly apart."""
SHORTER = (1.0, 0.5, 0.25, 0.1, 0.02)
"""Parts of a step that are tried until one helps."""


def fitted_again(
    model: ShiftedBetaGeometric, survivors: Sequence[float], times: int = RESAMPLED
) -> list[ShiftedBetaGeometric]:
    """Return the model of as many cohorts drawn again; those that nobody left tell nothing and are left out."""
    counts = np.asarray(survivors, dtype=np.float64)
    drawn = np.random.default_rng(0).multinomial(int(counts[0]), -np.diff([*counts, 0.0]) / counts[0], times)
    left = drawn[drawn[:, :-1].any(axis=1)].astype(np.float64)
    found = [
        _fitted(np.tile(start, (len(left), 1)), left) for start in (np.log([model.alpha, model.beta]), np.zeros(2))
    ]
    better = _losses(found[1], left) < _losses(found[0], left)
    alpha, beta = _parameters(np.where(better[:, None], found[1], found[0]))
    return [ShiftedBetaGeometric(*each) for each in np.column_stack([alpha, beta]).tolist()]


def _fitted(logs: Floats, left: Floats) -> Floats:
    for _ in range(NEWTON_STEPS):
        logs = _stepped(logs, left)
    return logs


def _parameters(logs: Floats) -> tuple[Floats, Floats]:
    """Alpha and beta, each draws × 1, of log(alpha / beta) and log(alpha + beta): where customers are all alike only the first tells."""
    total = np.exp(logs[:, 1:])
    alpha = total / (1.0 + np.exp(-logs[:, :1]))
    return alpha, total - alpha


def _losses(logs: Floats, left: Floats) -> Floats:
    """Minus the mean log-likelihood of each draw; the last column of `left` are those who stayed."""
    alpha, beta = _parameters(logs)
    at = np.arange(left.shape[1] - 1)
    log_all = np.log(alpha + beta + at)
    log_there = np.cumsum(np.log(beta + at) - log_all, axis=1)
    before = np.column_stack([np.zeros(len(left)), log_there[:, :-1]])
    gone = before + np.log(alpha) - log_all
    likelihood = (left[:, :-1] * gone).sum(axis=1) + left[:, -1] * log_there[:, -1]
    found: Floats = -likelihood / left.sum(axis=1)
    return found


def _stepped(logs: Floats, left: Floats) -> Floats:
    """Take one Newton step for every draw, or a part of it, where it helps."""
    steps = STEP * np.eye(2)
    slope = np.stack([_losses(logs + one, left) - _losses(logs - one, left) for one in steps], axis=1) / (2 * STEP)
    bend = np.empty((len(logs), 2, 2))
    for i, one in enumerate(steps):
        for j, other in enumerate(steps):
            ends = _losses(logs + one + other, left) + _losses(logs - one - other, left)
            bend[:, i, j] = (ends - _losses(logs + one - other, left) - _losses(logs - one + other, left)) / (
                4 * STEP**2
            )
    values, vectors = np.linalg.eigh(bend)
    along = np.einsum("dji,dj->di", vectors, slope) / np.maximum(values, FLATTEST)
    move = np.clip(-np.einsum("dij,dj->di", vectors, along), -1.0, 1.0)
    here, found = _losses(logs, left), logs.copy()
    waiting = np.ones(len(logs), np.bool_)
    for part in SHORTER:
        there = np.clip(logs + part * move, LEAST_LOG, MOST_LOG)
        helps = waiting & (_losses(there, left) < here)
        found[helps] = there[helps]
        waiting &= ~helps
    return found
