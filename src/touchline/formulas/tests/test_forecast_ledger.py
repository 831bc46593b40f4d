import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.forecast_ledger import Kept, calibration, is_inside, realised_amount, shrunk_sum
from touchline.formulas.money_at_stake import amount_of
from touchline.formulas.quantile_draws import quantile_draws


def amount(median, spread=10.0, key="x"):
    return amount_of(quantile_draws(key, median, median - spread, median + spread))


def kept(*pairs, spread=10.0):
    return [Kept(amount(promised), amount(real, spread, str(n))) for n, (promised, real) in enumerate(pairs)]


def test_a_tenth_fewer_of_a_thousand_visits_that_cost_five_each():
    # −0.10 × 1,000 a month × −5 = 500; the 80 % interval is 1.2816/1.96 of ±0.02 × 5,000 = ±65.
    found = realised_amount("fix", (-0.10, -0.12, -0.08), 1_000, -5.0)

    assert (found.low, found.median, found.high) == pytest.approx((434.6, 500, 565.4), abs=1)


def test_three_of_five_inside_with_wilsons_interval():
    # Promised 100 ± 10: 95, 105 and 110 are inside, 80 and 130 are not.
    found = calibration(kept((100, 95), (100, 105), (100, 109.9), (100, 80), (100, 130)))

    assert (found.count, found.of, found.value) == (3, 5, pytest.approx(0.6))
    assert (found.low, found.high) == pytest.approx((0.231, 0.882), abs=1e-3)  # Newcombe's method 3 by hand


def test_the_ends_count_as_inside_and_four_are_too_few_to_say():
    assert is_inside(Kept(amount(100), amount(90.2)))
    found = calibration(kept(*[(100, 100)] * 4))

    assert isinstance(found, CannotSay)
    assert found.sentence.startswith("4 promised amounts have a measured one beside them")


def test_a_sum_is_smaller_than_the_lucky_amounts_added_up():
    # Ratios 0.2, 1.0 and 1.8 of 100 each, sd 78: nothing but chance, so all lean wholly on the middle.
    found = shrunk_sum(kept((100, 20), (100, 100), (100, 180), spread=100.0))

    assert found.median == pytest.approx(300, abs=2)
    assert found.high - found.low < 2 * 100 * 3**0.5 * 1.01


def test_precise_amounts_are_hardly_drawn_in():
    found = shrunk_sum(kept((100, 20), (100, 100), (100, 240), spread=1.0))

    assert found.median == pytest.approx(360, abs=1)


def test_the_interval_of_the_sum_holds_what_the_changes_truly_brought():
    rng = np.random.default_rng(11)
    truths = rng.normal(100, 20, size=40)
    measured = truths + rng.normal(0, 60, size=40)
    everything = [Kept(amount(100), amount(float(each), 60 * 1.2816, str(n))) for n, each in enumerate(measured)]

    shrunk = shrunk_sum(everything)

    assert shrunk.low < truths.sum() < shrunk.high


def test_two_are_too_few_for_a_sum():
    found = shrunk_sum(kept((100, 90), (50, 60)))

    assert isinstance(found, CannotSay)
    assert found.sentence.endswith("there are 2.")
