"""Robustness value: how much of what is left unexplained a hidden cause would have to explain, beside what a known one does.

Computed from the linear regression of outcome and of bad visits on the same facts. A hidden cause that explains a share R of
what is left of both moves the estimate by f = √(R² / (1 − R)); the robustness value is the R that takes it to zero. Facts are
measured on the same scale, each as if it were the hidden one. Source: Cinelli and Hazlett 2020, JRSS B 82:39, equations 7, 19,
20 and 4.4 (benchmarks).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, inf, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.visit_effect import standardised
from touchline.formulas.effects.visits import Floats, Visits, as_outcome

MOST_TIMES = 100.0
"""Beyond, 'so many times as strong' tells nothing more."""


@dataclass(frozen=True)
class Benchmark:
    """A known fact, as if it were the hidden cause."""

    fact: str
    of_bad: float
    """Share of what is left of bad visits that it explains (partial R²)."""
    of_outcome: float
    """Share of what is left of the outcome that it explains."""
    value: float
    """The robustness value that a cause of its strength would need."""
    times: float
    """How many times as strong as this fact a hidden cause would have to be to take the effect to zero."""


@dataclass(frozen=True)
class Robustness:
    """How strong a hidden cause would have to be. All values are shares, 0 to 1."""

    value: float
    """Share of what is left of both bad visits and outcome that would take the effect to zero."""
    value_95: float
    """That would make the 95 % interval reach zero; 0 where it does already."""
    partial_r2: float
    """Share of what is left of the outcome that bad visits explain."""
    strongest: Benchmark | None
    """The fact that comes nearest to explaining the effect away; None where there are no facts."""

    @property
    def passes(self) -> bool:
        """Whether a hidden cause would have to be stronger than the strongest known one."""
        return self.value > 0 and (self.strongest is None or self.value > self.strongest.value)


def robustness_value(t: float, degrees_of_freedom: int, share: float = 1.0) -> float:
    """Return the value that takes away a share of an estimate with this t (equation 19)."""
    return _value(share * abs(t) / sqrt(degrees_of_freedom))


def robustness_value_at(t: float, degrees_of_freedom: int, alpha: float = 0.05) -> float:
    """Return the value from which on the estimate is not significant any more (equation 20)."""
    critical = float(stdtrit(degrees_of_freedom - 1, 1 - alpha / 2)) / sqrt(degrees_of_freedom - 1)
    return _value(max(abs(t) / sqrt(degrees_of_freedom) - critical, 0.0))


def partial_r2(t: float, degrees_of_freedom: int) -> float:
    """Return the share of what is left that a coefficient with this t explains."""
    return t * t / (t * t + degrees_of_freedom)


def robustness(visits: Visits, outcome: NDArray[np.generic], z: float) -> Robustness | CannotSay:
    """Compare what it would take with the strongest fact. `z` of the adjusted effect, whose errors go by customer.

    Columns of one name are one fact. The companion regression has to agree with the effect's sign, else nothing is left.
    """
    y, bad = as_outcome(outcome, len(visits)), visits.bad.astype(np.float64)
    every = standardised(visits.covariates)
    varies = np.abs(every).max(axis=0, initial=0.0) > 0
    x, names = every[:, varies], [name for name, kept in zip(visits.names, varies[1:].tolist(), strict=True) if kept]
    freedom = len(y) - x.shape[1] - 1
    if freedom < 2 or y.min() == y.max():
        return CannotSay("few-visits", "There are fewer visits than facts, or the outcome never varies.")
    of_bad, of_outcome = _Regression.of(x, bad), _Regression.of(np.column_stack([x, bad]), y)
    t = of_outcome.t(x.shape[1])
    if t * z <= 0:
        return Robustness(0.0, 0.0, partial_r2(t, freedom), None)
    strength = abs(t) / sqrt(freedom)
    columns = {fact: [1 + at for at, name in enumerate(names) if name == fact] for fact in dict.fromkeys(names)}
    benchmarks = [
        benchmark(fact, of_bad.explained(its), of_outcome.explained(its), strength) for fact, its in columns.items()
    ]
    return Robustness(
        value=_value(strength),
        value_95=_value(strength * max(1 - float(stdtrit(freedom, 0.975)) / abs(z), 0.0)),
        partial_r2=partial_r2(t, freedom),
        strongest=max(benchmarks, key=lambda one: one.value, default=None),
    )


def _value(f: float) -> float:
    return 0.5 * (f * hypot(f, 2.0) - f * f)


def benchmark(fact: str, of_bad: float, of_outcome: float, strength: float) -> Benchmark:
    """Return a known fact's partial R² of bad visits and of the outcome on the scale of an estimate's f = |t| / √df.

    The source's section 4.4 bounds what a cause k times as strong would explain; `times` is the k where that is enough.
    """
    # Facts that say the same as others explain nothing beyond them, or, by rounding, a little less.
    of_bad, of_outcome = (min(max(each, 0.0), 1 - 1e-9) for each in (of_bad, of_outcome))
    moves = sqrt(of_outcome * of_bad / (1 - of_bad))
    low, high = 0.0, MOST_TIMES
    if moves == 0 or pull(high, of_bad, of_outcome) < strength:
        return Benchmark(fact, of_bad, of_outcome, _value(moves), MOST_TIMES)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if pull(middle, of_bad, of_outcome) >= strength else (middle, high)
    return Benchmark(fact, of_bad, of_outcome, _value(moves), high)


def pull(times: float, of_bad: float, of_outcome: float) -> float:
    """How far a hidden cause `times` as strong as the fact moves the estimate, in the scale of t / √degrees of freedom."""
    hidden_bad = times * of_bad / (1 - of_bad)
    shared = times * of_bad**2 / ((1 - times * of_bad) * (1 - of_bad)) if times * of_bad < 1 else 1.0
    if hidden_bad >= 1 or shared >= 1:
        return inf
    hidden_outcome = (sqrt(times) + sqrt(shared)) ** 2 / (1 - shared) * of_outcome / (1 - of_outcome)
    return sqrt(min(hidden_outcome, 1.0) * hidden_bad / (1 - hidden_bad))


@dataclass(frozen=True)
class _Regression:
    """Least squares, and what each group of columns explains of what the others leave."""

    beta: Floats
    inverse: Floats
    left: float
    freedom: int

    @classmethod
    def of(cls, x: Floats, y: Floats) -> _Regression:
        inverse: Floats = np.linalg.pinv(x.T @ x).astype(np.float64)
        beta = inverse @ (x.T @ y)
        return cls(beta, inverse, float(np.sum((y - x @ beta) ** 2)), len(y) - x.shape[1])

    def t(self, column: int) -> float:
        return float(self.beta[column] / sqrt(self.left / self.freedom * self.inverse[column, column]))

    def explained(self, columns: list[int]) -> float:
        of = self.beta[columns]
        gained = float(of @ np.linalg.pinv(self.inverse[np.ix_(columns, columns)]) @ of)
        return gained / (gained + self.left)
