"""What several pains cost together, without counting a lost customer twice.

One penalised logit of the outcome of a cycle on all pains of that cycle and on what was known before it:
value(S) = Σ (p with the pains of S taken away − p), over the cycles. The total is value(all); a pain's marginal amount
is value(all) − value(all but it), what it adds once the others are fixed; its stand-alone amount is value(it alone).
Stand-alone amounts overlap, so no function adds them up; parts share each cycle's loss among its pains in proportion to
their log-odds (Aumann & Shapley 1974, which for a logit is a closed form), and do come to the total.

The penalty is ½‖w‖² on standardised columns, the intercept free. Errors are clustered by customer (sandwich); amounts
take them over by a first-order expansion around the estimate, so that all of them share the same draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws, normal_draws
from touchline.formulas.money_at_stake import Amount, amount_of

Floats = NDArray[np.float64]

ROUNDING = 1e-9

SHORTEST_WAY = 1e-4
"""Log-odds below which a mean slope is the slope itself; dividing by less loses digits."""

FEWEST_OF_EACH = 30
"""Cycles that ended as wanted, and that did not."""

FEWEST_CUSTOMERS = 30
"""Clusters below which a sandwich of errors is too small (Cameron & Miller 2015, J Human Resources 50:317)."""


@dataclass(frozen=True)
class Cycles:
    """One row per cycle (an order and what followed, a month of a contract); arrays have one length."""

    pains: tuple[str, ...]
    had: NDArray[np.bool_]
    """Shape (cycles, pains): whether the customer met this pain in this cycle."""
    before: Floats
    """Shape (cycles, facts): only what was known before the cycle began."""
    outcome: NDArray[np.bool_]
    """Whether the cycle ended as we want, e.g. the customer bought again."""
    customer: NDArray[np.int64]
    """Who; cycles of one customer are not independent."""


@dataclass(frozen=True)
class JointModel:
    """The fitted logit on the columns' own scale: intercept, facts, pains."""

    cycles: Cycles = field(repr=False)
    weights: Floats
    """Log-odds: intercept first, then facts, then pains."""
    covariance: Floats

    def weight(self, pain: str) -> float:
        """Log-odds of the outcome with this pain against without."""
        return float(self.weights[self.first_pain + self.cycles.pains.index(pain)])

    @property
    def first_pain(self) -> int:
        """Where among the weights those of pains begin."""
        return 1 + int(self.cycles.before.shape[1])


@dataclass(frozen=True)
class PainLoss:
    """What one pain costs a month, in three senses that must not be mixed."""

    marginal: Amount
    """What fixing it adds when all others are fixed."""
    stand_alone: Amount
    """What fixing it alone gives back, all others staying as they are. Overlaps: never to be added up."""
    part: Amount
    """Its share of the total; the parts of all pains come to the total."""


@dataclass(frozen=True)
class JointLoss:
    """What the pains cost a month together and each."""

    total: Amount
    pains: dict[str, PainLoss]
    cycles: int


def joint_model(cycles: Cycles) -> JointModel | CannotSay:
    """Fit the logit; a sentence where there is nothing to tell apart."""
    lacking = _lacking(cycles)
    if lacking is not None:
        return lacking
    columns = np.column_stack([cycles.before, cycles.had]).astype(np.float64)
    centre, scale = columns.mean(axis=0), columns.std(axis=0)
    scale[scale < ROUNDING] = 1.0
    design = np.column_stack([np.ones(len(columns)), (columns - centre) / scale])
    weights, hessian = _fitted(design, cycles.outcome)
    residual = cycles.outcome - _logistic(design @ weights)
    _, group = np.unique(cycles.customer, return_inverse=True)
    scores = np.zeros((int(group.max()) + 1, design.shape[1]))
    np.add.at(scores, group, design * residual[:, None])
    inverse = np.linalg.inv(hessian)
    back = np.diag(np.concatenate([[1.0], 1.0 / scale]))
    back[0, 1:] = -centre / scale
    spread = back @ inverse @ (scores.T @ scores) @ inverse @ back.T
    return JointModel(cycles, back @ weights, spread)


def joint_loss(
    model: JointModel | CannotSay, counted: Sequence[str], value: Draws | CannotSay, months: float
) -> JointLoss | CannotSay:
    """Return what the `counted` pains cost a month; the model holds the others fixed as they are.

    `value` are draws of what one outcome is worth, as for money_at_stake; `months` is the time the cycles cover.
    """
    if isinstance(model, CannotSay):
        return model
    if isinstance(value, CannotSay):
        return value
    if not counted:
        return CannotSay("no-firm-pain", "No pain has evidence that allows money, so there is nothing to add up.")
    if months <= 0:
        return CannotSay("no-time", "The data cover no time, so nothing can be said about a month.")
    places = [model.cycles.pains.index(pain) for pain in counted]
    steps = _steps(model, value.size)

    def amount(regained: _Regained) -> Amount:
        return amount_of((regained.outcomes + regained.slope @ steps) * value / months)

    every = _regained(model, places)
    parts = _parts(model, places)
    pains = {
        pain: PainLoss(
            marginal=amount(every - _regained(model, [each for each in places if each != place])),
            stand_alone=amount(_regained(model, [place])),
            part=amount(part),
        )
        for pain, place, part in zip(counted, places, parts, strict=True)
    }
    return JointLoss(amount(every), pains, len(model.cycles.outcome))


@dataclass(frozen=True)
class _Regained:
    """Outcomes regained over all cycles, and how they move with the weights."""

    outcomes: float
    slope: Floats

    def __sub__(self, other: _Regained) -> _Regained:
        return _Regained(self.outcomes - other.outcomes, self.slope - other.slope)


def _regained(model: JointModel, places: Sequence[int]) -> _Regained:
    """value(S) of the pains at these places."""
    design, now, without = _two_worlds(model, places)
    slope_now, slope_without = now * (1 - now), without * (1 - without)
    slope = slope_without @ design - slope_now @ design
    at = [model.first_pain + place for place in places]
    slope[at] -= slope_without @ design[:, at]
    return _Regained(float((without - now).sum()), slope)


def _parts(model: JointModel, places: Sequence[int]) -> list[_Regained]:
    """Each pain's share of value(all): its log-odds times the mean slope of the logit on the way from now to without."""
    design, now, without = _two_worlds(model, places)
    at = [model.first_pain + place for place in places]
    given = -(design[:, at] * model.weights[at])
    way = given.sum(axis=1)
    is_short = np.abs(way) < SHORTEST_WAY
    length = np.where(is_short, 1.0, way)
    slope_now, slope_without = now * (1 - now), without * (1 - without)
    mean_slope = np.where(is_short, slope_now, (without - now) / length)
    by_start = np.where(is_short, slope_now * (1 - 2 * now), (slope_without - slope_now) / length)
    by_way = np.where(is_short, slope_now * (1 - 2 * now) / 2, (slope_without - mean_slope) / length)
    found = []
    for own, place in enumerate(at):
        slope = (given[:, own] * by_start) @ design
        slope[at] -= (given[:, own] * by_way) @ design[:, at]
        slope[place] -= mean_slope @ design[:, place]
        found.append(_Regained(float(given[:, own] @ mean_slope), slope))
    return found


def _two_worlds(model: JointModel, places: Sequence[int]) -> tuple[Floats, Floats, Floats]:
    """The columns, and each cycle's chance of the outcome as it was and with these pains taken away."""
    cycles = model.cycles
    design = np.column_stack([np.ones(len(cycles.outcome)), cycles.before, cycles.had]).astype(np.float64)
    at = [model.first_pain + place for place in places]
    log_odds = design @ model.weights
    return design, _logistic(log_odds), _logistic(log_odds - design[:, at] @ model.weights[at])


def _steps(model: JointModel, draws: int) -> Floats:
    """Draws of how far the weights are from the estimate, shape (weights, draws)."""
    values, vectors = np.linalg.eigh(model.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    steps: Floats = root @ np.stack([normal_draws(f"joint: {at}", 0.0, 1.0, draws) for at in range(len(root))])
    return steps


def _fitted(design: Floats, outcome: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The weights on standardised columns, and the second derivatives of the penalised likelihood there."""
    from sklearn.linear_model import LogisticRegression  # takes a second to import

    fit = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-8).fit(design[:, 1:], outcome)
    weights = np.concatenate([fit.intercept_, fit.coef_[0]])
    chance = _logistic(design @ weights)
    penalty = np.diag(np.concatenate([[0.0], np.ones(design.shape[1] - 1)]))
    return weights, (design * (chance * (1 - chance))[:, None]).T @ design + penalty


def _logistic(log_odds: Floats) -> Floats:
    from scipy.special import expit

    chances: Floats = expit(log_odds)
    return chances


def _lacking(cycles: Cycles) -> CannotSay | None:
    """What is missing for a joint model; None where nothing is."""
    ended_well = int(cycles.outcome.sum())
    ended_otherwise = len(cycles.outcome) - ended_well
    if not cycles.pains:
        return CannotSay("no-pain", "There is no pain to put into the joint model.")
    if min(ended_well, ended_otherwise) < FEWEST_OF_EACH:
        return CannotSay(
            "too-few-outcomes",
            f"Of {len(cycles.outcome):,} cycles {ended_well:,} ended as wanted and {ended_otherwise:,} did not;"
            f" the joint model needs at least {FEWEST_OF_EACH} of each.",
        )
    if len(np.unique(cycles.customer)) < FEWEST_CUSTOMERS:
        return CannotSay(
            "too-few-customers",
            f"All cycles are of fewer than {FEWEST_CUSTOMERS} customers, so nothing can be said about customers.",
        )
    return None
