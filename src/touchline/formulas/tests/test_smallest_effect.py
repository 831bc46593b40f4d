import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.smallest_effect import quantiles, smallest_effect_of_roll_out, smallest_effect_of_series


def test_a_roll_out_counted_by_hand():
    # Changes −2, −1, 0, 0, 1, 2: variance 10/5 = 2. Three of six: √(1/3 + 1/3). t(4): 2.776 + 0.941 = 3.717.
    found = smallest_effect_of_roll_out([-2, -1, 0, 0, 1, 2], treated=3)

    assert quantiles(4) == pytest.approx(2.776 + 0.941, abs=1e-3)
    assert found == pytest.approx(3.717 * 2**0.5 * (2 / 3) ** 0.5, abs=1e-3)


def test_few_groups_or_nobody_left_is_a_sentence():
    few = smallest_effect_of_roll_out([1.0, 2.0], 1)
    none_left = smallest_effect_of_roll_out([1.0] * 6, 6)

    assert isinstance(few, CannotSay)
    assert few.sentence == "There are 2 groups; comparing them over time needs at least 6 of them."
    assert isinstance(none_left, CannotSay)


def test_a_roll_out_finds_the_smallest_effect_in_four_of_five_cases():
    from scipy.stats import t

    rng = np.random.default_rng(7)
    smallest = smallest_effect_of_roll_out(rng.normal(size=2000), treated=1000) / (1 / 1000 + 1 / 1000) ** 0.5
    smallest *= quantiles(10) / quantiles(1998) * (1 / 6 + 1 / 6) ** 0.5
    changes = rng.normal(size=(2000, 12))
    changes[:, :6] += smallest
    gap = changes[:, :6].mean(axis=1) - changes[:, 6:].mean(axis=1)
    spread = np.sqrt((changes[:, :6].var(axis=1, ddof=1) + changes[:, 6:].var(axis=1, ddof=1)) / 2)

    found = gap / (spread * (2 / 6) ** 0.5) > t.ppf(0.975, 10)

    assert found.mean() == pytest.approx(0.80, abs=0.04)


def test_a_series_without_persistence_is_ordinary_least_squares():
    rng = np.random.default_rng(3)
    long = rng.normal(size=400)

    found = smallest_effect_of_series(long, weeks_after=400)

    # A step in the middle of a line of n points with a slope: variance 16·σ²/n.
    assert found == pytest.approx(2.8 * 4 * long.std() / 800**0.5, rel=0.12)


def test_a_series_that_persists_hides_more():
    rng = np.random.default_rng(5)
    noise = rng.normal(size=300)
    persistent = noise.copy()
    for week in range(1, 300):
        persistent[week] += 0.6 * persistent[week - 1]
    persistent *= noise.std() / persistent.std()

    assert smallest_effect_of_series(persistent, 26) > 1.3 * smallest_effect_of_series(noise, 26)


def test_a_short_series_is_a_sentence_and_a_flat_one_sees_everything():
    assert isinstance(smallest_effect_of_series([1.0] * 11, 8), CannotSay)
    assert smallest_effect_of_series([0.2] * 30, 8) == pytest.approx(0, abs=1e-9)
