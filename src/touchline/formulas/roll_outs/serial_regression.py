"""A regression over time whose errors hang together from one period to the next (AR(1)).

Generalised least squares after the transformation of Prais and Winsten 1954 (Cowles Commission discussion paper 383),
with the correlation chosen by restricted maximum likelihood (Cheang and Reinsel 2000, JASA 95:1173): estimated from
residuals, it comes out too small in short series, and intervals with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from touchline.formulas.roll_outs.panel import Values

WEAKEST, STRONGEST = -0.6, 0.98


@dataclass(frozen=True, eq=False)
class Fitted:
    """One coefficient per column of the design."""

    coefficients: Values
    errors: Values
    correlation: float
    """Of one period's error with the next, −1..1."""
    degrees: int

    def margin(self, at: int, confidence: float = 0.95) -> float:
        """Half the interval of one coefficient, by Student's t."""
        from scipy.special import stdtrit  # takes a fifth of a second to import

        return float(stdtrit(self.degrees, (1 + confidence) / 2)) * float(self.errors[at])

    def p(self, at: int) -> float:
        """Two-sided p of 'this coefficient is 0'."""
        from scipy.special import stdtr  # takes a fifth of a second to import

        if self.errors[at] == 0:
            return float(self.coefficients[at] == 0)
        return 2 * float(stdtr(self.degrees, -abs(self.coefficients[at]) / self.errors[at]))


def fitted(design: Values, outcome: Values) -> Fitted:
    """Fit the outcome, one value per period in order of time, on the columns of the design.

    Raises ValueError where there are no more periods than columns, or a column follows from the others.
    """
    if outcome.size <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError(f"{outcome.size} periods cannot tell {design.shape[1]} columns apart.")
    from scipy.optimize import minimize_scalar  # takes a fifth of a second to import

    chosen = minimize_scalar(
        lambda rho: _unlikeliness(design, outcome, float(rho)), bounds=(WEAKEST, STRONGEST), method="bounded"
    )
    rho = float(chosen.x)
    coefficients, left, moments = _least_squares(_whitened(design, rho), _whitened(outcome, rho))
    degrees = outcome.size - design.shape[1]
    errors = np.sqrt(np.maximum(np.diag(np.linalg.inv(moments)), 0) * left / degrees)
    return Fitted(coefficients, errors, rho, degrees)


def _whitened(values: Values, rho: float) -> Values:
    """Take away what each period inherits from the one before."""
    first = sqrt(1 - rho**2) * values[:1]
    rest: Values = values[1:] - rho * values[:-1]
    return np.concatenate([first, rest])


def _least_squares(design: Values, outcome: Values) -> tuple[Values, float, Values]:
    moments: Values = design.T @ design
    coefficients = np.linalg.solve(moments, design.T @ outcome).astype(np.float64)
    left = outcome - design @ coefficients
    return coefficients, float(left @ left), moments


def _unlikeliness(design: Values, outcome: Values, rho: float) -> float:
    _, left, moments = _least_squares(_whitened(design, rho), _whitened(outcome, rho))
    degrees = outcome.size - design.shape[1]
    spread = float(np.linalg.slogdet(moments)[1])
    return float(degrees * log(max(left, 1e-300)) + spread - log(1 - rho**2))
