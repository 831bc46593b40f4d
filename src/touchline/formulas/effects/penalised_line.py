"""A straight line with a small penalty (ridge), and its predictions for everybody by models that never saw them.

Source: Hoerl and Kennard 1970, Technometrics 12:55. What a fold's rows add to the sums is taken away for its own model.
"""

from __future__ import annotations

import numpy as np

from touchline.formulas.effects.visits import Floats, Marks, Whole


def cross_fitted_line(x: Floats, y: Floats, fold: Whole, used: Marks, penalty: float) -> Floats:
    """Return the expected y for every row, by a line through the `used` rows of the other folds.

    x: rows × columns, standardised, the first column all ones (it is not penalised).
    """
    folds = int(fold.max()) + 1
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 0.0
    inside = [x[used & (fold == one)] for one in range(folds)]
    squares = np.stack([part.T @ part for part in inside])
    products = np.stack([part.T @ y[used & (fold == one)] for one, part in enumerate(inside)])
    learned = squares.sum(axis=0) - squares + np.diag(ridge)
    beta = np.linalg.solve(learned, (products.sum(axis=0) - products)[:, :, None])[:, :, 0]
    expected: Floats = np.einsum("ij,ij->i", x, beta[fold])
    return expected
