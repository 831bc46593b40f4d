from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.effects.overlap import Overlap, effective_size, overlap
from touchline.formulas.effects.refusals import refused_overlap
from touchline.formulas.effects.visit_effect import standardised
from touchline.formulas.effects.visits import Visits


def test_odds_make_fine_visits_look_like_bad_ones() -> None:
    """Of 100 new customers 60 were bad, of 100 others 20: weighted by 60/40 and 20/80, 40 and 80 fine ones become 60 and 20."""
    new = np.arange(200) < 100
    bad = np.where(new, np.arange(200) < 60, np.arange(200) < 120)
    chance = np.where(new, 0.6, 0.2)
    visits = Visits(bad, np.arange(200), new[:, None].astype(float), ("new",))
    standard = standardised(visits.covariates)

    weighted = overlap(visits, standard, chance, chance / (1 - chance))
    unweighted = overlap(visits, standard, chance, np.ones(200))

    assert weighted.unlike == pytest.approx(0)
    assert unweighted.unlike == pytest.approx((0.75 - 1 / 3) / np.sqrt(0.75 * 0.25))
    assert unweighted.most_unlike == "new"
    assert weighted.effective_fine == pytest.approx(80**2 / (40 * 1.5**2 + 80 * 0.25**2))
    assert weighted.effective_sufferers == pytest.approx(80)


def test_a_customer_with_many_bad_visits_counts_for_less_than_them() -> None:
    assert effective_size(np.array([1.0, 1.0, 1.0, 9.0])) == pytest.approx(144 / 84)
    assert effective_size(np.zeros(3)) == 0


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (Overlap(0.95, 0.05, "new", 150.0, 400.0), None),
        (Overlap(0.89, 0.05, "new", 150.0, 400.0), "no-overlap"),
        (Overlap(0.95, 0.1, "new", 150.0, 400.0), "unlike"),
        (Overlap(0.95, 0.05, "new", 99.9, 400.0), "few-sufferers"),
        (Overlap(0.95, 0.05, "new", 150.0, 99.9), "few-alike"),
    ],
)
def test_when_bad_and_fine_cannot_be_compared(found: Overlap, reason: str | None) -> None:
    refused = refused_overlap(found)

    assert found.is_enough == (reason is None)
    assert (refused.reason if refused else None) == reason
