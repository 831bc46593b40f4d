from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from touchline.formulas.effects.robustness_value import (
    Robustness,
    benchmark,
    partial_r2,
    pull,
    robustness,
    robustness_value,
    robustness_value_at,
)
from touchline.formulas.effects.visits import Visits

DARFUR = (4.184, 783)
"""t and degrees of freedom of being harmed, in Cinelli and Hazlett 2020, section 5."""


def test_published_values_of_darfur() -> None:
    assert robustness_value(*DARFUR) == pytest.approx(0.139, abs=0.0005)
    assert robustness_value_at(*DARFUR) == pytest.approx(0.076, abs=0.0005)
    assert partial_r2(*DARFUR) == pytest.approx(0.022, abs=0.0005)


@pytest.mark.parametrize(("times", "estimate"), [(1, 0.0752), (2, 0.0529), (3, 0.0304)])
def test_published_estimates_with_a_cause_as_strong_as_being_female(times: int, estimate: float) -> None:
    """Table 2 of the source: with partial R² of 0.0091 and 0.109, the estimate 0.0973 (error 0.0233) goes down to these."""
    moved = 0.0233 * sqrt(783) * pull(times, 0.00908, 0.1090)

    assert 0.0973 - moved == pytest.approx(estimate, abs=0.0004)


def test_a_hidden_cause_would_have_to_be_more_than_four_times_as_strong_as_being_female() -> None:
    female = benchmark("female", 0.00908, 0.1090, DARFUR[0] / sqrt(DARFUR[1]))

    assert female.times == pytest.approx(4.33, abs=0.02)


def test_facts_are_measured_against_what_the_others_leave() -> None:
    """Against regressions with and without the fact, done the plain way."""
    chance = np.random.default_rng(3)
    count = 800
    facts = chance.normal(size=(count, 4))
    facts[:, 3] += facts[:, 1]
    bad = chance.random(count) < 1 / (1 + np.exp(0.5 - 0.8 * facts[:, 1]))
    outcome = facts[:, 1] - 0.6 * bad + chance.normal(size=count)
    visits = Visits(bad, np.arange(count), facts, ("tenure", "device", "device", "spend"))

    found = robustness(visits, outcome, z=-8.0)

    def left(y: np.ndarray, columns: list[np.ndarray]) -> float:
        x = np.column_stack([np.ones(count), *columns])
        return float(np.sum((y - x @ np.linalg.lstsq(x, y, rcond=None)[0]) ** 2))

    assert isinstance(found, Robustness)
    others = [facts[:, 0], facts[:, 3]]
    device = [facts[:, 1], facts[:, 2]]
    assert found.strongest is not None
    assert found.strongest.fact == "device"
    assert found.strongest.of_bad == pytest.approx(1 - left(bad * 1.0, others + device) / left(bad * 1.0, others))
    assert found.strongest.of_outcome == pytest.approx(
        1 - left(outcome, [*others, *device, bad]) / left(outcome, [*others, bad])
    )
    assert found.partial_r2 == pytest.approx(
        1 - left(outcome, [*others, *device, bad]) / left(outcome, [*others, *device])
    )
    assert found.value > found.value_95 > 0


def test_nothing_is_left_where_the_regression_points_the_other_way() -> None:
    chance = np.random.default_rng(4)
    bad = chance.random(500) < 0.5
    visits = Visits(bad, np.arange(500), chance.normal(size=(500, 1)), ("tenure",))

    found = robustness(visits, 1.0 * bad + chance.normal(size=500), z=-3.0)

    assert isinstance(found, Robustness)
    assert found.value == 0
    assert not found.passes
