"""A straight line with a small penalty (ridge), once for each fold by models that never saw it.

Source: Hoerl and Kennard 1970, Technometrics 12:55. What a fold's rows add to the sums is taken away for its own model.
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.effects.visits import Floats, Marks, Whole


def lines(x: Floats, y: Floats, fold: Whole, used: Marks, penalty: float) -> Floats:
    """Return the coefficients by fold (columns × folds), learned from the `used` rows of the other folds.

    x: rows × columns, standardised, the first column all ones (it is not penalised).
    """
    folds = int(fold.max()) + 1
    inside = [used & (fold == one) for one in range(folds)]
    squares = np.stack([x[rows].T @ x[rows] for rows in inside])
    products = np.stack([x[rows].T @ y[rows] for rows in inside])
    return np.stack(
        [
            _solved(squares.sum(axis=0) - squares[one], products.sum(axis=0) - products[one], penalty)
            for one in range(folds)
        ],
        axis=1,
    )


def line(x: Floats, y: Floats, penalty: float) -> Floats:
    """Return the coefficients of one model of all rows."""
    return _solved(x.T @ x, x.T @ y, penalty)


def _solved(squares: Floats, products: Floats, penalty: float) -> Floats:
    ridge = np.full(len(squares), penalty)
    ridge[0] = 0.0
    return np.linalg.solve(squares + np.diag(ridge), products).astype(np.float64)
