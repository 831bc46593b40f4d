from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge

from touchline.formulas.effects.penalised_line import line, lines
from touchline.formulas.effects.penalised_logit import chances, logit, logits


def rows(count: int = 600) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Ones and four facts, answers of 0 and 1, folds, and which rows are used."""
    chance = np.random.default_rng(8)
    x = np.column_stack([np.ones(count), chance.normal(size=(count, 4))])
    y = (chance.random(count) < 1 / (1 + np.exp(1 - x[:, 1] + 0.5 * x[:, 2]))).astype(float)
    return x, y, np.arange(count) % 5, chance.random(count) < 0.7


def test_each_fold_has_the_logit_of_the_others() -> None:
    x, y, fold, used = rows()

    found = logits(x, y, fold, used, penalty=2.0)

    for one in range(5):
        learns = used & (fold != one)
        by_peer = LogisticRegression(C=0.5, tol=1e-10, max_iter=1000).fit(x[learns, 1:], y[learns])
        assert found[:, one] == pytest.approx([by_peer.intercept_[0], *by_peer.coef_[0]], abs=1e-5)
        again = logit(x[learns], y[learns], 2.0, np.zeros(5))
        assert again == pytest.approx(found[:, one], abs=1e-6)


def test_each_fold_has_the_line_of_the_others() -> None:
    x, y, fold, used = rows()

    found = lines(x, y * 40, fold, used, penalty=2.0)

    for one in range(5):
        learns = used & (fold != one)
        by_peer = Ridge(alpha=2.0).fit(x[learns, 1:], y[learns] * 40)
        assert found[:, one] == pytest.approx([by_peer.intercept_, *by_peer.coef_])
        assert line(x[learns], y[learns] * 40, 2.0) == pytest.approx(found[:, one])


def test_a_fact_that_tells_everything_does_not_run_away() -> None:
    x, _, fold, used = rows()
    y = (x[:, 1] > 0).astype(float)

    found = logits(x, y, fold, used, penalty=1.0)

    assert np.isfinite(found).all()
    assert np.mean((chances(x, found[:, 0]) > 0.5) == (y > 0)) > 0.97
