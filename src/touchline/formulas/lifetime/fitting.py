"""Fitting a model of buying: its parameters by maximum likelihood, and how sure they are.

Parameters are positive; they are looked for as logarithms, from several starts. Their covariance is the inverse of the
second derivatives at the maximum. Whatever is computed from them takes its uncertainty over by the delta method on the
log scale: forecasts are positive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS, Draws, normal_draws
from touchline.formulas.lifetime.beta_geometric import BetaGeometric
from touchline.formulas.lifetime.histories import Floats, Histories
from touchline.formulas.lifetime.maximum import STEP, curvature, lowest
from touchline.formulas.lifetime.pareto import Pareto

FEWEST_REPEAT_BUYERS = 30
"""Customers who bought more than once; with fewer, the parameters say nothing."""

SMALLEST, LARGEST = 1e-3, 1e3
"""Parameters stay between these: beyond, customers are all alike and a larger parameter changes nothing."""

STARTS = ((0.0, 0.0), (-1.0, 1.0), (0.5, 2.0))
"""Logarithms of (shapes, scale of the rate) to begin with."""

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
        return -float(weight @ MODELS[kind](*np.exp(logs)).log_likelihood(alike)) / float(weight.sum())

    typical = float(np.log(max(histories.age.mean(), 1.0)))
    starts = [(shapes, typical + scale - 1.0, shapes, scale) for shapes, scale in STARTS]
    times = [0.0, typical, 0.0, typical]  # the second and the fourth parameter may be times
    best = lowest(loss, starts, [(np.log(SMALLEST), np.log(LARGEST) + time) for time in times])
    information = curvature(loss, best) * weight.sum() + WEAKEST * np.eye(len(best))
    values, vectors = np.linalg.eigh(information)
    covariance = (vectors / np.maximum(values, WEAKEST)) @ vectors.T
    r, scale, third, fourth = (float(each) for each in np.exp(best))
    return Fitted(kind, (r, scale, third, fourth), covariance, float(-loss(best) * weight.sum()), len(histories))


def _alike(histories: Histories) -> tuple[Histories, Floats]:
    """Customers of one history are looked at once, with how many they are."""
    rows = np.stack([histories.repeats, histories.last, histories.age])
    distinct, count = np.unique(rows, axis=1, return_counts=True)
    return Histories(*distinct), count.astype(np.float64)
