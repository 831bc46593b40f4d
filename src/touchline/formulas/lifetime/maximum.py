"""Looking for the maximum of a likelihood whose parameters are positive: as logarithms, from several starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from touchline.formulas.lifetime.histories import Floats

Loss = Callable[[Floats], float]
"""Minus the mean log-likelihood, of the parameters' logarithms."""

STEP = 1e-3
"""Of numerical derivatives, on the log scale."""

HOPELESS = 1e10
"""Loss where the likelihood is not a number."""


def lowest(loss: Loss, starts: Sequence[Sequence[float]], bounds: Sequence[tuple[float, float]]) -> Floats:
    """Return where the loss is lowest; `bounds` are of the logarithms."""
    from scipy.optimize import minimize

    def safe(at: Floats) -> float:
        found = loss(at)
        return found if np.isfinite(found) else HOPELESS

    found = [minimize(safe, start, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200}).x for start in starts]
    best: Floats = min(found, key=safe)
    return _polished(safe, best)


def curvature(loss: Loss, at: Floats) -> Floats:
    """Return the second derivatives."""
    steps = list(STEP * np.eye(len(at)))
    found = np.empty((len(at), len(at)))
    for i, one in enumerate(steps):
        for j, other in enumerate(steps[: i + 1]):
            corners = loss(at + one + other) - loss(at + one - other) - loss(at - one + other) + loss(at - one - other)
            found[i, j] = found[j, i] = corners / (4 * STEP**2)
    return found


def _polished(loss: Loss, at: Floats) -> Floats:
    """Take Newton steps while they help: the differences of the search leave the third decimal open."""
    for _ in range(3):
        try:
            there = at - np.linalg.solve(curvature(loss, at), _slope(loss, at))
        except np.linalg.LinAlgError:
            break
        if not np.all(np.abs(there - at) < 1.0) or loss(there) >= loss(at):
            break
        at = there
    return at


def _slope(loss: Loss, at: Floats) -> Floats:
    return np.array([(loss(at + step) - loss(at - step)) / (2 * STEP) for step in STEP * np.eye(len(at))])
