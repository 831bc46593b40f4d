"""CDNOW, the shop on which models of buying were published: 2,357 customers of early 1997, followed for 78 weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from touchline.formulas.lifetime.back_test import back_test
from touchline.formulas.lifetime.fitting import fit
from touchline.formulas.lifetime.histories import Histories, histories
from touchline.formulas.lifetime.spend import GammaGamma, fit_spend

pytestmark = pytest.mark.data
CUT, UNTIL = date(1997, 9, 30).toordinal(), date(1998, 6, 30).toordinal()
Purchases = tuple[np.ndarray, np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def purchases(data_set: Callable[[str], Path]) -> Purchases:
    rows = [line.split() for line in data_set("cdnow-sample.txt").read_text("ascii").splitlines()]
    days = [date(int(row[-3][:4]), int(row[-3][4:6]), int(row[-3][6:])).toordinal() for row in rows]
    return np.array([int(row[1]) for row in rows]), np.array(days), np.array([float(row[-1]) for row in rows])


@pytest.mark.parametrize(
    ("kind", "published", "log_likelihood"),
    [
        ("bg", (0.243, 4.414, 0.793, 2.426), -9582.4),  # Fader, Hardie & Lee 2005, table 2
        ("pareto", (0.553, 10.578, 0.606, 11.669), -9595.0),  # the same table
        ("mbg", (0.525, 6.183, 0.891, 1.614), -9582.1),  # from our own first implementation; not published
    ],
)
def test_the_published_parameters(
    purchases: Purchases, kind: str, published: tuple[float, ...], log_likelihood: float
) -> None:
    who, seen = histories(*purchases[:2], CUT)

    found = fit(kind, seen)

    assert len(who) == 2357
    assert found.parameters == pytest.approx(published, abs=1.5e-3)
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=0.06)


def test_the_published_expectation(purchases: Purchases) -> None:
    model = fit("bg", histories(*purchases[:2], CUT)[1]).model

    one = Histories(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    assert model.expected(one, 39)[0] == pytest.approx(1.226, abs=5e-4)


def test_the_published_spending(purchases: Purchases) -> None:
    # Means over repeat purchases of the first 39 weeks, purchases of one day added up; who paid nothing is left out.
    customer, day, amount = (column[purchases[1] <= CUT] for column in purchases)
    pairs, place = np.unique(np.stack([customer, day]), axis=1, return_inverse=True)
    spent = np.bincount(place, amount)
    is_repeat = np.append(False, pairs[0][1:] == pairs[0][:-1])
    counts, totals = np.bincount(pairs[0][is_repeat]), np.bincount(pairs[0][is_repeat], spent[is_repeat])
    there = totals > 0

    found = fit_spend(counts[there].astype(float), totals[there] / counts[there])

    assert isinstance(found.model, GammaGamma)
    assert found.customers == 946
    assert (found.model.p, found.model.q, found.model.v) == pytest.approx((6.25, 3.74, 15.44), abs=6e-3)
    likelihood = found.model.log_likelihood(counts[there].astype(float), totals[there] / counts[there])
    assert likelihood.sum() == pytest.approx(-4055.92, abs=0.01)


def test_the_second_39_weeks_were_forecast_too_low(purchases: Purchases) -> None:
    found = back_test("bg", *purchases[:2], UNTIL, CUT)

    assert (round(found.forecast), found.actual) == (1653, 1882)
    assert found.ratio == pytest.approx(0.88, abs=5e-3)
    assert found.high < 1
    assert found.sentence == (
        "Tried on the last 39 weeks: 1,653 purchases forecast, 1,882 came (ratio 0.88, 80% interval 0.81 to 0.95)."
    )
