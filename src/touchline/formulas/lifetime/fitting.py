"""Fitting a model of buying: its parameters by maximum likelihood, and how sure they are.

Parameters are positive; they are looked for as logarithms, from several starts. Their covariance is the inverse of the
second derivatives at the maximum. Whatever is computed from them takes its uncertainty over by the delta method on the
log scale: forecasts are positive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS, Draws, normal_draws
from touchline.formulas.lifetime.beta_geometric import BetaGeometric
from touchline.formulas.lifetime.histories import Floats, Histories
from touchline.formulas.lifetime.pareto import Pareto

FEWEST_REPEAT_BUYERS = 30
"""Customers who bought more than once; with fewer, the parameters say nothing."""

SMALLEST, LARGEST = 1e-3, 1e3
"""Parameters stay between these: beyond, customers are all alike and a larger parameter changes nothing."""

STARTS = ((0.0, 0.0), (-1.0, 1.0), (0.5, 2.0))
"""Logarithms of (shapes, scale of the rate) to begin with."""

STEP = 1e-3
"""Of numerical derivatives, on the log scale."""

WEAKEST = 0.01
"""Added to the curvature: a direction in which the likelihood is flat has a standard deviation of 10 at most."""


class PurchaseModel(Protocol):
    """A model of buying with its parameters."""

    def log_likelihood(self, histories: Histories) -> Floats:
        """Of each customer's history."""
        ...

    def alive(self, histories: Histories) -> Floats:
        """Chance of each customer not to have left."""
        ...

    def expected(self, histories: Histories, weeks: float) -> Floats:
        """Purchases expected of each customer in the coming weeks."""
        ...


MODELS: dict[str, Callable[..., PurchaseModel]] = {
    "mbg": BetaGeometric,
    "bg": lambda r, alpha, a, b: BetaGeometric(r, alpha, a, b, leaves_at_first=False),
    "pareto": Pareto,
}
"""Each is made of four positive parameters, the second a time."""


@dataclass(frozen=True)
class Fitted:
    """A model that was fitted."""

    kind: str
    """Key of MODELS."""
    parameters: tuple[float, float, float, float]
    covariance: Floats = field(repr=False, compare=False)
    """Of the parameters' logarithms."""
    log_likelihood: float
    customers: int

    @property
    def model(self) -> PurchaseModel:
        """The model at its best parameters."""
        return MODELS[self.kind](*self.parameters)

    def drawn(self, figure: Callable[[PurchaseModel], float], key: str, draws: int = DRAWS) -> Draws:
        """Return draws of a positive figure of the model, by the delta method on its logarithm."""
        only: Draws = self.drawn_each(lambda model: np.array([figure(model)]), key, draws)[0]
        return only

    def drawn_each(self, figures: Callable[[PurchaseModel], Floats], key: str, draws: int = DRAWS) -> Draws:
        """Return draws of several positive figures, shape (figures, draws); one draw has the same parameters for all."""
        centre = np.log(self.parameters)

        def logs_of(logs: Floats) -> Floats:
            return np.log(np.maximum(figures(MODELS[self.kind](*np.exp(logs))), SMALLEST_FIGURE))

        steps = STEP * np.eye(len(centre))
        slopes = np.stack([(logs_of(centre + step) - logs_of(centre - step)) / (2 * STEP) for step in steps])
        values, vectors = np.linalg.eigh(self.covariance)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        normal = np.stack([normal_draws(f"{key} {at}", 0.0, 1.0, draws) for at in range(len(root))])
        logs: Floats = logs_of(centre)[:, None] + slopes.T @ root @ normal
        return np.exp(np.minimum(logs, LARGEST_LOG))


LARGEST_LOG = 100.0
"""Where parameters are all but unknown, draws run away; they stay numbers."""

SMALLEST_FIGURE = 1e-12
"""What counts as nothing, where a logarithm is taken."""


def fit(kind: str, histories: Histories) -> Fitted | CannotSay:
    """Fit a model to customers' histories; a sentence where too few have bought again.

    Raises KeyError for a kind that is none of MODELS.
    """
    repeat_buyers = int((histories.repeats > 0).sum())
    if repeat_buyers < FEWEST_REPEAT_BUYERS:
        return CannotSay(
            "too-few-repeat-buyers",
            f"{repeat_buyers} of {len(histories):,} customers bought again; what customers will buy can be forecast "
            f"from {FEWEST_REPEAT_BUYERS} such customers on.",
        )
    alike, weight = _alike(histories)

    def loss(logs: Floats) -> float:
        found = -float(weight @ MODELS[kind](*np.exp(logs)).log_likelihood(alike)) / weight.sum()
        return found if np.isfinite(found) else 1e10

    best = min((_lowest(loss, start, histories) for start in STARTS), key=loss)
    best, curvature = _polished(loss, best)
    information = curvature * weight.sum() + WEAKEST * np.eye(len(best))
    values, vectors = np.linalg.eigh(information)
    covariance = (vectors / np.maximum(values, WEAKEST)) @ vectors.T
    r, scale, third, fourth = (float(each) for each in np.exp(best))
    return Fitted(kind, (r, scale, third, fourth), covariance, float(-loss(best) * weight.sum()), len(histories))


def _alike(histories: Histories) -> tuple[Histories, Floats]:
    """Customers of one history are looked at once, with how many they are."""
    rows = np.stack([histories.repeats, histories.last, histories.age])
    distinct, count = np.unique(rows, axis=1, return_counts=True)
    return Histories(*distinct), count.astype(np.float64)


def _lowest(loss: Callable[[Floats], float], start: tuple[float, float], histories: Histories) -> Floats:
    from scipy.optimize import minimize

    shapes, scale = start
    typical = float(np.log(max(histories.age.mean(), 1.0)))
    first = np.array([shapes, typical + scale - 1.0, shapes, scale])
    bounds = [(np.log(SMALLEST), np.log(LARGEST) + (typical if at in (1, 3) else 0.0)) for at in range(4)]
    found: Floats = minimize(loss, first, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200}).x
    return found


def _polished(loss: Callable[[Floats], float], at: Floats) -> tuple[Floats, Floats]:
    """Take Newton steps while they help: differences of the search leave the third decimal open. Also the curvature."""
    curvature = _curvature(loss, at)
    for _ in range(3):
        slope = _slope(loss, at)
        try:
            there = at - np.linalg.solve(curvature, slope)
        except np.linalg.LinAlgError:
            break
        if not np.all(np.abs(there - at) < 1.0) or loss(there) >= loss(at):
            break
        at, curvature = there, _curvature(loss, there)
    return at, curvature


def _slope(loss: Callable[[Floats], float], at: Floats) -> Floats:
    steps = STEP * np.eye(len(at))
    return np.array([(loss(at + step) - loss(at - step)) / (2 * STEP) for step in steps])


def _curvature(loss: Callable[[Floats], float], at: Floats) -> Floats:
    steps: Sequence[Floats] = list(STEP * np.eye(len(at)))
    found = np.empty((len(at), len(at)))
    for i, one in enumerate(steps):
        for j, other in enumerate(steps[: i + 1]):
            corners = loss(at + one + other) - loss(at + one - other) - loss(at - one + other) + loss(at - one - other)
            found[i, j] = found[j, i] = corners / (4 * STEP**2)
    return found
