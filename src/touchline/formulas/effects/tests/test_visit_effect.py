from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.learners import PLAIN
from touchline.formulas.effects.visit_effect import Prepared, VisitEffect, prepare, visit_effect
from touchline.formulas.effects.visits import Visits

NAMES = ("tenure", "novice", "mobile")


def small_world(seed: int, visits: int = 4000, loss: float = -1.0) -> tuple[Visits, np.ndarray, float]:
    """Visits of customers whose tenure and novelty drive both bad visits and buying again; and the true effect."""
    chance = np.random.default_rng(seed)
    customers = visits // 2
    customer = chance.integers(0, customers, visits)
    tenure = chance.normal(size=customers)[customer]
    novice = (chance.random(customers) < 0.3)[customer]
    mobile = chance.random(visits) < 0.6
    bad = chance.random(visits) < expit(-1.5 - 0.7 * tenure + 0.8 * novice)
    fine = expit(-0.4 + 0.7 * tenure - 0.6 * novice)
    once_bad = expit(-0.4 + 0.7 * tenure - 0.6 * novice + loss)
    bought = chance.random(visits) < np.where(bad, once_bad, fine)
    facts = np.column_stack([tenure, novice, mobile]).astype(float)
    return Visits(bad, customer, facts, NAMES), bought, float((once_bad - fine)[bad].mean())


def effect_of(visits: Visits, outcome: np.ndarray) -> VisitEffect:
    prepared = prepare(visits, PLAIN)
    assert isinstance(prepared, Prepared)
    found = visit_effect(prepared, outcome)
    assert isinstance(found, VisitEffect)
    return found


def test_the_planted_effect_is_found_where_the_plain_difference_is_far_off() -> None:
    visits, bought, truth = small_world(1)

    found = effect_of(visits, bought)

    assert found.low < truth < found.high
    assert abs(found.effect - truth) < 0.5 * abs(found.unadjusted - truth)
    assert found.had_it_been_fine == pytest.approx(found.after_bad - found.effect)
    assert (found.visits, found.bad_visits) == (4000, int(visits.bad.sum()))


def test_a_planted_null_stays_null() -> None:
    visits, bought, truth = small_world(2, visits=16_000, loss=0.0)

    found = effect_of(visits, bought)

    assert truth == 0
    assert found.low < 0 < found.high
    assert found.unadjusted < -0.1


@pytest.mark.parametrize("repetitions", [60, pytest.param(600, marks=pytest.mark.verify)])
@pytest.mark.parametrize("loss", [0.0, -1.0])
def test_intervals_hold_the_truth_nineteen_times_of_twenty(loss: float, repetitions: int) -> None:
    held = []
    for seed in range(repetitions):
        visits, bought, truth = small_world(seed + 1000, visits=2000, loss=loss)
        found = effect_of(visits, bought)
        held.append(found.low <= truth <= found.high)

    assert np.mean(held) == pytest.approx(0.95, abs=0.07 if repetitions < 100 else 0.03)


def test_an_outcome_may_be_an_amount() -> None:
    visits, bought, truth = small_world(3)

    found = effect_of(visits, bought * 40.0 + visits.covariates[:, 0])

    assert found.low < 40 * truth < found.high


def test_the_order_of_rows_does_not_matter() -> None:
    visits, bought, _ = small_world(4)
    again = np.random.default_rng(0).permutation(len(visits))
    shuffled = Visits(visits.bad[again], visits.customer[again], visits.covariates[again], NAMES)

    assert effect_of(shuffled, bought[again]).effect == pytest.approx(effect_of(visits, bought).effect, abs=1e-9)


def test_the_same_visits_twice_give_the_same_effect_and_the_same_error() -> None:
    visits, bought, _ = small_world(5, visits=2000)
    doubled = Visits(np.tile(visits.bad, 2), np.tile(visits.customer, 2), np.tile(visits.covariates, (2, 1)), NAMES)

    once, twice = effect_of(visits, bought), effect_of(doubled, np.tile(bought, 2))

    assert twice.effect == pytest.approx(once.effect, abs=1e-7)
    assert twice.error == pytest.approx(once.error, abs=1e-7)


def test_without_facts_the_effect_is_the_plain_difference() -> None:
    """60 of 200 bought after a bad visit, 100 of 200 after a fine one; every customer came once."""
    bad = np.arange(400) < 200
    bought = (np.arange(400) < 60) | ((np.arange(400) >= 200) & (np.arange(400) < 300))

    found = effect_of(Visits(bad, np.arange(400), np.zeros((400, 1)), ("nothing",)), bought)

    assert (found.after_bad, found.after_fine) == (0.3, 0.5)
    assert found.effect == pytest.approx(-0.2, abs=0.005)
    assert found.error == pytest.approx((0.3 * 0.7 / 200 + 0.5 * 0.5 / 200) ** 0.5, abs=0.002)


def test_calling_fine_bad_and_bad_fine_turns_the_sign_where_all_customers_are_alike() -> None:
    visits, bought, _ = small_world(7, visits=16_000)
    alike = np.zeros((len(visits), 1))
    found = effect_of(Visits(visits.bad, visits.customer, alike, ("nothing",)), bought)
    swapped = effect_of(Visits(~visits.bad, visits.customer, alike, ("nothing",)), bought)

    assert swapped.effect == pytest.approx(-found.effect, abs=1e-3)


def test_an_outcome_in_other_units_gives_the_effect_in_those_units() -> None:
    visits, bought, _ = small_world(8)
    spent = bought * np.random.default_rng(8).gamma(2.0, 20.0, len(visits))
    euros, cents = effect_of(visits, spent), effect_of(visits, 100 * spent)

    assert cents.effect == pytest.approx(100 * euros.effect)
    assert cents.error == pytest.approx(100 * euros.error)


def refusal(bad: list[bool], customer: list[int], outcome: list[int] | None = None) -> str:
    """Reason for which visits that repeat these, with one fact that means nothing, are refused."""
    facts = np.linspace(-1, 1, len(bad))[:, None]
    prepared = prepare(Visits(np.array(bad, bool), np.array(customer, np.int64), facts, ("time",)), PLAIN)
    found = prepared if isinstance(prepared, CannotSay) else visit_effect(prepared, np.array(outcome))
    assert isinstance(found, CannotSay)
    assert found.sentence.endswith(".")
    return found.reason


def test_what_cannot_be_said() -> None:
    many = list(range(1000))
    half = [one % 2 == 0 for one in many]
    assert refusal([], []) == "no-visits"
    assert refusal([True, False] * 50, [7] * 100) == "one-customer"
    assert refusal([False] * 100, list(range(100))) == "nobody-bad"
    assert refusal([True] * 100, list(range(100))) == "nobody-fine"
    assert refusal([True] * 29 + [False] * 71, list(range(100))) == "few-sufferers"
    assert refusal([True] * 71 + [False] * 29, list(range(100))) == "few-fine"
    assert refusal(half, many, [1] * 1000) == "outcome-constant"
    assert refusal(half[:150], many[:150], [one % 3 for one in many[:150]]) == "few-sufferers"


def test_what_never_follows_a_fine_visit_can_be_compared() -> None:
    bad = np.arange(1000) % 2 == 0
    facts = np.linspace(-1, 1, 1000)[:, None]

    found = effect_of(Visits(bad, np.arange(1000), facts, ("time",)), np.arange(1000) % 20 == 0)

    assert found.effect == pytest.approx(0.1)
    assert found.had_it_been_fine == pytest.approx(0)
