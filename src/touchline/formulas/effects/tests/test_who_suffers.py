from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.visits import Visits
from touchline.formulas.effects.who_suffers import Condition, who_suffers

NAMES = ("tenure", "new customer", "mobile")


def came(seed: int, new_on_mobile: float, others: float) -> Visits:
    """8,000 visits of 4,000 customers; a third of them new, half of the visits on a phone."""
    chance = np.random.default_rng(seed)
    customer = chance.integers(0, 4000, 8000)
    new = (chance.random(4000) < 0.33)[customer]
    mobile = chance.random(8000) < 0.5
    bad = chance.random(8000) < np.where(new & mobile, new_on_mobile, others)
    return Visits(bad, customer, np.column_stack([chance.normal(size=8000), new, mobile]).astype(float), NAMES)


def test_the_planted_group_is_found_and_told_by_the_other_half() -> None:
    found = who_suffers(came(1, new_on_mobile=0.4, others=0.1))

    assert not isinstance(found, CannotSay)
    assert set(found[0].conditions) == {Condition("new customer", True, 0.5), Condition("mobile", True, 0.5)}
    assert found[0].bad.value == pytest.approx(0.4, abs=0.05)
    assert found[0].elsewhere.value == pytest.approx(0.1, abs=0.02)
    assert found[0].more.low > 0.2
    assert found[0].of_all_bad == pytest.approx(0.167 * 0.4 / (0.167 * 0.4 + 0.833 * 0.1), abs=0.06)
    assert 3200 < found[0].bad.of + found[0].elsewhere.of < 4800


def test_where_all_suffer_alike_there_are_no_groups() -> None:
    found = [who_suffers(came(seed, new_on_mobile=0.15, others=0.15)) for seed in range(20)]

    assert sum(len(each) for each in found if not isinstance(each, CannotSay)) <= 2


def test_what_cannot_be_said() -> None:
    visits = came(2, 0.3, 0.1)
    few = Visits(visits.bad[:150], np.arange(150), visits.covariates[:150], NAMES)
    calm = Visits(visits.bad & False, visits.customer, visits.covariates, NAMES)

    assert isinstance(who_suffers(few), CannotSay)
    assert isinstance(who_suffers(calm), CannotSay)


def test_a_group_of_few_customers_is_not_shown() -> None:
    # Sixteen customers come sixty times each and nearly always suffer; 800 others come once and seldom do.
    chance = np.random.default_rng(4)
    customer = np.concatenate([np.repeat(np.arange(16), 60), np.arange(100, 900)])
    few = customer < 16
    bad = chance.random(len(customer)) < np.where(few, 0.8, 0.1)

    assert who_suffers(Visits(bad, customer, few[:, None].astype(float), ("few",))) == ()
